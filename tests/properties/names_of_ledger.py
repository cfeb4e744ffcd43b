#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every name of the ledger that counts by itself names its substance on a line.

    names_of_ledger.py PROGRAM LAWDIR
"""
import csv
import os
import sys

sys.path.append(sys.path[0] + "/..")
from lib import answers, check, finish  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]


def names():
    for file in ("names.tsv", "index-names.tsv"):
        path = os.path.join(LAW, "substances", file)
        with open(path, encoding="utf-8", newline="") as table:
            rows = csv.DictReader((line for line in table if not line.startswith("#")),
                                  delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                if row["kind"] in ("name", "trade"):
                    yield row["substance"], row["name"]


def main():
    wanted = list(names())
    columns = ["id", "hts", "origin", "entered", "value", "weight", "description"]
    rows = [[i, "2933.39.9200", "CN", "2026-09-01", "100", "25", name]
            for i, (_, name) in enumerate(wanted)]
    for answer in answers(PROGRAM, columns, rows):
        substance, name = wanted[int(answer["id"])]
        found = {hit["substance"] for hit in answer["substances"]}
        check(substance in found, f"{name!r} of {substance}", found)
    check(len(wanted) >= 1000, f"{len(wanted)} names are in the ledger")
    return finish()


sys.exit(main())
