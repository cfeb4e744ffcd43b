#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Parquet in and out of the program, by DuckDB's library, against the same lines as CSV.

    parquet.py PROGRAM LIBDUCKDB [LINES]

The Parquet files are made and read by the duckdb that Python imports.
"""
import csv
import datetime
import decimal
import io
import json
import os
import subprocess
import sys
import tempfile

import duckdb

from findings import check, groups
from lib import ROOT, equal, finish, run

PROGRAM, LIBRARY = sys.argv[1:3]
LINES = int(sys.argv[3]) if len(sys.argv) > 3 else 200000
TYPES = {"entered": "TIMESTAMP", "value": "DECIMAL(18,2)", "qty": "INTEGER", "weight":
         "DECIMAL(9,3)", "id": "BIGINT"}
AMOUNTS = {"duty", "duty_least", "duty_greatest", "refundable", "fees", "taxes", "declared", "difference"}
BASE = "'6109100012' AS hts, 'CN' AS origin, DATE '2025-05-02' AS entered, 54.00::DECIMAL(18,2) AS value"


def assess(*words, **more):
    return run(PROGRAM, "assess", "--quiet", *words, TIDEWAITER_DUCKDB=LIBRARY, **more)


def connect():
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def put(connection, path, query, more=""):
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet{more})")


def first_difference(seen, wanted, what):
    where = next((i for i, (a, b) in enumerate(zip(seen, wanted)) if a != b), None)
    check(seen == wanted, what, f"{len(seen)} and {len(wanted)} rows" if where is None else
          f"row {where + 1}:\n  {seen[where]}\n  {wanted[where]}")


def words_of(group):
    words = []
    for name, value in group.options.items():
        words += ["--daily-sum"] if name == "daily_sum" else ["--" + name, value]
    return words


def load(connection, group):
    """The lines in a table, in their order, as the CSV file has them."""
    connection.execute(f"""CREATE OR REPLACE TABLE lines AS SELECT row_number() OVER () AS place, *
        FROM read_csv('{group.path}', all_varchar = true, header = true, quote = '"')""")


def cells(text):
    """Rows of CSV answers as the columns of a Parquet file have them."""
    rows = csv.DictReader(io.StringIO(text))
    return [tuple(None if not cell else decimal.Decimal(cell) if name in AMOUNTS else cell
                  for name, cell in row.items()) for row in rows]


def kept(connection, made, source, columns):
    """The columns of the input stand in the output as they were, row by row."""
    taken = {"id": "input_id"}
    shown = connection.execute("SELECT " + ", ".join(f'"{taken.get(name, name)}"' for name in columns) +
                               f" FROM '{made}'")
    types = [str(kind[1]) for kind in shown.description]
    first = shown.fetchall()
    second = connection.execute("SELECT " + ", ".join(f'"{name}"' for name in columns) +
                                f" FROM '{source}'")
    equal(types, [str(kind[1]) for kind in second.description], f"{source}: types are kept")
    first_difference(first, second.fetchall(), f"{source}: values are kept")


def hold(connection, group, folder):
    """A group as a Parquet file of texts: in NDJSON, CSV and Parquet what the CSV file gives."""
    load(connection, group)
    path, made = os.path.join(folder, "lines.parquet"), os.path.join(folder, "answers.parquet")
    put(connection, path, "SELECT * EXCLUDE (place) FROM lines ORDER BY place", ", ROW_GROUP_SIZE 4096")
    words = words_of(group)
    done = assess("--format", "ndjson", *words, path)
    first_difference(done.out.splitlines(), group.answers, f"{group.name}: Parquet to NDJSON")
    done = assess(*words, "--output", made, path)
    check(done.code in (0, 1), f"{group.name}: {done.code}", done.err)
    text = assess("--format", "csv", "--only-answers", *words, path).out
    names = text.split("\n", 1)[0].split(",")
    answers = connection.execute(
        "SELECT " + ", ".join(f'"{name}"' for name in names) + f" FROM '{made}'").fetchall()
    first_difference(answers, cells(text), f"{group.name}: Parquet to Parquet")
    kept(connection, made, path, group.columns)
    # the other way round: the CSV file to Parquet
    done = assess(*words, "--only-answers", "--output", made, group.path)
    answers = connection.execute(f"SELECT * FROM '{made}'").fetchall()
    plain = assess("--format", "csv", "--only-answers", *words, group.path).out
    first_difference(answers, cells(plain), f"{group.name}: CSV to Parquet")


def typed(connection, group, folder):
    """Generated lines with types of their own, where their texts have them."""
    load(connection, group)
    # a timestamp at midnight is the day; what a text says of that minute no column of them can
    bad = "entered LIKE '%_00:00%' AND CAST(TRY_CAST(entered AS TIMESTAMP) AS TIME) = TIME '00:00'"
    bad += "".join(f" OR ({name} IS NOT NULL AND TRY_CAST({name} AS {kind}) IS NULL)"
                   for name, kind in TYPES.items())
    path, made = os.path.join(folder, "typed.parquet"), os.path.join(folder, "typed-out.parquet")
    put(connection, path, "SELECT " + ", ".join(
        f"CAST({name} AS {TYPES[name]}) AS {name}" if name in TYPES else name
        for name in group.columns) + f" FROM lines WHERE NOT ({bad}) ORDER BY place",
        ", ROW_GROUP_SIZE 10000")
    places = {row[0] for row in connection.execute(f"SELECT place FROM lines WHERE NOT ({bad})").fetchall()}
    check(len(places) > len(group.answers) * 0.9, "most generated lines have types", len(places))
    wanted = [text for place, text in enumerate(group.answers, 1) if place in places]

    def alone(texts):  # the row of a refused line is another where some are left out
        return [text if '"line":' not in text else
                text[:text.index('"line":')] + text[text.index('"text"'):] for text in texts]
    done = assess("--format", "ndjson", path)
    first_difference(alone(done.out.splitlines()), alone(wanted), "typed columns")
    for jobs in ("1", "4"):
        check(assess("--jobs", jobs, "--output", made, path).code in (0, 1), f"{jobs} jobs")
        kept(connection, made, path, group.columns)
    # some of the lines, and some of the columns
    check(assess("--only", "yellow", "--fields", "duty,value,id,input_id", "--output", made, path).code
          in (0, 1), "some of the lines")
    chosen = connection.execute(f"SELECT * FROM '{made}'")
    equal([kind[0] for kind in chosen.description], ["duty", "value", "id", "input_id"], "--fields")
    rows = chosen.fetchall()
    check(0 < len(rows) < len(places) and all(row[2] == str(row[3]) for row in rows), "each has its own row",
          rows[:3])


def one(folder, connection, select, *words, form="ndjson", out=None):
    path = os.path.join(folder, "one.parquet")
    put(connection, path, select)
    return assess(*(["--format", form] if not out else ["--output", out]), *words, path)


VALUES = [  # columns beside hts, origin, entered and value, or in place of them; what an answer has
    ("TIMESTAMPTZ '2025-05-02 04:01:00+00' AS entered", '"entered":"2025-05-02T00:01:00-04:00"'),
    ("TIMESTAMP '2025-05-02 00:01:30.9' AS entered", '"entered":"2025-05-02T00:01:30-04:00"'),
    ("TIMESTAMP_NS '2025-05-02 00:00:59.999' AS entered", '"entered":"2025-05-02T00:00:59-04:00"'),
    ("12.500::DECIMAL(9,3) AS value", '"amount":"21.98"'),
    ("12.5::DOUBLE AS value", '"amount":"21.98"'),
    ("54::HUGEINT AS value", '"amount":"91.26"'),
    ("6109100012 AS hts", '"hts":"6109100012"'),
    ("'CN'::ENUM('CN', 'DE') AS origin", '"origin":"CN"'),
    ("MAP {'steel_value': 4000} AS claims, '7318152000' AS hts, 10000 AS value, DATE '2025-07-01' AS "
     "entered, 'DE' AS origin", '"amount":"2600.00"'),
    ("{'steel_value': 4000, 'usmca': NULL} AS claims, '7318152000' AS hts, 10000 AS value, DATE "
     "'2025-07-01' AS entered, 'DE' AS origin", '"amount":"2600.00"'),
    ("['steel_value=4000'] AS claims, '7318152000' AS hts, 10000 AS value, DATE '2025-07-01' AS entered, "
     "'DE' AS origin", '"amount":"2600.00"'),
    ("4000.00::DECIMAL(18,2) AS steel_value, '7318152000' AS hts, 10000 AS value, DATE '2025-07-01' AS "
     "entered, 'DE' AS origin", '"amount":"2600.00"'),
    ("['HK', 'SG'] AS via", '"status":"ok"'),
    ("NULL::VARCHAR AS value", '"missing":["value: '),
    ("'infinity'::DOUBLE AS value", "infinite"),
    ("'a line\nand \"another\", with more' AS description", '"status":"ok"'),
    # a column that is not read may be of any type
    ("{'a': [1, 2]} AS extra, 'x'::BLOB AS more, INTERVAL 1 DAY AS last", '"status":"ok"'),
]
# Values that no cell can say, whatever the column is for: the line is refused for them.
UNFIT = [
    ("'infinity'::DOUBLE AS value, 'x' AS id", "bad-value", "value", "x"),
    ("'infinity'::DOUBLE AS id", "bad-value", "id", "1"),
    ("'-infinity'::DOUBLE AS shipment", "bad-value", "shipment", "1"),
    ("'infinity'::DOUBLE AS consignee", "bad-value", "consignee", "1"),
    ("[{'a': 1, 'b': 2, 'c': 3}] AS claims", "bad-claim", "claims", "1"),
    ("['a,b'] AS via", "bad-value", "via", "1"),
]
ERRORS = [
    ("54.0::FLOAT AS value", ["one.parquet", "value", "float32", "--map"]),
    ("'x'::BLOB AS hts", ["one.parquet", "hts", "binary"]),
    ("INTERVAL 1 DAY AS entered", ["one.parquet", "entered", "interval"]),
    ("[1] AS value", ["one.parquet", "value", "list"]),
    ("TRUE AS value", ["one.parquet", "value", "true or false"]),
]


def selected(words):
    taken = {name.strip() for name in ("hts", "origin", "entered", "value") if f"AS {name}" in words}
    base = {"hts": "'6109100012'", "origin": "'CN'", "entered": "DATE '2025-05-02'",
            "value": "54.00::DECIMAL(18,2)"}
    return "SELECT " + ", ".join([words] + [f"{text} AS {name}" for name, text in base.items()
                                            if name not in taken])


def types(connection, folder):
    for words, wanted in VALUES:
        done = one(folder, connection, selected(words))
        check(wanted in done.out, f"{words}: {wanted}", done.out + done.err)
    for words, reason, column, name in UNFIT:
        done = one(folder, connection, selected(words), "--keep")
        answer = json.loads(done.out)
        equal([answer[key] for key in ("status", "reason", "column", "id", "line")],
              ["refused", reason, column, name, 1], words)
        check(not answer["kept"].get(column), f"{words}: nothing is said in its place", done.out)
    for words, wanted in ERRORS:
        done = one(folder, connection, selected(words))
        check(done.code == 2 and all(word in done.err for word in wanted), f"{words}: {wanted}", done.err)
    # texts with decimal commas beside numbers, which have points
    comma = "SELECT '1.234,50' AS value, 12.500::DECIMAL(9,3) AS weight, '6109100012' AS hts, 'CN' AS " \
            "origin, DATE '2025-05-02' AS entered"
    done = one(folder, connection, comma)
    check('"amount":"2087.16"' in done.out and '"status":"ok"' in done.out, "decimal commas", done.out + done.err)
    done = one(folder, connection, comma.replace("weight", "steel_value"))
    check(done.code == 2 and "steel_value" in done.err, "a claim that is a number", done.err)


def detail(connection, folder, group):
    """--detail: a column of structs that says what NDJSON says, at its row, whoever gathers it."""
    path, made = os.path.join(folder, "detail.parquet"), os.path.join(folder, "detail-out.parquet")
    load(connection, group)
    put(connection, path, "SELECT * EXCLUDE (place) FROM lines ORDER BY place LIMIT 9000")
    answers = [json.loads(text) for text in group.answers[:9000]]
    for jobs in ("1", "3"):
        done = assess("--detail", "--jobs", jobs, "--output", made, path)
        check(done.code in (0, 1), f"--detail, {jobs} jobs", done.err)
        rows = connection.execute(f"SELECT id, duty, detail FROM '{made}'").fetchall()
        equal(len(rows), len(answers), "as many rows")
        wrong = [(row[0], why) for row, answer in zip(rows, answers)
                 if row[0] != answer["id"] or (why := of_detail(row, answer))]
        check(not wrong, f"--detail says what NDJSON says, {jobs} jobs", wrong[:2])
    kept(connection, made, path, group.columns)
    shown = connection.execute(f"""SELECT sum(layer.amount) FROM (SELECT unnest(detail.layers) AS layer
        FROM '{made}') WHERE layer.heading = '9903.01.24'""").fetchone()[0]
    check(shown and shown > 0, "layers may be asked for", shown)
    # some of the lines, and the name of the column where the input has one that is called so
    assess("--detail", "--only", "refused", "--fields", "id", "--output", made, path)
    rows = connection.execute(f"SELECT id, detail.reason, detail.column FROM '{made}'").fetchall()
    equal(rows, [(answer["id"], answer["reason"], answer["column"]) for answer in answers
                 if answer["status"] == "refused"], "--detail --only refused")
    put(connection, path, f"SELECT {BASE}, 'mine' AS detail")
    assess("--detail", "--output", made, path)
    equal(connection.execute(f"SELECT detail, len(detail_2.layers) FROM '{made}'").fetchall(), [("mine", 4)],
          "the input has a column called detail")
    done = assess("--detail", "--format", "csv", path)
    check(done.code == 2 and "--detail" in done.err and "NDJSON" in done.err, "--detail of CSV", done.err)


def parties(connection, folder):
    """party_detail has of a line's parties what NDJSON has, but for the lists, which are a column."""
    made = os.path.join(folder, "parties.parquet")
    lines = ("tests/golden/in/parties.csv", "--parties", "tests/parties/lists/SDN.CSV")
    answers = [json.loads(line)["parties"] for line in assess(*lines, cwd=ROOT).out.splitlines()]
    assess(*lines, "--detail", "--output", made, cwd=ROOT)
    rows = connection.execute(f"SELECT party_detail FROM '{made}'").fetchall()
    equal([json.loads(row[0]) if row[0] else {"found": []} for row in rows],
          [{key: value for key, value in answer.items() if key not in ("lists", "cut")}
           for answer in answers], "party_detail")
    assess(*lines, "--output", made, cwd=ROOT)
    names = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM '{made}'").fetchall()]
    check("party_detail" not in names and "parties" in names, "party_detail comes with --detail", names)


