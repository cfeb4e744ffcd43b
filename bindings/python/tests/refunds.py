#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refunds of the package are the program's: of files, tables and mappings; totals and uploads; and
random rows, as a file for the program and as columns of many types for the package.

    TIDEWAITER_PROGRAM=... refunds.py [ENTRIES]
"""
import csv
import datetime
import importlib.util
import json
import os
import random
import re
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
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 5000


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


def answers_as_tables():
    """A table of the kind that was given, with the values of the answers."""
    with open(ENTRIES, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = [[json.loads(text).get(name) for name in NAMES] for text in program(ENTRIES).out.splitlines()]
    table = pyarrow.Table.from_pylist(rows)
    given = {"pyarrow": table, "polars": polars.DataFrame(rows), "pandas": pandas.DataFrame(rows),
             "duckdb": duckdb.from_arrow(table), "a reader": table.to_reader(max_chunksize=2),
             "two tables": [table.slice(0, 3), table.slice(3)], "a lazy one": polars.LazyFrame(rows)}
    for what, data in given.items():
        made = tidewaiter.refund(data, as_of=DAY, interest_to=TO).table()
        kind = type(data[0] if isinstance(data, list) else data)
        check(isinstance(made, kind), f"{what}: the same kind comes back", type(made))
        made = made.collect() if isinstance(made, polars.LazyFrame) else made
        made = pyarrow.table(made) if hasattr(made, "__arrow_c_stream__") else made.to_arrow_table()
        equal([[as_json(value) for value in row.values()] for row in made.to_pylist()], wanted,
              f"{what}: the answers as columns")
    answers = tidewaiter.refund(table, as_of=DAY, interest_to=TO)
    rest = pyarrow.table(answers)
    equal(rest["entry"].to_pylist(), [row[0] for row in wanted], "whatever reads Arrow reads them")
    for again in (answers.table, lambda: list(answers)):
        raises(ValueError, again, "answers are read once")
    begun = tidewaiter.refund(table, as_of=DAY)
    next(iter(begun))
    raises(ValueError, begun.table, "some were iterated")
    equal(sum(row.entries for row in answers.totals if row.kind == "status"), len(wanted),
          "all are in the totals")
    equal(rest.schema.field("principal").type, pyarrow.decimal128(19, 2), "amounts are decimals")
    equal(rest.schema.field("protest_deadline").type, pyarrow.date32(), "days are dates")
    check(rest.schema.metadata[b"tidewaiter.sha256"], "the schema says by which law")


NAMES = ["entry", "status", "reason", "further_reasons", "removable", "principal", "interest",
         "interest_to", "total", "protest_deadline", "days_left", "court_only", "note"]


def as_json(value):
    return str(value) if isinstance(value, (Decimal, datetime.date)) else value


BAD = {"entry_date": ["2025-02-30", "soon", "05.05.2025"], "duty": ["1.234", "-5", "two"],
       "value": ["abc", "1e9"], "heading": ["9903", "9903.1", "x"], "drawback": ["maybe"],
       "liquidation": ["gone"], "entry": ["", "123", "9ZZ-1450090-8"], "line": ["1" * 20],
       "importer": ["a" * 40], "liquidation_date": ["2025-13-01"]}


def random_rows(count, seed):
    """Rows of the cases worked by hand, with values changed, in any order."""
    path = os.path.join(ROOT, "tests", "refund", "cases.py")
    source = importlib.util.spec_from_file_location("refund_cases", path)
    module = importlib.util.module_from_spec(source)
    source.loader.exec_module(module)
    with open(os.path.join(ROOT, "tests", "refund", "cases.tsv"), encoding="utf-8") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    random_, rows = random.Random(seed), []
    for number in range(count):
        case = dict(cases[number] if number < len(cases) else random_.choice(cases))
        if number >= len(cases):  # an entry of its own, most often
            text = f"{random_.choice(['Z9Z', '9ZZ', 'XY7'])}{random_.randrange(10 ** 7):07d}"
            case["entry_number"] = text + str(random_.randrange(10))
        for row in module.rows_of(case):
            row = {name: str(row.get(name) or "") for name in module.COLUMNS}
            if number >= len(cases) and random_.random() < 0.3:
                row["duty"] = f"{random_.randrange(10 ** 6) / 100:.2f}"
            if random_.random() < 0.03:
                name = random_.choice([name for name in BAD if name in row])
                row[name] = random_.choice(BAD[name])
            rows.append(row)
    random_.shuffle(rows)
    return rows, module.COLUMNS


def typed(random_, name, cells):
    """The cells as a column of some type that says the same."""
    plain = [cell or None for cell in cells]

    def try_all(make, kind):
        try:
            return pyarrow.array([None if cell is None else make(cell) for cell in plain], kind)
        except Exception:  # a cell is not of the type: a text, then  # noqa: BLE001
            return None
    made = None
    how = random_.randrange(4)
    if name.endswith("_date") and how < 2:
        made = try_all(lambda cell: datetime.datetime.strptime(cell, "%Y-%m-%d").date(),
                       pyarrow.date32() if how else pyarrow.timestamp("us"))
    elif name in ("duty", "value") and how < 2:
        made = try_all(Decimal, pyarrow.decimal128(30, 4))
    elif name == "line" and how < 2:
        made = try_all(int, pyarrow.int32() if how else pyarrow.uint8())
    elif name == "hts" and how < 2:
        made = try_all(lambda cell: int(cell.replace(".", "")) if cell[0] != "0" else int("x"),
                       pyarrow.int64())
    elif name in ("drawback", "recon_flag", "prior_cape", "surety_paid") and how < 2:
        made = try_all(lambda cell: {"yes": True, "no": False}[cell], pyarrow.bool_())
    if made is not None:
        return made
    made = pyarrow.array(plain if how else list(cells), pyarrow.string())
    return [made, made.cast(pyarrow.large_string()), made.dictionary_encode(),
            pyarrow.array(plain, pyarrow.string_view())][how]


PLACE = re.compile(r"\b(rows|lines\.csv):(\d+)")


def same_random(work, count, seed):
    random_ = random.Random(seed)
    rows, names = random_rows(count, seed)
    path = os.path.join(work, "lines.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    done = run(PROGRAM, "refund", "lines.csv", "--as-of", DAY, "--interest-to", TO, "--format",
               "ndjson", cwd=work)
    # A file's first line is its header; a row of a table counts from 1.
    wanted = [PLACE.sub(lambda at: f"rows:{int(at[2]) - 1}", text) for text in done.out.splitlines()]
    batches, first = [], 0
    while first < len(rows):  # columns of one type in all batches
        part = rows[first:first + random_.choice([1, 7, 500, 4000])]
        batches.append((first, len(part)))
        first += len(part)
    table = pyarrow.table({name: typed(random_, name, [row[name] for row in rows]) for name in names})
    reader = pyarrow.RecordBatchReader.from_batches(
        table.schema, (batch for at, length in batches for batch in table.slice(at, length).to_batches()))
    refunds = tidewaiter.refund(reader, as_of=DAY, interest_to=TO)
    faults = len(refunds.faults)
    ours = texts(refunds)
    different = [place for place, (one, two) in enumerate(zip(ours, wanted)) if one != two]
    check(len(ours) == len(wanted) > count // 2 and not different,
          f"seed {seed}: {len(rows)} rows, {len(wanted)} entries as columns and as a file",
          f"{len(ours)} came, {len(different)} differ" + (
              f"\n  {ours[different[0]]}\n  {wanted[different[0]]}" if different else ""))
    check(faults > count // 100, f"seed {seed}: cells that cannot be read are told", faults)
    columns = pyarrow.table(tidewaiter.refund(table, as_of=DAY, interest_to=TO))
    seen = [[as_json(value) for value in row.values()] for row in columns.to_pylist()]
    equal(seen == [[json.loads(text).get(name) for name in NAMES] for text in wanted], True,
          f"seed {seed}: the answers as columns")


def same_exports():
    """Reports of ACE, of which several rows are a line, as files and as tables."""
    folder = os.path.join(ROOT, "tests", "cases", "entries")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".csv"))
    check(len(names) > 2, "there are exports of entries", names)
    for name in names:
        path = os.path.join(folder, name)
        wanted = program(path).out.replace(path, "rows").splitlines()
        check(wanted, f"{name}: the program has answers")
        with open(path, encoding="utf-8", newline="") as file:
            table = pyarrow.Table.from_pylist(list(csv.DictReader(file)))
        lines = [re.sub(r"\brows:(\d+)", lambda at: f"rows:{int(at[1]) - 1}", text) for text in wanted]
        equal(texts(tidewaiter.refund(table, as_of=DAY, interest_to=TO)), lines, f"{name} as a table")
        equal([text.replace(path, "rows") for text in texts(
            tidewaiter.refund(path, as_of=DAY, interest_to=TO))], wanted, f"{name} as a file")


def wrong_columns():
    """What cannot be read names the column, and the row where there is one."""
    def refused(what, says, kind=tidewaiter.InputError, **columns):
        error = raises(kind, lambda: tidewaiter.refund(pyarrow.table(columns), as_of=DAY), what)
        check(error is not None and says in str(error), what, str(error))
        return error
    entry = pyarrow.array(["9ZZ14500907", "9ZZ14500907"])
    zoned = pyarrow.array([0, 1], pyarrow.timestamp("s", "UTC"))
    error = refused("an instant for a day", "cast it to a date", entry=entry, entry_date=zoned)
    equal(error and error.column, "entry_date", "the column is named")
    refused("float32 for money", "float32", entry=entry, duty=pyarrow.array([1, 2], pyarrow.float32()))
    refused("binary", "binary", entry=pyarrow.array([b"1", b"2"]))
    refused("a list", "a list", entry=entry, heading=pyarrow.array([["9903.01.24"], []]))
    refused("no entries", "no column has the numbers", kind=ValueError, colour=entry)
    refunds = tidewaiter.refund(pyarrow.table({
        "entry": entry, "heading": ["9903.01.24"] * 2, "duty": pyarrow.array([200.0, 1e300]),
        "colour": entry}), as_of=DAY)
    equal([(fault.file, fault.line) for fault in refunds.faults], [("rows", 2)], "a cell's row")
    check('column "duty"' in refunds.faults[0].text, "a cell's column", refunds.faults)
    equal(refunds.unread, {"rows": ["colour"]}, "a column that is not ours")

    def failing():
        yield pyarrow.record_batch({"entry": entry})
        raise ValueError("the lake is dry")
    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"entry": pyarrow.string()}), failing())
    error = raises(tidewaiter.TidewaiterError, lambda: tidewaiter.refund(reader, as_of=DAY), "a reader fails")
    check("the lake is dry" in str(error), "what the reader said", error)


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
    answers_as_tables()
    for seed in (1, 2, 3):
        same_random(work, COUNT, seed)
    same_exports()
    wrong_columns()
    totals_and_files(work)
    faults(work)
sys.exit(finish())
