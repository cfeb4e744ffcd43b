#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The steps of the Dockerfile, one after the other, in chroots of the Debian that it names, and the
program in what comes of them. It needs root and debootstrap, and builds no image of a container.

    run.py FOLDER

Debian comes from where this machine's apt has it. What debootstrap makes stays in the folder.
"""
import fnmatch
import glob
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, skip  # noqa: E402

FOLDER = os.path.abspath(sys.argv[1])
RELEASES = {"debian:12": "bookworm"}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def mirror(release):
    """Where apt has the release from: of both forms of its lists of sources."""
    for path in glob.glob("/etc/apt/sources.list.d/*.sources"):
        for part in pathlib.Path(path).read_text(encoding="utf-8").split("\n\n"):
            said = dict(re.findall(r"^(\w[\w-]*):\s*(.*)$", part, re.M))
            if release in said.get("Suites", "").split() and "main" in said.get("Components", "").split():
                return said["URIs"].split()[0]
    for path in ["/etc/apt/sources.list", *glob.glob("/etc/apt/sources.list.d/*.list")]:
        if os.path.exists(path):
            found = re.search(rf"^deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+{release}\s.*\bmain\b",
                              pathlib.Path(path).read_text(encoding="utf-8"), re.M)
            if found:
                return found[1]
    return skip(f"apt has no source of {release} here")


def base(image):
    """The files of an image: made once."""
    release = RELEASES.get(image) or sys.exit(f"the Dockerfile is of {image}, not of {list(RELEASES)}")
    root = os.path.join(FOLDER, release)
    if not os.path.exists(root + ".ready"):
        shutil.rmtree(root, ignore_errors=True)
        done = subprocess.run(["debootstrap", "--variant=minbase", release, root, mirror(release)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            print(done.stdout.decode("utf-8", "replace")[-1500:])
            sys.exit(f"debootstrap cannot make a {release}")
        pathlib.Path(root + ".ready").touch()
    return root


def steps(path):
    """[(word, rest)] of a Dockerfile, lines joined; what is not understood is an error."""
    text = re.sub(r"^\s*#.*\n", "", pathlib.Path(path).read_text(encoding="utf-8"), flags=re.M)
    made = []
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            made.append((word, rest.strip()))
    return made


class Stage:
    """A chroot in which steps are followed."""

    def __init__(self, number, image, name):
        self.name, self.root = name, os.path.join(FOLDER, f"stage-{number}")
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", base(image), self.root], check=True)
        self.folder, self.user, self.entry, self.words = "/", "root", [], []
        for inside in ("/etc/resolv.conf", "/etc/hosts"):
            if os.path.exists(inside):
                shutil.copyfile(inside, self.root + inside)
        for conf in glob.glob("/etc/apt/apt.conf.d/*"):  # how the machine's apt gets through
            if "Proxy" in pathlib.Path(conf).read_text(encoding="utf-8", errors="replace"):
                shutil.copy(conf, self.root + "/etc/apt/apt.conf.d/")
        subprocess.run(["mount", "-t", "proc", "proc", self.root + "/proc"], check=True)

    def inside(self, *words, given="", cwd=None):
        """Runs a command by the user of the step."""
        group = ":" + self.user if self.user != "root" else ""
        return subprocess.run(
            ["chroot", f"--userspec={self.user}{group}", self.root, "/usr/bin/env", "-i", f"PATH={PATH}",
             f"HOME={'/root' if self.user == 'root' else '/home/' + self.user}", "/bin/sh", "-c",
             f"cd {shlex.quote(cwd or self.folder)} && exec \"$@\"", "sh", *words],
            input=given.encode("utf-8"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def path(self, text):
        return self.root + os.path.normpath(os.path.join(self.folder, text))


def ignored(patterns, path):
    """As .dockerignore says it, as far as ours does."""
    return any(fnmatch.fnmatch(path, pattern) or
               (pattern.startswith("**/") and fnmatch.fnmatch(os.path.basename(path), pattern[3:]))
               for pattern in patterns)


def copy_tree(to):
    with open(os.path.join(ROOT, ".dockerignore"), encoding="utf-8") as file:
        patterns = file.read().split()

    def leave(folder, names):
        return [name for name in names
                if ignored(patterns, os.path.relpath(os.path.join(folder, name), ROOT))]
    shutil.copytree(ROOT, to, symlinks=True, dirs_exist_ok=True, ignore=leave)
    check(not os.path.exists(to + "/.git") and os.path.exists(to + "/meson.build"), "what is copied")


def copy(stage, stages, rest):
    words = rest.split()
    source = next((other for other in stages if words[0] == f"--from={other.name}"), None)
    if source:
        _, name, target = words
        subprocess.run(["cp", "-a", source.path(name) + "/.", stage.path(target)], check=True)
    elif words[:1] == ["."] and len(words) == 2:
        copy_tree(stage.path(words[1]))
    else:
        sys.exit(f"COPY {rest}: only a whole tree, or --from a stage, is understood")


def follow(stage, stages, word, rest):
    if word == "RUN":
        done = stage.inside("/bin/sh", "-c", rest)
        if not check(done.returncode == 0, f"RUN {rest}",
                     (done.stdout + done.stderr).decode("utf-8", "replace")[-2000:]):
            sys.exit(finish())
    elif word == "WORKDIR":
        stage.folder = os.path.join(stage.folder, rest)
        os.makedirs(stage.root + stage.folder, exist_ok=True)
    elif word == "COPY":
        copy(stage, stages, rest)
    elif word == "USER":
        stage.user = rest
    elif word == "ENTRYPOINT":
        stage.entry = json.loads(rest)
    elif word == "CMD":
        stage.words = json.loads(rest)
    else:
        sys.exit(f"{word} {rest}: the test does not know this step")


def build():
    stages = []
    for word, rest in steps(os.path.join(ROOT, "Dockerfile")):
        start = time.monotonic()
        if word == "FROM":
            image, _, name = re.fullmatch(r"(\S+)( AS (\S+))?", rest).groups()
            stages.append(Stage(len(stages), image, name))
        else:
            follow(stages[-1], stages, word, rest)
        print(f"{time.monotonic() - start:6.1f} s  {word} {rest[:90]}", flush=True)
    return stages


def use(stage):
    """The image as one runs it."""
    def says(words, wanted, what, code=0, given=""):
        done = stage.inside(*stage.entry, *(words or stage.words), given=given)
        out, err = (text.decode("utf-8") for text in (done.stdout, done.stderr))
        check(done.returncode == code and wanted in out, what, out[-500:] + err)
    check(stage.user != "root" and stage.inside("id", "-u").stdout.strip() not in (b"", b"0"),
          "it is not root", stage.user)
    says([], "assess", "without words it helps")
    says(["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02T00:01", "--value", "54"],
         "91.26", "a duty")
    says(["assess", "--quiet", "-"], '"status":"ok"', "lines from standard input",
         given="hts,origin,entered,value\n6109100012,CN,2025-05-02,54\n")
    says(["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-04-09", "--value", "54",
          "--as-known-on", "2025-04-08"], "6109.10.00.12", "the law as known on a day")
    says(["code", "6109.10.00.12"], "T-shirts", "descriptions of codes")
    says(["substance", "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"], "entanyl", "structures")
    says(["substance", "fentanyl", "--format", "svg"], "<svg ", "their drawing")
    says(["law", "check", "/usr/local/share/tidewaiter/law"], "", "the law text is installed")



def install(stage):
    """What docs/library.md says of an installation, on the same Debian: where the loader looks."""
    done = stage.inside("make", "install", "STATIC=1", cwd="/source")
    check(done.returncode == 0, "make install STATIC=1", (done.stdout + done.stderr).decode()[-1500:])
    for package in ("tidewaiter", "tidewaiter_static"):
        done = stage.inside("/bin/sh", "-c", f"cc docs/man/example.c $(pkg-config --cflags --libs {package}) "
                            f"-o /tmp/{package} && /tmp/{package}", cwd="/source")
        check(done.returncode == 0 and b"91.26" in done.stdout, f"a program with {package}",
              (done.stdout + done.stderr).decode())
    done = stage.inside("tidewaiter", "duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02T00:01",
                        "--value", "54")
    check(done.returncode == 0 and b"91.26" in done.stdout, "the program as it is installed", done.stderr.decode())
    done = stage.inside("make", "uninstall", cwd="/source")
    left = stage.inside("find", "/usr/local", "-name", "*tidewaiter*").stdout.decode()
    check(done.returncode == 0 and not left, "make uninstall", left)


def main():
    if os.geteuid() or not shutil.which("debootstrap"):
        skip("a chroot takes root and debootstrap")
    if subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        skip("a chroot takes mounts of its own")
    os.makedirs(FOLDER, exist_ok=True)
    if "INSIDE" not in os.environ:  # what is mounted is gone with the process
        done = subprocess.run(["unshare", "--mount", sys.executable, *sys.argv],
                              env={**os.environ, "INSIDE": "1"}, check=False)
        sys.exit(done.returncode)
    stages = build()
    use(stages[-1])
    install(stages[0])
    return finish()


sys.exit(main())
