#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The law as tables, for an extension that holds them: what the program lists, as cells.

    tables.py PROGRAM OUT

OUT has a part for each table: a line with its name behind a record mark, a line of its columns
(NAME:TYPE, by tabs) and a line a row. Types: t text, l a list of texts (by unit marks), d a day,
i an instant in seconds, f a flag. An empty cell is NULL.
"""
import datetime
import json
import re
import subprocess
import sys

# Every day that a measure or a control may begin or end on.
FIRST, LAST = "1900-01-01", "2100-12-31"
RECORD, UNIT = "\x1e", "\x1f"
# What law.h has room for.
COLUMNS, NAME = 48, 39


def ask(program, *words):
    done = subprocess.run([program, "--no-config", *words, "--format", "ndjson"],
                          capture_output=True, text=True, encoding="utf-8", check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or not rows:
        sys.exit(f"{program} {' '.join(words)}: {done.stderr}")
    return rows


def instant(text):
    return text and str(int(datetime.datetime.fromisoformat(text).timestamp()))


def cell(value, kind):
    if value is None:
        return ""
    if kind == "l":
        # Some lists say in words what they stand for: "all but CA, MX".
        return UNIT.join([value] if isinstance(value, str) else value)
    if kind == "f":
        return "1" if value else "0"
    if kind == "i":
        return instant(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def written(name, columns, rows):
    if len(columns) > COLUMNS or max(len(column) for column, _ in columns) > NAME:
        sys.exit(f"tables.py: {name} has {len(columns)} columns, or a name too long for law.h")
    out = [RECORD + name, "\t".join(":".join(column) for column in columns)]
    for row in rows:
        unknown = set(row) - {column for column, _ in columns}
        if unknown:
            sys.exit(f"tables.py: {name} has no column for {', '.join(sorted(unknown))}")
        cells = [cell(row.get(column), kind) for column, kind in columns]
        if any(mark in text for text in cells for mark in "\t\n\r" + RECORD):
            sys.exit(f"tables.py: {name}: a cell holds a mark: {cells}")
        if any(mark in text for (_, kind), text in zip(columns, cells) for mark in '"\\'
               if kind == "l"):
            sys.exit(f"tables.py: {name}: a text of a list holds a quote: {cells}")
        out.append("\t".join(cells))
    return "\n".join(out) + "\n"


def flat(row, *names):
    """Members of members as columns of their own: from.at as from_at."""
    made = {key: value for key, value in row.items() if key not in names}
    for name in names:
        for key, value in (row.get(name) or {}).items():
            made[f"{name}_{key}"] = value
    return made


def law(program):
    rows = [flat(row, "from", "until") for row in
            ask(program, "law", "list", "--on", f"{FIRST[:7]}..{LAST[:7]}")]
    columns = [("id", "t"), ("program", "t"), ("kind", "t"), ("into", "t"), ("title", "t"),
               ("heading", "t"), ("heading_reached", "t"), ("rate", "t"), ("origins", "l"),
               ("scope", "t"), ("when", "t"), ("from_at", "i"), ("from_by", "t"),
               ("until_at", "i"), ("until_by", "t"), ("confidence", "t"), ("note", "t")]
    known = {column for column, _ in columns}
    left = sorted({key for row in rows for key in row} - known)
    return written("law", columns + [(name, "t") for name in left], rows)


def last_day(program):
    """The last day that the law covers: the lists that are in force on it are the newest."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return re.search(r"\d{4}-\d\d-\d\d", done.stdout)[0]


def substances(program):
    rows = []
    for row in ask(program, "substance", "--list", "--on", last_day(program)):
        lists = row.pop("lists")
        row.pop("matched", None)
        rows += [{**row, **one} for one in lists or [{}]]
    columns = [("substance", "t"), ("name", "t"), ("kind", "t"), ("family", "t"),
               ("jurisdiction", "t"), ("list", "t"), ("list_en", "t"), ("by_class", "t")]
    return written("substances", columns, rows)


def changes(program):
    rows = []
    for row in ask(program, "law", "diff", FIRST, LAST):
        row = flat(row, "before", "after")
        row["day"] = row.get("day") or row["at"][:10]
        row["by"] = [row["by"]] if isinstance(row.get("by"), str) else row.get("by")
        rows.append(row)
    columns = [("day", "d"), ("at", "i"), ("into", "t"), ("what", "t"), ("program", "t"),
               ("text", "t"), ("origins", "l"), ("before_measure", "t"), ("before_rate", "t"),
               ("after_measure", "t"), ("after_rate", "t"), ("by", "l"), ("announced", "d"),
               ("retroactive", "f"), ("substance", "t"), ("name", "t"), ("jurisdiction", "t"),
               ("list", "t"), ("code", "t"), ("requirement", "t")]
    known = {column for column, _ in columns}
    kinds = {}
    for row in rows:
        for key in sorted(set(row) - known):
            kinds[key] = {list: "l", bool: "f"}.get(type(row[key]), "t")
    return written("changes", columns + sorted(kinds.items()), rows)


def main():
    program, out = sys.argv[1:]
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        file.write(law(program) + substances(program) + changes(program))


main()
