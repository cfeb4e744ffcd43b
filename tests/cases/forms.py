#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every form of rate that Canada's schedule prints has a case in base/ca.tsv, in each of its columns and
under each treatment; one with bounds has, but under the General Tariff, which prints the same, a case
on each side of each bound. A new form without a case fails.

    forms.py

A form is the text with its numbers left out: `N% but not less than $N/kg`. Cases that print another
text than the schedule are no cases of it. run.py compares the amounts.
"""
import collections
import csv
import os
import re
import sys
from fractions import Fraction

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BOUND = re.compile(r"but not less than|or more than|but not more than|not exceeding")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [{key: value or "" for key, value in row.items()}
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def form(text):
    text = re.sub(r"\d*\.?\d+", "N", " ".join(text.split()))
    return re.sub(r"N ([%¢])", r"N\1", text)


def printed(row):
    """The texts of an item by column: general, col2, and each treatment by its symbol."""
    found = {"general": row["general"], "col2": row["col2"]}
    for text, symbols in re.findall(r"([^()]+)\(([^)]*)\)", row["special"]):
        for symbol in symbols.split(","):
            found[symbol.strip()] = text.strip()
    return found


def side(case):
    """On which side of the percentage among the bounds the duty of a case lies: the percentage is due,
    or more by a lower bound, or less by an upper one."""
    head, _, more = case["expected_rate"].partition(" plus ")
    value, duty = Fraction(case["value"]), Fraction(case["expected_base_duty"])
    share = [Fraction(number) / 100 for number in re.findall(r"([\d.]+) ?%", head)][0]
    if more:
        duty -= value * Fraction(more.strip(" %")) / 100
    cents = Fraction(round(value * share * 100), 100)
    return (duty > cents) - (duty < cents)


def general_tariff():
    """The origins of the General Tariff, as countries.yaml lists them."""
    with open(os.path.join(ROOT, "law", "countries.yaml"), encoding="utf-8") as file:
        return re.search(r"^  ca_general: \[(.*)\]", file.read(), re.M)[1].split(", ")


def main():
    items = {row["code"]: row for row in rows(os.path.join(ROOT, "law", "ca", "schedule.tsv"))}
    forms = collections.defaultdict(list)
    for code, row in items.items():
        for column, text in printed(row).items():
            forms[column, form(text)].append(code)
    check(len(forms) > 40, "the schedule was read", len(forms))
    general, cases = general_tariff(), collections.defaultdict(list)
    for case in rows(os.path.join(HERE, "base", "ca.tsv")):
        row = items.get(case["hts"].replace(".", "")[:8])
        if not row or case["into"] != "CA" or "base_rate" in case["claims"] or len(case["hts"]) < 10 or \
                case["entry_instant"] < "2026":
            continue
        text, symbol = re.fullmatch(r"(.*?)(?: \((\w+)\))?", case["expected_rate"]).groups()
        column = symbol or ("col2" if case["origin"] in general else "general")
        said = printed(row).get(column)
        if check(said is not None and said.split() == text.split(), f"{case['id']} is of what is printed",
                 f"{text} of {said}"):
            cases[column, form(said)].append(case)
    for (column, shape), codes in sorted(forms.items()):
        found = cases[column, shape]
        check(found, f"{column} prints \"{shape}\", and no case has it",
              f"{len(codes)} items, the first is {codes[0]}")
        sides = {side(case) for case in found if case["expected_base_duty"] and BOUND.search(shape)}
        check(not sides or column == "col2" or len(sides) > len(BOUND.findall(shape)),
              f"{column} \"{shape}\" has a case for each of its bounds", sorted(sides))
    return finish()


sys.exit(main())
