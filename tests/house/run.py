#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The folders of src/ use each other in one direction, the library shows tw_* alone, nothing is
ordered by functions that fail on nothing, and no file is left in the middle of a merge.

    run.py SOURCE SHARED_LIBRARY STATIC_LIBRARY NM SHARED_LIBRARY_OF_THE_LAW
"""
import os
import re
import shutil
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402

LONGEST = 600


def floors(path):
    """What a folder may include; and [(header, file), …] of headers that a file never reaches."""
    allowed, never = {}, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if words and words[0] == "never":
                never += [(words[1], name) for name in words[2:]]
            elif words:
                allowed[words[0]] = set(words[1:]) | {words[0]}
    return allowed, never


def sources(root):
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            if name.endswith((".c", ".h", ".cc")):
                yield os.path.join(folder, name)


def why_not(header, folder, allowed, public):
    if header.startswith("../") or "/../" in header:
        return "a path is written from src/, without ../"
    if header in public:
        return None
    if "/" not in header:
        return "a path is written from src/, with its folder"
    if header.split("/")[0] in allowed[folder] or header in allowed[folder]:
        return None
    return f"src/floors.txt does not let {folder} use it"


def includes(top):
    root = os.path.join(top, "src")
    allowed, never = floors(os.path.join(root, "floors.txt"))
    public = set(os.listdir(os.path.join(top, "include")))
    seen = 0
    for path in sources(root):
        folder = os.path.relpath(path, root).split(os.sep)[0]
        shown = os.path.relpath(path, top)
        if not check(folder in allowed, f"{shown}: the folder is not in src/floors.txt"):
            continue
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                if not match:
                    continue
                seen += 1
                reason = why_not(match[1], folder, allowed, public)
                check(not reason, f'{shown}:{number}: "{match[1]}": {reason}')
    check(seen, f"{seen} includes of src/ were read")
    inside = set(os.listdir(root))
    for above in sorted(set(allowed) - inside):
        for path in sources(os.path.join(top, above)):
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    match = re.match(r'\s*#\s*include\s+["<](?:\.\./)*(?:src/)?(([^">/]+)/[^">]+)', line)
                    if match and match[2] in inside:
                        check({match[1], match[2]} & allowed[above], f"{os.path.relpath(path, top)}:"
                              f"{number}: src/floors.txt does not let {above} use {match[1]}")
    check(never, "src/floors.txt names no header that a file never reaches")
    for header, name in never:
        for path in (name + ".c", name + ".h"):
            way = reach(root, path, header) if os.path.exists(os.path.join(root, path)) else []
            check(not way, f"src/{path}: reaches {header}: {' > '.join(way)}")
        check(os.path.exists(os.path.join(root, name + ".c")), f"src/floors.txt: no src/{name}.c")


def reach(root, start, header):
    """The way of includes from a file to a header, [] if there is none."""
    came, left = {start: None}, [start]
    while left:
        path = left.pop()
        if path == header:
            way = [path]
            while came[way[0]] is not None:
                way.insert(0, came[way[0]])
            return way
        try:
            with open(os.path.join(root, path), encoding="utf-8") as file:
                names = re.findall(r'^\s*#\s*include\s+"([^"]+)"', file.read(), flags=re.M)
        except FileNotFoundError:  # of include/
            continue
        for name in names:
            if name not in came:
                came[name] = path
                left.append(name)
    return []


def guards(top):
    """Two headers of one guard hide each other: it is the header's path."""
    root, seen = os.path.join(top, "src"), 0
    for path in sources(root):
        if not path.endswith(".h"):
            continue
        inside = os.path.relpath(path, root)[:-2]
        guard = "TW_" + re.sub(r"\W", "_", inside).upper() + "_H"
        with open(path, encoding="utf-8") as file:
            text = file.read()
        seen += 1
        check(f"#ifndef {guard}\n#define {guard}\n" in text,
              f"src/{inside}.h: its guard is not {guard}")
    check(seen, f"{seen} headers of src/ were read")


