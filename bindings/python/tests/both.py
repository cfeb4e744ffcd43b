#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program, with the package beside it: what `assess` answers to the rows on its standard input
the package must answer to the same rows as mappings, byte for byte, and, as a table, column by
column. Stands in place of the program in the runners of tests/.

    TIDEWAITER_PROGRAM=... both.py assess ... -

Says on standard error what differs, and ends with 3.
"""
import csv
import io
import os
import subprocess
import sys

import pyarrow
import tidewaiter
from common import flat_rows

PROGRAM = os.environ["TIDEWAITER_PROGRAM"]
KNOWN = {"--daily-sum", "--no-screen", "--restore-zeros", "--strict-coverage"}


def options_of(words):
    """The options that the package has too, or None: the call is of something else."""
    found = {"law": None, "known_on": None}
    words = list(words)
    while words:
        word = words.pop(0)
        if word in KNOWN:
            found[word[2:].replace("-", "_")] = True
        elif word == "--format" and words[0] == "ndjson":
            words.pop(0)
        elif word == "--law":
            found["law"] = words.pop(0)
        elif word == "--as-known-on":
            found["known_on"] = words.pop(0)
        elif word != "-":
            return None
    return found


def fail(what, ours, theirs):
    print(f"the package says something else ({what}):\n  package {ours[:3000]}\n  program "
          f"{theirs[:3000]}", file=sys.stderr)
    sys.exit(3)


def compare(given, out, options):
    book = tidewaiter.Rulebook()
    if options.pop("law") or options["known_on"]:
        book = tidewaiter.law.rulebook(known_on=options["known_on"])
    del options["known_on"]
    rows = list(csv.DictReader(io.StringIO(given)))
    daily = options.pop("daily_sum", False)
    own = {**options, "screen": not options.pop("no_screen", False)}
    own.pop("no_screen", None)
    assessor = tidewaiter.Assessor(book, **own)
    ours = assessor.ndjson(rows, daily_sum=daily, first=2).splitlines()
    theirs = out.splitlines()
    if len(ours) != len(theirs):
        fail("lines", str(len(ours)), str(len(theirs)))
    for mine, other in zip(ours, theirs):
        if mine != other:
            fail("as mappings", mine, other)
    table = pyarrow.table({name: [row[name] for row in rows] for name in rows[0]})
    made = tidewaiter.assess(table, rulebook=book, daily_sum=daily, detail=False, **own)
    for mine, other in zip(flat_rows(made.to_pylist()), map(tidewaiter.answers.read_finding, theirs),
                           strict=True):
        wanted = (other.id, other.status, other.duty and other.duty.amount,
                  other.fees and other.fees.amount)
        seen = (mine["id"], mine["status"], mine["duty"], mine["fees"])
        if seen != wanted:
            fail("as a table", repr(seen), repr(wanted))


def main():
    words = sys.argv[1:]
    given = sys.stdin.buffer.read()
    done = subprocess.run([PROGRAM, *words], input=given, capture_output=True, check=False)
    sys.stdout.buffer.write(done.stdout)
    sys.stdout.flush()
    sys.stderr.buffer.write(done.stderr)
    options = options_of(words[1:]) if words[:1] == ["assess"] else None
    if options is not None and done.returncode in (0, 1) and given.strip():
        compare(given.decode("utf-8"), done.stdout.decode("utf-8"), options)
    log = os.environ.get("TIDEWAITER_BOTH")
    if log:
        with open(log, "a", encoding="utf-8") as file:
            file.write(("compared " if options is not None else "passed over ")
                       + " ".join(words[:6]) + "\n")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
