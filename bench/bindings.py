#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every binding beside the program, on the same generated lines, in one table:

    bindings.py BUILD [--lines N] [--rounds N] [--write FILE]

What `make check-python`, `make check-arrow`, `make check-duckdb`, `make check-postgresql`,
`make check-sqlite` and `make check-spark` have built in BUILD is measured; what is not there is left
out, by name. The work is that of the processor, all processes and threads together, and the best of
the rounds: with other work on the machine it is what can be compared. bench/arrow.py, python.py and
sql.py measure more ways of each.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
import sql  # noqa: E402

# Of sql.py one way a line and one way a table.
WAYS = {"tw_amounts, a line each, threads: 1", "tw_duty with all lists, a line each, threads: 1",
        "tw_assess, 64 lists of shipments, threads: 1", "tw_amounts, a line each",
        "tw_duty with all arrays, a line each", "tw_assess of a query", "tw_duty, a line each"}


def run(*words, **environment):
    subprocess.run([str(word) for word in words], stdout=subprocess.DEVNULL, check=False,
                   env={**os.environ, **environment})


def assess(build, *words, **environment):
    run(os.path.join(build, "cli", "tidewaiter"), "--no-config", "assess", "--quiet", "--jobs", "1",
        *words, **environment)


def program(build, path, rounds):
    for name, words in (("CSV to CSV", ["--format", "csv", "--only-answers"]),
                        ("CSV to NDJSON", ["--format", "ndjson"])):
        yield name, sql.best(rounds, lambda words=words: assess(build, *words, path))


def parquet(build, path, rounds):
    found = glob.glob(os.path.join(build, "duckdb", "node", "**", "libduckdb.so"), recursive=True)
    library = os.environ.get("TIDEWAITER_DUCKDB") or (found[0] if found else "")
    if not library:
        raise FileNotFoundError("no libduckdb.so: make check-duckdb")
    given, made = path + ".parquet", path + ".out.parquet"
    assess(build, "--output", given, "--fields", ",".join(sql.COLUMNS).replace("id", "input_id", 1),
           path, TIDEWAITER_DUCKDB=library)
    words = ["--map", "input_id=id", "--only-answers", "--output", made]
    for name, more in (("Parquet to Parquet", []), ("Parquet to Parquet, --detail", ["--detail"])):
        yield name, sql.best(rounds, lambda more=more: assess(
            build, *words, *more, given, TIDEWAITER_DUCKDB=library))


def within(python, what, path, rounds, **environment):
    """What this script measures when another Python runs it."""
    if not os.path.exists(python):
        raise FileNotFoundError(python)
    done = subprocess.run([python, __file__, "--within", what, path, str(rounds)], text=True,
                          stdout=subprocess.PIPE, check=True, env={**os.environ, **environment})
    return [(name, tuple(pair)) for name, pair in json.loads(done.stdout.splitlines()[-1])]


def arrow(build, path, rounds):
    yield from within(os.path.join(build, "arrow", "bin", "python"), "arrow", path, rounds,
                      TIDEWAITER_BUILD=os.path.abspath(build))


def python(build, path, rounds):
    yield from within(os.path.join(build, "python", "tested", "bin", "python"), "python", path, rounds)


def spark(build, path, rounds):
    python_ = os.path.abspath(os.path.join(build, "spark", "bin", "python"))
    yield from within(python_, "spark", path, rounds, PYSPARK_PYTHON=python_, SPARK_LOCAL_IP="127.0.0.1")


def arrow_within(path, rounds):
    sys.path.insert(0, os.path.join(ROOT, "tests", "arrow"))
    import arrow as bench  # pylint: disable=import-outside-toplevel
    from tidewaiter_arrow import Library  # pylint: disable=import-outside-toplevel
    table = bench.columns(path, False)
    library = Library(os.environ["TIDEWAITER_BUILD"])

    def answer(flat):
        for _ in library.assess(table.to_reader(max_chunksize=bench.BATCH), flat=flat):
            pass
    for name, flat in (("tw_assess_arrow, flat", True), ("tw_assess_arrow, with detail", False)):
        yield name, sql.best(rounds, lambda flat=flat: answer(flat))


def python_within(path, rounds):
    import pyarrow.csv  # pylint: disable=import-outside-toplevel
    import tidewaiter  # pylint: disable=import-outside-toplevel
    options = pyarrow.csv.ConvertOptions(column_types={name: pyarrow.string() for name in sql.COLUMNS})
    table = pyarrow.csv.read_csv(path, convert_options=options)
    part = table.slice(0, max(1, len(table) // 10)).to_pylist()
    assessor = tidewaiter.Assessor()
    yield "assess(table, detail=False)", sql.best(
        rounds, lambda: tidewaiter.assess(table, detail=False))
    yield "assess(table)", sql.best(rounds, lambda: tidewaiter.assess(table))
    passed, busy = sql.best(rounds, lambda: assessor.ndjson(part))
    more = len(table) / len(part)
    yield "Assessor.ndjson(mappings)", (passed * more, busy * more)


def spark_within(path, rounds):
    from pyspark.sql import SparkSession  # pylint: disable=import-outside-toplevel
    import tidewaiter.spark  # pylint: disable=import-outside-toplevel
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    lines = session.read.csv(path, header=True).cache()
    lines.count()

    def answer():
        tidewaiter.spark.assess(lines, detail=False).selectExpr("sum(duty)").collect()
    answer()
    # the work of the executor is not this process's: the time that passed stands for it
    passed, _ = sql.best(rounds, answer)
    yield "spark.assess, local[1]", (passed, passed)
    session.stop()


KINDS = [("the program", program), ("Parquet", parquet), ("Arrow", arrow), ("Python", python),
         ("DuckDB", sql.duckdb), ("PostgreSQL", sql.postgresql), ("SQLite", sql.sqlite),
         ("Spark", spark)]


def table(rows, lines):
    base = rows[0][3]
    yield f"| | what, over {lines:,} lines | lines a second | µs of work a line | of the program's |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for kind, what, passed, busy in rows:
        yield (f"| {kind} | {what} | {lines / passed:,.0f} | {busy / lines * 1e6:.2f} "
               f"| {busy / base:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("build")
    parser.add_argument("--lines", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write")
    asked = parser.parse_args()
    rows, left = [], []
    with tempfile.TemporaryDirectory(prefix="tidewaiter-bench-") as folder:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "lines.csv")
        with open(path, "w", encoding="utf-8") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(asked.lines)],
                           stdout=file, check=True)
        for kind, measure in KINDS:
            try:
                for what, (passed, busy) in measure(asked.build, path, asked.rounds):
                    if measure.__module__ != "sql" or what in WAYS:
                        rows.append((kind, what, passed, busy))
                        print(*rows[-1], sep="  ", file=sys.stderr, flush=True)
            except (OSError, ImportError, SystemExit, subprocess.CalledProcessError) as error:
                left.append(f"Left out: {kind}, {str(error)[-200:]}")
    text = "\n".join([*table(rows, asked.lines), *([""] + left if left else [])])
    print(text)
    if asked.write:
        with open(asked.write, "w", encoding="utf-8") as file:
            file.write(text + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--within"]:
        print(json.dumps(list({"arrow": arrow_within, "python": python_within, "spark": spark_within}[
            sys.argv[2]](sys.argv[3], int(sys.argv[4])))))
    else:
        main()
