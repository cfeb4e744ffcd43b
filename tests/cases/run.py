#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the cases of this folder through the program and compare.

A case is a line of text that a lawyer can write: the goods, the instant, the
claims, and what the law says about them with its source. This file knows the
layouts and the program's lines in and out; it knows no law and computes no
duty. Expected values come from the cases alone and are never rewritten here.

    run.py PROGRAM                       every case of the folder
    run.py PROGRAM duty/india.tsv ...    some files
    run.py PROGRAM --examples FILE       a file of the duty layout from elsewhere
    run.py --self-check                  the comparison itself, without a program

What counts: paying headings as a set of heading, rate and part; duties and
fees to the cent; the status. What is reported and counted apart: an exempting
heading (rate 0) that is not shown, and the words of a refusal.
"""
import argparse
import csv
import json
import os
import re
import sys
from collections import Counter, defaultdict
from fractions import Fraction

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, answers, check, finish, run  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
LAW = os.path.join(ROOT, "law")  # what a day knew is compiled
NOT_CLAIMS = {"goods", "list", "column"}
BASE_CLAIMS = {"base_rate", "base_duty"}  # left out for the US, so that the schedule is tested
INSTANTS = ("loaded", "departed", "imported", "it_date")  # facts that are columns of a line
COLUMNS = ["id", "shipment", "into", "hts", "origin", "ship_from", "entered", "loaded", "departed",
           "it_date", "imported", "channel", "transport", "entry_type", "value", "retail_value", "qty",
           "unit", "qty2", "unit2", "weight", "claims", "consignee", "order"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def whole(value):
    """The entered value: whole units, half up."""
    return (Fraction(value) + Fraction(1, 2)).__floor__()


def number(text):
    """'33 1/3%' and '7.5' as a fraction, None if it is not a percentage or a number."""
    text = text.strip().removesuffix("%").strip()
    if not re.fullmatch(r"\d+(\.\d+)?( \d+/\d+)?|\d+/\d+", text):
        return None
    return sum((Fraction(word) for word in text.split()), Fraction(0))


def claims_of(facts, base_rate):
    """The facts as claims and instants of a line."""
    kept, instants = [], {}
    for fact in filter(None, (part.strip() for part in facts.split(";"))):
        key = fact.split("=")[0]
        if "=" not in fact or key in NOT_CLAIMS or (key in BASE_CLAIMS and not base_rate):
            continue
        if key in INSTANTS:
            instants[key] = fact.partition("=")[2]
        else:
            kept.append(fact)
    return dict(instants, claims=";".join(kept))


def by_id(program, lines, options):
    """The program's answers by id."""
    if not lines:
        return {}
    return {answer["id"]: answer for answer in answers(program, COLUMNS, lines, *options)}


def expected_layers(text, value):
    """'9903.85.08:50@4000 | 9903.02.20:=15' as a set of paying layers and one of exempting ones."""
    paying, exempting = set(), set()
    for item in filter(None, (part.strip() for part in text.split("|"))):
        heading, rate = item.rsplit(":", 1)
        rate, _, part = rate.partition("@")
        total = rate.startswith("=")
        rate = number(rate.lstrip("="))
        if rate == 0 and not total:
            exempting.add(heading)
            continue
        on = Fraction(part) if part else Fraction(value)
        paying.add((heading, ("=" if total else "") + str(rate), on))
    return paying, exempting


def layers_of(answer):
    """The same of an answer; a heading on several parts of the value counts once, on their sum."""
    sums, shown = defaultdict(Fraction), set()
    for layer in answer.get("duty", {}).get("lines", []):
        if layer["kind"] == "base":
            continue
        heading, rate = layer.get("heading") or layer["program"], layer["rate"]
        plain = Fraction(0) if rate == "Free" else number(rate.lstrip("="))
        shown.add(heading)
        if layer["kind"] == "exempt" or plain == 0:
            continue
        total = rate.startswith("=") or layer["kind"] == "replace"
        sums[heading, ("=" if total else "") + (str(plain) if plain is not None else rate)] += \
            Fraction(layer["on"])
    return {(heading, rate, on) for (heading, rate), on in sums.items()}, shown


def show(layers, value):
    def one(layer):
        heading, rate, on = layer
        shown = "=" if rate.startswith("=") else ""
        plain = rate.lstrip("=")
        plain = "%.10g" % float(Fraction(plain)) if re.fullmatch(r"[\d/]+", plain) else plain
        part = "" if on == value else "@%.10g" % float(on)
        return "%s:%s%s%s" % (heading, shown, plain, part)
    return " | ".join(sorted(map(one, layers))) or "nothing"