def of_detail(row, answer):
    """What of a row of `detail` is not what the JSON says; a few members stand for all: the rest is
    the same column as that of Arrow, which is compared member by member."""
    said = row[2]
    if answer["status"] == "refused":
        return [] if (said["reason"], said["text"]) == (answer["reason"], answer["text"]) else ["reason"]
    layers = [(one["program"], one["heading"], None if one["amount"] is None else
               decimal.Decimal(one["amount"]), one["by"]) for one in answer["duty"]["lines"]]
    pairs = {
        "hts": (said["hts"], answer["hts"]),
        "layers": ([(one["program"], one["heading"], one["amount"], one["by"]) for one in said["layers"]],
                   layers),
        "fees": ([(one["fee"], one["amount"]) for one in said["fees"]],
                 [(one["fee"], decimal.Decimal(one["amount"])) for one in answer["fees"]["lines"]]),
        "substances": ([one["substance"] for one in said["substances"]],
                       [one["substance"] for one in answer["substances"]]),
        "controls": ([(one["list"], one["status"]) for one in said["controls"]],
                     [(one["list"], one["status"]) for one in answer["controls"]]),
        "warnings": ([": ".join(filter(None, (one["code"], one["text"]))) for one in said["warnings"]],
                     answer["warnings"]),
        "changes_on": (said["changes_on"] and said["changes_on"].timestamp(),
                       answer["changes_on"] and
                       datetime.datetime.fromisoformat(answer["changes_on"]).timestamp()),
    }
    return [name for name, (one, other) in pairs.items() if one != other]


