#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Antidumping and countervailing orders: the cases of adcvd/, worked out by hand from the notices'
numbers; every number of the list against a plain search of it; and no origin whose list is not whole
that goes without saying so.

    adcvd.py PROGRAM

`expected_cases`: case numbers; ! is claimed; :STATE where it is no order in force. Cases of an origin
whose list is incomplete must say so: `expected_incomplete` is yes, or a case number that is named.
"""
import bisect
import collections
import csv
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, answers, check, finish  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = "2026-10-01"
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


def faulty(program):
    """What is no order, no rate, or said twice is refused, and says what would be right."""
    faults = (("adcvd=foo", "`foo` is not a case number: write yes, no"), ("adcvd=A-570-96", "A-570-96"),
              ("adcvd=B-570-967", "B-570-967"), ("adcvd=A-570-967+", "`` is not a case number"),
              ("adcvd=A-570-967+a570967;adcvd_rate=1%+2%", "names `a570967` twice"),
              ("adcvd=A-570-967;adcvd_rate=abc", "`abc` is not a rate"),
              ("adcvd=A-570-967;adcvd_rate=1%+2%", "one rate for each case number"),
              ("adcvd_rate=1%", "declared without an order"), ("adcvd=no;adcvd_rate=1%", "without an order"))
    lines = [{"id": claims, "hts": "7604.21.00.10", "origin": "CN", "entered": DAY, "value": "1000",
              "claims": claims} for claims, _ in faults]
    for (claims, words), answer in zip(faults, answers(program, COLUMNS, lines)):
        check((answer["status"], answer.get("reason")) == ("refused", "bad-claim") and
              words in answer.get("text", ""), claims, answer.get("text", answer["status"]))


def rate_of_none(program):
    """A rate that belongs to no order in particular is not taken, and that is said."""
    line = {"id": "1", "hts": "7604.21.00.10", "origin": "CN", "entered": DAY, "value": "1000",
            "claims": "adcvd=yes;adcvd_rate=10%"}
    both, none = answers(program, COLUMNS, [line, dict(line, origin="MX")])
    said = " ".join(both["warnings"])
    check("does not say which rate is that of A-570-967, C-570-968" in said and
          "no rate is given" not in said and both["adcvd"]["deposit"] is None, "one rate, two orders", said)
    check("no order on the list names this code" in " ".join(none["warnings"]) and
          none["adcvd"]["deposit"] is None, "one rate, no order", none["warnings"])


def other_types(program):
    """An entry of a type that is not for goods under an order says which one is, and only then."""
    right = {"01": "03", "02": "07", "11": "03", "12": "07", "31": "34", "32": "38"}
    columns = [*COLUMNS, "entry_type"]
    lines = [{"id": f"{kind} {claims}", "hts": "7604.21.00.10", "origin": "CN", "entered": DAY,
              "value": "1000", "claims": claims, "entry_type": kind}
             for kind in (*right, "03", "07", "34", "38") for claims in ("adcvd=A-570-967", "adcvd=no", "")]
    for line, answer in zip(lines, answers(program, columns, lines)):
        kind, claims = line["entry_type"], line["claims"]
        said = " ".join(answer["warnings"])
        want = right.get(kind) if claims == "adcvd=A-570-967" else None
        check(f"are not of this type: file {want}" in said if want else "are not of this type" not in said,
              line["id"], said)
        check(answer["entry_type"] == kind, f"{line['id']}: filed as it says", answer["entry_type"])


def reach():
    """The schedule's numbers in force on DAY, sorted, and the origins whose list is whole."""
    with open(os.path.join(ROOT, "law", "us", "jurisdiction.yaml"), encoding="utf-8") as file:
        whole = set(re.search(r"^  whole: \[(.*)\]", file.read(), re.M)[1].split(", "))
    codes = sorted(row["code"] for row in rows(os.path.join(ROOT, "law", "us", "schedule.tsv"))
                   if (row["from"] or "") <= DAY and (not row.get("until") or DAY < row["until"]))
    return codes, whole


