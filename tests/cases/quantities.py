#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A quantity is the same quantity in every unit and at both doors: what `assess` says of a line is
what `substance` says of the goods, on both sides of every threshold.

    quantities.py PROGRAM
"""
import csv
import io
import json
import subprocess
import sys

PROGRAM = sys.argv[1]
DAY, FROM, INTO = "2025-08-01", "CN", "US"
# Of a threshold of 21 CFR 1310.04(f): quantities under it, and at or over it. 500 gallons are
# 1,892.70589 liters (a gallon is 3.785411784 liters), 1,500 kg are 3,306.9 lb.
THRESHOLDS = [
    ("acetone", "2914.11.10", ["499 gal", "1892 liters", "1892000 ml", "1 m3", "1499 kg", "1.4 t",
                               "3306 lb"],
     ["500 gal", "1893 liters", "1893000 ml", "2 m3", "1500 kg", "1.5 t", "3307 lb", "60000 oz"]),
    ("toluene", "2902.30.00", ["499 gal", "1892 liters", "1590 kg"],
     ["500 gal", "1893 liters", "1591 kg"]),
]
failed = 0


def expect(name, truth, what=""):
    global failed
    if not truth:
        failed += 1
        print("FAIL", name, what)


def run(*words, text=None):
    done = subprocess.run([PROGRAM, *words], input=text, capture_output=True, text=True,
                          check=False)
    return done.stdout


def statuses(controls):
    return sorted((c["jurisdiction"], c["list"], c["code"] or "", c["direction"] or "",
                   c["status"]) for c in controls)


lines = [(name, code, quantity, want)
         for name, code, under, over in THRESHOLDS
         for quantities, want in ((under, "below-threshold"), (over, "required"))
         for quantity in quantities]
text = io.StringIO()
rows = csv.writer(text)
rows.writerow(["id", "into", "origin", "entered", "hts", "value", "weight", "description"])
for number, (name, code, quantity, _) in enumerate(lines):
    rows.writerow([number, INTO, FROM, DAY, code, 100, quantity, name])
answers = [json.loads(line)
           for line in run("assess", "--format", "ndjson", "-", text=text.getvalue()).splitlines()]
expect("a line an answer", len(answers) == len(lines), len(answers))
for (name, code, quantity, want), answer in zip(lines, answers):
    what = f"{quantity} of {name}"
    asked = json.loads(run("substance", name, "--on", DAY, "--from", FROM, "--into", INTO,
                           "--weight", quantity, "--format", "json") or "{}")
    expect(what + " is found by substance", asked.get("substances"), asked)
    for found in asked.get("substances", []):
        expect(what + " at both doors", statuses(found["controls"]) ==
               statuses(answer["controls"]),
               (statuses(found["controls"]), statuses(answer["controls"])))
    own = [status for where, _, _, _, status in statuses(answer["controls"]) if where == INTO]
    expect(what + " against the threshold", own == [want], own)
print(f"{len(lines)} quantities, {failed} wrong")
sys.exit(1 if failed or not lines else 0)
