#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page about DuckDB, statement by statement, in DuckDB's own shell.

    duckdb_cli.py DUCKDB EXTENSION PAGE
"""
import sys

from findings import check
from lib import finish, run
from page import blocks

SHELL, EXTENSION, PAGE = sys.argv[1:]


def main():
    made = blocks(PAGE, "sql")
    check(len(made) > 5, "the page has statements", len(made))
    for number, (statement, shown) in enumerate(made):
        before = f"LOAD '{EXTENSION}';\n" + "\n".join(text for text, _ in made[:number]
                                                       if text.startswith("CREATE"))
        if statement.startswith("LOAD"):
            before, statement = "", f"LOAD '{EXTENSION}';"
        done = run(SHELL, "-unsigned", "-csv", given=f"{before}\n.print ---\n{statement}\n")
        out = done.out.partition("---\n")[2].strip()
        check(done.code == 0 and not done.err, statement, done.err)
        check(shown is None or out == shown, statement, out)
    bad = run(SHELL, "-csv", given=f"LOAD '{EXTENSION}';\n")
    check("unsigned" in bad.err or "signature" in bad.err, "unsigned ones are refused", bad.err)
    bad = run(SHELL, "-unsigned", "-csv",
              given=f"LOAD '{EXTENSION}';\nSELECT tw_duty({{htsus: '6109100012'}});\n")
    check("`htsus`" in bad.err, "a column that is none is named", bad.err)
    return finish()


sys.exit(main())
