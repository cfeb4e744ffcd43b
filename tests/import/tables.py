#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Schedules that users bring: tables of codes and rates that a profile describes become a schedule
that answers, what is not understood is told with its row, and an estimate is one in every answer.

    tables.py PROGRAM
"""
import glob
import json
import os
import sys
import tempfile
import zipfile

sys.path.append(sys.path[0] + "/..")
from lib import Law, ROOT, check, equal, finish, run, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
SMALL = os.path.join(ROOT, "tests", "laws", "small")
OFFICIAL = "the workbook of the ministry"
BASE = "base: {program: cn.base}\n"
BROUGHT = f"""base:
  program: cn.base
  schedule: schedule.tsv
  numbers: open
  brought: {OFFICIAL}
  editions: [{{from: 2025-01-01, by: ANN-1}}]
"""
ESTIMATE = BROUGHT + "  estimate: {schedule: old.tsv, of: the rates of 2019}\n"
KOREA = "preferences: [{symbol: KR, origins: [KR], title: Korea, from: 2015-12-20, by: ANN-1}]\n"

PROFILE = """# Of a table as Mexico publishes it.
profile: invented
title: invented
code: Fracción | Code
unit: Unidad ?
general: IGI
special: KR ? = KR
word: Ex. = Free
word: Kg = kg
word: Pza = No.
numbers: percent
decimal: comma
"""
HEAD = ["Fracción", "Descripción", "Unidad", "IGI", "KR"]
ROWS = [["01", "Animales vivos", "", "", ""],
        ["0101.21.01", "caballos", "Pza", "Ex.", ""],
        ["6109.10.03", "camisetas", "Pza", "35", "Ex."],
        ["", "las demás", "", "", ""],
        ["73181599", "tornillos", "Kg", "5,5", "2,5"]]
WRITTEN = """code	unit1	unit2	general	special	col2	flags	from	until
01012101	No.		Free				2025-06-01	
61091003	No.		35%	Free (KR)			2025-06-01	
73181599	kg		5.5%	2.5% (KR)			2025-06-01	
"""


def workbook(path, rows):
    """A sheet of texts alone."""
    cells = "".join(
        "<row r='%d'>%s</row>" % (n, "".join(
            "<c r='%s%d' t='inlineStr'><is><t>%s</t></is></c>" % (chr(65 + k), n, text)
            for k, text in enumerate(row) if text)) for n, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
                               "content-types'/>",
        "_rels/.rels": f"<Relationships xmlns='{package}'><Relationship Id='r1' Type='{rel}/"
                       "officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{rel}'><sheets><sheet name='LIGIE' "
                           "sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}'><Relationship Id='r1' "
                                      f"Type='{rel}/worksheet' Target='worksheets/sheet1.xml'/>"
                                      "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData>{cells}</sheetData>"
                                    "</worksheet>"}
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return path


def text(separator, rows):
    return "".join(separator.join(row) + "\n" for row in rows).encode()


def law(folder, name, base):
    made = Law(SMALL, os.path.join(folder, name))
    made.replace("cn/jurisdiction.yaml", BASE, base + KOREA)
    return made


def bring(where, file, *options, profile=PROFILE, day="2025-06-01", code=0, country="CN"):
    path = write(os.path.join(os.path.dirname(str(where)), "own.profile"), profile.encode())
    done = run(PROGRAM, "law", "import-schedule", "--law", str(where), "--into", country, "--from",
               day, "--profile", path, *options, str(file))
    check(done.code == code, f"{file} {options}: exit {done.code}, not {code}", done.out + done.err)
    return done.out if code < 2 else done.err


def duty(where, code, day, *options):
    done = run(PROGRAM, "duty", "--law", str(where), "--into", "CN", "--hts", code, "--origin", "DE",
               "--on", day, "--value", "1000", "--format", "json", *options)
    return json.loads(done.out)


def test_forms(folder):
    """The same table in four forms is the same schedule."""
    rows = [["Tarifa inventada"], []] + [HEAD] + ROWS
    forms = {"t.tsv": text("\t", rows), "t.csv": text(";", rows),
             "u.csv": b"\xff\xfe" + text(";", rows).decode().encode("utf-16-le")}
    for name, data in forms.items():
        write(os.path.join(folder, name), data)
    workbook(os.path.join(folder, "t.xlsx"), rows)
    made = law(folder, "forms", BROUGHT)
    for name in (*forms, "t.xlsx"):
        out = os.path.join(folder, name + ".out")
        bring(made, os.path.join(folder, name), "-o", out)
        with open(out, encoding="utf-8") as file:
            equal(file.read(), WRITTEN, name)
    return os.path.join(folder, "t.tsv")


def test_answers(folder, table):
    """A brought schedule answers whole from its first day on; without it the official file is named."""
    made = law(folder, "answers", BROUGHT)
    before = duty(made, "6109.10.03", "2025-07-01")
    check(before["status"] == "incomplete" and OFFICIAL in before["missing"][0], "who has it",
          before["missing"])
    bring(made, table, "--write")
    answer = duty(made, "6109.10.03", "2025-07-01")
    equal((answer["status"], answer["duty"]["amount"], answer["missing"]), ("ok", "350.00", []),
          "a whole answer")
    equal(duty(made, "6109.10.03.07", "2025-07-01")["duty"]["amount"], "350.00", "a longer number")
    equal(duty(made, "6109.10.09", "2025-07-01")["status"], "refused", "no such item")
    early = duty(made, "6109.10.03", "2025-05-31")
    check(early["status"] == "incomplete" and "before 2025-06-01" in early["missing"][0], "earlier",
          early["missing"])
    check("Nothing changes" in bring(made, table), "the same again")
    later = write(os.path.join(folder, "later.tsv"),
                  text("\t", [HEAD] + [[*row[:3], row[3].replace("35", "20"), row[4]]
                                       for row in ROWS[:-1]]))
    said = bring(made, later, "--write", "--part", day="2025-09-01")
    check("general: 35%, now 20%" in said and "ended         0" in said, "a later edition", said)
    equal([duty(made, "6109.10.03", day)["duty"]["amount"] for day in ("2025-08-31", "2025-09-01")],
          ["350.00", "200.00"], "each day has its own rate")


def test_rows(folder):
    """Conditions, dates, numbers beneath an item."""
    profile = """code: Goods code
