#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The law of the package and its chemicals are the program's, and every member has a place."""
import dataclasses
import json
import sys

import tidewaiter
from common import PROGRAM, check, equal, finish, raises, run


def program(*words):
    return json.loads(run(PROGRAM, "--no-config", *words, "--format", "json").out)


def places(made, raw, what):
    """What the JSON has, the object has."""
    names = {field.name.rstrip("_") for field in dataclasses.fields(made)}
    check(set(raw) - {"schema"} <= names, f"{what}: every member has a place", set(raw) - names)


def law():
    for words, own in ((["2025-04-09", "2025-04-11"], {}),
                       (["2025-08-01", "2025-08-10", "--origin", "IN", "--into", "US"],
                        {"origin": "IN", "into": "US"}),
                       (["2024-09-01", "2024-09-01"], {})):
        made = program("law", "diff", *words)
        rows = [*made["changes"], *made.get("chemicals", ()), *made.get("refunds", ())]
        ours = tidewaiter.law.diff(*words[:2], **own)
        equal([row.raw for row in ours], rows, f"law diff {words}")
        for row in ours:
            places(row, row.raw, "a change")
    made = program("law", "list", "--on", "2025-05-02", "--origin", "CN", "--hts", "6109.10.00.12")
    ours = tidewaiter.law.list("2025-05-02", origin="CN", hts="6109.10.00.12")
    check(len(ours) > 3, "there are measures", len(ours))
    equal([row.raw for row in ours], made["measures"], "law list")
    for row in ours:
        places(row, row.raw, "a measure")
    raises(tidewaiter.ArgumentError, lambda: tidewaiter.law.list(kind="nothing"), "a kind")


def chemicals():
    for name, words, own in (("acetone", [], {}), ("1-boc-4-ap", [], {}), ("nothing at all", [], {}),
                             ("fentanyl", ["--from", "CN", "--into", "US", "--weight", "1kg"],
                              {"from_": "CN", "into": "US", "weight": "1kg"})):
        text = run(PROGRAM, "--no-config", "substance", name, "--on", "2025-08-01", *words,
                   "--format", "ndjson").out
        made = tidewaiter.substance(name, on="2025-08-01", **own)
        equal(made.json, text.rstrip("\n"), f"substance {name}")
        raw = json.loads(text)
        places(made, raw, "an inquiry")
        for found, one in zip(made.substances, raw["substances"], strict=True):
            places(found, one, "a substance")
            for control, row in zip(found.controls, one["controls"], strict=True):
                places(control, row, "a control")
    raises(tidewaiter.ArgumentError, lambda: tidewaiter.substance("acetone", on="soon"), "a day")


law()
chemicals()
sys.exit(finish())
