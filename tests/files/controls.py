#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No control and no broken UTF-8 from outside reaches a terminal or a cell, whatever writes it.

    controls.py PROGRAM LAW

Every way in (files, options, names, the text of a law) times every way out (each format, pages,
messages), once into pipes and once on a terminal with colors.
"""
import csv
import io
import os
import pathlib
import pty
import re
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import changed_law, check, environment, finish, run, write  # noqa: E402

PROGRAM, LAW = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
# Escape, bell, back space, delete, return, the control of the second set in UTF-8 and as a byte,
# an overlong form, half a surrogate, a right-to-left override.
HOSTILE = (b"x\x1b[31m\x1b]0;t\x07\x08\x7f\ry\xc2\x9b2J\x9bz\xc0\xaf\xed\xa0\x80\xe2\x80\xaew")
SOUND = b"x\x1b[31m\x1b]0;t\x07\x08\x7f\ry\xc2\x9b2J\xe2\x80\xaew"  # the same, all of it UTF-8
STYLES = re.compile(rb"\x1b\[(0|1|2|31|32|33)m|\x1b\[K|\x1b\[m")
SETTINGS = {"TERM": "xterm", "PAGER": "", "TIDEWAITER_CONFIG": os.devnull}


def clean(what, output, allowed=b"\n", turns=False):
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError as problem:
        check(False, what + " is UTF-8", (problem, output[:300]))
        return
    found = [c for c in text if (ord(c) < 32 or 127 <= ord(c) < 160) and
             c.encode() not in [bytes([b]) for b in allowed]]
    if not turns:
        found += [c for c in text if 0x2028 <= ord(c) <= 0x202e or 0x2066 <= ord(c) <= 0x2069]
    check(not found, what + " has no control", (found[:5], output[:300]))


def shown(*arguments, text=None):
    return run(PROGRAM, *arguments, given=text, binary=True, **SETTINGS)


def on_terminal(*arguments):
    """All that a terminal is shown, without our own styles and its line ends."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(PROGRAM, [PROGRAM, *arguments], environment(**SETTINGS))
    output = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:
            break
        if not more:
            break
        output += more
    os.waitpid(child, 0)
    os.close(terminal)
    return STYLES.sub(b"", output.replace(b"\r\n", b"\n")).replace(b"\r", b"", 0)


def files(folder):
    """Hostile cells, header names and file names."""
    plain = b"6109.10.00.12,CN,2025-05-02,54"
    rows = [b"a,%s,n\n" % plain, b'"' + HOSTILE + b'",' + plain + b",n\n",
            b"b," + plain + b"," + HOSTILE.replace(b"\r", b"") + b"\n",
            b'"' + SOUND + b'",' + plain + b',"' + SOUND + b'"\n']
    for at in range(4):
        cells = plain.split(b",")
        cells[at] = b'"' + SOUND + b'"'
        rows.append(b"c," + b",".join(cells) + b",n\n")
        cells[at] = HOSTILE.replace(b"\r", b"")
        rows.append(b"d," + b",".join(cells) + b",n\n")
    rows += [b'e,"' + HOSTILE + b",6109\n", b'f,"x"' + SOUND.replace(b"\r", b"") + b",6109,,,,\n",
             b"g\0," + plain + b",n\n", b"h," + plain + b",n," + SOUND.replace(b"\r", b"") + b"\n"]
    name = os.path.join(os.fsencode(folder), b"f\x1b[2J\x9b.csv")
    write(name, b"id,hts,origin,entered,value,no" + SOUND.replace(b"\r", b"") + b"te\n" + b"".join(rows))
    return name, len(rows)


def json_lines(folder):
    name = os.path.join(folder, "l.ndjson")
    line = b'{"id":"%s","hts":"6109.10.00.12","origin":"CN","entered":"2025-05-02","value":54,"%s":"%s"}\n'
    escaped = SOUND.decode().encode("unicode_escape").replace(b"\\x", b"\\u00")
    raw = re.sub(rb"[\x00-\x1f]", b"", SOUND)
    write(name, line % (escaped, escaped, escaped) + line % (raw, raw, raw)
          + line % (HOSTILE, HOSTILE, HOSTILE) + b'{"x":"\x1b[31m"\n')
    return name


def sources():
    """Text for people leaves by cli_message and terminal_write alone."""
    folder = os.path.join(os.path.dirname(LAW), "cli")
    direct = re.compile(r"(?<![a-z_])(printf|puts|putchar|fputs|fputc|putc)\(|fprintf\(std")
    sources_read = 0
    for path in sorted(pathlib.Path(folder).rglob("*.c")):
        name = str(path.relative_to(folder))
        # These say what stands in the program; codesc runs while it is built.
        if name.startswith(("help", "completion", "manpage", "codesc")):
            continue
        sources_read += 1
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            check(not direct.search(line.replace("format(printf", "")),
                  f"{name}:{number} prints past terminal_write and cli_message", line)
    check(sources_read > 20, f"{sources_read} files of cli/ were read")


