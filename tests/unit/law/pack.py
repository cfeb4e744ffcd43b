#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `lawc` makes of a law folder for the build: one text of all its files, a rulebook, and what
both depend on.

    pack.py LAWC LAW
"""
import os
import pathlib
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import Law, check, equal, finish, run  # noqa: E402

LAWC, LAW = (os.path.abspath(path) for path in sys.argv[1:3])


def unpacked(data):
    """{path: content} of `tidewaiter law text 1`: a line "PATH SIZE" before so many bytes."""
    head, _, rest = data.partition(b"\n")
    equal(head, b"tidewaiter law text 1", "the first line")
    files = {}
    while rest:
        line, _, rest = rest.partition(b"\n")
        path, size = line.decode().rsplit(" ", 1)
        files[path], rest = rest[:int(size)], rest[int(size):]
    return files


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-pack-") as folder:
        law = Law(LAW, folder)
        law.write("us/notes.txt", "no law\n")
        law.write("a/b/c/d/deep.tsv", "id\n")
        law.write("a/b/c/d/e/too-deep.tsv", "id\n")
        wanted = {str(path.relative_to(law.at)): path.read_bytes()
                  for path in law.at.rglob("*") if path.suffix in (".yaml", ".tsv")}
        del wanted["a/b/c/d/e/too-deep.tsv"]
        out, deps = os.path.join(folder, "law.text"), os.path.join(folder, "law.d")
        done = run(LAWC, "pack", law, out, deps)
        check(done.code == 0, "pack", done.err)
        equal(unpacked(pathlib.Path(out).read_bytes()), wanted, "every file of the law, whole")
        first, *rest = pathlib.Path(deps).read_text(encoding="utf-8").split(" \\\n ")
        equal(first, out + ":", "what depends")
        equal({line.strip() for line in rest}, {str(law.at)} | {
            str(path) for path in law.at.rglob("*")}, "on every file and folder")
        done = run(LAWC, "compile", LAW, os.path.join(folder, "small.rulebook"), deps)
        check(done.code == 0 and os.path.getsize(deps) > 100, "compile", done.err)
        none = os.path.join(folder, "none")
        for words, why in ((["pack", LAW, out], "write lawc pack LAWDIR TEXT DEPFILE"),
                           (["pack", none, out, deps], "none: no file of law in it"),
                           (["pack", LAW, os.path.join(none, "x"), deps], "No such file"),
                           (["compile", LAW], "write lawc compile LAWDIR RULEBOOK"),
                           (["compile", none, out], "No such file"),
                           (["compile", LAW, os.path.join(none, "x")], "No such file"),
                           (["check"], "write lawc check LAWDIR"),
                           (["check", none], "No such file"), (["chek", LAW], "lawc check"), ([], "lawc ")):
            done = run(LAWC, *words)
            check(done.code == 2 and why in done.err, f"lawc {' '.join(words)[:30]}: {why}",
                  f"exit {done.code}: {done.err}")
        done = run(LAWC, "pack", LAW, out, os.path.join(none, "x"))
        check(done.code == 2 and "No such file" in done.err, "a file of what it depends on that cannot be written",
              f"exit {done.code}: {done.err}")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
