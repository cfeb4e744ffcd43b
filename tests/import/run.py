#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`tidewaiter law import-schedule`, by what must hold of it.

An edition that prints the schedule at hand changes nothing, in both layouts. One with edits
reports these edits and no others; its rows, on the day and on the day before, are the two
editions; the old edition on the same day takes every edit back. Files that are no schedule are
refused with the place.

    run.py PROGRAM LAW [ROUNDS [SEED]]
"""
import csv
import io
import json
import os
import random
import re
import sys
import tempfile

import export

sys.path.append(sys.path[0] + "/..")
from lib import Law, check, finish, run, write  # noqa: E402

DAY, BEFORE, AFTER = "2031-01-01", "2030-12-31", "2031-07-01"
PROGRAM, LAW = (os.path.abspath(path) for path in sys.argv[1:3])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 8
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1


def ask(law, path, *arguments, day=DAY, code=0):
    done = run(PROGRAM, "law", "import-schedule", "--law", law, "--into", "US", "--from", day, path,
               *arguments)
    check(done.code == code, f"{path} {arguments}: exit {done.code}, not {code}: {done.err[:300]}")
    return done.err if code == 2 else done.out


def report(law, path, *arguments, day=DAY, code=0):
    return json.loads(ask(law, path, "--format", "json", *arguments, day=day, code=code))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def rates(row):
    return row["general"], row["special"], row["col2"]


class Edits:
    """Random edits of an edition's lines, and what the report must say of them."""

    def __init__(self, rows, dice):
        self.rows = {row["code"]: dict(row) for row in rows}
        self.added, self.ended, self.units, self.rates = set(), set(), set(), {}
        codes = sorted(self.rows)
        self.free = [code for code in codes if len(code) == 10]
        dice.shuffle(self.free)
        for edit in (self.end, self.add, self.divide, self.rate, self.unit, self.space):
            for _ in range(dice.randrange(4)):
                edit(dice)

    def take(self, wanted=lambda row: True):
        while True:
            row = self.rows.get(self.free.pop())
            if row and wanted(row):
                return row

    def beneath(self, code):
        return [row for row in self.rows.values()
                if row["code"].startswith(code[:8]) and row["code"] not in self.added]

    def end(self, dice):
        code = self.take()["code"]
        del self.rows[code]
        self.ended.add(code)

    def add(self, dice):
        row = self.take()
        for last in range(1, 100):
            code = row["code"][:8] + "%02d" % last
            if code not in self.rows and code not in self.ended:
                self.rows[code] = dict(row, code=code)
                self.added.add(code)
                return

    def divide(self, dice):
        """An undivided line becomes a line of eight digits and two of ten."""
        row = self.take(lambda row: row["code"].endswith("00") and
                        row["code"][:8] not in self.rows and
                        len(self.beneath(row["code"])) == 1)
        eight = row["code"][:8]
        del self.rows[row["code"]]
        self.ended.add(row["code"])
        for code, unit in ((eight, ""), (eight + "10", row["unit1"]), (eight + "90", row["unit1"])):
            self.rows[code] = dict(row, code=code, unit1=unit, unit2="")
            self.added.add(code)
        self.free = [code for code in self.free if not code.startswith(eight)]

    def rate(self, dice):
        """A rate of a line and of those beneath it that have the same."""
        row = self.take(lambda row: "%" in row["general"] and len(row["code"]) == 10 and
                        not any(line["code"] in self.added
                                for line in self.rows.values()
                                if line["code"].startswith(row["code"][:8])))
        eight = self.rows.get(row["code"][:8])
        if eight and rates(eight) != rates(row):
            return
        column = dice.choice(["general", "special", "col2"])
        after = {"general": "12.3% + 4.5¢/kg", "col2": "78.9%", "special": "Free (AU,KR)"}[column]
        changed = self.beneath(row["code"]) if eight else [row]
        changed = [line for line in changed if rates(line) == rates(row)]
        code = (eight or row)["code"]
        if row[column].replace(" ", "") == after.replace(" ", "") or (code, column) in self.rates:
            return
        self.rates[code, column] = (row[column], after, len(changed))
        for line in changed:
            line[column] = after
        self.free = [free for free in self.free if not free.startswith(code[:8])]

    def unit(self, dice):
        row = self.take(lambda row: row["unit1"] in ("No.", "kg") and not row["unit2"])
        row["unit1"], row["unit2"] = ("kg", "No.") if row["unit1"] == "No." else ("t", "")
        self.units.add(row["code"])

    def space(self, dice):
        """Blanks alone: no change."""
        row = self.take(lambda row: "," in row["special"] and row["code"][:8] not in self.rows)
        row["special"] = row["special"].replace(",", ", ", 1)