def formats(folder):
    name, count = files(folder)
    for more in ([], ["--only-answers"], ["--spreadsheet-safe"], ["--fields", "warnings,hts,id"]):
        done = shown("assess", "--format", "csv", *more, name)
        clean(f"csv {more}", done.out.replace(b"\r\n", b"\n"), b"\n\t", turns=True)
        clean(f"messages of csv {more}", done.err)
        rows = list(csv.reader(io.StringIO(done.out.decode("utf-8", "replace"))))
        check(len(rows) == count + 1 and
               len({len(row) for row in rows}) == 1, f"csv {more} has all rows", [len(row) for row in rows])
        told = [row for row in rows[1:] if any("\ufffd" in cell for cell in row)]
        warned = [row for row in rows[1:] if any("replaced: " in cell for cell in row)]
        check(told == warned and told, f"csv {more}: what is replaced is said on the line",
               [row for row in told if row not in warned])
        check(b"written as U+FFFD" in done.err, f"csv {more}: and counted", done.err)
    for form in ("ndjson", "table"):
        done = shown("assess", "--format", form, "--keep", name)
        clean(form, done.out, turns=form == "ndjson")
        clean("messages of " + form, done.err)
    clean("table on a terminal", on_terminal("assess", "--format", "table", name))
    lines = json_lines(folder)
    for form in ("ndjson", "table", "csv"):
        done = shown("assess", "--format", form, "--keep", lines)
        clean("json to " + form, done.out.replace(b"\r\n", b"\n"), b"\n\t", turns=form != "table")
        clean("messages of json to " + form, done.err)


def pages():
    word = SOUND
    commands = [["duty", "--hts", word, "--origin", "CN", "--on", "2025-05-02", "--value", "5"],
                ["duty", "--hts", "6109.10.00.12", "--origin", word, "--on", "2025-05-02"],
                ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02", "--value",
                 "5", "--claim", word],
                ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02", "--value",
                 "5", "--description", b"acetone " + word, "--id", word],
                ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", word],
                ["substance", word], ["substance", HOSTILE], ["substance", b"acetone " + word],
                ["substance", "--list", word], ["substance", "acetone", "--from", word],
                ["substance", "acetone", "--weight", word], ["law", "show", word],
                ["law", "diff", word], ["law", "list", word], ["law", word], [word], [HOSTILE],
                [b"--" + word], ["assess", b"--" + word], ["assess", "--format", word],
                ["assess", "--only", word], ["assess", "--map", word], ["assess", "--set", word],
                ["assess", "--fields", word, "LICENSE"], ["assess", word], ["assess", HOSTILE],
                ["assess", "--output", b"/no/" + word, "LICENSE"], ["assess", "--jobs", word],
                ["assess", "--as-known-on", word, "LICENSE"], ["assess", "--law", word, "LICENSE"],
                ["assess", "--rulebook", word, "LICENSE"], ["law", "check", word],
                ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02", "--value",
                 "5", "--explain", "--claim", b"melt_pour=" + word]]
    for command in commands:
        done = shown(*command)
        clean(f"page of {command}", done.out)
        clean(f"messages of {command}", done.err)
        check(done.code in (0, 1, 2), f"{command} is not a crash", done.code)
        for form in ("json",):
            if command[0] in ("duty", "substance"):
                done = shown(*command, "--format", form)
                clean(f"json of {command}", done.out, turns=True)
    for command in (commands[0], commands[3], ["substance", b"acetone " + word], commands[20]):
        clean(f"terminal of {command}", on_terminal(*command))


def law_text(law):
    """Words of a law that somebody else wrote."""
    path = "us/duties/section-301-list4a.yaml"
    title = re.search(r"^title: (.*)$", law.read(path), re.M)
    law.replace(path, title.group(0), 'title: "x\\e[31m\\x07\\x7f\\u009by"')
    for command in (["law", "list"], ["law", "show", "us.301.list4a"], ["law", "check"],
                    ["law", "diff", "2025-04-09"],
                    ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02",
                     "--value", "5", "--explain"]):
        done = shown(*command, "--law", law)
        clean(f"law of another: {command}", done.out)
        clean(f"law of another, messages: {command}", done.err)


with tempfile.TemporaryDirectory(prefix="tidewaiter-controls-") as scratch:
    sources()
    formats(scratch)
    pages()
with changed_law(LAW) as changed:
    law_text(changed)
sys.exit(finish())
