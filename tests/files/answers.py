#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The columns of the input in the answers: nothing is lost, whatever the files look like.

    answers.py PROGRAM

Random tables are written as people write them and read back with Python's csv and json modules,
which know nothing of the program.
"""
import csv
import io
import json
import os
import random
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
OURS = ("id,status,lane,duty,duty_least,duty_greatest,refundable,fees,taxes,rate,headings,choices,"
        "de_minimis,substances,controls,missing,warnings").split(",")
PLAIN = {"hts": "6109.10.00.12", "origin": "CN", "entered": "2025-05-02", "value": "54"}


def assess(*options, text=None):
    done = run(PROGRAM, "assess", *options, given=text, binary=True)
    check(done.code in (0, 1), f"{options} runs", done.err)
    return done.out.decode("utf-8"), done.err.decode("utf-8")


def table(*options, text=None):
    rows = list(csv.reader(io.StringIO(assess("--format", "csv", *options, text=text)[0],
                                       newline="")))
    check(len({len(row) for row in rows}) == 1,
           f"{options}: all rows are as long as the header", [len(row) for row in rows])
    return rows[0], rows[1:]


CELLS = ["", "x", "a b", " lead", "trail ", 'say "no"', '"', '""', "a,b", "a;b", "l1\nl2", "l1\r\nl2",
         "\t", "=1+1", "-5", "@x", "0012", "中文,“引号”", "é", "\ufeffbom", "|", "'", "1.000,00",
         "{\"a\":1}", "null", "\u202eabc", "x" * 3000, ",,,", "\\n", "#"]


def random_tables(folder):
    """Cells are those of the input, in their columns; ours are those of --only-answers."""
    dice = random.Random(5)
    for turn in range(60):
        separator = ",;\t"[turn % 3]
        more = [f"c{i}" + dice.choice(["", " ", ",x", ' "q"', ";", "é"]) for i in
                range(dice.randrange(4))]
        names = list(PLAIN) + more + dice.sample(["duty", "ID", "Status", "input_duty", "warnings",
                                                  "rate "], dice.randrange(4))
        dice.shuffle(names)
        cells = [cell for cell in CELLS if separator != "\t" or "\t" not in cell]
        rows = [[PLAIN.get(name) or dice.choice(cells) for name in names]
                for _ in range(dice.randrange(1, 30))]
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=separator, lineterminator=dice.choice(["\n", "\r\n"]),
                            quoting=dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        writer.writerows([names] + rows)
        path = os.path.join(folder, "t.csv")
        write(path, out.getvalue())
        header, answers = table(path)
        only, alone = table("--only-answers", path)
        check(header[len(names):] == OURS == only,
               f"table {turn}: ours are the last, with their names", header)
        check(all(theirs in (name, "input_" + name, "input_input_" + name)
                   for name, theirs in zip(names, header)),
               f"table {turn}: theirs have their names, or input_ before them", header[:len(names)])
        check(len({name.strip().lower() for name in header}) == len(header),
               f"table {turn}: no name appears twice, letter case apart", header)
        check([row[:len(names)] for row in answers] == rows,
               f"table {turn}: cells are those of the input",
               [pair for pair in zip(rows, answers) if pair[0] != pair[1][:len(names)]][:1])
        check([row[len(names):] for row in answers] == alone,
               f"table {turn}: ours are the same without theirs")
        text, _ = assess("--format", "csv", "--jobs", "3", path)
        check(text == assess("--format", "csv", "--jobs", "1", "-", text=out.getvalue().encode())[0],
               f"table {turn}: from a pipe and by threads")


def broken_lines():
    """Of what is refused no cell is lost."""
    header, rows = table(text=b'id,hts,note\na,1,x,y,"z, ""q"""\nb,1\nc,"1,x\nd,"1"x,y,z\ne,1,ok\n')
    check(rows[0][:3] == ["a", "1", 'x,y,"z, ""q"""'], "more cells than names", rows[0])
    check(rows[1][:3] == ["b", "1", ""], "fewer", rows[1])
    check(rows[2][:3] == ["c", '"1,x', ""], "a quote that is not closed", rows[2])
    check(rows[3][:3] == ["d", '"1"x,y,z', ""], "text behind a quote", rows[3])
    check(rows[4][:3] == ["e", "1", "ok"], "the next line", rows[4])
    check(header[:3] == ["input_id", "hts", "note"], "the header", header)


