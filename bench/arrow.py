#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lines by columns beside the program's: the same generated lines, one core each.

    arrow.py BUILD [LINES [ROUNDS]]      a release build; the Python is one that has pyarrow

Prints million lines a second, the best of the rounds: the program from CSV to CSV, the library from
record batches to the flat columns and to all of them, and a second time with shipments.
"""
import csv
import datetime
import decimal
import os
import subprocess
import sys
import tempfile
import time

import pyarrow as pa

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "arrow"))
from tidewaiter_arrow import Library  # noqa: E402

BATCH = 65536


def columns(path, typed):
    """The file as a table: texts, or the types that such columns have."""
    with open(path, encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    cells = dict(zip(names, zip(*rows)))
    table = {name: pa.array([cell or None for cell in column], pa.string())
             for name, column in cells.items()}
    if typed:
        for name, kind in (("value", pa.decimal128(14, 2)), ("qty", pa.int32()),
                           ("entered", pa.date32())):
            if name not in cells:
                continue
            try:
                read = {"value": decimal.Decimal, "qty": int,
                        "entered": datetime.date.fromisoformat}[name]
                table[name] = pa.array([read(c) if c else None for c in cells[name]], kind)
            except (ValueError, decimal.InvalidOperation, pa.ArrowInvalid):
                pass  # a line that is broken on purpose: it stays a text
        for name in ("origin", "channel", "ship_from", "unit"):
            if name in table:
                table[name] = table[name].dictionary_encode()
    return pa.table(table)


def best(rounds, count, work):
    found = 1e9
    for _ in range(rounds):
        begin = time.process_time() + os.times().children_user + os.times().children_system
        work()
        found = min(found, time.process_time() + os.times().children_user +
                    os.times().children_system - begin)
    return count / found / 1e6


def main():
    build = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    program = os.path.join(build, "cli", "tidewaiter")
    library = Library(build)
    print(f"{count:,} lines, one core, million lines a second of processor time, best of {rounds}")
    with tempfile.TemporaryDirectory() as folder:
        for shipments in (False, True):
            path = os.path.join(folder, "lines.csv")
            with open(path, "wb") as file:
                subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(count)]
                               + (["--shipments"] if shipments else []), stdout=file, check=True)
            what = "with shipments" if shipments else "lines by themselves"
            assess = [program, "assess", "--no-config", "--quiet", "--jobs", "1", "--format", "csv",
                      "--only-answers", path]
            speed = best(rounds, count, lambda: subprocess.run(assess, stdout=subprocess.DEVNULL,
                                                               stderr=subprocess.DEVNULL,
                                                               check=False))
            print(f"  {what}: the program, CSV to CSV  {speed:.2f}")
            for typed in (False, True):
                table = columns(path, typed)
                for flat in (True, False):
                    def consume(table=table, flat=flat):
                        reader = table.to_reader(max_chunksize=BATCH)
                        for _ in library.assess(reader, flat=flat):
                            pass
                    speed = best(rounds, count, consume)
                    print(f"  {what}: {'typed columns' if typed else 'text columns'} to "
                          f"{'flat columns' if flat else 'all columns'}  {speed:.2f}")


if __name__ == "__main__":
    main()
