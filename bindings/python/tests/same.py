#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The package says what the program says: of generated lines, as mappings byte for byte, as a table
cell for cell; by themselves, with shipments, with the sum of a person's day; and of all cases.

    TIDEWAITER_PROGRAM=... same.py [LINES]
"""
import csv
import io
import itertools
import json
import os
import re
import sys
import tempfile

import pyarrow
import tidewaiter
from common import PROGRAM, ROOT, as_cells, check, equal, finish, raises, run

sys.path += [os.path.join(ROOT, "tests", folder) for folder in ("arrow", "sql")]
import differential  # noqa: E402
import findings  # noqa: E402

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
PART = 20_000
HERE = os.path.dirname(os.path.abspath(__file__))


def generated(*options):
    return run(sys.executable, os.path.join(ROOT, "bench", "generate.py"), *options).out


def rows_of(text):
    return csv.DictReader(io.StringIO(text))


def table_of(text):
    """All columns as texts, in batches as a file would be read."""
    schema = pyarrow.schema([(name, pyarrow.string()) for name in text.split("\n", 1)[0].split(",")])
    rows, batches = rows_of(text), []
    while part := list(itertools.islice(rows, PART)):
        batches.append(pyarrow.RecordBatch.from_pylist(part, schema))
    return pyarrow.Table.from_batches(batches, schema)


def first_difference(ours, theirs):
    for number, (mine, other) in enumerate(itertools.zip_longest(ours, theirs), 1):
        if mine != other:
            return f"{number}:\n  package {mine}\n  program {other}"
    return ""


def as_mappings(text, what, *options, **own):
    theirs = run(PROGRAM, "assess", "--format", "ndjson", *options, "-", given=text).out
    assessor = tidewaiter.Assessor()
    if own or "shipment" in text.split("\n", 1)[0]:
        ours = assessor.ndjson(list(rows_of(text)), first=2, **own)
    else:
        made, rows, number = [], rows_of(text), 2
        while part := list(itertools.islice(rows, PART)):
            made.append(assessor.ndjson(part, first=number))
            number += len(part)
        ours = "".join(made)
    different = "" if ours == theirs else first_difference(ours.splitlines(), theirs.splitlines())
    check(ours == theirs and theirs, f"{what} as mappings", different)
    finding = json.loads(theirs.splitlines()[0])
    equal(tidewaiter.answers.read_finding(theirs.splitlines()[0]).raw, finding, "raw is the JSON")


def as_a_table(text, what, *options, **own):
    theirs = run(PROGRAM, "assess", "--format", "csv", "--only-answers", *options, "-", given=text).out
    names = theirs.split("\n", 1)[0].split(",")
    made = tidewaiter.assess(table_of(text), detail=False, **own)
    equal(made.column_names, names, f"{what}: the columns of the program's CSV")
    ours = (as_cells(row) for batch in made.to_batches() for row in batch.to_pylist())
    # A refusal names the line of the file; a table has none.
    wanted = ({**row, "warnings": re.sub(r"^line \d+: ", "", row["warnings"])}
              for row in rows_of(theirs))
    different = first_difference(ours, wanted)
    check(not different, f"{what} as a table", different)


def of_cases():
    """Every call that the runner of the cases makes of the program is made of the package too."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-both-") as work:
        log = os.path.join(work, "calls")
        both = os.path.join(work, "both")
        with open(both, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nexec {sys.executable} {HERE}/both.py \"$@\"\n")
        os.chmod(both, 0o755)
        done = run(sys.executable, os.path.join(ROOT, "tests", "cases", "run.py"), both,
                   TIDEWAITER_BOTH=log, TIDEWAITER_PROGRAM=PROGRAM, TIDEWAITER_EXAMPLES=None)
        with open(log, encoding="utf-8") as file:
            calls = file.read().splitlines()
        check(done.code == 0, "all cases", (done.out + done.err)[-3000:])
        compared = [call for call in calls if call.startswith("compared")]
        check(len(compared) > 5, "the cases were compared", calls)
        # Exports of entries are files of a report: see of_exports.
        for call in calls:
            check(call in compared or "--keep" in call, "nothing else is passed over", call)


