#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`codesc`, which makes the companion of codes while building: whole, or not there with a message.

    codesc.py CODESC LAW
"""
import os
import sqlite3
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import check, equal, finish, run  # noqa: E402

CODESC, LAW = (os.path.abspath(path) for path in sys.argv[1:3])


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-codesc-") as folder:
        out, deps = os.path.join(folder, "codes"), os.path.join(folder, "codes.d")
        done = run(CODESC, LAW, out, deps)
        check(done.code == 0, "made", done.err)
        with open(os.path.join(LAW, "us", "descriptions.tsv"), encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
        found = sqlite3.connect(out).execute("SELECT count(*) FROM code").fetchone()[0]
        equal(found, len(rows) - 1, "a row for every description")
        with open(deps, encoding="utf-8") as file:
            check(file.readline().startswith(f"{out}:") and "descriptions.tsv" in file.read(),
                  "what it depends on")
        none = os.path.join(folder, "none", "codes")
        for words, why in (([LAW, none], none), ([LAW, folder], folder),
                           ([os.path.join(folder, "none"), out], "No such file"),
                           ([LAW, out, none], "No such file"),
                           ([LAW], "write codesc LAWDIR COMPANION")):
            done = run(CODESC, *words)
            check(done.code == 2 and why in done.err, f"codesc {' '.join(words)[-30:]}: {why}",
                  f"exit {done.code}: {done.err}")
        check(not os.path.exists(out), "what is not whole is taken away")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
