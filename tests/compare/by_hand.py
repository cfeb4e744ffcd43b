#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every scenario that is shipped, against a copy of the law in which the change was made by hand.

    by_hand.py PROGRAM LAWC LAW [LINES [SCENARIO...]]

The hand changes the text of the law, the scenario is laid over it; then both answer the same lines,
and the answers must be the same but for what they cite. And `compare` must add up what the law
and the scenario say of each line, to the cent. LINES: 300; 100,000 are a matter of minutes.
"""
import collections
import csv
import decimal
import io
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, equal, finish, run  # noqa: E402

PROGRAM, LAWC, LAW = (os.path.abspath(path) for path in sys.argv[1:4])
LINES = int(sys.argv[4]) if len(sys.argv) > 4 else 300
ONLY = sys.argv[5:]  # scenarios; none named: all
SCENARIOS = pathlib.Path(ROOT) / "scenarios"
MAIL = ["us.mail.cn.120", "us.mail.cn.54", "us.mail.cn.specific_100", "us.mail.cn.specific_100_kept",
        "us.mail.ieepa", "us.mail.ieepa_usmca", "us.mail.ieepa_floor", "us.mail.ieepa_minute",
        "us.mail.bands", "us.mail.bands_floor"]
SUSPENDED = ["us.de_minimis.cn", "us.de_minimis.all_2025", "us.de_minimis.all_2026",
             "us.de_minimis.all_cargo", "us.de_minimis.all_mail"]


def measure(text, name):
    """The text of a measure, from its id to the next."""
    found = re.search(rf"(?ms)^  - id: {re.escape(name)}\n.*?(?=^  - id: |^  # |^\S|\Z)", text)
    if not found:
        raise ValueError(name)
    return found.group(0)


class Copy:
    def __init__(self, at):
        self.at = pathlib.Path(at)

    def edit(self, path, change):
        file = self.at / path
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")

    def drop(self, path, names):
        def change(text):
            for name in names:
                text = text.replace(measure(text, name), "", 1)
            return text
        self.edit(path, change)

    def within(self, path, name, old, new):
        def change(text):
            was = measure(text, name)
            if old not in was:
                raise ValueError(f"{name}: {old}")
            return text.replace(was, was.replace(old, new, 1), 1)
        self.edit(path, change)


CN, RECIPROCAL = "us/duties/ieepa-fentanyl-cn.yaml", "us/duties/ieepa-reciprocal.yaml"


def no_fentanyl(law):
    law.within(CN, "us.ieepa.fentanyl.cn.2025_03", "2025-11-10T00:01", "2025-05-14T00:01")
    law.drop(CN, ["us.ieepa.fentanyl.cn.2025_11"])
    law.edit(CN, lambda text: text.replace("until: {at: 2026-02-24T00:00, by: EO-14389}",
                                           "until: {at: 2025-05-14T00:01, by: EO-14389}", 1))


def at_125(law, names):
    for name in names:
        law.within(RECIPROCAL, name, "duty: 10%", "duty: 125%")
        law.within(RECIPROCAL, name, "9903.01.25", "9903.01.63")


def geneva(law):
    at_125(law, ["us.ieepa.reciprocal.cn.2025_08_12", "us.ieepa.reciprocal.cn.2025_11_10"])


def stays_125(law):
    at_125(law, ["us.ieepa.reciprocal.cn.2025_05_14", "us.ieepa.reciprocal.cn.2025_08_12",
                 "us.ieepa.reciprocal.cn.2025_11_10"])
    law.within("us/duties/mail.yaml", "us.mail.cn.54", "54%", "120%")
    law.within("us/duties/mail.yaml", "us.mail.cn.specific_100_kept", "$100", "$200")


def open_exemption(law):
    law.drop("us/exemptions/de-minimis.yaml", SUSPENDED)
    law.within("us/entry/entry-type.yaml", "us.entry.low_value",
               "    until: {at: 2025-08-29T00:01, by: EO-14324}\n", "")


def never(law):
    """No program of these duties at all; who steps back for one, or adds them up, names none."""
    law.drop("us/duties/mail.yaml", MAIL)
    for path in sorted((law.at / "us/duties").glob("ieepa-*.yaml")):
        path.unlink()
    for name in ("steel", "aluminum", "aluminum-russia"):
        law.edit(f"us/duties/section-232-{name}.yaml", lambda text: re.sub(
            r"(?ms)^  - to: \[us\.ieepa\.[^\]]*\]\n.*?(?=^  - |^  #|^\S|^$)", "", text, count=1))
    # What their measures alone named, and what stands for them elsewhere, goes with them.
    named = "".join(path.read_text(encoding="utf-8") for path in (law.at / "us").rglob("*.yaml"))
    for path in (law.at / "us/lists").glob("*.tsv"):
        name = path.read_text(encoding="utf-8").split("\n", 1)[0].split(": ")[1]
        if name.startswith("us.ieepa.") and f"list {name}" not in named:
            path.unlink()


def at_15(law):
    law.within("us/duties/section-122.yaml", "us.122.surcharge", "10%", "15%")
    law.within("us/duties/mail.yaml", "us.mail.surcharge", "10%", "15%")


def fentanyl_10(law):
    law.within(CN, "us.ieepa.fentanyl.cn.2025_03", "20%", "10%")


def transshipment(law):
    text = (SCENARIOS / "transshipment-duty-goes-on.yaml").read_text(encoding="utf-8")
    inside = text[text.index("      program: us"):]
    program = "".join(line[6:] + "\n" for line in inside.splitlines())
    program = program.replace("scenario:transshipment-duty-goes-on", "EO-14326")
    program = program.replace("from: 2026-02-24T00:00\n", "from: {at: 2026-02-24T00:00, by: EO-14326}\n")
    (law.at / "us/duties/transshipment.yaml").write_text(program, encoding="utf-8")


HANDS = {"no-fentanyl-duty-after-geneva": no_fentanyl, "geneva-lapses": geneva,
         "de-minimis-stays-open": open_exemption, "ieepa-never-collected": never,
         "china-125-stays": stays_125, "section-122-at-15": at_15,
         "fentanyl-10-from-march": fentanyl_10, "transshipment-duty-goes-on": transshipment}


class Random:
    """A linear congruential generator: the same on every machine and version."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def one(self, of):
        return of[self.below(len(of))]


