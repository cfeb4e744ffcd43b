#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The parts of a file, one after the other, are the whole file, whatever stands at their edges;
totals by themselves are those of the lines.

    parts.py TIDEWAITER GENERATE
"""
import json
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402

PROGRAM, GENERATE = sys.argv[1:3]


def assess(*words, code=(0, 1), given=None):
    done = run(PROGRAM, "assess", *words, given=given, binary=True)
    check(done.code in code, f"{words}: exit code {done.code}", done.err)
    return done


def refused(text, *words, given=None):
    done = assess(*words, code=(2,), given=given)
    check(text in done.err and not done.out, f"{words}: {text}", done.err)


def odd(rows):
    """Rows with all that makes it hard to find where one begins."""
    head, *rows = rows
    texts = ['"two\nlines"', '"a ""quote"""', '5" pipe', '=\"x\"', '"open', '"shut"then', ' "x" ',
             '"\r\n"', '\u00e9', '']
    out = [head]
    for number, row in enumerate(rows):
        cells = row.split(",", 10)
        if number % 3 == 0:
            cells[10] = texts[number // 3 % len(texts)]
        if number % 7 == 0:
            cells[0] = ""
        out.append(",".join(cells))
        if number % 50 == 0:
            out.append("")
    return out


def in_parts(path, name):
    """The parts, joined, and the totals against those of the lines."""
    for form in ("csv", "ndjson"):
        whole = assess("--format", form, path).out
        for parts in (1, 2, 5, 13):
            joined = b"".join(assess("--format", form, "--part", f"{k}/{parts}", path).out
                              for k in range(1, parts + 1))
            check(joined == whole, f"{name} {form} in {parts} parts")
    totals = assess("--totals-only", path).out
    lines = assess("--format", "csv", path).err
    check(totals and lines.endswith(totals), f"{name} totals", (totals, lines))


def small(folder):
    """A file of fewer bytes than it has parts: each line is of one of them, none of two."""
    path = os.path.join(folder, "small.ndjson")
    line = {"hts": "6109.10.00.12", "origin": "CN", "entered": "2025-05-02", "value": "54"}
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(dict(line, id=name)) + "\n" for name in "ab"))
    parts = 5 * os.path.getsize(path)
    second = parts // 2 + 5  # five parts end at a byte; the second line begins in the middle
    for part, names in ((1, ""), (2, ""), (4, ""), (5, "a"), (6, ""), (second - 1, ""),
                        (second, "b"), (second + 1, ""), (parts, "")):
        answers = assess("--fields", "id", "--part", f"{part}/{parts}", path).out.splitlines()
        check([json.loads(answer)["id"] for answer in answers] == list(names),
              f"part {part} of {parts}", answers)


def main():
    with tempfile.TemporaryDirectory() as folder:
        rows = run(sys.executable, GENERATE, "600").out.splitlines()
        files = {"usual.csv": "\n".join(rows) + "\n", "odd.csv": "\n".join(odd(rows)),
                 "tiny.csv": "\n".join(rows[:2])}
        for name, text in files.items():
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            in_parts(path, name)
        small(folder)
        path = os.path.join(folder, "usual.csv")
        refused(b"pipe", "--part", "1/2", "-", given=files["usual.csv"])
        for wrong in ("0/2", "3/2", "1", "1/", "a/b", "1/2x", "1/100001"):
            refused(b"--part needs", "--part", wrong, path)
        refused(b"--part is for", "--part", "1/2", "--format", "json", path)
        refused(b"one file", "--part", "1/2", path, path)
        ships = os.path.join(folder, "ships.csv")
        with open(ships, "w", encoding="utf-8") as file:
            file.write(files["usual.csv"].replace("id,hts", "shipment,hts", 1))
        refused(b"shipments", "--part", "1/2", ships)
        refused(b"omit", "--totals-only", "--output", os.path.join(folder, "x.csv"), path)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
