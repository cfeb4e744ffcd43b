#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The golden set holds the cases, the program answers it right, and the scorer sees what is wrong.

    golden_set.py PROGRAM
"""
import csv
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, equal, finish, run  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TOOLS = os.path.join(ROOT, "golden-set")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def score(*words):
    done = run(sys.executable, os.path.join(TOOLS, "score.py"), *words)
    return done.code, done.out, done.err


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-golden-") as folder:
        whole, asked, answers = (os.path.join(folder, name) for name in ("whole", "asked", "answers"))
        equal(run(sys.executable, os.path.join(TOOLS, "make.py"), whole).code, 0, "the set is made")
        cases = read(whole)
        equal(len({case["id"] for case in cases}), len(cases), "numbers of cases differ")
        check(all(case["source"] for case in cases), "each case has its source",
              [case["id"] for case in cases if not case["source"]][:9])
        write(asked, [case for case in cases if not case["known_on"] and not case["daily_sum"]])
        done = run(PROGRAM, "assess", asked, "--format", "csv", "--only-answers", "--quiet")
        with open(answers, "w", encoding="utf-8") as file:
            file.write(done.out)
        code, out, _ = score(asked, answers)
        equal(code, 0, "the program's answers: " + out[-2000:])
        check(" 0 of" not in out and "of 0 right" not in out, "something was compared", out[-200:])
        rows = read(answers)
        by_id = {row["id"]: row for row in rows}
        by_id["BRAZIL-002"]["duty"] = "6760.01"
        by_id["BRAZIL-003"]["headings"] = by_id["BRAZIL-003"]["headings"].replace(":40%", ":50%")
        by_id["BRAZIL-004"]["headings"] += "|9903.01.77:40%"
        by_id["BRAZIL-005"]["headings"] = "9903.02.09:10%"
        write(answers, [row for row in rows if row["id"] != "BRAZIL-001"])
        code, out, _ = score(asked, answers)
        found = [line for line in out.splitlines() if line.startswith("BRAZIL-")]
        equal((code, [line.split(": ")[:2] for line in found]),
              (1, [["BRAZIL-002", "duty"], ["BRAZIL-003", "headings"], ["BRAZIL-005", "headings"]]),
              "what is wrong is seen")
        renamed = [{"id": row["id"], "TOTAL": row["duty"]} for row in read(answers)]
        write(answers, renamed)
        equal(score(asked, answers)[0], 2, "no column that is compared")
        code, out, _ = score(asked, answers, "--map", "duty=TOTAL")
        check(code == 1 and "BRAZIL-002: duty" in out and "headings   " not in out, "a column by its own name",
              out[-500:])
    return finish()


sys.exit(main())