def several_files(folder):
    a, b, c = (os.path.join(folder, name) for name in ("a.csv", "b.csv", "c.ndjson"))
    write(a, "id,hts,origin,entered,value,note,note\n1,6109.10.00.12,CN,2025-05-02,54,n1,n2\n")
    write(b, "note;value;hts;Other;origin;entered\nm;55;6109.10.00.12;o;CN;2025-05-02\n")
    write(c, json.dumps(dict(PLAIN, id="3", other={"x": 1}, Other=None, note="j")) + "\n")
    header, rows = table("--only-answers", a, b, c)
    header, rows = table(a, b, c)
    check(header[:-len(OURS)] == ["input_id", "hts", "origin", "entered", "value", "note", "note",
                                   "Other", "other", "rest"],
           "unlike headers are joined, a name twice is two", header)
    check(rows[0][5:10] == ["n1", "n2", "", "", ""], "the first file", rows[0])
    check(rows[1][:10] == ["", "6109.10.00.12", "CN", "2025-05-02", "55", "m", "",
                                          "o", "", ""], "the second", rows[1])
    check(rows[2][:10] == ["3", "6109.10.00.12", "CN", "2025-05-02", "54", "j", "",
                                         "", '{"x": 1}', ""], "the third", rows[2])


def kept_twice(folder):
    """A column that stands twice, kept: a JSON reader finds both."""
    path = os.path.join(folder, "k.csv")
    write(path, 'id,hts,origin,entered,value,note,note,note (2),"",,note\n'
                '1,6109.10.00.12,CN,2025-05-02,54,a,b,c,d,e,f\n')
    kept = json.loads(assess("--keep", path)[0])["kept"]
    check(sorted(kept.values()) == list("abcdef")
           and kept["note"] == "a" and kept["note (2)"] == "c", "nothing is lost of a column that appears twice", kept)


def json_lines(folder):
    """Members become columns, late ones stand in the last as JSON: nothing is lost."""
    dice = random.Random(9)
    names = ["sku", "a b", 'q"t', "é", "n", "rest", "warnings", "x" * 300, "deep"]
    values = [1, 2.50, True, False, "", "text", 'q"q', "l\nl", {"a": [1, {"b": None}]}, [], "null",
              "é", "1"]
    lines = []
    for i in range(1500):
        line = dict(PLAIN, id=str(i))
        pool = names if i > 1400 else names[:5]
        for name in dice.sample(pool, dice.randrange(4)):
            line[name] = dice.choice(values)
        lines.append(line)
    path = os.path.join(folder, "l.ndjson")
    write(path, "".join(json.dumps(line) + "\n" for line in lines))
    header, rows = table(path)
    check(header[-len(OURS):] == OURS, "ours are the last", header)
    theirs = header[:-len(OURS)]
    check(theirs[-1].endswith("rest"), "a last column for the rest", theirs)
    for line, row in zip(lines, rows):
        seen = json.loads(row[len(theirs) - 1] or "{}")
        for name, cell in zip(theirs[:-1], row):
            while name.startswith("input_"):
                name = name[len("input_"):]
            value = line.get(name, "")
            good = (cell == value if isinstance(value, str) else json.loads(cell) == value)
            check(good, f"line {line['id']}: {name}", (cell, value))
            seen.setdefault(name, value)
        check({name: value for name, value in seen.items() if value != ""} ==
               {name: value for name, value in line.items() if value != ""},
               f"line {line['id']}: nothing is lost", (seen, line))
    header, rows = table(text=b'{"id":"a","hts":1,"x":1,"x":2}\n{"bad":\n[1]\n{"n":null}\n')
    at = header.index("rest")
    check(rows[0][at] == '{"x":2}', "a key that appears twice", rows[0])
    check(rows[1][at] == '{"bad":' and rows[2][at] == "[1]", "a line that is no JSON", rows[1:3])
    many = {f"k{i}": i for i in range(600)}
    out, _ = assess("--keep", text=(json.dumps(dict(PLAIN, **many)) + "\n").encode())
    check("more than 512 members" in out, "more members than there may be are refused", out)
    out, _ = assess("--keep", text=(json.dumps(dict(PLAIN, **dict(list(many.items())[:400]))) +
                                    "\n").encode())
    check(len(json.loads(out)["kept"]) == 400, "400 members are kept", out)


