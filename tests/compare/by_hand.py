#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every scenario that is shipped, against a copy of the law in which the change was made by hand.

    by_hand.py PROGRAM LAWC LAW [LINES [SCENARIO...|each]]

The hand changes the text of the law, the scenario is laid over it; then both answer the same lines,
and the answers must be the same but for what they cite. And `compare` must add up what the law
and the scenario say of each line, to the cent: of all lines, by program, origin, chapter and month,
and those that are in no sum. LINES: 300; 100,000 are a matter of minutes.

To compile a law takes longer than to answer the lines. So scenarios that touch nothing of one
another are laid over it together, by the hand and by a scenario of all their changes; one that has
no change of its own is held by its text. With names, or `each`, every one is done by itself.
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
ONLY = sys.argv[5:]
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

TOGETHER = [["ieepa-never-collected", "de-minimis-stays-open", "section-122-at-15"],
            ["china-125-stays", "no-fentanyl-duty-after-geneva", "transshipment-duty-goes-on"],
            ["fentanyl-10-from-march"]]
WITHIN = {"geneva-lapses": "china-125-stays"}  # each change of the one is one of the other


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


ZERO = decimal.Decimal(0)
MONEY = ("duty_before", "duty_after", "difference", "fees_before", "fees_after", "taxes_before",
         "taxes_after")
COUNTS = ("lines", "changed", "free_before", "free_after")


class Answer:
    """What compare sums of one line under one law, read off what assess says of it."""

    def __init__(self, line):
        duty = line["duty"] if isinstance(line.get("duty"), dict) else {}
        self.amount = None if duty.get("amount") is None else decimal.Decimal(duty["amount"])
        self.state = ("refused" if line["status"] == "refused" else
                      "incomplete" if self.amount is None else "ok")
        self.currency = duty.get("currency") or ""
        self.fees = decimal.Decimal((line.get("fees") or {}).get("amount") or 0)
        # None where none are computed; those that are computed may be unknown, too.
        taxes = line.get("taxes")
        self.taxed, self.taxes = taxes is not None, (taxes or {}).get("amount")
        self.taxes = None if self.taxes is None else decimal.Decimal(self.taxes)
        self.free = self.state == "ok" and line["de_minimis"]["eligible"]
        self.programs = collections.Counter()
        if self.state == "ok" and decimal.Decimal(duty["relieved"] or 0) <= 0:
            for layer in duty["lines"]:
                if layer["amount"] is not None:
                    self.programs[layer["program"]] += decimal.Decimal(layer["amount"])
        self.of = {"all": "", "origin": line.get("origin") or "",
                   "chapter": (line.get("hts") or "")[:2], "month": (line.get("entered") or "")[:7]}


def read(text):
    """The answers by the id of the line, in their order."""
    return {line["id"]: Answer(line) for line in map(json.loads, text.splitlines())}


def shipments(path):
    with open(path, encoding="utf-8") as file:
        return {row["id"]: row.get("shipment") for row in csv.DictReader(file)}


def summed(path, before, after):
    """The rows of the report as they must be: by kind, name and currency."""
    out = collections.defaultdict(lambda: dict.fromkeys(MONEY, ZERO) | dict.fromkeys(COUNTS, 0))
    ships, seen = shipments(path), set()
    for number, a in before.items():
        b = after[number]
        is_first = not ships[number] or ships[number] not in seen
        if ships[number] and a.state != "refused":
            seen.add(ships[number])
        if (a.state, b.state) != ("ok", "ok"):
            known = a if a.state == "ok" else b
            row = out["apart", f"{a.state} before; {b.state} after",
                      known.currency if known.state == "ok" else ""]
            row["lines"] += 1
            row["duty_before"] += a.amount or ZERO
            row["duty_after"] += b.amount or ZERO
            continue
        for by, name in a.of.items():
            row = out[by, name, a.currency]
            row["lines"] += 1
            row["changed"] += (a.amount, a.fees, a.taxes, a.free) != \
                (b.amount, b.fees, b.taxes, b.free)
            row["free_before"] += is_first and a.free
            row["free_after"] += is_first and b.free
            for key, value in zip(MONEY, (a.amount, b.amount, b.amount - a.amount, a.fees, b.fees,
                                        a.taxes, b.taxes)):
                row[key] += value or ZERO
            for key, one in (("taxes_before", a), ("taxes_after", b)):
                row[key, "known"] = row.get((key, "known"), 0) + (one.taxes is not None)
                row[key, "unknown"] = row.get((key, "unknown"), 0) + (one.taxed and one.taxes is None)
        for program in {name for one in (a, b) for name, owed in one.programs.items() if owed}:
            row = out["program", program, a.currency]
            row["lines"] += 1
            row["changed"] += a.programs[program] != b.programs[program]
            row["duty_before"] += a.programs[program]
            row["duty_after"] += b.programs[program]
            row["difference"] += b.programs[program] - a.programs[program]
    return out


