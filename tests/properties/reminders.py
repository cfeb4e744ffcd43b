#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A claim that an answer does not remind of does not matter: declaring it changes nothing; and what
cannot matter is not asked for.

    reminders.py PROGRAM LAWDIR [COUNT [SEED]]

Knows no duty: lines of metals, vehicles and their parts are answered as they are, and again with
one more claim (or those that count together). Where the answer had been whole and is another one
now, it must have said `could-matter` of the claim.
"""
import pathlib
import random
import sys

sys.path.append(sys.path[0] + "/..")
from lib import answers, check, finish  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 600
DICE = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 5)
DAYS = ["2025-03-15", "2025-04-20", "2025-06-10", "2025-08-20", "2025-11-05", "2026-02-10",
        "2026-03-05", "2026-05-10", "2026-06-20", "2026-08-20", "2026-09-20"]
ORIGINS = ["CN", "GB", "VN", "RU", "CA", "MX", "JP", "DE", "IN", "BR", "KR", "US", "AU", "IL"]
SAID = ["", "", "", "steel_value=300", "aluminum_value=0", "aluminum_value=400",
        "steel_value=200;aluminum_value=100", "metal_weight_share=5", "us_metal_share=90",
        "part_for=other", "usmca=no", "smelt=US;cast=US", "melt_pour=US"]
DECLARE = ["melt_pour=US", "melt_pour=GB", "smelt=RU", "smelt=unknown", "smelt=GB", "cast=RU",
           "smelt=US;cast=US", "melt_pour=US;smelt=US;cast=US", "metal_weight_share=5",
           "us_metal_share=90", "us_metal_share=96", "uk_metal_share=96", "part_for=heavy_truck",
           "part_for=passenger_vehicle", "part_for=other", "usmca=yes", "korus=yes", "israel=yes",
           "aircraft_agreement=yes"]
# Lines on which nothing turns on the claims named: no aluminum, or no steel, is there.
QUIET = [("8302.41.60.45", "VN", "2025-11-10", "aluminum_value=0", "smelt cast melt_pour"),
         ("8418.10.00.10", "VN", "2025-07-10", "aluminum_value=0;steel_value=0", "smelt cast"),
         ("7616.99.51.90", "VN", "2026-05-10", "", "melt_pour"),
         ("7616.99.51.90", "KR", "2026-07-10", "", "melt_pour"),
         ("6109.10.00.12", "VN", "2026-05-10", "", "smelt cast melt_pour metal_weight_share"),
         ("7418.20.10.00", "VN", "2025-07-10", "", "melt_pour")]


def by_id(lines):
    columns = ["id", "hts", "origin", "entered", "value", "qty", "claims"]
    return {answer["id"]: answer for answer in answers(PROGRAM, columns, lines, "--no-screen")}


def reminded(answer):
    return {text.split()[1] for text in answer.get("warnings", [])
            if text.startswith("could-matter:")}


def money(answer):
    duty = answer.get("duty") or {}
    return answer["status"], duty.get("amount"), duty.get("least"), duty.get("greatest")


def codes():
    for path in sorted(pathlib.Path(LAW).glob("us/lists/us.232.*.tsv")):
        rows = [row.split("\t")[0].strip() for row in path.read_text(encoding="utf-8").splitlines()
                if row[:1].isdigit()]
        yield from (row.ljust(6, "0") for row in DICE.sample(rows, min(20, len(rows))))


def main():
    compared = changed = 0
    goods = list(codes())
    lines = [{"id": str(i), "hts": DICE.choice(goods), "origin": DICE.choice(ORIGINS),
              "entered": DICE.choice(DAYS), "value": "1000", "qty": "10",
              "claims": DICE.choice(SAID)} for i in range(COUNT)]
    plain = by_id(lines)
    for more in DECLARE:
        names = [claim.split("=")[0] for claim in more.split(";")]
        rest = [line for line in lines if not any(f"{n}=" in line["claims"] for n in names)]
        told = by_id([{**line, "claims": f"{line['claims']};{more}".strip(";")}
                        for line in rest])
        for line in rest:
            before, after = plain[line["id"]], told[line["id"]]
            if before["status"] != "ok" or after["status"] == "refused":
                continue
            compared += 1
            changed += money(before) != money(after)
            check(money(before) == money(after) or reminded(before) & set(names),
                  f"reminded of {more}", (line, money(before), money(after)))
    for hts, origin, day, claims, names in QUIET:
        answer = by_id([{"id": "1", "hts": hts, "origin": origin, "entered": day,
                           "value": "1000", "qty": "10", "claims": claims}])["1"]
        asked = reminded(answer) & set(names.split())
        check(answer["status"] != "refused" and not asked,
              f"nothing is asked in vain of {hts} on {day}, {claims}",
              (asked, answer.get("text", "")))
    check(changed, "some answers are changed by a claim")
    return finish(f"{compared} compared, {changed} changed")


sys.exit(main())
