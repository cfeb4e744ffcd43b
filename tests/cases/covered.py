#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What an answer says is not covered is so, by the rulebook at hand: each sentence that depends on what
the law folder holds is held against what the program does, with and without a schedule that a user
brought, and before and behind its first day.

    covered.py PROGRAM LAW
"""
import glob
import json
import os
import re
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import Law, answers, check, equal, finish, run, write  # noqa: E402

PROGRAM, LAW = (os.path.abspath(path) for path in sys.argv[1:3])
BEGINS, EARLY, LATE = "2026-03-01", "2026-02-28", "2026-03-01"
# A code of each schedule, and a number that no schedule has.
ITEM, NONE, UNREAD = "61091000", "61091077", "73181599"

# Sentences that depend on what is held, by what is asked of the program.
HELD = {
    r"whether the (tariff number|code) exists": lambda ask: ask(NONE)["status"] != "refused",
    r"whether a statistical number of ten digits exists":
        lambda ask: ask(ITEM)["duty"]["amount"] is not None and ask(ITEM + "91")["status"] == "ok" and
        "code-not-current" not in " ".join(ask(ITEM + "91")["warnings"]),
    r"treatments of .*agreements": lambda ask: ask(ITEM)["duty"]["amount"] is not None,
    r"no order is looked for": lambda ask: "adcvd" not in ask.jurisdiction,
    r"orders with an anniversary in December": lambda ask: "adcvd" in ask.jurisdiction,
    r"deposits whose rate is not given": lambda ask: "adcvd" in ask.jurisdiction,
}
# Sentences of what no part of the program computes, whatever is held.
ALWAYS = ["excise", "provincial sales taxes", "tariff relief by remission order other than for parcels of "
          "low value", "VAT and consumption tax", "cross-border retail and personal mail channels",
          "VAT and excise of the member state", "tariff quotas and suspensions",
          "import permits other than for chemicals", "VAT, the customs processing fee and excise, save "
          "where one rate stands for all of them", "programs of sectoral promotion",
          "permits of other agencies"]


class Asker:
    """Answers for one country on one day; each line is asked once."""

    def __init__(self, law, into, day):
        self.law, self.into, self.day, self.known = law, into, day, {}
        with open(os.path.join(str(law), into.lower(), "jurisdiction.yaml"), encoding="utf-8") as file:
            self.jurisdiction = [line.split(":")[0] for line in file if line[0] not in "# -\n"]

    def __call__(self, code):
        if code not in self.known:
            done = run(PROGRAM, "duty", "--law", self.law, "--into", self.into, "--hts", code, "--origin",
                       "TR", "--on", self.day, "--value", "1000", "--weight", "10kg", "--qty", "10",
                       "--unit", "kg", "--format", "json")
            self.known[code] = json.loads(done.out)
        return self.known[code]


def classified():
    """Every sentence of the law at hand is of one of the two kinds; a new one asks for its own."""
    for path in sorted(glob.glob(os.path.join(LAW, "*", "jurisdiction.yaml"))):
        with open(path, encoding="utf-8") as file:
            lists = re.findall(r"^not_covered\w*: \[(.*)\]$", file.read(), re.M)
        check(lists, f"{path} says what is not covered")
        for said in lists:
            for quoted, plain in re.findall(r'"([^"]*)"|([^,"]+)(?:, |$)', said):
                text = (quoted or plain).strip()
                check(text in ALWAYS or any(re.search(held, text) for held in HELD) or not text,
                      f"{path}: is this so whatever is held? {text}")


def hold(law, into, day, what):
    ask = Asker(law, into, day)
    said = ask(ITEM)["not_covered"]
    equal(len(set(said)), len(said), f"{what}: each once")
    for pattern, is_so in HELD.items():
        found = any(re.search(pattern, text) for text in said)
        if "anniversary" in pattern or "deposits" in pattern or "agreements" in pattern:
            check(not found or is_so(ask), f"{what}: {pattern}", said)
        else:
            equal(found, bool(is_so(ask)), f"{what}: {pattern}")


def in_bulk(law):
    """Many lines at once, whose plans are shared, say what each of them says alone."""
    columns = ["id", "into", "hts", "origin", "entered", "value", "qty", "unit"]
    kinds = [(into, hts, origin, day) for into in ("MX", "EU", "CN", "CA", "US")
             for hts in (ITEM, ITEM[:6], UNREAD, "01012100") for origin in ("CN", "DE", "US")
             for day in (f"{EARLY}T23:59", f"{LATE}T00:00", "2025-12-31", "2026-01-01")]
    lines = [dict(zip(columns, (str(i), *kinds[i % len(kinds)], "1000", "10", "kg")))
             for i in range(4 * len(kinds))]
    many = answers(PROGRAM, columns, lines, "--law", str(law), "--jobs", "1")
    equal([answer.get("not_covered") for answer in many[:len(kinds)]],
          [answer.get("not_covered") for answer in many[-len(kinds):]], "each time the same")
    for line, answer in zip(lines[::3], many[:len(kinds):3]):
        alone, = answers(PROGRAM, columns, [line], "--law", str(law))
        equal([answer.get(key) for key in ("status", "not_covered", "missing", "warnings")],
              [alone.get(key) for key in ("status", "not_covered", "missing", "warnings")], f"{line}")


def of_other_agreements():
    """A treatment of Canada whose rates are not held is not said not to exist."""
    line = {"id": "1", "into": "CA", "hts": ITEM, "origin": "BD", "entered": "2026-05-01",
            "value": "1000", "claims": "spi=LDCT"}
    answer, = answers(PROGRAM, list(line), [line])
    equal(answer["warnings"], ["preference-unknown: the schedule at hand has no such program indicator; "
                               "the general rate applies (LDCT)"], "a treatment that is not held")


def main():
    classified()
    of_other_agreements()
    for into in ("US", "CA", "MX", "CN", "EU"):
        for day in ("2025-07-01", "2025-12-31", "2026-01-01", LATE):
            hold(LAW, into, day, f"as shipped, {into} on {day}")
    with tempfile.TemporaryDirectory() as folder:
        made = Law(LAW, folder)
        profile = write(os.path.join(folder, "p.profile"), "code: Code\ngeneral: Rate\n")
        for into in ("MX", "CN", "EU"):
            table = write(os.path.join(folder, "t.csv"), f"Code,Rate\n01012100,Free\n{ITEM},12%\n"
                          f"{UNREAD},5 by measure\n")
            done = run(PROGRAM, "law", "import-schedule", "--law", made, "--into", into, "--from", BEGINS,
                       "--profile", profile, "--write", table)
            equal(done.code, 1, f"brought into {into}, one rate not understood")
        for into in ("MX", "CN", "EU"):
            for day in (EARLY, LATE):
                hold(made, into, day, f"brought, {into} on {day}")
            equal(Asker(made, into, LATE)(ITEM)["not_covered"][0],
                  "whether a statistical number of ten digits exists", f"{into}, brought")
        in_bulk(made)
    return finish()


sys.exit(main())
