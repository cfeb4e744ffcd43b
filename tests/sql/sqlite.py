#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The SQLite extension in SQLite's own shell: the program's findings, the page about it, and what
is said of bad columns.

    sqlite.py PROGRAM EXTENSION PAGE [LINES]

The shell of the system is used: some builds of Python cannot load extensions.
"""
import datetime
import json
import os
import sys
import tempfile

from findings import check, groups, hold_columns, hold_texts
from lib import equal, finish, run
from page import blocks

PROGRAM, EXTENSION, PAGE = sys.argv[1:4]
LINES = int(sys.argv[4]) if len(sys.argv) > 4 else 200000
NOT_LISTS = ["id", "status", "lane", "reason", "column", "text", "into", "hts", "origin", "entered",
             "entry_type", "currency", "duty", "additional", "relieved", "refundable",
             "refundable_computed", "rate", "duty_least", "least_code", "duty_greatest",
             "greatest_code", "fees", "taxes", "adcvd_declared",
             "adcvd_deposit", "adcvd_incomplete", "eligible_reason", "changes_on"]
LISTS = ["layers", "excluded", "choices", "fee_lines", "tax_lines", "adcvd", "eligible_by", "substances",
         "controls", "missing", "warnings", "not_covered"]


def shell(text, *options):
    return run("sqlite3", *options, ":memory:", given=f".load {EXTENSION}\n{text}\n")


def rows(text):
    done = shell(text)
    if done.code or done.err:
        check(False, text[-300:], done.err)
        return []
    return done.out.splitlines()


def load(group):
    names = ", ".join(f'"{name}"' for name in group.columns)
    return f"""CREATE TABLE raw ({names});
