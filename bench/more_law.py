#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a law folder with many times the measures: a copy of law/, and programs as trade remedies
are, one a country, with a duty on each of many subheadings of six digits from one of forty days on.

    more_law.py FOLDER             ten times the measures of law/
    more_law.py FOLDER --times 4

`tidewaiter law compile -o FILE FOLDER` makes a rulebook of it, and `engine_bench LINES FILE`
assesses the same lines under both laws in turn.
"""
import argparse
import glob
import os
import re
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))
LAW = os.path.join(HERE, "..", "law")
BY = "EO-14257"
ORIGINS = ["CN", "VN", "IN", "JP", "KR", "DE", "MX", "CA", "TW", "GB", "TH", "BR", "IT", "TR",
           "MY", "ID"]
DAYS = 40


def subheadings():
    found = set()
    with open(os.path.join(LAW, "us", "schedule.tsv"), encoding="utf-8") as file:
        for row in file:
            code = row.split("\t", 1)[0]
            if code.isdigit() and len(code) >= 8 and code < "98":
                found.add(code[:6])
    return sorted(found)


def measures():
    """How many law/ has."""
    count = 0
    for path in glob.glob(os.path.join(LAW, "*", "**", "*.yaml"), recursive=True):
        with open(path, encoding="utf-8") as file:
            count += len(re.findall(r"^ +- id: ", file.read(), re.M))
    return count


def day(number):
    return "2025-%02d-%02d" % (1 + number % 12, 1 + number * 7 % 28)


def program(index, origin, codes, each):
    name = "us.more." + origin.lower()
    rows = ["program: %s" % name, "title: Remedies, %s" % origin, "kind: duty",
            "order: %d" % (900 + index), "origins: [%s]" % origin, "measures:"]
    for k in range(each):
        code = codes[(index * 389 + k * 7) % len(codes)]
        rows += ["  - id: %s.c%s" % (name, code), "    heading: 9903.70.%02d" % (k % 100),
                 "    duty: %d%%" % (5 + (k * 13 + index) % 95), "    scope: [\"%s\"]" % code,
                 "    from: {at: %sT00:01, by: %s}" % (day((k + index) % DAYS), BY)]
        if k % 3 == 0:
            rows.append("    until: {at: 2026-0%d-01T00:00, by: %s}" % (1 + k // 3 % 9, BY))
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("folder")
    parser.add_argument("--times", type=int, default=10)
    arguments = parser.parse_args()
    had = measures()
    codes = subheadings()
    each = -(-had * (arguments.times - 1) // len(ORIGINS))
    shutil.copytree(LAW, arguments.folder)
    for index, origin in enumerate(ORIGINS):
        path = os.path.join(arguments.folder, "us", "duties", "more-%s.yaml" % origin.lower())
        with open(path, "w", encoding="utf-8") as file:
            file.write(program(index, origin, codes, each))
    print("%d measures and %d more" % (had, each * len(ORIGINS)))


if __name__ == "__main__":
    main()
