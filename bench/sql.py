#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The databases beside the program, on the same generated lines:

    sql.py BUILD [--lines N] [--rounds N] [--write FILE]

What `make check-duckdb`, `make check-postgresql` and `make check-sqlite` have built and installed
in BUILD is measured; one that is not there is left out, by name. Loading the lines into a table is
not counted: they are in the database already. The answers are summed there and not fetched, so
that the database's work and the library's are what is measured; the program writes to nowhere. The
best of the rounds counts, of the time that passed and of the processor's time each: on a machine
with other work the second is the one to compare. Start of the program, reading of the file and
writing are in its figure, and so is the making of plans, which a database does once.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
COLUMNS = ["id", "hts", "origin", "ship_from", "entered", "channel", "value", "qty", "unit",
           "weight", "description"]
STRUCT = "{" + ", ".join(f"{name}: {name}" for name in COLUMNS) + "}"
DUCKDB = [
    ("tw_amounts, a line each", f"SELECT sum(tw_amounts({STRUCT}).duty) FROM lines"),
    ("tw_duty with all lists, a line each",
     f"SELECT sum(d.duty), sum(len(d.layers)) FROM (SELECT tw_duty({STRUCT}) AS d FROM lines)"),
    ("tw_duty_json, a line each", f"SELECT sum(length(tw_duty_json({STRUCT}))) FROM lines"),
    ("tw_assess, 64 lists of shipments",
     f"SELECT sum(d.duty) FROM (SELECT unnest(tw_assess(list({STRUCT}))) AS d FROM lines "
     "GROUP BY hash(id) % 64)"),
]
NAMED = "hts, origin, entered, value, " + ", ".join(
    f"{name} => {name}" for name in COLUMNS if name not in ("hts", "origin", "entered", "value"))
POSTGRESQL = [
    ("tw_amounts, a line each", f"SELECT sum((tw_amounts({NAMED})).duty) FROM lines"),
    ("tw_duty with all arrays, a line each",
     f"SELECT sum((d).duty) FROM (SELECT tw_duty({NAMED}) AS d FROM lines OFFSET 0) s"),
    ("tw_layers by LATERAL", "SELECT count(*) FROM lines, LATERAL tw_layers(" +
     NAMED + ") l"),
    ("tw_assess of a query",
     f"SELECT sum(duty) FROM tw_assess('SELECT {', '.join(COLUMNS)} FROM lines')"),
]
PAIRS = "hts, origin, entered, value, " + ", ".join(
    f"'{name}', {name}" for name in COLUMNS if name not in ("hts", "origin", "entered", "value"))
SQLITE = [
    ("tw_duty, a line each", f"SELECT sum(tw_units(tw_duty({PAIRS}))) FROM lines"),
    ("tw_duty_json, a line each", f"SELECT sum(length(tw_duty_json({PAIRS}))) FROM lines"),
    ("tw_layers by join", "SELECT count(*) FROM lines p, tw_layers(p.hts, p.origin, p.entered, "
     "p.value) l WHERE l.channel = p.channel"),
    ("tw_assess of a query",
     f"SELECT sum(tw_units(duty)) FROM tw_assess('SELECT {', '.join(COLUMNS)} FROM lines')"),
]


