#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Timelines against cases worked out by hand.

    run.py PROGRAM

cases.tsv holds, for each pair of a code and an origin, every instant at which the rate is another,
the rate, and the acts. The timeline has these and no other; where it says what moved, it cites an
act that the case names. That a step is what assess answers is held by steps.c.
"""
import collections
import csv
import functools
import json
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, run  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
HERE = os.path.join(ROOT, "tests", "timeline")
with open(os.path.join(ROOT, "law", "coverage.yaml"), encoding="utf-8") as coverage:
    LAST = re.search(r"^last: *(\S+)", coverage.read(), re.M)[1]
SPAN = ["--from", "2025-01-01", "--until", LAST]


def rows_of(*arguments, given=None):
    done = run(PROGRAM, "-q", "timeline", *arguments, "--format", "csv", given=given)
    check(done.code < 2, f"{arguments}: {done.err[:300]}")
    return list(csv.DictReader(done.out.splitlines()))


def cases():
    pairs = collections.OrderedDict()
    with open(os.path.join(HERE, "cases.tsv"), encoding="utf-8") as file:
        for row in csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"):
            pairs.setdefault(row["pair"], []).append(row)
    return pairs


@functools.lru_cache(maxsize=None)
def cite_of(act):
    """What an act is called beside its id."""
    done = run(PROGRAM, "law", "show", act, "--format", "json")
    acts = json.loads(done.out)["instruments"] if done.code == 0 else []
    return next((row.get("cite") or "" for row in acts if row["id"] == act), "")


def is_named(act, source):
    """EO-14195 is named by "EO 14195", FR-2026-14542 by "91 FR 45516", which is how it is cited."""
    said = re.sub(r"[^a-z0-9]+", " ", source.lower())
    return any(name and re.sub(r"[^a-z0-9]+", " ", name.lower()) in said
               for name in (act, cite_of(act)))


def test_cases():
    pairs = cases()
    check(len(pairs) >= 40, f"{len(pairs)} pairs")
    named = 0
    for pair, expected in pairs.items():
        first = expected[0]
        steps = rows_of("--hts", first["hts"], "--origin", first["origin"], *SPAN,
                        *first["more"].split())
        moved = [steps[0]] + [b for a, b in zip(steps, steps[1:]) if a["rate"] != b["rate"]]
        told = [("begin" if i == 0 else row["from"], row["rate"]) for i, row in enumerate(moved)]
        by_hand = [(row["from"], row["rate"]) for row in expected]
        check(told == by_hand, f"{pair}: {told} for {by_hand}")
        for row, case in zip(moved[1:], expected[1:]):
            acts = row["by"].split("|")
            found = any(is_named(act, case["source"]) for act in acts)
            named += found
            check(row["by"], f"{pair}, {row['from']}: no act is cited for {row['moved']}")
            check(found, f"{pair}, {row['from']}: {acts} for {case['source']}")
    check(named >= 200, f"{named} acts are named by the cases")


def test_panel():
    """A panel, which is charged by plans, says of each code what its timeline by itself says."""
    codes, asked = ["0201100000", "6109100012", "8703230091"], ["--origins", "CN,US", "--into", "CA",
                                                                 "--value", "540"]
    alone = [row for code in codes for row in rows_of("--hts", code, *asked)]
    check(len({row["taxes"] for row in alone}) > 3, "the taxes of these codes are not the same")
    check(rows_of("--codes", "-", *asked, given="\n".join(codes)) == alone, "a panel into Canada")


def test_taxes():
    """A tax moves with the duty that it is taken on, and is told beside it."""
    asked = ["--hts", "94036010", "--origin", "US", "--into", "CA", "--value", "500"]
    steps = rows_of(*asked)
    moved = [(row["from"][:16], row["taxes"], [text for text in row["moved"].split("|") if
                                               text.startswith("tax ")]) for row in steps]
    # 9.5% of 500 is 47.50; 5% of 547.50 is 27.375. With the surtax of 50%: 5% of 797.50.
    check(moved[-2:] == [
        ("2026-01-01T00:00", "27.38", ["tax ca.gst: 5%, amount not known > 27.38"]),
        ("2026-09-08T00:01", "39.88", ["tax ca.gst: 27.38 > 39.88"])], f"taxes: {moved}")
    check(all(row["by"] for row in steps[1:]), "taxes: a step without an act")
    page = run(PROGRAM, "timeline", *asked, "--format", "table").out
    check("Base duty: no rate (CA-TARIFF)" in page, f"a rate that is not known: {page}")
    free = rows_of("--hts", "95030090", "--origin", "CN", "--into", "CA", "--value", "15",
                   "--channel", "postal")
    check({row["taxes"] for row in free} == {"0.00"}, f"taxes of a parcel let in free: {free}")


def svg_of(*arguments):
    done = run(PROGRAM, "-q", "timeline", *arguments, *SPAN, "--format", "svg")
    check(done.code < 2, f"{arguments}: {done.err[:300]}")
    return done.out


def test_chart():
    """Labels stand beside their chart and not over the sources; each duty is named, each origin."""
    mail = svg_of("--hts", "6109100012", "--origin", "CN", "--value", "54", "--channel", "postal",
                  "--claim", "mail_method=specific")
    texts = [(float(x), float(y), text) for x, y, text in re.findall(
        r'<text [^>]*x="([0-9.]+)" y="([0-9.]+)"[^>]*>([^<]*)</text>', mail)]
    sources = next(y for _, y, text in texts if text == "Sources")
    right = max(x for x, _, text in texts if "Section 301" in text)
    beside = sorted(y for x, y, _ in texts if x == right)
    check(len(beside) > 3, f"labels beside the chart: {texts}")
    check(beside[-1] + 16 < sources, f"a label at {beside[-1]}, the sources at {sources}")
    check(all(b - a > 12 for a, b in zip(beside, beside[1:])), f"labels over labels: {beside}")
    mail_title = next(row for row in rows_of("--hts", "6109100012", "--origin", "CN", "--value",
                                             "54", "--channel", "postal", "--claim",
                                             "mail_method=specific", *SPAN)
                      if "us.mail" in row["moved"])
    check(mail_title and not any(re.fullmatch(r"\W*[0-9.$%]+\W*…", text) for _, _, text in texts),
          f"a rate without a name: {texts}")
    unknown = svg_of("--hts", "abc", "--origins", "CA,XX<")
    check("abc from XX&lt;" in unknown, f"an origin that is none: {unknown[:3000]}")


def test_open():
    """What a rate turns on, what is void and what is exempt is said from the first step on."""
    asked = ["--hts", "0201100510", "--origin", "CA", "--from", "2025-03-01", "--until",
             "2025-04-10"]
    rows = rows_of(*asked)
    check(len(rows) > 1 and all(row["note"].startswith("missing: qty:kg: ") for row in rows),
          f"notes: {[row['note'] for row in rows]}")
    page = run(PROGRAM, "timeline", *asked, "--format", "table").out
    check(page.count("missing: qty:kg: ") == 1, f"what is missing is said once: {page}")
    screws = ["--hts", "7318152010", "--origin", "CN"]
    page = run(PROGRAM, "timeline", *screws, "--from", "2025-05-01", "--until", "2025-05-03",
               "--format", "table").out
    page = " ".join(page.split())
    check("Hong Kong: 20%, void (EO-14228)" in page, f"void at the first step: {page}")
    check("reciprocal duty: exempt (EO-14257)" in page, f"exempt at the first step: {page}")
    days = run(PROGRAM, "duty", *screws, "--on", "2025-05-01", "--on", "2025-05-03", "--format",
               "table").out
    days = " ".join(days.split())
    check("Hong Kong, void 20%" in days and "void: held unlawful" in days, f"void: {days}")
    check("reciprocal duty exempt" in days, f"exempt: {days}")
    check("fees not known not known" in days and "Missing value: the customs value" in days,
          f"without a value: {days}")


def test_origins():
    for given, said in (("CN,cn", "named twice"), ("CN,,MX", "is empty"), (",", "is empty")):
        done = run(PROGRAM, "timeline", "--hts", "9503000090", "--origins", given)
        check(done.code == 2 and said in done.err and not done.out, f"{given}: {done.err}")
    spaced = rows_of("--hts", "9503000090", "--origins", "CN, MX", *SPAN)
    check({row["origin"] for row in spaced} == {"CN", "MX"}, "blanks between origins")


if __name__ == "__main__":
    test_chart()
    test_open()
    test_origins()
    test_taxes()
    test_cases()
    test_panel()
    sys.exit(finish())
