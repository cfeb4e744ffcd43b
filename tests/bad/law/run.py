#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Law that must be refused, with the exact message.

Usage: run.py LAWC LAWDIR CASES...

Each case changes a copy of the small sound law in LAWDIR and says what
`lawc check` must print. A CASES file holds cases parted by blank lines:

    case: a key is misspelt
    file: us/duties/alpha.yaml
    old: heading: 9903.90.01        what stands in the file, its first place
    new: headin: 9903.90.01         what stands there instead
    says: us/duties/alpha.yaml:16:5: unknown key "headin": did you mean "heading"?

`file`, `old` and `new` may be repeated for more changes; `file` with `text`
writes a whole file; `file` with `drop: yes` removes one. \\n, \\t, \\\\ and
\\xNN (a byte) are understood in old, new and text; \\n in says.
"""
import pathlib
import re
import sys

sys.path.append(sys.path[0] + "/../..")
from lib import changed_law, check, finish, run  # noqa: E402

KEYS = ("case", "file", "old", "new", "text", "drop", "says")


def unescape(text):
    signs = {"n": b"\n", "t": b"\t", "\\": b"\\"}
    parts = re.split(r"\\(x[0-9a-f]{2}|.)", text)
    made = parts[0].encode()
    for sign, rest in zip(parts[1::2], parts[2::2]):
        made += bytes([int(sign[1:], 16)]) if len(sign) == 3 else signs[sign]
        made += rest.encode()
    return made


def cases(path):
    case = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() + [""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if case:
                yield case
            case = []
            continue
        key, colon, value = line.partition(":")
        if not colon or key not in KEYS:
            sys.exit(f"{path}:{number}: write one of {', '.join(KEYS)} and a colon")
        case.append((key, value[1:]))


def change(folder, case):
    file = old = None
    for key, value in case:
        if key == "file":
            file = folder / value
        elif key == "old":
            old = unescape(value)
        elif key == "new":
            data = file.read_bytes()
            if old not in data:
                raise ValueError(f"{file.name} does not hold {old!r}")
            file.write_bytes(data.replace(old, unescape(value), 1))
        elif key == "text":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(unescape(value))
        elif key == "drop":
            file.unlink()


def verdict(lawc, folder):
    done = run(lawc, "check", folder, timeout=60)
    return done.code, done.err.rstrip("\n")


def main():
    lawc, law, *files = sys.argv[1:]
    code, said = verdict(lawc, law)
    if code != 0:
        sys.exit(f"the sound law is refused: {said}")
    for file in map(pathlib.Path, files):
        for case in cases(file):
            wanted = dict(case)
            with changed_law(law) as copy:
                change(copy.at, case)
                code, said = verdict(lawc, copy)
            check(code == 2 and said == wanted["says"].replace("\\n", "\n"),
                  f"{file.name}: {wanted['case']}",
                  f"wanted 2 {wanted['says']}\n  got    {code} {said}")
    return finish()


sys.exit(main())
