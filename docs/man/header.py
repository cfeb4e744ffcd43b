#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The manual page of a library from its header, in the form of scdoc(5).

    header.py tidewaiter.h example.c 'what it does' LINK SEE... > tidewaiter.3.scd
"""
import os
import re
import sys
import textwrap

from scdoc import escaped, literal


def comment(text):
    """The paragraphs of a comment."""
    lines = [re.sub(r"^\s*(/\*|\*/|\*)? ?", "", line).removesuffix("*/").rstrip()
             for line in text.split("\n")]
    return "\n\n".join(" ".join(part.split()) for part in "\n".join(lines).split("\n\n")
                       if part.strip())


def pieces(text):
    """Declarations in order, each with the comment right above it."""
    pattern = re.compile(r"(/\*.*?\*/)|^(#define TW_(?!API|H)\w+[^\n]*(?:\\\n[^\n]*)*)"
                         r"|^((?:typedef |enum |struct )[^;{]*(?:\{.*?^\})?;)"
                         r"|^(TW_API [^;]*;)", re.S | re.M)
    above, end = "", 0
    for match in pattern.finditer(text):
        if match[1]:
            above, end = match[1], match.end()
            continue
        near = not text[end:match.start()].strip() and "\n\n" not in text[end:match.start()]
        yield above if near else "", match[2] or match[3] or match[4], bool(match[4])
        above, end = "", match.end()


def main():
    header, example, does, link, *see = sys.argv[1:]
    page = os.path.basename(header).removesuffix(".h")
    with open(header, encoding="utf-8") as file:
        text = file.read()
    with open(example, encoding="utf-8") as file:
        code = file.read()
    about = re.search(r"/\*\n \* Tidewaiter.*?\*/", text, re.S)
    body = text[about.end():]
    functions, types = "", ""
    synopsis = []
    last = None
    for above, declaration, is_function in pieces(body):
        said = "\n\n".join(escaped(part) for part in comment(above).split("\n\n") if part)
        if not is_function:
            types += (said + "\n\n" if said else "") + literal(declaration)
            continue
        declaration = " ".join(declaration.removeprefix("TW_API ").split())
        synopsis += textwrap.wrap(declaration, 72, subsequent_indent="    ",
                                  break_long_words=False, break_on_hyphens=False)
        name = re.search(r"(tw_\w+)\(", declaration)[1]
        if said or last is None:
            functions += f"*{escaped(name)}*()\n\n" + (said + "\n\n" if said else "")
        else:  # one comment for several
            functions = functions.rstrip("\n") + "\n\n" + f"*{escaped(name)}*(): as above\n\n"
        last = name
    print(f"{page}(3)\n\n# NAME\n\n{escaped(page)} - {does}\n\n"
          f"# SYNOPSIS\n\n```\n#include <{page}.h>\n")
    print("\n".join(synopsis) + f"\n```\n\nLink with *{link}*.\n\n# DESCRIPTION\n")
    print("\n\n".join(escaped(part) for part in comment(about[0]).split("\n\n")))
    print(f"\n# FUNCTIONS\n\n{functions}# TYPES\n\n{types}# EXAMPLE\n\n{literal(code)}"
          "# SEE ALSO\n\n" + ", ".join(f"*{escaped(name)}*({section})" for name, section in
                                      (one.rsplit(".", 1) for one in see)))


main()