def refusals(connection, folder):
    """What is wrong with a line is said with the file, the row and the column."""
    path = os.path.join(folder, "refused.parquet")
    put(connection, path, f"SELECT {BASE} UNION ALL SELECT '6109100012', 'Nowhereland', DATE '2025-05-02', 3 "
        "UNION ALL SELECT NULL, NULL, NULL, NULL UNION ALL SELECT '12', 'CN', DATE '2025-05-02', 3")
    done = run(PROGRAM, "assess", "--format", "csv", path, TIDEWAITER_DUCKDB=LIBRARY)
    check(f"{path}:2: origin: " in done.err and f"{path}:4: hts: " in done.err and done.code == 1,
          "refused rows", done.err)
    check(",line 2: " in done.out or '"line 2: ' in done.out, "the row in the answers", done.out)
    made = os.path.join(folder, "refused-out.parquet")
    assess("--output", made, path)
    rows = connection.execute(f"SELECT hts, origin, value, status FROM '{made}'").fetchall()
    # a row of nulls is a row: a table has no blank lines
    equal([(row[0], row[3]) for row in rows], [("6109100012", "ok"), ("6109100012", "refused"),
                                               (None, "refused"), ("12", "refused")],
          "each answer at its row")
    done = assess("--set", "channel=express", "--columns", path)
    check("Parquet" in done.out and "line 0" not in done.out, "--columns", done.out)
    put(connection, path, "SELECT '6109100012' AS hts, 3 AS price")
    done = run(PROGRAM, "assess", path, TIDEWAITER_DUCKDB=LIBRARY)
    check(f"{path}: no column gives origin" in done.err, "what no column gives", done.err)
    put(connection, path, "SELECT 1 AS a, 2 AS b")
    done = assess(path)
    check(done.code == 2 and "--map" in done.err and "origin" in done.err, "no column of ours", done.err)
    put(connection, path, f"SELECT {BASE} LIMIT 0")
    done = assess(path)
    check(done.code == 2 and "no lines" in done.err, "no rows", done.err)
    for size in (4, 100, os.path.getsize(path) - 1):
        with open(path, "rb") as file:
            head = file.read(size)
        with open(path + ".cut", "wb") as file:
            file.write(head)
        done = assess(path + ".cut")
        check(done.code == 2 and f"{path}.cut" in done.err and "Parquet" in done.err, f"cut at {size}",
              done.err)