def compare(name, edits, said):
    """The report and the edits."""
    check({line["code"] for line in said["added"]} == edits.added, f"{name}: added")
    check({line["code"] for line in said["ended"]} == edits.ended, f"{name}: ended")
    check({unit["code"] for unit in said["units"]} == edits.units, f"{name}: units")
    got = {(rate["code"], rate["column"]): (rate["before"], rate["after"], rate["lines"])
           for rate in said["rates"]}
    check(got == edits.rates, f"{name}: rates {got} for {edits.rates}")
    check(not said["flaws"], f"{name}: flaws {said['flaws']}")


def squeezed(rows):
    return {row["code"]: tuple(row[key].replace(" ", "") for key in
                               ("unit1", "unit2", "general", "special", "col2", "flags"))
            for row in rows}


def test_rounds(folder):
    path = os.path.join(LAW, "us", "schedule.tsv")
    all_rows = list(export.schedule(path))
    rows = export.in_force(all_rows, DAY)
    law = str(Law(LAW, folder))
    schedule = os.path.join(law, "us", "schedule.tsv")
    sound = read(schedule)
    files = {"json": export.as_json(export.entries(rows)),
             "csv": export.as_csv(export.entries(rows))}
    for kind, data in files.items():
        same = write(os.path.join(folder, "same." + kind), data)
        out = os.path.join(folder, "out.tsv")
        said = report(law, same, "--output", out)
        compare(kind, NOTHING, said)
        check(read(out) == sound, f"{kind}: the schedule at hand is written as it is")
        check("Nothing changes" in ask(law, same), f"{kind}: says that nothing changes")
    for number in range(ROUNDS):
        dice = random.Random(SEED * 1000 + number)
        kind = ("json", "csv")[number % 2]
        edits = Edits(rows, dice)
        made = export.entries(edits.rows.values())
        data = export.as_json(made) if kind == "json" else export.as_csv(made)
        path = write(os.path.join(folder, "new." + kind), data)
        name = f"round {number}, {kind}"
        compare(name, edits, report(law, path))
        check(read(schedule) == sound, f"{name}: written without --write")
        compare(name, edits, report(law, path, "--write"))
        written = list(export.schedule(schedule))
        check(squeezed(export.in_force(written, DAY)) ==
              {code: tuple(row[key].replace(" ", "") for key in
                           ("unit1", "unit2", "general", "special", "col2", "flags"))
               for code, row in edits.rows.items()}, f"{name}: the rows of the day")
        check(export_without_until(export.in_force(written, BEFORE)) ==
              export_without_until(export.in_force(all_rows, BEFORE)),
              f"{name}: the rows of the day before")
        compare(name + " again", NOTHING, report(law, path, "--write"))
        ask(law, os.path.join(folder, "same." + kind), "--write")
        check(read(schedule) == sound, f"{name}: the old edition takes it back")
        check(not [left for left in os.listdir(os.path.dirname(schedule))
                   if left.startswith("schedule.tsv.")], f"{name}: a file is left behind")


