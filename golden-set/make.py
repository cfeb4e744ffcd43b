#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The golden set: the cases of duties and parcels as one table of input and right answers.

    make.py FILE            write it

Nothing is computed here: every right answer stands in `tests/cases` with its source.
"""
import csv
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASES = os.path.join(ROOT, "tests", "cases")
sys.path += [CASES, os.path.join(ROOT, "tests")]
from run import COLUMNS, duty_cases, rows  # noqa: E402

SET = ["set", "mode", "known_on", "daily_sum"]
RIGHT = ["right_status", "right_headings", "right_base_duty", "right_additional_rate", "right_duty",
         "right_duty_least", "right_duty_greatest", "right_refundable", "right_fees", "right_taxes",
         "right_de_minimis", "right_entry_type", "right_choices"]
WHERE = ["source", "kind", "confidence", "note"]
HEADER = COLUMNS + SET + RIGHT + WHERE


def files(folder):
    names = sorted(os.listdir(os.path.join(CASES, folder)))
    return [(name[:-4], os.path.join(CASES, folder, name)) for name in names if name.endswith(".tsv")]


def right(row, **names):
    """The expected columns of a case, as those of the set are called."""
    return {"right_" + name: row.get("expected_" + given) or "" for name, given in names.items()}


def of_duty(row, line):
    least, _, greatest = row["expected_total_duty"].partition("..")
    known = right(row, status="status", headings="headings", additional_rate="additional_rate",
                  refundable="refundable")
    whole = {"right_duty_least": least, "right_duty_greatest": greatest} if greatest else \
        {"right_duty": least}
    if row.get("mode") == "status":
        known, whole = {"right_status": known["right_status"]}, {}
    elif row.get("mode") == "has":
        whole, known["right_additional_rate"] = {}, ""
    return {**line, **known, **whole}


def of_base(row):
    line = dict(row, into=row.get("into") or "US", entered=row["entry_instant"])
    return {**line, **right(row, status="status", base_duty="base_duty", duty="duty", taxes="taxes",
                            duty_least="least", duty_greatest="greatest")}


def of_parcel(row):
    return {"into": "US", **row, **right(row, status="status", duty="duty", fees="fees",
                                         de_minimis="de_minimis", choices="choices",
                                         entry_type="entry_type")}


def golden():
    for name, path in files("duty"):
        for row, line in duty_cases(path, False):
            yield name, row, of_duty(row, line)
    for name, path in files("base"):
        for row in rows(path):
            yield "base-" + name, row, of_base(row)
    for name, path in files("parcels"):
        for row in rows(path):
            yield "parcels-" + name, row, of_parcel(row)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    with open(sys.argv[1], "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, HEADER, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        for name, row, line in golden():
            out.writerow({**{key: row.get(key) for key in WHERE + SET if row.get(key)}, **line,
                          "set": name})


if __name__ == "__main__":
    main()
