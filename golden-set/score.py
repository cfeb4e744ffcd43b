#!/usr/bin/env python3
# SPDX-License-Identifier: CC0-1.0
"""Hold the answers of a program against the golden set.

    score.py SET ANSWERS [--map WHAT=COLUMN]... [--wrong N]

ANSWERS is CSV with the column `id` and any of status, headings, base_duty, duty, duty_least,
duty_greatest, refundable, fees, taxes, de_minimis, entry_type; `--map duty=TOTAL` names one that is
called otherwise. Only what the answers have a column for is compared: amounts to the cent, headings
as a set of heading and rate where a rate is shown. A line without an answer is unanswered, not
wrong. It needs Python and nothing else, and ends with 0 where all that was compared is right.
"""
import argparse
import csv
import re
import sys
from collections import Counter
from fractions import Fraction

AMOUNTS = ["base_duty", "duty", "duty_least", "duty_greatest", "refundable", "fees", "taxes"]
WORDS = ["status", "de_minimis", "entry_type"]
COMPARED = WORDS[:1] + ["headings"] + AMOUNTS + WORDS[1:]


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def amount(text):
    """'1,450.00' as a number; None for what is none."""
    text = (text or "").replace(",", "").strip()
    return Fraction(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def percent(text):
    """'33 1/3%' as a number; None for what is none."""
    words = text.strip().rstrip("%").split()
    if not words or not all(re.fullmatch(r"\d+(\.\d+)?|\d+/\d+", word) for word in words):
        return None
    return sum(Fraction(word) for word in words)


def headings(text):
    """{heading: rate or None} of '9903.88.03:25 | 9903.85.08:50@4000'; what is free is left out."""
    found = {}
    for item in filter(None, (part.strip() for part in re.split(r"[|;]", text or ""))):
        heading, _, rate = item.partition(":")
        number = percent(rate.partition("@")[0].lstrip("="))
        if number != 0 and rate.strip() != "Free":
            found[heading.strip()] = number
    return found


def meets(want, got):
    """A heading as it is, one of several that are possible, or a measure of a program that has none."""
    return want in ("*", *got.split("/")) or got.startswith(want + ".")


def same_headings(want, got, only_has):
    """Each right heading has one of its rate, and none is left; '*' stands for any."""
    left = headings(got)
    for heading, rate in sorted(headings(want).items(), reverse=True):
        found = [one for one in left if meets(heading, one) and (None in (rate, left[one]) or rate == left[one])]
        if not found:
            return False
        del left[found[0]]
    return only_has or not left


def same(what, case, got):
    want = case["right_" + what]
    if what == "headings":
        return same_headings(want, got, case["mode"] == "has")
    if what in AMOUNTS:
        return amount(got) == amount(want)
    return got in want.split(",")


def asked(what, case):
    """Whether the set says what is right."""
    if what == "headings":
        return case["right_status"] != "refused" and case["mode"] != "status" and \
            bool(case["right_headings"])
    return bool(case["right_" + what])


def score(cases, answers, names):
    """(set, what, outcome) counted, and the wrong ones."""
    count, wrong = Counter(), []
    for case in cases:
        answer = answers.get(case["id"])
        for what in COMPARED:
            if not asked(what, case) or names[what] is None:
                continue
            outcome = "unanswered" if answer is None else \
                "right" if same(what, case, answer[names[what]]) else "wrong"
            count[case["set"], outcome] += 1
            count[what, outcome] += 1
            if outcome == "wrong":
                wrong.append((case["id"], what, case["right_" + what], answer[names[what]],
                              case["source"]))
    return count, wrong


def show(count, title, names):
    print(f"{title:<24}{'right':>8}{'wrong':>8}{'unanswered':>12}")
    for name in names:
        line = [count[name, outcome] for outcome in ("right", "wrong", "unanswered")]
        if any(line):
            print(f"{name:<24}{line[0]:>8}{line[1]:>8}{line[2]:>12}")
    print()


def main():
    parser = argparse.ArgumentParser(description="hold answers against the golden set")
    parser.add_argument("set")
    parser.add_argument("answers")
    parser.add_argument("--map", action="append", default=[], metavar="WHAT=COLUMN")
    parser.add_argument("--wrong", type=int, default=20, metavar="N", help="show so many that are wrong")
    args = parser.parse_args()
    given = table(args.answers)
    columns = set(given[0]) if given else set()
    names = {what: what if what in columns else None for what in COMPARED}
    for pair in args.map:
        what, _, column = pair.partition("=")
        if what not in names or column not in columns:
            parser.error(f"--map {pair}: one of {', '.join(COMPARED)}, and a column of the answers")
        names[what] = column
    if "id" not in columns or not any(names.values()):
        parser.error(f"{args.answers}: needs the column id and one of {', '.join(COMPARED)}")
    cases = table(args.set)
    count, wrong = score(cases, {row["id"]: row for row in given}, names)
    show(count, "Set", sorted({case["set"] for case in cases}))
    show(count, "What", COMPARED)
    for name, what, want, got, source in wrong[:args.wrong]:
        print(f"{name}: {what}: right is {want}, answered {got or 'nothing'} ({source})")
    right = sum(count[what, "right"] for what in COMPARED)
    print(f"{right} of {right + len(wrong)} right")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