ORIGINS = ["CN"] * 12 + ["HK", "MO", "VN", "IN", "JP", "KR", "DE", "MX", "CA", "GB", "BR", "CH", "TH"]
TURNS = ["2025-02-04", "2025-03-04", "2025-04-05", "2025-04-09", "2025-04-10", "2025-05-02",
         "2025-05-14", "2025-06-01", "2025-08-07", "2025-08-12", "2025-08-29", "2025-11-10",
         "2026-02-24", "2026-06-24", "2026-07-24"]
CLAIMS = ["", "", "", "mail_method=ad_valorem", "mail_method=specific", "transshipped=cbp_determined",
          "usmca=yes", "donation=yes", "steel_value=10", "us_content_value=20", "gift=yes",
          "informational_materials=yes", "mail_method=ad_valorem;transshipped=cbp_determined"]


def lines(path, count):
    random = Random(7)
    codes = [row.split("\t", 1)[0] for row in
             pathlib.Path(LAW, "us/schedule.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    codes = [code for code in codes if len(code) == 10 and code < "98"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,hts,origin,ship_from,entered,channel,value,qty,unit,weight,claims,shipment\n")
        for number in range(1, count + 1):
            day = random.one(TURNS) if random.below(2) else "2025-%02d-%02d" % (
                1 + random.below(12), 1 + random.below(28))
            if random.below(4) == 0:
                day = "2026-%02d-%02d" % (1 + random.below(9), 1 + random.below(28))
            clock = random.one(["", "", "T00:00", "T00:01", "T12:30"])
            origin = random.one(ORIGINS)
            shipment = f"S{number // 3}" if random.below(6) == 0 else ""
            row = [str(number), random.one(codes), origin, origin, day + clock,
                   random.one(["express", "postal", "commercial"]),
                   "%d.%02d" % (random.below(1200), random.below(100)), str(1 + random.below(9)),
                   "No.", "1.5", random.one(CLAIMS), shipment]
            file.write(",".join(row) + "\n")


def answers(path, *options):
    """The answers without what they cite; and each line's own, by its id."""
    done = run(PROGRAM, "assess", "--no-screen", "-q", "--format", "ndjson", path, *options)
    check(done.code in (0, 1), f"assess {options}", done.err[:500])
    return done.out


def bare(text):
    """Without citations, names of measures and what names the law itself."""
    text = re.sub(r'"(by|measure|edition|known_on|sha256|law)":("[^"]*"|\[[^]]*\])', '"-":0', text)
    return re.sub(r'"changes_on":"[^"]*"', '"-":0', text)


def sums(text):
    """Duty, free parcels and state of each line."""
    out = {}
    for row in text.splitlines():
        line = json.loads(row, parse_float=decimal.Decimal)
        amount = line.get("duty", {}).get("amount") if isinstance(line.get("duty"), dict) else None
        out[line["id"]] = (line["status"], None if amount is None else decimal.Decimal(amount))
    return out


def compared(path, name, before, after, *law):
    """The rows of --lines against both answers, and the sums against the rows."""
    done = run(PROGRAM, "compare", path, "--with", name, "--lines", "--format", "csv", "-q", *law)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    equal(len(rows), len(before), f"{name}: a row for each line")
    total = collections.Counter()
    for row in rows:
        for when, of in (("before", before), ("after", after)):
            status, amount = of[row["id"]]
            said = decimal.Decimal(row[f"duty_{when}"]) if row[f"duty_{when}"] else None
            check(said == amount, f"{name}: line {row['id']} {when}", f"{row} {status} {amount}")
        if row["duty_before"] and row["duty_after"]:
            total["lines"] += 1
            for key in ("duty_before", "duty_after", "difference", "fees_before", "fees_after"):
                total[key] += decimal.Decimal(row[key])
    # With shipments the lines go one by one; without them they are grouped.
    done = run(PROGRAM, "compare", path, "--with", name, "--format", "csv", "-q", *law)
    for row in csv.DictReader(io.StringIO(done.out)):
        if row["by"] == "all":
            for key, value in total.items():
                equal(decimal.Decimal(row[key]), value, f"{name}: {key} of all")
    return done.out


def without_shipments(path, to):
    with open(path, encoding="utf-8") as file, open(to, "w", encoding="utf-8") as out:
        for row in file:
            out.write(row.rsplit(",", 1)[0] + "\n")


def main():
    shipped = {path.stem for path in SCENARIOS.glob("*.yaml")}
    equal(sorted(HANDS), sorted(shipped), "a hand for every scenario that is shipped")
    with tempfile.TemporaryDirectory() as folder:
        path, alone = os.path.join(folder, "lines.csv"), os.path.join(folder, "alone.csv")
        lines(path, LINES)
        without_shipments(path, alone)
        base = answers(path)
        for name, hand in sorted(HANDS.items()):
            if ONLY and name not in ONLY:
                continue
            copy = os.path.join(folder, name)
            run("cp", "-r", LAW, copy)
            shutil.rmtree(os.path.join(copy, "record"))  # names what a hand takes out; no duty asks it
            hand(Copy(copy))
            book = {}
            for how, command in (("hand", [LAWC, "compile", copy]),
                                 ("scenario", [PROGRAM, "law", "compile", "--with",
                                               str(SCENARIOS / f"{name}.yaml"), "-o"])):
                book[how] = os.path.join(folder, f"{name}.{how}")
                done = run(*command, book[how])
                check(done.code == 0, f"{name}: the law of the {how} is compiled", done.err)
            text = {how: answers(path, "--rulebook", file) for how, file in book.items()}
            check(text["hand"].count("\n") == text["scenario"].count("\n") > LINES // 2,
                  f"{name}: every line is answered under both")
            for one, two in zip(text["hand"].splitlines(), text["scenario"].splitlines()):
                if not check(bare(one) == bare(two), f"{name}: hand and scenario",
                             f"{one}\n  {two}"):
                    break
            check(bare(text["scenario"]) != bare(base), f"{name}: something changes")
            for of, options in ((path, ()), (alone, ())):
                told = {how: sums(answers(of, *more)) for how, more in
                        (("before", options), ("after", ("--rulebook", book["scenario"])))}
                compared(of, name, told["before"], told["after"])
            run("rm", "-r", copy)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