.mode csv
.import --skip 1 '{group.path}' raw
.mode list
CREATE TABLE lines AS SELECT rowid AS place, * FROM raw;
"""


def findings(group):
    names = ", ".join(f'"{name}"' for name in group.columns)
    options = "".join(f" AND {name} = '{value}'" for name, value in group.options.items())
    table = f"tw_assess('SELECT {names} FROM lines ORDER BY place') WHERE true{options}"
    hold_texts(rows(load(group) + f"SELECT finding FROM {table};"), group, "sqlite, tw_assess")
    cells = [f"'{name}', \"{name}\"" for name in NOT_LISTS] + [
        f"'{name}', json({name})" for name in LISTS] + [
            "'eligible', iif(eligible IS NULL, NULL, json(iif(eligible, 'true', 'false')))"]
    hold_columns(both(group, table, cells), group, "sqlite, tw_assess")


def both(group, table, cells):
    """One object a row, of two that SQLite makes: a function has a bound on its arguments."""
    half = len(cells) // 2
    return [first[:-1] + "," + second[1:] for first, second in zip(*(
        rows(load(group) + f"SELECT json_object({', '.join(part)}) FROM {table};")
        for part in (cells[:half], cells[half:])))]


def alone(group):
    """Lines by themselves, and their layers."""
    names = [name for name in group.columns if name not in ("hts", "origin", "entered", "value")]
    call = "hts, origin, entered, value, " + ", ".join(f"'{name}', {name}" for name in names)
    wanted = group._replace(answers=[text if '"line":' not in text else text.replace(
        text[text.index('"line":'):text.index(',"text"')], '"line":null')
        for text in group.answers])
    hold_texts(rows(load(group) + f"SELECT tw_duty_json({call}) FROM lines;"), wanted,
               "sqlite, tw_duty_json")
    conditions = " AND ".join(f"y.{name} = x.{name}" for name in names if name != "unit")
    same = rows(load(group) + f"""SELECT count(*), count(*) FILTER (WHERE amounts IS wanted AND
        due IS wanted_due) FROM (SELECT (SELECT json_group_array(y.amount) FROM
        tw_layers(hts, origin, entered, value) y WHERE {conditions} AND y.unit = x.unit) AS amounts,
        (SELECT json_group_array(value ->> 'amount') FROM json_each(tw_duty_json({call}),
        '$.duty.lines')) AS wanted, tw_duty({call}) AS due,
        tw_duty_json({call}) ->> '$.duty.amount' AS wanted_due
        FROM (SELECT * FROM lines LIMIT 20000) x);""")
    count = min(len(group.answers), 20000)
    equal(same, [f"{count}|{count}"], "tw_layers and tw_duty say what tw_duty_json says")


def documented():
    made = blocks(PAGE, "sql")
    check(len(made) > 5, "the page has statements", len(made))
    for number, (statement, shown) in enumerate(made):
        if statement.startswith(".load"):
            continue
        before = "\n".join(text for text, _ in made[:number] if text.startswith("CREATE"))
        done = shell(f"{before}\n.headers on\n.mode csv\n{statement}")
        out = done.out.replace("\r", "").strip()
        check(done.code == 0 and not done.err and (shown is None or out == shown), statement,
              out + done.err)


def law():
    """The tables of the law against what the program lists."""
    def lines(*words):
        return [json.loads(text) for text in run(PROGRAM, *words, "--format", "ndjson").out
                .splitlines()]
    seen = [json.loads(text) for text in rows(
        "SELECT json_array(id, program, heading, rate, strftime('%s', from_at), until_by) "
        "FROM tw_law;")]
    equal(seen, [[row["id"], row["program"], row.get("heading"), row["rate"], row["from"].get(
        "at") and str(int(datetime.datetime.fromisoformat(row["from"]["at"]).timestamp())),
                  (row.get("until") or {}).get("by")]
                 for row in lines("law", "list", "--on", "1900-01..2100-12")], "tw_law")
    for first, last in (("2025-01-01", "2025-12-31"), ("2025-04-09", "2025-04-09"),
                        ("1900-01-01", "2100-12-31")):
        seen = [json.loads(text) for text in rows(
            "SELECT json_array(day, what, text, program, substance, json(origins), retroactive) "
            f"FROM tw_changes('{first}', '{last}');")]
        equal(seen, [[row.get("day") or row["at"][:10], row["what"], row.get("text"),
                      row.get("program"), row.get("substance"), row.get("origins"),
                      None if row.get("retroactive") is None else int(row["retroactive"])]
                     for row in lines("law", "diff", first, last)], f"tw_changes {first} {last}")
    seen = rows("SELECT count(DISTINCT substance) FROM tw_substances;")
    equal(seen, [str(len(lines("substance", "--list", "--on", rows(
        f"SELECT tw_duty_json({ONE}) ->> '$.law.edition';")[0])))], "tw_substances")


ONE = "'6109100012', 'CN', '2025-05-02', '54.00'"
ERRORS = [
    (f"SELECT tw_duty({ONE}, NULL, 'yes')", ["a column or claim is NULL"]),
    (f"SELECT tw_duty({ONE}, 'colour', 'red');", ["`colour`", "ship_from"]),
    (f"SELECT tw_duty({ONE}, 'value', 3);", ["column value", "twice"]),
    (f"SELECT tw_duty({ONE}, 'channel');", ["names and values"]),
    ("SELECT tw_duty('6109100012', 'CN', '2025-05-02');", ["hts, origin, entered and value"]),
    ("SELECT tw_duty('6109100012', 'CN', '2025-05-02', 54.1, 'id', 'A1');",
     ["column value", "REAL", "printf"]),
    ("SELECT tw_duty('6109100012', 'CN', 20250502, 54);", ["column entered", "INTEGER"]),
    ("SELECT tw_duty(x'61', 'CN', '2025-05-02', 54);", ["column hts", "BLOB"]),
    (f"SELECT tw_duty({ONE}, 'usmca', 'yes;no');", ["usmca", "semicolon"]),
    ("SELECT * FROM tw_layers('6109100012', 'CN', 20250502, 54);", ["column entered", "INTEGER"]),
    ("SELECT * FROM tw_assess('SELECT 1 AS hts, 2 AS hue');", ["`hue`"]),
    (f"SELECT * FROM tw_assess('SELECT 1 AS hts, 2 AS a{'é' * 40}');", [f"`a{'é' * 29}`"]),
    ("SELECT * FROM tw_assess('SELECT 1 AS hts, 2 AS hts');", ["column hts", "twice"]),
    ("SELECT * FROM tw_assess('SELECT 1 AS hts, 2 AS value UNION ALL SELECT 2, 2.5');",
     ["row 2", "column value", "REAL"]),
    ("SELECT * FROM tw_assess('SELECT hts FROM nowhere');", ["nowhere"]),
    ("CREATE TABLE t(a); SELECT * FROM tw_assess('DELETE FROM t');", ["reads"]),
    ("CREATE TABLE t(a); SELECT * FROM tw_assess('SELECT 1 AS hts; DROP TABLE t');", ["one query"]),
    ("SELECT * FROM tw_assess;", ["takes a query"]),
    ("SELECT * FROM tw_assess('SELECT 1 AS hts') WHERE daily_sum = 'maybe';",
     ["daily_sum", "`maybe`"]),
    ("SELECT * FROM tw_assess('SELECT 1 AS hts') WHERE rulebook = '/nowhere/at/all';",
     ["/nowhere/at/all"]),
    ("SELECT tw_units('1.23456');", ["four decimals"]),
    ("SELECT tw_units(1.5);", ["as text"]),
    ("SELECT tw_money('1.5');", ["whole number"]),
    ("SELECT * FROM tw_changes;", ["two days"]),
    ("SELECT * FROM tw_changes('2025-05-01');", ["two days"]),
    ("SELECT * FROM tw_changes('2025-05', '2025-06');", ["two days"]),
    ("SELECT * FROM tw_changes('2025-02-29', '2025-06-30');", ["two days"]),
    ("SELECT * FROM tw_changes('2025-05-01', '2025-13-01');", ["two days"]),
]
VALUES = [
    (f"SELECT tw_duty({ONE})", ["91.26"]),
    ("SELECT tw_duty(6109100012, 'CN', '2025-05-02T04:01:00Z', 54)", ["91.26"]),
    ("SELECT tw_duty(NULL, 'CN', '2025-05-02', 54) IS NULL", ["1"]),
    ("SELECT tw_duty_json(NULL, 'CN', '2025-05-02', 54) ->> '$.status'", ["refused"]),
    (f"SELECT tw_duty({ONE}, 'channel', NULL, 'CLAIMS', 'usmca=no')", ["91.26"]),
    ("SELECT tw_duty('7318152000', 'DE', '2025-07-01', 10000, 'steel_value', 4000)", ["2600.00"]),
    ("SELECT count(*) FROM tw_layers", ["0"]),
    # An argument that is asked for twice: both, as of any column.
    ("SELECT count(*) > 0, min(hts) FROM tw_layers('6109100012', 'CN', '2025-05-02', '54') "
     "WHERE hts = '6109100012'", ["1|6109100012"]),
    ("SELECT count(*) FROM tw_layers('6109100012', 'CN', '2025-05-02', '54') "
     "WHERE hts = '8471300100'", ["0"]),
    ("SELECT count(*) FROM tw_assess('SELECT 1 AS id') WHERE query = 'SELECT 2 AS id'", ["0"]),
    ("SELECT count(*) FROM tw_assess('SELECT 1 AS id') WHERE query = 'SELECT 1 AS id'", ["1"]),
    ("SELECT count(*) > 0 FROM tw_changes('2025-04-01', '2025-04-10') "
     "WHERE first = '2025-04-01'", ["1"]),
    ("SELECT count(*) FROM tw_changes('2025-04-01', '2025-04-10') "
     "WHERE first = '2025-04-02'", ["0"]),
    ("SELECT count(*) FROM tw_layers('999')", ["0"]),
    ("SELECT count(*) FROM tw_assess('SELECT 1 AS hts WHERE false')", ["0"]),
    ("SELECT id FROM tw_assess('SELECT 1 AS hts UNION ALL SELECT 2')", ["1", "2"]),
    ("SELECT a.id, b.id FROM tw_assess('SELECT 1 AS id') a, tw_assess('SELECT id FROM (SELECT id "
     "FROM tw_assess(''SELECT 3 AS id''))') b", ["1|3"]),
    ("SELECT tw_money(sum(tw_units(a))) FROM (SELECT '0.1' AS a UNION ALL SELECT '0.2' UNION ALL "
     "SELECT '-5.0001')", ["-4.7001"]),
    ("SELECT tw_units('922337203685477.5807'), tw_money(-1), tw_money(NULL) IS NULL",
     ["9223372036854775807|-0.0001|1"]),
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        made = groups(PROGRAM, folder, LINES)
        check(len(made) > 3, "there are cases")
        for group in made:
            findings(group)
        alone(made[0])
    documented()
    law()
    for statement, words in ERRORS:
        done = shell(statement)
        check(all(word in done.err for word in words) and done.err, f"{statement} {words}",
              done.out + done.err)
    for statement, wanted in VALUES:
        done = shell(statement + ";")
        check(done.out.splitlines() == wanted and not done.err, statement, done.out + done.err)
    done = run("sqlite3", ":memory:", given=f".load {os.path.dirname(EXTENSION)}/none\n")
    check(done.err, "a file that is none is an error")
    return finish()


sys.exit(main())