def only_and_fields(folder):
    path = os.path.join(folder, "o.csv")
    write(path, "id,hts,origin,entered,value,description,\"a, b\"\n"
          "ok,6109.10.00.12,CN,2025-05-02,54,shirt,1\n"
          "open,6109.10,CN,2025-05-02,54,shirt,2\n"
          "bad,6109.10.00.12,Q9,2025-05-02,54,shirt,3\n"
          "red,2933.33.01.00,CN,2026-09-01,54,25 kg 4-piperidone,4\n")
    every, errors = assess(path)
    answers = {line["id"]: line for line in map(json.loads, every.splitlines())}
    kinds = {"red": lambda a: a.get("lane") == "red", "yellow": lambda a: a.get("lane") == "yellow",
             "incomplete": lambda a: a["status"] == "incomplete",
             "refused": lambda a: a["status"] == "refused", "differing": lambda a: False}
    for asked in (["red"], ["yellow"], ["incomplete"], ["refused"], ["differing"],
                  ["red", "refused"], ["incomplete", "yellow", "red"]):
        wanted = [name for name, a in answers.items() if any(kinds[kind](a) for kind in asked)]
        out, told = assess("--only", ",".join(asked), path)
        got = [json.loads(line)["id"] for line in out.splitlines()]
        check(got == wanted, f"--only {asked}", (got, wanted))
        check(f"{len(wanted)} written, {4 - len(wanted)} not written (--only)" in told,
               f"--only {asked}: it is said how many are not written", told)
        check([line for line in told.splitlines() if "--only" not in line] == errors.splitlines(),
               f"--only {asked}: the totals are those of all",
               told)
        _, rows = table("--only", ",".join(asked), path)
        check([row[0] for row in rows] == wanted, f"--only {asked} in csv", rows)
    for wrong in ("", "red,", "rd", "red;refused", "ok"):
        done = run(PROGRAM, "assess", "--only", wrong, path)
        check(done.code == 2 and
               "--only does not accept" in done.err, f"--only {wrong!r} is an error", done.err)
    header, rows = table("--fields", 'duty,"a, b",id,input_id', path)
    check(header == ["duty", "a, b", "id", "input_id"] and
           rows[0] == ["91.26", "1", "ok", "ok"], "--fields chooses and orders", (header, rows[0]))
    header, rows = table("--only-answers", "--fields", "status,id", path)
    check(header == ["status", "id"] and rows[2] == ["refused", "bad"], "--fields of ours alone",
           rows)
    out, _ = assess("--fields", "status,id,reason,duty,schema", path)
    lines = [json.loads(line) for line in out.splitlines()]
    check([list(line) for line in lines] == [["status", "id", "duty", "schema"]] * 2 +
           [["status", "id", "reason", "schema"], ["status", "id", "duty", "schema"]],
           "--fields of NDJSON, in order, those that a line has", lines)
    check(all(line[name] == answers[line["id"]][name]
                                             for line in lines for name in line), "--fields changes no member")
    out, _ = assess("--fields", "lane", path)
    check(out.splitlines()[2] == "{}", "an object may be empty", out)
    for form, wrong, near in (("csv", "dutty", "duty"), ("csv", "id,descripton", "description"),
                              ("ndjson", "kepd", "kept"), ("csv", "id,id", "twice"),
                              ("ndjson", "sku", "have no"), ("csv", "", "have no"),
                              ("table", "id", "--fields is for")):
        done = run(PROGRAM, "assess", "--format", form, "--fields", wrong, path)
        check(done.code == 2 and not done.out
               and near in done.err, f"--fields {wrong} of {form} is an error", done.err)


