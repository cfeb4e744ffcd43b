#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two measures of one program must not both charge the same goods: which pairs the compiler parts.

    overlap.py LAWC LAW

A pair is sound where no line can meet both conditions, or where one steps back for the other, or
where they charge other parts of the value or other choices. Where the first takes whatever the
second could, the second never charges, and they do not meet either. And two programs never step
back for each other.
"""
import json
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import Law, changed_law, check, finish, run  # noqa: E402

LAWC, LAW = (os.path.abspath(path) for path in sys.argv[1:3])
APART, MEET = True, False
NOT = "not"

CONDITIONS = [
    (None, None, APART),
    ("donation", {NOT: "donation"}, APART),
    ("donation", {NOT: "treaty"}, MEET),
    ("donation", {NOT: {NOT: "donation"}}, MEET),
    ("said lead_kg", {NOT: "said lead_kg"}, APART),
    # numbers: intervals that share no point
    ("value < $5", "value >= $5", APART),
    ("value <= $5", "value > $5", APART),
    ("value <= $5", "value >= $5", MEET),
    ("value < $5", "value > $5", APART),
    ("value < $5", "value > $4", MEET),
    ("value < $5", "value < $4", MEET),
    ("value > $5", "value < $4.99", APART),
    ("value < $5", {NOT: "value < $5"}, APART),
    ("value > $5", {NOT: "value > $4"}, APART),
    ("value > $5", {NOT: "value >= $6"}, MEET),
    ("value < $5", "retail_value >= $5", MEET),
    ("lead_kg < 5", "lead_kg >= 5", APART),
    ("lead_kg < 5", "sugar_percent >= 5", MEET),
    ("loaded < 2025-05-01", "loaded >= 2025-05-01", APART),
    # shares of one fact are numbers, of another or of nothing they are not
    ("value < 20% of retail_value", "value >= 20% of retail_value", APART),
    ("value < 10% of retail_value", "value > 20% of retail_value", APART),
    ("value < 20% of retail_value", "value >= 10% of retail_value", MEET),
    ("value < 20% of retail_value", "value >= 20% of shipment_value", MEET),
    ("value < 20% of case_value", "value >= 20% of battery_value", MEET),
    ("value < 20% of case_value", "value >= 20% of case_value", APART),
    ("value < 20% of retail_value", "value >= $5", MEET),
    ("value < 20% of case_value", {NOT: "value < 20% of case_value"}, APART),
    ("value < 20% of case_value", {NOT: "value < 20% of battery_value"}, MEET),
    # words: sets that share none
    ("transport = air", "transport = vessel", APART),
    ("transport in [air, rail]", "transport = rail", MEET),
    ("transport in [air, rail]", "transport in [truck, vessel]", APART),
    ("transport in [air, rail]", {NOT: "transport in [air, rail]"}, APART),
    ("transport in [air, rail]", {NOT: "transport in [air, truck]"}, MEET),
    ("transport in [air, rail]", {NOT: "transport in [truck, rail, air]"}, APART),
    ("transport = air", "transport != air", APART),
    ("transport != air", "transport != rail", MEET),
    ("transport = air", "channel = postal", MEET),
    # codes stand for what is beneath them
    ("chapter98 = 9801", "chapter98 = 9802", APART),
    ("chapter98 = 98", "chapter98 = 9802", MEET),
    ("chapter98 = 9802", "chapter98 != 98", APART),
    ("chapter98 = 98", "chapter98 != 9802", MEET),
    # within all, and within what is not any
    ({"all": ["donation", "value < $5"]}, {"all": ["treaty", "value > $5"]}, APART),
    ({"all": ["donation", "value < $5"]}, {"all": ["treaty", "value > $4"]}, MEET),
    ({NOT: {"any": ["donation", "treaty"]}}, "treaty", APART),
    ({"any": ["donation", "treaty"]}, {NOT: "treaty"}, MEET),
    ({NOT: {"all": ["donation", "treaty"]}}, "treaty", MEET),
]
# Other keys of the first, of the second.
KEYS = [
    ({"except": ["us.pair.b"]}, {}, APART),
    ({}, {"except": ["us.pair.a"]}, APART),
    ({"on": "steel"}, {"on": "copper"}, APART),
    ({"when": "donation"}, {}, MEET),
    ({}, {"when": "donation"}, APART),
    ({"on": "steel"}, {"on": "steel"}, APART),
    ({"on": "steel", "when": "donation"}, {"on": "steel"}, MEET),
    ({"on": "steel"}, {"on": "us_content"}, MEET),
    ({"on": "steel"}, {"on": "not steel"}, APART),
    ({"on": "steel"}, {"on": "not us_content"}, MEET),
    ({"on": "not steel"}, {"on": "not us_content"}, MEET),
    ({"on": "steel"}, {}, MEET),
    ({"choice": {"claim": "mail_method", "is": "ad_valorem"}},
     {"choice": {"claim": "mail_method", "is": "specific"}}, APART),
    ({"choice": {"claim": "mail_method", "is": "ad_valorem"}},
     {"choice": {"claim": "mail_method", "is": "ad_valorem"}}, MEET),
    ({"origins": ["CN"]}, {"origins": ["DE"]}, APART),
    ({"origins": ["CN"]}, {"origins": "mixed"}, APART),
    ({"origins": "mixed", "when": "donation"}, {"origins": ["CN"]}, MEET),
    ({"scope": ["7301"]}, {"scope": ["7304"]}, APART),
    ({"scope": ["73"]}, {"scope": ["7304"]}, APART),
    ({"scope": ["73"], "when": "donation"}, {"scope": ["7304"]}, MEET),
    ({"until": {"at": "2025-01-01T00:00", "by": "TREATY"}},
     {"from": {"at": "2025-01-01T00:00", "by": "TREATY"}}, APART),
    ({"exempt": True, "duty": None}, {}, APART),
]


def measure(name, keys):
    whole = {"id": f"us.pair.{name}", "duty": "1%",
             "from": {"at": "2012-01-01T00:00", "by": "TREATY"}, **keys}
    return {key: value for key, value in whole.items() if value is not None}


def hold(folder, one, two, apart):
    law = Law(LAW, folder)
    program = {"program": "us.pair", "title": "a pair", "order": 90,
               "measures": [measure("a", one), measure("b", two)]}
    law.write("us/duties/pair.yaml", json.dumps(program))
    done = run(LAWC, "compile", law, os.path.join(folder, "out.rulebook"))
    what = f"{json.dumps(one)} and {json.dumps(two)}"
    if apart:
        check(done.code == 0, f"{what} are apart", done.err)
    else:
        check(done.code == 2 and "us.pair.b meets us.pair.a" in done.err, f"{what} meet",
              f"exit {done.code}: {done.err}")


def hold_circle():
    """us.alpha steps back for us.beta from 2025-04-05: us.beta may do so only before."""
    circle = ("us/duties/alpha.yaml:1:10: programs yield to each other in a circle (us.alpha, us.beta): "
              "end one yield before the other begins")
    for minute, code, said in (("01", 0, ""), ("02", 2, circle)):
        with changed_law(LAW) as law:
            law.replace("us/duties/beta.yaml", "measures:", "yields:\n  - to: [us.alpha]\n    for: line\n"
                        "    from: {at: 2025-03-12T00:01, by: ORDER-2}\n"
                        f"    until: {{at: 2025-04-05T00:{minute}, by: ORDER-2}}\nmeasures:")
            done = run(LAWC, "compile", law, str(law) + ".rulebook")
            check(done.code == code and said in done.err, f"a circle until minute {minute}", done.err)


def main():
    pairs = [({"when": one} if one else {}, {"when": two} if two else {}, apart)
             for one, two, apart in CONDITIONS]
    # In either order.
    for one, two, apart in pairs + [(two, one, apart) for one, two, apart in pairs] + KEYS:
        with tempfile.TemporaryDirectory(prefix="tidewaiter-overlap-") as folder:
            hold(folder, one, two, apart)
    hold_circle()
    return finish()


if __name__ == "__main__":
    sys.exit(main())
