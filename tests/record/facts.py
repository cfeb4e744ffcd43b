#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The record says what the facts say that it was carried over from, and nothing else.

Every figure by series, period, value, unit, source and confidence; every event by day, actors,
kind, source and confidence; every claim by verdict, source and confidence. Skipped, by name, where
the facts are not there.

    facts.py PROGRAM FOLDER
"""
import csv
import json
import os
import re
import sys
from collections import Counter
from decimal import Decimal

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run, skip  # noqa: E402

PROGRAM, FACTS = sys.argv[1:3]
if "TIDEWAITER_SHARED" in os.environ:
    FACTS = os.path.join(os.environ["TIDEWAITER_SHARED"], "facts")
FILES = ("events.tsv", "events-2.tsv", "indicators.tsv", "indicators-2.tsv",
         "claims-of-the-news.tsv")
# One unit a series: the facts have deaths beside persons, and billions beside single dollars.
UNITS = {"deaths": "persons", "billion_USD": "billion USD", "billion_MXN": "billion MXN",
         "metric_ton": "metric ton"}
KINDS = {"record": "figure"}
ACTORS = {"platform": "platforms"}
VERDICTS = {"right with a nuance": "right, with a nuance"}


def table(name):
    with open(os.path.join(FACTS, name), encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows(what, *more):
    done = run(PROGRAM, "--no-config", "record", what, *more, "--format", "ndjson")
    equal(done.code, 0, f"record {what}: {done.err[:200]}")
    return [json.loads(line, parse_float=Decimal) for line in done.out.splitlines()]


def address(text):
    """A repository and a path stand as their address; the list of editions as its publisher's."""
    if text.startswith("http"):
        return text
    if match := re.match(r"([\w.-]+/[\w.-]+):(\S+)", text):
        return f"https://github.com/{match[1]}/blob/HEAD/{match[2]}"
    return "https://hts.usitc.gov/" if "usitc" in text else None


def same(found, wanted, what):
    for row in (Counter(wanted) - Counter(found)).elements():
        check(False, f"{what}: the facts have it, the record does not", str(row))
    for row in (Counter(found) - Counter(wanted)).elements():
        check(False, f"{what}: the record has it, the facts do not", str(row))
    check(len(found) >= 10, f"{what}: {len(found)} of them")


def figure(row):
    value, unit = Decimal(row["value"]), UNITS.get(row["unit"], row["unit"])
    if row["series"] == "us_de_minimis_value" and unit == "billion USD":
        value, unit = value * 10 ** 9, "USD"
    return (row["series"], row["period_start"], row["period_end"], value, unit,
            address(row["source_url"]), row["confidence"])


def test_figures():
    names = [row["series"] for row in rows("series")]
    found = [(row["series"], row["first"], row["last"], Decimal(row["value"]), row["unit"],
              row["url"], row["confidence"]) for row in rows("series", *names)]
    same(found, [figure(row) for name in FILES[2:4] for row in table(name)], "figures")
    # A day of publication that a note of the facts names is that of the record.
    published = {(row["series"], row["first"], row["last"], Decimal(row["value"])):
                 row["published"] for row in rows("series", *names)}
    seen = 0
    for name in FILES[2:4]:
        for row in table(name):
            match = re.search(r"(?:^|; |, )(?:vintage: )?(?:[a-z]+, )?published (\d{4}-\d\d-\d\d)",
                              row["note"])
            if match:
                seen += 1
                equal(published[figure(row)[:4]], match[1], f"published: {figure(row)[:3]}")
    check(seen >= 8, f"days of publication in the facts: {seen}")


def test_events():
    found = [(row["date"], ",".join(row["actors"]), row["kind"], row["url"], row["confidence"])
             for row in rows("events")]
    wanted = [(row["date"], ACTORS.get(row["actor"], row["actor"]),
               KINDS.get(row["kind"], row["kind"]), address(row["source_url"]), row["confidence"])
              for name in FILES[:2] for row in table(name)]
    same(found, wanted, "events")
    texts = {row["summary"] for name in FILES[:2] for row in table(name)}
    for row in rows("events"):
        check(row["summary"] not in texts, f"the sentence is its own: {row['event']}")


def test_claims():
    done = run(PROGRAM, "--no-config", "record", "news", "--format", "ndjson")
    found = [(row["claim"], row["verdict"], row["url"], row["confidence"])
             for row in map(json.loads, done.out.splitlines())]
    same(found, [(row["id"], VERDICTS.get(row["verdict"], row["verdict"]),
                  row["source_url"] or None, row["confidence"])
                 for row in table(FILES[4])], "claims")


def main():
    missing = [name for name in FILES if not os.path.exists(os.path.join(FACTS, name))]
    if missing:
        skip(f"{', '.join(missing)}: not there")
    test_figures()
    test_events()
    test_claims()
    return finish()


sys.exit(main())
