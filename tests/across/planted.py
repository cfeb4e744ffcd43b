#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Patterns that were planted in generated lines are all found, and nothing else is.

    planted.py PROGRAM [LINES]

Ordinary lines come from shops whose values, weights and days are drawn at random; among them stand
a few of each pattern of the law, scattered in the file. What is found must be exactly what was
planted, with the number of lines that was planted. `make check-patterns` plants in a million.
"""
import csv
import datetime
import json
import os
import random
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LINES = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
EACH = 3  # of each pattern
COLUMNS = ("id into hts origin ship_from via entered channel value weight description shipper "
           "consignee consignee_address consignee_phone importer order").split()
# code, description, value of a kilogram in cents
GOODS = [("6109100012", "cotton t-shirts", 4000), ("9503000073", "toy cars", 2200),
         ("4202923120", "travel bag", 3100), ("8517620090", "wireless earphones", 21000),
         ("3926909989", "phone case", 9000), ("6402993165", "sandals", 2600),
         ("8513104000", "head lamp", 5200), ("9105194000", "desk clock", 4700)]
FIRST = datetime.date(2025, 2, 10)
DAYS = 75  # in which the exemption is open to goods of China

random.seed(20250502)
rows = []
planted = {}  # pattern and group: lines


def put(day, **cells):
    line = dict.fromkeys(COLUMNS, "")
    line.update(into="US", origin="CN", ship_from="CN", channel="express")
    line.update(cells)
    line["entered"] = str(FIRST + datetime.timedelta(days=day))
    rows.append(line)


def expect(pattern, group, lines):
    planted[pattern, group] = lines


def person(number):
    """One of whom there is no other."""
    return {"consignee": f"Person {number}", "consignee_address": f"{number} Long Road",
            "consignee_phone": f"555 {number}"}


def ordinary(number):
    """Values fall off evenly: twice as much is a quarter as likely, as among real parcels."""
    code, description, price = random.choice(GOODS)
    cents = min(int(1500 / (1 - random.random()) ** 0.7), 900000)
    grams = max(cents * 1000 * random.randrange(60, 170) // (price * 100), 1)
    put(random.randrange(DAYS), hts=code, description=description, value=f"{cents / 100:.2f}",
        weight=f"{grams / 1000:.3f}kg", shipper=f"Shop {number % (LINES // 250 + 1)}",
        order=f"order {number}", **person(number))


def heaps(n):
    for shipper, low, high, pattern in ((f"Heap {n}", 73000, 79999, "us.value.exemption"),
                                        (f"Hill {n}", 230000, 249999, "us.value.informal")):
        count = 26 + n
        for k in range(count):
            put(random.randrange(DAYS), hts="8517620090", description="wireless earphones",
                value=f"{random.randrange(low, high) / 100:.2f}", shipper=shipper,
                order=f"{shipper} {k}", **person(f"{shipper} {k}"))
        expect(pattern, shipper, count)
    for k in range(6 + n):
        put(random.randrange(DAYS), hts="2933321000", description="piperidine", value="90",
            weight=f"{random.randrange(400, 499)}g", channel="commercial", shipper=f"Works {n}",
            importer=f"Polymer {n}", order=f"piperidine {n} {k}", **person(f"works {n} {k}"))
    expect("us.quantity.threshold", f"Polymer {n}", 6 + n)
    expect("quantity.threshold.shipper", f"Works {n}", 6 + n)


def parcels(n):
    code, description, _ = GOODS[n]
    for k in range(2 + n):
        put(10 + 5 * k, hts=code, description=description, value="500", order=f"Lots {n}",
            shipper="Lots", **person(f"lots {n} {k}"))
    expect("us.order.lots", f"Lots {n}", 2 + n)
    for k in range(2 + n):
        put(20 + n, hts=code, description=description, value="410.50", order=f"day {n} {k}",
            shipper="Days", consignee=f"Daily {n}", consignee_address=f"1 Day Road {n}")
    expect("us.consignee.day", f"Daily {n}", 2 + n)
    for k in range(20 + n):
        put(30 + n + k % 6, hts=code, description=description, value="11", order=f"a {n} {k}",
            shipper="Weeks", consignee=f"Name {n} {k % 7}", consignee_address=f"Depot {n}")
    expect("us.address.week", f"Depot {n}", 20 + n)
    for k in range(10 + n):
        put(40 + n + k % 6, hts=code, description=description, value="11", order=f"p {n} {k}",
            shipper="Weeks", consignee=f"Caller {n} {k % 5}", consignee_phone=f"800 {n}")
    expect("us.phone.week", f"800 {n}", 10 + n)
    for k in range(30 + n):
        put(50 + n + k % 6, hts=code, description=description, value="11", order=f"w {n} {k}",
            shipper="Weeks", consignee=f"Dealer {n}", consignee_address=f"1 Dealer Road {n}")
    expect("us.consignee.week", f"Dealer {n}", 30 + n)


def routes(n):
    for pattern, shipper, cells in (
            ("us.route.china.neighbour", f"Bridge {n}", {"via": "MX" if n % 2 else "CA"}),
            ("us.route.from.china", f"Sampan {n}", {"origin": "VN"})):
        for k in range(1 + n):
            put(60 + k, hts="8513104000", description="head lamp", value="1200.00",
                channel="commercial", shipper=shipper, order=f"{shipper} {k}",
                **person(f"{shipper} {k}"), **cells)
        expect(pattern, shipper, 1 + n)
    for into in ("MX", "CA"):
        consignee = f"Laboratory {into} {n}"
        put(60, into=into, hts="2933399998", description="N-phenethyl-4-piperidone", value="90",
            weight="25kg", channel="commercial", shipper="Chemicals", consignee=consignee,
            consignee_address=consignee)
        expect(f"{into.lower()}.route.china.licence", consignee, 1)


def legs(n):
    """Both legs under one heading, of different goods and persons."""
    code = ("8708299090", "8302300000", "9403200090")[n]
    put(5, into="MX", hts=code, description=f"piece {n}", value="900", channel="commercial",
        shipper="Pieces", consignee=f"Taller {n}", consignee_address=f"Calle {n}")
    put(60, origin="MX", ship_from="MX", hts=code, description=f"whole {n}", value="1900",
        channel="commercial", shipper="Talleres", order=f"leg {n}", **person(f"leg {n}"))
    expect("us.legs.china.mexico", code[:6], 2)


def parts(n):
    goods = [("2915905050", "propionyl chloride 1 L"), ("2905430000", "mannitol powder"),
             ("8479899599", "rotary tablet press"), ("2933399998", "1-boc-4-piperidone")]
    consignee = f"Supplements {n}"
    for k, (code, description) in enumerate(goods[:3 + n % 2]):
        put(30 + 9 * k, hts=code, description=description, value="90", weight="1kg",
            channel="commercial", shipper=f"Dealer of {k}", consignee=consignee,
            consignee_address=f"{n} Mill Yard")
    expect("parts.consignee", consignee, 3 + n % 2)
    expect("parts.address", f"{n} Mill Yard", 3 + n % 2)


def words(n):
    for k in range(10 + n):
        put(random.randrange(DAYS), hts=GOODS[k % 6][0], description=f"present {n}", value="20",
            shipper="Presents", order=f"g {n} {k}", **person(f"present {n} {k}"))
    expect("description.codes", f"present {n}", 10 + n)
    put(random.randrange(DAYS), hts=GOODS[n][0], description=GOODS[n][1], value="2.00",
        weight="90kg", shipper="Prices", order=f"price {n}", **person(f"price {n}"))
    expect("code.price", GOODS[n][0][:8], 1)


def found(path, *options):
    done = run(PROGRAM, "patterns", path, "--format", "ndjson", *options)
    check(done.code == 0, f"exit code {done.code}", done.err)
    return done.out, [json.loads(line) for line in done.out.splitlines()]


def every_line(seen, path, out):
    """--lines has each line of each sighting once, those that are named among them."""
    found(path, "--lines", out)
    told = [[] for _ in seen]
    with open(out, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = int(row["number"]) - 1
            equal(row["pattern"], seen[number]["sighting"], f"{row}: of this sighting")
            equal(row["hts"], rows[int(row["line"]) - 2]["hts"], f"{row}: the line as it stands")
            told[number].append(row["id"])
    for one, lines in zip(seen, told):
        name = f"--lines, {one['sighting']} of {one['group']['name']}"
        equal(len(lines), one["lines"], f"{name}: all lines")
        equal(len(set(lines)), len(lines), f"{name}: each once")
        check({line["id"] for line in one["named"]} <= set(lines), f"{name}: with those named")


def write_lines(path, lines):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        for number, line in enumerate(lines):
            out.writerow({**line, "id": f"L{number}"})


def main():
    for number in range(LINES):
        ordinary(number)
    alone = list(rows)
    for n in range(EACH):
        for plant in (heaps, parcels, routes, legs, parts, words):
            plant(n)
    random.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.csv")
        write_lines(path, alone)
        equal(found(path)[1], [], "nothing is found where nothing was planted")
        write_lines(path, rows)
        text, seen = found(path)
        equal({(one["sighting"], one["group"]["name"]): one["lines"] for one in seen}, planted,
              "what is found is what was planted")
        equal(len(seen), len(planted), "each is told once")
        for one in seen:
            names = {line["id"] for line in one["named"]}
            equal(len(one["named"]), len(names), f"{one['sighting']}: each line is named once")
            equal(one["more"], one["lines"] - len(names), f"{one['sighting']}: the others are counted")
            for line in one["named"]:
                row = rows[int(line["id"][1:])]
                check(line["line"] == int(line["id"][1:]) + 2 and line["hts"] == row["hts"],
                      f"{one['sighting']} names the line as it stands", line)
        every_line(seen, path, os.path.join(folder, "every.csv"))
        if LINES <= 20000:
            equal(found(path, "-j", "1")[0], text, "the same with one thread")
    return finish(f"{len(rows)} lines, {len(planted)} planted")


sys.exit(main())