def without_wildcards(expected, got):
    """'*:84' stands for any one heading of that rate and part."""
    expected, got = set(expected), set(got)
    for star in [layer for layer in expected if layer[0] == "*"]:
        for layer in sorted(got - expected):
            if layer[1:] == star[1:]:
                expected.discard(star)
                got.discard(layer)
                break
    return expected, got


class Report:
    def __init__(self):
        self.lesser = Counter()
        self.kinds = Counter()

    def case(self, name, faults, lesser):
        for kind, want, got in lesser:
            self.lesser[kind] += 1
            print("lesser %s: %s: expected %s, got %s" % (name, kind, want, got))
        for kind, want, got in faults:
            self.kinds[kind] += 1
        check(not faults, name, "\n  ".join("%s: expected %s, got %s" % fault for fault in faults))


def said(answer):
    return "%s %s" % (answer.get("status"), answer.get("reason") or answer.get("missing") or "")


def cents(answer, *path):
    for key in path:
        answer = (answer or {}).get(key)
    return None if answer is None else "%.2f" % float(answer)


def compare_status(row, answer):
    want = row.get("expected_status") or ""
    if not want or answer.get("status") in want.split(","):
        return []
    return [("status", want, said(answer))]


def compare_refusal(row, answer):
    """Why a line is refused: the reason, and words that its text holds."""
    text = re.sub(r"\s+", " ", str(answer.get("text") or ""))
    faults = []
    if row.get("expected_reason") and answer.get("reason") != row["expected_reason"]:
        faults.append(("reason", row["expected_reason"], said(answer)))
    if row.get("expected_says") and row["expected_says"] not in text:
        faults.append(("words", row["expected_says"], text))
    return faults


def compare_duty(row, answer):
    faults, lesser = compare_status(row, answer), []
    mode = row.get("mode") or ""
    if mode == "status" or row.get("expected_status") == "refused":
        return faults, lesser
    value = whole(row["value"])
    paying, exempting = expected_layers(row["expected_headings"], value)
    got, shown = layers_of(answer)
    left, over = without_wildcards(paying, got)
    wrong = left - over if mode == "has" else left != over
    if wrong or answer.get("status") == "refused":
        faults.append(("headings", show(paying, value), show(got, value)
                       if answer.get("status") != "refused" else said(answer)))
    for heading in sorted(exempting - shown - {"*"}):
        lesser.append(("exempting heading", heading, "not shown"))
    if mode == "has":
        return faults, lesser
    if row["expected_additional_rate"]:
        want = Fraction(row["expected_additional_rate"]) / 100 * value
        additional = (answer.get("duty") or {}).get("additional")
        slack = Fraction(1, 100) + value * Fraction(1, 1000000)
        if additional is None or abs(Fraction(additional) - want) > slack:
            faults.append(("additional", "%.2f" % float(want), additional))
    if ".." in row["expected_total_duty"]:
        got = "%s..%s" % (cents(answer, "duty", "least", "amount"),
                          cents(answer, "duty", "greatest", "amount"))
        if got != row["expected_total_duty"]:
            faults.append(("total", row["expected_total_duty"], got))
    elif row["expected_total_duty"]:
        amount = cents(answer, "duty", "amount")
        if amount != "%.2f" % float(row["expected_total_duty"]):
            faults.append(("total", row["expected_total_duty"], amount or said(answer)))
    if row.get("expected_refundable"):
        amount = cents(answer, "duty", "refundable")
        if amount != row["expected_refundable"]:
            faults.append(("refundable", row["expected_refundable"], amount))
    return faults, lesser


def compare_base(row, answer):
    faults, lesser = compare_status(row, answer) + compare_refusal(row, answer), []
    bases = [layer for layer in (answer.get("duty") or {}).get("lines", [])
             if layer["kind"] == "base"]
    if row["expected_base_duty"]:
        amount = cents(bases[0], "amount") if bases else None
        if amount != row["expected_base_duty"]:
            faults.append(("base duty", row["expected_base_duty"], amount or said(answer)))
    elif row["expected_status"] == "incomplete" and cents(answer, "duty", "amount") is not None:
        faults.append(("amount", "none", cents(answer, "duty", "amount")))
    for key in ("duty", "taxes"):  # in the file of Canada
        amount = cents(answer, key, "amount")
        if row.get("expected_" + key) and amount != row["expected_" + key]:
            faults.append((key, row["expected_" + key], amount or said(answer)))
    for key in ("least", "greatest"):
        if row["expected_" + key]:
            amount = cents(answer, "duty", key, "amount")
            if amount != row["expected_" + key]:
                faults.append((key, row["expected_" + key], amount))
    if row["expected_rate"] and bases:
        def squeeze(text):
            return re.sub(r"\s", "", text or "")
        if squeeze(row["expected_rate"]) != squeeze(bases[0].get("rate")):
            lesser.append(("rate text", row["expected_rate"], bases[0].get("rate")))
    return faults, lesser


