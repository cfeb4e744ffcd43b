#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The PostgreSQL extension in a server of its own: built by PGXS, installed, created, held against
the program's findings, and taken away again.

    postgresql.py PROGRAM LIBRARIES [LINES]
    postgresql.py PROGRAM LIBRARIES update      write the expected output of installcheck anew

LIBRARIES: the folder of libtidewaiter.so. The files of an extension have one place in the system,
so root or sudo is needed; the server is run by an ordinary user, as it asks for.
"""
import contextlib
import glob
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from findings import check, groups, hold_columns
from lib import ROOT, equal, finish
from page import blocks

PROGRAM, LIBRARIES = sys.argv[1:3]
UPDATE = sys.argv[3:] == ["update"]
LINES = int(sys.argv[3]) if len(sys.argv) > 3 and not UPDATE else 200000
CONFIG = os.environ.get("PG_CONFIG") or sorted(
    glob.glob("/usr/lib/postgresql/*/bin/pg_config"), key=lambda path: int(path.split("/")[4]))[-1]
BIN = os.path.dirname(CONFIG)
ROOT_USER = os.getuid() == 0
AS_ROOT = [] if ROOT_USER else ["sudo"]
AS_OTHER = ["setpriv", "--reuid=nobody", "--clear-groups"] if ROOT_USER else []


def do(*words, given=None, **more):
    done = subprocess.run([str(word) for word in words], input=given, capture_output=True,
                          text=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: exit code {done.returncode}\n"
                 f"{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def make(source, folder, *targets, root=False, **environment):
    return do(*(AS_ROOT if root else []), "make", "-s", "-C", source, "with_llvm=no",
              f"PG_CONFIG={CONFIG}", f"TIDEWAITER_CFLAGS=-I{ROOT}/include",
              f"TIDEWAITER_LIBS=-L{folder}/lib -Wl,-rpath,{folder}/lib -ltidewaiter", *targets,
              env={**os.environ, **environment})


@contextlib.contextmanager
def extension(folder):
    """Built in a copy, so that nothing is left in the source, and installed as long as needed."""
    for name in ("sql", "postgresql"):
        shutil.copytree(os.path.join(ROOT, "bindings", name), os.path.join(folder, name))
    os.mkdir(os.path.join(folder, "lib"))
    for path in glob.glob(os.path.join(LIBRARIES, "libtidewaiter.so*")) + glob.glob(
            os.path.join(LIBRARIES, "tidewaiter-structures.so")):
        if os.path.isfile(path):
            shutil.copy(path, os.path.join(folder, "lib"))
    plain = os.path.join(folder, "lib", "libtidewaiter.so")
    if not os.path.exists(plain):  # a build folder has it by its version alone
        os.symlink(min(os.listdir(os.path.dirname(plain))), plain)
    source = os.path.join(folder, "postgresql")
    built = make(source, folder)
    check("warning" not in built, "the extension is built without a warning", built)
    make(source, folder, "install", root=True)
    try:
        yield source
    finally:
        make(source, folder, "uninstall", root=True)


@contextlib.contextmanager
def server(folder):
    data = os.path.join(folder, "server")
    os.mkdir(data)
    if ROOT_USER:
        shutil.chown(data, "nobody")
    do(*AS_OTHER, f"{BIN}/initdb", "-D", f"{data}/data", "-U", "tw", "-A", "trust", "--no-sync",
       "--no-locale", "-E", "UTF8", cwd=data)
    start = (f"-c listen_addresses='' -k {data} -c fsync=off -c autovacuum=off -c "
             "shared_buffers=256MB -c work_mem=64MB")
    do(*AS_OTHER, f"{BIN}/pg_ctl", "-D", f"{data}/data", "-w", "-l", f"{data}/log", "-o", start,
       "start", cwd=data)
    try:
        yield data
    finally:
        do(*AS_OTHER, f"{BIN}/pg_ctl", "-D", f"{data}/data", "-w", "-m", "immediate", "stop",
           cwd=data)


def psql(host, text, database="postgres"):
    return do(f"{BIN}/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-A", "-t", "-h", host, "-U",
              "tw", "-d", database, given=text)


def regress(host, source):
    """The server's own tests, and what differs where they fail."""
    words = ["make", "-s", "-C", source, "with_llvm=no", f"PG_CONFIG={CONFIG}", "installcheck"]
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          env={**os.environ, "PGHOST": host, "PGUSER": "tw"})
    differs = pathlib.Path(source, "regression.diffs")
    if UPDATE:
        shutil.copy(os.path.join(source, "results", "tidewaiter.out"),
                    os.path.join(ROOT, "bindings", "postgresql", "expected", "tidewaiter.out"))
        sys.exit("written; look at what has changed")
    check(done.returncode == 0, "make installcheck",
          differs.read_text(encoding="utf-8") if differs.exists() else done.stdout + done.stderr)