digits: 8
unit: Unit ?
general: Duty where Type = 103
special: Duty = KR where Type = 142
from: Start date
until: End date
dates: dmy
"""
    rows = [["Goods code", "Type", "Duty", "Unit", "Start date", "End date"],
            ["0101210000", "103", "9.600 %", "", "01-01-2020", ""],
            ["0101210000", "142", "0.000 %", "", "01-01-2020", ""],
            ["0101210010", "103", "9.600 %", "kg", "01-01-2020", ""],
            ["0101290000", "103", "5 %", "", "01-01-2020", "31-05-2025"],
            ["0101290000", "103", "4 %", "", "01-06-2025", ""],
            ["0101290010", "103", "3 %", "", "01-06-2025", ""],
            ["0101300000", "551", "1 %", "", "01-01-2020", ""]]
    file = write(os.path.join(folder, "eu.csv"), text(",", rows))
    out = os.path.join(folder, "eu.tsv")
    said = bring(law(folder, "rows", BROUGHT), file, "-o", out, profile=profile)
    with open(out, encoding="utf-8") as made:
        equal(made.read().splitlines()[1:],
              ["01012100\tkg\t\t9.600 %\t0.000 % (KR)\t\t\t2025-06-01\t",
               "01012900\t\t\t4 %\t\t\tunsure\t2025-06-01\t"], "the rows of the day")
    check("1 row that are not in force" in said.replace("rows", "row") and
          "1 row of which the profile reads no rate" in said, "what is left out is told", said)


def test_faults(folder):
    """A damaged table is told row by row, and nothing is written."""
    made = law(folder, "faults", BROUGHT)
    rows = [HEAD, ["0101.21.01", "", "Pza", "Ex.", ""], ["6109.10.0", "", "Pza", "35", ""],
            ["61o9.10.03", "", "Pza", "35", ""], ["6109.10.04", "", "cabezas", "35", ""],
            ["6109.10.05", "", "Pza", "mucho", ""], ["6109.10.06", "", "Pza", "5", "mucho"],
            ["6109.10.07", "", "Pza", "5", ""], ["6109.10.07", "", "Pza", "6", ""],
            ["6109.10.03.01", "", "Pza", "5", ""]]
    file = write(os.path.join(folder, "bad.tsv"), text("\t", rows))
    said = bring(made, file, "--write", code=1)
    for line, words in ((3, "not a code of 4, 6, 8 or 10 digits"), (4, "not a code"),
                        (5, 'the unit "cabezas"'), (6, '"mucho" is not a rate'), (7, "mucho"),
                        (9, "another text"), (10, "digits: 8")):
        check(any(f"line {line}:" in part and words in " ".join(part.split())
                  for part in said.split("\n  ")[1:]) or f"line {line}: " in said,
              f"line {line}: {words}", said)
    check("Nothing is written" in said and not os.path.exists(made.at / "cn" / "schedule.tsv"),
          "nothing is written")
    sheet = workbook(os.path.join(folder, "bad.xlsx"), rows)
    check("row 3: " in bring(made, sheet, code=1), "a sheet has rows")
    for data, words in ((b"a,b\n1,2\n", 'the column "Frac'), (b"", "the file is empty"),
                        (text("\t", [HEAD, ["01012101", "", "", "5", "", "", ""]]), "7 columns where"),
                        (b"\x89PNG\r\n\x1a\n\0\0", "column"), (b"PK\x03\x04broken", "")):
        said = bring(made, write(os.path.join(folder, "x.bin"), data), code=2)
        check(words in said and "x.bin" in said, f"{data[:12]}: {words}", said)
    for profile, words in (("code: A\n", "add general"), ("general: A\n", "add code"),
                           ("kode: A\n", "own.profile:1: unknown key \"kode\""), ("code A\n", "KEY: VALUE"),
                           ("code: A\ncode: B\n", "own.profile:2: code is given twice"),
                           ("digits: 7\n", "digits"), ("dates: soon\n", "dmy, mdy or ymd"),
                           ("general: A = B\n", "only special rates"), ("word: x\n", "PRINTED = MEANS"),
                           ("numbers: some\n", "percent or printed")):
        check(words in bring(made, file, profile=profile, code=2), profile)
    done = run(PROGRAM, "law", "import-schedule", "--profile", "list")
    check(done.code == 0 and "ca-tphs" in done.out and "us-usitc" in done.out, "those at hand", done.out)


def test_unread(folder):
    """A rate that is not understood is told with its row and kept: the code exists, and the answer
    shows what is printed. Where most are such, it is the table or the profile."""
    made = law(folder, "unread", BROUGHT)
    rows = [HEAD, ["0101.21.01", "", "Pza", "Ex.", ""], ["6109.10.03", "", "Pza", "35+AE", "Ex."],
            ["6109.10.04", "", "Pza", "20", "15 more or less"],
            ["6109.10.05", "", "Pza", "10", "5 (see note"], ["6109.10.06", "", "Pza", "$5", ""],
            ["7318.15.99", "", "Kg", "5", ""], ["7318.16.01", "", "Kg", "5", "2"]]
    file = write(os.path.join(folder, "unread.tsv"), text("\t", rows))
    said = bring(made, file, "--write", code=1)
    check("Kept as printed" in said and "Written" in said and "Cannot be read" not in said, "kept", said)
    for line, words in ((3, '"35+AE" is not a rate'), (4, "15 more or less"), (5, "5 (see note"),
                        (6, "says no unit")):
        check(f"line {line}: " in said and words in " ".join(said.split()), f"line {line}", said)
    done = run(PROGRAM, "law", "check", str(made))
    check(done.code == 0, "it is law", done.err)
    for code, claim, shown in (("6109.10.03", "", "35+AE"), ("6109.10.04", "treaty=yes", "15 more or less"),
                               ("6109.10.05", "treaty=yes", "5 (see note"), ("6109.10.06", "", "$5")):
        answer = json.loads(run(
            PROGRAM, "duty", "--law", str(made), "--into", "CN", "--hts", code, "--origin",
            "KR" if claim else "DE", "--on", "2025-07-01", "--value", "1000", "--qty", "7",
            "--unit", "No.", "--format", "json", *(["--claim", claim] if claim else [])).out)
        equal((answer["status"], answer["duty"]["amount"]), ("incomplete", None), code)
        check(shown in answer["duty"]["lines"][0]["rate"] and
              "not understood" in " ".join(answer["missing"]), f"{code}: what is printed", answer)
    equal([duty(made, code, "2025-07-01")["duty"]["amount"] for code in ("6109.10.04", "6109.10.05")],
          ["200.00", "100.00"], "what is understood answers")
    check("Nothing changes" in bring(made, file), "the same again")
    better = write(os.path.join(folder, "better.tsv"), text("\t", rows).replace(b"35+AE", b"35"))
    bring(made, better, "--write", day="2025-08-01", code=0)
    equal([duty(made, "6109.10.03", day)["duty"]["amount"] for day in ("2025-07-31", "2025-08-01")],
          [None, "350.00"], "until a later table prints one that is")
    said = bring(made, file, "--write", profile=PROFILE.replace("numbers: percent\n", ""),
                 day="2025-09-01", code=1)
    check("Nothing is written" in said and "line 4: " in said, "most are not: nothing is kept", said)


def test_lost_rows(folder):
    """A rate whose row has no code, a short one, or a heading with nothing beneath is told."""
    made = law(folder, "lost", BROUGHT)
    rows = [HEAD, ["0101.21.01", "", "Pza", "Ex.", ""], ["", "otros", "Pza", "20", ""],
            ["101", "", "Pza", "20", ""], ["6109.10", "", "", "35", ""], ["7318.15", "", "", "5", ""],
            ["7318.15.99", "", "Kg", "", ""], ["7318.16", "", "", "7", ""]]
    said = bring(made, write(os.path.join(folder, "lost.tsv"), text("\t", rows)), "--write", code=1)
    for line, words in ((3, "no code"), (4, "fewer than 4 digits"), (5, "no line of 8 digits"),
                        (8, "no line of 8 digits")):
        check(f"line {line}: " in said and words in " ".join(said.split()), f"line {line}", said)
    check("line 6: " not in said and "Nothing is written" in said, "what has lines is no flaw", said)


def test_shipped():
    """The schedules of the law at hand print nothing that is not understood."""
    for path in sorted(glob.glob(os.path.join(ROOT, "law", "*", "schedule.tsv"))):
        with open(path, encoding="utf-8") as file:
            found = [line for line in file if "unread" in line.split("\t")[6:7]]
        check(not found, path, found[:3])


def estimated_over_time(made):
    """Days side by side and timelines say it in every form too."""
    line = ("--law", str(made), "--into", "CN", "--hts", "6109.10.00", "--origin", "DE", "--value",
            "1000")
    two = ("duty", *line, "--on", "2025-07-01", "--on", "2025-08-01")
    timeline = ("timeline", *line, "--from", "2025-07-01", "--until",
                "2025-08-01")
    for what, asked in {"two days": two, "page": timeline, "csv": (*timeline, "-f", "csv"),
                        "svg": (*timeline, "-f", "svg")}.items():
        out = run(PROGRAM, *asked, "--estimate-base").out
        check("14%" in out and "estimate, of low confidence" in " ".join(out.split()),
              f"{what}: it is said", out)
        check("estimate, of" not in " ".join(run(PROGRAM, *asked).out.split()),
              f"{what}: only where it was asked for")


def test_estimate(folder):
    """Taken where it is asked for alone, and said to be one in every answer."""
    made = law(folder, "estimate", ESTIMATE)
    made.write("cn/old.tsv", b"code\tgeneral\n61091000\t14%\n")
    plain = duty(made, "6109.10.00", "2025-07-01")
    check(plain["status"] == "incomplete" and "--estimate-base" in plain["missing"][0], "offered",
          plain["missing"])
    asked = duty(made, "6109.10.00", "2025-07-01", "--estimate-base")
    equal((asked["status"], asked["lane"], asked["duty"]["amount"]), ("ok", "yellow", "140.00"),
          "estimated")
    equal(asked["duty"]["lines"][0]["confidence"], "low", "its confidence")
    check(any("base-estimated" in said and "the rates of 2019" in said
              for said in asked["warnings"]), "it is said", asked["warnings"])
    other = duty(made, "6109.90.00", "2025-07-01", "--estimate-base")
    equal((other["status"], other["missing"][0]),
          ("incomplete", "base_rate: the estimate has no such item"), "a number that it lacks")
    estimated_over_time(made)
    bring(made, os.path.join(folder, "t.tsv"), "--write")
    brought = duty(made, "6109.10.03", "2025-07-01", "--estimate-base")
    equal((brought["duty"]["amount"], "base-estimated" in str(brought)), ("350.00", False),
          "the schedule that was brought goes before it")


def test_law(folder):
    """What the law may not say."""
    for base, words in ((BROUGHT.replace("  numbers: open\n", ""), "numbers: open"),
                        (BROUGHT.replace("  schedule: schedule.tsv\n  numbers: open\n", ""),
                         "\"schedule\""),
                        (ESTIMATE.replace(f"  brought: {OFFICIAL}\n", ""), "")):
        made = Law(SMALL, os.path.join(folder, str(len(base))))
        made.replace("cn/jurisdiction.yaml", BASE, base)
        done = run(PROGRAM, "law", "check", str(made))
        check(done.code == 2 and words in done.err + done.out, f"law: {words}", done.err + done.out)


def main():
    with tempfile.TemporaryDirectory() as folder:
        table = test_forms(folder)
        test_answers(folder, table)
        test_rows(folder)
        test_faults(folder)
        test_unread(folder)
        test_lost_rows(folder)
        test_shipped()
        test_estimate(folder)
        test_law(folder)
    return finish()


sys.exit(main())
