#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs into a folder and uses what stands there as others do: the program anywhere, the
libraries through pkg-config, shared and static, from C and C++; then takes it away again.

    run.py SOURCE BUILD ARCHIVE
"""
import os
import pathlib
import re
import shlex
import shutil
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, leave_out, run  # noqa: E402

SOURCE, BUILD, ARCHIVE = (os.path.abspath(path) for path in sys.argv[1:4])
EXAMPLE = os.path.join(SOURCE, "docs/man/example.c")
ANSWER = "91.26 USD, 169%\n"
MODULE = "tidewaiter/tidewaiter-structures.so"
FENTANYL = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"
LAW = """
#include <stdio.h>
#include <tidewaiter_law.h>
int main(int count, char **arguments)
{
	struct tw_error error;
	tw_rulebook *rulebook;
	if (count != 2 || tw_law_rulebook(&rulebook, arguments[1], NULL, &error))
		return 1;
	puts(tw_rulebook_edition(rulebook));
	tw_rulebook_close(rulebook);
	return 0;
}
"""


def option(name):
    import json
    told = json.loads(run("meson", "introspect", "--buildoptions", BUILD).out)
    return next(row["value"] for row in told if row["name"] == name)


def inside(root):
    """All files and links, by their path from the root."""
    return {os.path.relpath(os.path.join(folder, name), root): os.path.join(folder, name)
            for folder, _, names in os.walk(root) for name in names}


def has_structures():
    return os.path.exists(os.path.join(BUILD, "src", os.path.basename(MODULE)))


def files(root, prefix, libdir):
    """All is there, and the rulebook once."""
    found = inside(root + prefix)
    for name in ("bin/tidewaiter", *(f"include/{name}" for name in os.listdir(os.path.join(SOURCE, "include"))),
                 "share/tidewaiter/law/coverage.yaml", "share/tidewaiter/law/us/schedule.tsv",
                 *(f"{libdir}/{stem}{end}" for stem in ("libtidewaiter", "libtidewaiter_law")
                   for end in (".so", ".so.0", ".so.0.1.0")),
                 f"{libdir}/pkgconfig/tidewaiter.pc", f"{libdir}/pkgconfig/tidewaiter_law.pc",
                 "share/bash-completion/completions/tidewaiter"):
        check(name in found, f"{name} is installed")
    with open(os.path.join(BUILD, "src/tidewaiter.rulebook"), "rb") as file:
        book = file.read(4096)
    holding = [name for name, path in found.items() if not os.path.islink(path)
               and book in pathlib.Path(path).read_bytes()]
    # The extension of a database is one file by itself, as a wheel is.
    holding = [name for name in holding if name != f"{libdir}/sqlite3/tidewaiter.so"]
    check(holding == [f"{libdir}/libtidewaiter.so.0.1.0"], "the rulebook stands once", holding)
    for name in ("bin/tidewaiter", f"{libdir}/libtidewaiter.so.0.1.0",
                 f"{libdir}/libtidewaiter_law.so.0.1.0"):
        binary(root + prefix, name)
        # It takes longer to load than an answer takes: the module has it.
        needed = re.findall(r"NEEDED\).*\[(.*)\]", run("readelf", "-d", os.path.join(root + prefix, name)).out)
        check(not [one for one in needed if "RDKit" in one or "stdc++" in one], f"{name}: no RDKit", needed)
    if check((f"{libdir}/{MODULE}" in found) == has_structures(), "the module that reads structures") and has_structures():
        binary(root + prefix, f"{libdir}/{MODULE}")
        shown = run("nm", "-D", "--defined-only", found[f"{libdir}/{MODULE}"]).out.split()[2::3]
        check(shown == ["tw_structures"], "the module shows one name", shown)
        drawing = f"{libdir}/tidewaiter/tidewaiter-drawing.so"
        if drawing in found:
            binary(root + prefix, drawing)
            shown = run("nm", "-D", "--defined-only", found[drawing]).out.split()[2::3]
            check(shown == ["tw_drawing"], "the module that draws shows one name", shown)
    return found


def binary(root, name):
    """What the loader reads of a file: no folder of this machine, no lazy call, its name."""
    told = run("readelf", "-dlW", os.path.join(root, name)).out
    paths = re.findall(r"(?:RUNPATH|RPATH)\).*\[(.*)\]", told)
    check(all(path.startswith("$ORIGIN/") for path in paths), f"{name}: where it looks", paths)
    if option("buildtype") != "plain":
        check("BIND_NOW" in told or "NOW" in told, f"{name}: calls are bound when it is loaded", told)
        check("GNU_RELRO" in told, f"{name}: relocations are read-only", told)
    check(re.search(r"GNU_STACK .* RW ", told), f"{name}: the stack is not run", told)
    soname = re.search(r"SONAME\).*\[(.*)\]", told)
    if name.startswith("bin/"):
        check("DYN (" in run("readelf", "-hW", os.path.join(root, name)).out, f"{name}: any address")
        needed = run("nm", "-D", "--undefined-only", os.path.join(root, name)).out
        shown = run("nm", "-D", "--defined-only", os.path.join(root, name)).out
        asked = re.findall(r"\b(tw_\w+)", needed)
        check(asked == ["tw_rulebook_embedded"], "the program asks the library for its bytes alone",
              asked)
        check(not re.search(r"\btw_", shown), "the program shows nothing of its engine", shown)
    elif "/tidewaiter/" not in name:  # a module, which nothing is linked with
        check(soname and soname[1] == os.path.basename(name).replace(".0.1.0", ".0"), f"{name}: its name")


def program(root, prefix, libdir):
    """The program, where it was put and anywhere else."""
    words = ("duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02T00:01", "--value", "54")
    for place in (root + prefix, root + "/elsewhere"):
        if place != root + prefix:
            shutil.copytree(root + prefix, place, symlinks=True)
        done = run(os.path.join(place, "bin/tidewaiter"), *words, LD_LIBRARY_PATH=None)
        check(done.code == 0 and "91.26" in done.out, f"{place}: {done.code}", done.out + done.err)
        if has_structures():
            structures(place, libdir)
    shutil.rmtree(root + "/elsewhere")


def structures(place, libdir):
    """Read by the module of this tree, by no other; without it the reason is said and no line is green."""
    module, aside = os.path.join(place, libdir, MODULE), os.path.join(place, "aside")

    def asked(path=None, **more):
        return run(os.path.join(place, "bin/tidewaiter"), "substance", FENTANYL, LD_LIBRARY_PATH=path, **more)
    done = asked()
    check(done.code == 0 and "entanyl" in done.out, f"{place}: a structure is read", done.out + done.err)
    done = run(os.path.join(place, "bin/tidewaiter"), "substance", "--format", "svg", "fentanyl", LD_LIBRARY_PATH=None)
    if os.path.exists(os.path.join(place, libdir, "tidewaiter/tidewaiter-drawing.so")):
        check(done.code == 0 and done.out.startswith("<svg "), f"{place}: a structure is drawn", done.out + done.err)
    else:
        check(done.code == 2 and "draws no structures" in done.err, f"{place}: none is drawn", done.out + done.err)
    os.rename(module, aside)
    with tempfile.TemporaryDirectory() as current:  # neither there nor by the environment
        os.mkdir(f"{current}/tidewaiter")
        for path in (os.path.basename(MODULE), MODULE):
            shutil.copy(aside, f"{current}/{path}")
        done = asked(current, cwd=current, PATH=current)
    check(done.code == 1 and "neither beside the library" in " ".join(done.out.split()),
          f"{place}: without the module", done.out + done.err)
    line = run(os.path.join(place, "bin/tidewaiter"), "duty", "--hts", "2933.39.92", "--origin", "CN", "--on",
               "2025-05-02", "--value", "54", "--smiles", FENTANYL, "--format", "json", LD_LIBRARY_PATH=None).out
    check('"lane":"green"' not in line and "structure-absent: tidewaiter-structures.so" in line,
          f"{place}: a line without the module", line)
    pathlib.Path(module).write_bytes(b"no library")
    check("cannot be loaded" in " ".join(asked().out.split()), f"{place}: what is no module")
    os.rename(aside, module)


def build(tree, packages, source, compiler, *more, static=False):
    """A program of one file by what pkg-config says; its answer."""
    root, prefix, libdir = tree
    told = run("pkg-config", "--cflags", "--libs", *(["--static"] if static else []), *packages,
               PKG_CONFIG_PATH=f"{root}{prefix}/{libdir}/pkgconfig", PKG_CONFIG_SYSROOT_DIR=root)
    if not check(not told.code, f"pkg-config {packages}", told.err):
        return None
    out = os.path.join(root, "program")
    # The folder of the system before ours, where another Tidewaiter may be installed.
    done = run(compiler, *more, source, f"-L{root}{prefix}/{libdir}", *shlex.split(told.out), "-o", out,
               f"-Wl,-rpath-link,{root}{prefix}/{libdir}")
    return out if check(not done.code, f"{compiler} with {packages}", done.err) else None


def answers(made, tree, what, wanted, *arguments, library=True):
    root, prefix, libdir = tree
    if made:
        done = run(made, *arguments, LD_LIBRARY_PATH=f"{root}{prefix}/{libdir}" if library else None)
        check(done.out == wanted, f"{what}: {done.code}", done.out + done.err)


def link(tree, found):
    """Programs of others."""
    root, prefix, libdir = tree
    answers(build(tree, ["tidewaiter"], EXAMPLE, "cc"), tree, "shared", ANSWER)
    law = os.path.join(root, "law.c")
    pathlib.Path(law).write_text(LAW, encoding="utf-8")
    with open(os.path.join(SOURCE, "law/coverage.yaml"), encoding="utf-8") as file:
        edition = re.search(r"^edition: *(\S+)", file.read(), re.M)[1]
    answers(build(tree, ["tidewaiter_law"], law, "cc"), tree, "the law", edition + "\n",
            found["share/tidewaiter/law/coverage.yaml"].rsplit("/", 1)[0])
    if shutil.which("c++"):
        cpp = os.path.join(root, "law.cc")
        shutil.copy(law, cpp)
        answers(build(tree, ["tidewaiter_law"], cpp, "c++", "-std=c++11"), tree, "C++", edition + "\n",
                found["share/tidewaiter/law/coverage.yaml"].rsplit("/", 1)[0])
    else:
        leave_out("C++", "no compiler")
    shutil.copy(ARCHIVE, f"{root}{prefix}/{libdir}/libtidewaiter.a")
    shutil.copy(os.path.join(BUILD, "src/tidewaiter_static.pc"), f"{root}{prefix}/{libdir}/pkgconfig")
    made = build(tree, ["tidewaiter_static"], EXAMPLE, "cc")
    answers(made, tree, "static", ANSWER, library=False)
    if made:
        told = run("readelf", "-d", made).out
        check("libtidewaiter" not in told, "a static program asks for no library of ours", told)
    if option("structures") == "disabled":  # Debian has no archives of RDKit
        answers(build(tree, ["tidewaiter_static"], EXAMPLE, "cc", "-static"), tree, "wholly static",
                ANSWER, library=False)
    os.remove(f"{root}{prefix}/{libdir}/libtidewaiter.a")
    os.remove(f"{root}{prefix}/{libdir}/pkgconfig/tidewaiter_static.pc")


def uninstall(root, prefix):
    """All of it goes, and what is another's stays."""
    other = root + prefix + "/share/man/man1/other.1"
    pathlib.Path(other).write_text("another's\n", encoding="utf-8")
    tool = os.path.join(SOURCE, "tools/uninstall.py")
    done = run(sys.executable, tool, BUILD, "--destdir", root)
    check(not done.code, "uninstall", done.err)
    left = [name for name in inside(root + prefix)]
    check(left == ["share/man/man1/other.1"], "what is left is another's", left)
    check(not os.path.exists(root + prefix + "/share/tidewaiter"), "our folders go too")
    done = run(sys.executable, tool, BUILD, "--destdir", root)
    check(done.code == 1, "there is nothing to take away a second time", done.out)


def main():
    prefix, libdir = option("prefix"), option("libdir")
    with tempfile.TemporaryDirectory() as root:
        done = run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", root)
        if check(not done.code, "meson install", done.out + done.err):
            found = files(root, prefix, libdir)
            program(root, prefix, libdir)
            link((root, prefix, libdir), found)
            uninstall(root, prefix)
    return finish()


sys.exit(main())
