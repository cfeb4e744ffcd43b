#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Walk through "How to add a measure" of CONTRIBUTING.md, to the letter.

The numbered steps are read from the page: the file that a step names, its YAML, its commands.
They are followed in a copy of the law; then the answers are those of the act that the page
invents. Nothing of the walk stands here but what must come out of it.

    walk.py PROGRAM CONTRIBUTING.md LAW
"""
import json
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import changed_law, check, finish, run  # noqa: E402

PROGRAM, PAGE, LAW = (os.path.abspath(path) for path in sys.argv[1:4])


def steps():
    """Each numbered step: its sentences before the block, and its block with its language."""
    with open(PAGE, encoding="utf-8") as file:
        text = file.read()
    walk = text[text.index("## How to add a measure"):text.index("## How to change code")]
    found = []
    for step in re.split(r"^(?=\d\. )", walk, flags=re.M)[1:]:
        block = re.search(r"^   ```(\w+)\n(.*?)^   ```$", step, flags=re.M | re.S)
        if not block:
            continue
        lines = [line[3:] for line in block[2].splitlines(keepends=True)]
        found.append((step[:block.start()], block[1], "".join(lines)))
    return found


def follow(sentences, block, folder):
    """Put the YAML of a step where the step says."""
    names = re.findall(r"`(law/[\w/.-]+\.yaml)`", sentences)
    check(len(names) == 1, f"the step names one file: {names}")
    path = os.path.join(folder, names[0])
    if "new file" in sentences:
        check(not os.path.exists(path), f"{names[0]} is new")
        with open(path, "w", encoding="utf-8") as file:
            file.write(block)
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    line = re.search(r"right beneath the line `([^`]+)`", sentences)
    if line:
        check(text.count("\n" + line[1] + "\n") == 1, f"{names[0]} has one line {line[1]}")
        text = text.replace("\n" + line[1] + "\n", "\n" + line[1] + "\n" + block, 1)
    else:
        check("at the end of" in sentences, "the step says where")
        text += block
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def shell(command, folder):
    done = run("sh", "-c", command, cwd=folder, NO_COLOR="1",
               PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])
    check(done.code < 2, f"{command}: exit {done.code} {done.err.strip()}")
    return done.out


def headings(folder, origin, instant, hts="7326.90.86.88"):
    answer = json.loads(shell(f"tidewaiter duty --law law --hts {hts} --origin {origin} "
                            f"--on {instant} --value 1000 --format json", folder))
    return {line["heading"]: line["rate"] for line in answer["duty"]["lines"]
            if line["kind"] != "base"}


def main():
    with changed_law(LAW) as law:
        folder = law.at.parent
        before = headings(folder, "JP", "2026-10-15T00:01")
        check("9903.99.01" not in before and any(h.startswith("9903.82") for h in before),
              f"before the walk the metals duty falls on it: {before}")
        said = {}
        for sentences, language, block in steps():
            if language == "yaml":
                follow(sentences, block, folder)
            else:
                said.update({command: shell(command, folder) for command in block.splitlines()})
        check(len(said) == 3, "three commands")
        sound, diff, duty = said.values()
        check(sound.startswith("law: valid"), "law check")
        flat = " ".join(diff.split())
        for words in ("PROC-19999", "Widgets at 25%", "25%", "7326.90", "us.232.widgets"):
            check(words in flat, f"law diff says {words}")
        check("9903.99.01" in duty and "279.00" in duty, "29.00 and 250.00 are due: 279.00")
        check("9903.82" not in duty, "the metals duty does not apply")
        after = headings(folder, "JP", "2026-10-15T00:01")
        check(after.get("9903.99.01") == "25%", f"the first minute: {after}")
        check(headings(folder, "JP", "2026-10-15T00:00") == before, "the minute before")
        canada = headings(folder, "CA", "2026-10-15T00:01")
        check("9903.99.01" not in canada and any(h.startswith("9903.82") for h in canada),
              f"not Canada: {canada}")
        other = headings(folder, "JP", "2026-10-15T00:01", "7326.20.00.90")
        check("9903.99.01" not in other, f"no other goods: {other}")
    return finish()


sys.exit(main())
