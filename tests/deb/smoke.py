#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Debian packages of a folder: what is in which, and that it runs where it is unpacked.

    smoke.py FOLDER
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, run  # noqa: E402

FOLDER = os.path.abspath(sys.argv[1])
WANTED = {
    "libtidewaiter0": ["usr/lib/*/libtidewaiter.so.0", "usr/lib/*/libtidewaiter_law.so.0",
                       "usr/lib/*/tidewaiter/tidewaiter-structures.so", "usr/lib/*/tidewaiter/tidewaiter-drawing.so"],
    "libtidewaiter-dev": ["usr/include/tidewaiter.h", "usr/include/tidewaiter_law.h", "usr/lib/*/libtidewaiter.a",
                          "usr/lib/*/libtidewaiter.so", "usr/lib/*/pkgconfig/tidewaiter.pc",
                          "usr/lib/*/pkgconfig/tidewaiter_static.pc", "usr/share/man/man3/tidewaiter.3.gz"],
    "tidewaiter": ["usr/bin/tidewaiter", "usr/share/man/man1/tidewaiter-assess.1.gz",
                   "usr/share/man/man5/tidewaiter-law.5.gz", "usr/share/bash-completion/completions/tidewaiter",
                   "usr/share/zsh/*/_tidewaiter", "usr/share/fish/*/tidewaiter.fish",
                   "usr/share/tidewaiter/tidewaiter.codes", "usr/share/tidewaiter/law/coverage.yaml"],
}


def unpack(root):
    for package, wanted in WANTED.items():
        found = glob.glob(f"{FOLDER}/{package}_*.deb")
        if not check(len(found) == 1, f"one package {package} in {FOLDER}", found):
            continue
        alone = os.path.join(root, package)
        subprocess.run(["dpkg", "-x", found[0], alone], check=True)
        subprocess.run(["dpkg", "-x", found[0], os.path.join(root, "all")], check=True)
        for name in wanted:
            check(glob.glob(os.path.join(alone, name)), f"{package} holds {name}")
        control = run("dpkg-deb", "-f", found[0], "Depends").out
        check(("librdkit" in control) == (package == "libtidewaiter0"), f"{package}: whether it wants RDKit", control)
        check("libc6" in control or package.endswith("-dev"), f"{package} says what it needs", control)
        if package != "libtidewaiter0":
            check(re.search(r"libtidewaiter0 \(= ", control), f"{package} wants its own library", control)


def use(root):
    everything = os.path.join(root, "all")
    library = glob.glob(f"{everything}/usr/lib/*/libtidewaiter.so.0")
    if not check(library, "the library is there"):
        return
    library = os.path.dirname(library[0])
    words = ("duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02T00:01", "--value", "54")
    done = run(f"{everything}/usr/bin/tidewaiter", "--no-config", *words, LD_LIBRARY_PATH=library)
    check(done.code == 0 and "91.26" in done.out, "duty", done)
    done = run(f"{everything}/usr/bin/tidewaiter", "--no-config", "code", "shirts", "--on", "2026-01-15",
               LD_LIBRARY_PATH=library)
    check(done.code == 0 and "6206" in done.out, "code", done)
    done = run(f"{everything}/usr/bin/tidewaiter", "--no-config", "law", "check", "--law",
               f"{everything}/usr/share/tidewaiter/law", LD_LIBRARY_PATH=library)
    check(done.code == 0, "the installed law is sound", done)
    done = run(f"{everything}/usr/bin/tidewaiter", "--no-config", "substance", "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1",
               LD_LIBRARY_PATH=library)
    check(done.code == 0 and "entanyl" in done.out, "a structure", done)
    done = run(f"{everything}/usr/bin/tidewaiter", "--no-config", "substance", "fentanyl", "--format", "svg",
               LD_LIBRARY_PATH=library)
    check(done.code == 0 and done.out.startswith("<svg "), "its drawing", done)
    for package, more in (("tidewaiter", library), ("tidewaiter_static", None)):
        told = run("pkg-config", "--cflags", "--libs", package, PKG_CONFIG_PATH=f"{library}/pkgconfig",
                   PKG_CONFIG_SYSROOT_DIR=everything)
        program = os.path.join(root, "example")
        # Headers and libraries of the system that are asked for stand outside the folder.
        done = run("cc", os.path.join(ROOT, "docs/man/example.c"), f"-I{everything}/usr/include",
                   f"-L{library}", *told.out.split(), "-o", program)
        check(not done.code, f"a program with {package}", done.err + told.err)
        done = run(program, LD_LIBRARY_PATH=more)
        check(done.out == "91.26 USD, 169%\n", f"and it runs: {package}", done)
    for name in ("usr/bin/tidewaiter", "usr/lib/*/libtidewaiter.so.0", "usr/lib/*/libtidewaiter_law.so.0",
                 "usr/lib/*/tidewaiter/tidewaiter-structures.so", "usr/lib/*/tidewaiter/tidewaiter-drawing.so"):
        told = run("readelf", "-dlW", glob.glob(f"{everything}/{name}")[0]).out
        check("BIND_NOW" in told or "FLAGS_1) Flags: NOW" in told or " NOW" in told, f"{name}: bound at once")
        check("GNU_RELRO" in told and "RUNPATH" not in told, f"{name}: relro, and no path of its own")


with tempfile.TemporaryDirectory() as temporary:
    unpack(temporary)
    use(temporary)
sys.exit(finish())