def as_columns(group, own, left_out):
    """Every column of a table of a group, the flat ones beside the program's CSV, `detail` beside
    all that its NDJSON says; but for the lines that are left out."""
    with open(group.path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = ["--daily-sum"] if own.get("daily_sum") else []
    words += ["--rulebook", group.options["rulebook"]] if "rulebook" in group.options else []
    theirs = run(PROGRAM, "assess", "--format", "csv", "--only-answers", *words, group.path).out
    table = pyarrow.table({name: [row[name] for row in rows] for name in rows[0]})
    made = [row for row in tidewaiter.assess(table, **own).to_pylist() if row["id"] not in left_out]
    wanted = [row for row in rows_of(theirs) if row["id"] not in left_out]
    different = first_difference(
        (as_cells({name: value for name, value in row.items() if name != "detail"}) for row in made),
        ({**row, "warnings": re.sub(r"^line \d+: ", "", row["warnings"])} for row in wanted))
    check(not different, f"{group.name}: {len(made)} lines as columns", different)
    answers = [answer for text in group.answers if (answer := json.loads(text))["id"] not in left_out]
    wrong = [(row["id"], why) for row, answer in zip(made, answers, strict=True)
             if (why := differential.same_nested(differential.nested_of(answer), row["detail"]))]
    check(not wrong, f"{group.name}: {len(made)} lines in detail", f"{len(wrong)} differ: {wrong[:2]}")


OF_STRUCTURES = {"substances", "controls", "lane", "warnings"}


def by_structure(group, ours):
    """The ids of lines with a systematic name, which the program reads to a structure, and of which the
    package, which reads none, says so. All but what is said of chemicals is the same."""
    found = set()
    for mine, other in zip(ours, group.answers, strict=True):
        if mine == other:
            continue
        one, two = json.loads(mine), json.loads(other)
        members = {name for name in {*one, *two} if one.get(name) != two.get(name)}
        is_said = any(text.startswith("structure-absent: ") for text in one.get("warnings", ()))
        if tidewaiter.STRUCTURES or not members <= OF_STRUCTURES or not is_said or one["lane"] == "green":
            check(False, f"{group.name}: a line", f"\n  package {mine}\n  program {other}")
            return found
        found.add(one["id"])
    return found


def of_groups():
    """All lines of the cases, as the databases are asked for them: goods, routes, quantities, codes
    that were renumbered, refusals."""
    left_out = lines = 0
    with tempfile.TemporaryDirectory(prefix="tidewaiter-cases-") as work:
        for group in findings.case_groups(PROGRAM, work, structures=tidewaiter.STRUCTURES):
            own = {name: True for name in group.options if name == "daily_sum"}
            if "rulebook" in group.options:
                own["rulebook"] = tidewaiter.Rulebook(group.options["rulebook"])
            with open(group.path, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            ours = tidewaiter.Assessor(own.get("rulebook")).ndjson(
                rows, first=1, daily_sum="daily_sum" in own).splitlines()
            known = by_structure(group, ours)
            check(ours, f"{group.name}: {len(ours)} lines as mappings")
            as_columns(group, own, known)
            lines, left_out = lines + len(ours), left_out + len(known)
    check(left_out * 100 < lines, "few lines have such a name", (left_out, lines))
    print(f"{lines} lines of cases; in {left_out} a systematic name was not examined, and each says so")


def of_exports():
    """An export of entries, in which several rows are one line, is no table of lines: that is said."""
    folder = os.path.join(ROOT, "tests", "cases", "entries")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            table = pyarrow.Table.from_pylist(list(csv.DictReader(file)))
        error = raises(ValueError, lambda: tidewaiter.assess(table), name)
        check("tidewaiter assess" in str(error), f"{name}: who reads it is said", error)


plain, shipments = generated(LINES), generated(LINES // 4, "--shipments")
as_mappings(plain, "lines by themselves")
as_a_table(plain, "lines by themselves")
as_mappings(shipments, "shipments")
as_a_table(shipments, "shipments")
as_mappings(shipments, "a person's day", "--daily-sum", daily_sum=True)
as_a_table(shipments, "a person's day", "--daily-sum", daily_sum=True)
of_cases()
of_groups()
of_exports()
sys.exit(finish())
