#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Entries worked out by hand from the law, and those of the reference table, where
$TIDEWAITER_SHARED has it.

    cases.py PROGRAM CASES.tsv

A row is an entry. `lines` are parted by ` | `, each HTS;value;heading=duty,...;column 1 duty paid,
and more behind it (`qty=500 liters`). `source` names the acts from which the answer follows. Rows
of one day of filing are asked together, in one file.
"""
import collections
import csv
import glob
import json
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib import ROOT, check, equal, finish, leave_out, run, table, write  # noqa: E402

COLUMNS = ("entry entry_type entry_date liquidation_date deposit_date line hts value heading duty "
           "qty unit summary liquidation protest recon_flag recon_filed drawback surety_paid "
           "prior_cape adcvd filer").split()
ANSWER = ("status reason further removable principal interest protest_deadline days_left "
          "court_only").split()


def rows_of(case):
    facts = dict(fact.split("=") for fact in case["status_facts"].split(";"))
    facts["liquidation"] = facts.pop("liq", facts.get("liquidation", ""))
    entry = {"entry": case["entry_number"], **facts,
             **{name: case[name] for name in ("entry_type", "entry_date", "liquidation_date",
                                              "deposit_date")}}
    for number, line in enumerate(case["lines"].split(" | "), 1):
        hts, value, headings, paid, *more = line.split(";")
        goods = {**entry, "line": number, "hts": hts, "value": value}
        for part in more:
            if part.startswith("qty="):
                goods["qty"], goods["unit"] = part[4:].split(" ", 1)
        for heading in headings.split(","):
            yield {**goods, "heading": heading.split("=")[0], "duty": heading.split("=")[1]}
        yield {**goods, "heading": hts, "duty": paid}


def plain(answer):
    """As the table writes it: what is not known is empty."""
    return {"status": answer["status"], "reason": answer["reason"] or "",
            "further": "|".join(answer["further_reasons"]),
            **{name: answer[name] or "" for name in ("removable", "principal", "interest",
                                                      "protest_deadline")},
            "days_left": "" if answer["days_left"] is None else str(answer["days_left"]),
            "court_only": "yes" if answer["court_only"] else "no"}


def ask(program, cases):
    """Answers by the place of the case."""
    groups = collections.defaultdict(list)
    for place, case in enumerate(cases):
        groups[case["as_of_date"], case["interest_to"], case["payee"]].append(place)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for (filed, end, payee), places in groups.items():
            # An entry stands once in a file; the same number again goes into another.
            while places:
                numbers, now = set(), []
                for place in places:
                    key = cases[place]["entry_number"].replace("-", "").upper()
                    if key not in numbers:
                        numbers.add(key)
                        now.append(place)
                places = [place for place in places if place not in now]
                rows = [row for place in now for row in rows_of(cases[place])]
                path = write(os.path.join(folder, "entries.csv"), table(COLUMNS, rows))
                done = run(program, "refund", path, "--as-of", filed, "--interest-to", end,
                           "--payee", payee, "--format", "ndjson", "--quiet")
                lines = done.out.splitlines()
                check(done.code < 2 and len(lines) == len(now), f"{filed}: an answer an entry",
                      done.err)
                found.update(zip(now, map(json.loads, lines)))
    return found


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def acts():
    """The ids of all acts of the United States."""
    found = set()
    for path in glob.glob(os.path.join(ROOT, "law", "us", "instruments", "*.yaml")):
        with open(path, encoding="utf-8") as file:
            found.update(re.findall(r"^  (\S+):$", file.read(), re.M))
    return found


def own(program, path):
    cases, known = read(path), acts()
    check(len(cases) >= 120, f"{len(cases)} cases")
    for case in cases:
        sources = case["source"].split()
        check(sources and known.issuperset(sources), f"{case['id']}: its sources", case["source"])
    for place, answer in ask(program, cases).items():
        case = cases[place]
        seen = plain(answer)
        equal({name: seen[name] for name in ANSWER}, {name: case[name] for name in ANSWER},
              f"{case['id']}: {case['note']} ({answer['note']})")
        check(answer["entry"] == case["entry_number"].replace("-", "").upper(), case["id"])
    reasons = {case["reason"] for case in cases}
    shown = run(program, "refund", "--known", "--as-of", "2026-07-10").out
    for word in shown.split():
        if word.endswith(":") and word[:-1].isupper() and "_" in word:
            check(word[:-1] in reasons, f"{word[:-1]} has no case")


def reference(program):
    path = os.path.join(os.environ.get("TIDEWAITER_SHARED", ""), "facts", "refund-examples.tsv")
    if not os.environ.get("TIDEWAITER_SHARED") or not os.path.exists(path):
        return leave_out("the reference table", "TIDEWAITER_SHARED does not have it")
    cases = read(path)
    for case in cases:
        case["payee"] = "corporation" if case["payee_corporate"] == "yes" else "other"
    for place, answer in ask(program, cases).items():
        case = cases[place]
        seen = plain(answer)
        wanted = {"reason": case["expected_reason"], "removable": case["expected_removable_on_entry"],
                  "principal": case["expected_principal"], "interest": case["expected_interest"],
                  "protest_deadline": case["expected_protest_deadline"],
                  "status": "accepted" if case["expected_accepted_as_of"] == "yes" else "refused"}
        equal({name: seen[name] for name in wanted}, wanted, f"{case['id']}: {case['note']}")


def main():
    program, cases = sys.argv[1:]
    own(program, cases)
    reference(program)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
