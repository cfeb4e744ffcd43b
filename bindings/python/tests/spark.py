#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Findings of Spark are the program's: of lines by themselves, of shipments and of a person's day,
with keys that most of the lines share; a rulebook that is shipped; columns under other names.

    TIDEWAITER_PROGRAM=... spark.py [LINES [MASTER]]
"""
import csv
import io
import os
import re
import sys
import tempfile

import pyspark.sql
from pyspark.sql import functions
import tidewaiter.spark
from common import PROGRAM, ROOT, as_cells, check, equal, finish, raises, run

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
MASTER = sys.argv[2] if len(sys.argv) > 2 else "local-cluster[2,1,1024]"


def generated(*options):
    return run(sys.executable, os.path.join(ROOT, "bench", "generate.py"), *options).out


def skewed(text):
    """Most lines of one shipment, of shipments that hang together by their consignees, with blanks
    and capitals in names."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for number, row in enumerate(rows):
        if number % 3:
            row["shipment"] = "BIG" if number % 2 else " BIG"
        if number % 5 == 0:
            row["consignee"] = ("A.  Moreno", "a. moreno ", "")[number % 3]
        if number % 7 == 0:
            row["shipment"] = ""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def program(text, *options):
    out = run(PROGRAM, "assess", "--format", "csv", "--only-answers", *options, "-", given=text).out
    for row in csv.DictReader(io.StringIO(out)):
        yield row["id"], {**row, "warnings": re.sub(r"^line \d+: ", "", row["warnings"])}


def same(session, work, text, what, *options, **own):
    path = os.path.join(work, re.sub(r"\W+", "-", what) + ".csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    frame = session.read.csv(path, header=True, inferSchema=False, quote='"', escape='"',
                             ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False)
    frame = frame.repartition(5, "id")  # so that what belongs together is not
    own.setdefault("order", functions.col("id").cast("long"))
    found = tidewaiter.spark.assess(frame, detail=False, **own).collect()
    ours = {row["id"]: as_cells(row.asDict()) for row in found}
    theirs = dict(program(text, *options))
    equal(len(found), len(theirs), f"{what}: an answer a line")
    different = [(name, ours.get(name), row) for name, row in theirs.items() if ours.get(name) != row]
    check(not different, f"{what}: the program's answers",
          f"{len(different)} differ\n  spark   {different[0][1]}\n  program {different[0][2]}"
          if different else "")


def others(session, work):
    """Names of others, columns that are kept, a rulebook of one's own, what is wrong."""
    frame = session.createDataFrame(
        [("a", "6109100012", "CN", "2025-12-01", "54", "x")],
        ["Ref", "HS6 Code", "Made in", "When", "Worth", "note"])
    names = {"Ref": "id", "HS6 Code": "hts", "Made in": "origin", "When": "entered",
             "Worth": "value"}
    row = tidewaiter.spark.assess(frame, map=names, keep="*").collect()[0]
    equal((row["note"], row["id"], row["status"]), ("x", "a", "ok"), "names by a map, all kept")
    check(any(layer["heading"] == "9903.01.24" and layer["rate"] == "10%"
              for layer in row["detail"]["layers"]), "layers are there", row)
    path = os.path.join(work, "then.rulebook")
    done = run(PROGRAM, "law", "compile", "--as-known-on", "2025-10-01", "-o", path)
    if check(done.code == 0, "a rulebook is compiled", done.err):
        row = tidewaiter.spark.assess(frame, map=names, rulebook=path).collect()[0]
        check(any(layer["rate"] == "20%" for layer in row["detail"]["layers"]),
              "a rulebook is shipped", row)
    raises(tidewaiter.TidewaiterError, lambda: tidewaiter.spark.assess(frame.select("note")),
           "no column of ours")
    raises(tidewaiter.ArgumentError, lambda: tidewaiter.spark.assess(
        frame, map=names, set={"shipment": "S"}), "a shipment for all lines")
    for wrong, kind, word in (
            (frame.select("When", "When"), tidewaiter.InputError, "When"),
            (frame.withColumn("Worth", functions.lit(54.5).cast("float")), tidewaiter.InputError,
             "float32"),
            (frame.withColumn("Worth", functions.array("Worth")), tidewaiter.InputError, "Worth"),
            ([1], TypeError, "DataFrame")):
        error = raises(kind, lambda w=wrong: tidewaiter.spark.assess(w, map=names), f"{wrong}")
        check(word in str(error), f"names {word}", error)
    bad = frame.withColumn("When", functions.lit("2025-13-02"))
    said = tidewaiter.spark.assess(bad, map=names).collect()[0]
    equal((said["status"], said["detail"]["column"]), ("refused", "entered"), "a bad cell")
    nothing = tidewaiter.spark.assess(frame.limit(0), map=names).collect()
    equal(nothing, [], "no lines")


def main():
    session = (pyspark.sql.SparkSession.builder.master(MASTER).appName("tidewaiter")
               .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
               .config("spark.executor.memory", "512m")
               .config("spark.sql.shuffle.partitions", "4")
               .config("spark.driver.host", "127.0.0.1")
               .config("spark.driver.bindAddress", "127.0.0.1").getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory(prefix="tidewaiter-spark-") as work:
        plain, ships = generated(LINES), generated(LINES, "--shipments")
        same(session, work, plain, "lines by themselves")
        same(session, work, ships, "shipments")
        same(session, work, ships, "a person's day", "--daily-sum", daily_sum=True)
        same(session, work, skewed(ships), "skewed shipments and days", "--daily-sum",
             daily_sum=True)
        others(session, work)
    session.stop()
    return finish()


sys.exit(main())
