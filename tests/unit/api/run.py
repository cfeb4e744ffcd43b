#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every function of every public header is called wrongly, and none crashes: see sweep.c. Holds
that sweep.c leaves none out: each function is called, with NULL for each of its pointers, and each
struct that says its size is tried with wrong ones.

    run.py SWEEP INCLUDE SWEEP.C LAW_FOLDER
"""
import os
import re
import sys

sys.path.append(sys.path[0] + "/../..")
from lib import check, finish, run  # noqa: E402

SWEEP, INCLUDE, SOURCE, LAW = sys.argv[1:]


def split(text):
    """The arguments of a call, commas within brackets aside."""
    parts, depth, part = [], 0, ""
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if char == "," and not depth:
            parts.append(part.strip())
            part = ""
        else:
            part += char
    return parts + [part.strip()]


def calls(source, name):
    """The arguments of every call of a function."""
    for match in re.finditer(rf"\b{name}\(", source):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(source[end], 0)
            end += 1
        yield split(source[match.end():end - 1])


def functions(header):
    for match in re.finditer(r"^TW_API ([^;]*?)\b(tw_\w+)\(([^;]*)\);", header, re.M):
        yield match[2], [" ".join(word.split()) for word in split(match[3])]


def main():
    with open(SOURCE, encoding="utf-8") as file:
        source = file.read()
    count = 0
    for name in sorted(os.listdir(INCLUDE)):
        with open(os.path.join(INCLUDE, name), encoding="utf-8") as file:
            header = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
        for function, parameters in functions(header):
            count += 1
            made = list(calls(source, function))
            if not check(made, f"{function} of {name} is called"):
                continue
            for i, parameter in enumerate(parameters):
                # text(NULL): a text that is said to be there and is not.
                wants = "NULL" if "*" in parameter or "tw_law_fault" in parameter else \
                    "text(NULL)" if "struct tw_text " in parameter else None
                check(not wants or any(len(call) > i and call[i] == wants for call in made),
                      f"{function} is called with {wants} for `{parameter}`")
        for struct in re.findall(r"^struct (tw_\w+) \{\s*size_t size;", header, re.M):
            check(f"SIZES({struct}," in source, f"{struct} is tried with wrong sizes")
    check(count > 40, f"{count} functions were found")
    done = run(SWEEP, LAW)
    check(not done.code and "0 failures" in done.out, f"sweep ends with {done.code}", done.out + done.err)
    return finish(done.out.strip()[-200:])


sys.exit(main())
