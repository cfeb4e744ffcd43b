#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refunds of the library: its answers, totals and files to upload are the program's.

    library.py REFUNDS TIDEWAITER ENTRIES
"""
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import check, equal, finish, run, write  # noqa: E402

LIBRARY, PROGRAM, ENTRIES = (os.path.abspath(path) for path in sys.argv[1:4])
DAY, TO = "2026-05-18", "2026-07-02"


def folder_of(path):
    return {name: open(os.path.join(path, name), "rb").read() for name in sorted(os.listdir(path))}


def same(work, what, files, results=(), fact=None, to=TO):
    totals, ours, theirs = (os.path.join(work, what + end) for end in (".totals", ".ours", ".cape"))
    options = ["--as-of", DAY, "--format", "ndjson", "--totals", totals, "--cape", theirs]
    options += [word for file in results for word in ("--results", file)]
    options += ["--fact", fact] if fact else []
    options += ["--interest-to", to] if to else []
    program = run(PROGRAM, "refund", *files, *options)
    library = run(LIBRARY, DAY, to or "-", fact or "-", ours, *files, *results)
    check(program.code in (0, 1) and library.code == 0, f"{what}: both answer",
          program.err + library.err)
    answers, _, sums = library.out.partition("--\n")
    equal(answers, program.out, f"{what}: the answers")
    check(answers.count("\n") >= 1, f"{what}: there are answers")
    with open(totals, encoding="utf-8") as file:
        equal(sums, file.read(), f"{what}: the totals")
    equal(folder_of(ours), folder_of(theirs), f"{what}: the files to upload")
    return library


def refused(what, says, *words):
    done = run(LIBRARY, *words)
    check(done.code == 2 and says in done.err, what, done.err)


with tempfile.TemporaryDirectory(prefix="tidewaiter-refund-") as work:
    same(work, "entries", [ENTRIES])
    same(work, "no end of interest", [ENTRIES], to=None)
    same(work, "a fact", [ENTRIES], fact="drawback=no")
    with open(ENTRIES, encoding="utf-8") as file:
        header, *rows = file.read().splitlines()
    halves = [write(os.path.join(work, f"half{i}.csv"), "\n".join([header, *rows[i::2], ""]))
              for i in (0, 1)]
    same(work, "rows of an entry in two files", halves)
    results = write(os.path.join(work, "results.csv"),
                    "ENTRY_NUMBER,CLAIM_NUMBER,STATUS,ERROR_DESCRIPTION\n"
                    '"=""Z9Z70000115""",C1,Accepted,\n')
    same(work, "results", [ENTRIES], [results])
    bad = write(os.path.join(work, "bad.csv"), header + ",colour\n" + rows[0] + ",red\n" + '"\n')
    done = same(work, "faults", [bad])
    check(f"{bad}:3:" in done.err and "not read: colour" in done.err, "faults have their place",
          done.err)
    refused("a day", "is not a day: write one like", "2026-99", "-", "-", "-", ENTRIES)
    refused("a fact", "drawback is", DAY, "-", "drawback=maybe", "-", ENTRIES)
    refused("no header", "no row names the columns", DAY, "-", "-", "-", write(os.path.join(work, "x.csv"), "a,b\n"))
sys.exit(finish())