def nothing(top):
    """Nothing may be ordered, searched and asked ahead of: by common/order and common/ahead."""
    seen = 0
    for root in ("src", "cli", "tests"):
        for path in sources(os.path.join(top, root)):
            shown = os.path.relpath(path, top)
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    seen += 1
                    match = re.search(r"\b(qsort|qsort_r|bsearch)\(", line)
                    if "__builtin_prefetch" in line and shown != "src/common/ahead.h":
                        check(False, f"{shown}:{number}: common/ahead.h asks ahead of what may "
                              "be nothing")
                    if match and shown != "src/common/order.c":
                        check(False, f"{shown}:{number}: {match[1]}: common/order.h has one that "
                              "may be given nothing")
    check(seen, f"{seen} lines were read")


def scratches(top):
    """A buffer that is written for another one is within it, or its want of memory is lost."""
    seen = 0
    for root in ("src", "cli"):
        for path in sources(os.path.join(top, root)):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            for function in re.finditer(r"^[a-z][^;{}]*?\bstruct buffer \*\w+[^;{}]*?\)\n\{\n(.*?)^\}",
                                        text, flags=re.M | re.S):
                seen += 1
                lost = re.search(r"struct buffer \w+[^;\n]*= \{0\}", function[1])
                check(not lost, f"{os.path.relpath(path, top)}: {lost and lost[0]}: "
                      "write {.within = the buffer that it is for}")
    check(seen > 100, f"{seen} functions that write into a buffer were read")


# How the same thing is written: the first is found, the second is how this source says it.
DIALECT = (
    (r"\w\)* == NULL\b", "!p"),
    (r"\w\)* != NULL\b(?=\s*(?:&&|\|\|))|(?:&&|\|\|) [^&|?:;{}]*[\w\])] != NULL\b|"
     r"\b(?:if|while) \([^&|?:;{}]*[\w\])] != NULL\b", "p"),
    (r"\bcode == TW_OK\b", "!code"),
    (r"\b(?:if|while) \(code != TW_OK\b", "if (code)"),
    (r"^(\t+)code = [^;?{}=]*\);\n\1if \(code\)", "if ((code = f()))"),
    (r"\berror(?:->|\.)message, sizeof|\berror->code = |= \(struct tw_error\)\{\.",
     "error_set or error_at of common/error.h"),
)


def dialect(top):
    """One way to ask for nothing, one name of an error's number, a file's own header first."""
    seen = 0
    for root in ("src", "cli"):
        for path in sources(os.path.join(top, root)):
            shown = os.path.relpath(path, top)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            seen += 1
            code = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"',
                          lambda match: '""' + "\n" * match[0].count("\n"), text, flags=re.S)
            for pattern, right in DIALECT if shown != "src/common/error.c" else ():
                for match in re.finditer(pattern, code, flags=re.M):
                    line = code.count("\n", 0, match.start()) + 1
                    check(False, f"{shown}:{line}: `{match[0].strip()}`: write {right}")
            for function in re.finditer(r"^[^\n]*\([^;{}]*\)\n\{\n.*?^\}", code, flags=re.M | re.S):
                wrong = re.search(r"\bint (rc|ret|result|status)(?= =|;|,)", function[0])
                if wrong and not re.search(r"(?<![.>\w])code\b", function[0]):
                    line = code.count("\n", 0, function.start() + wrong.start()) + 1
                    check(False, f"{shown}:{line}: {wrong[0]}: the number of an error is `code`")
            own = os.path.splitext(path)[0] + ".h"
            first = re.search(r'^#include\s+["<]([^">]+)', text, flags=re.M)
            if not path.endswith(".h") and os.path.exists(own):
                check(first and own.endswith("/" + first[1].removeprefix("cli/")),
                      f"{shown}: its own header is to be included first")
    check(seen, f"{seen} files were read")


