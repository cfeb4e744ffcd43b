#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What others do with the same lines: run by run.py, in the Python that has them.

    rivals.py tables FOLDER SCHEDULE COUNTRIES
    rivals.py duckdb|polars|polars-stream MANIFEST FOLDER OUT
    rivals.py words|hyperscan MANIFEST NAMES
    rivals.py zen COUNT

tables   writes codes, origins, days and stacks, as many as the rulebook has of each, with rates
         made up by their number: what is measured is joins, products and printing, not law
duckdb   joins the lines with these tables, three shares rounded half up, and writes CSV
polars   the same, once with the file in memory and once as a stream
words    how many descriptions hold one of the names of the ledger as a word: no spelling, no
         senses, no controls
zen      one decision of a rule engine after the other: three duties by origin and day, rounded

Each prints one line: seconds, and what it found.
"""
import csv
import os
import sys
import time

GOODS, COLUMNS, PERIODS, STACKS = 937, 108, 86, 86309
TEXT = "us.base={b}%;us.ieepa=9903.01.{i:02};us.s301=9903.88.{j:02};confidence=high;changes=2026-{m:02}-{d:02}"
KEY = f"(c.goods * 7919 + o.col * 104729 + d.period * 1299709) % {STACKS}"


def rate_of(text):
    """The percentage of a plain rate, in thousandths; of others 0."""
    text = text.strip()
    if text.endswith("%"):
        try:
            return round(float(text[:-1]) * 1000)
        except ValueError:
            pass
    return 0


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def tables(folder, schedule, countries):
    codes = {}
    with open(schedule, encoding="utf-8") as file:
        for row in file:
            cell = row.rstrip("\n").split("\t")
            if len(cell[0]) == 10 and cell[0].isdigit():
                codes.setdefault(cell[0], rate_of(cell[3]))
    write(os.path.join(folder, "codes.csv"), ["code", "goods", "base"],
          ((code, i * 31 % GOODS, base) for i, (code, base) in enumerate(sorted(codes.items()))))
    with open(countries, encoding="utf-8") as file:
        names = [row.split("\t")[0] for row in file if not row.startswith("#")][1:]
    write(os.path.join(folder, "origins.csv"), ["code", "col"],
          ((name, i % COLUMNS) for i, name in enumerate(names) if len(name) == 2))
    days = [f"{y}-{m:02}-{d:02}" for y in (2025, 2026) for m in range(1, 13) for d in range(1, 32)]
    write(os.path.join(folder, "days.csv"), ["day", "period"],
          ((day, i * PERIODS // len(days)) for i, day in enumerate(days)))
    write(os.path.join(folder, "stacks.csv"), ["id", "duty", "fee", "text"],
          ((i, i * 37 % 600 * 100, i * 13 % 40 * 10, TEXT.format(
              b=i % 30, i=i % 90, j=i % 70, m=i % 12 + 1, d=i % 28 + 1)) for i in range(STACKS)))


def run_duckdb(manifest, folder, out):
    import duckdb
    link = duckdb.connect(config={"threads": 2})
    for name, types in (("codes", "code VARCHAR, goods INT, base BIGINT"),
                        ("origins", "code VARCHAR, col INT"),
                        ("days", "day VARCHAR, period INT"),
                        ("stacks", "id INT, duty BIGINT, fee BIGINT, text VARCHAR")):
        link.execute(f"CREATE TABLE {name} ({types})")
        link.execute(f"COPY {name} FROM '{folder}/{name}.csv' (HEADER)")
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in (
        "id", "hts", "origin", "ship_from", "entered", "channel", "value", "qty", "unit",
        "weight", "description"))
    money = "printf('%d.%02d', ({0}) // 100, ({0}) % 100)"
    share = "(cents * {0} + 50000) // 100000"
    shares = ", ".join(f"CASE WHEN cents >= 0 THEN {money.format(share.format(rate))} END"
                       for rate in ("base", "duty", "fee"))
    begin = time.perf_counter()
    link.execute(f"""COPY (
        SELECT id, {shares}, text FROM (
            SELECT m.id, CAST(replace(m.value, '.', '') AS BIGINT) AS cents, c.base, s.duty,
                   s.fee, s.text
            FROM read_csv('{manifest}', header = true, auto_detect = false, delim = ',',
                          quote = '"', columns = {{{columns}}}) m
            LEFT JOIN codes c ON m.hts = c.code LEFT JOIN origins o ON m.origin = o.code
            LEFT JOIN days d ON m.entered[:10] = d.day LEFT JOIN stacks s ON s.id = {KEY}))
        TO '{out}' (FORMAT csv, HEADER false)""")
    return time.perf_counter() - begin, duckdb.__version__


def run_polars(manifest, folder, out, stream):
    import polars as pl
    begin = time.perf_counter()

    def table(name):
        texts = {key: pl.String for key in ("code", "day", "text")}
        return pl.scan_csv(f"{folder}/{name}.csv", schema_overrides=texts)

    def share(rate):
        value = (pl.col("cents") * pl.col(rate) + 50000) // 100000
        text = pl.format("{}.{}", value // 100, (value % 100).cast(pl.String).str.zfill(2))
        return pl.when(pl.col("cents") >= 0).then(text).alias(rate)

    lines = pl.scan_csv(manifest, infer_schema=False)
    joined = (
        lines.with_columns(cents=pl.col("value").str.replace(".", "", literal=True).cast(pl.Int64),
                           day=pl.col("entered").str.slice(0, 10))
        .join(table("codes"), left_on="hts", right_on="code", how="left", maintain_order="left")
        .join(table("origins"), left_on="origin", right_on="code", how="left",
              maintain_order="left")
        .join(table("days"), on="day", how="left", maintain_order="left")
        .with_columns(key=(pl.col("goods") * 7919 + pl.col("col") * 104729 +
                           pl.col("period") * 1299709) % STACKS)
        .join(table("stacks"), left_on="key", right_on="id", how="left", maintain_order="left")
        .select("id", share("base"), share("duty"), share("fee"), "text"))
    if stream:
        joined.sink_csv(out, include_header=False, maintain_order=True)
    else:
        joined.collect().write_csv(out, include_header=False)
    return time.perf_counter() - begin, pl.__version__


def descriptions(manifest):
    with open(manifest, encoding="utf-8", newline="") as file:
        return [row["description"].lower() for row in csv.DictReader(file)]


def names_of(path):
    with open(path, encoding="utf-8") as file:
        rows = [row.rstrip("\n").split("\t") for row in file if not row.startswith("# ")]
    return sorted({row[1].lower() for row in rows[1:] if len(row) > 1 and len(row[1]) > 3})


def run_words(manifest, names):
    import ahocorasick
    automaton = ahocorasick.Automaton()
    for name in names_of(names):
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    texts = descriptions(manifest)
    found, begin = 0, time.perf_counter()
    for text in texts:
        for end, length in automaton.iter(text):
            start = end - length + 1
            if not text[start - 1:start].isalnum() and not text[end + 1:end + 2].isalnum():
                found += 1
                break
    return time.perf_counter() - begin, f"{found} of {len(texts)} descriptions"


def run_hyperscan(manifest, names):
    import hyperscan
    words = [name.encode() for name in names_of(names)]
    base = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    texts = [text.encode() for text in descriptions(manifest)]
    special = b".^$*+?()[]{}|\\"
    quoted = [b"".join(b"\\" + bytes([c]) if c in special else bytes([c]) for c in w)
              for w in words]
    base.compile(expressions=[rb"(^|[^a-z0-9])" + w + rb"($|[^a-z0-9])" for w in quoted],
                 ids=list(range(len(quoted))), elements=len(quoted),
                 flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(quoted))
    hits = [0]

    def seen(*_):
        hits[0] += 1
        return True  # one is enough

    begin = time.perf_counter()
    for text in texts:
        try:
            base.scan(text, match_event_handler=seen)
        except hyperscan.ScanTerminated:
            pass
    return time.perf_counter() - begin, f"{hits[0]} of {len(texts)} descriptions"


def run_zen(count):
    """Cotton t-shirts from China on 2026-05-01: 16.5% and two additional duties, in cents."""
    import json

    import zen
    rows = [("us.base", "1900-01-01", "2999-01-01", 1650), ("us.122", "2026-02-24", "2026-07-24", 1000),
            ("us.301", "2020-02-14", "2999-01-01", 750)]
    table = {"hitPolicy": "collect", "inputs": [
        {"id": "a", "name": "origin", "field": "origin"}, {"id": "b", "name": "on", "field": "on"}],
        "outputs": [{"id": "c", "name": "rate", "field": "rate"},
                    {"id": "d", "name": "amount", "field": "amount"}],
        "rules": [{"_id": name, "a": '"CN"', "b": f'date($) >= date("{first}") and date($) < date("{last}")',
                   "c": str(rate), "d": f"floor((cents * {rate} + 5000) / 10000)"}
                  for name, first, last, rate in rows]}
    graph = {"nodes": [{"id": "i", "name": "in", "type": "inputNode"},
                       {"id": "t", "name": "duties", "type": "decisionTableNode", "content": table},
                       {"id": "o", "name": "out", "type": "outputNode"}],
             "edges": [{"id": "1", "sourceId": "i", "targetId": "t", "type": "edge"},
                       {"id": "2", "sourceId": "t", "targetId": "o", "type": "edge"}]}
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    total, begin = 0, time.perf_counter()
    for i in range(count):
        answer = decision.evaluate({"origin": "CN", "on": "2026-05-01", "cents": 1000 + i * 3700})
        total += sum(int(row["amount"]) for row in answer["result"])
    return time.perf_counter() - begin, f"{total} cents"


def main():
    what, *rest = sys.argv[1:]
    if what == "tables":
        tables(*rest)
        return
    run = {"duckdb": run_duckdb, "words": run_words, "hyperscan": run_hyperscan,
           "polars": lambda *r: run_polars(*r, False),
           "polars-stream": lambda *r: run_polars(*r, True),
           "zen": lambda count: run_zen(int(count))}[what]
    try:
        seconds, found = run(*rest)
    except ImportError as error:
        sys.exit(f"missing: {error.name}")
    print(f"{seconds:.6f}\t{found}")


if __name__ == "__main__":
    main()
