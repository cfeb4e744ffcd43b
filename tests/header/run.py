#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The public headers are C99 to C23 and C++11 to C++23, each by itself and twice, without a
warning, with the initialisers; and what they initialise is what they say.

    run.py INCLUDE LIBRARY

A compiler that is not there is left out, by name; a dialect too, under the name of its day.
"""
import os
import re
import shutil
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, leave_out, run  # noqa: E402

INCLUDE, LIBRARY = (os.path.abspath(path) for path in sys.argv[1:3])
USE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "use.h")
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
# Of one dialect the names that compilers have had for it.
C = [["c99"], ["c11"], ["c17"], ["c23", "c2x"], ["gnu99"], ["gnu23", "gnu2x"]]
CPP = [["c++11"], ["c++14"], ["c++17"], ["c++20", "c++2a"], ["c++23", "c++2b"], ["gnu++11"]]


def known(compiler, language, names):
    """The first name of the dialect that the compiler knows, or none."""
    for name in names:
        done = run(compiler, f"-std={name}", "-x", language, "-fsyntax-only", "-", given="")
        if not done.code:
            return name
    return None


def headers():
    return sorted(name for name in os.listdir(INCLUDE) if name.endswith(".h"))


def alone(compiler, language, dialect):
    """Each header by itself, first and twice."""
    for header in headers():
        done = run(compiler, f"-std={dialect}", *STRICT, "-I", INCLUDE, "-x", language,
                   "-fsyntax-only", "-", given=f"#include <{header}>\n#include <{header}>\n")
        check(not done.code, f"{compiler} -std={dialect}: {header}", done.err)


def used(compiler, language, dialect, folder):
    """The initialisers, compiled and run with the library."""
    program = os.path.join(folder, "use")
    source = f'#include "{USE}"\nint main(void)\n{{\n\treturn use();\n}}\n'
    done = run(compiler, f"-std={dialect}", *STRICT, "-I", INCLUDE, "-x", language, "-",
               "-x", "none", LIBRARY, "-o", program, given=source)
    if check(not done.code, f"{compiler} -std={dialect}: use.h", done.err):
        done = run(program, LD_LIBRARY_PATH=os.path.dirname(LIBRARY))
        check(not done.code, f"{compiler} -std={dialect}: initialisers that are wrong",
              f"{done.code} {done.err}")


def complete():
    """use.h names every header and every initialiser that there is."""
    with open(USE, encoding="utf-8") as file:
        use = file.read()
    count = 0
    for header in headers():
        with open(os.path.join(INCLUDE, header), encoding="utf-8") as file:
            text = file.read()
        check(f'#include "{header}"' in use, f"use.h includes {header}")
        for macro in re.findall(r"^#define (TW_\w+_INIT)\b", text, re.M):
            count += 1
            check(re.search(rf"\b{macro}\b", use), f"use.h tries {macro} of {header}")
        check("designated" in text or not re.search(r"^\s+\.\w+ =.*\\$", text, re.M),
              f"{header}: a designated initialiser is not C++11")
    check(count, "initialisers were found")


def main():
    complete()
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        for language, dialects, compilers in (("c", C, ("gcc", "clang")),
                                              ("c++", CPP, ("g++", "clang++"))):
            for compiler in compilers:
                if not shutil.which(compiler):
                    leave_out(compiler, "not installed")
                    continue
                for names in dialects:
                    dialect = known(compiler, language, names)
                    if not check(dialect, f"{compiler} knows none of {names}"):
                        continue
                    tried += 1
                    alone(compiler, language, dialect)
                    used(compiler, language, dialect, folder)
    check(tried >= len(C), f"{tried} dialects were tried")
    return finish()


sys.exit(main())
