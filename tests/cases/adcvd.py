#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Antidumping and countervailing orders: the cases of adcvd/, worked out by hand from the notices'
numbers, and every number of the list against a plain search of it.

    adcvd.py PROGRAM

`expected_cases`: case numbers; ! is claimed; :STATE where it is no order in force. Cases of an origin
whose list is incomplete must say so: `expected_incomplete` is yes, or a case number that is named.
"""
import csv
import os
import sys

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, answers, check, finish  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ["id", "hts", "origin", "entered", "channel", "value", "qty", "unit", "claims"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(order):
    return (order["case"] + ("!" if order.get("claimed") else "") +
            ("" if order["state"] == "order" else ":" + order["state"]))


def hold(case, answer, outside):
    part = answer.get("adcvd") or {"orders": [], "incomplete": None, "deposit": None}
    faults = []

    def same(what, want, got):
        if want != got:
            faults.append("%s: expected %s, got %s" % (what, want, got))
    want = case["expected_incomplete"]
    same("cases", sorted(case["expected_cases"].split()), sorted(map(shown, part["orders"])))
    same("incomplete", bool(want), bool(part["incomplete"]))
    if want and want != "yes" and want not in str(part["incomplete"]):
        faults.append("%s is not named: %s" % (want, part["incomplete"]))
    same("deposit", case["expected_deposit"] or None, part["deposit"])
    if case["expected_entry"]:
        same("entry type", case["expected_entry"], answer["entry_type"])
        same("low-value exemption", "adcvd", answer["de_minimis"]["reason"])
    said = " ".join(answer["warnings"])
    declared = "adcvd=" in case["claims"]
    open_ = [order["case"] for order in part["orders"] if not order.get("claimed")]
    same("could-matter", bool(open_) and "adcvd=no" not in case["claims"],
         "could-matter: adcvd" in said)
    same("said to be incomplete", bool(want) and "adcvd=no" not in case["claims"],
         "adcvd-incomplete" in said)
    if not declared:
        for what in ("lane", "status", "duty", "de_minimis", "fees", "entry_type"):
            same(what + " as if outside the scope", outside[what], answer[what])
    return faults


def by_hand(program):
    cases = rows(os.path.join(HERE, "adcvd", "us.tsv"))
    lines = [{"id": case["id"], "hts": case["hts"], "origin": case["origin"],
              "entered": case["entry_instant"], "channel": "commercial", "value": "1000",
              "qty": case["qty"], "unit": case["unit"], "claims": case["claims"]} for case in cases]
    found = {answer["id"]: answer for answer in answers(program, COLUMNS, lines)}
    outside = {answer["id"]: answer for answer in answers(
        program, COLUMNS, [dict(line, claims="adcvd=no") for line in lines])}
    for case in cases:
        answer = found[case["id"]]
        check(answer["status"] != "refused", case["id"], answer.get("text", ""))
        if answer["status"] != "refused":
            faults = hold(case, answer, outside[case["id"]])
            check(not faults, case["id"], "\n  ".join(faults))


def by_search(program):
    """A code of each order, of its own origin and of the next: which rows list it?"""
    orders = rows(os.path.join(ROOT, "law", "us", "adcvd", "orders.tsv"))
    schedule = {row["code"] for row in rows(os.path.join(ROOT, "law", "us", "schedule.tsv"))
                if not row.get("until")}
    origins = sorted({order["origin"] for order in orders})
    lines, want = [], {}
    for at, order in enumerate(orders):
        codes = [code for code in order["codes"].split() if code in schedule and len(code) == 10]
        for origin in (order["origin"], origins[at % len(origins)]) if codes else ():
            code = codes[at % len(codes)]
            name = "%s %s %s" % (order["case"], code, origin)
            lines.append({"id": name, "hts": code, "origin": origin,
                          "entered": "2026-10-01T12:00-04:00", "value": "1000"})
            want[name] = sorted(
                row["case"] for row in orders if row["origin"] == origin and
                row["state"] != "unread" and any(code.startswith(n) for n in row["codes"].split()))
    found = answers(program, COLUMNS, lines)
    check(len(lines) > 700, "the table was searched", str(len(lines)))
    for answer in found:
        got = sorted(order["case"] for order in (answer.get("adcvd") or {"orders": []})["orders"])
        check(answer["status"] == "refused" or got == want[answer["id"]], answer["id"],
              "expected %s, got %s" % (want[answer["id"]], got))


by_hand(sys.argv[1])
by_search(sys.argv[1])
sys.exit(finish())