def openings(top):
    """A file says first what it does, in its first paragraph or in that of its own header."""
    seen = 0
    for root in ("src", "cli"):
        for path in sources(os.path.join(top, root)):
            seen += 1
            own = os.path.splitext(path)[0] + ".h"
            said = []
            for name in {path, own}:
                if os.path.exists(name):
                    with open(name, encoding="utf-8") as file:
                        said.append(file.read().split("\n", 2)[1].startswith("/*"))
            check(any(said), f"{os.path.relpath(path, top)}: does not begin with what it does")
    check(seen, f"{seen} files were read")


def named(top):
    """A file that a comment names is there: beside it, in its folder of src/, or anywhere by its name alone."""
    there, seen = set(), 0
    for root in ("src", "cli", "include", "tests", "bench", "bindings"):
        for path in sources(os.path.join(top, root)):
            inside = os.path.relpath(path, top)
            there |= {inside, inside.removeprefix("src/"), os.path.basename(inside)}
    for root in ("src", "cli", "tests"):
        for path in sources(os.path.join(top, root)):
            shown = os.path.relpath(path, top)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            for comment in re.finditer(r"/\*.*?\*/|//[^\n]*", text, flags=re.S):
                for match in re.finditer(r"(?<![\w./<{-])(?:[a-z_0-9]+/)*[a-z_0-9]{2,}\.[ch]\b(?![\w(]|\.\w)",
                                         comment[0]):
                    seen += 1
                    beside = os.path.normpath(os.path.join(os.path.dirname(shown), match[0]))
                    line = text.count("\n", 0, comment.start() + match.start()) + 1
                    check(match[0] in there or beside in there,
                          f"{shown}:{line}: there is no file {match[0]}")
    check(seen > 50, f"{seen} names of files were read in comments")


def lengths(top):
    """A file of one noun is read in one sitting."""
    seen = 0
    for root in ("src", "cli"):
        for path in sources(os.path.join(top, root)):
            with open(path, encoding="utf-8") as file:
                lines = sum(1 for _ in file)
            seen += 1
            check(lines <= LONGEST,
                  f"{os.path.relpath(path, top)}: {lines} lines, over {LONGEST}")
    check(seen, f"{seen} files were read")


def symbols(nm, path, *flags):
    text = run(nm, "--defined-only", "--extern-only", *flags, path).out
    names = [line.split()[-1] for line in text.splitlines() if len(line.split()) == 3 and line.split()[1] != "A"]  # A: a version, not a symbol
    wrong = [name for name in names if not name.startswith("tw_")]
    for name in wrong:
        check(False, f"{os.path.basename(path)} shows {name}, which does not begin with tw_")
    check(names, f"{os.path.basename(path)} shows {len(names)} symbols")


def halves(top):
    """Marks of a merge that nobody finished, and what make says of its two targets."""
    seen = 0
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in (".git", "node_modules") and
                            not os.path.exists(os.path.join(folder, name, "build.ninja")))
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.islink(path) or name == ".git":
                continue
            seen += 1
            with open(path, "rb") as file:
                text = file.read()
            for match in re.finditer(rb"^(?:<{7}|>{7}|\|{7}) ", text, flags=re.M):
                line = text.count(b"\n", 0, match.start()) + 1
                check(False, f"{os.path.relpath(path, top)}:{line}: a mark of an unfinished merge")
    for target in ("run", "check"):
        if not shutil.which("make"):
            break
        done = run("make", "-n", target, cwd=top)
        check(not done.code, f"make {target}", done.err)
    check(seen, f"{seen} files were read")


def main():
    top, shared, static, nm, of_law = sys.argv[1:]
    for hold in (halves, includes, guards, nothing, scratches, dialect, openings,
                 named, lengths):
        hold(top)
    symbols(nm, shared, "-D")
    symbols(nm, static)
    symbols(nm, of_law, "-D")
    return finish()


sys.exit(main())
