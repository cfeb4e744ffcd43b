#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every name of the ledger that counts by itself names its substance on a line.

    own_names.py PROGRAM LAWDIR
"""
import csv
import io
import json
import os
import subprocess
import sys

PROGRAM, LAW = sys.argv[1:3]


def names():
    path = os.path.join(LAW, "substances", "names.tsv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")),
                              delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row["kind"] in ("name", "trade"):
                yield row["substance"], row["name"]


def main():
    wanted = list(names())
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "hts", "origin", "entered", "value", "weight", "description"])
    for i, (_, name) in enumerate(wanted):
        writer.writerow([i, "2933.39.9200", "CN", "2026-09-01", "100", "25", name])
    done = subprocess.run([PROGRAM, "assess", "--format", "ndjson", "-"],
                          input=file.getvalue().encode(), capture_output=True, check=False)
    missed = 0
    for text in done.stdout.decode().splitlines():
        answer = json.loads(text)
        substance, name = wanted[int(answer["id"])]
        if substance not in {hit["substance"] for hit in answer["substances"]}:
            print(f"MISSED {name!r} of {substance}: "
                  f"{[hit['substance'] for hit in answer['substances']]}")
            missed += 1
    print(f"{len(wanted)} names, {missed} missed")
    return 1 if missed or len(wanted) < 1000 else 0


sys.exit(main())
