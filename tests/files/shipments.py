#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random shipments in every order of their lines: one thing, whatever the order.

    shipments.py PROGRAM [COUNT [SEED]]

What must hold, whatever the law says: the sums of duty and of each fee are the same in every
order; they are the same when the lines of all shipments are mixed through the file; what a fee
line says of its shipment is the sum of what its lines say of themselves; the fee stands whole on
one line; the entry has one type; a fee on several lines is the fee of one line of their value; a
package of mail pays the highest flat duty of any good inside.
"""
import itertools
import random
import sys
from collections import defaultdict
from decimal import Decimal

sys.path.append(sys.path[0] + "/..")
from lib import answers, check, finish  # noqa: E402

COLUMNS = ["id", "shipment", "hts", "origin", "entered", "channel", "transport", "entry_type",
           "value", "claims"]
DAYS = ["2025-03-10", "2025-06-10", "2025-09-08", "2025-09-30T23:59", "2025-10-01", "2026-03-10",
        "2026-08-20", "2026-10-01"]
GOODS = [("9403.60.80.93", "MX", "usmca"), ("9403.60.80.93", "CA", ""),
         ("9403.60.80.93", "CA", "usmca"), ("9403.60.80.93", "VN", ""),
         ("6109.10.00.12", "CN", ""), ("6109.10.00.12", "GB", ""), ("6109.10.00.12", "JP", ""),
         ("6109.10.00.12", "VN", "chapter98=9802.00.80;dutiable_value=HALF"),
         ("6109.10.00.12", "VN", "chapter98=9802.00.50;dutiable_value=HALF"),
         ("6109.10.00.12", "VN", "adcvd"), ("6109.10.00.12", "GU", ""),
         ("6109.10.00.12", "KR", "korus"), ("6109.10.00.12", "MX", ""),
         ("6109.10.00.12", "BR", ""), ("4903.00.00", "GB", "informational_materials")]
WAYS = [("commercial", "air"), ("commercial", "vessel"), ("express", "air"), ("postal", "air")]
VALUES = ["0.40", "54", "240.50", "799.99", "1300", "2499.50", "12000", "150000.49"]
METHODS = ["", ";mail_method=specific", ";mail_method=specific", ";mail_method=ad_valorem"]


def shipments(count, dice):
    """Lists of lines without id and shipment."""
    for _ in range(count):
        day, (channel, transport) = dice.choice(DAYS), dice.choice(WAYS)
        method = dice.choice(METHODS) if channel == "postal" else ""
        values = VALUES[:4] if channel == "postal" else VALUES
        lines = []
        for _ in range(dice.choice([2, 2, 3, 3, 4])):
            hts, origin, claims = dice.choice(GOODS)
            value = dice.choice(values)
            half = "%d" % (Decimal(value) / 2)
            lines.append({"hts": hts, "origin": origin, "entered": day, "channel": channel,
                          "transport": transport, "value": value,
                          "claims": (claims.replace("HALF", half) + method).strip(";")})
        if dice.random() < 0.15:
            dice.choice(lines)["entry_type"] = dice.choice(["01", "11", "31", "21"])
        yield lines


def ordered(all_shipments):
    """Every shipment in every order: {name: its lines}."""
    named = {}
    for number, lines in enumerate(all_shipments):
        for turn, order in enumerate(itertools.permutations(range(len(lines)))):
            name = "s%d-%d" % (number, turn)
            named[name] = [dict(lines[i], shipment=name, id="%s/%d" % (name, i)) for i in order]
    return named


def mixed(named, dice):
    """The lines of all shipments mixed; those of one keep their order."""
    waiting = {name: list(lines) for name, lines in named.items()}
    names = [name for name, lines in named.items() for _ in lines]
    dice.shuffle(names)
    return [waiting[name].pop(0) for name in names]


def by_id(program, lines):
    found = answers(program, COLUMNS, lines, "--no-screen")
    if [answer["id"] for answer in found] != [line["id"] for line in lines]:
        sys.exit("shipments: the answers are not in the order of the lines")
    return {answer["id"]: answer for answer in found}


def sums(answers):
    """What a shipment owes: duty as far as it is known, each choice, each fee."""
    total = defaultdict(Decimal)
    for answer in answers:
        if answer["status"] == "refused":
            total["refused"] += 1
            continue
        duty = answer["duty"]
        total["duty"] += Decimal(duty["amount"] or 0)
        for choice in duty.get("choices", []):
            total[choice["is"]] += Decimal(choice["amount"])
        for fee in answer["fees"]["lines"]:
            total[fee["fee"]] += Decimal(fee["amount"])
    return {key: value for key, value in total.items() if value}


def faults_within(answers):
    """What one shipment says of itself must hold together."""
    fees = defaultdict(list)
    for answer in answers:
        if answer["status"] != "refused":
            for fee in answer["fees"]["lines"]:
                fees[fee["fee"], tuple(fee["by"])].append(fee)
    for (name, _), lines in fees.items():
        if any("shipment" not in line for line in lines):
            yield "%s does not say what the shipment owes" % name
            continue
        whole = lines[0]["shipment"]
        if any(line["shipment"] != whole for line in lines):
            yield "%s: the lines do not agree on what the shipment owes" % name
        if sum(Decimal(line["amount"]) for line in lines) != Decimal(whole["amount"]):
            yield "%s: the lines do not add up to the shipment" % name
        if whole["on"] is not None and sum(Decimal(line["on"]) for line in lines) != Decimal(
                whole["on"]):
            yield "%s: the bases do not add up" % name
        if sum(Decimal(line["amount"]) != 0 for line in lines) > 1:
            yield "%s stands on several lines" % name
    sums_told = {layer["shipment"]["amount"] for answer in answers if answer["status"] != "refused"
                 for layer in answer["duty"]["lines"] if "shipment" in layer}
    if len(sums_told) > 1:
        yield "the lines do not agree on the flat duty: %s" % ", ".join(sorted(sums_told))
    types = {answer["entry_type"] for answer in answers if answer["status"] != "refused"
             and not (answer["de_minimis"] or {}).get("eligible")}
    if len(types) > 1:
        yield "one shipment, entries of the types %s" % ", ".join(sorted(types))


def lone(named, answers):
    """For each formal fee of a shipment one line of its base alone, and the fee it must have."""
    wanted = {}
    for name, lines in named.items():
        for line in lines:
            if answers[line["id"]]["status"] == "refused":
                continue
            for fee in answers[line["id"]]["fees"]["lines"]:
                if fee["fee"] == "us.mpf.formal" and "shipment" in fee:
                    wanted[name] = (dict(line, id=name, shipment="", claims="", channel="commercial",
                                         hts="9403.60.80.93", origin="VN", entry_type="01",
                                         value=fee["shipment"]["on"]), fee["shipment"]["amount"])
    return wanted


def flat(answer):
    """The flat duty on mail of a line, None where it pays none."""
    if answer["status"] == "refused":
        return None
    return next((Decimal(layer["amount"]) for layer in answer["duty"]["lines"]
                 if layer["rate"].startswith("=$")), None)


def flat_faults(program, named, answers):
    """A package pays the highest flat duty that any of its goods would pay in a package alone."""
    packages = {name: lines for name, lines in named.items()
                if any(flat(answers[line["id"]]) is not None for line in lines)}
    alone = by_id(program, [dict(line, shipment="") for lines in packages.values()
                          for line in lines])
    for name, lines in packages.items():
        paid = sum(flat(answers[line["id"]]) or 0 for line in lines
                   if not (answers[line["id"]]["de_minimis"] or {}).get("eligible"))
        highest = max([flat(alone[line["id"]]) or 0 for line in lines
                       if not (answers[line["id"]]["de_minimis"] or {}).get("eligible")],
                      default=0)
        if paid != highest:
            yield "%s: pays %s flat, its goods alone at the most %s" % (name, paid, highest)
    if not packages:
        yield "no package of mail was made"


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    dice = random.Random(seed)
    named = ordered(shipments(count, dice))
    together = by_id(program, [line for lines in named.values() for line in lines])
    apart = by_id(program, mixed(named, dice))
    faults, first = [], {}
    for name, lines in named.items():
        found = [together[line["id"]] for line in lines]
        faults += ["%s: %s" % (name, fault) for fault in faults_within(found)]
        if any(together[line["id"]] != apart[line["id"]] for line in lines):
            faults.append("%s: not the same when the lines stand apart" % name)
        owed = first.setdefault(name.split("-")[0], sums(found))
        if sums(found) != owed:
            faults.append("%s: %s in this order, %s in the first" % (name, sums(found), owed))
    faults += flat_faults(program, named, together)
    singles = lone(named, together)
    alone = by_id(program, [line for line, _ in singles.values()])
    for name, (_, amount) in singles.items():
        fees = {fee["fee"]: fee["amount"] for fee in alone[name]["fees"]["lines"]}
        if fees.get("us.mpf.formal") != amount:
            faults.append("%s: %s for the shipment, %s for one line of its value"
                          % (name, amount, fees.get("us.mpf.formal")))
    for fault in faults:
        check(False, fault)
    check(len(named) > count and singles, "shipments, their orders and formal fees were made")
    sys.exit(finish("seed %d: %d shipments, %d orders, %d lines, %d formal fees"
                    % (seed, count, len(named), len(together), len(singles))))


if __name__ == "__main__":
    main()
