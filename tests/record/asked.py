#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The record is asked: vintages by day, news that follow the law, talks that follow the lines,
pictures of equal bytes.

    asked.py PROGRAM LAW
"""
import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as xml
from datetime import datetime, timedelta
from decimal import Decimal

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]
# Mail is exempt until the exemption closes; then what is owed depends on who carried it.
LINES = ("id,hts,origin,entered,value,channel,into\n"
         "a,9503.00.00.73,CN,2025-06-01,1000,,\n"
         "b,9503.00.00.73,CN,2024-06-01,2000,,\n"
         "c,9503.00.00.73,MX,2025-06-01,5000,,\n"
         "d,9503.00.00.73,CN,2025-06-01,,,\n"
         "e,6109.10.00.12,CN,2025-06-01,54,postal,\n"
         "f,8703.23.01.60,US,2025-06-01,30000,,CN\n")


def record(*words, code=0):
    done = run(PROGRAM, "--no-config", "record", *words, NO_COLOR="1")
    equal(done.code, code, f"record {words}: {done.err[:300]}")
    return done


def rows(*words, code=0):
    return [json.loads(line) for line in record(*words, "--format", "ndjson",
                                                code=code).out.splitlines()]


def test_known():
    """As known on a day: what came later is not there, and an earlier figure stands."""
    series = "us_overdose_deaths_synthetic_opioid"
    for day, value in (("2025-07-31", 48422), ("2026-10-01", 48913)):
        found = [row for row in rows("series", series, "--as-known-on", day)
                 if row["first"] == "2024-01-01" and row["last"] == "2024-12-31" and row["stands"]]
        equal([row["value"] for row in found], [value], f"2024 as known on {day}")
    events = rows("events", "--as-known-on", "2025-04-09")
    check(events and max(row["date"] for row in events) == "2025-04-09", "no later event")
    news = rows("news", "--as-known-on", "2025-07-31", code=1)
    answers = {answer["say"]: answer["answer"] for row in news for answer in row["asked"]}
    equal(answers["deaths of 2015 to 2024 by the yearly counts that stand"], "447,306",
          "the toll as it was known")


def test_none():
    """Where nothing is found that is said, in each of the lists."""
    for name, said in (("events", "no event of the record is so"),
                       ("talks", "no step of the talks is so")):
        equal(record(name, "--since", "2100", "--format", "table").out.strip(), said, name)
        equal(rows(name, "--since", "2100"), [], f"{name} as rows")


def changed(folder, file, old, new):
    path = os.path.join(folder, file)
    with open(path, encoding="utf-8") as text:
        was = text.read()
    check(was.count(old) >= 1, f"{file} has {old!r}")
    with open(path, "w", encoding="utf-8") as text:
        text.write(was.replace(old, new, 1))


def test_news():
    """All claims agree with the law; with a law that is changed, those that it answers do not."""
    news = rows("news")
    equal(len(news), 13, "claims")
    asked = [answer for row in news for answer in row["asked"]]
    check(all(answer["agrees"] for answer in asked), "every answer as when it was written")
    law = {row["claim"] for row in news for answer in row["asked"] if answer["from"] == "law"}
    equal(law, {"N01", "N02", "N03", "N04", "N07", "N08"}, "claims that the law answers")
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(LAW, os.path.join(folder, "law"))
        changed(copy, "us/duties/ieepa-fentanyl-cn.yaml", "duty: 20%", "duty: 21%")
        changed(copy, "record/figures.tsv", "2023-09-30\t1050000000", "2023-09-30\t1060000000")
        news = rows("news", "--law", copy, code=1)
        wrong = {row["claim"]: [answer["answer"] for answer in row["asked"] if not answer["agrees"]]
                 for row in news}
        equal({name: answers for name, answers in wrong.items() if answers},
              {"N01": ["21%"], "N02": ["146%", "21%", "31%"], "N05": ["about 1,060,000,000"],
               "N06": ["about 51.4"]}, "what a changed law and figure change")


def owed(folder, lines, at, into):
    """What `assess` answers for the lines, entered at an instant: the amount of each into the
    country, or None where it is not known."""
    path = os.path.join(folder, "entered.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(lines[0]))
        out.writeheader()
        out.writerows({**line, "entered": at} for line in lines)
    done = run(PROGRAM, "--no-config", "assess", path, "--format", "ndjson", "--no-screen")
    answers = [json.loads(line) for line in done.out.splitlines()]
    equal(len(answers), len(lines), f"lines at {at}: {done.err[:200]}")
    return [None if (duty := answer.get("duty")) is None or duty["amount"] is None
            else Decimal(duty["amount"])
            for answer in answers if answer.get("into") == into]


def hold_step(folder, lines, value):
    """One instant of the ladder, against assess of each line a minute before it and at it."""
    at = datetime.fromisoformat(value["at"])
    before = owed(folder, lines, (at - timedelta(minutes=1)).isoformat(), value["into"])
    after = owed(folder, lines, value["at"], value["into"])
    both = [(a, b) for a, b in zip(before, after) if a is not None and b is not None]
    sums = [f"{sum(a for a, _ in both):.2f}", f"{sum(b for _, b in both):.2f}",
            f"{sum(b - a for a, b in both):.2f}"] if both else [None] * 3
    equal([value[name] for name in ("before", "after", "change")], sums, f"{value['at']}: money")
    equal([value[name] for name in ("lines", "unknown", "unknown_before", "unknown_after")],
          [len(before), len(before) - len(both), before.count(None), after.count(None)],
          f"{value['at']}: lines")
    equal(bool(value["unknown_because"]), None in before + after, f"{value['at']}: why")
    return before.count(None) != after.count(None)


def test_talks():
    """What a step moves on lines is the difference of two runs of assess."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(LINES)
        lines = list(csv.DictReader(io.StringIO(LINES)))
        steps = rows("talks", "--value", path, "--since", "2025-02", "--until", "2026-03")
        seen = unlike = 0
        for step in steps:
            for value in step["value"]:
                check(any(moved["at"] == value["at"] for moved in step["moved"]),
                      f"{step['event']}: nothing moved at {value['at']}")
                unlike += hold_step(folder, lines, value)
                seen += 1
        check(seen > 20, f"{seen} steps are valued")
        check(unlike >= 2, f"{unlike} steps after which other lines are not known")
        doubled = [value for step in steps if step["event"] == "2025-03-04a"
                   for value in step["value"]]
        equal(len(doubled), 1, "one instant")
        value = doubled[0]
        # By hand: 10% to 20% on 3000 of China, 0 to 25% on 5000 of Mexico; mail is exempt.
        equal((value["before"], value["after"], value["change"], value["lines"],
               value["unknown"]), ("300.00", "1850.00", "1550.00", 5, 1), "4 March 2025")
        page = record("talks", "--value", path, "--since", "2025-03-04", "--until", "2025-03-04",
                      "--format", "table").out
        check("on these lines at 2025-03-04 00:01: USD 300.00 to" in page, "the page has it")
        with open(path, "w", encoding="utf-8") as file:
            file.write("hts,origin,value\n9503.00.00.73,CN,\n")
        none = rows("talks", "--value", path, "--since", "2025-03-04", "--until", "2025-03-04")
        value = none[0]["value"][0]
        equal((value["before"], value["after"], value["change"], value["currency"]), (None,) * 4,
              "no duty is known: no sum")
        check("2025-03-04 00:01: not known (1\n" in record(
            "talks", "--value", path, "--since", "2025-03-04", "--until", "2025-03-04",
            "--format", "table").out, "and the page says so")
    record("talks", "--value", "-", code=2)
    check("no-such" in record("talks", "--value", "no-such.csv", code=2).err, "the file is named")


