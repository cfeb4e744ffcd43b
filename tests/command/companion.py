#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The companion of the rulebook: whole, the same each time, found, and refused when it is spoilt.

    companion.py PROGRAM COMPANION CODESC LAWDIR
"""
import datetime
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import changed_law, check, finish, run  # noqa: E402

PROGRAM, COMPANION, CODESC, LAW = (os.path.abspath(path) for path in sys.argv[1:5])
with open(os.path.join(LAW, "coverage.yaml"), encoding="utf-8") as coverage:
    LAST = re.search(r"^last: *(\S+)", coverage.read(), re.M)[1]
DAYS = ("2025-01-01", "2025-06-30", "2025-07-01", "2026-02-01", "2026-06-30", "2026-07-01", LAST)


def number(day):
    return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days


def ask(*arguments, program=PROGRAM, companion=None):
    # A copy elsewhere finds the library where it was built.
    library = os.path.join(os.path.dirname(PROGRAM), "..", "src")
    return run(program, *arguments, timeout=60, TIDEWAITER_CODES=companion, LD_LIBRARY_PATH=library)


def test_whole():
    """Each line of the schedule in force on a day has one text, and nothing else has."""
    base = sqlite3.connect(f"file:{COMPANION}?immutable=1", uri=True)
    with open(os.path.join(LAW, "us", "schedule.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")][1:]
    rows = [row + [""] * (9 - len(row)) for row in rows]
    for day in DAYS:
        lines = {row[0] for row in rows
                 if (not row[7] or row[7] <= day) and (not row[8] or day < row[8])}
        told = base.execute("SELECT code, text FROM code WHERE kind = 1 AND first <= ?1 AND "
                            "?1 < last", (number(day),)).fetchall()
        check(len(told) == len({code for code, _ in told}), f"{day}: a code with two texts")
        check({code for code, text in told if text.strip()} == lines,
              f"{day}: {len(lines)} lines, {len(told)} texts")
        ten = sum(1 for code in lines if len(code) == 10)
        check(ten > 19000, f"{day}: {ten} lines of ten digits")
    base.close()


def test_same(folder):
    """The same law makes the same bytes."""
    out = os.path.join(folder, "again.codes")
    done = run(CODESC, LAW, out)
    check(done.code == 0, "the companion is made", done.err)
    with open(out, "rb") as one, open(COMPANION, "rb") as two:
        check(one.read() == two.read(), "another companion of the same law")


def test_place(folder):
    """Found beside the program, in the tree it was installed in, or where one says."""
    for place in (("bin",), ("share", "tidewaiter")):
        os.makedirs(os.path.join(folder, *place))
    moved = shutil.copy(PROGRAM, os.path.join(folder, "bin", "tidewaiter"))
    code, out, err = ask("code", "shirts", "--on", "2026-01-15", program=moved)
    check(code == 2 and "tidewaiter.codes" in err and not out, f"missing: {code} {err}")
    code, out, err = ask("duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on",
                         "2025-05-02T00:01", "--value", "54", program=moved)
    check(code == 0 and "91.26" in out, f"duty without a companion: {code} {err}")
    code, out, err = ask("code", "shirts", program=moved, companion=COMPANION)
    check(code == 0 and out, f"TIDEWAITER_CODES: {code} {err}")
    code, out, err = ask("code", "shirts", program=moved, companion="/none")
    check(code == 2 and "TIDEWAITER_CODES" in err, f"a wrong TIDEWAITER_CODES: {err}")
    shutil.copy(COMPANION, os.path.join(folder, "share", "tidewaiter"))
    code, out, err = ask("code", "shirts", "--on", "2026-01-15", program=moved)
    check(code == 0 and "6206" in out, f"installed: {code} {err}")


def test_spoilt(folder):
    """A companion that is something else, or was spoilt, never ends in a crash."""
    dice = random.Random(4)
    with open(COMPANION, "rb") as file:
        sound = file.read()
    path = os.path.join(folder, "spoilt.codes")
    other = os.path.join(folder, "other.codes")
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE code(a)")
    base.commit()
    base.close()
    for made in (b"", b"x" * 5000, sound[:100], sound[:70000], open(other, "rb").read()):
        with open(path, "wb") as file:
            file.write(made)
        code, _, err = ask("code", "shirts", companion=path)
        check(code == 2 and "tidewaiter: code:" in err, f"{len(made)} bytes: {code} {err}")
    for turn in range(60):
        made = bytearray(sound)
        for _ in range(1 + turn * 20):
            made[dice.randrange(100, len(made))] = dice.randrange(256)
        with open(path, "wb") as file:
            file.write(made)
        for words in (("cotton", "shirts"), ("61",), ("3004909211",), ("shrits",)):
            code, _, err = ask("code", *words, "--origin", "CN", companion=path)
            check(code in (0, 1, 2), f"spoilt {turn}: {code} {err}")


def test_folder():
    """--law gives the words of that folder."""
    with changed_law(LAW) as law:
        law.replace("us/descriptions.tsv", "\tThermal undershirts (352)", "\tQuagga garments")
        code, out, err = ask("code", "quagga", "--on", "2026-01-15", "--law", law)
        check(code == 0 and "6109.10.00.11" in out, f"--law: {code} {err} {out}")
        code, out, err = ask("code", "quagga", "--on", "2026-01-15")
        check(code == 1, f"without: {code} {err} {out}")


def main():
    test_whole()
    for test in (test_same, test_place, test_spoilt):
        with tempfile.TemporaryDirectory() as folder:
            test(folder)
    test_folder()
    sys.exit(finish())


main()
