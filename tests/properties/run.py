#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random lines as files: every output says the same, by any number of threads; and each property
that `properties` looks at can fail.

    run.py PROPERTIES PROGRAM LAWDIR
"""
import csv
import io
import json
import os
import random
import re
import sys
import tempfile
from decimal import Decimal

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run, write  # noqa: E402

PROPERTIES, PROGRAM, LAW = sys.argv[1:4]
BROKEN = ["amount", "layer", "cents", "additional", "refundable", "void", "rate", "green", "least", "known",
          "fees", "later", "sooner"]
LINES = 3000


def assess(path, *flags):
    result = run(PROGRAM, "assess", "--no-screen", *flags, path)
    return result.out, result.err


def money(text):
    return Decimal(text) if text else None


def of_layers(duty):
    return sum(Decimal(layer["amount"]) for layer in duty["lines"] if layer["amount"] is not None)


def not_payable():
    """The types of entry under which nothing is payable, exempt or not."""
    with open(os.path.join(LAW, "us", "entry", "types.yaml"), encoding="utf-8") as file:
        kinds = file.read().split("  - id: ")[1:]
    found = {re.search(r'filed: "?(\w+)', kind)[1] for kind in kinds if "pays: nothing" in kind}
    check("21" in found and "01" not in found, "types under which nothing is payable", found)
    return found


def outputs(path):
    one, _ = assess(path, "--jobs", "1")
    for jobs in ("2", "3"):
        again, _ = assess(path, "--jobs", jobs)
        check(again == one, f"the same bytes with {jobs} threads")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(assess(path, "--format",
                                                                         "csv", "--only-answers")[0]))}
    total, relieved, wrong, unpaid = Decimal(0), Decimal(0), [], not_payable()
    for answer in map(json.loads, one.splitlines()):
        row = rows[answer["id"]]
        if row["status"] != answer["status"]:
            wrong.append((answer["id"], "status"))
        if answer["status"] == "refused":
            continue
        duty = answer["duty"]
        if money(row["duty"]) != money(duty["amount"]) or row["rate"] != (duty["rate"] or ""):
            wrong.append((answer["id"], "csv", row["duty"], duty["amount"]))
        if money(row["refundable"]) != money(duty["refundable"]):
            wrong.append((answer["id"], "refundable", row["refundable"], duty["refundable"]))
        if duty["amount"] is None:
            continue
        if Decimal(duty["amount"]) != of_layers(duty) - Decimal(duty["relieved"] or 0):
            wrong.append((answer["id"], "layers", duty["amount"]))
        if duty["currency"] == "USD":
            total += Decimal(duty["amount"])
            if (answer["de_minimis"] or {}).get("eligible") and answer["entry_type"] not in unpaid:
                relieved += Decimal(duty["relieved"] or 0)
    check(not wrong, "NDJSON and CSV agree line by line", wrong[:5])
    table = assess(path, "--format", "table")[1] + assess(path, "--format", "table")[0]
    sums = {}
    for line in table.splitlines():
        parts = line.split()
        if len(parts) >= 3 and parts[-1] == "USD":
            sums.setdefault(" ".join(parts[:-2]), Decimal(parts[-2].replace(",", "")))
    check(sums.get("duty") == total, "the totals are the sum of the lines", (sums.get("duty"),
                                                                             total))
    check(sums.get("relieved (de minimis)", 0) == relieved, "what is relieved", relieved)
    programs = sum(value for name, value in sums.items() if name[2:3] == ".")
    check(programs == total, "the sums by program are the duty", (programs, total))


def shipments(path, folder):
    """The lines of a shipment in another order owe the same, each and together."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    head, lines = rows[0], rows[1:401]
    at = {name: i for i, name in enumerate(head)}
    dice = random.Random(7)
    lines = [line for line in lines if line[at["into"]] in ("", "US")][:300]
    for i in range(0, len(lines), 3):
        for line in lines[i:i + 3]: # one shipment comes on one day, in one way
            line[at["shipment"]] = f"s{i}"
            for name in ("into", "entered", "channel", "entry_type", "ship_from", "consignee"):
                line[at[name]] = lines[i][at[name]]
    answers = []
    for turn in range(2):
        name = os.path.join(folder, f"order{turn}.csv")
        with open(name, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows(lines)
        answers.append([json.loads(line) for line in assess(name)[0].splitlines()])
        for i in range(0, len(lines), 3):
            part = lines[i:i + 3]
            dice.shuffle(part)
            lines[i:i + 3] = part
    wrong, fees = [], [{}, {}]
    second = {answer["id"]: answer for answer in answers[1]}
    shipment = {line[at["id"]]: line[at["shipment"]] for line in lines}
    for answer in answers[0]:
        other = second[answer["id"]]
        for turn, one in enumerate((answer, other)):
            sums = fees[turn].setdefault(shipment[answer["id"]], [Decimal(0), Decimal(0)])
            if one["status"] != "refused":
                sums[0] += Decimal(one["fees"]["amount"])
                sums[1] += Decimal(one["duty"]["amount"] or 0)
        if answer["status"] != other["status"]:
            wrong.append((answer["id"], answer["status"], other["status"]))
    check(not wrong, "each line of a shipment in any order", wrong[:5])
    unlike = [(name, sums, fees[1][name]) for name, sums in fees[0].items()
              if sums != fees[1][name]]
    check(not unlike, "duty and fees of a shipment in any order", unlike[:5])


ways = [word for what in BROKEN for word in ("--break", what)]
result = run(PROPERTIES, LAW, "4000", "3", *ways)
check(result.code == 1, "an answer with another of each is found",
      [line for line in result.out.splitlines() if line.endswith("is not found")] or result.err)
check(run(PROPERTIES, LAW, "400", "3", *ways[:2], "--break", "nothing").code == 3,
      "another nothing is not found")
with tempfile.TemporaryDirectory() as directory:
    lines_path = os.path.join(directory, "lines.csv")
    write(lines_path, run(PROPERTIES, LAW, LINES, "5", "--write", binary=True).out)
    outputs(lines_path)
    shipments(lines_path, directory)
sys.exit(finish())