def several(connection, folder):
    """Several files: what agrees keeps its type, what does not is text."""
    paths = [os.path.join(folder, name) for name in ("a [1].parquet", "b.parquet", "c.csv", "d.ndjson")]
    put(connection, paths[0], f"SELECT {BASE}, 1 AS number, DATE '2025-01-01' AS day FROM range(3000)")
    put(connection, paths[1], f"SELECT {BASE}, 'x' AS number, DATE '2025-01-02' AS day, 'B' AS only_b "
        "FROM range(2500)")
    with open(paths[2], "w", encoding="utf-8") as file:
        file.write("hts,origin,entered,value,number\n6109100012,CN,2025-05-02,54,7\n")
    with open(paths[3], "w", encoding="utf-8") as file:
        file.write('{"hts":"6109100012","origin":"CN","entered":"2025-05-02","value":"54","only_b":"D"}\n')
    made = os.path.join(folder, "several.parquet")
    done = assess("--output", made, *paths[:3])
    check(done.code == 0, "several files", done.err)
    shown = connection.execute(f"SELECT number, day, only_b, entered, duty FROM '{made}'")
    equal([str(kind[1]) for kind in shown.description][:4], ["VARCHAR", "DATE", "VARCHAR", "VARCHAR"],
          "types of several files")
    duty = decimal.Decimal("91.2600")
    day = datetime.date
    first_difference(shown.fetchall(),
                     [("1", day(2025, 1, 1), None, "2025-05-02", duty)] * 3000 +
                     [("x", day(2025, 1, 2), "B", "2025-05-02", duty)] * 2500 +
                     [("7", None, None, "2025-05-02", duty)], "rows of several files")
    # what is read as the same text is not of one type
    texts = [os.path.join(folder, name) for name in ("e.parquet", "f.parquet")]
    put(connection, texts[0], f"SELECT {BASE}, '7f3a0d6e-7f3a-4d6e-8f3a-0d6e7f3a0d6e'::UUID AS key")
    put(connection, texts[1], f"SELECT {BASE}, 'a key that is longer than twelve bytes' AS key")
    for order in (texts, texts[::-1]):
        done = assess("--output", made, *order)
        rows = [row[0] for row in connection.execute(f"SELECT key FROM '{made}'").fetchall()]
        equal(sorted(rows), ["7f3a0d6e-7f3a-4d6e-8f3a-0d6e7f3a0d6e", "a key that is longer than twelve bytes"],
              f"UUID and text: {done.err}")
    # a line of JSON may have any member, and its values are texts
    assess("--output", made, *paths)
    rows = connection.execute(f"SELECT number, day, only_b, entered, duty FROM '{made}'").fetchall()
    equal((rows[0], rows[-1]), (("1", "2025-01-01", None, "2025-05-02", duty),
                                (None, None, "D", "2025-05-02", duty)), "with a file of JSON")