def documented(host):
    """The page, statement by statement, in a database of its own."""
    psql(host, "CREATE DATABASE page;")
    statements = blocks(os.path.join(ROOT, "docs", "postgresql.md"), "sql")
    check(len(statements) > 5, "the page has statements", len(statements))
    for statement, shown in statements:
        done = subprocess.run([f"{BIN}/psql", "-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1", "-h", host,
                               "-U", "tw", "-d", "page"], input=statement, capture_output=True,
                              text=True, check=False)
        check(done.returncode == 0 and (shown is None or done.stdout.strip() == shown), statement,
              done.stdout + done.stderr)


def load(host, group):
    names = ", ".join(f'"{name}"' for name in group.columns)
    with open(group.path, encoding="utf-8") as file:
        rows = file.read()
    psql(host, f"""DROP TABLE IF EXISTS lines;
CREATE TABLE lines (place serial, {', '.join(f'"{name}" text' for name in group.columns)});
\\copy lines ({names}) FROM pstdin WITH (FORMAT csv, HEADER)
""".replace("FROM pstdin", f"FROM '{group.path}'") if rows else "")
    return names


def findings(host, group):
    """The whole findings: columns as JSON, and jsonb against the program's JSON."""
    names = load(host, group)
    options = "".join(f", {name} => '{value}'" for name, value in group.options.items())
    query = f"SELECT {names} FROM lines ORDER BY place"
    rows = psql(host, f"""SET timezone = 'UTC';
        SELECT to_jsonb(f) FROM tw_assess('{query}'{options}) f;""").splitlines()
    hold_columns(rows, group, "postgresql, tw_assess")
    wanted = os.path.join(os.path.dirname(group.path), "wanted.json")
    with open(wanted, "w", encoding="utf-8") as file:
        file.writelines(text.replace("\\", "\\\\") + "\n" for text in group.answers)
    same = psql(host, f"""CREATE TEMP TABLE wanted (place serial, finding text);
\\copy wanted (finding) FROM '{wanted}'
        SELECT count(*), count(*) FILTER (WHERE w.finding::jsonb = j.finding) FROM wanted w JOIN (
            SELECT row_number() OVER () AS place, finding FROM tw_assess_json('{query}'{options})
            AS finding) j USING (place);""").strip()
    equal(same, f"{len(group.answers)}|{len(group.answers)}",
          f"postgresql, tw_assess_json: {group.name}")


def typed(host, group):
    """Lines by themselves, with columns of their types; what is broken on purpose stays text."""
    load(host, group)
    names = [name for name in group.columns if name not in ("hts", "origin", "entered", "value")]
    texts = "hts, origin, entered, value, " + ", ".join(f"{name} => {name}" for name in names)
    types = {"value": "numeric(18,2)", "entered": "timestamp", "qty": "int", "weight": "numeric",
             "id": "bigint"}
    typed_ = texts
    for name, kind in types.items():
        typed_ = typed_.replace(f"=> {name},", f"=> {name}::{kind},").replace(
            f", {name},", f", {name}::{kind},")
    good = r"value ~ '^\d+\.\d+$' AND entered ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d$' AND qty ~ '^\d+$' " \
           r"AND weight ~ '^\d+\.\d+$'"
    rows = psql(host, f"""SET timezone = 'UTC';
        SELECT to_jsonb(d) FROM (
        SELECT place, tw_duty({texts}) AS d FROM lines WHERE NOT ({good}) UNION ALL
        SELECT place, tw_duty({typed_}) FROM lines WHERE {good}) s ORDER BY place;""").splitlines()
    hold_columns(rows, group, "postgresql, tw_duty")
    wrong = psql(host, f"""SELECT count(*), count(*) FILTER (WHERE (d).duty IS DISTINCT FROM (a).duty
        OR (d).fees IS DISTINCT FROM (a).fees OR (d).lane IS DISTINCT FROM (a).lane OR
        (d).taxes IS DISTINCT FROM (a).taxes OR
        (d).additional IS DISTINCT FROM (a).additional OR (d).status <> (a).status OR
        (j->>'status') <> (a).status OR (j #>> '{{duty,amount}}')::numeric IS DISTINCT FROM (a).duty)
        FROM (SELECT tw_duty({texts}) AS d, tw_amounts({texts}) AS a, tw_duty_json({texts}) AS j
        FROM lines LIMIT 20000 OFFSET 0) s;""").strip()
    equal(wrong, f"{min(len(group.answers), 20000)}|0", "tw_amounts and tw_duty_json say the same")


def main():
    folder = tempfile.mkdtemp(prefix="tidewaiter-postgresql-")
    os.chmod(folder, 0o755)
    try:
        with extension(folder) as source, server(folder) as host:
            regress(host, source)
            documented(host)
            psql(host, "CREATE EXTENSION tidewaiter;")
            lines = os.path.join(folder, "lines")
            os.mkdir(lines)
            made = groups(PROGRAM, lines, LINES)
            check(len(made) > 1 and len(made[0].answers) == LINES, "there are lines of all groups",
                  [len(group.answers) for group in made])
            for group in made:
                findings(host, group)
            typed(host, made[0])
    finally:
        shutil.rmtree(folder)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
