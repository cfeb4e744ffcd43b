#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scenarios that must be refused, with the exact message, over the small sound law.

Usage: run.py LAWC LAWDIR CASES

CASES holds cases parted by blank lines: what is wrong, behind `case:`; the changes as they stand in
the file under `changes:`, or behind `text:` the whole file with \\n for the ends of its lines; and
the message behind `says:`. `says: sound` is a scenario that must be taken.
"""
import pathlib
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import check, finish, run  # noqa: E402


def cases(path):
    case = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() + [""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if case:
                yield case
            case = {}
            continue
        key, colon, value = line.partition(": ")
        if not line.startswith(" ") and not line.startswith("-") and colon:
            if key not in ("case", "text", "says"):
                sys.exit(f"{path}:{number}: write case, text or says")
            case[key] = value
        else:
            case.setdefault("changes", []).append(line)


def text_of(case):
    if "text" in case:
        return case["text"].replace("\\r", "\r").replace("\\n", "\n")
    return ("scenario: bad\ntitle: Bad\nchanges:\n" +
            "".join(f"  {line}\n" for line in case["changes"]))


def main():
    lawc, law, path = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "s.yaml"
        for case in cases(pathlib.Path(path)):
            file.write_bytes(text_of(case).encode())
            done = run(lawc, "check", law, str(file), timeout=60)
            said = done.err.rstrip("\n").replace(str(file), "s.yaml")
            sound = case["says"] == "sound"
            check(done.code == (0 if sound else 2) and said == ("" if sound else case["says"]),
                  case["case"], f"wanted {case['says']}\n  got    {done.code} {said}")
    return finish()


sys.exit(main())