def rulebook(law, folder):
    """Every byte of the law compiled."""
    out = os.path.join(folder, "rulebook")
    done = run(PROGRAM, "law", "compile", law, "-o", out)
    check(done.code == 0, f"law compile {law}: {done.err[:300]}")
    return read(out)


def test_rulebook(folder):
    """A schedule that is exported and imported again is the same rulebook, byte for byte, also where
    none of its rates, units and lines stood in the folder any more."""
    law = str(Law(LAW, os.path.join(folder, "again")))
    schedule = os.path.join(law, "us", "schedule.tsv")
    table, day = os.path.join(folder, "exported.csv"), last_day()
    done = run(PROGRAM, "law", "export", "--law", law, "--schedule", "--into", "US", "--on", day,
               "-o", table)
    check(done.code == 0, f"export: {done.err[:300]}")
    before, text = rulebook(law, folder), read(schedule)
    ask(law, table, "--write", day=day)
    check(rulebook(law, folder) == before, "what is at hand: the same rulebook")
    damage(schedule, day)
    said = report(law, table, "--write", day=day)
    check(len(said["added"]) > 5000 and said["unchanged"] == 0 and len(said["ended"]) == 1,
          "all comes from the table", [len(said["added"]), said["unchanged"], said["ended"]])
    check(read(schedule) == text, "nothing at hand: the same schedule")
    check(rulebook(law, folder) == before, "nothing at hand: the same rulebook")
    write(schedule, text.replace(b"\t6.8%\t", b"\t6.9%\t", 1))
    check(rulebook(law, folder) != before, "one other rate is another rulebook")


def test_damaged_rows(folder):
    """Each damaged row of an exported table is named by its line, and nothing is written."""
    law = str(Law(LAW, os.path.join(folder, "damaged")))
    table, day = os.path.join(folder, "exported.csv"), last_day()
    run(PROGRAM, "law", "export", "--law", law, "--schedule", "--into", "US", "--on", day, "-o", table)
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[99][3], rows[299][4], rows[399][5] = '["cubits"]', "seven percent", "Free (QQ)"
    rows.insert(499, rows[498][:4] + ["98.7%"] + rows[498][5:])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    before = read(os.path.join(law, "us", "schedule.tsv"))
    said = report(law, write(os.path.join(folder, "damaged.csv"), out.getvalue()), "--write", day=day,
                  code=1)
    found = {flaw["place"]: flaw["text"] for flaw in said["flaws"]}
    check(set(found) == {"line 100", "line 400", "line 500"} and "cubits" in found["line 100"] and
          "QQ" in found["line 400"] and "already" in found["line 500"], "damaged rows", found)
    check([flaw["place"] for flaw in said["unread"]] == ["line 300"], "the rate", said["unread"])
    check("written" not in said and read(os.path.join(law, "us", "schedule.tsv")) == before,
          "nothing is written")


def damage(schedule, day):
    """From the day on no row in force is as it was: of three one is gone, and all have other rates
    and units. One is there that the table lacks."""
    rows, count = [], 0
    for row in export.schedule(schedule):
        if row["from"] <= day and (not row["until"] or day < row["until"]):
            count += 1
            if row["from"] < day:
                rows.append(dict(row, until=day))
            if count % 3 == 0:
                continue
            row.update({"from": day, "general": "99%", "col2": "99%", "special": "", "unit1": "t",
                        "unit2": ""})
        rows.append(row)
    rows.append(dict(rows[-1], code="0101210099", **{"from": day, "until": ""}))
    write(schedule, "\t".join(rows[0]) + "\n" +
          "".join("\t".join(row.values()) + "\n" for row in rows))


def last_day():
    with open(os.path.join(LAW, "coverage.yaml"), encoding="utf-8") as coverage:
        return re.search(r"^last: *(\S+)", coverage.read(), re.M)[1]


class NOTHING:
    added, ended, units, rates = set(), set(), set(), {}


def export_without_until(rows):
    return [{key: row[key] for key in row if key != "until"} for row in rows]


