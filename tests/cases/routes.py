#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every route is screened, and a refused line keeps the lane of its goods, in every output.

    routes.py PROGRAM CASES
"""
import csv
import json
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run, table  # noqa: E402

PROGRAM, CASES = sys.argv[1:]
COLUMNS = ["id", "into", "origin", "ship_from", "via", "entered", "hts", "weight", "description"]


def assess(lines, *options):
    text = table(COLUMNS + ["value"], (dict(line, value="100") for line in lines))
    return run(PROGRAM, "assess", *options, "-", given=text)


with open(CASES, encoding="utf-8") as file:
    cases = list(csv.DictReader((line for line in file if not line.startswith("#")),
                                delimiter="\t"))
code, out, err = assess(cases, "--format", "ndjson")
answers = [json.loads(line) for line in out.splitlines()]
check(len(answers) == len(cases), "a line an answer")
for case, answer in zip(cases, answers):
    found = {hit["substance"] + ("" if hit["certainty"] == "exact" else "=" + hit["certainty"])
             for hit in answer.get("substances", [])}
    controls = {":".join((c["jurisdiction"], c["direction"] or "", c["status"]))
                for c in answer.get("controls", [])}
    what = (answer["status"], answer.get("reason"), answer.get("lane"), found, controls)
    check(answer["status"] == case["status"], case["id"] + " status", what)
    check(answer.get("reason", "") == case["reason"], case["id"] + " reason", what)
    check(answer.get("lane", "") == case["lane"], case["id"] + " lane", what)
    check(found == set(case["substances"].split()), case["id"] + " substances", what)
    check(set(case["controls"].split()) <= controls, case["id"] + " controls", what)
    if not case["controls"] and "=weak" not in case["substances"]:
        check(all(c.split(":")[1] == "" for c in controls),
               case["id"] + " nothing asked", what)
    check(case["reason"] != "unknown-jurisdiction" or "not_covered" in answer,
           case["id"] + " says so", what)

lanes = [case["lane"] for case in cases]
check(f"{lanes.count('red')} red" in err and f"{lanes.count('yellow')} yellow" in err, "totals",
       err)
check(code == 1, "refused: exit code 1")
code, out, _ = assess(cases, "--format", "csv", "--only-answers")
rows = list(csv.DictReader(out.splitlines()))
check(code == 1 and len(rows) == len(cases), "csv answers every line", (code, len(rows)))
for case, row in zip(cases, rows):
    check(row["lane"] == case["lane"] and case["reason"] in row["warnings"]
           and bool(row["substances"]) == bool(case["substances"]), case["id"] + " csv", row)
red = [case for case in cases if case["lane"] == "red"]
_, out, _ = assess(red, "--format", "table")
check(len(re.findall(r"^(?:route|refused)-\d+ .*\bred\b", out, re.M)) == len(red), "table", out)

# --fail-on: these kinds and no others.
RED = {"id": "1", "into": "US", "origin": "CN", "entered": "2026-09-01", "hts": "2933.33.01.00",
       "weight": "25 kg", "description": "4-piperidone"}
GREEN = dict(RED, id="2", hts="6109.10.00.12", description="cotton shirts")
REFUSED = dict(GREEN, id="3", hts="")
for lines, option, wanted in (
        ([GREEN], "red", 0), ([RED], "red", 1), ([RED, GREEN], "yellow", 0),
        ([REFUSED], "red", 0), ([REFUSED], "red,yellow", 0), ([REFUSED], "refused", 1),
        ([REFUSED, RED], "incomplete", 0), ([dict(RED, hts="")], "red", 1),
        ([dict(RED, hts="")], "incomplete,refused", 1), ([dict(RED, weight="1 g")], "yellow", 0),
        ([dict(GREEN, description="1-benzyl-4-piperidone")], "yellow", 1),
        ([GREEN], "", 2), ([GREEN], "green", 2), ([GREEN], "red,", 2)):
    for form in ("ndjson", "csv", "table"):
        code, _, err = assess(lines, "--format", form, "--fail-on", option)
        check(code == wanted, f"--fail-on {option} of {[line['id'] for line in lines]}", err)
for option, wanted in (("red", 1), ("yellow,refused", 0), ("blue", 2)):
    done = run(PROGRAM, "duty", "--hts", "2933.33.01.00", "--origin", "CN", "--on", "2026-09-01",
               "--value", "100", "--weight", "25kg", "--description", "4-piperidone", "--fail-on",
               option)
    check(done.code == wanted, f"duty --fail-on {option}", done.out + done.err)
for into, says in (("BR", "duties into `BR` are not covered"),
                   ("MX", "no base schedule is available for Mexico")):
    done = run(PROGRAM, "duty", "--hts", "2933.39", "--into", into, "--origin", "CN", "--on",
               "2026-09-01", "--value", "100", "--weight", "25kg", "--description", "4-piperidone")
    check(done.code == 1 and "lane red" in done.out and "Controlled" in done.out
          and says in " ".join(done.out.split()), "duty into " + into, done.out)

sys.exit(finish())
