#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums of a calendar month (assess --monthly-sum) against a model that shares no code with it.

    run.py PROGRAM [LINES [SEED [PERSONS]]]

Lines are drawn at random: persons written in several ways, some nearly the same; entry by instants
around the ends of months, in local time and in UTC; salts by their CAS numbers; mixtures under and
over their exemption; weights in several units, volumes, and none. Thresholds and exemptions are
written here again, from 21 CFR 1310.04(f) and 1310.12(c) as the law text has them.
"""
import collections
import csv
import datetime
import io
import json
import os
import random
import sys
import tempfile
from fractions import Fraction

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run, write  # noqa: E402

# CAS numbers (base first, then salts), threshold in kg and in litres, exempt mixtures up to.
GALLON = Fraction("3.785411784")
DOMESTIC = {"toluene": (Fraction(159), 50 * GALLON, 95)}  # the others as on import
GOODS = {
    "piperidine": (["110-89-4", "6091-44-7"], Fraction("0.5"), None, 20),
    "methylamine": (["74-89-5", "593-51-1"], Fraction(1), None, 20),
    "safrole": (["94-59-7"], Fraction(4), None, 20),
    "hydriodic-acid": (["10034-85-2"], Fraction("1.7"), Fraction(1), 20),
    "toluene": (["108-88-3"], Fraction(1591), 500 * GALLON, 95),
    "phenylacetic-acid": (["103-82-2"], Fraction(1), None, 40),
    "anthranilic-acid": (["118-92-3"], Fraction(30), None, 50),
}
PEOPLE = [("", "Acme Chemicals", ""), ("", "ACME  chemicals", ""), ("", "Acme Chemicals, Inc.", ""),
          ("", "Acme Chemicals Inc", ""), ("12-3456789", "Acme Chemicals", "1 Main St"),
          ("12-3456789", "A. C.", ""), ("", "Ünal Kimya", "Yol 1"), ("", "ÜNAL kimya ", " yol  1"),
          ("", "Ünal Kimya", "Yol 2"), ("", "化工 进出口", ""), ("", "化工进出口", ""), ("", "", "")]
SPELLED = [("kg", 1), ("g", 1000), ("lb", Fraction(1) / Fraction("0.45359237"))]


def local(instant, zone_has_dst=True):
    """An instant of UTC as local time of New York: summer time by the rule of 2007."""
    year = instant.year
    march = datetime.datetime(year, 3, 8) + datetime.timedelta(
        days=(6 - datetime.datetime(year, 3, 8).weekday()) % 7, hours=7)
    november = datetime.datetime(year, 11, 1) + datetime.timedelta(
        days=(6 - datetime.datetime(year, 11, 1).weekday()) % 7, hours=6)
    return instant - datetime.timedelta(hours=4 if march <= instant < november else 5)


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def exact(person):
    ident, name, address = person
    return ("#" + ident.replace(" ", "") if ident
            else " ".join(name.lower().split()) + "\n" + " ".join(address.lower().split()))


def draw(random_, number):
    """One line as columns, and what the model takes of it."""
    substance = random_.choice(list(GOODS))
    numbers, limit, volume, mixture = GOODS[substance]
    month = random_.choice([2, 3, 4, 11, 12])
    edge = datetime.datetime(2025, month, 1, 5)
    instant = edge + datetime.timedelta(seconds=random_.choice(
        [0, -1, -3600, 3600, -3601, random_.randrange(-40, 40) * 43200]))
    route = random_.choice(["import", "import", "import", "export", "domestic"])
    parties = route != "import"
    if route == "domestic":
        limit, volume, mixture = DOMESTIC.get(substance, (limit, volume, mixture))
    consignee, shipper = random_.choice(PEOPLE), random_.choice(PEOPLE)
    importer = random_.choice(PEOPLE)[1] if random_.random() < 0.4 else ""
    line = {"id": str(number), "hts": "6109.10.00.12", "value": "54", "cas": random_.choice(numbers),
            "origin": "US" if route == "export" else random_.choice(["CN", "DE"]),
            "into": "CA" if route == "export" else "US",
            "ship_from": "US" if route == "domestic" else "", "entered": instant.isoformat() + "Z",
            "importer": importer, "consignee_id": consignee[0], "consignee": consignee[1],
            "consignee_address": consignee[2], "shipper": shipper[1],
            "shipper_address": shipper[2],
            "seller": random_.choice(PEOPLE)[1] if random_.random() < 0.2 else "",
            "buyer": random_.choice(PEOPLE)[1] if random_.random() < 0.2 else ""}
    if random_.random() < 0.3:  # the clock of the place, where it shows the time once
        line["entered"] = local(instant).isoformat()
    weight = litres = None
    kind = random_.random()
    share = random_.choice([Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), 1, Fraction(9, 10)])
    if kind < 0.75:
        unit, scale = random_.choice(SPELLED)
        amount = round(float(limit * share * scale), 6)
        line["weight"] = f"{amount:.6f} {unit}"
        exact_mg = Fraction(line["weight"].split()[0]) / scale * 1000000
        weight = (exact_mg + Fraction(1, 2)).__floor__()
    elif kind < 0.92:
        amount = f"{float((volume or 1) * share):.6f}"
        line["qty"], line["unit"] = amount, "L"
        litres = (Fraction(amount) * 1000000 + Fraction(1, 2)).__floor__()
    content = None
    if mixture and random_.random() < 0.3:
        content = random_.choice([mixture, mixture + 1, mixture - 1])
        line["concentration"] = f"{content}%"
    if parties:
        # who sells and who buys, where the line says it, whoever sends and receives
        pair = (("", line["seller"], "") if line["seller"] else ("", shipper[1], shipper[2]),
                ("", line["buyer"], "") if line["buyer"] else consignee)
        known = bool(pair[0][1]) and bool(pair[1][0] or pair[1][1])
    else:
        pair = (("", importer, "") if importer else consignee,)
        known = bool(importer or consignee[0] or consignee[1])
    exempt = content is not None and content <= mixture and not (
        route == "export" and mixture == 95)
    return line, {"substance": substance, "known": known, "instant": instant, "exempt": exempt,
                  "exact": tuple(exact(one) for one in pair), "route": route,
                  "near": tuple(letters(one[1] or one[0]) for one in pair),
                  "weight": weight, "litres": litres if weight is None and volume else None,
                  "month": local(instant).strftime("%Y-%m")}


def reaches(one, weight, litres):
    _, limit, volume, _ = GOODS[one["substance"]]
    if one["route"] == "domestic":
        limit, volume, _ = DOMESTIC.get(one["substance"], (limit, volume, None))
    limit *= 1000000
    if volume is None:
        return weight >= limit
    volume = (volume * 1000000 + Fraction(1, 2)).__floor__()  # to the microlitre, as all quantities
    return weight / limit + Fraction(litres) / volume >= 1


def expect(facts):
    """What each line should say: in order of entry, then of the input."""
    sums = collections.defaultdict(lambda: [Fraction(0), Fraction(0), 0, 0])
    nears = collections.Counter()
    out = [None] * len(facts)
    for at in sorted(range(len(facts)), key=lambda i: (facts[i]["instant"], i)):
        one = facts[at]
        if not one["known"]:
            continue
        what = (one["substance"], one["route"], one["month"])
        total, near = sums[one["exact"], what], (one["near"], what)
        before = reaches(one, total[0], total[1])
        own = (one["exact"], near)
        others = nears[near] - nears[own]
        if not one["exempt"]:
            total[0] += one["weight"] or 0
            total[1] += one["litres"] or 0
            total[2] += 1
            total[3] += one["weight"] is None and one["litres"] is None
            nears[near] += 1
            nears[own] += 1
        reached = reaches(one, total[0], total[1])
        state = ("exceeded" if before else "reached" if reached else
                 "unknown" if total[3] else "below")
        out[at] = {"state": state, "sum": [int(total[0]), int(total[1])], "lines": total[2],
                   "unknown": total[3], "near": others, "month": one["month"],
                   "counts": not one["exempt"]}
    return out


def millionths(text):
    return int(Fraction(text) * 1000000)


def seen(answer, one):
    """The answer's sum of the American list, in the words of the model."""
    sums = [s for s in answer.get("sums", []) if s["jurisdiction"] == "US"]
    if not sums:
        return None
    check(len(sums) == 1, "one sum a line", sums)
    first = sums[0]
    equal(first["substance"], one["substance"], "the substance")
    equal(first["direction"], one["route"], "the direction")
    return {"state": first["state"], "sum": [millionths(first["sum"][u]) for u in ("kg", "litres")],
            "lines": first["line_count"], "unknown": first["unknown"],
            "near": first["near"]["line_count"] if first["near"] else 0, "month": first["month"],
            "counts": first["counts"]}


