#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A number that was split owes on that day what it owed the day before.

Usage: renumbered.py PROGRAM RENUMBERED.TSV

A statistical change moves goods to other ten-digit numbers and touches no rate
and no duty. So for each row of renumbered.tsv every new number is asked on the
day it begins, the old one on the day before, for origins and claims that reach
the lists that name ten digits; status, amount and layers must be the same. A
list that follows one successor and forgets another, or that takes in goods the
old number did not hold, shows here.
"""
import csv
import datetime
import sys

sys.path.append(sys.path[0] + "/..")
from lib import answers, check, finish  # noqa: E402

ORIGINS = ("CN", "VN", "DE", "JP", "GB", "BR", "CA", "RU", "TW")
CLAIMS = ("", "steel_value=400;aluminum_value=300;metal_weight_share=50", "civil_aircraft=yes",
          "part_for=heavy_truck", "part_for=passenger_vehicle")


def moves(path):
    with open(path, encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t")
        return [(row["code"], row["on"], row["to"].split()) for row in rows]


def owed(answer):
    duty = answer.get("duty", {})
    layers = sorted((layer["program"], layer.get("heading") or "", layer["rate"], layer["on"])
                    for layer in duty.get("lines", []) if layer["kind"] != "base")
    return answer["status"], duty.get("amount"), layers


def main():
    program, path = sys.argv[1:]
    lines, pairs = [], []

    def add(code, day, origin, claims):
        lines.append((len(lines) + 1, code, origin, day + "T12:00:00", "1000", "100", "100", claims))
        return str(len(lines))

    for old, on, successors in moves(path):
        before = (datetime.date.fromisoformat(on) - datetime.timedelta(1)).isoformat()
        for origin in ORIGINS:
            for claims in CLAIMS:
                was = add(old, before, origin, claims)
                pairs += [(was, add(new, on, origin, claims)) for new in successors]
    columns = ("id", "hts", "origin", "entered", "value", "qty", "qty2", "claims")
    found = {answer["id"]: answer for answer in answers(program, columns, lines)}
    for was, now in pairs:
        before, after = lines[int(was) - 1], lines[int(now) - 1]
        check(owed(found[was]) == owed(found[now]),
              f"{before[1]} and {after[1]} from {after[2]}, {after[7] or 'nothing claimed'}",
              f"on {before[3]} {owed(found[was])}\n  on {after[3]} {owed(found[now])}")
    return finish()


sys.exit(main())