def figures(folder):
    """The figures by themselves are those of the whole answers."""
    path = write(os.path.join(folder, "figures.csv"), (
        "id,hts,origin,entered,value\n"
        "a,6109.10.00.12,CN,2025-05-02,54\nb,6109.10.00.12,DE,2025-07-08,5000\n"
        "c,6109.10.00.12,CN,soon,54\nd,8703.23.01.10,DE,2025-07-08,30000\n"
        "e,6109.10.00.12,DE,2025-07-08,100\nf,2204.21.50.40,FR,2025-07-08,100\n"))
    names = "duty_amount", "duty_refundable", "duty_rate", "fees_amount"
    whole = run(PROGRAM, "assess", "--format", "ndjson", path)
    short = run(PROGRAM, "assess", "--format", "ndjson", "--fields", "id,status," + ",".join(names),
                path)
    pairs = [(json.loads(a), json.loads(b)) for a, b in zip(whole.out.splitlines(),
                                                            short.out.splitlines())]
    check(len(pairs) == 6, "six answers", short.err)
    for one, other in pairs:
        wanted = {"id": one["id"], "status": one["status"]}
        if one["status"] != "refused":
            duty = one["duty"]
            wanted.update(zip(names, (duty.get("amount"), duty["refundable"], duty["rate"],
                                      one["fees"]["amount"])))
        check(other == wanted, f"the figures of {one['id']}", f"{other} for {wanted}")


def spreadsheets():
    text = ("hts,origin,entered,value,n\n" + "".join(
        f'6109.10.00.12,CN,2025-05-02,54,"{cell}"\n' for cell in
        ("=1+1", "+1", "-1", "@x", "\uff1d1", "x=1", "", "'=1", '=""x""'))).encode()
    _, rows = table("--spreadsheet-safe", text=text)
    check([row[4] for row in rows] ==
           ["'=1+1", "'+1", "'-1", "'@x", "'\uff1d1", "x=1", "", "'=1", "'=\"x\""], "formulas are escaped",
           [row[4] for row in rows])
    _, rows = table(text=text)
    check([row[4] for row in rows][:4] == ["=1+1", "+1", "-1", "@x"], "but not unasked", rows)
    text = b"id,hts,origin,entered,value\n=1+1,6109.10.00.12,CN,2025-05-02,54\n"
    entries = b"entry,heading,duty\n=1+1,9903.01.24,200.00\n"
    for words, given in ((["compare", "--with", "geneva-lapses", "--lines", "--format", "csv", "-"], text),
                         (["refund", "--as-of", "2026-05-18", "--format", "csv", "-"], entries),
                         (["timeline", "--codes", "-", "--origin", "CN"], b"6109.10.00.12\n=1+1\n")):
        for option, mark in (([], "="), (["--spreadsheet-safe"], "'=")):
            done = run(PROGRAM, "-q", *words, *option, given=given, binary=True)
            cells = [cell for row in csv.reader(done.out.decode().splitlines()) for cell in row
                     if cell.endswith("1+1")]
            check(cells and set(cells) == {mark + "1+1"}, f"{words[0]} {option}: as in assess",
                  done.out + done.err)


with tempfile.TemporaryDirectory(prefix="tidewaiter-answers-") as scratch:
    random_tables(scratch)
    broken_lines()
    several_files(scratch)
    kept_twice(scratch)
    json_lines(scratch)
    only_and_fields(scratch)
    figures(scratch)
    spreadsheets()
sys.exit(finish())
