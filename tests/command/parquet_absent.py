#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Without DuckDB's library: what asks for Parquet is refused with what would be right, and nothing
else asks for the library. With it, `make check-duckdb` tests what is read and written.

    parquet_absent.py PROGRAM OTHER_LIBRARY
"""
import ctypes
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, leave_out, run  # noqa: E402

PROGRAM, OTHER = sys.argv[1:]
LINE = "hts,origin,entered,value\n6109100012,CN,2025-05-02,54\n"


def is_installed():
    try:
        return bool(ctypes.CDLL("libduckdb.so"))
    except OSError:
        return False


def refused(words, wanted, what, **settings):
    done = run(PROGRAM, *words, **settings)
    check(done.code == 2 and not done.out and all(word in done.err for word in wanted), what,
          done.out + done.err)


def main():
    with tempfile.TemporaryDirectory() as folder:
        lines, table, made = (os.path.join(folder, name) for name in ("in.csv", "in.parquet", "out.parquet"))
        with open(lines, "w", encoding="utf-8") as file:
            file.write(LINE)
        with open(table, "wb") as file:
            file.write(b"PAR1 and what follows PAR1")
        with open(made, "w", encoding="utf-8") as file:
            file.write("yesterday")
        asked = (["assess", table], ["assess", "--output", made, lines], ["assess", "--format", "parquet", lines],
                 ["law", "export", "--output", made], ["law", "export", "--format", "parquet", "--schedule",
                                                       "--into", "US"])
        for words in asked:
            if is_installed():
                leave_out(" ".join(words), "libduckdb.so is installed here")
            else:
                refused(words, ["libduckdb.so", "1.4", "TIDEWAITER_DUCKDB", "CSV"], words, TIDEWAITER_DUCKDB=None)
            refused(words, ["/nowhere/libduckdb.so", "TIDEWAITER_DUCKDB", "cannot be loaded"], words,
                    TIDEWAITER_DUCKDB="/nowhere/libduckdb.so")
            refused(words, ["has no duckdb_", "1.4 or later"], f"{words}: another library",
                    TIDEWAITER_DUCKDB=OTHER)
        with open(made, encoding="utf-8") as file:
            check(file.read() == "yesterday", "the file of yesterday stands")
        check(sorted(os.listdir(folder)) == ["in.csv", "in.parquet", "out.parquet"], "nothing is left",
              os.listdir(folder))
        refused(["assess", "--output", made, "--format", "csv", lines], ["parquet", "csv"], "two formats")
        refused(["law", "export", "--output", made, "--format", "csv"], ["parquet", "csv"], "two formats")
        refused(["law", "import-schedule", "--into", "US", "--from", "2027-01-01", table],
                ["in.parquet", "neither text (CSV, JSON) nor a workbook"], "a schedule is no Parquet file")
        done = run(PROGRAM, "assess", lines, TIDEWAITER_DUCKDB="/nowhere/libduckdb.so")
        check(done.code == 0 and '"status":"ok"' in done.out, "CSV needs no library", done.err)
    return finish()


sys.exit(main())
