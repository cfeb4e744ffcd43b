#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The DuckDB extension within Python: the program's findings, and what is said of bad columns.

    duckdb_python.py PROGRAM EXTENSION [LINES]

duckdb is the one that Python imports.
"""
import datetime
import json
import os
import sys
import tempfile

import duckdb

from findings import check, groups, hold_columns, hold_texts
from lib import equal, finish, run

PROGRAM, EXTENSION = sys.argv[1:3]
LINES = int(sys.argv[3]) if len(sys.argv) > 3 else 200000
# Of the generated lines, whose texts are of these types.
TYPES = {"entered": "TIMESTAMP", "value": "DECIMAL(18,2)", "qty": "INTEGER", "weight":
         "DECIMAL(9,3)", "id": "BIGINT"}


def connect(path=":memory:"):
    connection = duckdb.connect(path, config={"allow_unsigned_extensions": "true"})
    connection.execute(f"LOAD '{EXTENSION}'")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def load(connection, group):
    """The lines in a table, in their order; generated ones with types of their own."""
    connection.execute(f"""CREATE OR REPLACE TABLE lines AS SELECT row_number() OVER () AS place, *
        FROM read_csv('{group.path}', all_varchar = true, header = true, quote = '"')""")
    typed = group.name == "generated"
    # What is broken on purpose stays text: a value that is no amount is the program's to refuse.
    bad = " OR ".join(f"({name} IS NOT NULL AND TRY_CAST({name} AS {kind}) IS NULL)"
                      for name, kind in TYPES.items()) if typed else "true"
    cells = ", ".join(f'"{name}" := CAST("{name}" AS {TYPES[name]})' if typed and name in TYPES
                      else f'"{name}" := "{name}"' for name in group.columns)
    texts = ", ".join(f'"{name}" := "{name}"' for name in group.columns)
    return bad, f"struct_pack({cells})", f"struct_pack({texts})"


def options(group):
    said = ", ".join(f"{name}: '{value}'" for name, value in group.options.items())
    return f", {{{said}}}" if said else ""


def findings(connection, group):
    """Every line of a group, joined as the program joins them, as text and as columns."""
    bad, _, texts = load(connection, group)
    for function, form, hold in (("tw_assess_json", "x", hold_texts),
                                 ("tw_assess", "to_json(x)", hold_columns)):
        rows = connection.execute(f"""SELECT {form} FROM (SELECT unnest({function}(
            list({texts} ORDER BY place){options(group)})) AS x FROM lines)""").fetchall()
        hold([row[0] for row in rows], group, f"duckdb {duckdb.__version__}, {function}")


def typed(connection, group):
    """Lines by themselves, in vectors, with columns of their types."""
    bad, cells, texts = load(connection, group)
    for function, form, hold in (("tw_duty_json", "{}", hold_texts),
                                 ("tw_duty", "to_json({})", hold_columns)):
        calls = [form.format(f"{function}({of})") for of in (texts, cells)]
        rows = connection.execute(f"""SELECT x FROM (
            SELECT place, {calls[0]} AS x FROM lines WHERE {bad} UNION ALL
            SELECT place, {calls[1]} AS x FROM lines WHERE NOT ({bad})) ORDER BY place""").fetchall()
        seen = [row[0] for row in rows]
        if function == "tw_duty_json":  # a line by itself stands in no file
            alone = group._replace(answers=[text if '"line":' not in text else text.replace(
                text[text.index('"line":'):text.index(',"text"')], '"line":null')
                for text in group.answers])
            hold(seen, alone, f"duckdb {duckdb.__version__}, {function}")
        else:
            hold(seen, group, f"duckdb {duckdb.__version__}, {function}")
    wrong = connection.execute(f"""SELECT count(*) FROM (SELECT tw_duty({texts}) AS d,
        tw_amounts({texts}) AS a FROM lines) WHERE a.duty IS DISTINCT FROM d.duty OR
        a.fees IS DISTINCT FROM d.fees OR a.taxes IS DISTINCT FROM d.taxes OR
        a.status <> d.status OR a.lane IS DISTINCT FROM d.lane OR
        a.additional IS DISTINCT FROM d.additional OR a.refundable IS DISTINCT FROM d.refundable OR
        a.changes_on IS DISTINCT FROM d.changes_on OR a.relieved IS DISTINCT FROM d.relieved OR
        (a.rate IS NOT NULL AND d.rate NOT LIKE '%/%' AND
         a.rate <> CAST(replace(d.rate, '%', '') AS DECIMAL(18,4)))""").fetchone()
    equal(wrong, (0,), "tw_amounts says what tw_duty says")


ONE = "'6109100012', 'CN', DATE '2025-05-02', 54.00"
STRUCT = "hts: '6109100012', origin: 'CN', entered: DATE '2025-05-02', value: 54.00"
ERRORS = [
    (f"SELECT tw_duty({{{STRUCT}, colour: 'red'}})", ["`colour`", "ship_from"]),
    ("SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', 54.0::DOUBLE)",
     ["column value", "DOUBLE", "DECIMAL"]),
    ("SELECT tw_duty('6109100012', 'CN', 20250502, 54.0)", ["column entered", "INTEGER", "date"]),
    ("SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', DATE '2025-05-02')",
     ["column value", "DATE"]),
    ("SELECT tw_duty('6109100012', 'CN', TIMETZ '12:00:00+00', 54.0)",
     ["column entered", "TIME WITH TIME ZONE", "date"]),
    (f"SELECT tw_duty({ONE}, 'postal')", ["argument 5", "struct"]),
    (f"SELECT tw_duty({ONE}, {{value: 3}})", ["column value", "twice"]),
    (f"SELECT tw_duty({ONE}, {{claims: ['usmca']}})", ["column claims", "LIST"]),
    (f"SELECT tw_duty({ONE}, {{claims: MAP {{'usmca': 'yes;x'}}}})",
     ["column claims", "usmca", "semicolon"]),
    (f"SELECT tw_duty({ONE}, {{claims: {{steel_value: 3.0::FLOAT}}}})",
     ["column claims", "steel_value", "FLOAT"]),
    (f"SELECT tw_duty({ONE}, {{steel_value: 3.0::FLOAT}})", ["column steel_value", "FLOAT"]),
    ("SELECT tw_duty()", ["hts, origin, entered and value"]),
    ("SELECT tw_duty('6109100012', 'CN', DATE 'infinity', 54.0, {id: 'A1'})",
     ["line A1", "column entered", "infinite"]),
    (f"SELECT tw_assess([{{{STRUCT}, loaded: TIMESTAMP '2025-01-01'}}, {{{STRUCT}, loaded: "
     "TIMESTAMP 'infinity'}])", ["row 2", "column loaded", "infinite"]),
    (f"SELECT tw_assess([{{{STRUCT}}}], {{daily: true}})", ["`daily`", "daily_sum"]),
    (f"SELECT tw_assess([{{{STRUCT}}}], {{daily_sum: 'maybe'}})", ["daily_sum", "`maybe`"]),
    (f"SELECT tw_assess([{{{STRUCT}}}], {{rulebook: '/nowhere/at/all'}})", ["/nowhere/at/all"]),
    (f"SELECT tw_assess({ONE})", ["list of structs"]),
    ("SELECT tw_assess(['6109'])", ["list of structs"]),
]
VALUES = [
    (f"tw_duty({ONE}).duty::VARCHAR", "91.2600"),
    ("tw_duty(NULL, 'CN', DATE '2025-05-02', 54).status", "refused"),
    ("tw_duty(6109100012, 'CN', TIMESTAMPTZ '2025-05-02 04:01:00+00', 54).duty::VARCHAR",
     "91.2600"),
    ("tw_duty('6109100012', 'CN', TIMESTAMP_NS '2025-05-02 00:00:59.999', 54, {channel: "
     "'express'::ENUM('express', 'postal')}).eligible", True),
    ("tw_duty('6109100012', 'CN', TIMESTAMP_S '2025-05-02 00:01:00', 54::HUGEINT, {channel: "
     "'express'}).eligible", False),
    (f"tw_duty({ONE}, {{channel: NULL, weight: NULL}}).duty::VARCHAR", "91.2600"),
    ("tw_duty('7318152000', 'DE', DATE '2025-07-01', 10000, {steel_value: 4000}).duty::VARCHAR",
     "2600.0000"),
    ("tw_duty('7318152000', 'DE', DATE '2025-07-01', 10000, {claims: MAP {'steel_value': "
     "4000}}).duty::VARCHAR", "2600.0000"),
    ("tw_duty('7318152000', 'DE', DATE '2025-07-01', 10000, {claims: {steel_value: "
     "4000, usmca: NULL}}).duty::VARCHAR", "2600.0000"),
    ("tw_duty('7318152000', 'DE', DATE '2025-07-01', 10000, {claims: 'steel_value=4000'})"
     ".duty::VARCHAR", "2600.0000"),
    ("tw_duty(NULL::STRUCT(hts VARCHAR)) IS NULL", True),
    ("tw_assess(NULL::STRUCT(hts VARCHAR)[]) IS NULL", True),
    ("len(tw_assess([]::STRUCT(hts VARCHAR)[]))", 0),
    (f"tw_assess([{{{STRUCT}}}, NULL])[2].status", "refused"),
    (f"tw_assess([{{{STRUCT}}}, {{{STRUCT}}}])[2].id", "2"),
]


def said(connection):
    for statement, words in ERRORS:
        try:
            text = f"no error, but {connection.execute(statement).fetchall()}"
        except duckdb.Error as error:
            text = str(error)
        check(all(word in text for word in words) and "no error" not in text,
              f"{statement}: {words}", text)
    for expression, wanted in VALUES:
        equal(connection.execute(f"SELECT {expression}").fetchone()[0], wanted, expression)


def vectors(connection):
    """Constants, nulls and rows of many vectors; the same by one thread and by several."""
    connection.execute("CREATE OR REPLACE TABLE many AS SELECT range AS id, CASE WHEN range % 3 = 0 "
                       "THEN NULL ELSE '6109100012' END AS hts, DATE '2025-05-02' + "
                       "CAST(range % 300 AS INTEGER) AS entered FROM range(30000)")
    sums = []
    for threads in (1, 4):
        connection.execute(f"SET threads = {threads}")
        sums.append(connection.execute(
            "SELECT count(*), count(d.duty), sum(d.duty), sum(len(d.layers)), min(d.id) FROM (SELECT "
            "tw_duty({id: id, hts: hts, origin: 'CN', entered: entered, value: 54.00}) AS d "
            "FROM many)").fetchone())
    check(sums[0] == sums[1] and sums[0][:2] == (30000, 20000), "one thread and several", sums)
    groups_ = connection.execute(
        "SELECT sum(len(x)) FROM (SELECT tw_assess(list({hts: hts, origin: 'CN', entered: entered, "
        "value: 54.00})) AS x FROM many GROUP BY id % 7)").fetchone()
    equal(groups_, (30000,), "lists in groups")


def stored(folder):
    """Columns as they come from a file, compressed and filtered, in whatever form of vector."""
    path = os.path.join(folder, "stored.db")
    writer = duckdb.connect(path)
    writer.execute("""CREATE TABLE t AS SELECT range AS id, CASE WHEN range % 5 = 0 THEN NULL ELSE
        ['6109100012', '9503000090', '4202922000'][1 + range % 3] END AS hts,
        ['CN', 'VN', 'DE'][1 + range % 3] AS origin, DATE '2025-05-02' AS entered,
        CAST(range % 100 + 1 AS DECIMAL(18,2)) AS value,
        ['express', 'postal', NULL][1 + range % 3] AS channel FROM range(150000)""")
    writer.execute("CHECKPOINT")
    writer.close()
    connection = connect(path)
    cells = ", ".join(f"{name}: {name}" for name in ("id", "hts", "origin", "entered", "value",
                                                     "channel"))
    # Each text made anew is in a vector of its own.
    plain = "hts || '', origin || '', entered, value, {channel: channel || ''}"
    sums = [connection.execute(f"SELECT count(*), count(d.duty), sum(d.duty) FROM (SELECT {of} AS d "
                               f"FROM t WHERE id % 7 = 3 {more})").fetchone()
            for of, more in ((f"tw_amounts({plain})", ""), (f"tw_amounts({{{cells}}})", ""),
                             ("tw_amounts(t)", ""), (f"tw_duty({{{cells}}})", ""),
                             (f"unnest(tw_assess(list({{{cells}}})))", "GROUP BY id % 11"))]
    check(len(set(sums)) == 1 and sums[0][0] == 21429 and sums[0][1] > 10000,
          "lines of a stored table", sums)
    connection.close()


def law(connection):
    """The tables of the law against what the program lists."""
    def lines(*words):
        return [json.loads(text) for text in run(PROGRAM, *words, "--format", "ndjson").out
                .splitlines()]

    def day(row):
        return row.get("day") or row["at"][:10]
    measures = lines("law", "list", "--on", "1900-01..2100-12")
    seen = connection.execute("""SELECT id, program, "into", heading, rate, epoch(from_at),
        epoch(until_at), until_by, list_aggregate(origins, 'string_agg', ' ') FROM tw_law()
        """).fetchall()
    def seconds(part):
        return part and part.get("at") and datetime.datetime.fromisoformat(part["at"]).timestamp()
    equal(seen, [(row["id"], row["program"], row["into"], row.get("heading"), row["rate"],
                  seconds(row["from"]), seconds(row.get("until")), (row.get("until") or {}).get(
                      "by"), row["origins"] if isinstance(row.get("origins"), str) else
                  " ".join(row.get("origins", [])) or None) for row in measures], "tw_law")
    for first, last in (("2025-01-01", "2025-12-31"), ("2025-04-09", "2025-04-09"),
                        ("2019-06-01", "2026-09-30"), ("1900-01-01", "2100-12-31"),
                        ("2025-04-10", "2025-04-09")):
        wanted = [(day(row), row["what"], row.get("text"), row.get("program"),
                   row.get("substance")) for row in lines("law", "diff", first, last)] \
            if first <= last else []
        equal(connection.execute(f"""SELECT CAST(day AS VARCHAR), what, text, program, substance
            FROM tw_changes('{first}', DATE '{last}')""").fetchall(), wanted,
              f"tw_changes {first} {last}")
    listed = lines("substance", "--list", "--on", connection.execute(
        f"SELECT tw_duty_json({ONE}) ->> '$.law.edition'").fetchone()[0])
    equal(connection.execute("""SELECT substance, name, family, jurisdiction, list, list_en
        FROM tw_substances()""").fetchall(), [
            (row["substance"], row["name"], row["family"], one.get("jurisdiction"), one.get("list"),
             one.get("list_en")) for row in listed for one in row["lists"] or [{}]],
          "tw_substances")
    for days in ("NULL, NULL", "'2025-05', '2025-06'", "DATE '2025-05-01', 'x'", "1, 2",
                 "'2025-02-29', '2025-06-30'", "'2025-05-01', '2025-13-01'",
                 "DATE '2025-05-01', DATE 'infinity'"):
        try:
            text = str(connection.execute(f"SELECT * FROM tw_changes({days})").fetchall())
        except duckdb.Error as error:
            text = str(error)
        check("two days" in text, f"tw_changes of {days}", text)


def closing(folder):
    """A database that has loaded the extension is closed when it is closed."""
    path = os.path.join(folder, "closed.db")
    first = connect(path)
    first.execute("CREATE TABLE t AS SELECT 1 AS a")
    first.close()
    os.rename(path, path + ".moved")
    second = connect(path)
    tables_ = second.execute("SELECT count(*) FROM duckdb_tables()").fetchone()
    equal(tables_, (0,), "nothing of a closed database is left")
    second.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        connection = connect()
        made = groups(PROGRAM, folder, LINES)
        check(len(made) > 3 and sum(len(group.answers) for group in made) > LINES + 3000,
              "there are cases", [(group.name, len(group.answers)) for group in made])
        for group in made:
            findings(connection, group)
        typed(connection, made[0])
        said(connection)
        vectors(connection)
        law(connection)
        stored(folder)
        closing(folder)
    return finish(f"duckdb {duckdb.__version__}")


sys.exit(main())