def one(number, **fields):
    return dict(export.entry(number, 2, ["No."], "Free", "", "20%"), **fields)


def hostile(made):
    """Name, file, words of the message; the file's name says the layout."""
    head = ",".join(export.COLUMNS)
    good = '"0101.30.00.00","1","Asses","[""No.""]","6.8%","","15%","",""'
    deep = "[" * 3000
    yield "empty.json", b"", "the file is empty"
    yield "blank.csv", b"\xef\xbb\xbf \n", "the file is empty"
    yield "cut.json", export.as_json(made)[:-40], "this is not JSON"
    yield "object.json", b'{"error": "busy"}', "not an array of objects"
    yield "deep.json", deep.encode(), "this is not JSON"
    yield "number.json", b"[1]", "object 1: is not an object"
    yield "keys.json", b'[{"code": "0101"}]', 'has no "htsno" and "indent"'
    yield "twice.json", b'[{"htsno": "0101", "htsno": "0102", "indent": "0"}]', "this is not JSON"
    yield "indent.json", json.dumps([one("0101.30.00.00", indent="deep")]).encode(), \
        'object 1: the indent "deep" is not a number'
    yield "indent2.json", json.dumps([one("0101.30.00.00", indent=4000000000)]).encode(), \
        "is not a number from 0 to 40"
    yield "code.json", json.dumps([one("0101.30"), one("01O1.30.00.00")]).encode(), \
        'object 2: "01O1.30.00.00" is not a number of the schedule'
    yield "code9.json", json.dumps([one("0101.30.00.0")]).encode(), "4, 6, 8 or 10 digits"
    yield "long.json", json.dumps([one("0101.30.00.00", general="9" * 3000)]).encode(), \
        "the general rate has 3000 bytes, more than 2000"
    yield "type.json", json.dumps([one("0101.30.00.00", general=5)]).encode(), \
        'object 1: "general" is not a text'
    yield "units.json", json.dumps([one("0101.30.00.00", units=[5])]).encode(), "a list of texts"
    yield "none.json", json.dumps([one("0101")]).encode(), "no line of 8 or 10 digits"
    yield "part.json", json.dumps([one("0101.30.00.00")]).encode(), \
        "the file has no line of chapter 02"
    yield "many.json", json.dumps([one("0101")] * 200001).encode(), "more than 200000 lines"
    yield "head.csv", b"HTS Number,Indent\n", 'the column "Unit of Quantity" is missing'
    yield "text.csv", b"<html><body>busy</body></html>\n", 'the column "HTS Number" is missing'
    yield "quote.csv", f'{head}\n{good}\n"0101.30.00.00","1","As\n'.encode(), \
        "quote.csv:3: a quote is not closed"
    yield "after.csv", f'{head}\n"0101"x,"1"\n'.encode(), "there is text after a closing quote"
    yield "wide.csv", f"{head}\n{good},\"x\"\n".encode(), ":2: 10 columns where the first row names 9"
    yield "latin.csv", f"{head}\n{good}\n".replace("6.8%", "1¢/kg").encode("latin-1"), \
        "latin.csv:2: the general rate is not UTF-8"
    for units in ("[No.", '[""No.""', '[""No.""} ', '[""No', '[""\\', '[""\\u00', '[""\\u00g1""]',
                  '[""\\u0000""]', '[""\\ud83d""]'):
        yield "unit.csv", f"{head}\n{good}\n".replace('[""No.""]', units).encode(), "cannot be read"
    yield "lines.csv", f'{head}\n"0101","0","Live\n\nhorses","","","","","",""\n"01X"\n'.encode(), \
        'lines.csv:5: "01X" is not a number'


