#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Threads and interpreters: the same answers from all of them at once, no lock held while the
library works, an object at work refuses a second thread, a signal ends a long run.
"""
import csv
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pyarrow
import tidewaiter
from common import ROOT, check, equal, finish, raises, run

TEXT = run(sys.executable, os.path.join(ROOT, "bench", "generate.py"), "20000").out
NAMES, *ROWS = csv.reader(TEXT.splitlines())
TABLE = pyarrow.table({name: [row[at] for row in ROWS] for at, name in enumerate(NAMES)})
LINES = TABLE.slice(0, 2000).to_pylist()


def at_once(count, call):
    """The results of as many threads, all begun before one goes on."""
    gate, made = threading.Barrier(count), [None] * count

    def work(place):
        gate.wait()
        try:
            made[place] = call()
        except BaseException as error:  # noqa: BLE001
            made[place] = error
    threads = [threading.Thread(target=work, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def same_answers():
    check(TABLE.num_rows > 10000 and len(LINES) == 2000, "there are lines", TABLE.num_rows)
    table = tidewaiter.assess(TABLE)
    for made in at_once(8, lambda: tidewaiter.assess(TABLE)):
        check(isinstance(made, pyarrow.Table) and made.equals(table), "a table in a thread", repr(made)[:300])
    text = tidewaiter.Assessor().ndjson(LINES)
    book = tidewaiter.Rulebook()
    for made in at_once(8, lambda: tidewaiter.Assessor(book).ndjson(LINES)):
        check(made == text, "mappings in a thread, one rulebook for all", repr(made)[:300])


def lock_is_given_back():
    """While one thread is in the library, another counts."""
    counted, done = 0, threading.Event()
    lines = LINES * 20

    def work():
        tidewaiter.Assessor().ndjson(lines)
        done.set()
    thread = threading.Thread(target=work)
    thread.start()
    longest, before = 0.0, time.perf_counter()
    while not done.is_set():
        counted += 1
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    thread.join()
    check(counted > 1000, "another thread goes on", (counted, longest))


def one_at_a_time():
    assessor = tidewaiter.Assessor()
    text = assessor.ndjson(LINES)
    refused = 0
    for made in at_once(6, lambda: [assessor.ndjson(LINES) for _ in range(4)]):
        if isinstance(made, RuntimeError):
            refused += 1
            check("give each thread its own" in str(made), "a second thread is told", str(made))
        else:
            check(made == [text] * 4, "and who is let in gets the right answer", repr(made)[:300])
    check(refused, "one assessor refused other threads", refused)


def consumed_elsewhere():
    """A stream begun in one thread and read in another, which outlives what it was made from."""
    stream = tidewaiter.assess(Streamed(TABLE))
    wanted = tidewaiter.assess(TABLE)
    made = at_once(1, lambda: pyarrow.table(stream))[0]
    check(isinstance(made, pyarrow.Table) and made.equals(wanted), "read in another thread", made)
    raises(ValueError, lambda: list(stream), "a stream is read once")


class Streamed:
    """A table of no kind that is known."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


def interpreters():
    """The module in interpreters of their own (on 3.13, with locks of their own), and after they
    ended."""
    program = textwrap.dedent("""
        import sys
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        import tidewaiter
        import threading
        text = ("import tidewaiter\\n"
                "for day in ('2025-04-09', '2025-05-02T00:01'):\\n"
                "    made = tidewaiter.duty('6109.10.00.12', 'CN', day, '5400')\\n"
                "assert str(made.duty.amount) == '9126.00', made.duty.amount\\n"
                "try:\\n"
                "    tidewaiter.duty('1', 'CN', '2025-05-02', '5')\\n"
                "except tidewaiter.Refused:\\n"
                "    pass\\n")
        failed = []
        def work():
            try:
                one = interpreters.create()
                said = interpreters.run_string(one, text)
                if said:
                    failed.append(said)
                interpreters.destroy(one)
            except BaseException as error:
                failed.append(repr(error))
        for round in range(2):
            threads = [threading.Thread(target=work) for _ in range(3)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
        assert not failed, failed
        assert str(tidewaiter.duty('6109.10.00.12', 'CN', '2025-05-02T00:01', '5400').duty.amount) == '9126.00'
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False,
                          timeout=300)
    equal(done.returncode, 0, "six interpreters\n" + done.stderr[-2000:])


def many(batch):
    """More batches than any test reads."""
    return pyarrow.RecordBatchReader.from_batches(batch.schema, iter([batch] * 1000))


def interrupted(shipments):
    """An interrupt ends a run between two batches: while findings are given, and while all lines
    are read before the first of them."""
    table = TABLE.append_column("shipment", pyarrow.array(["S"] * TABLE.num_rows)) if shipments \
        else TABLE
    read = many(table.combine_chunks().to_batches()[0])
    heard = []

    def progress(rows_in, rows_out):
        heard.append((rows_in, rows_out))
        if rows_in >= 5 * TABLE.num_rows:
            os.kill(os.getpid(), signal.SIGINT)

    def work():
        for _ in tidewaiter.assess(read, progress=progress):
            pass
    what = "while all is read" if shipments else "while findings are given"
    raises(KeyboardInterrupt, work, f"an interrupt {what}")
    check(len(heard) < 60 and heard == sorted(heard), f"it ends soon, {what}", len(heard))
    check(not shipments or not any(out for _, out in heard), f"nothing was given yet, {what}", heard)


def progress_that_fails():
    def progress(rows_in, rows_out):
        raise ZeroDivisionError("my own")
    error = raises(ZeroDivisionError, lambda: tidewaiter.assess(TABLE, progress=progress),
                   "what progress raises comes out")
    check(error is None or str(error) == "my own", "as it is", error)


# Who starts the tests in the background may have it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
same_answers()
lock_is_given_back()
one_at_a_time()
consumed_elsewhere()
interpreters()
interrupted(False)
interrupted(True)
progress_that_fails()
sys.exit(finish())
