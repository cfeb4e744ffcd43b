#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The law as a table: law export.

    export.py PROGRAM LAW

For codes, origins and days drawn at random (seeded) the measures that a join with the table finds
are those that `law list` names, which asks the scopes themselves. No two rows of a measure hold
the same code of the same origin at the same time. A schedule that is printed and read again
changes nothing.
"""
import collections
import csv
import io
import os
import random
import re
import sys
import tempfile

sys.path[1:1] = [sys.path[0] + "/.."]
from lib import check, equal, finish, run  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]
FROM = ["--law", LAW]
with open(os.path.join(LAW, "coverage.yaml"), encoding="utf-8") as coverage:
    LAST = re.search(r"^last: *(\S+)", coverage.read(), re.M)[1]


def export(*words):
    done = run(PROGRAM, "law", "export", *FROM, *words)
    equal(done.code, 0, f"law export {' '.join(words)}")
    return list(csv.DictReader(io.StringIO(done.out)))


def listed(origin, code, day):
    done = run(PROGRAM, "law", "list", *FROM, "--format", "csv", "--origin", origin, "--hts", code,
               "--on", f"{day}T12:00")
    return {row["measure"] for row in csv.DictReader(io.StringIO(done.out))}


def joined(rows, origin, code, at):
    """What a join finds: at is UTC."""
    return {row["measure"] for row in rows
            if row["origin"] in ("*", origin) and row["code_first"] <= code <= row["code_last"] and
            row["from"] <= at and (not row["until"] or at < row["until"])}


def joins(draw):
    codes = [row["HTS Number"].replace(".", "") for row in
             export("--schedule", "--into", "US", "--on", "2026-07-01")]
    codes = [code for code in codes if len(code) == 10]
    for origin in ("CN", "CA", "DE", "VN", "RU"):
        rows = export("--origin", origin, "--into", "US")
        check({row["origin"] for row in rows} == {origin}, "only what was asked for")
        for _ in range(12):
            code = draw.choice(codes)
            day = f"{draw.choice((2018, 2019, 2024, 2025, 2025, 2025, 2026))}" \
                  f"-{draw.randint(1, 10):02d}-{draw.randint(1, 28):02d}"
            # Noon in New York is 16:00 or 17:00 UTC; nothing begins or ends in that hour.
            wanted = {name for name in listed(origin, code, day) if name.startswith("us.")}
            equal(joined(rows, origin, code, f"{day}T16:30:00Z"), wanted,
                  f"{code} of {origin} on {day}")


def apart(rows):
    held = collections.defaultdict(list)
    for row in rows:
        held[row["measure"], row["origin"]].append(
            (row["code_first"], row["code_last"], row["from"], row["until"] or "9999"))
    for key, rectangles in held.items():
        rectangles.sort()
        for i, (first, last, begins, ends) in enumerate(rectangles):
            check(first <= last and begins < ends, f"{key} holds something", rectangles[i])
            for other in rectangles[i + 1:i + 40]:
                if other[0] > last:
                    break
                check(other[2] >= ends or other[3] <= begins, f"{key} once", (rectangles[i], other))


def schedules(folder):
    path = os.path.join(folder, "schedule.csv")
    text = run(PROGRAM, "law", "export", *FROM, "--schedule", "--into", "US", "-o", path)
    equal((text.code, text.out), (0, ""), "the schedule in a file")
    with open(path, encoding="utf-8") as file:
        equal(file.read(), run(PROGRAM, "law", "export", *FROM, "--schedule", "--into", "US").out,
              "the same in a file and on standard output")
    again = os.path.join(folder, "again.tsv")
    done = run(PROGRAM, "law", "import-schedule", *FROM, "--into", "US", "--from", LAST, "-o", again,
               path)
    equal(done.code, 0, "a schedule read again")
    with open(again, encoding="utf-8") as file, \
         open(os.path.join(LAW, "us", "schedule.tsv"), encoding="utf-8") as whole:
        check(file.read() == whole.read(), "and it is what it was")
    day = export("--schedule", "--into", "US", "--on", "2026-06-30")
    after = export("--schedule", "--into", "US", "--on", "2026-07-01")
    check({row["HTS Number"] for row in day} != {row["HTS Number"] for row in after},
          "a day shows its own lines")


def refusals():
    for words, part in ((["--schedule"], "--into US"),
                        (["--schedule", "--into", "MX"], "MX holds no schedule"),
                        (["--schedule", "--into", "US", "--on", "2025-04"], "one day"),
                        (["--schedule", "--into", "US", "--hts", "6109"], "whole schedule"),
                        (["--on", "2025-13-01"], "no such date"),
                        (["word"], "unexpected argument"),
                        (["-o", "/nonexistent/folder/x.csv"], "--output")):
        done = run(PROGRAM, "law", "export", *FROM, *words)
        check(done.code == 2 and part in done.err and not done.out, f"refused: {words}",
              (done.code, done.err))


def main():
    joins(random.Random(20261130))
    apart(export("--into", "CA"))
    apart(export("--program", "us.301.*"))
    apart(export("--program", "us.232.steel*", "--origin", "CN"))
    with tempfile.TemporaryDirectory() as folder:
        schedules(folder)
    refusals()
    return finish()


if __name__ == "__main__":
    sys.exit(main())
