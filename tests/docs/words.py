#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The words that docs/words.md retired do not come back in what the program prints.

Looks at the strings of the C sources and at the titles, notes and warnings of
the law, not at comments, keys or ids.

    words.py ROOT
"""
import pathlib
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish  # noqa: E402

# What is never written to a user; what stands for it is in docs/words.md.
RETIRED = [
    r"let in free", r"cannot be said", r"\bMind\b", r"excuses", r"nothing is asked",
    r"steps? back before", r"stepped back", r"struck down", r"look closer", r"a person decides",
    r"known here", r"law at hand", r"no memory left", r"may be given again", r"with commas between",
    r"reckon", r"a price for each", r"that a spreadsheet took", r"could be known on",
    r"made public", r"made known", r"prints nothing", r"nothing is paid",
    r"(?<!here )\bis no (?!longer|such)[a-z]", r"cannot be kept", r"falls on the",
]
RETIRED_LAW = [
    r"\bclosed for\b", r"\bemergency (duties|powers)", r"\bburdened\b", r"\bprolong", r"\bput off\b",
    r"\bread in a copy", r"\b(was|were) not read\b", r"general knowledge", r"\bcustoms message",
    r"\bback in time", r"\bfreed\b", r"\binside (the|its|their) quota", r"that pays\b",
]
KEYS = r"title|note|warn|say|unknown|requirement|name|english|missing|not_covered"
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|\'(?:\\.|[^\'\\\n])+\'|"(?:\\.|[^"\\\n])*"', re.S)
CONTRACTS = {"nothing is asked"}  # values of the JSON answers, in docs/schema
COMMENT = ("//", "/*", "'")


def literals(text):
    """(line, string) with strings that stand side by side joined."""
    found, at, joined, first = [], 0, "", 0
    for token in TOKEN.finditer(text):
        if token.group().startswith(COMMENT):
            continue
        if joined and text[at:token.start()].strip():
            found.append((first, joined))
            joined = ""
        if not joined:
            first = text.count("\n", 0, token.start()) + 1
        joined += token.group()[1:-1]
        at = token.end()
    return found + [(first, joined)]


def printed(text):
    """(line, value) of the texts of a law file, goods.tsv included."""
    found, open_indent = [], None
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        key = re.match(rf"\s*(?:- )?(?:{KEYS}): (.*)", line)
        if key:
            open_indent, value = indent, key.group(1)
        elif open_indent is not None and indent > open_indent and not re.match(r"\s*(- )?\w+:", line):
            value = line.strip()
            number, value = found[-1][0], found.pop()[1] + " " + value
        else:
            open_indent = None
            value = " ".join(re.findall(rf"\b(?:{KEYS}): (\"[^\"]*\"|[^,}}]*)", line))
        if value:
            found.append((number, value))
    return found


def main():
    root = pathlib.Path(sys.argv[1])
    faults, files = [], 0
    for folder in ("cli", "src"):
        for path in sorted((root / folder).rglob("*.[ch]*")):
            files += 1
            for line, text in literals(path.read_text(encoding="utf-8")):
                if text in CONTRACTS:
                    continue
                faults += [f"{path.relative_to(root)}:{line}: {m.group()!r} in {text[:70]!r}"
                           for word in RETIRED for m in [re.search(word, text)] if m]
    for path in sorted((root / "law").rglob("*.yaml")):
        files += 1
        for line, text in printed(path.read_text(encoding="utf-8")):
            faults += [f"{path.relative_to(root)}:{line}: {m.group()!r} in {text[:70]!r}"
                       for word in RETIRED + RETIRED_LAW for m in [re.search(word, text, re.I)] if m]
    # the test itself: it must see a word that is split over two literals
    sample = 'put("cannot "\n    "be said"); /* Mind */ x = "closed";'
    if [t for _, t in literals(sample)] != ["cannot be said", "closed"]:
        faults.append("words.py: its reader of strings is broken")
    for fault in faults:
        check(False, fault, "docs/words.md says what is written")
    check(files > 300, f"{files} files of C and law were read")
    return finish()


sys.exit(main())
