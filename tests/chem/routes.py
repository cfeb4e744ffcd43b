#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every route is screened, and a refused line keeps the lane of its goods, in every output.

    routes.py PROGRAM CASES
"""
import csv
import io
import json
import subprocess
import sys

PROGRAM, CASES = sys.argv[1:]
COLUMNS = ["id", "into", "origin", "ship_from", "via", "entered", "hts", "weight", "description"]
failed = 0


def expect(name, truth, what=""):
    global failed
    if not truth:
        failed += 1
        print("FAIL", name, what)


def run(lines, *options):
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS + ["value"], extrasaction="ignore")
    rows.writeheader()
    rows.writerows(dict(line, value="100") for line in lines)
    done = subprocess.run([PROGRAM, "assess", *options, "-"], input=text.getvalue(),
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


with open(CASES, encoding="utf-8") as file:
    cases = list(csv.DictReader((line for line in file if not line.startswith("#")),
                                delimiter="\t"))
code, out, err = run(cases, "--format", "ndjson")
answers = [json.loads(line) for line in out.splitlines()]
expect("a line an answer", len(answers) == len(cases))
for case, answer in zip(cases, answers):
    found = {hit["substance"] + ("" if hit["certainty"] == "exact" else "=" + hit["certainty"])
             for hit in answer.get("substances", [])}
    controls = {":".join((c["jurisdiction"], c["direction"] or "", c["status"]))
                for c in answer.get("controls", [])}
    what = (answer["status"], answer.get("reason"), answer.get("lane"), found, controls)
    expect(case["id"] + " status", answer["status"] == case["status"], what)
    expect(case["id"] + " reason", answer.get("reason", "") == case["reason"], what)
    expect(case["id"] + " lane", answer.get("lane", "") == case["lane"], what)
    expect(case["id"] + " substances", found == set(case["substances"].split()), what)
    expect(case["id"] + " controls", set(case["controls"].split()) <= controls, what)
    if not case["controls"] and "=weak" not in case["substances"]:
        expect(case["id"] + " nothing asked",
               all(c.split(":")[1] == "" for c in controls), what)
    expect(case["id"] + " says so",
           case["reason"] != "unknown-jurisdiction" or "not_covered" in answer, what)

lanes = [case["lane"] for case in cases]
expect("totals", f"{lanes.count('red')} red" in err and f"{lanes.count('yellow')} yellow" in err,
       err)
expect("refused: exit code 1", code == 1)
code, out, _ = run(cases, "--format", "csv")
for case, row in zip(cases, csv.DictReader(out.splitlines())):
    expect(case["id"] + " csv", row["lane"] == case["lane"] and case["reason"] in row["warnings"]
           and bool(row["substances"]) == bool(case["substances"]), row)
_, out, _ = run([case for case in cases if case["lane"] == "red"], "--format", "table")
expect("table", out.count("refused  red") == lanes.count("red"), out)

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
        code, _, err = run(lines, "--format", form, "--fail-on", option)
        expect(f"--fail-on {option} of {[line['id'] for line in lines]}", code == wanted, err)
for option, wanted in (("red", 1), ("yellow,refused", 0), ("blue", 2)):
    done = subprocess.run([PROGRAM, "duty", "--hts", "2933.33.01.00", "--origin", "CN", "--on",
                           "2026-09-01", "--value", "100", "--weight", "25kg", "--description",
                           "4-piperidone", "--fail-on", option], capture_output=True, text=True,
                          check=False)
    expect(f"duty --fail-on {option}", done.returncode == wanted, done.stdout + done.stderr)
done = subprocess.run([PROGRAM, "duty", "--hts", "2933.39", "--into", "MX", "--origin", "CN",
                       "--on", "2026-09-01", "--value", "100", "--weight", "25kg",
                       "--description", "4-piperidone"], capture_output=True, text=True,
                      check=False)
expect("duty into Mexico", done.returncode == 1 and "lane red" in done.stdout
       and "duties into `MX` are not covered" in done.stdout and "Controlled" in done.stdout,
       done.stdout)

print("failed:", failed)
sys.exit(1 if failed else 0)
