#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same random lines through CSV and the program, and through Arrow and the library, give the
same findings: the flat columns, and of some sets all that NDJSON says.

    differential.py BUILD [LINES [SEED]]      needs pyarrow
"""
import csv
import decimal
import json
import os
import re
import subprocess
import sys
import tempfile

import pyarrow as pa

import lines
from tidewaiter_arrow import Library

SET = 10000  # lines of one set
MONEY = ("duty", "duty_least", "duty_greatest", "refundable", "fees", "taxes")
PLACE = re.compile(r"^line \d+: ")


def program(path, program_, options, form):
    done = subprocess.run([program_, "assess", "--no-config", "--quiet", "--format", form]
                          + (["--only-answers"] if form == "csv" else []) + options + [path],
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{path}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def flat(name, cells):
    """A column of CSV as Arrow has it."""
    if name in MONEY:
        return [decimal.Decimal(cell) if cell else None for cell in cells]
    if name == "warnings":
        cells = [PLACE.sub("", cell) for cell in cells]
    return [cell or None for cell in cells]


def first_unlike(wanted, batch, row):
    """The first row of a batch of which a flat column is not that of CSV, and how."""
    for name, column in wanted.items():
        cells, have = column[row:row + batch.num_rows], batch.column(name).to_pylist()
        if cells != have:
            at = next(i for i, (a, b) in enumerate(zip(cells, have)) if a != b)
            return at, f"{name}: {cells[at]!r} by CSV, {have[at]!r} by Arrow"
    return None, None


def money(text):
    return None if text is None else decimal.Decimal(text)


def remark(text):
    return dict(zip(("code", "text"), text.split(": ", 1))) if ": " in text else \
        {"code": None, "text": text}


def instant(value):
    return None if value is None else int(value.timestamp())


def instant_of(text):
    import datetime
    return None if text is None else int(datetime.datetime.fromisoformat(text).timestamp())


def pick(row, *names):
    return {name: row.get(name) or None for name in names}


def nested_of(finding):
    """What NDJSON says, in the form of `detail`."""
    duty, fees = finding.get("duty") or {}, finding.get("fees") or {}
    said = {name: finding.get(name) for name in ("reason", "column", "text", "into", "origin",
                                                 "entry_type")}
    said["column"] = said["column"] or None
    if finding["status"] == "refused":
        said = {**dict.fromkeys(said), **{n: said[n] for n in ("reason", "column", "text")}}
    else:
        said["hts"] = finding.get("hts")
        said["entered"] = instant_of(finding.get("entered"))
        said["changes_on"] = instant_of(finding.get("changes_on"))
        for name in ("amount", "additional", "relieved", "refundable"):
            said[name] = money(duty.get(name))
        if said["amount"] is None:
            said["relieved"] = None
        exemption = finding.get("de_minimis")
        said["de_minimis"] = exemption and {"eligible": exemption["eligible"],
                                            "reason": exemption.get("reason") or None,
                                            "by": exemption["by"]}
    said["layers"] = [{**pick(layer, "kind", "program", "heading", "rate", "part", "confidence"),
                       "headings": layer.get("headings", []), "by": layer["by"],
                       "on": money(layer.get("on")), "amount": money(layer.get("amount")),
                       "over_base": money(layer.get("over_base")),
                       "shipment": money((layer.get("shipment") or {}).get("amount")),
                       "void": layer.get("void", False)} for layer in duty.get("lines", [])]
    said["exclusions"] = [{**pick(one, "program", "to", "part", "heading"), "by": one["by"]}
                          for one in duty.get("excluded", [])]
    said["fees"] = [{"fee": fee["fee"], "amount": money(fee["amount"]), "by": fee["by"],
                     "shipment_amount": money((fee.get("shipment") or {}).get("amount"))}
                    for fee in fees.get("lines", [])]
    said["taxes"] = [{**pick(one, "tax", "rate"), "by": one["by"],
                      "amount": money(one["amount"]), "on": money(one["on"])}
                     for one in (finding.get("taxes") or {}).get("lines", [])]
    orders = finding.get("adcvd")
    said["adcvd"] = orders and {
        **pick(orders, "declared", "says", "incomplete"), "by": orders["by"],
        "deposit": money(orders["deposit"]),
        "orders": [{**pick(one, "case", "kind", "state", "product", "cite", "confidence", "rate",
                           "rate_by"), "claimed": one.get("claimed", False),
                    "all_others": one.get("all_others", False), "deposit": money(one.get("deposit"))}
                   for one in orders["orders"]]}
    said["choices"] = [{**pick(one, "claim", "is", "program", "heading", "rate"), "by": one["by"],
                        **{n: money(one[n]) for n in ("amount", "relieved", "refundable")}}
                       for one in duty.get("choices", [])]
    said["substances"] = [pick(one, "substance", "matched", "how", "field", "certainty",
                               "conditions", "note") for one in finding.get("substances", [])]
    said["controls"] = [{**pick(one, "substance", "jurisdiction", "list", "list_en", "code",
                                "direction", "since", "until", "threshold", "requirement",
                                "status", "undecided", "confidence"), "by": one["by"],
                         "prohibited": one.get("prohibited", False)}
                        for one in finding.get("controls", [])]
    said["missing"] = [remark(text) for text in finding.get("missing", [])]
    said["warnings"] = [remark(text) for text in finding.get("warnings", [])]
    return said


def same_nested(wanted, got):
    """All that `wanted` names is in `got`."""
    for name, value in wanted.items():
        have = got[name]
        if name in ("entered", "changes_on"):
            have = instant(have)
        if isinstance(value, list):
            if len(value) != len(have):
                return f"{name}: {len(value)} by NDJSON, {len(have)} by Arrow"
            for one, other in zip(value, have):
                if isinstance(one, dict):
                    wrong = same_nested(one, other)
                    if wrong:
                        return f"{name}: {wrong}"
                elif one != other:
                    return f"{name}: {one!r} by NDJSON, {other!r} by Arrow"
        elif isinstance(value, dict):
            wrong = same_nested(value, have) if have else "nothing by Arrow"
            if wrong:
                return f"{name}: {wrong}"
        elif value != have:
            return f"{name}: {value!r} by NDJSON, {have!r} by Arrow"
    return None


def split(folder, made, batches):
    """The lines as one file, or as one for each batch."""
    counts = [batch.num_rows for batch in batches] if batches else [None]
    paths, first = [], 0
    for count in counts:
        paths.append(os.path.join(folder, f"{first}.csv"))
        lines.write_csv(made, paths[-1], first, count)
        first += count or 0
    return paths


def hold_kept(batch, given, arrow, seed):
    """The columns that are kept are those of the input."""
    for name in given.schema.names if arrow.get("keep") else []:
        kept = batch.column("input_" + name if name == "id" else name)
        if kept.type != given.column(name).type or \
                kept.to_pylist() != given.column(name).to_pylist():
            raise SystemExit(f"seed {seed}: the column {name} was not kept as it is")


def compare(folder, made, seed, library, program_, options, arrow):
    """One set; the number of its lines that were refused."""
    whole = arrow.get("whole_batches")
    schema, batches = lines.batches(made, seed, (1, 300, 900) if whole else
                                    (0, 1, 7, 64, 1000, 5000))
    reader = pa.RecordBatchReader.from_batches(schema, batches)
    files = split(folder, made, batches if whole else None)
    names, *rows = [row for i, path in enumerate(files) for row in
                    list(csv.reader(program(path, program_, options, "csv").splitlines(True)))
                    [1 if i else 0:]]
    wanted = {name: flat(name, cells) for name, cells in zip(names, zip(*rows))}
    nested = None if arrow.get("flat") else \
        [json.loads(line) for path in files
         for line in program(path, program_, options, "ndjson").splitlines()]
    got, row = 0, 0
    for batch, given in zip(library.assess(reader, **arrow), batches):
        if batch.num_rows != given.num_rows:
            raise SystemExit(f"seed {seed}: {batch.num_rows} answers of {given.num_rows} rows")
        batch.validate(full=True)
        hold_kept(batch, given, arrow, seed)
        at, wrong = first_unlike(wanted, batch, row)
        for i, detail in enumerate(batch.column("detail").to_pylist() if nested else []):
            if not wrong:
                at, wrong = i, same_nested(nested_of(nested[row + i]), detail)
        if wrong:
            cells = {name: column[0][row + at] for name, column in made.items()}
            raise SystemExit(f"seed {seed}, row {row + at + 1} {cells}\n{options} {arrow}\n{wrong}")
        got += batch.column("status").to_pylist().count("refused")
        row += batch.num_rows
    if row != len(rows):
        raise SystemExit(f"seed {seed}: {len(rows)} answers by CSV, {row} by Arrow")
    return got


def main():
    program_, library = os.path.join(sys.argv[1], "cli", "tidewaiter"), Library(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    done = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        while done < count:
            size = min(SET if seed % 4 and seed % 5 else SET // 5, count - done)
            whole = seed % 15 in (0, 8)
            shipments, daily = seed % 3 == 0 or whole, seed % 6 == 0
            # Each batch is a file of its own then, and decides on its decimal mark; a stream does once.
            made = lines.make(seed, size, shipments=shipments, bad=0.002 if seed % 2 else 0.05,
                              points=whole)
            arrow = {"flat": seed % 4 != 0, "daily_sum": daily,
                     "memory": 4096 if seed % 9 == 0 else 0, "whole_batches": whole}
            options = ["--daily-sum"] if daily else []
            if seed % 7 == 0:  # columns under names of their own, and one for all lines
                first = next(iter(made))
                made = {name if name != first else "theirs": column for name, column in made.items()}
                asked = {"set": ["transport=air", "donation=no"],
                         "map": [f"theirs={lines.ours(first)}"]}
                arrow.update(asked)
                for option, words in asked.items():
                    for word in words:
                        options += [f"--{option}", word]
            if seed % 5 == 0:
                made.update(lines.strangers(seed, size))
                arrow["keep"] = ["*"]
            refused += compare(folder, made, seed, library, program_, options, arrow)
            done += size
            seed += 1
    print(f"{done} lines, {refused} of them refused, have the same findings by CSV and by Arrow")


if __name__ == "__main__":
    main()