def test_pictures():
    """An SVG is XML, refers to nothing outside but by links, and has equal bytes."""
    names = [row["series"] for row in rows("series")]
    for name in names:
        text = record("plot", name, "--format", "svg").out
        root = xml.fromstring(text)
        bars = [one for one in root.iter() if (one.get("class") or "").startswith("edge ")]
        figures = [row for row in rows("series", name) if row["stands"]]
        equal(len(bars), len(figures), f"{name}: a bar each")
        check(all(float(bar.get("height")) >= 0 and float(bar.get("width")) >= 1 for bar in bars),
              f"{name}: bars have a size")
        check(not re.search(r"<(?:script|image|use)|url\((?!#(?:hatch|void|answer|none)\))|@import", text),
              f"{name}: nothing from elsewhere")
    one = record("plot", *names[:3], "--with-events", "--format", "svg").out
    two = record("plot", *names[:3], "--with-events", "--format", "svg").out
    equal(one, two, "the same bytes")
    check(one.count('class="event"') > 50, "events are marked")
    row = record("plot", "us_cbp_fentanyl_seized_all", "--with-events", "--about", "piperidone",
                 "--format", "table").out
    check(re.search(r"^ +\^[ ^]*$", row, re.M) and "5 events" in row, "marks under the blocks")
    check("latest about 12,000" in row, "a bound is said")
    for words, why in ((["plot", names[0], "--with-events", "--actor", "NOSUCH"], "no actor"),
                       (["plot", names[0], "--actor", "CN"], "--with-events"),
                       (["series", "--since", "2025"], "name the series"),
                       (["series", names[0], "--sum", "--all"], "--sum and --all")):
        done = record(*words, code=2)
        check(why in done.err and not done.out, f"{words}: {done.err}")


def test_rows():
    """CSV and NDJSON say the same; sums refuse."""
    text = record("events", "--format", "csv").out
    table = list(csv.DictReader(io.StringIO(text)))
    equal([row["event"] for row in table], [row["event"] for row in rows("events")], "events")
    for names, why in ((["us_cbp_fentanyl_seized_all"], "overlap"),
                       (["us_cbp_fentanyl_seized_all", "us_cbp_fentanyl_seized_ports"], "part"),
                       (["us_dea_fentanyl_powder_purity"], "do not add up"),
                       (["cn_exports_to_us", "us_goods_imports_from_china"], "apart")):
        done = record("series", *names, "--sum", code=2)
        check(why in done.err and not done.out, f"{names}: {done.err}")


def main():
    test_known()
    test_none()
    test_news()
    test_talks()
    test_pictures()
    test_rows()
    return finish()


sys.exit(main())
