#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tables of pyarrow, Polars, DuckDB and pandas: the same kind comes back with the same findings;
columns, types and nulls that make no sense are told with the column and the row.
"""
import datetime
import os
import sys
import tempfile
from decimal import Decimal

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.csv
import pyarrow.parquet
import tidewaiter
from common import ROOT, check, equal, finish, raises

ROWS = [
    {"id": "a", "hts": "6109100012", "origin": "CN", "entered": "2025-05-02T00:01", "value": "54"},
    {"id": "b", "hts": "0901210035", "origin": "BR", "entered": "2025-11-13", "value": "1000"},
    {"id": "c", "hts": "6109100012", "origin": "CN", "entered": "2025-05-02", "value": "fifty"},
    {"id": "d", "hts": None, "origin": "CN", "entered": "2025-05-02", "value": "5"},
]
WANTED = [{"id": "a", "status": "ok", "duty": Decimal("91.26")},
          {"id": "b", "status": "ok", "duty": Decimal("0")},
          {"id": "c", "status": "refused", "duty": None},
          {"id": "d", "status": "refused", "duty": None}]
TABLE = pyarrow.Table.from_pylist(ROWS)


def brief(rows):
    return [{name: row[name] for name in ("id", "status", "duty")} for row in rows]


def same_kind():
    made = tidewaiter.assess(TABLE)
    check(isinstance(made, pyarrow.Table), "a Table gives a Table", type(made))
    equal(brief(made.to_pylist()), WANTED, "of a Table")
    check(pyarrow.types.is_decimal(made.schema.field("duty").type), "amounts are decimals",
          made.schema)
    layers = made.column("detail")[0].as_py()
    check("9903.01.63" in str(layers), "layers stand in the detail", str(layers)[:500])
    made = tidewaiter.assess(TABLE.to_batches()[0])
    check(isinstance(made, pyarrow.RecordBatch), "a RecordBatch gives a RecordBatch", type(made))
    equal(brief(made.to_pylist()), WANTED, "of a RecordBatch")
    made = tidewaiter.assess(TABLE.to_reader(max_chunksize=1))
    check(isinstance(made, pyarrow.RecordBatchReader), "a reader gives a reader", type(made))
    batches = list(made)
    equal([len(batch) for batch in batches], [1, 1, 1, 1], "a batch for each that is read")
    equal(brief(row for batch in batches for row in batch.to_pylist()), WANTED, "of a reader")
    made = tidewaiter.assess(polars.DataFrame(ROWS))
    check(isinstance(made, polars.DataFrame), "Polars gives Polars", type(made))
    equal(brief(made.to_dicts()), WANTED, "of Polars")
    made = tidewaiter.assess(polars.DataFrame(ROWS).lazy())
    check(isinstance(made, polars.LazyFrame), "lazy gives lazy", type(made))
    equal(brief(made.collect().to_dicts()), WANTED, "of a LazyFrame")
    frame = pandas.DataFrame(ROWS, index=[10, 20, 30, 40])
    made = tidewaiter.assess(frame)
    check(isinstance(made, pandas.DataFrame), "pandas gives pandas", type(made))
    equal(list(made.index), [10, 20, 30, 40], "the index stays")
    equal([None if pandas.isna(amount) else Decimal(amount) for amount in made["duty"]],
          [row["duty"] for row in WANTED], "of pandas")
    relation = duckdb.from_arrow(TABLE)
    made = tidewaiter.assess(relation)
    check(type(made) is type(relation), "DuckDB gives DuckDB", type(made))
    equal(made.project("id, status, duty").fetchall(),
          [tuple(row.values()) for row in WANTED], "of DuckDB")

    class Foreign:
        def __arrow_c_stream__(self, requested_schema=None):
            return TABLE.__arrow_c_stream__()

    class Single:
        def __arrow_c_array__(self, requested_schema=None):
            return TABLE.to_batches()[0].__arrow_c_array__()
    for kind in (Foreign, Single):
        made = tidewaiter.assess(kind())
        check(isinstance(made, tidewaiter.Stream), "anything else gives a stream", type(made))
        equal(brief(pyarrow.table(made).to_pylist()), WANTED, "of anything else")
        equal(made.rows_out, len(ROWS), "and rows are counted")


def empty():
    nothing = TABLE.slice(0, 0)
    for data, count in ((nothing, len), (nothing.to_reader(), lambda made: sum(map(len, made))),
                        (polars.DataFrame(nothing), len), (pandas.DataFrame(ROWS[:0],
                         columns=list(ROWS[0])).astype(str), len),
                        (pyarrow.RecordBatch.from_pylist([], TABLE.schema), len)):
        equal(count(tidewaiter.assess(data)), 0, f"no rows of a {type(data).__name__}")
    equal(tidewaiter.assess([]), [], "no rows of a list")


def typed():
    """Columns as their packages type them say what texts say."""
    made = tidewaiter.assess(pyarrow.table({
        "hts": pyarrow.array([6109100012], pyarrow.int64()),
        "origin": pyarrow.array(["CN"]).dictionary_encode(),
        "entered": pyarrow.array([datetime.date(2025, 5, 2)], pyarrow.date32()),
        "value": pyarrow.array([Decimal("54.00")], pyarrow.decimal128(12, 2))}))
    equal(made.column("duty")[0].as_py(), Decimal("91.26"), "ints, dictionaries, dates, decimals")
    eastern = datetime.datetime(2025, 5, 2, 4, 1, tzinfo=datetime.timezone.utc)
    frame = polars.DataFrame({"hts": ["6109.10.00.12"], "origin": ["CN"], "entered": [eastern],
                              "value": [54]})
    equal(tidewaiter.assess(frame)["duty"][0], Decimal("91.26"), "a timestamp with a zone")
    for nulls in (frame.with_columns(polars.lit(None).alias("weight")),
                  frame.to_pandas().assign(weight=None),
                  frame.to_arrow().append_column("weight", pyarrow.nulls(1))):
        made = pyarrow.table(tidewaiter.assess(nulls)).column("duty")[0].as_py()
        equal(made, Decimal("91.26"), f"a column of nothing, {type(nulls).__name__}")
    line = {"hts": 6109100012, "origin": "CN", "entered": eastern, "value": Decimal("54.00")}
    equal(tidewaiter.assess([line])[0].duty.amount, Decimal("91.26"), "a mapping of values")
    line["value"] = 54.0
    equal(tidewaiter.assess([line])[0].duty.amount, Decimal("91.26"), "a float, as it is written")
    equal(tidewaiter.assess([{**line, "value": float("nan")}])[0].json,
          tidewaiter.assess([{**line, "value": None}])[0].json, "NaN is nothing")


def claims():
    """By name, in a mapping, and as columns of their own."""
    line = {"hts": "7318.15.20", "origin": "DE", "entered": "2025-07-01", "value": 10000}
    for given in ({"claims": "steel_value=4000"}, {"claims": {"steel_value": 4000}},
                  {"steel_value": "4000"}, {"steel_value": Decimal(4000)}):
        made = tidewaiter.assess([{**line, **given}])[0]
        equal(made.duty.amount, Decimal("2600.00"), f"claims as {given}")
    table = pyarrow.Table.from_pylist([{**line, "hts": "7318152000", "steel_value": 4000}])
    equal(tidewaiter.assess(table).column("duty")[0].as_py(), Decimal("2600"), "a column")
    line = {"hts": "8703.23.01", "origin": "MX", "entered": "2025-05-02", "value": 100}
    wanted = tidewaiter.assess([line])[0].json
    for nothing in (None, "", float("nan")):
        for more in ({"usmca": nothing}, {"claims": {"usmca": nothing}}):
            equal(tidewaiter.assess([{**line, **more}])[0].json, wanted,
                  f"of nothing no claim is made: {more}")
    for claims in ({"steel_value": "40;usmca=yes"}, {"usmca=yes;a": 1}, {"": "yes"}):
        told(tidewaiter.InputError, lambda c=claims: tidewaiter.assess([{**line, "claims": c}]),
             f"a claim that is two: {claims}", "semicolon", row=1)
    said = tidewaiter.duty("8703.23.01", "MX", "2025-05-02", 100, claims={"usmca": True}).json
    equal(tidewaiter.duty("8703.23.01", "MX", "2025-05-02", 100, claims="usmca=yes").json, said,
          "yes is True")


def marks():
    """Marks that end a line in Unicode end no answer."""
    line = {"hts": "6109.10.00.12", "origin": "CN", "entered": "2025-05-02", "value": "54"}
    for mark in "\u2028\u2029\x85\x0b\x0c\x1c":
        made = tidewaiter.assess([{**line, "id": f"a{mark}b"}, {**line, "id": "c"}])
        equal([finding.id for finding in made], [f"a{mark}b", "c"], f"an id with {mark!a}")


def options():
    theirs = TABLE.rename_columns(["Ref", "HS6 Code", "Made in", "When", "Worth"])
    names = {"Ref": "id", "HS6 Code": "hts", "Made in": "origin", "When": "entered",
             "Worth": "value"}
    made = tidewaiter.assess(theirs, map=names, keep=["Worth"])
    equal(brief(made.to_pylist()), WANTED, "columns by a map")
    equal(made.column("Worth").to_pylist(), [row["value"] for row in ROWS], "columns that are kept")
    made = tidewaiter.assess(TABLE.drop_columns(["origin"]), set={"origin": "CN"})
    equal(made.column("duty")[0].as_py(), Decimal("91.26"), "a column that is set")
    check("detail" not in tidewaiter.assess(TABLE, detail=False).column_names, "without detail")
    made = tidewaiter.assess(pyarrow.table({**{name: ["x"] for name in ()},
                             "hts": ["6109100012"], "origin": ["CN"], "entered": ["2025-05-02"],
                             "price": ["27"], "qty": ["2"]}), value_from="[price]*[qty]")
    equal(made.column("duty")[0].as_py(), Decimal("91.26"), "a value that is computed")


def told(kind, call, what, *words, column=None, row=None):
    error = raises(kind, call, what)
    if error is None:
        return
    for word in words:
        check(word in str(error), f"{what}: names {word}", str(error))
    if column is not None:
        equal(error.column, column, f"{what}: the column ({error})")
    if row is not None:
        equal(error.row, row, f"{what}: the row ({error})")


def faults():
    Bad = tidewaiter.InputError
    told(Bad, lambda: tidewaiter.assess(TABLE.append_column(
        "weight", pyarrow.array([[1]] * 4))), "a list where a number should be", column="weight")
    told(Bad, lambda: tidewaiter.assess(TABLE.set_column(
        4, "value", pyarrow.array([1.0] * 4, pyarrow.float32()))), "float32 money", column="value")
    told(tidewaiter.TidewaiterError, lambda: tidewaiter.assess(pyarrow.table({"colour": ["red"]})),
         "no column of ours", "column")
    told(tidewaiter.TidewaiterError, lambda: tidewaiter.assess(TABLE, map={"nowhere": "hts"}),
         "a map of a column that is not there", "nowhere")
    told(tidewaiter.TidewaiterError, lambda: tidewaiter.assess(TABLE, set={"orign": "CN"}),
         "a column that there is not", "orign")
    for option in ({"map": {"hts": "hs"}}, {"set": {"orign": "CN"}}, {"decimal": "dot"},
                   {"date_format": "iso"}, {"value_from": "Price*Qty"}):
        error = raises(tidewaiter.TidewaiterError, lambda o=option: tidewaiter.assess(TABLE, **o),
                       f"{option}")
        text = str(error)
        check(text.startswith(next(iter(option))) and "--" not in text,
              "an option under its own name", text)
    told(TypeError, lambda: tidewaiter.assess(5), "a number", "__arrow_c_stream__")
    told(Bad, lambda: tidewaiter.assess([ROWS[0], {**ROWS[0], "value": object()}]),
         "an object as a cell", column="value", row=2)
    told(Bad, lambda: tidewaiter.assess([{**ROWS[0], "orgin": "CN"}]), "a misspelt column",
         "origin", column="orgin", row=1)
    told(Bad, lambda: tidewaiter.assess([ROWS[0], {**ROWS[0], "id": "\ud800"}]), "not UTF-8",
         column="id", row=2)
    refused = tidewaiter.assess([ROWS[3]])[0]
    equal((refused.status, refused.refusal.column), ("refused", "hts"), "a null is a refusal")

    def broken():
        yield TABLE.to_batches()[0]
        raise OSError("the disk is gone")
    reader = pyarrow.RecordBatchReader.from_batches(TABLE.schema, broken())
    told(tidewaiter.TidewaiterError, lambda: list(tidewaiter.assess(reader)),
         "a source that fails", "the disk is gone")
    error = raises(Bad, lambda: tidewaiter.assess(pyarrow.table({"a": [1]})), "no column is known")
    check(error.column is None and "hts" in str(error), "of no column in particular", error)
    for today in ("2026-11-30     or not", "soon", 5):
        told(tidewaiter.ArgumentError, lambda day=today: tidewaiter.Assessor(today=day),
             f"today: {today}", "is not a day")
        told(tidewaiter.ArgumentError, lambda day=today: tidewaiter.assess(TABLE, today=day),
             f"today of a table: {today}", "is not a day")
    for options in ({"map": {"a": "b"}}, {"detail": False}, {"progress": print}):
        told(tidewaiter.ArgumentError, lambda o=options: tidewaiter.assess(ROWS, **o),
             f"options of tables for mappings: {options}", "mappings")
    error = raises(tidewaiter.Refused, lambda: tidewaiter.duty("6109", "CN", "2025-05-02", "x"),
                   "a line that is refused")
    check(error.finding.status == "refused" and error.reason, "its finding is there", error)
    told(tidewaiter.FileError, lambda: tidewaiter.Rulebook("/nowhere/x"), "no rulebook")
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"nothing" * 100)
        file.flush()
        told(tidewaiter.RulebookError, lambda: tidewaiter.Rulebook(file.name), "a broken rulebook")
    told(tidewaiter.ArgumentError, lambda: tidewaiter.law.diff("soon"), "a day", "is not a day")
    told(tidewaiter.NotFound, lambda: tidewaiter.law.act("NOBODY"), "an act", "NOBODY")
    told(tidewaiter.TidewaiterError, lambda: tidewaiter.law.diff("2025-04-09", folder="/nowhere"),
         "a folder")


def files():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-files-") as work:
        def at(name):
            return os.path.join(work, name)
        parcels = os.path.join(ROOT, "examples", "parcels.csv")
        rows = list(pyarrow.table(tidewaiter.assess(parcels)).to_pylist())
        check(rows[0]["id"] == "P-0001", "a CSV file is read", rows[:1])
        told(tidewaiter.FileError, lambda: tidewaiter.assess(
            os.path.join(ROOT, "examples", "manifest.csv")), "a broken CSV file", "manifest.csv")
        written = tidewaiter.assess(parcels, output=at("out.parquet"))
        equal(written.rows, len(rows), "a Parquet file is written")
        equal(pyarrow.parquet.read_table(at("out.parquet")).to_pylist(), rows, "with the findings")
        pyarrow.parquet.write_table(TABLE, at("in.parquet"))
        tidewaiter.assess(at("in.parquet"), output=at("out.csv"), detail=False)
        with open(at("out.csv"), encoding="utf-8") as file:
            check("91.26" in file.read(), "Parquet in, CSV out")
        equal(tidewaiter.assess(TABLE, output=at("table.parquet")).rows, 4, "a table into a file")
        told(tidewaiter.FileError, lambda: tidewaiter.assess(at("none.parquet")), "no file", "none")
        told(tidewaiter.FileError, lambda: tidewaiter.assess(TABLE, output=at("a/b.parquet")),
             "no folder", "a/b.parquet")
        told(tidewaiter.Unsupported, lambda: tidewaiter.assess(at("x.doc")), "a kind of file", ".csv")
        raises(ZeroDivisionError, lambda: tidewaiter.assess(
            TABLE, output=at("half.parquet"), progress=lambda *_: 1 / 0), "a run that fails")
        check(not [name for name in os.listdir(work) if name.startswith("half")],
              "leaves no half of a file", os.listdir(work))


def structures():
    """Read by no build of this package, which says so as a program without RDKit does."""
    equal(tidewaiter.STRUCTURES, False, "structures are not read")
    made = tidewaiter.duty("2933.39.20", "CN", "2025-05-02", 5000, qty=1, unit="kg",
                           smiles="CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1")
    check(any("smiles" in warning or "structure" in warning for warning in made.warnings),
          "a structure gets a warning", made.warnings)


for test in (same_kind, empty, typed, claims, marks, options, faults, files, structures):
    test()
sys.exit(finish())
