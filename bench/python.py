#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the package for Python answers in a second, beside the program. Run by the Python in which
it is installed, with pyarrow, Polars, DuckDB and pandas (make check-python makes one), on a quiet
machine:

    build/python/tested/bin/python bench/python.py build/cli/tidewaiter [LINES [ROUNDS]]

The best of the rounds counts. The program reads CSV and writes NDJSON on one core and on all; the
package is given tables in memory and uses one core.
"""
import csv
import os
import subprocess
import sys
import tempfile
import time

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
import tidewaiter

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(sys.argv[1])
LINES = int(sys.argv[2]) if len(sys.argv) > 2 else 300_000
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3


def best(call):
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        call()
        took.append(time.perf_counter() - begun)
    return min(took)


def program(path, *options):
    subprocess.run([PROGRAM, "--quiet", "assess", *options, path], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=False)


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-bench-") as work:
        path = os.path.join(work, "lines.csv")
        with open(path, "wb") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(LINES)],
                           stdout=file, check=True)
        with open(path, encoding="utf-8", newline="") as file:
            names, *rows = csv.reader(file)
        table = pyarrow.table({name: [row[at] for row in rows] for at, name in enumerate(names)})
        lines = table.slice(0, LINES // 10).to_pylist()
        parquet, out = os.path.join(work, "lines.parquet"), os.path.join(work, "out.parquet")
        pyarrow.parquet.write_table(table, parquet)
        frame, panda = polars.DataFrame(table), table.to_pandas()
        relation = duckdb.from_arrow(table)
        one = lines[0]
        assessor = tidewaiter.Assessor()
        ways = [
            ("the program, CSV to NDJSON, one core", LINES,
             lambda: program(path, "--format", "ndjson", "--jobs", "1")),
            ("the program, CSV to NDJSON, all cores", LINES,
             lambda: program(path, "--format", "ndjson")),
            ("the program, CSV to CSV, one core", LINES,
             lambda: program(path, "--format", "csv", "--only-answers", "--jobs", "1")),
            ("pyarrow.Table, flat", LINES, lambda: tidewaiter.assess(table, detail=False)),
            ("pyarrow.Table, with detail", LINES, lambda: tidewaiter.assess(table)),
            ("polars.DataFrame, flat", LINES, lambda: tidewaiter.assess(frame, detail=False)),
            ("pandas.DataFrame, flat", LINES, lambda: tidewaiter.assess(panda, detail=False)),
            ("relation of DuckDB, flat", LINES, lambda: tidewaiter.assess(relation, detail=False)),
            ("Parquet to Parquet, flat", LINES,
             lambda: tidewaiter.assess(parquet, output=out, detail=False)),
            ("mappings, findings as NDJSON", len(lines), lambda: assessor.ndjson(lines)),
            ("mappings, findings as objects", len(lines), lambda: assessor.assess(lines)),
            ("Assessor.duty, line by line", 2000,
             lambda: [assessor.duty(one["hts"], one["origin"], one["entered"], one["value"])
                      for _ in range(2000)]),
        ]
        print(f"| {LINES:,} lines | lines/s |\n| --- | ---: |")
        for what, count, call in ways:
            print(f"| {what} | {count / best(call):,.0f} |", flush=True)


main()
