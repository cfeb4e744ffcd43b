#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Interest to the cent: a second computation, in fractions, of random entries.

    interest.py PROGRAM LAW

It multiplies a fraction a day, and rounds once, half up. 10,000 entries under the law as it is,
then more under a copy with rates of other years, half percents and leap years.
"""
import datetime
import fractions
import json
import os
import random
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib import changed_law, check, equal, finish, run, table, write  # noqa: E402

DAY = datetime.timedelta(1)
COLUMNS = ("entry entry_type entry_date deposit_date line hts value heading duty summary "
           "liquidation protest recon_flag recon_filed drawback surety_paid prior_cape").split()
FACTS = {"entry_type": "01", "summary": "accepted", "liquidation": "unliquidated",
         "protest": "none", "recon_flag": "no", "recon_filed": "no", "drawback": "no",
         "surety_paid": "no", "prior_cape": "no"}


def check_digit(text):
    """By the table of the form: each letter has the digit of its key on a punched card."""
    total = 0
    for place, sign in enumerate(reversed(text)):
        value = int(sign) if sign.isdigit() else [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8,
                                                  9, 2, 3, 4, 5, 6, 7, 8, 9][ord(sign) - 65]
        value *= 2 - place % 2
        total += sum(map(int, str(value)))
    return str(-total % 10)


def number(place):
    text = f"Z9Z{place:07d}"
    return text + check_digit(text)


def read_rates(path):
    rates = {}
    with open(path, encoding="utf-8") as file:
        for line in list(file)[1:]:
            first, last, *percent = line.split("\t")[:4]
            day = datetime.date.fromisoformat(first)
            while day.isoformat() <= last:
                rates[day] = [fractions.Fraction(text.rstrip("%")) / 100 for text in percent]
                day += DAY
    return rates


def factors(rates, end, payee):
    """Of each deposit day up to the end: numerator and denominator of the product of the days."""
    over = under = 1
    found, day = {end: (1, 1)}, end
    while day in rates:
        days = 366 if day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0) else 365
        one = 1 + rates[day][payee] / days
        over, under = over * one.numerator, under * one.denominator
        day -= DAY
        found[day] = over, under
    return found


def cents(principal, factor):
    over, under = factor
    return (2 * principal * (over - under) + under) // (2 * under)


def hold(program, rates, count, ends, first, *options):
    dice = random.Random(1505)
    differ = seen = 0
    with tempfile.TemporaryDirectory() as folder:
        for end in ends:
            for payee in range(2):
                known = factors(rates, end, payee)
                days = sorted(known)
                rows, wanted = [], []
                for place in range(count):
                    principal = dice.choice((dice.randrange(1, 10 ** 4), dice.randrange(1, 10 ** 7),
                                             dice.randrange(1, 10 ** 13)))
                    deposit = dice.choice(days)
                    rows.append({"entry": number(place), "entry_date": first, "line": 1,
                                 "deposit_date": deposit.isoformat(), "hts": "6109.10.0012",
                                 "heading": "9903.01.24", "value": "1.00",
                                 "duty": f"{principal // 100}.{principal % 100:02d}", **FACTS})
                    wanted.append(cents(principal, known[deposit]))
                path = write(os.path.join(folder, "entries.csv"), table(COLUMNS, rows))
                done = run(program, "refund", path, "--as-of", "2026-05-18", "--interest-to",
                           end.isoformat(), "--payee", ("corporation", "other")[payee], "--format",
                           "ndjson", "--quiet", *options)
                answers = [json.loads(line) for line in done.out.splitlines()]
                check(done.code == 0 and len(answers) == count, f"{end}: {count} answers", done.err)
                for row, answer, interest in zip(rows, answers, wanted):
                    seen += 1
                    text = f"{interest // 100}.{interest % 100:02d}"
                    if answer["interest"] != text:
                        differ += 1
                        equal(answer["interest"], text, f"{row['duty']} from {row['deposit_date']} "
                                                        f"to {end}, payee {payee}")
    check(not differ, f"{seen} entries, {differ} of another interest")
    print(f"{seen} entries compared")


def main():
    program, law = sys.argv[1:3]
    table_of_rates = "us/refunds/interest.tsv"
    rates = read_rates(os.path.join(law, table_of_rates))
    last = max(rates)
    dice = random.Random(6622)
    ends = [last, datetime.date(2026, 4, 2), datetime.date(2026, 6, 30), datetime.date(2026, 7, 1)]
    ends += [min(rates) + DAY * dice.randrange(30, len(rates)) for _ in range(21)]
    hold(program, rates, 200, ends, "2025-07-08")
    equal(cents(100000, factors(rates, datetime.date(2026, 4, 2), 0)[datetime.date(2026, 3, 30)]),
          44, "1000.00 over the end of March 2026")
    with changed_law(law) as other:
        text = other.read(table_of_rates)
        other.write(table_of_rates, text.replace("6%\t7%", "6.5%\t7 1/4%") +
                    "2027-01-01\t2027-12-31\t8%\t9%\tIRB-2026-36\tlow\t\n"
                    "2028-01-01\t2028-12-31\t3.75%\t4%\tIRB-2026-36\tlow\t\n")
        rates = {day: [fractions.Fraction(13, 200) if r[0] == fractions.Fraction(6, 100) else r[0],
                       fractions.Fraction(29, 400) if r[1] == fractions.Fraction(7, 100) else r[1]]
                 for day, r in read_rates(os.path.join(law, table_of_rates)).items()}
        for year, both in ((2027, (8, 9)), (2028, (fractions.Fraction(15, 4), 4))):
            day = datetime.date(year, 1, 1)
            while day.year == year:
                rates[day] = [fractions.Fraction(x) / 100 for x in both]
                day += DAY
        ends = [datetime.date(2028, 12, 31), datetime.date(2028, 2, 29), datetime.date(2028, 3, 1),
                datetime.date(2027, 12, 31)]
        hold(program, rates, 100, ends, "2025-07-08", "--law", str(other))
    return finish()


sys.exit(main())