def below(codes, number):
    """The number itself where a line may say it, and the first, one in the middle and the last of ten
    digits below it."""
    first = bisect.bisect_left(codes, number)
    under = []
    while first < len(codes) and codes[first].startswith(number):
        under += [codes[first]] if len(codes[first]) == 10 else []
        first += 1
    return sorted(({number} if len(number) >= 6 else set()) |
                  {under[at] for at in (0, len(under) // 2, -1) if under})


def asked(orders, codes):
    """Each order's numbers and some below them, of its own origin and of that of another order."""
    known = set()
    for at, order in enumerate(orders):
        for code in [code for number in order["codes"].split() for code in below(codes, number)]:
            for origin in (order["origin"], orders[(7 * at + 3) % len(orders)]["origin"]):
                if (code, origin) not in known:
                    known.add((code, origin))
                    yield {"id": f"{order['case']} {code} {origin}", "hts": code, "origin": origin,
                           "entered": max(order["from"], DAY) + "T12:00", "value": "1000",
                           "channel": "commercial"}


def search(program, orders, whole, lines):
    """Holds the answers to these lines against the table; those that are refused come back."""
    refused = []
    for line, answer in zip(lines, answers(program, COLUMNS, lines)):
        if answer["status"] == "refused":
            check("adcvd" not in answer, line["id"], "a refused line says nothing of orders")
            refused.append((line, answer["reason"]))
            continue
        hits = [row for row in orders if row["origin"] == line["origin"] and
                (not row["from"] or row["from"] <= line["entered"][:10]) and
                any(line["hts"].startswith(number) for number in row["codes"].split())]
        want = sorted(row["case"] for row in hits if row["state"] != "unread")
        part = answer.get("adcvd") or {"orders": [], "incomplete": None}
        got = sorted(order["case"] for order in part["orders"])
        # a shorter number of the line has what stands below it, too
        check(got == want or (len(line["hts"]) < 10 and set(want) < set(got)),
              f"{line['id']} on {line['entered']}", f"expected {want}, got {got}")
        is_open = line["origin"] not in whole or len(want) < len(hits)
        check(not is_open or (part["incomplete"] and "adcvd-incomplete" in " ".join(answer["warnings"])),
              f"{line['id']}: the list is not whole, and that is said", part)
    return refused


def by_search(program):
    """Every order by every number that it names and by numbers below that: all that list the code for the
    origin are named, and no other."""
    orders = rows(os.path.join(ROOT, "law", "us", "adcvd", "orders.tsv"))
    codes, whole = reach()
    check(all(not order["until"] or order["until"] > max(order["from"], DAY) for order in orders),
          "all are in force")
    lines = list(asked(orders, codes))
    check(len(lines) > 8000, "the table was searched", len(lines))
    refused = search(program, orders, whole, lines)
    # Numbers of an older schedule, and those whose season is another: on other days.
    for day in ("2025-01-02", "2025-04-15", "2025-07-20", "2025-10-15", "2025-12-15"):
        refused = search(program, orders, whole, [dict(line, entered=day) for line, _ in refused])
    check(len(refused) < len(lines) // 10, "most are numbers of some day", len(refused))
    for line, reason in refused:
        check(reason == "unknown-code" and line["hts"] not in codes, f"{line['id']} is a number", reason)


def of_any_origin(program):
    """No line is silent about an origin whose list is not whole, whatever its goods, route, entry or
    value; one of a whole origin without a hit says nothing."""
    countries = sorted({row["iso2"] for row in rows(os.path.join(ROOT, "law", "countries.tsv"))})
    codes, whole = reach()
    kinds = [{"hts": code, **more} for code, more in (
        ("0101.21.00.10", {}), ("6109.10.00.12", {"channel": "commercial"}), ("6109.10.00.12", {"value": "20"}),
        ("6109.10", {}), ("7604", {}), ("8501.31.80", {}), ("6109.10.00.12", {"claims": "adcvd=yes"}),
        ("9701.21.00.00", {"value": "2600"}), ("6109.10.00.12", {"channel": "postal", "value": "90"}))]
    lines = [{"id": f"{origin} {at} {day}", "origin": origin, "entered": day, "value": "1000", **kind}
             for origin in countries for at, kind in enumerate(kinds) for day in ("2025-01-02", DAY, "2026-11-30")]
    silent = 0
    for answer in answers(program, COLUMNS, lines):
        part = answer.get("adcvd") or {"orders": [], "incomplete": None}
        origin, said = answer["id"].split()[0], " ".join(answer["warnings"])
        if answer["status"] == "refused":
            check("adcvd" not in answer, answer["id"], "a refused line says nothing of orders")
        elif origin in whole:
            silent += not part["orders"] and not part["incomplete"]
        else:
            check(part["incomplete"] and "adcvd-incomplete" in said, f"{answer['id']}: list incomplete",
                  (part, said))
    check(silent > 100, "whole origins without a hit are silent", silent)


by_hand(sys.argv[1])
by_search(sys.argv[1])
of_any_origin(sys.argv[1])
faulty(sys.argv[1])
other_types(sys.argv[1])
rate_of_none(sys.argv[1])
sys.exit(finish())
