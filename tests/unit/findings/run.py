#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What tw_finding_json, tw_finding_csv and tw_totals write is what the program prints, byte for byte.

    run.py WRITE_FINDINGS PROGRAM GENERATE
"""
import json
import pathlib
import subprocess
import sys
import tempfile

WRITER, PROGRAM, GENERATE = sys.argv[1:]
LINES = 3000
SCHEDULE = pathlib.Path(GENERATE).resolve().parents[1] / "law" / "us" / "schedule.tsv"
failed = 0


def run(*words, **options):
    return subprocess.run(words, capture_output=True, check=False, **options)


def expect(name, truth, what=""):
    global failed
    if not truth:
        failed += 1
        print("FAIL", name, what)


def rates():
    """A code of every printed rate, the empty one too: lines of one plan that differ in it."""
    found = {}
    for row in SCHEDULE.read_text(encoding="utf-8").splitlines():
        cells = row.split("\t")
        if cells[0].isdigit() and len(cells[0]) == 8:
            found.setdefault(tuple(cells[1:]), cells[0])
    return sorted(found.values())


def first(ours, theirs):
    for number, (a, b) in enumerate(zip(ours.splitlines(), theirs.splitlines()), 1):
        if a != b:
            return number, a[:300], b[:300]
    return len(ours), len(theirs)


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "lines.csv"
    lines = run(sys.executable, GENERATE, str(LINES)).stdout.decode()
    # Lines that are refused, red, open or long are there too.
    lines += ("r1,9999999999,CN,CN,2025-05-02,express,10,1,No.,1,shirt\n"
              "r2,6109100012,CN,CN,not-a-day,express,10,1,No.,1,shirt\n"
              "r3,7318152000,DE,DE,2025-07-01,commercial,10000,1,No.,1,bolts\n"
              "r4,2933399073,CN,CN,2025-08-01,express,100,1,No.,25,4-piperidone hydrochloride\n"
              "r5,610910,CN,CN,2025-05-02,express,10,1,No.,1,=shirt|bar\n"
              "r7,2922.43.50.00,CN,CN,2026-04-06,postal,167.13,2,No.,0.944,led lamp\n"
              "r8,2922435000,CN,CN,2026-04-06,postal,167.13,2,No.,0.944,led lamp\n"
              "r9,2922.43.50.00,CN,CN,2026-04-06,postal,167.13,2,No.,0.944,led lamp\n"
              "r6,6109100012,CN,CN,2030-05-02,express,10,1,No.,1,shirt\n")
    more = rates() * 2
    lines += "".join(f"s{i},{code},CN,CN,2025-05-02,express,579,1,kg,1,goods\n"
                     for i, code in enumerate(more))
    path.write_text(lines)
    with open(path, "rb") as source:
        ours = run(WRITER, "json", stdin=source)
    theirs = run(PROGRAM, "--no-config", "assess", "--format", "ndjson", str(path))
    expect("json", ours.returncode == 0 and ours.stdout == theirs.stdout,
           (ours.stderr, first(ours.stdout, theirs.stdout)))
    expect("json has all lines", ours.stdout.count(b"\n") == LINES + 9 + len(more))
    with open(path, "rb") as source:
        ours = run(WRITER, "csv", stdin=source)
    theirs = run(PROGRAM, "--no-config", "assess", "--format", "csv", "--only-answers", str(path))
    expect("csv", ours.returncode == 0 and ours.stdout == theirs.stdout,
           (ours.stderr, first(ours.stdout, theirs.stdout)))
    with open(path, "rb") as source:
        ours = run(WRITER, "totals", stdin=source)
    expect("totals", ours.stdout and theirs.stderr.endswith(ours.stdout),
           (ours.stdout, theirs.stderr))
    said = json.loads(run(WRITER, "filed").stdout)["declared"]
    expect("what was filed", (said["amount"], said["lines"]) == ("12.96", [
        {"heading": "6109.10.00.12", "amount": "8.91"}, {"heading": "9903.88.15", "amount": "4.05"},
        {"heading": "9903.01.24", "amount": None}]), said)
    ours = run(WRITER, "refused")
    version = run(PROGRAM, "--version").stdout.split()[1]
    expect("what is refused, and the version", ours.stdout == version + b" 0 wrong\n", ours)
print(f"{LINES} lines, {failed} wrong")
sys.exit(1 if failed else 0)
