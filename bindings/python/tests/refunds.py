#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refunds of the package are the program's: of files, tables and mappings; totals and uploads."""
import csv
import os
import sys
import tempfile
from decimal import Decimal

import duckdb
import pandas
import polars
import pyarrow
import tidewaiter
from common import PROGRAM, ROOT, check, equal, finish, raises, run

ENTRIES = os.path.join(ROOT, "examples", "entries.csv")
DAY, TO = "2026-05-18", "2026-07-02"


def texts(refunds):
    return [answer.json for answer in refunds]


def program(*files, options=()):
    return run(PROGRAM, "refund", *files, "--as-of", DAY, "--interest-to", TO, "--format", "ndjson",
               *options)


def same_answers(work):
    wanted = program(ENTRIES).out.splitlines()
    check(len(wanted) > 3, "the program has answers")
    with open(ENTRIES, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    table = pyarrow.Table.from_pylist(rows)
    given = {"a file": ENTRIES, "mappings": rows, "a Table": table, "Polars": polars.DataFrame(rows),
             "pandas": pandas.DataFrame(rows), "DuckDB": duckdb.from_arrow(table),
             "a reader": table.to_reader(max_chunksize=2)}
    for what, data in given.items():
        refunds = tidewaiter.refund(data, as_of=DAY, interest_to=TO)
        equal(texts(refunds), wanted, f"of {what}")
    halves = []
    for half in (0, 1):
        halves.append(os.path.join(work, f"half{half}.csv"))
        with open(halves[half], "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows[half::2])
    equal(texts(tidewaiter.refund(halves, as_of=DAY, interest_to=TO)), program(*halves).out.splitlines(),
          "an entry's rows over two files")
    results = [{"ENTRY_NUMBER": "Z9Z70000115", "CLAIM_NUMBER": "C1", "STATUS": "Accepted",
                "ERROR_DESCRIPTION": None}]
    answers = list(tidewaiter.refund(ENTRIES, as_of=DAY, interest_to=TO, results=results))
    equal([answer.agreement for answer in answers if answer.entry == "Z9Z70000115"], ["agrees"],
          "what customs answered")
    results[0].update(STATUS="Rejected", ERROR_DESCRIPTION="one\u2028two")
    answers = list(tidewaiter.refund(ENTRIES, as_of=DAY, interest_to=TO, results=results))
    equal([answer.cbp_error for answer in answers if answer.entry == "Z9Z70000115"], ["one\u2028two"],
          "a mark that ends a line in Unicode ends no answer")


def totals_and_files(work):
    totals, cape, ours = (os.path.join(work, name) for name in ("totals.csv", "cape", "ours"))
    program(ENTRIES, options=("--totals", totals, "--cape", cape, "--fact", "drawback=no"))
    refunds = tidewaiter.refund(ENTRIES, as_of=DAY, interest_to=TO, facts={"drawback": "no"},
                                upload=ours)
    answers = list(refunds)
    with open(totals, encoding="utf-8") as file:
        wanted = [(row["kind"], row["name"], int(row["entries"]), row["principal"])
                  for row in csv.DictReader(file)]
    equal([(row.kind, row.name, row.entries, "" if row.principal is None else str(row.principal))
           for row in refunds.totals], wanted, "the totals")
    equal(sorted(os.listdir(ours)), sorted(os.listdir(cape)), "the files to upload")
    for name in os.listdir(cape):
        with open(os.path.join(cape, name), "rb") as one, open(os.path.join(ours, name), "rb") as two:
            equal(two.read(), one.read(), name)
    check(all(isinstance(answer.removable, Decimal) for answer in answers), "amounts are decimals")


def faults(work):
    bad = os.path.join(work, "bad.csv")
    with open(ENTRIES, encoding="utf-8") as file:
        header, first = file.read().splitlines()[:2]
    with open(bad, "w", encoding="utf-8") as file:
        file.write(f'{header},colour\n{first},red\n"\n')
    refunds = tidewaiter.refund(bad, as_of=DAY)
    equal([(fault.file, fault.line) for fault in refunds.faults], [(bad, 3)], "a row's fault")
    equal(refunds.unread, {bad: ["colour"]}, "a column that is not ours")
    equal(len(list(refunds)), 1, "the other rows are answered")
    equal(list(refunds), [], "answers are read once")
    for what, call in {
            "a day": lambda: tidewaiter.refund(ENTRIES, as_of="soon"),
            "a fact": lambda: tidewaiter.refund(ENTRIES, as_of=DAY, facts={"drawback": "maybe"}),
            "a payee": lambda: tidewaiter.refund(ENTRIES, as_of=DAY, payee="me"),
            "no rows": lambda: tidewaiter.refund([{"entry": None}], as_of=DAY),
            "a cell": lambda: tidewaiter.refund([{"entry": object()}], as_of=DAY)}.items():
        raises(ValueError, call, what)
    raises(tidewaiter.FileError, lambda: tidewaiter.refund("/nowhere.csv", as_of=DAY), "no file")

    def pieces():
        yield {"entry": "1"}
        raise ZeroDivisionError
    class Rows(list):
        def __iter__(self):
            return pieces()
    raises(ZeroDivisionError, lambda: tidewaiter.refund(Rows([1]), as_of=DAY),
           "what the rows raise comes out")


with tempfile.TemporaryDirectory(prefix="tidewaiter-refunds-") as work:
    same_answers(work)
    totals_and_files(work)
    faults(work)
sys.exit(finish())