def places(connection, folder):
    """Pipes, one way and the other; an output that fails leaves what was there."""
    path, made = os.path.join(folder, "place.parquet"), os.path.join(folder, "place-out.parquet")
    put(connection, path, f"SELECT {BASE}, range AS number FROM range(5000)")
    with open(path, "rb") as file:
        given = file.read()
    done = subprocess.run([PROGRAM, "assess", "--quiet", "--format", "parquet", "-"], input=given,
                          stdout=subprocess.PIPE, check=False,
                          env={**os.environ, "TIDEWAITER_DUCKDB": LIBRARY, "TIDEWAITER_CONFIG": ""})
    with open(made, "wb") as file:
        file.write(done.stdout)
    equal(connection.execute(f"SELECT count(*), sum(number), sum(duty) FROM '{made}'").fetchone(),
          (5000, 12497500, 5000 * decimal.Decimal("91.26")), "through pipes")
    before = os.stat(made)
    for words in (["--map", "nothing=hts"], ["--fields", "nothing"]):
        done = assess(*words, "--output", made, path)
        check(done.code == 2 and os.stat(made).st_mtime_ns == before.st_mtime_ns, f"{words}: unchanged",
              done.err)
    check(not [name for name in os.listdir(folder) if name.startswith(".tidewaiter")], "nothing is left",
          os.listdir(folder))
    done = assess("--part", "1/2", "--output", made, path)
    check(done.code == 2 and "--part" in done.err, "--part", done.err)
    done = assess("--totals-only", path)
    check("5,000 lines" in done.out, "--totals-only", done.out + done.err)