def status(answer, one):
    return next((c["status"] for c in answer["controls"] if c["jurisdiction"] == "US"
                 and c["substance"] == one["substance"]
                 and c["list"] == answer["sums"][-1]["list"]), None)


STATUS = {"exceeded": "required", "reached": "required", "below": "below-threshold"}


def compare(program, paths, facts, jobs):
    done = run(program, "assess", "-q", "--monthly-sum", "--jobs", jobs, "--format", "ndjson",
               *paths)
    answers = [json.loads(line) for line in done.out.splitlines()]
    equal(len(answers), len(facts), f"an answer a line\n{done.err[:500]}")
    states = collections.Counter()
    for at, (answer, one, wanted) in enumerate(zip(answers, facts, expect(facts))):
        if not equal(seen(answer, one), wanted, f"line {at} {one}"):
            continue
        if wanted:
            states[wanted["state"]] += 1
            if one["exempt"]:
                equal(status(answer, one), "below-threshold", f"an exempt mixture, line {at}")
            elif wanted["state"] in STATUS:
                equal(status(answer, one), STATUS[wanted["state"]], f"status of line {at}")
            else:
                check(status(answer, one) in ("undecided", "quantity-unknown"),
                      f"status of line {at}", status(answer, one))
    return states, done.out


def table(lines):
    names = list(dict.fromkeys(name for line in lines for name in line))
    out = io.StringIO()
    rows = csv.DictWriter(out, names, lineterminator="\n", restval="")
    rows.writeheader()
    rows.writerows(lines)
    return out.getvalue()