def report(path, scenario, wanted):
    """The report of compare, row by row: none is missing, none is of nothing."""
    done = run(PROGRAM, "compare", path, "--with", scenario, "--format", "csv", "-q")
    check(done.code in (0, 1), f"compare {scenario}", done.err[:500])
    seen = set()
    for row in csv.DictReader(io.StringIO(done.out)):
        place = row["by"], row["name"], row["currency"]
        want = wanted.get(place)
        if not check(want is not None and place not in seen, f"{scenario}: a row of {place}"):
            continue
        seen.add(place)
        left_out = (("changed", "difference") if row["by"] == "apart" else ()) + (
            MONEY[3:] + COUNTS[2:] if row["by"] in ("apart", "program") else ())
        for key in ("taxes_before", "taxes_after") if row["by"] not in ("apart", "program") else ():
            known = want.get((key, "known")) and not want.get((key, "unknown"))
            equal(bool(row[key]), bool(known), f"{scenario}: {key} of {place} are known")
            row[key] = row[key] or (want[key] if not known else "none")
        for key in MONEY + COUNTS:
            if key not in left_out and not (row["by"] == "apart" and not row[key]):
                check(decimal.Decimal(row[key]) == want[key], f"{scenario}: {key} of {place}",
                      f"{row[key]} {want[key]}")
        if row["by"] == "apart":
            for key, state in zip(MONEY, row["name"].replace(";", "").split()[::2]):
                equal(bool(row[key]), state == "ok", f"{scenario}: {key} of {place} is there")
    equal(set(wanted) - seen, set(), f"{scenario}: rows of the report")
    return {place[0] for place in seen}


def rows_of(path, scenario, before, after):
    """The rows of --lines against both answers."""
    done = run(PROGRAM, "compare", path, "--with", scenario, "--lines", "--format", "csv", "-q")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    equal(len(rows), len(before), f"{scenario}: a row for each line")
    for row in rows:
        for when, of in (("before", before), ("after", after)):
            one = of[row["id"]]
            said = decimal.Decimal(row[f"duty_{when}"]) if row[f"duty_{when}"] else None
            check((row[f"status_{when}"], said) == (one.state, one.amount),
                  f"{scenario}: line {row['id']} {when}", f"{row} {one.state} {one.amount}")
            taxes = decimal.Decimal(row[f"taxes_{when}"]) if row[f"taxes_{when}"] else None
            check(taxes == (one.taxes if one.state == "ok" else None),
                  f"{scenario}: taxes of the line {row['id']} {when}", f"{row} {one.taxes}")


def without_shipments(path, to):
    with open(path, encoding="utf-8") as file, open(to, "w", encoding="utf-8") as out:
        for row in file:
            out.write(row.rsplit(",", 1)[0] + "\n")


def changes(name):
    """The title of a scenario and the text of its changes."""
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    return text[text.index("changes:\n") + len("changes:\n"):]


def join(folder, names):
    """One scenario of the changes of several."""
    name = names[0] if len(names) == 1 else "together-" + names[0]
    text = f"scenario: {name}\ntitle: Together\nnote: {', '.join(names)}\nchanges:\n"
    text += "".join(changes(one).replace(f"scenario:{one}", f"scenario:{name}") for one in names)
    path = os.path.join(folder, f"{name}.yaml")
    pathlib.Path(path).write_text(text, encoding="utf-8")
    return path


def kept():
    """The rulebooks that the program keeps."""
    return set(pathlib.Path(os.environ["XDG_CACHE_HOME"]).rglob("*.rulebook"))


def compile_both(folder, scenario, names, path):
    """The law of the hands, and that of the scenario, as files: the one that compare keeps."""
    copy = os.path.join(folder, "law")
    run("cp", "-r", LAW, copy)
    shutil.rmtree(os.path.join(copy, "record"))  # names what a hand takes out; no duty asks it
    for name in names:
        HANDS[name](Copy(copy))
    done = run(LAWC, "compile", copy, os.path.join(folder, "hand"))
    check(done.code == 0, f"{names}: the law of the hands is compiled", done.err)
    run("rm", "-r", copy)
    had = kept()
    done = run(PROGRAM, "compare", path, "--with", scenario, "-q", "--format", "csv")
    check(done.code in (0, 1), f"{names}: the scenario is compiled", done.err)
    new = kept() - had
    equal(len(new), 1, f"{names}: the law of the scenario is kept")
    return {"hand": os.path.join(folder, "hand"), "scenario": str(new.pop())}


def hold(folder, names, path, alone, base):
    scenario = (str(SCENARIOS / f"{names[0]}.yaml") if len(names) == 1 else join(folder, names))
    book = compile_both(folder, scenario, names, path)
    text = {how: answers(path, "--rulebook", file) for how, file in book.items()}
    check(text["hand"].count("\n") == text["scenario"].count("\n") > LINES // 2,
          f"{names}: every line is answered under both")
    for one, two in zip(text["hand"].splitlines(), text["scenario"].splitlines()):
        if not check(bare(one) == bare(two), f"{names}: hand and scenario", f"{one}\n  {two}"):
            break
    check(bare(text["scenario"]) != bare(base[path]), f"{names}: something changes")
    # With shipments the lines go one by one; without them they are grouped.
    for of in (path, alone):
        after = read(text["scenario"] if of == path else
                     answers(of, "--rulebook", book["scenario"]))
        before = read(base[of])
        rows_of(of, scenario, before, after)
        kinds = report(of, scenario, summed(of, before, after))
        check(kinds >= {"all", "program", "origin", "chapter", "month", "apart"},
              f"{names}: kinds of rows", kinds)


def main():
    shipped = {path.stem for path in SCENARIOS.glob("*.yaml")}
    equal(sorted(HANDS), sorted(shipped), "a hand for every scenario that is shipped")
    groups = [[name] for name in sorted(HANDS) if name in ONLY or "each" in ONLY] or TOGETHER
    if groups == TOGETHER:
        equal(sorted(sum(TOGETHER, [*WITHIN])), sorted(HANDS), "every scenario is in one group")
        for name, other in WITHIN.items():
            check(changes(name) in changes(other), f"{name} is a part of {other}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = os.path.join(folder, "kept")
        path, alone = os.path.join(folder, "lines.csv"), os.path.join(folder, "alone.csv")
        lines(path, LINES)
        without_shipments(path, alone)
        base = {of: answers(of) for of in (path, alone)}
        for names in groups:
            hold(folder, names, path, alone, base)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
