#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The law of the package, its chemicals and its timelines are the program's, and every member has a place."""
import dataclasses
import datetime
import decimal
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
    # what a build without structures does not examine it says
    for name, said in (("4-piperidinamine, N-phenyl-", True), ("acetone, 99%, drums", False),
                       ("cotton shirts", False), ("fentanyl", False)):
        made = tidewaiter.duty("2933.39.92.00", "CN", "2025-07-01", "100", description=name)
        check(any(text.startswith("structure-absent: ") for text in made.warnings) == said, name, made.json)
        check(not said or made.lane != "green", f"{name}: its lane", made.lane)


def timelines():
    """The steps are the program's, step by step, and every member has a place."""
    for words, own in ((["--hts", "9503.00.00.90", "--origin", "CN", "--value", "54", "--channel", "express",
                         "--until", "2025-06-01"], {"value": "54", "channel": "express", "until": "2025-06-01"}),
                       (["--hts", "9503.00.00.90", "--origin", "CN", "--from", "2025-03-01", "--until",
                         "2026-03-01", "--every", "month", "--claim", "usmca=no"],
                        {"from_": datetime.date(2025, 3, 1), "until": datetime.date(2026, 3, 1),
                         "every": "month", "claims": {"usmca": False}}),
                       (["--hts", "9503.00.00.90", "--origin", "CN", "--until", "2025-11-20", "--announced",
                         "--events"], {"until": "2025-11-20", "announced": True, "events": True})):
        text = run(PROGRAM, "--no-config", "timeline", *words, "--format", "ndjson").out
        made = tidewaiter.timeline("9503.00.00.90", "CN", **own)
        check(len(made) > 5, "there are steps", len(made))
        equal([row.json for row in made.rows], text.splitlines(), f"timeline {words}")
        check((len(made.marks) > 20) == ("--events" in words), "marks where they are asked for", made.marks)
        equal({mark.mark for mark in made.marks},
              {"announced", "event"} if "--events" in words else set(), "of both kinds")
        for mark in made.marks:
            places(mark, mark.raw, "a mark")
        for step in made:
            places(step, {name: one for name, one in step.raw.items() if name != "mark"}, "a step")
            equal(step.duty.amount, decimal.Decimal(step.raw["duty"]["amount"]), "its amount")
            for move, row in zip(step.moved, step.raw["moved"], strict=True):
                places(move, row, "a move")
            if step.before is not None:
                places(step.before, step.raw["before"], "the step before")
    refused = raises(tidewaiter.Refused, lambda: tidewaiter.timeline("9503.00.00.90", "Nowhereland"), "a line")
    check("Nowhereland" in str(refused) and refused.reason, "why a line is refused", refused)
    for own in ({"from_": "soon"}, {"from_": "2025-06-01", "until": "2025-05-01"}, {"every": "year"}):
        raises(tidewaiter.ArgumentError, lambda own=own: tidewaiter.timeline("9503.00.00.90", "CN", **own), own)


law()
chemicals()
timelines()
sys.exit(finish())
