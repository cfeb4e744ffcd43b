#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A page of the documentation as a manual page, in the form of scdoc(5).

    markdown.py NAME SECTION "what it is" PAGE.md > NAME.SECTION.scd
"""
import re
import sys

from scdoc import escaped, inline, literal


def cells(line):
    """The cells of a row; a bar that is escaped or within `code` ends none."""
    row, cell, code = [], "", False
    text = line.strip()[1:-1]
    for at, letter in enumerate(text):
        if letter == "`":
            code = not code
        if letter == "|" and not code and text[at - 1:at] != "\\":
            row.append(cell.strip())
            cell = ""
        else:
            cell += letter
    return [cell.replace("\\|", "|") for cell in [*row, cell.strip()]]


def table(rows):
    """Each row: its first cell, and beneath it the others."""
    out = ""
    for row in rows[2:]:
        first, *others = cells(row)
        rest = ". ".join(inline(cell).rstrip(".") for cell in others if cell) or "."
        out += f"{inline(first) or escaped('-')}\n\t{rest}\n\n"
    return out


def convert(lines):
    out, at = "", 0
    while at < len(lines):
        line = lines[at]
        fence = re.match(r"\s*```", line)
        if fence:
            end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == "```")
            out += literal("\n".join(lines[at + 1:end]))
            at = end + 1
        elif line.startswith("|"):
            end = at
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            out += table(lines[at:end])
            at = end
        elif line.startswith("## "):
            out += f"# {line[3:].upper()}\n\n"
            at += 1
        elif line.startswith("### "):
            out += f"## {line[4:]}\n\n"
            at += 1
        elif re.match(r"(- |\d+\. )", line):
            while at < len(lines) and re.match(r"(- |\d+\. )", lines[at]):
                mark = "- " if lines[at].startswith("- ") else ". "
                out += mark + inline(re.sub(r"^(- |\d+\. )", "", lines[at])) + "\n"
                at += 1
            out += "\n"
        elif line.strip():
            out += inline(line) + "\n\n"
            at += 1
        else:
            at += 1
    return out


def main():
    name, section, summary, page = sys.argv[1:]
    with open(page, encoding="utf-8") as file:
        lines = file.read().split("\n")
    if not lines[0].startswith("# "):
        raise SystemExit(f"{page}: the first line is no title")
    print(f"{name}({section})\n\n# NAME\n\n{name} - {escaped(summary)}\n\n# DESCRIPTION\n")
    print(convert(lines[1:]), end="")
    print("# SEE ALSO\n\n*tidewaiter*(1), *tidewaiter-law-check*(1)")


main()