def test_hostile(folder):
    rows = export.in_force(list(export.schedule(os.path.join(LAW, "us", "schedule.tsv"))), DAY)
    made = export.entries(rows)
    for name, data, words in hostile(made):
        said = ask(LAW, write(os.path.join(folder, name), data), code=2)
        check(words in said and name in said, f"{name}: {said.strip()!r} does not say {words!r}")
    ask(LAW, os.path.join(folder, "missing.json"), code=2)
    done = run(PROGRAM, "law", "import-schedule", "--into", "US", "--from", DAY, "--write",
               os.path.join(folder, "cut.json"))
    check(done.code == 2 and "--law law" in done.err, "--write without a folder")
    check("begins on" in ask(LAW, write(os.path.join(folder, "early.json"), export.as_json(made)),
                             day="2025-03-01", code=2), "an edition before the last is refused")
    for place in ("none/out.tsv", "early.json/out.tsv", "x" * 300, "x/" * 2100 + "out.tsv"):
        said = ask(LAW, os.path.join(folder, "same.json"), "--output", os.path.join(folder, place),
                   code=2)
        check("cannot be written: " in said and "uccess" not in said, f"{place[:20]}: {said[-300:]}")
    done = run(PROGRAM, "law", "import-schedule", "--law", LAW, "--into", "MX", "--from", DAY,
               os.path.join(folder, "same.json"))
    check(done.code == 1 and "digits: 8" in " ".join(done.out.split()),
          f"another country's layout: {done.out[-300:]}")
    check("is not a day" in ask(LAW, os.path.join(folder, "early.json"), day="soon", code=2), "a day")


def changed(made, number, **fields):
    return [dict(line, **fields) if line["htsno"] == number else line for line in made]


def test_texts(folder):
    """Mark-up, signs and entities are not the text; what the law cannot read is a flaw."""
    rows = export.in_force(list(export.schedule(os.path.join(LAW, "us", "schedule.tsv"))), DAY)
    made = export.entries(rows)
    grapes = next(row for row in rows if row["code"] == "08061020")
    horses = next(line for line in made if line["htsno"] == "0101.30.00.00")
    same = changed(made, "0806.10.20", general=grapes["general"].replace("m3", "m<sup>3</sup>"))
    same = changed(same, "0101.30.00.00", general="<b>6.8%</b>&nbsp;\n", units=["No"],
                   special=horses["special"].replace(",", ",\u00a0\t"))
    compare("mark-up", NOTHING, report(LAW, write(os.path.join(folder, "markup.json"),
                                                  export.as_json(same))))
    compare("mark-up", NOTHING, report(LAW, write(os.path.join(folder, "markup.csv"),
                                                  export.as_csv(same))))
    escaped = export.as_csv(same).replace(b'"[""No.""]"', b'"[""\\u004E\\u006f\\.""]"', 3)
    escaped = escaped.replace(b'"[""No.""]"', b'"No."', 3) # and not as a list
    compare("escapes", NOTHING, report(LAW, write(os.path.join(folder, "escaped.csv"), escaped)))
    compare("printed twice", NOTHING, report(LAW, write(os.path.join(folder, "again.json"),
                                                        export.as_json(made + [horses]))))
    other = changed([horses], "0101.30.00.00", units=["No.", "kg"])
    said = report(LAW, write(os.path.join(folder, "units2.json"), export.as_json(made + other)),
                  code=1)
    check(len(said["flaws"]) == 1 and "other rates or units" in said["flaws"][0]["text"],
          "a line twice with other units")
    said = report(LAW, write(os.path.join(folder, "special.json"), export.as_json(
        changed(made, "0101.30.00.00", special="Free (AU"))), code=1)
    check([flaw["code"] for flaw in said["unread"]] == ["0101300000"] and not said["flaws"],
          "a special rate not closed")
    # Chapter 77 is reserved for future use: no schedule holds it.
    more = made + [one("7701.10.00.00"), one("7701.20.00.00"), one("7702.10.00.00")]
    said = report(LAW, write(os.path.join(folder, "skipped.json"), export.as_json(more)))
    compare("a chapter that is not held", NOTHING, said)
    check(said["left_out"] == [{"chapter": "77", "lines": 3}], f"skipped: {said}")
    out = os.path.join(folder, "flawed.tsv")
    flawed = changed(made, "0101.30.00.00", general="6,8 percent", special="Free (ZZ)",
                     units=["head of cattle"])
    said = report(LAW, write(os.path.join(folder, "flawed.json"), export.as_json(flawed)),
                  "--output", out, code=1)
    check(len(said["flaws"]) == 2 and len(said["unread"]) == 1 and not os.path.exists(out),
          f"flaws: {said['flaws']} {said['unread']}")
    check(all(re.fullmatch(r"object \d+", flaw["place"]) for flaw in said["flaws"] + said["unread"]),
          "places")
    text = ask(LAW, os.path.join(folder, "flawed.json"), "--write", code=1)
    check("Nothing is written" in text, "a flawed edition is not written")
    twice = made + [dict(horses, general="7%")]
    said = report(LAW, write(os.path.join(folder, "twice2.json"), export.as_json(twice)), code=1)
    check(len(said["flaws"]) == 1 and "already" in said["flaws"][0]["text"], "a line twice")
    part = [line for line in made if line["htsno"].startswith("22")]
    place = next(i for i, line in enumerate(part) if line["htsno"] == "2204.10.00")
    part.insert(place + 1, export.entry("2204.10.00.99", 4, ["liters"]))
    said = report(LAW, write(os.path.join(folder, "part22.json"), export.as_json(part)), "--part")
    check([(line["code"], line["flags"], line["rate_line"]) for line in said["added"]] ==
          [("2204100099", "excise", "22041000")] and not said["ended"], "wine owes the excise")