def choices_of(answer):
    choices = answer.get("choices") or (answer.get("duty") or {}).get("choices") or []
    return sorted("%.2f" % float(choice["amount"]) for choice in choices)


def compare_parcel(row, answer):
    faults, lesser = compare_status(row, answer), []
    if row["expected_de_minimis"]:
        free = answer.get("de_minimis") or {}
        want = row["expected_de_minimis"]
        got = "eligible" if free.get("eligible") else free.get("reason")
        if (want == "eligible") != (got == "eligible"):
            faults.append(("de minimis", want, got))
        elif want != got:
            lesser.append(("reason", want, got))
    if row["expected_duty"]:
        amount = cents(answer, "duty", "amount")
        if amount != row["expected_duty"]:
            faults.append(("duty", row["expected_duty"], amount or said(answer)))
    if row["expected_fees"]:
        amount = cents(answer, "fees", "amount")
        if amount != row["expected_fees"]:
            faults.append(("fees", row["expected_fees"], amount))
    if row["expected_choices"]:
        want = sorted(row["expected_choices"].split("|"))
        if choices_of(answer) != want or cents(answer, "duty", "amount") is not None:
            faults.append(("choices", want, "%s, amount %s" % (choices_of(answer),
                                                               cents(answer, "duty", "amount"))))
    if row["expected_entry_type"] and answer.get("entry_type") != row["expected_entry_type"]:
        faults.append(("entry type", row["expected_entry_type"], answer.get("entry_type")))
    return faults, lesser


def compare_entry(row, answer):
    """A line of an entry export; what is expected stands in columns of its own."""
    faults, lesser = compare_status(row, answer), []
    for key, path in (("refundable", ("duty", "refundable")), ("duty", ("duty", "amount")),
                      ("computed", ("duty", "refundable_computed"))):
        amount = cents(answer, *path)
        if row["expected_" + key] and amount != row["expected_" + key]:
            faults.append((key, row["expected_" + key], amount or said(answer)))
    if row["expected_warning"].startswith("reason:"):
        if answer.get("reason") != row["expected_warning"][7:]:
            faults.append(("reason", row["expected_warning"][7:], answer.get("reason")))
    elif row["expected_warning"] and not any(row["expected_warning"] in text
                                             for text in answer.get("warnings", [])):
        faults.append(("warning", row["expected_warning"], answer.get("warnings")))
    elif row["expected_status"] == "refused" and answer.get("column") != "entry_type":
        faults.append(("column", "entry_type", answer.get("column")))
    return faults, lesser


def run_entries(report, program, paths):
    for path in paths:
        done = run(program, "assess", "--keep", path)
        with open(path, encoding="utf-8", newline="") as file:
            wanted = [row for row in csv.DictReader(file) if row["source"]]
        found = [json.loads(text) for text in done.out.splitlines()]
        if len(found) != len(wanted):
            report.case(path, [("lines", len(wanted), len(found))], [])
        for row, answer in zip(wanted, found):
            report.case("%s %s" % (os.path.basename(path), answer["id"]),
                        *compare_entry(row, answer))


def judge(report, program, cases, options, compare):
    found = by_id(program, [line for _, line in cases], options)
    for row, line in cases:
        answer = found.get(line["id"])
        if answer is None:
            report.case(line["id"], [("answer", "one", "none")], [])
        else:
            report.case(line["id"], *compare(row, answer))


def duty_cases(path, base_rate):
    for row in rows(path):
        if not re.fullmatch(r"[\d.]+", row["hts"]):
            continue
        yield row, {"id": row["id"], "into": row["into"], "hts": row["hts"],
                    "origin": row["origin"], "entered": row["entry_instant"],
                    "value": row["value"], "qty": row["qty1"], "qty2": row["qty2"],
                    **claims_of(row["facts"], base_rate or row["into"] != "US")}


def partial():
    """Examples of others that tell a part of the answer, each with the reason."""
    return {row["id"]: row["mode"] for row in rows(os.path.join(HERE, "partial.tsv"))}


def run_duty(report, program, paths, base_rate):
    groups, told = defaultdict(list), partial()
    for path in paths:
        for row, line in duty_cases(path, base_rate):
            if os.path.dirname(os.path.dirname(os.path.abspath(path))) != HERE:
                row = dict(row, mode=row.get("mode") or told.get(row["id"]))
            groups[row.get("known_on") or ""].append((row, line))
    for day, cases in sorted(groups.items()):
        view = ["--as-known-on", day, "--law", LAW] if day else []
        judge(report, program, cases, view, compare_duty)


