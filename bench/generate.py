#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a manifest of N lines, the same every time: what a parcel carrier carries.

    generate.py 20000 > manifest.csv
    generate.py 2000000 --shipments > manifest.csv     with shipment, consignee and order

Codes come from the base schedule in law/, countries and values from a fixed mix, instants from
the whole time covered. One line in 500 is broken on purpose.
"""
import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEDULE = os.path.join(HERE, "..", "law", "us", "schedule.tsv")
# Mostly what comes by parcel: clothes, toys, phones and their cases, lamps, bags, jewellery.
POPULAR = ["6109100012", "6110202079", "6204628061", "6403996075", "9503000073", "9503000090",
           "3926909989", "8517130000", "8517620090", "8507600020", "8504409580", "9405118010",
           "4202923120", "4202128960", "7117199000", "8543709860", "9506996080", "6307909891",
           "3304995000", "4901990093", "0901210035", "7318158066", "8708998180", "8471300100"]
ORIGINS = ["CN"] * 11 + ["VN", "IN", "JP", "KR", "DE", "MX", "CA", "TW", "GB", "TH", "BR", "IT"]
DAYS = ["2025-01-15", "2025-02-04", "2025-03-12", "2025-04-05", "2025-04-09", "2025-05-02",
        "2025-05-14", "2025-06-04", "2025-08-07", "2025-08-29", "2025-10-14", "2025-11-10",
        "2026-01-15", "2026-02-20", "2026-02-24", "2026-04-06", "2026-07-24", "2026-09-15"]
CHANNELS = ["express", "express", "postal", "commercial"]
WORDS = ["t-shirt, cotton", "phone case", "toy building set", "power bank", "led lamp", "shoes",
         "handbag", "hair dryer", "coffee, roasted", "steel screws", "paperback book", "earrings"]


class Random:
    """A linear congruential generator: the same on every machine and version."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def codes():
    found = []
    try:
        with open(SCHEDULE, encoding="utf-8") as file:
            for number, row in enumerate(file):
                code = row.split("\t", 1)[0]
                if number % 7 == 0 and len(code) == 10 and code.isdigit() and code < "98":
                    found.append(code)
    except FileNotFoundError:
        pass
    return found or POPULAR


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("lines", type=int)
    parser.add_argument("--shipments", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = Random(arguments.seed)
    rare = codes()
    out = []
    header = "id,hts,origin,ship_from,entered,channel,value,qty,unit,weight,description"
    print(header + (",shipment,consignee,order" if arguments.shipments else ""))
    for number in range(1, arguments.lines + 1):
        code = POPULAR[random.below(len(POPULAR))] if random.below(4) else \
            rare[random.below(len(rare))]
        origin = ORIGINS[random.below(len(ORIGINS))]
        entered = "%sT%02d:%02d" % (DAYS[random.below(len(DAYS))], random.below(24),
                                    random.below(60))
        cents = random.below(20000) if random.below(10) else random.below(400000)
        value = "%d.%02d" % (cents // 100, cents % 100)
        if number % 500 == 0:
            value = "-" + value
        row = [str(number), code, origin, origin, entered, CHANNELS[random.below(4)], value,
               str(1 + random.below(5)), "No.", "0.%03d" % random.below(1000),
               '"%s"' % WORDS[random.below(len(WORDS))]]
        if arguments.shipments:
            row += ["S%d" % (number // (1 + random.below(3))),
                    "C%d" % random.below(1 + arguments.lines // 5),
                    "O%d" % random.below(arguments.lines) if random.below(10) == 0 else ""]
        out.append(",".join(row))
        if len(out) == 10000:
            sys.stdout.write("\n".join(out) + "\n")
            out = []
    if out:
        sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
