#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is handed out: the wheel holds what it should and nothing else, needs no other package, runs
on every Python from 3.11 on and every Linux of its tag.

    wheel.py WHEEL SDIST FOLDER        writes the repaired wheel into FOLDER
"""
import glob
import os
import re
import sys
import tarfile
import tempfile
import zipfile

from common import ROOT, check, equal, finish, run

WHEEL, SDIST, FOLDER = (os.path.abspath(path) for path in sys.argv[1:])
MOST = 3.8  # MiB: rulebook and law text are most of it


def contents():
    with zipfile.ZipFile(WHEEL) as wheel:
        names = wheel.namelist()
        metadata = wheel.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    check("-cp311-abi3-" in WHEEL, "one wheel for all Pythons from 3.11 on", WHEEL)
    check(os.path.getsize(WHEEL) < MOST * 2**20, f"less than {MOST} MiB", os.path.getsize(WHEEL))
    for part in ("py.typed", "_tidewaiter.pyi", "_tidewaiter.abi3.so", "law_text/claims.yaml"):
        check(f"tidewaiter/{part}" in names, f"the wheel holds {part}", names[:20])
    sources = {os.path.basename(path) for path in glob.glob(f"{ROOT}/bindings/python/tidewaiter/*")
               if os.path.isfile(path)}
    held = {name.split("/")[1] for name in names if name.count("/") == 1}
    check(sources <= held, "every source is in meson.build", sources - held)
    for name in names:
        check(re.match(r"tidewaiter(-[\d.]+\.dist-info)?/", name), "nothing else", name)
        check(not name.endswith((".c", ".a", ".pyc")), "nothing to build with", name)
    check(any(name.endswith("LICENSE") for name in names), "the licence")
    needed = re.findall(r"^Requires-Dist: (.*)$", metadata, re.M)
    check(all("extra ==" in one for one in needed), "no package is required", needed)
    with tarfile.open(SDIST) as archive:
        names = archive.getnames()
    check(any(name.endswith("subprojects/tidewaiter/include/tidewaiter.h") for name in names),
          "the source distribution holds the project", names[:20])
    built = [name for name in names if re.search(r"/build[^/.]*/|__pycache__|\.(so|o|a|pyc)$", name)]
    check(not built, "and nothing that was built", built)


def symbols(work):
    with zipfile.ZipFile(WHEEL) as wheel:
        path = wheel.extract("tidewaiter/_tidewaiter.abi3.so", work)
    shown = run("nm", "-D", "--defined-only", path).out.split()
    equal([name for name in shown[2::3]], ["PyInit__tidewaiter"], "one symbol is seen")


def names():
    """The library is linked in whole, so a function of ours that bears the name of one of its own
    would be called in its place, in silence."""
    seen = 0
    for path in glob.glob(f"{ROOT}/bindings/python/src/*.h"):
        with open(path, encoding="utf-8") as file:
            for name in re.findall(r"^[A-Za-z][\w *]*?\b(\w+)\([^;{]*\);", file.read(), re.M):
                seen += 1
                check(name.startswith("py_"), f"{name} in {os.path.basename(path)} begins with py_")
    check(seen > 15, f"{seen} functions of the module")


def audits():
    bin_folder = os.path.dirname(sys.executable)
    path = bin_folder + os.pathsep + os.environ["PATH"]
    done = run(f"{bin_folder}/abi3audit", "--strict", "--assume-minimum-abi3", "3.11", WHEEL, PATH=path)
    check(done.code == 0, "abi3audit: the limited interface alone is used", done.out + done.err)
    done = run(f"{bin_folder}/auditwheel", "repair", "--wheel-dir", FOLDER, WHEEL, PATH=path)
    check(done.code == 0, "auditwheel repairs", done.out + done.err)
    made = sorted(glob.glob(f"{FOLDER}/*manylinux*.whl"), key=os.path.getmtime)
    if not check(made, "auditwheel gives a wheel for manylinux", os.listdir(FOLDER)):
        return
    done = run(f"{bin_folder}/auditwheel", "show", made[-1], PATH=path)
    check("manylinux" in done.out and done.code == 0, "auditwheel passes it", done.out + done.err)
    found = re.search(r"manylinux_2_(\d+)", made[-1])
    print(os.path.basename(made[-1]), f"{os.path.getsize(made[-1]) / 2**20:.2f} MiB")
    check(found and int(found[1]) <= 36, "it asks for no C library younger than Debian 12's", made)


with tempfile.TemporaryDirectory(prefix="tidewaiter-wheel-") as work:
    contents()
    symbols(work)
names()
audits()
sys.exit(finish())