def test_corrections(folder):
    law = str(Law(LAW, os.path.join(folder, "corrected")))
    path = os.path.join(law, "us", "schedule-corrections.tsv")
    rows = export.in_force(list(export.schedule(os.path.join(LAW, "us", "schedule.tsv"))), DAY)
    made = changed(export.entries(rows), "0101.30.00.00", general="6.8 pct", units=None)
    file = write(os.path.join(folder, "corrected.csv"), export.as_csv(made))
    check(len(report(law, file, code=1)["unread"]) == 1, "a fault of the print")
    with open(path, "a", encoding="utf-8") as out:
        out.write("01013000\tgeneral\t pct\t%\ttest\n0101\tunit1\t=\tNo.\ttest\n")
    said = report(law, file)
    check(said["corrected"] >= 2, "what is put right is counted")
    check({line["code"][:4] for line in said["units"]} == {"0101"} and not said["rates"],
          "a correction reaches what is beneath its code, and no more")
    for row, words in (("0101x\tgeneral\ta\tb\n", "not a code of 4 to 10 digits"),
                       ("0101\tgenral\ta\tb\n", "is not a column"),
                       ("0101\tgeneral\t\tb\n", "say the wrong words")):
        write(path, ("code\tcolumn\twrong\tright\n" + row).encode())
        check(words in ask(law, file, code=2), words)
        done = run(PROGRAM, "law", "check", law)
        check(done.code == 2 and "schedule-corrections.tsv:2" in done.err, f"law check: {done.err}")


def test_law(folder):
    """What is written is law: it is read, and answers by the rows of the day."""
    law = str(Law(LAW, os.path.join(folder, "written")))
    rows = export.in_force(list(export.schedule(os.path.join(LAW, "us", "schedule.tsv"))), DAY)
    made = changed(export.entries(rows), "0101.30.00.00", general="7.7%")
    said = report(law, write(os.path.join(folder, "law.json"), export.as_json(made)), "--write")
    check(said["written"].endswith("us/schedule.tsv") and len(said["rates"]) == 1, "written")
    done = run(PROGRAM, "law", "check", law)
    check(done.code == 0, f"law check: {done.err}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_rounds(folder)
        test_hostile(folder)
        test_texts(folder)
        test_corrections(folder)
        test_law(folder)
        test_rulebook(folder)
        test_damaged_rows(folder)
    return finish()


sys.exit(main())
