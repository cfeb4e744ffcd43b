#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of money proved by Frama-C's WP with Z3, and that a wrong one is not.

    run.py [SECONDS]

Proved is every goal of tests/prove/money.c: what the core promises, and that nothing overflows or
is divided by zero on the way. Then the core is spoilt in four ways, one at a time, and each time
some goal must stay unproved: a proof that says yes to everything is none. Skipped without Frama-C.
"""
import os
import re
import shutil
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, run, skip, write  # noqa: E402

SECONDS = sys.argv[1] if len(sys.argv) > 1 else "30"
CORE = os.path.join(ROOT, "src", "common", "money_core.h")
# What is wrong, and where.
PLANTED = [("a wrong divisor", "/ (divisor * 2);", "/ (divisor * 2 + 1);"),
           ("half down", "(product * 2 + divisor) /", "(product * 2 + divisor - 1) /"),
           ("no saturation", "if (steps > (money_wide)(INT64_MAX / quantum))", "if (0)"),
           ("the quantum left out", "(money_wide)den * (money_wide)quantum;", "(money_wide)den;")]


def prove(home, core, seconds):
    """(proved, goals, what was said), with this core in the place of the program's."""
    source = os.path.join(ROOT, "tests", "prove", "money.c")
    with tempfile.TemporaryDirectory() as folder:
        write(os.path.join(folder, "common", "money_core.h"), core)
        done = run("frama-c", f"-cpp-extra-args=-I{folder}", "-wp", "-wp-rte",
                   "-warn-unsigned-overflow", "-wp-prover", "z3", "-wp-timeout", seconds, source,
                   HOME=home)
    found = re.search(r"Proved goals: +(\d+) / (\d+)", done.out)
    said = "\n".join(line for line in done.out.splitlines() if ": Valid" not in line) + done.err
    return (int(found[1]), int(found[2]), said) if found else (0, 0, said)


def main():
    missing = [name for name in ("frama-c", "why3", "z3") if not shutil.which(name)]
    if missing:
        skip(f"there is no {', '.join(missing)}: sh tools/needs.sh prove")
    with open(CORE, encoding="utf-8") as file:
        core = file.read()
    with tempfile.TemporaryDirectory() as home:
        run("why3", "config", "detect", HOME=home)  # without it WP finds no prover
        proved, goals, said = prove(home, core, SECONDS)
        check(goals > 30 and proved == goals, f"{proved} of {goals} goals are proved", said)
        for what, old, new in PLANTED:
            check(old in core, f"the core has the place of {what}")
            proved, goals, said = prove(home, core.replace(old, new), "5")
            check(goals and proved < goals, f"{what} is not proved: {proved} of {goals}", said)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
