#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No test turns on the edition of the law or on its last day.

Both move with every act that is taken in. Where a test program, an expected output or the small
laws of the tests name one of them, they would have to move with it: this test finds the place.
Cases are law and name any day. What the documentation prints is compared without them (run.py).

    moves.py ROOT
"""
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish  # noqa: E402

ROOT = os.path.abspath(sys.argv[1])
PLACES = ("tests",)
KINDS = (".py", ".c", ".h", ".build", ".mjs", ".txt", ".cases", ".yaml", ".csv", ".ndjson")
LAWFUL = ("tests/cases/", "tests/fuzz/corpus/")


def days():
    with open(os.path.join(ROOT, "law", "coverage.yaml"), encoding="utf-8") as file:
        found = dict(re.findall(r"^(edition|last): *(\d{4}-\d\d-\d\d)", file.read(), re.M))
    if len(found) != 2:
        sys.exit("law/coverage.yaml names no edition and no last day")
    return set(found.values())


def files():
    for place in PLACES:
        for folder, _, names in sorted(os.walk(os.path.join(ROOT, place))):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), ROOT)
                if name.endswith(KINDS) and not path.startswith(LAWFUL):
                    yield path


def main():
    moving = days()
    for path in files():
        named = []
        with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                for day in moving:
                    if day in line:
                        named.append(f"{path}:{number} names {day}")
        check(not named, f"{path}: read law/coverage.yaml, or leave it out of what is compared",
              named)
    return finish()


sys.exit(main())
