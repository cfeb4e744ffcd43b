#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--output: the file is there whole or not at all, and its name says the format.

    output.py PROGRAM
"""
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time

sys.path.append(sys.path[0] + "/..")
from lib import check, environment, finish, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
HEAD = "hts,origin,entered,value\n"
LINE = "6109.10.00.12,CN,2025-05-02,54\n"


def assess(*options, text=HEAD + LINE, **more):
    return subprocess.run([PROGRAM, "assess", *options], input=text, capture_output=True, text=True,
                          env=environment(), check=False, **more)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def names(folder):
    return sorted(os.listdir(folder))


def formats(folder):
    for name, of in (("a.csv", "csv"), ("a.CSV", "csv"), ("a.ndjson", "ndjson"),
                     ("a.jsonl", "ndjson"), ("a.txt", "ndjson"), ("csv", "ndjson"),
                     ("a.json", "json")):
        path = os.path.join(folder, name)
        done = assess("--output", path)
        text = read(path)
        check(done.returncode == 0 and
               (text.startswith(HEAD.strip()) if of == "csv" else
                "duty" in (json.loads(text)[0] if of == "json" else json.loads(text))), f"{name} is {of}", text)
        os.remove(path)
    path = os.path.join(folder, "x.csv")
    done = assess("--output", path, "--format", "ndjson")
    check(done.returncode == 2 and not os.path.exists(path)
           and "says csv and --format says ndjson" in done.stderr, "a name and a format that contradict", done.stderr)
    lines = os.path.join(folder, "x.json")
    done = assess("--output", lines, "--format", "ndjson")
    check(done.returncode == 0 and "duty" in
           json.loads(read(lines)), "lines of JSON may be called .json", done.stderr)
    os.remove(lines)
    done = assess("--output", path, "--format", "csv")
    check(done.returncode == 0 and read(path), "a name and a format that agree", done.stderr)
    os.remove(path)


def full(_):
    """A disk that is full: the message says so, in whatever form the answers are."""
    for options in (["--format", "csv"], ["--format", "json"], ["--format", "table"],
                    ["--format", "ndjson"], ["--totals-only"], ["--format", "json", "--only", "refused"],
                    ["--output", "/dev/full"]):
        with open("/dev/full", "wb") as sink:
            done = subprocess.run([PROGRAM, "assess", *options], input=(HEAD + LINE).encode(),
                                  stdout=sink, stderr=subprocess.PIPE, env=environment(),
                                  check=False)
        said = done.stderr.decode()
        check(done.returncode == 2 and "No space left on device" in said, f"{options}: a full disk",
              f"exit {done.returncode}: {said}")


def modes(folder):
    path = os.path.join(folder, "m.csv")
    old = os.umask(0o027)
    assess("--output", path)
    os.umask(old)
    check(stat.S_IMODE(os.stat(path).st_mode) == 0o640, "a new file has the usual mode")
    for mode in (0o600, 0o664, 0o755):
        os.chmod(path, mode)
        inode = os.stat(path).st_ino
        assess("--output", path)
        after = os.stat(path)
        check(stat.S_IMODE(after.st_mode) == mode, f"mode {mode:o} is kept")
        check(after.st_ino != inode, "it is another file in its place")
    link, deep = os.path.join(folder, "link.csv"), os.path.join(folder, "deep.csv")
    os.symlink("m.csv", link)
    os.symlink(link, deep)
    write(path, "yesterday")
    assess("--output", deep)
    check(os.path.islink(link) and os.path.islink(deep)
           and read(path).startswith("hts,"), "a link stays a link")
    os.symlink("not-there.csv", os.path.join(folder, "new.csv"))
    assess("--output", os.path.join(folder, "new.csv"))
    check(read(os.path.join(folder, "not-there.csv")).startswith("hts,"),
           "a link to nothing makes what it names")
    os.symlink("round.csv", os.path.join(folder, "round.csv"))
    done = assess("--output", os.path.join(folder, "round.csv"))
    check(done.returncode == 2 and "symbolic links" in done.stderr, "a link to itself", done.stderr)
    for name in names(folder):
        os.remove(os.path.join(folder, name))


def failures(folder):
    path = os.path.join(folder, "f.csv")
    write(path, "yesterday")
    done = assess("--output", path, os.path.join(folder, "no-such.csv"))
    check(done.returncode == 2 and read(path) == "yesterday"
           and "f.csv is unchanged" in done.stderr and names(folder) == ["f.csv"], "a run that fails leaves the file", done.stderr)
    done = assess("--output", path, "--fields", "dutty")
    check(done.returncode == 2 and read(path) == "yesterday"
           and names(folder) == ["f.csv"], "so does a wrong option", done.stderr)

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    done = assess("--output", path, text=HEAD + LINE * 500, preexec_fn=small)
    check(done.returncode == 2 and read(path) == "yesterday"
           and "cannot be written" in done.stderr and names(folder) == ["f.csv"], "so does a full disk", done.stderr)
    done = assess("--output", path, "--format", "csv", text=HEAD + "1,2\n" + LINE)
    check(done.returncode == 1 and "refused" in read(path), "refused lines are no failure")
    done = assess("--output", os.path.join(folder, "no-folder", "x.csv"))
    check(done.returncode == 2 and "No such file" in done.stderr, "a folder that is not there",
           done.stderr)
    done = assess("--output", folder)
    check(done.returncode == 2 and "directory" in done.stderr, "a folder", done.stderr)
    os.remove(path)


def stops(folder):
    """Signals while the input is still open."""
    for number, word in ((signal.SIGINT, "interrupted"), (signal.SIGTERM, "stopped"),
                         (signal.SIGHUP, "stopped")):
        for before in ("yesterday", None):
            path = os.path.join(folder, "s.csv")
            if before:
                write(path, before)
            child = subprocess.Popen([PROGRAM, "assess", "--output", path], stdin=subprocess.PIPE,
                                     stderr=subprocess.PIPE)
            child.stdin.write((HEAD + LINE * 2000).encode())
            child.stdin.flush()
            for _ in range(500):
                if len(names(folder)) > (1 if before else 0):
                    break
                time.sleep(0.01)
            time.sleep(0.05)
            child.send_signal(number)
            _, errors = child.communicate()
            errors = errors.decode()
            left = "is unchanged" if before else "was not written"
            check(f"{word}: " in errors and left in errors, f"{number.name} is said", errors)
            check(child.returncode == -number, f"{number.name} ends the program", child.returncode)
            check(names(folder) == (["s.csv"] if before else []),
                   f"{number.name} leaves the folder as it was", names(folder))
            if before:
                check(read(path) == before, "and the file")
                os.remove(path)
    child = subprocess.Popen([PROGRAM, "assess", "-"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child.stdin.write((HEAD + LINE).encode())
    child.stdin.flush()
    child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    _, errors = child.communicate()
    check(b"are incomplete" in errors, "answers to standard output are said to be incomplete", errors)


def straight(folder):
    for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        done = assess("--format", "csv", "--output", name)
        check(done.stdout.startswith("hts,"), f"{name} is standard output", done)
        path = os.path.join(folder, "appended")
        write(path, "before\n")
        with open(path, "a", encoding="utf-8") as file:
            subprocess.run([PROGRAM, "assess", "--format", "csv", "--output", name],
                           input=HEAD + LINE, text=True, stdout=file, stderr=subprocess.DEVNULL,
                           check=False)
        check(read(path).startswith("before\nhts,"),
               f"{name} goes on where standard output stands", read(path))
        os.remove(path)
    fifo, got = os.path.join(folder, "fifo.csv"), []
    os.mkfifo(fifo)
    reader = threading.Thread(target=lambda: got.append(read(fifo)))
    reader.start()
    done = assess("--output", fifo)
    reader.join()
    check(got[0].startswith("hts,") and names(folder) == ["fifo.csv"], "a FIFO is written to",
           got)
    os.remove(fifo)
    done = assess("--output", "/dev/null")
    check(done.returncode == 0 and stat.S_ISCHR(os.stat("/dev/null")
                                                                           .st_mode), "a device is written to")
    done = assess("--output", "/dev/full")
    check(done.returncode == 2 and "cannot be written" in done.stderr, "a device that is full",
           done.stderr)
    path = os.path.join(folder, "in.csv")
    write(path, HEAD + LINE)
    done = assess("--output", path, path)
    check(done.returncode == 2 and read(path) == HEAD + LINE, "never one of the inputs")
    os.remove(path)


def before_the_error(_):
    """The line that ends the run is the first without an answer, whatever the threads and form."""
    lines = "".join(f"{i},6109.10.00.12,CN,2025-05-02,54\n" for i in range(3000))
    text = f"id,{HEAD}{lines}last,6109.10.00.12,CN,2025-05-02,\"54,00\"\n{lines}"
    whole = {}
    for jobs in ("1", "2", "5"):
        for form in ("csv", "ndjson", "json"):
            done = assess("--format", form, "--jobs", jobs, "--no-screen", text=text)
            rows = done.stdout.splitlines()
            check(done.returncode == 2 and ":3002: value" in done.stderr, f"{form}: the run ends",
                  done.stderr)
            check(len(rows) == 3000 + (form == "csv") and "2999" in rows[-1],
                  f"{form}, {jobs} threads: every line before it is answered", repr(len(rows)))
            check(done.stdout == whole.setdefault(form, done.stdout), f"{form}: as with one thread")


with tempfile.TemporaryDirectory(prefix="tidewaiter-output-") as scratch:
    for test in (formats, modes, full, failures, stops, straight, before_the_error):
        test(scratch)
sys.exit(finish())