def reminded(program, rows):
    """Which reminders of several shipments on one day the lines carry."""
    text = "id,shipment,hts,origin,entered,value,consignee\n" + "".join(
        f"{i},{shipment},6109.10.00.12,CN,{day},{value},{who}\n"
        for i, (shipment, day, value, who) in enumerate(rows))
    out = run(program, "assess", "-q", "--daily-sum", "--fields", "warnings", "-", given=text).out
    return [{word for word in ("conveyance", "informal")
             if any(f"us.together.{word}:" in w for w in json.loads(line)["warnings"])}
            for line in out.splitlines()]


def together(program):
    both, one, none = {"conveyance", "informal"}, {"conveyance"}, set()
    day, next_day = "2025-09-08T23:59", "2025-09-09T00:00"
    equal(reminded(program, [("A", day, 1250, "Ann"), ("B", day, "1250.01", "ANN")]), [both] * 2,
          "two shipments over 2,500 together")
    equal(reminded(program, [("A", day, 1250, "Ann"), ("B", day, 1250, "Ann")]), [one] * 2,
          "two shipments of 2,500 together")
    equal(reminded(program, [("A", day, 2000, "Ann"), ("A", day, 2000, "Ann")]), [none] * 2,
          "one shipment")
    equal(reminded(program, [("", day, 2000, "Ann"), ("", next_day, 2000, "Ann"),
                             ("", day, 2000, "Bob"), ("", day, 2000, "")]), [none] * 4,
          "other days, other people, nobody")
    equal(reminded(program, [("A", day, 3000, "Ann"), ("B", day, 10, "Ann")]), [one, both],
          "a shipment that is over the limit itself")


def main():
    program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    together(program)
    random_ = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    for number in range(len(PEOPLE), int(sys.argv[4]) if len(sys.argv) > 4 else 0):
        PEOPLE.append(("" if number % 3 else f"99-{number:07}", f"Person {number // 2} Trading",
                       f"{number} High Street" if number % 2 else ""))
    drawn = [draw(random_, number) for number in range(count)]
    with tempfile.TemporaryDirectory(prefix="tidewaiter-sums-") as folder:
        third = count // 3
        parts = [drawn[:third], drawn[third:2 * third], drawn[2 * third:]]
        paths = [write(os.path.join(folder, f"{i}.csv"), table([line for line, _ in part]))
                 for i, part in enumerate(parts)]
        facts = [one for _, one in drawn]
        states, text = compare(program, paths, facts, "1")
        check(all(states[state] > 20 for state in ("below", "reached", "exceeded", "unknown")),
              "all that can become of a sum was met", dict(states))
        equal(compare(program, paths, facts, "4")[1], text, "threads change nothing")
    sys.exit(finish(f"{count} lines: {dict(states)}"))


main()
