#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""With --as-known-on DAY no answer cites an act that was not public on that day.

    known.py PROGRAM LAW [LINES]

Lines are made up, the same ones in every run: goods of the schedule and chemicals, all
importing countries, days on both sides of the day of knowledge. Every id that stands under a
"by" anywhere in an answer is held against the day on which law/*/instruments says that the act
could be known.
"""
import glob
import json
import os
import random
import re
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run, write  # noqa: E402

PROGRAM, LAW = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
LINES = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
DAYS = ["2025-01-15", "2025-04-07", "2025-06-25", "2025-07-15", "2025-09-01", "2025-12-01",
        "2026-03-01", "2026-09-21"]


def acts():
    """The day of each act, as its file writes it."""
    days = {}
    for path in glob.glob(os.path.join(LAW, "*", "instruments", "*.yaml")):
        name = None
        with open(path, encoding="utf-8") as file:
            for line in file:
                key = re.match(r"  (\S+):\s*$", line)
                known = re.match(r"    known: [\"']?(\d{4}-\d\d-\d\d)", line)
                if key:
                    name = key.group(1)
                if known:
                    days[name] = known.group(1)
    return days


def table(path):
    with open(os.path.join(LAW, path), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [dict(zip(lines[0], cells)) for cells in lines[1:]]


def lines(dice):
    goods = [row["code"] for row in table("us/schedule.tsv") if len(row["code"]) == 10]
    names = [row["name"] for row in table("substances/names.tsv")]
    yield "id,into,hts,origin,entered,value,channel,weight,description"
    for i in range(LINES):
        into = dice.choice(["US", "US", "US", "CN", "CA"])
        code = dice.choice(goods)
        origin = dice.choice(["CN", "IN", "MX", "CA", "DE", "VN", "JP", "BR"]) if into == "US" \
            else "US"
        day = "%d-%02d-%02d" % (dice.choice([2025, 2026]), dice.randint(1, 10), dice.randint(1, 9))
        name = dice.choice(names) if i % 2 else "goods"
        yield ",".join([str(i), into, code if into == "US" else code[:6], origin, day,
                        str(dice.randint(1, 5000)),
                        dice.choice(["commercial", "express", "postal"]),
                        str(dice.randint(1, 900)), '"%s"' % name.replace('"', '""')])


def cited(answer):
    """Every id under a key "by"."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            if key == "by":
                yield from [value] if isinstance(value, str) else value
            else:
                yield from cited(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from cited(value)


def main():
    known, citations = acts(), 0
    with tempfile.TemporaryDirectory() as folder:
        path = write(os.path.join(folder, "lines.csv"), "\n".join(lines(random.Random(6))) + "\n")
        for day in DAYS:
            done = run(PROGRAM, "assess", "--format", "ndjson", "--law", LAW, "--as-known-on", day,
                       path)
            if done.code not in (0, 1):
                sys.exit(done.err)
            answers = [json.loads(line) for line in done.out.splitlines()]
            check(len(answers) == LINES, f"{day}: {len(answers)} answers, not {LINES}")
            for answer in answers:
                for act in cited(answer):
                    citations += 1
                    check(known.get(act, "9") <= day, f"{day}: line {answer['id']} cites {act}",
                          f"known {known[act]}" if act in known else "it is in no file of acts")
    check(citations, "acts are cited")
    return finish(f"{LINES} lines on {len(DAYS)} days: {citations} citations")


if __name__ == "__main__":
    sys.exit(main())