def run_base(report, program, paths):
    cases = [(row, dict(row, into=row.get("into") or "US", entered=row["entry_instant"]))
             for path in paths for row in rows(path)]
    judge(report, program, cases, [], compare_base)


def run_parcels(report, program, paths):
    groups = defaultdict(list)
    for path in paths:
        for row in rows(path):
            groups[row["daily_sum"]].append((row, dict({"into": "US"}, **row)))
    for daily, cases in sorted(groups.items()):
        judge(report, program, cases, ["--daily-sum"] if daily else [], compare_parcel)


def self_check():
    """The comparison must see each kind of fault, or a green run means nothing."""
    answer = {"status": "ok", "duty": {
        "amount": "91.26", "additional": "82.35", "refundable": "78.30", "lines": [
            {"kind": "base", "program": "b", "heading": "6109", "rate": "16.5%", "on": "54.00",
             "amount": "8.91"},
            {"kind": "add", "program": "p", "heading": "9903.88.15", "rate": "7.5%", "on": "54.00"},
            {"kind": "add", "program": "p", "heading": "9903.01.24", "rate": "20%", "on": "30.00"},
            {"kind": "add", "program": "p", "heading": "9903.01.24", "rate": "20%", "on": "24.00"},
            {"kind": "add", "program": "p", "heading": "9903.01.63", "rate": "125%",
             "on": "54.00"},
            {"kind": "exempt", "program": "p", "heading": "9903.01.33", "rate": "0",
             "on": "54.00"}]}}
    right = {"value": "54.00", "expected_total_duty": "91.26", "expected_additional_rate": "152.5",
             "expected_headings":
             "9903.88.15:7.5 | 9903.01.24:20 | *:125 | 9903.01.33:0"}
    checks = [
        ({}, 0, 0),
        ({"expected_total_duty": "91.27"}, 1, 0),
        ({"expected_additional_rate": "152"}, 1, 0),
        ({"expected_headings": "9903.88.15:7.5 | 9903.01.24:20"}, 1, 0),
        ({"expected_headings": "9903.88.15:7.5 | 9903.01.24:20 | 9903.01.63:84"}, 1, 0),
        ({"expected_headings": "9903.88.15:7.5 | 9903.01.24:20@30 | 9903.01.63:125"}, 1, 0),
        ({"expected_headings": "9903.88.15:=7.5 | 9903.01.24:20 | 9903.01.63:125"}, 1, 0),
        ({"expected_headings": right["expected_headings"] + " | 9903.01.32:0"}, 0, 1),
        ({"expected_headings": "9903.88.15:7.5", "mode": "has"}, 0, 0),
        ({"expected_headings": "9903.88.15:25", "mode": "has"}, 1, 0),
        ({"expected_status": "refused"}, 1, 0),
        ({"expected_refundable": "78.31"}, 1, 0),
    ]
    for change, faults, lesser in checks:
        got = compare_duty(dict(right, **change), answer)
        check((len(got[0]), len(got[1])) == (faults, lesser), "%r" % change, got)


def main():
    parser = argparse.ArgumentParser(description="run the cases and compare")
    parser.add_argument("program", nargs="?")
    parser.add_argument("files", nargs="*", help="case files, default: all of this folder")
    parser.add_argument("--examples", default=os.environ.get("TIDEWAITER_EXAMPLES"),
                        help="a file of the duty layout from elsewhere, skipped when absent")
    parser.add_argument("--base-rate", action="store_true",
                        help="pass base_rate= and base_duty= on for entries into the US too")
    parser.add_argument("--self-check", action="store_true")
    args = parser.parse_args()
    if args.self_check:
        self_check()
        sys.exit(finish())
    if not args.program:
        parser.error("the program's path is needed")
    files = args.files or [os.path.join(HERE, folder, name)
                           for folder in ("duty", "base", "parcels", "entries")
                           for name in sorted(os.listdir(os.path.join(HERE, folder)))
                           if name.endswith((".tsv", ".csv"))]
    if args.examples and os.path.exists(args.examples):
        files = args.files + [args.examples] if args.files else files + [args.examples]
    elif args.examples:
        print("no file %s: skipped" % args.examples)

    def of(folder):
        return [path for path in files
                if os.path.basename(os.path.dirname(os.path.abspath(path))) == folder]
    base, parcels, entries = of("base"), of("parcels"), of("entries")
    report = Report()
    run_duty(report, args.program, [path for path in files if path not in base + parcels + entries],
             args.base_rate)
    run_base(report, args.program, base)
    run_parcels(report, args.program, parcels)
    run_entries(report, args.program, entries)
    for name, count in sorted((report.kinds + report.lesser).items()):
        print("%6d %s%s" % (count, name, " (lesser)" if name in report.lesser else ""))
    sys.exit(finish())


if __name__ == "__main__":
    main()
