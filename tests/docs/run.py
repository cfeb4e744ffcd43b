#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the examples of the documentation and compare what they print.

In a block that begins with ```console a line that begins with "$ " is a
command (a line that ends in a backslash or | goes on); what follows is what it prints
on standard output. Commands run in the root of the source tree with the
program in PATH. The fingerprint of the law, its line numbers, its edition and
its last day are not compared: they change with every act.

    run.py PROGRAM FILE...             compare
    run.py --update PROGRAM FILE...    write what is printed into the files
"""
import difflib
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, run  # noqa: E402


def settled(text):
    """Fingerprints out, no blanks at the ends of lines."""
    text = re.sub(r'(sha256"?:? *"?)[0-9a-f]{16,64}(\.\.\.)?', r"\1…", text)
    text = re.sub(r"(law/\S+\.(?:yaml|tsv)):\d+", r"\1:…", text)
    return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n"))


def comparable(lines):
    """What stays when the law moves on: its edition and its last day do not."""
    text = "\n".join(lines)
    text = re.sub(r"""((?:edition|known_on)"?:? *"?)20\d\d-\d\d-\d\d""", r"\1…", text)
    return re.sub(r"(known to|covers days to|covers \S+ to) 20\d\d-\d\d-\d\d", r"\1 …", text)


def shell(command, program):
    done = run("sh", "-c", command, cwd=ROOT, NO_COLOR="1",
               PATH=os.path.dirname(program) + os.pathsep + os.environ["PATH"])
    return done.out if done.code < 2 else f"{done.out}exit {done.code}: {done.err}"


def examples(block):
    """Pairs of a command's lines and the lines that it should print."""
    found = []
    goes_on = False
    for line in block:
        if goes_on:
            found[-1][0].append(line)
        elif line.startswith("$ "):
            found.append(([line], []))
        elif found:
            found[-1][1].append(line)
        else:
            raise ValueError(f"a console block begins with a command, not {line!r}")
        goes_on = (goes_on or line.startswith("$ ")) and line.endswith(("\\", "|"))
    return found


def blocks(lines):
    """Line numbers of the first line in a console block and of its end."""
    start = None
    for number, line in enumerate(lines):
        if start is None and line.strip() == "```console":
            start = number + 1
        elif start is not None and line.strip() == "```":
            yield start, number
            start = None
    if start is not None:
        raise ValueError(f"line {start}: the console block has no end")


def hold(path, program, update):
    """The examples of a page against what they print; with `update` the page is rewritten."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    wrong = 0
    result, last = [], 0
    for start, end in blocks(lines):
        result += lines[last:start]
        for command, expected in examples(lines[start:end]):
            text = "\n".join([command[0][2:], *command[1:]])
            printed = settled(shell(text, program)).split("\n")
            printed = [] if printed == [""] else printed
            while expected and not expected[-1].strip():
                expected.pop()
            expected = [line.rstrip() for line in expected]
            same = comparable(printed) == comparable(expected)
            wrong += not same
            if same or not update:
                check(same, f"{path}:{start + 1}: {text}", "" if same else "\n".join(
                    difflib.unified_diff(expected, printed, "written", "printed", lineterm="", n=1)))
            if same:
                printed = expected
            result += command + printed
        last = end
    if update and wrong:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(result + lines[last:]))
        print(f"{path}: {wrong} examples rewritten")


def main():
    arguments = sys.argv[1:]
    update = arguments[:1] == ["--update"]
    program, *files = arguments[update:]
    program = os.path.abspath(program)
    for path in files:
        hold(path, program, update)
    return finish()


sys.exit(main())