def memory(connection, folder):
    """Ten times the rows do not take more memory."""
    most = []
    for rows in (100000, 800000):
        path, made = os.path.join(folder, "many.parquet"), os.path.join(folder, "many-out.parquet")
        put(connection, path, f"SELECT {BASE}, range AS number, 'text ' || range AS text FROM range({rows})")
        child = subprocess.Popen([PROGRAM, "assess", "--quiet", "--jobs", "2", "--no-screen", "--output", made,
                                  path], env={**os.environ, "TIDEWAITER_DUCKDB": LIBRARY,
                                              "TIDEWAITER_CONFIG": ""}, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        check(status == 0, f"{rows} rows", status)
        most.append(used.ru_maxrss // 1024)
        equal(connection.execute(f"SELECT count(*), count(DISTINCT number) FROM '{made}' WHERE text = 'text ' "
                                 "|| number").fetchone(), (rows, rows), f"{rows} rows as they were")
    check(most[1] < most[0] + 200, "memory is bounded", most)
    return most


def law(connection, folder):
    """The law as a table, and the schedule, are what CSV says."""
    instants = {"from", "until"}
    for words in (["--into", "US", "--origin", "CN", "--on", "2025-05-02"],
                  ["--schedule", "--into", "US", "--on", "2026-07-01"]):
        made = os.path.join(folder, "law.parquet")
        text = run(PROGRAM, "law", "export", *words).out
        done = run(PROGRAM, "law", "export", *words, "-o", made, TIDEWAITER_DUCKDB=LIBRARY)
        check(done.code == 0 and not done.err, f"law export {words}", done.err)
        rows = csv.DictReader(io.StringIO(text))
        wanted = [tuple(None if not cell else datetime.datetime.fromisoformat(cell.replace("Z", "+00:00"))
                        if name in instants else cell for name, cell in row.items()) for row in rows]
        shown = connection.execute(f"SELECT * FROM '{made}'")
        equal([kind[0] for kind in shown.description], rows.fieldnames, "its columns")
        first_difference([tuple(cell.astimezone(datetime.timezone.utc) if isinstance(
            cell, datetime.datetime) else cell for cell in row) for row in shown.fetchall()], wanted,
            f"law export {words}")
        check(len(wanted) > 1000, "there are rows", len(wanted))


def main():
    if not os.path.isfile(LIBRARY):
        sys.exit(f"{LIBRARY} is not there")
    with tempfile.TemporaryDirectory() as folder:
        connection = connect()
        made = groups(PROGRAM, folder, LINES)
        for group in made:
            hold(connection, group, folder)
        typed(connection, made[0], folder)
        types(connection, folder)
        detail(connection, folder, made[0])
        parties(connection, folder)
        refusals(connection, folder)
        several(connection, folder)
        places(connection, folder)
        law(connection, folder)
        most = memory(connection, folder)
    return finish(f"MiB at the most for 100,000 and 800,000 rows: {most}")


sys.exit(main())
