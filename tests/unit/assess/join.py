#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shipments and days joined in memory give the program's answers.

    join.py JOIN_LINES TIDEWAITER GENERATE LINES
"""
import csv
import os
import subprocess
import sys
import tempfile


def main():
    joiner, program, generate, lines = sys.argv[1:5]
    made = subprocess.run([sys.executable, generate, lines, "--shipments"], capture_output=True,
                          text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "manifest.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(made)
        mine = subprocess.run([joiner, path], capture_output=True, text=True, check=True).stdout
        theirs = subprocess.run([program, "assess", "--daily-sum", "--format", "csv",
                                 "--only-answers", path], capture_output=True, text=True,
                                check=False).stdout
    rows = list(csv.reader(mine.splitlines()))
    answers = list(csv.DictReader(theirs.splitlines()))
    wrong = abs(len(rows) - len(answers))
    seen = set()
    for row, answer in zip(rows, answers):
        want = [answer[name] for name in ("id", "duty", "refundable", "fees", "de_minimis")]
        seen.add(answer["de_minimis"])
        if row != want:
            wrong += 1
            if wrong < 10:
                print("FAIL line", row, "where the program says", want)
    for word in ("eligible", "day-sum", "over-limit"):
        if word not in seen:
            print("FAIL no line was", word)
            wrong += 1
    print(len(rows), "lines,", wrong, "wrong")
    return wrong != 0 or not rows


if __name__ == "__main__":
    sys.exit(main())
