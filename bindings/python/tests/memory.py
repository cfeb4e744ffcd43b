#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Parquet in, Parquet out: memory does not grow with the file, and the findings are all there.

    memory.py LINES

Run by itself, since it looks at the greatest memory of its own process.
"""
import os
import resource
import sys
import tempfile
import time

import pyarrow
import pyarrow.parquet
import tidewaiter
from common import ROOT, check, equal, finish, run

LINES = int(sys.argv[1])
GROUP = 50_000
MORE = 160  # MiB that the second half of a run may add to the first tenth


def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made(path):
    """A file of so many lines, from one generated group again and again, with numbers of their own.
    """
    text = run(sys.executable, os.path.join(ROOT, "bench", "generate.py"), GROUP).out
    rows = [line.rsplit(",", 1)[0].split(",")[:10] for line in text.splitlines()]
    names, rows = rows[0], rows[1:]
    table = pyarrow.table({name: [row[at] for row in rows] for at, name in enumerate(names)})
    with pyarrow.parquet.ParquetWriter(path, table.schema) as writer:
        for first in range(0, LINES, GROUP):
            count = min(GROUP, LINES - first)
            ids = pyarrow.array([str(first + number + 1) for number in range(count)])
            writer.write_table(table.slice(0, count).set_column(0, "id", ids))


with tempfile.TemporaryDirectory(prefix="tidewaiter-memory-") as work:
    source, target = os.path.join(work, "lines.parquet"), os.path.join(work, "findings.parquet")
    made(source)
    seen = []
    begun = time.perf_counter()
    written = tidewaiter.assess(source, output=target, detail=False, screen=True,
                                progress=lambda rows, out: seen.append((out, most())))
    took = time.perf_counter() - begun
    early = next(memory for out, memory in seen if out >= LINES // 10)
    late = max(memory for _, memory in seen)
    equal(written.rows, LINES, "rows that were written")
    file = pyarrow.parquet.ParquetFile(target)
    equal(file.metadata.num_rows, LINES, "rows of the file")
    last = file.read_row_group(file.num_row_groups - 1, columns=["id"])["id"][-1].as_py()
    equal(last, str(LINES), "the last row")
    check(late - early < MORE, "memory does not grow", f"{early:.0f} MiB, then {late:.0f} MiB")
    check(sorted(seen) == seen and seen[-1][0] == LINES, "progress is told to the end", seen[-1])
    equal(os.listdir(work).count("findings.parquet"), 1, "one file stands")
    parts = ((part, max(memory for out, memory in seen if out <= LINES * part // 4)) for part in (1, 2, 4))
    print(f"{LINES:,} lines, Parquet to Parquet: {took:.1f} s, {LINES / took:,.0f} lines/s; MiB at the most: "
          + f"{early:.0f} after a tenth, "
          + ", ".join(f"{memory:.0f} after {LINES * part // 4:,}" for part, memory in parts))
sys.exit(finish())
