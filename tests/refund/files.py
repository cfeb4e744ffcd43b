#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Entries as people have them: spread over files, twice, as ACE exports them, too many for memory;
and what is written beside the answers: files to upload, totals, deadlines, what customs answered.

    files.py PROGRAM LAW
"""
import collections
import csv
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib import ROOT, changed_law, check, equal, finish, run, table, write  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]
FILED = ("--as-of", "2026-05-18", "--interest-to", "2026-07-02")
FACTS = {"summary": "accepted", "protest": "none", "recon_flag": "no", "recon_filed": "no",
         "drawback": "no", "surety_paid": "no", "prior_cape": "no"}
COLUMNS = ["entry", "entry_type", "entry_date", "liquidation_date", "deposit_date", "line", "hts",
           "value", "heading", "duty", "liquidation", *FACTS]
VALUES = "12345678912345678923456789"


def number(place, filer="Z9Z"):
    text = f"{filer}{place:07d}"
    total = 0
    for back, sign in enumerate(reversed(text)):
        value = int(sign if sign.isdigit() else VALUES[ord(sign) - 65]) * (2 - back % 2)
        total += value // 10 + value % 10
    return text + str(-total % 10)


def entry(name, liquidated="", **more):
    """A line of toys with two duties: three rows."""
    whole = {"entry": name, "entry_type": "01", "entry_date": "2025-07-08", "line": 1,
             "liquidation_date": liquidated, "deposit_date": "2025-07-22", "hts": "9503.00.0090",
             "value": "10000.00", "liquidation": "liquidated" if liquidated else "unliquidated",
             **FACTS, **more}
    return [{**whole, "heading": heading, "duty": duty} for heading, duty in
            (("9903.01.24", "2000.00"), ("9903.01.25", "1000.00"), ("9503.00.0090", "0.00"))]


def refund(folder, *files, code=None, **settings):
    """The answers of rows or texts, one file each; options among them as they are."""
    words = []
    for place, file in enumerate(files):
        if isinstance(file, list):
            file = table(COLUMNS, file)
        words.append(write(os.path.join(folder, f"{place}.csv"), file)
                     if isinstance(file, bytes) or "\n" in file else file)
    done = run(PROGRAM, "refund", *words, *FILED, "--format", "ndjson", **settings)
    if code is not None:
        equal(done.code, code, f"exit code of {words}")
    return [json.loads(line) for line in done.out.splitlines()], done


def hold_spread(folder):
    """Wherever the rows stand, the answers are the same."""
    rows = [row for place in range(40) for row in
            entry(number(place), "2026-04-01" if place % 3 else "", drawback="yes" if place % 5 == 0
                  else "no")]
    whole, _ = refund(folder, rows, code=0)
    equal([a["entry"] for a in whole], [number(place) for place in range(40)], "in their order")
    dice = random.Random(1)
    for _ in range(5):
        mixed = rows[:]
        dice.shuffle(mixed)
        parts = [mixed[i::3] for i in range(3)]
        found, _ = refund(folder, *parts, code=0)
        order = list(dict.fromkeys(row["entry"] for part in parts for row in part))
        equal([a["entry"] for a in found], order, "in the order of their first rows")
        equal(sorted(map(str, found)), sorted(map(str, whole)), "the same answers")
        small, _ = refund(folder, *parts, "--memory", "1000", code=0)
        equal(small, found, "however small the memory of the sort")
    facts = [{"entry": number(place), **{name: row[name] for name in (
        "entry_type", "entry_date", "liquidation_date", "deposit_date", "liquidation", *FACTS)}}
        for place, row in ((place, rows[3 * place]) for place in range(40))]
    bare = [{name: row[name] for name in ("entry", "line", "hts", "value", "heading", "duty")}
            for row in rows]
    found, _ = refund(folder, bare, facts, code=0)
    equal(found, whole, "facts in a file of their own")


def hold_twice(folder):
    """The same rows twice are no second duty, and two days of liquidation are none."""
    one = entry(number(1))
    found, _ = refund(folder, one, one, code=1)
    equal((found[0]["status"], found[0]["principal"]), ("accepted", None), "rows without ordinals")
    check("once or twice?" in found[0]["note"], "it is asked", found[0]["note"])
    ordinals = [{**row, "ordinal": place} for place, row in enumerate(one, 1)]
    text = table([*COLUMNS, "ordinal"], ordinals)
    found, _ = refund(folder, text, text, code=0)
    equal(found[0]["principal"], "3000.00", "a row twice counts once")
    other = table([*COLUMNS, "ordinal"], [{**row, "duty": "7.00"} for row in ordinals])
    found, _ = refund(folder, text, other, code=1)
    equal(found[0]["principal"], None, "a row twice, with two duties")
    mixed = one + [{**row, "hts": "8205.40.0000", "value": "500.00",
                    "heading": row["heading"].replace("9503.00.0090", "8205.40.0000")}
                   for row in one]
    found, _ = refund(folder, mixed, code=0)
    equal(found[0]["principal"], "6000.00", "two goods on one line")
    found, _ = refund(folder, entry(number(2), "2026-04-01") + entry(number(2), "2026-04-02", line=2),
                      code=1)
    equal((found[0]["status"], found[0]["protest_deadline"]), ("undecided", None), "two days")
    check("0.csv:2" in found[0]["note"] and "0.csv:5" in found[0]["note"], "both places are named",
          found[0]["note"])


def hold_unread(folder):
    """A duty that is not read is no reason to refuse; what is asked for can be given."""
    for duty in ("-2000.00", "(2000.00)", "2.000,00", "n/a", "9" * 400):
        one = [{**entry(number(1))[0], "duty": duty}]
        found, done = refund(folder, one + entry(number(2)), code=1)
        equal((found[0]["status"], found[0]["reason"], found[0]["removable"],
               found[0]["principal"]), ("accepted", "OK_UNLIQUIDATED", None, None), duty)
        check("0.csv:2: duty " in done.err and "write an amount" in done.err, "said", done.err)
        equal(found[1]["principal"], "3000.00", "the other entry")
        found, _ = refund(folder, [{**one[0], "heading": "9903.01.35"}], code=1)
        equal(found[0]["status"], "undecided", f"{duty} under a heading that is not clear")
        found, _ = refund(folder, [{**one[0], "heading": "9903.88.03"}], code=1)
        equal(found[0]["reason"], "NO_IEEPA_HTS", f"{duty} under a heading of other duties")
    _, done = refund(folder, [{**row, "entry_date": "25/12/2025"} for row in entry(number(1))],
                     code=1)
    check("write 07/08/2025" in done.err and "--date-format" not in done.err,
          "no option that the command lacks", done.err)
    found, _ = refund(folder, entry(number(1), "2025-07-07"), code=1)
    equal((found[0]["status"], found[0]["protest_deadline"]), ("undecided", None),
          "liquidated before the entry")
    check("before entry_date 2025-07-08" in found[0]["note"] and
          "asked for: liquidation_date" in found[0]["note"], "both days", found[0]["note"])
    found, _ = refund(folder, entry(number(1), "2025-07-08"), code=0)
    equal(found[0]["reason"], "FINAL_LIQUIDATION", "liquidated on the day of the entry")
    both = table([*COLUMNS, "Statement Date", "status"], entry(number(1))).replace(
        ",deposit_date,", ",Payment Date,", 1)
    _, done = refund(folder, both, code=0)
    check("not read: Statement Date, status\n" in done.err, "every column that is not read", done.err)
    for title in ("Chapter 99 Heading", "Ch. 99 HTS", "CHAPTER_99_CODE"):
        text = table(COLUMNS, entry(number(1))).replace(",heading,", f",{title},", 1)
        found, _ = refund(folder, text, code=0)
        equal(found[0]["principal"], "3000.00", title)
    text = table(COLUMNS, entry(number(1))).replace(",heading,", ",of which,", 1)
    found, done = refund(folder, text, code=1)
    equal(found[0]["status"], "undecided", "two duties under the code of the goods")
    check("not read: of which" in done.err, "the column that was not read", done.err)
    found, _ = refund(folder, entry("1.23457E+10"), code=0)
    check("a spreadsheet shortened it" in found[0]["note"], "a number made short", found[0]["note"])


def hold_cells(folder):
    """Cells that are no day, code or number: said with the place, and nothing is made of them."""
    first = entry(number(1))[:1]
    for change, words in (
            ({"entry_date": "2025-07-08x"}, "write 2025-05-02T00:01 or 2025-05-02"),
            ({"heading": "99O3.01.24"}, "write 8 or 10 digits, such as 9903.01.24"),
            ({"heading": "9.90301E+09"}, "a spreadsheet shortened it: keep the column as text"),
            ({"hts": "950300009"}, "a digit is missing: write the zero in front"),
            ({"heading": "", "hts": ""}, "a duty stands under a tariff number: the row has none"),
            ({"line": "123456789012"}, "a line has a number of at most 11 characters"),
            ({"ordinal": "1a"}, "write a whole number"),
            ({"ordinal": "9999999"}, "write a whole number"),
            ({"duty": "2000.001"}, "duties are paid in whole cents"),
            ({"entry": ""}, "a row needs the number of its entry")):
        rows = [{**first[0], **change}, *entry(number(2))]
        found, done = refund(folder, table([*COLUMNS, "ordinal"], rows))
        check(done.code == 1 and "0.csv:2: " in done.err and words in done.err, words, done.err)
        check(found[-1]["entry"] == number(2) and found[-1]["principal"] == "3000.00",
              f"{words}: the other entry is answered", found)
        check("entry" in change or found[0]["principal"] is None or "entry_date" in change,
              f"{words}: no amount", found[0])
    for day in "2025-07-08 10:00", "2025-07-08T10:00", "2025-07-08t10:00Z", "45846", "45846.5":
        found, _ = refund(folder, [{**row, "entry_date": day} for row in entry(number(1))], code=0)
        equal(found[0], refund(folder, entry(number(1)))[0][0], day)
    rows = [{**row, "line": "001" if place else "1"} for place, row in enumerate(entry(number(1)))]
    found, _ = refund(folder, rows, code=0)
    equal(found[0]["principal"], "3000.00", "zeros in front of a line's number")
    blank = table(COLUMNS, entry(number(1))) + "," * (len(COLUMNS) - 1) + "\n"
    found, done = refund(folder, blank, code=0)
    equal(len(found), 1, "a row of nothing is none")


def replaced(**change):
    """Screwdrivers of the European Union under 9903.02.20, 15% in place of the column 1 duty."""
    whole = {"entry": number(1), "entry_type": "01", "entry_date": "2025-09-08", "line": 1,
             "deposit_date": "2025-09-22", "liquidation": "unliquidated", "value": "1000.00", **FACTS}
    return [{**whole, "hts": "8205.40.0000", "heading": "9903.02.20", "duty": "150.00", **change}]


def hold_owed(folder):
    """What becomes due again, 6.2% of screwdrivers, is asked of the law of the day; what it needs is
    asked for."""
    found, _ = refund(folder, replaced(), code=0)
    equal(found[0]["principal"], "88.00", "150.00 less 62.00")
    for change, words in (
            ({"value": ""}, "asked for: the value of the goods"),
            ({"entry_date": ""}, "entry_date is missing"),
            ({"hts": ""}, "asked for: the code of the goods of line 1: 9903.02.20"),
            ({"duty": ""}, "asked for: the duty of line 1: 9903.02.20"),
            ({"hts": "8205.49.9999"}, "the column 1 duty that becomes due again is not known: line 1: "
             "8205.49.99.99: ")):
        found, _ = refund(folder, replaced(**change), code=1)
        check(found[0]["principal"] is None and words in found[0]["note"], words, found[0]["note"])
    two = replaced() + replaced(heading="9903.02.73")
    found, _ = refund(folder, two, code=1)
    check("9903.02.73: two headings stand in place of the column 1 duty" in found[0]["note"] and
          found[0]["principal"] is None, "two headings in place of it", found[0]["note"])
    repaired = replaced() + replaced(heading="9802.00.40", hts="9802.00.40", duty="0.00")
    found, _ = refund(folder, repaired, code=1)
    check("chapter 98 stands on the line" in found[0]["note"] and found[0]["principal"] is None,
          "chapter 98", found[0]["note"])


def hold_said(folder):
    """What cannot be shown or kept is marked; nothing given is changed without a word."""
    found, done = refund(folder, [{**row, "drawback": "n\0o"} for row in entry(number(1))], code=1)
    equal(done.err.count('drawback "n\ufffdo": '), 3, "a NUL does not end the word")
    found, _ = refund(folder, entry("Z9Z7\x00000115"), code=0)
    equal((found[0]["entry"], found[0]["reason"]), ("Z9Z7\ufffd000115", "ENTRY_NUMBER_DIGITS"), "a NUL")
    found, _ = refund(folder, entry("\u00c9" * 13), code=0)
    check("13 characters" in found[0]["note"], "characters, not bytes", found[0]["note"])
    names = [f"Z9Z70000115 see the file {end}" for end in ("A", "B", "of 2025", "A")]
    found, _ = refund(folder, [row for line, name in enumerate(names, 1)
                               for row in entry(name, line=line)], code=0)
    equal([(a["entry"], a["removable"]) for a in found],
          [("Z9Z70000115 SEE THE FILE...", amount) for amount in ("6000.00", "3000.00", "3000.00")],
          "three numbers with one beginning are three entries")
    one = entry(number(1))[0]
    found, _ = refund(folder, [{**one, "line": line, "duty": "1000000000000.00"}
                               for line in range(1000)], code=1)
    equal((found[0]["removable"], found[0]["principal"]), (None, None), "more than is computed")
    check("above what is computed" in found[0]["note"], "it is said", found[0]["note"])
    wine = {**one, "hts": "2204.21.5040", "heading": "9903.02.20", "duty": "150.00",
            "qty": "0" * 19 + "500", "unit": "liters", "entry_date": "2025-09-01"}
    found, done = refund(folder, table([*COLUMNS, "qty", "unit"], [wine]), code=1)
    equal(found[0]["principal"], None, "a part of a quantity is not a quantity")
    check("it is longer than any" in done.err, "it is said", done.err)
    path = write(os.path.join(folder, "results.csv"),
                 f"ENTRY_NUMBER,STATUS,ERROR_DESCRIPTION\n{number(1)},Failed,{'x' * 100}\n")
    found, done = refund(folder, entry(number(1)), "--results", path)
    equal(found[0]["cbp_error"], "x" * 68 + "...", "a long message is cut with a mark")
    check("error_description" in done.err and "its end is not shown" in done.err, "said", done.err)


def hold_large(folder):
    """An entry of very many rows is answered, or says that it is not computed; never too low."""
    one = entry(number(1))[0]
    many, _ = refund(folder, [{**one, "line": place, "duty": "1.00"} for place in range(50000)],
                     code=0)
    equal(many[0]["principal"], "50000.00", "50,000 lines")
    for rows in (9000, 70000):
        many, done = refund(folder, [{**one, "line": "", "duty": f"{place}.00"}
                                     for place in range(rows)], code=1)
        equal((many[0]["status"], many[0]["removable"]), ("undecided", None), f"{rows} rows")
    check("more than 65536 rows" in done.err, "it is said", done.err[:300])
    facts = {name: one[name] for name in ("entry", "entry_type", "liquidation", *FACTS)}
    many, _ = refund(folder, [facts], [{**one, "line": place} for place in range(70000)], code=1)
    equal((many[0]["status"], many[0]["removable"]), ("accepted", None), "facts before 70000 rows")


ES003 = ["Entry Summary Number", "Entry Summary Line Number", "Tariff Ordinal Number",
         "Entry Type Code", "Entry Date", "HTS Number - Full", "Line Tariff Goods Value Amount",
         "Line Tariff Duty Amount", "Liquidation Date", "Liquidation Status",
         "Reconciliation Indicator", "Protest Number", "Payment Date", "Summary Status", "Drawback",
         "Surety Paid", "Prior CAPE"]


def es003(name, rows, liquidated="", hyphens=False):
    shown = f"{name[:3]}-{name[3:10]}-{name[10]}" if hyphens else name
    for ordinal, (code, value, duty) in enumerate(rows, 1):
        yield [f'="{shown}"', 1, ordinal, "01", "07/08/2025", code, value, duty, liquidated,
               "Liquidated" if liquidated else "Unliquidated", "N", "", "07/22/2025", "Accepted",
               "N", "N", "N"]


def hold_es003(folder):
    """The report says the same as plain CSV: packed, with a preamble, from a pipe."""
    toys = [("99030124", "$0.00", "$2,000.00"), ("99030125", "$0.00", "$1,000.00"),
            ("9503000090", "$10,000.00", "$0.00")]
    japan = [("99030273", "$0.00", "$9,600.00"), ("8205400000", "$64,000.00", "$0.00")]
    rows = [*es003(number(1), toys, hyphens=True), *es003(number(2), toys, "04/01/2026"),
            *es003(number(3), japan)]
    text = "Main Report\n\n" + table(ES003, rows)
    plain = entry(number(1)) + entry(number(2), "2026-04-01")
    wanted, _ = refund(folder, plain, code=0)
    found, done = refund(folder, text, code=0)
    equal([{k: a[k] for k in a if k != "note"} for a in found[:2]],
          [{k: a[k] for k in a if k != "note"} for a in wanted], "as plain CSV says it")
    equal(found[2]["reason"], "OK_UNLIQUIDATED", "of Japan")
    packed, _ = refund(folder, gzip.compress(text.encode()), code=0)
    equal(packed, found, "packed")
    piped = run(PROGRAM, "refund", "-", *FILED, given=text)
    equal(piped.out, done.out, "from a pipe")
    for separator in ";\t|":
        other = io.StringIO()
        csv.writer(other, delimiter=separator, lineterminator="\r\n").writerows([ES003, *rows])
        equal(refund(folder, other.getvalue())[0], found, f"separated by {separator!r}")
    equal(refund(folder, table(ES003, rows).replace("\n", "\r").encode() + b"\r")[0], found,
          "lines that end in a carriage return")
    protest = table(ES003, [[*row[:11], "1234", *row[12:]] for row in rows])
    found, _ = refund(folder, protest, code=1)
    check(all(a["status"] == "undecided" and "protest" in a["note"] for a in found),
          "a protest in a state that the report does not say", found)


def hold_upload(folder):
    """Files as the portal takes them; none is written over."""
    rows = []
    for place in range(20001):
        rows += entry(number(place))[:1]
    rows += entry(number(30000), drawback="yes")
    out = os.path.join(folder, "upload")
    found, _ = refund(folder, rows, "--cape", out, code=0)
    equal(sorted(os.listdir(out)), ["cape-0001.csv", "cape-0002.csv", "cape-0003.csv", "summary.csv"],
          "the files")
    seen, total = [], 0
    for name in sorted(os.listdir(out))[:3]:
        with open(os.path.join(out, name), "rb") as file:
            data = file.read()
        check(len(data) < 1000000 and data.isascii() and data.endswith(b"\r\n"), name)
        lines = data.decode().split("\r\n")[:-1]
        equal(lines[0], "Entry Number", f"{name}: the header")
        check(len(lines) - 1 <= 9999 and all(len(line) == 11 for line in lines[1:]), name)
        seen += lines[1:]
        total += len(data)
    equal(seen, [a["entry"] for a in found if a["status"] == "accepted"], "each entry once")
    with open(os.path.join(out, "summary.csv"), encoding="utf-8", newline="") as file:
        summary = list(csv.DictReader(file))
    equal([row["entries"] for row in summary], ["9999", "9999", "3"], "the summary")
    equal(sum(int(row["bytes"]) for row in summary), total, "its bytes")
    accepted = [a for a in found if a["status"] == "accepted"]
    for name in ("principal", "interest", "total"):
        equal(cents(sum(hundredths(row[name]) for row in summary)),
              cents(sum(hundredths(a[name]) for a in accepted)), f"its {name}")
    done = refund(folder, rows, "--cape", out)[1]
    check(done.code == 2 and "is there already" in done.err, "nothing is written over", done.err)
    one = entry(number(1))
    file = write(os.path.join(folder, "a-file"), "x")
    for path, why in ((file, "is not a folder"), (file + "/under", "Not a directory"),
                      (os.path.join(folder, "none", "none"), "No such file"),
                      ("x/" * 2100, "the path of the folder is too long")):
        _, done = refund(folder, one, "--cape", path)
        check(done.code == 2 and why in done.err, f"{path[-30:]}: {why}", done.err)


def hundredths(text):
    return int(text.replace(".", "")) if text else 0


def cents(amount):
    return f"{amount // 100}.{amount % 100:02d}"


def hold_sums(folder):
    """Totals and deadlines are the sums of the answers."""
    rows = []
    for place in range(300):
        day = f"2025-{11 + place % 2:02d}-{1 + place % 28:02d}" if place % 4 else ""
        more = {"protest": "open"} if place % 7 == 0 else {}
        more.update({"drawback": ""} if place % 11 == 0 else {})
        rows += entry(number(place), day, entry_date=f"2025-0{4 + place % 5}-08", **more)
    paths = [os.path.join(folder, name) for name in ("totals.csv", "deadlines.csv")]
    found, _ = refund(folder, rows, "--totals", paths[0], "--deadlines", paths[1], code=1)
    read = []
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            read.append(list(csv.DictReader(file)))
    totals = {(row["kind"], row["name"]): row for row in read[0]}
    for kind, key in (("status", "status"), ("reason", "reason")):
        groups = collections.defaultdict(list)
        for answer in found:
            if answer[key]:
                groups[answer[key]].append(answer)
        equal({name for k, name in totals if k == kind}, set(groups), f"every {kind}")
        for name, answers in groups.items():
            row = totals[kind, name]
            equal(int(row["entries"]), len(answers), name)
            for part in ("removable", "principal", "interest"):
                equal(hundredths(row[part]), sum(hundredths(a[part] or "") for a in answers),
                      f"{name}: {part}")
    months = collections.Counter(f"2025-0{4 + place % 5}" for place in range(300))
    equal({name: int(row["entries"]) for (kind, name), row in totals.items() if kind == "month"},
          dict(months), "by month")
    equal(hundredths(totals["heading", "9903.01.24"]["removable"]), 300 * 200000, "by heading")
    must = [a for a in found if a["status"] != "accepted" and a["protest_deadline"] and
            0 <= a["days_left"] <= 90 and a["reason"] != "PROTEST_ON_ENTRY"]
    equal([(row["protest_deadline"], row["entry"]) for row in read[1]],
          sorted(((a["protest_deadline"], a["entry"]) for a in must), key=lambda x: x[0]),
          "who must protest, the first deadline first")
    for days in (30, 60, 90):
        row = totals.get(("protest", f"within {days} days"), {"entries": "0"})
        equal(int(row["entries"]), sum(a["days_left"] <= days for a in must), f"within {days} days")
    check(must, "somebody must")
    for option, what in (("--deadlines", "the deadlines cannot be written: No space left"),
                         ("--totals", "No space left")):
        _, done = refund(folder, rows, option, "/dev/full")
        check(done.code == 2 and what in done.err, f"{option}: a full disk", done.err)


def hold_less(folder):
    """An entry on which more becomes due than was paid lowers no sum."""
    tools = {"hts": "8205.40.0000", "value": "5000.00", "entry_date": "2025-10-01"}
    rows = [{**entry(number(place))[0], **tools, "heading": "9903.02.73", "duty": duty}
            for place, duty in ((1, "100.00"), (2, "750.00"))]
    path = os.path.join(folder, "totals.csv")
    found, _ = refund(folder, rows, "--totals", path, code=0)
    equal([a["principal"] for a in found], ["0.00", "440.00"], "310.00 becomes due again on each")
    with open(path, encoding="utf-8", newline="") as file:
        sums = {row["kind"]: row["principal"] for row in csv.DictReader(file)}
    equal((sums["heading"], sums["status"]), ("440.00", "440.00"), "by heading as by status")


def hold_results(folder):
    """What customs answered against what is answered here."""
    rows = entry(number(1)) + entry(number(2), drawback="yes") + entry(number(3)) + \
        entry(number(4), drawback="yes") + entry(number(5)) + entry(number(6), drawback="")
    results = [(number(1), "Entry Summary Updated", ""), (number(2), "Failed", "ENTRY ON DRAWBACK"),
               (number(3), "Failed", "PROTEST ON ENTRY"), (number(4), "Entry Summary Updated", ""),
               (number(6), "Failed", "x"), (number(7), "Failed", "y"), (number(5), "Odd", "")]
    text = "ENTRY_NUMBER,CLAIM_NUMBER,STATUS,ERROR_DESCRIPTION\n" + "".join(
        f'="{name}",="100000000001",{status},{error}\n' for name, status, error in results)
    path = write(os.path.join(folder, "results.csv"), text)
    found, _ = refund(folder, rows, "--results", path, code=1)
    equal({a["entry"]: a["agreement"] for a in found},
          {number(1): "agrees", number(2): "agrees", number(3): "differs", number(4): "differs",
           number(5): "undecidable", number(6): "undecidable", number(7): "not asked"}, "agreement")
    equal({a["claim"] for a in found}, {"100000000001"}, "unwrapped")
    check("PROTEST_ON_ENTRY" in found[2]["note"], "the reason of the message", found[2]["note"])
    again = write(os.path.join(folder, "again.csv"),
                  "ENTRY_NUMBER,CLAIM_NUMBER,STATUS,ERROR_DESCRIPTION\n"
                  f"{number(3)},2,Entry Summary Updated,\n")
    found, _ = refund(folder, rows, "--results", path, "--results", again)
    equal((found[2]["agreement"], found[2]["claim"]), ("agrees", "2"), "the last result counts")
    done = refund(folder, rows, "--results", write(os.path.join(folder, "x.csv"), "entry,duty\n1,2\n"))
    check(done[1].code == 2 and "details of a claim" in done[1].err, "another file", done[1].err)


MEASURE = """import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], check=False).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)"""


def hold_memory(folder):
    """Many entries, spread over two files, in memory that does not grow with them."""
    peak = []
    for count in (20000, 120000):
        parts = ([], [])
        for place in range(count):
            rows = entry(number(place))
            parts[0].append(rows[0])
            parts[1].extend(rows[1:])
        parts[1].reverse()
        paths = [write(os.path.join(folder, f"part{i}.csv"), table(COLUMNS, part))
                 for i, part in enumerate(parts)]
        words = [PROGRAM, "refund", *paths, *FILED, "--memory", str(1 << 20), "--format", "csv", "-q"]
        del parts
        # Of a small process: what is measured begins with the memory of who starts it.
        with open(os.path.join(folder, "out.csv"), "wb") as out:
            done = subprocess.run([sys.executable, "-c", MEASURE, *words], stdout=out, check=False,
                                  stderr=subprocess.PIPE, text=True)
        equal(done.returncode, 0, f"{count} entries: exit")
        with open(os.path.join(folder, "out.csv"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        equal(len(lines), count + 1, f"{count} entries: answers")
        check(all(",accepted," in line and ",3000.00,3000.00,167.13," in line for line in lines[1:]),
              f"{count} entries: each whole")
        peak.append(int(done.stderr.split()[-1]))
    check(peak[1] < peak[0] + 8192, "memory does not grow", f"{peak} KiB")
    print(f"20000 entries {peak[0]} KiB, 120000 entries {peak[1]} KiB")


def hold_law():
    """The rules are law: another law, other answers."""
    path = os.path.join(ROOT, "examples", "entries.csv")
    with changed_law(LAW) as law, tempfile.TemporaryDirectory() as folder:
        law.replace("us/refunds/refunds.yaml", "days_since_liquidation > 80",
                    "days_since_liquidation > 87")
        law.replace("us/refunds/refunds.yaml", "days: 180", "days: 200")
        law.replace("us/refunds/refunds.yaml", "bytes: 1000000", "bytes: 40")
        options = ("--law", str(law), "--cape", os.path.join(folder, "out"), "--fact", "drawback=no")
        done = run(PROGRAM, "refund", path, *FILED, *options, "--format", "ndjson")
        found = [json.loads(line) for line in done.out.splitlines()]
        equal([(a["reason"], a["principal"]) for a in found],
              [("OK_UNLIQUIDATED", "3000.00"), ("OK_UNLIQUIDATED", "5632.00"),
               ("OK_WITHIN_80_DAYS", "1440.00"), ("OK_UNLIQUIDATED", "1040.00")], "another law")
        equal(found[2]["protest_deadline"], "2026-09-08", "200 days")
        sizes = [os.path.getsize(os.path.join(folder, "out", name))
                 for name in sorted(os.listdir(os.path.join(folder, "out")))[:-1]]
        equal(sizes, [27, 27, 27, 27], "fewer than 40 bytes a file")
        known = run(PROGRAM, "refund", path, *FILED, "--as-known-on", "2026-05-18", "--law",
                    str(law), "--format", "ndjson")
        check("no rate of interest is published for 2026-07-01" in known.out,
              "a quarter that was not yet published", known.out)
        os.remove(os.path.join(str(law), "us/refunds/refunds.yaml"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        for hold in (hold_spread, hold_twice, hold_unread, hold_cells, hold_owed, hold_said,
                     hold_large, hold_es003, hold_upload, hold_sums, hold_less, hold_results, hold_memory):
            hold(folder)
    hold_law()
    return finish()


if __name__ == "__main__":
    sys.exit(main())
