#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A judge that cannot fail is no judge.

Copies the law, changes one rate, one date, one rule by which a program steps
back and the seasons, each by itself. With the changed law on both sides judge and tables must
still agree; with the changed law before the judge and the tables of the
unchanged law they must disagree.

sensitivity.py JUDGE LAWC LAWDIR [COUNT]
"""
import pathlib
import re
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import changed_law, check, finish, run  # noqa: E402


def change_rate(text):
    """The first rate in percent of a measure becomes another one."""
    return re.subn(r"^(    duty: )(\d+)%$", lambda m: f"{m[1]}{int(m[2]) + 7}%", text, count=1,
                   flags=re.M)


def change_date(text):
    """The first start in 2025 or 2026 moves to the 20th of its month."""
    return re.subn(r"^(\s*from:\s+\{at: 202[56]-\d\d-)(?!20)\d\d", r"\g<1>20", text, count=1,
                   flags=re.M)


def change_exclusion(text):
    """The rules by which the program steps back, and they alone, are struck."""
    return re.subn(r"^yields:\n(?:(?:  .*|\s*)\n)*?(?=measures:)", "", text, count=1, flags=re.M)


def change_season(text):
    """Two lines of a product exchange their days, and so for every product of two lines."""
    text, count = re.subn(r"""^(      "[0-9.]+": )(.*)\n(      "[0-9.]+": )(.*)\n(?!      )""",
                          r"\1\4\n\3\2\n", text, flags=re.M)
    return text, min(count, 1)


# What is changed, and in which program: one that meets many lines.
CHANGES = [
    ("one rate", "us/duties/section-122.yaml", change_rate),
    ("one date", "us/duties/section-122.yaml", change_date),
    ("one exclusion", "us/duties/section-122.yaml", change_exclusion),
    ("the seasons", "us/seasons.yaml", change_season),
]


def run_judge(judge, law, count, rulebook=None):
    """Disagreements; the judge's own exit code must say the same."""
    done = run(judge, law, count, "5", *([rulebook] if rulebook else []))
    found = re.search(r"^(\d+) disagreements$", done.out, flags=re.M)
    if not found or done.code != (1 if int(found[1]) else 0):
        sys.exit(f"judge: exit code {done.code}\n{done.out[-2000:]}{done.err}")
    return int(found[1])


def compile_law(lawc, law, out):
    done = run(lawc, "compile", law, out)
    if done.code:
        sys.exit(done.err)


def main():
    judge, lawc, source = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 6000
    with tempfile.TemporaryDirectory() as folder:
        old = pathlib.Path(folder, "old.rulebook")
        compile_law(lawc, source, old)
        if run_judge(judge, source, count, old) != 0:
            sys.exit("the unchanged law: judge and tables disagree already")
        for name, program, change in CHANGES:
            with changed_law(source) as law:
                text, changed = change(law.read(program))
                if changed != 1:
                    sys.exit(f"{name}: {program} holds nothing to change")
                law.write(program, text)
                together = run_judge(judge, law, count)
                apart = run_judge(judge, law, count, old)
            told = (f"{name} ({program}): {together} disagreements with its own tables, "
                    f"{apart} with those of the unchanged law")
            print(told)
            check(together == 0 and apart > 0, told)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
