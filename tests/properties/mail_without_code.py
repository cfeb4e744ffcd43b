#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail without a tariff code: where it is answered, every code has that answer.

    mail_without_code.py PROGRAM SCHEDULE

Taxes likewise: those of every code, or not known.

Each line of mail is assessed without a code, and with a few hundred codes taken from all over the
schedule. An amount without a code must be the amount of each of them, bounds must hold it, and so
must the duties that are shown; and where all of the codes come to one amount by mail alone, the
line without one is answered.
"""
import csv
import os
import random
import sys

sys.path.append(sys.path[0] + "/..")
from lib import answers, check, finish  # noqa: E402

PROGRAM, SCHEDULE = os.path.abspath(sys.argv[1]), sys.argv[2]
DAYS = ["2025-03-10", "2025-05-02T00:00", "2025-05-02T00:01", "2025-05-20", "2025-06-10",
        "2025-08-28", "2025-08-29T00:01", "2025-10-10", "2026-01-15", "2026-02-24T00:00",
        "2026-02-24T00:01", "2026-05-05", "2026-07-24T00:01", "2026-08-20"]
PLACES = [("CN", ""), ("CN", "CN"), ("HK", "CN"), ("CN", "VN"), ("FR", "FR"), ("BR", "BR"),
          ("IN", "IN"), ("CA", "CA"), ("MX", "MX"), ("JP", "JP"), ("US", "GB")]
CLAIMS = ["", "mail_method=ad_valorem", "mail_method=specific", "mail_method=specific;adcvd=yes",
          "mail_method=ad_valorem;usmca=yes"]
VALUES = ["35.00", "650.00", "850.00"]


def assess(rows, into="US"):
    columns = ["id", "hts", "origin", "ship_from", "entered", "value", "channel", "claims"]
    return answers(PROGRAM, columns, rows, "--set", f"into={into}", "-q")


def taxes():
    """Into Canada: what the goods are decides whether a parcel is let in without the tax."""
    codes = ["95030090", "22030000", "24022000", "61091000", "30049000"]
    for channel in ("postal", "express", ""):
        for value in ("15.00", "60.00", "400.00"):
            rest = ["CN", "", "2026-06-01", value, channel, ""]
            whole, *parts = assess([["0", ""] + rest] + [[code, code] + rest for code in codes],
                                   "CA")
            theirs = {part["taxes"]["amount"] for part in parts}
            if whole["status"] == "refused":  # where a code is asked for, nothing is told
                check(channel != "postal", f"taxes of {rest}", whole)
                continue
            told = whole["taxes"]["amount"]
            check(told is None or {told} == theirs, f"taxes of {rest}", f"{told}, not {theirs}")


def main():
    taxes()
    dice = random.Random(8)
    with open(SCHEDULE, encoding="utf-8", newline="") as file:
        table = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        codes = sorted({row[table.fieldnames[0]] for row in table})
    codes = [code for code in codes if len(code.replace(".", "")) in (8, 10) and code[:2] < "98"]
    if len(codes) < 5000:
        sys.exit(f"{SCHEDULE}: {len(codes)} codes were found in it, thousands expected")
    answered = 0
    for _ in range(60):
        day, (origin, ship), claims, value = (dice.choice(list_) for list_ in
                                              (DAYS, PLACES, CLAIMS, VALUES))
        rest = [origin, ship, day, value, "postal", claims]
        wanted = dice.sample(codes, 150)
        whole, *parts = assess([["0", ""] + rest] + [[code, code] + rest for code in wanted])
        parts = [part for part in parts if part["status"] != "refused"]
        amount, least, greatest = (whole["duty"].get(key) for key in ("amount", "least", "greatest"))
        answered += amount is not None
        for part in parts:
            theirs = part["duty"]["amount"]
            headings = {layer["heading"] for layer in part["duty"]["lines"]}
            wrong = amount is not None and theirs != amount
            if least is not None and theirs is not None:
                wrong |= not float(least) <= float(theirs) <= float(greatest)
            wrong |= any(layer["heading"] not in headings for layer in whole["duty"]["lines"])
            check(not wrong, f"{rest} with the code {part['id']}",
                  f"without: {whole['duty']}\n  with: {part['duty']}")
        amounts = {part["duty"]["amount"] for part in parts}
        alone = all(layer["program"] == "us.mail" for part in parts
                    for layer in part["duty"]["lines"] if layer["kind"] != "exempt")
        one = len(amounts) == 1 and None not in amounts
        check(amount is not None or not (alone and one and parts and parts[0]["duty"]["lines"]),
              f"{rest} is answered where all codes come to one amount", amounts)
    check(answered, f"{answered} of 60 are answered without a code")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