def used():
    """Seconds of the processor, of this process and of those that it has run."""
    return sum(sum(resource.getrusage(who)[:2])
               for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def best(rounds, work):
    """(seconds that passed, seconds of the processor); `work` may give the second itself."""
    passed, busy = [], []
    for _ in range(rounds):
        start, before = time.monotonic(), used()
        own = work()
        passed.append(time.monotonic() - start)
        busy.append(own if isinstance(own, float) else used() - before)
    return min(passed), min(busy)


def program(build, path, rounds):
    words = [os.path.join(build, "cli", "tidewaiter"), "--no-config", "assess", "--quiet"]
    for name, more in (("CSV to CSV, two jobs", ["--jobs", "2", "--format", "csv"]),
                       ("CSV to CSV, one job", ["--jobs", "1", "--format", "csv"]),
                       ("CSV to NDJSON, one job", ["--jobs", "1", "--format", "ndjson"])):
        yield name, best(rounds, lambda more=more: subprocess.run(
            words + more + [path], stdout=subprocess.DEVNULL, check=False))


def duckdb(build, path, rounds):
    folder = os.path.join(build, "duckdb")
    versions = sorted(name for name in os.listdir(folder) if name[:1].isdigit())
    sys.path.insert(0, os.path.join(folder, versions[-1]))
    import duckdb as database  # pylint: disable=import-outside-toplevel
    for threads in (1, 2):
        connection = database.connect(config={"allow_unsigned_extensions": "true",
                                              "threads": str(threads)})
        connection.execute("LOAD '" + os.path.abspath(os.path.join(
            build, "bindings", "duckdb", "tidewaiter.duckdb_extension")) + "'")
        connection.execute(f"CREATE TABLE lines AS SELECT * FROM read_csv('{path}', header = true, "
                           "quote = '\"', all_varchar = true)")
        for name, text in DUCKDB:
            yield (f"{name}, threads: {threads}",
                   best(rounds, lambda text=text: connection.execute(text).fetchall()))


def backend(said):
    """The processor's seconds of a server's process, from what stands last in its session."""
    return sum(map(int, said.split()[-2:])) / os.sysconf("SC_CLK_TCK")


def postgresql(build, path, rounds):
    sys.argv = ["postgresql.py", os.path.join(build, "cli", "tidewaiter"),
                os.path.join(build, "src")]
    sys.path.insert(0, os.path.join(ROOT, "tests", "sql"))
    import postgresql as server  # pylint: disable=import-outside-toplevel
    folder = tempfile.mkdtemp(prefix="tidewaiter-postgresql-")
    os.chmod(folder, 0o755)
    try:
        with server.extension(folder), server.server(folder) as host:
            server.psql(host, "CREATE EXTENSION tidewaiter; CREATE TABLE lines (" + ", ".join(
                f"{name} text" for name in COLUMNS) + f");\n\\copy lines FROM '{path}' WITH "
                "(FORMAT csv, HEADER)\nVACUUM ANALYZE lines;")
            for name, text in POSTGRESQL:
                yield name, best(rounds, lambda text=text: backend(server.psql(host, f"""
                    SELECT pg_backend_pid() AS pid \\gset
                    \\setenv BACKEND :pid
                    SET max_parallel_workers_per_gather = 0;
                    SET jit = off;
                    {text};
                    \\! cut -d ' ' -f 14,15 /proc/$BACKEND/stat
                    """)))
    finally:
        server.shutil.rmtree(folder)


def sqlite(build, path, rounds):
    extension = os.path.abspath(os.path.join(build, "bindings", "sqlite", "tidewaiter"))
    if not os.path.exists(extension + ".so"):
        raise FileNotFoundError(extension)
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, "lines.db")

        def shell(text):
            subprocess.run(["sqlite3", base], input=text, text=True, check=True,
                           stdout=subprocess.DEVNULL)
        shell(f"CREATE TABLE lines ({', '.join(COLUMNS)});\n.mode csv\n.import --skip 1 '{path}' "
              "lines\n")
        for name, text in SQLITE:
            yield name, best(rounds, lambda text=text: shell(f".load {extension}\n{text};\n"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("build")
    parser.add_argument("--lines", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write")
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "lines.csv")
        with open(path, "w", encoding="utf-8") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"),
                            str(arguments.lines)], stdout=file, check=True)
        for name, measure in (("tidewaiter assess", program), ("DuckDB", duckdb),
                              ("PostgreSQL", postgresql), ("SQLite", sqlite)):
            try:
                for what, (seconds, busy) in measure(arguments.build, path, arguments.rounds):
                    rows.append((name, what, seconds, busy))
                    print(f"{name:18} {what:45} {arguments.lines / seconds:12,.0f} lines/s "
                          f"{busy / arguments.lines * 1e6:8.2f} µs of work a line", flush=True)
            except (OSError, ImportError, SystemExit) as error:
                print(f"{name}: left out: {error}")
    if arguments.write:
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write(f"| | what, over {arguments.lines:,} lines | lines a second | µs of the "
                       "processor a line |\n| --- | --- | ---: | ---: |\n")
            for name, what, seconds, busy in rows:
                file.write(f"| {name} | {what} | {arguments.lines / seconds:,.0f} | "
                           f"{busy / arguments.lines * 1e6:.2f} |\n")


if __name__ == "__main__":
    main()
