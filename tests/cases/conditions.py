#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Conditions of the law, each fact by each of its tests, against what docs/law-format.md says.

    conditions.py PROGRAM LAW [LINES [SEED]]

Every condition is a program of its own in a copy of LAW, that owes a duty or a fee where it holds.
Random lines, on both sides of every threshold, are answered; which programs stand in an answer
must be those whose condition this file finds to hold. Lines come often enough alike for plans to
be used.
"""
import json
import os
import random
import sys
import tempfile
from decimal import Decimal

sys.path.append(sys.path[0] + "/..")
from lib import Law, check, finish, run, table, write  # noqa: E402

PROGRAM, LAW = (os.path.abspath(path) for path in sys.argv[1:3])
LINES = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1

EU = {"DE", "FR"}
DAYS = ["2025-05-01T00:00", "2025-05-02T00:00", "2025-05-03T00:00", ""]
# What a line may say, column or claim; "" says nothing.
COLUMNS = {
    "hts": ["0101210010", "3213100000"], "origin": ["CN", "DE", "KR"], "ship_from": ["", "CN", "FR", "HK"],
    "entered": ["2025-05-02T00:00", "2025-06-01T00:00", "2025-06-02T00:00", "2025-06-03T00:00"], "channel": ["", "commercial", "express", "postal"],
    "transport": ["", "air", "vessel", "truck", "rail"], "entry_type": ["", "01", "11", "31"],
    "currency": ["", "USD"], "value": ["100", "200", "900"], "retail_value": ["150", "200", "900"], "qty": ["1"],
    "unit": ["No."], "weight": ["", "4 kg", "5 kg", "6 kg"], "imported": DAYS, "loaded": DAYS,
    "departed": DAYS, "it_date": DAYS,
}
CLAIMS = {
    "donation": ["", "yes", "no"], "treaty": ["", "yes", "no"], "case_value": ["", "40", "100"],
    "battery_value": ["", "40", "100", "250"], "lead_kg": ["", "4", "5", "6"],
    "sugar_percent": ["", "9", "10", "11", "12"],
    "mail_method": ["", "ad_valorem", "specific"], "melt_pour": ["", "CN", "DE", "KR"],
    "chapter98": ["", "9802.00.80", "9801.00.10"], "assembled": DAYS,
    "smelted": ["", "yes", "no", "CA"], "thaw": ["", "2", "3", "5"],
}


def word(name, *words, turned=False):
    """A fact or claim among words; one that is not said is none of them."""
    wanted = {each.lower() for each in words}
    return lambda line: (line[name].lower() in wanted) != turned


def place(name, *words, turned=False):
    def holds(line):
        said = line[name] or (line["origin"] if name == "ship_from" else "")
        return (said in words) != turned
    return holds


def number(text):
    return Decimal(text.split()[0]) if text else None


def moment(line, name):
    if name == "shipped":
        return max(line["loaded"], line["departed"]) or None
    return line[name] or None


def side(line, name, read):
    return moment(line, name) if read is moment else number(line[name])


def than(name, sign, bound, read=None, share=None):
    """A number or a time against a bound, or against a share of another one."""
    def holds(line):
        left = side(line, name, read)
        right = side(line, bound, read) if share is not None else bound
        if left is None or right is None:
            return False
        if share not in (None, 1):
            right *= share
        return {"<": left < right, "<=": left <= right, ">": left > right,
                ">=": left >= right}[sign]
    return holds


def flag(name):
    return lambda line: line[name] == "yes"


def said(name):
    if name == "shipped":
        return lambda line: bool(line["loaded"] or line["departed"])
    return lambda line: bool(line[name])


def never(line):
    return False


def always(line):
    return True


def conditions():
    """The text of each condition, and what it comes to."""
    for sign in "<", "<=", ">", ">=":
        for name, bound in (("value", 200), ("retail_value", 200), ("weight", 5), ("lead_kg", 5),
                            ("battery_value", 100)):
            money = "$" if name.endswith("value") and sign in "<=" else ""
            yield f"{name} {sign} {money}{bound}", than(name, sign, Decimal(bound))
        yield f"sugar_percent {sign} 10%", than("sugar_percent", sign, Decimal(10))
        yield f"sugar_percent {sign} 11", than("sugar_percent", sign, Decimal(11))
        for name in "imported", "loaded", "departed", "it_date", "shipped", "assembled":
            yield f"{name} {sign} 2025-05-02T00:00", than(name, sign, "2025-05-02T00:00", moment)
        yield f"entered {sign} 2025-06-02T00:00", than("entered", sign, "2025-06-02T00:00", moment)
        for left, share, right in (("value", 1, "retail_value"), ("retail_value", 1, "value"),
                                   ("case_value", 20, "value"), ("value", 100, "battery_value"),
                                   ("case_value", 1, "battery_value"), ("lead_kg", 1, "weight"),
                                   ("weight", 100, "lead_kg"), ("thaw", 50, "lead_kg")):
            text = right if share == 1 else f"{share}% of {right}"
            yield (f"{left} {sign} {text}", than(
                left, sign, right, number, 1 if share == 1 else Decimal(share) / 100))
        for left, right in (("loaded", "departed"), ("imported", "it_date"),
                            ("assembled", "shipped"), ("shipped", "entered"),
                            ("departed", "assembled")):
            yield f"{left} {sign} {right}", than(left, sign, right, moment, 1)
    for turned, sign in (False, "="), (True, "!="):
        yield f"origin {sign} CN", place("origin", "CN", turned=turned)
        yield f"ship_from {sign} HK", place("ship_from", "HK", turned=turned)
        yield f"into {sign} US", always if not turned else never
        yield f"currency {sign} USD", word("currency", "USD", turned=turned)
        yield f"transport {sign} vessel", word("transport", "vessel", turned=turned)
        yield f"mail_method {sign} specific", word("mail_method", "specific", turned=turned)
        yield f"melt_pour {sign} KR", word("melt_pour", "KR", turned=turned)
        yield f"smelted {sign} ca", word("smelted", "CA", turned=turned)
        yield (f"chapter98 {sign} 9802", lambda line, turned=turned:
               line["chapter98"].startswith("9802") != turned)
    yield "origin = eu", place("origin", *EU)
    yield "ship_from in [CN, eu]", place("ship_from", "CN", *EU)
    yield "melt_pour in [CN, eu]", word("melt_pour", "CN", *EU)
    yield "chapter98 = 98", said("chapter98")
    yield "chapter98 = 9802.00.80.10", never
    yield "transport in [air, rail]", word("transport", "air", "rail")
    for name in "donation", "treaty":
        yield name, flag(name)
    yield "smelted", lambda line: line["smelted"] in ("yes", "CA")  # a word says yes
    for name in (*CLAIMS, "imported", "loaded", "departed", "it_date", "shipped", "weight",
                 "transport", "currency"):
        yield f"said {name}", said(name)
    for name in "value", "entered", "origin":
        yield f"said {name}", always
    # More questions than are laid out one behind the other.
    many = [f"lead_kg > {1000 + i}" for i in range(300)]
    yield {"any": [*many, "lead_kg >= 5"]}, than("lead_kg", ">=", Decimal(5))
    yield {"all": ["treaty", {"not": {"any": many}}]}, flag("treaty")
    yield {"not": {"any": [*many, "lead_kg >= 5"]}}, \
        lambda line: not than("lead_kg", ">=", Decimal(5))(line)
    yield {"all": [{"any": [*many, "donation"]}, {"any": ["treaty", "transport = air"]}]}, \
        lambda line: line["donation"] == "yes" and (line["treaty"] == "yes" or
                                                   line["transport"] == "air")


def programs(law):
    """Each condition as a program of the law: {its name: what it comes to}."""
    made = {}
    for at, (text, holds) in enumerate(conditions()):
        name = f"us.ask.{at}"
        write(os.path.join(law, f"us/duties/ask{at}.yaml"), (
            f"program: {name}\ntitle: question {at}\norder: {100 + at}\nmeasures:\n"
            f"  - id: {name}.only\n    duty: 1%\n    when: {json.dumps(text)}\n"
            "    from: {at: 2012-01-01, by: TREATY}\n"))
        made[name] = text, holds
    return made


def fees(law):
    """Fees that look at what the duties come to: {its name: what it comes to, of an answer}."""
    made = {}
    for at, (text, holds) in enumerate((
            ("duty > $50", lambda duty, added: duty > 50),
            ("duty <= $85", lambda duty, added: duty <= 85),
            ("additional >= $30.50", lambda duty, added: added >= Decimal("30.50")),
            ("additional < 95% of duty", lambda duty, added: added < duty * 95 / 100),
            ("duty > additional", lambda duty, added: duty > added))):
        name = f"us.fee{at}"
        write(os.path.join(law, f"us/fees/ask{at}.yaml"), (
            f"program: {name}\ntitle: fee {at}\nkind: fee\nmeasures:\n"
            f"  - id: {name}.only\n    fee: $1\n    when: {json.dumps(text)}\n"
            "    from: {at: 2012-01-01, by: TREATY}\n"))
        made[name] = text, holds
    return made


def lines(dice):
    for at in range(LINES):
        line = {"id": str(at)}
        line.update((name, dice.choice(said)) for name, said in {**COLUMNS, **CLAIMS}.items())
        yield line


def row(line):
    claims = ";".join(f"{name}={line[name]}" for name in CLAIMS if line[name])
    return [line["id"], *(line[name] for name in COLUMNS), claims]


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-conditions-") as folder:
        law = Law(LAW, folder)
        text = law.read("claims.yaml").replace(
            "  melt_pour:", "  thaw:\n    type: number\n    title: degrees\n  melt_pour:", 1)
        law.write("claims.yaml", text)
        made, charged = programs(str(law)), fees(str(law))
        given = list(lines(random.Random(SEED)))
        # Twice over, so that what was planned at first is used then.
        rows = [row(line) for line in given] * 2
        done = run(PROGRAM, "assess", "--law", str(law), "--jobs", "1", "--format", "ndjson", "-",
                   given=table(["id", *COLUMNS, "claims"], rows))
        answers = [json.loads(line) for line in done.out.splitlines()]
        if not check(len(answers) == len(rows), "every line is answered", done.err):
            return finish()
        held = dict.fromkeys(made, 0)
        wrong, refused = {}, 0
        for line, answer in zip(given * 2, answers):
            if answer["status"] == "refused":  # loaded after it was entered, or the like
                refused += 1
                continue
            seen = {layer["program"] for layer in answer["duty"]["lines"]}
            amounts = [Decimal(answer["duty"][key]) for key in ("amount", "relieved", "additional")
                       if answer["duty"].get(key) is not None]
            paid = {fee["fee"] for fee in answer["fees"]["lines"]}
            for name, (text, holds) in charged.items():
                if len(amounts) == 3 and (name in paid) != holds(amounts[0] + amounts[1], amounts[2]):
                    wrong.setdefault(text, []).append((line, answer["duty"]["amount"], amounts))
                held[text] = held.get(text, 0) + (name in paid)
            for name, (text, holds) in made.items():
                held[name] += name in seen
                if (name in seen) != bool(holds(line)):
                    wrong.setdefault(name, []).append(line)
        check(refused < len(answers) / 2, "most lines are sound", refused)
        for text, _ in charged.values():
            check(text not in wrong, f"{text} of {len(wrong.get(text, []))} lines",
                  str(wrong.get(text, [""])[0]))
            check(0 < held[text] < len(answers), f"{text} holds now and then", held[text])
        for name, (text, holds) in made.items():
            check(name not in wrong, f"{str(text)[:60]} of {len(wrong.get(name, []))} lines",
                  str(wrong.get(name, [""])[0]))
            if holds is not never and holds is not always:
                check(0 < held[name] < len(answers), f"{str(text)[:60]} holds now and then",
                      held[name])
    return finish()


if __name__ == "__main__":
    sys.exit(main())
