#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Parcels of 54 dollars, the same every time, with the mix that docs/compare.md tells.

    parcels_of_54.py 10000000 > parcels.csv

Of 1,000 parcels 674 are of China, as CBP counted the value of low-value imports of China and Hong Kong
in the fiscal years 2018 to 2021 (67.4%); of the others no count is known, and they are spread evenly
over eleven countries. One parcel in four is mail, whose carrier pays by value; the record has no
figure for that either. Of 1,000 Chinese goods one is found to be transshipped, for the scenario that
asks for it. They arrive evenly on every day from 2025-05-02 to 2026-07-23.
"""
import datetime
import sys

CODES = ["6109100012", "6110202079", "6204628061", "6403996075", "9503000073", "3926909989",
         "8517620090", "8507600020", "9405118010", "4202923120", "7117199000", "6307909891"]
OTHERS = ["VN", "IN", "JP", "KR", "DE", "MX", "CA", "TW", "GB", "TH", "IT"]
FIRST, DAYS = datetime.date(2025, 5, 2), 448


def main():
    count = int(sys.argv[1])
    days = [(FIRST + datetime.timedelta(day)).isoformat() for day in range(DAYS)]
    state, rows = 54, []
    print("entered,hts,origin,value,qty,unit,weight,channel,claims")
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        draw = state >> 16
        draw, day = divmod(draw, DAYS)
        draw, code = divmod(draw, len(CODES))
        draw, share = divmod(draw, 1000)
        draw, other = divmod(draw, len(OTHERS))
        mail = draw & 3 == 0
        found = share == 0
        claims = "mail_method=ad_valorem" if mail else ""
        if found:
            claims += ";transshipped=cbp_determined" if mail else "transshipped=cbp_determined"
        rows.append(f"{days[day]},{CODES[code]},{'CN' if share < 674 else OTHERS[other]},54.00,1,No.,"
                    f"0.5,{'postal' if mail else 'express'},{claims}\n")
        if len(rows) == 100000:
            sys.stdout.write("".join(rows))
            rows.clear()
    sys.stdout.write("".join(rows))


if __name__ == "__main__":
    main()
