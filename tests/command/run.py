#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a command feels like: options, help, defaults, terminal, days, ids.

    run.py PROGRAM [FOLDER [PAGE...]]    the folder of completions and manual pages
"""
import csv
import fcntl
import json
import os
import pty
import random
import re
import select
import shutil
import struct
import sys
import tempfile
import termios
import time
import unicodedata

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, leave_out, run  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
MAN = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
HAS_PAGES = len(sys.argv) > 3
SHIRT = "duty --hts 6109.10.00.12 --origin CN --on 2025-05-02T00:01 --value 54".split()
MANIFEST = "examples/manifest.csv"


def ask(*arguments, **settings):
    return run(PROGRAM, *arguments, cwd=ROOT, **settings)


def says(code, text, *arguments, **environment):
    """The command ends with the code and says the text on standard error."""
    result = ask(*arguments, **environment)
    check(result[0] == code and text in result[2],
          f"{' '.join(arguments)}: exit {code} and \"{text}\"", f"exit {result[0]}: {result[2]}")


def prints(text, *arguments, **environment):
    result = ask(*arguments, **environment)
    check(result[0] < 2 and text in result[1], f"{' '.join(arguments)}: prints \"{text}\"",
          f"exit {result[0]}: {result[1]}{result[2]}")


def on_terminal(arguments, columns=80, keys=b"", **environment):
    """The same on a terminal of so many columns; keys are typed when nothing more is written."""
    child, terminal = pty.fork()
    if not child:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        for name in ("NO_COLOR", "PAGER", "COLUMNS", "LESS"):
            os.environ.pop(name, None)
        os.environ.update({"TERM": "xterm", "TIDEWAITER_CONFIG": "", "LC_ALL": "C.UTF-8"})
        os.environ.update(environment)
        os.chdir(ROOT)
        os.execv(PROGRAM, [PROGRAM, *arguments])
    seen, end = b"", time.time() + 30
    while time.time() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        elif keys:
            os.write(terminal, keys)
            keys = b""
    else:
        os.kill(child, 9)
        check(False, f"{arguments} ends on a terminal")
    status = os.waitpid(child, 0)[1]
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), seen.decode("utf-8", "replace").replace("\r\n", "\n")


def commands():
    overview = ask("--help")[1]
    return re.findall(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)  +\S", overview, flags=re.M)


def test_help():
    names = commands()
    check(len(names) >= 11 and "law diff" in names, f"the overview lists the commands: {names}")
    for name in names + ["law"]:
        code, text, error = ask(*name.split(), "--help")
        check(code == 0 and not error, f"{name} --help", error)
        check(text.startswith(f"tidewaiter {name}: "), f"{name} --help begins with its name", text)
        wide = [line for line in text.split("\n") if len(line) > 80]
        check(not wide, f"{name} --help is 80 columns wide", "\n".join(wide))
        check(ask("help", *name.split())[1] == text, f"help {name} is {name} --help")
        check(ask(*name.split(), "-h")[1] == text, f"{name} -h is {name} --help")
    says(2, 'there is no command "dutty"; did you mean duty?', "help", "dutty")
    says(2, "law: choose one of list, show, diff", "law")
    says(2, "law: choose one of list, show, diff", "law", "-q")
    prints("tidewaiter law: ", "law", "-q", "--help")
    prints("law edition", "law", "-V")
    check(ask("law", "--color", "always", "show", "EO-14195") ==
          ask("law", "show", "EO-14195", "--color", "always"), "options behind the group")
    says(2, "law: there is no option --on", "law", "--on", "today", "list")
    says(2, "--program 'us.ieepa.*'", "law", "list", "--program", "us.ieepa")
    for asked in (SHIRT, ["code", "61"], ["law", "list"], ["substance", "acetone"]):
        says(2, "/no/such/coverage.yaml: No such file", *asked, "--law", "/no/such")
    check(ask()[0] == 2 and "COMMAND" in ask()[2], "no command at all")


def test_options():
    check(ask(*SHIRT, "-f", "json") == ask(*SHIRT, "--format", "json"), "-f is --format")
    check(ask(*SHIRT, "-fjson") == ask(*SHIRT, "--format=json"), "-fjson, --format=json")
    check(ask("assess", "-qfcsv", "-j2", MANIFEST)[2] == "", "-q: nothing on standard error")
    check(ask("-q", "assess", "-f", "csv", MANIFEST) == ask("assess", "-qfcsv", MANIFEST),
          "options before the command")
    check(ask(*SHIRT, "--ship-from", "HK") == ask(*SHIRT, "--ship_from", "HK"), "- is _")
    prints("tidewaiter 0.", "-V")
    prints("law edition 20", "duty", "--version")
    says(2, "did you mean --format?", "assess", "--formt", "csv")
    says(2, "choose from table, csv, json, ndjson or parquet", "assess", "-f", "xml", MANIFEST)
    says(2, "choose from table or json", "law", "show", "-f", "csv", "EO-14266")
    says(2, "--keep takes no value", "assess", "--keep=yes", MANIFEST)
    says(2, "--jobs needs a value: --jobs N", "assess", "--jobs")
    says(2, "-j needs a value: -j N", "assess", "-j")
    says(2, "there is no option -x", "assess", "-x")
    says(2, "law list, law show, law diff", "law", "check", "--origin", "CN")
    prints("9903.01.24", *SHIRT, "--explain", "--no-explain")
    check("Why" not in ask(*SHIRT, "--explain", "--no-explain")[1], "--no-explain undoes")


def test_did_you_mean():
    says(2, "did you mean law diff?", "diff", "2025-04-10")
    says(2, "did you mean law show?", "show", "EO-14266")
    says(2, "did you mean duty?", "law", "duty")
    says(2, "did you mean law list?", "law", "lst")
    for typed in ("eo-14195", "EO 14195", "eo14195", "Executive Order 14195"):
        prints("Instrument EO-14195", "law", "show", typed)
    prints("Instrument EO-14195", "law", "show", "EO", "14195")
    prints("Instrument EO-14266", "law", "show", "90 FR 15625")
    prints("Heading 9903.01.63", "law", "show", "99030163")
    prints("Program us.301.list4a", "law", "show", "US-301-List4A")
    prints("Measure us.ieepa.reciprocal.cn.2025_04_10", "law", "show",
           "US.IEEPA.reciprocal.cn-2025-04-10")
    says(2, "did you mean EO-14193, EO-14194, EO-14195?", "law", "show", "EO-1419")


def test_days():
    first = ask("law", "diff", "2025-04-09", "2025-04-11", "--origin", "CN")
    for written in (["2025-04-09..11"], ["2025-04-09..2025-04-11"], ["2025-04-09..04-11"],
                    ["2025-04-09", "2025-04-11"]):
        check(ask("law", "diff", *written, "--origin", "CN") == first, f"law diff {written}")
    for written, said in (("2025-02", "from 2025-02-01 00:00 to 2025-02-28 24:00"),
                          ("2024-02", "from 2024-02-01 00:00 to 2024-02-29 24:00"),
                          ("2025-04..06", "from 2025-04-01 00:00 to 2025-06-30 24:00"),
                          ("2025", "from 2025-01-01 00:00 to 2025-12-31 24:00"),
                          ("2025-12..2026-01", "from 2025-12-01 00:00 to 2026-01-31 24:00")):
        prints(said, "law", "diff", written, "--hts", "6109", "--origin", "CN")
    today = ask("law", "diff", "today")[1].split("\n")[0]
    check(re.fullmatch(r"What changed from (\d{4}-\d\d-\d\d) 00:00 to \1 24:00", today) is not None,
          "today is printed as a day", today)
    for wrong, said in (("2025-13", "is not a day"), ("2025-02-30", "is not a day"),
                        ("2025-05..04", "ends before it begins"), ("2025-05-01..", "has no end"),
                        ("soon", "is not a day"), ("2025-05-01..32", "has no end")):
        says(2, said, "law", "diff", wrong)
    duty = ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--value", "54"]
    says(2, "--on 2025-05 is a period, and one day is required", *duty, "--on", "2025-05")
    says(2, "--loaded 2025-05 is a period", *duty, "--on", "2025-05-02", "--loaded", "2025-05")
    says(2, "is a period", *duty, "--on", "2025-05-02", "--as-known-on", "2025-05")
    says(2, "is a period", "substance", "--on", "2025-05", "acetone")
    says(2, "omit --on", "substance", "--changes", "2025-12", "--on", "2026-01-01")
    check(ask("substance", "--changes", "2025-12-01..31") ==
          ask("substance", "--changes", "2025-12-01", "--on", "2025-12-31"),
          "substance --changes takes a period")
    # The reciprocal duty on China was 84% on 2025-04-09 and 125% from 2025-04-10 00:01 on.
    which = ["law", "list", "--origin", "CN", "--hts", "6109.10.00.12", "--program",
             "us.ieepa.reciprocal", "--kind", "duty", "--on"]
    for on, rates in (("2025-04-09", {"84%"}), ("2025-04-10", {"125%"}),
                      ("2025-04-09..10", {"84%", "125%"}), ("2025-04-11..12", {"125%"})):
        text = ask(*which, on)[1]
        check({"84%", "125%"} & set(re.findall(r"\b\d+%", text)) == rates, f"law list --on {on}",
              text)


def test_config():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "config")

        def given(text, where=path):
            with open(where, "w", encoding="utf-8") as file:
                file.write(text)
            return {"TIDEWAITER_CONFIG": where}

        usual = ask("assess", "-q", "-f", "csv", MANIFEST)
        csv = given("# mine\n\n[assess]\nformat = csv\nquiet = yes\n")
        check(ask("assess", MANIFEST, **csv) == usual, "what only looks is not said")
        check(ask("assess", "-f", "ndjson", MANIFEST, **csv)[1].startswith("{"),
              "the command line goes before the file")
        check(ask("assess", "--no-config", MANIFEST, **csv)[1].startswith("{"), "--no-config")
        check("--format csv (line 4)" in ask("assess", "--verbose", MANIFEST, **csv)[2],
              "--verbose says what the file sets")
        prints("line 4    assess       format = csv", "config", **csv)
        check(ask("config", "--path", **csv)[1] == path + "\n", "config --path")
        money = given("[assess]\nset = into=CA\n\n[duty]\nno-screen = yes\n")
        result = ask("assess", "-q", "-f", "csv", MANIFEST, **money)
        check("--set into=CA (line 2)" in result[2], "what can change money is said, -q or not",
              result[2])
        check("--no-screen" in ask(*SHIRT, **money)[2], "of duty too")
        check("--no-screen" not in ask(*SHIRT, "--screen", **money)[2],
              "what the command line undoes is not said")
        law = given("[law]\ninto = CN\n[law diff]\norigin = US\n")
        check(ask("law", "diff", "2025-04-10", **law)[1] ==
              ask("law", "diff", "2025-04-10", "--into", "CN", "--origin", "US")[1],
              "a group, and a part of it")
        xdg = os.path.join(folder, "x", "tidewaiter")
        os.makedirs(xdg)
        given("[duty]\nformat = json\n", os.path.join(xdg, "config"))
        done = ask(*SHIRT, TIDEWAITER_CONFIG=None, XDG_CONFIG_HOME=os.path.join(folder, "x"))
        check(done.out.startswith("{"), "XDG_CONFIG_HOME")
        for text, line, said in (
                ("colr = never", 1, "did you mean color?"),
                ("\n[asess]", 2, "did you mean [assess]?"),
                ("[assess]\nformt = csv", 2, "did you mean format?"),
                ("[assess]\nformat = tabel", 2, "did you mean table?"),
                ("[assess]\noutput = x", 2, "belongs to a single question"),
                ("[duty]\nvalue = 5", 2, "belongs to a single question"),
                ("help = yes", 1, "belongs to a single question"),
                ("format = csv", 1, "write it under its command"),
                ("hello", 1, "neither [COMMAND] nor OPTION = VALUE"),
                ("[assess", 1, "has no ]"),
                ("[assess]\njobs =", 2, "needs a value"),
                ("wide = maybe", 1, "takes yes or no"),
                ("[assess]\n--format = csv", 2, "omit the dashes"),
                ("a\0b", None, "NUL"),
                ("#" * 70000, None, "64 KiB")):
            result = ask("config", **given(text))
            where = f"{path}:{line}: " if line else path
            check(result[0] == 2 and where in result[2] and said in result[2],
                  f"{text[:40]!r}: {said}", result[2])
        check(ask("assess", "--help", **given("colr = x"))[0] == 0, "help wants no defaults")
        says(2, "cannot be read", "config", TIDEWAITER_CONFIG=os.path.join(folder, "none"))


def test_terminal():
    text = ask(*SHIRT)[1]
    check("\033" not in text, "no color into a pipe")
    check("\033[1m" in ask(*SHIRT, "--color", "always")[1], "--color always")
    check(ask(*SHIRT, "--color", "never")[1] == text, "--color never")
    code, seen = on_terminal([*SHIRT, "--no-pager"])
    check(code == 0 and "\033[1m" in seen, "color on a terminal", seen)
    check("\033" not in on_terminal([*SHIRT, "--no-pager"], NO_COLOR="1")[1], "NO_COLOR")
    check("\033" not in on_terminal([*SHIRT, "--no-pager"], TERM="dumb")[1], "TERM=dumb")
    check("\033" not in on_terminal([*SHIRT, "--no-pager", "--color=never"])[1],
          "--color never on a terminal")
    page = ["law", "show", "us.301.list4a", "--color", "never"]
    for columns in (60, 80, 110):
        lines = on_terminal([*page, "--no-pager"], columns)[1].split("\n")
        longest = max(len(line) for line in lines if "http" not in line)
        check(columns - 30 < longest <= columns, f"a page of {columns} columns: {longest}")
    check(on_terminal([*page, "--no-pager"], 80)[1] == ask(*page)[1], "80 columns into a pipe")
    check(max(map(len, ask(*page, "--wide")[1].split("\n"))) > 120, "--wide breaks no lines")
    table = ["assess", "-qf", "table", MANIFEST]
    check(max(map(len, ask(*table, "--wide")[1].split("\n"))) > 120, "--wide, the table")
    check(max(map(len, ask(*table)[1].split("\n"))) <= 80, "the table is 80 columns wide")


PAGES = (["code"], ["code", "61"], ["code", "6109.10", "--origin", "CN"], ["code", "lithium"],
         ["law", "list"], ["law", "show", "us.301.list4a"], ["law", "show", "9903.01.63"],
         ["law", "diff", "2025-04", "--origin", "CN"], ["law", "diff", "2025-12"],
         ["substance", "acetone"], ["substance", "fentanyl", "--explain"],
         ["substance", "4-piperidone hydrochloride", "--from", "CN", "--into", "US", "--weight",
          "25kg"], ["substance", "acetone", "nosuchthing", "benzyl cyanide"],
         ["substance", "--list"], ["substance", "--list", "--by", "family"],
         ["substance", "--list", "--by", "jurisdiction"], ["substance", "piperid*"],
         ["substance", "--changes", "2025-01-01"])


def cells(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF"
               else 1 for c in line)


def test_widths():
    """No page is wider than the terminal, but by one word; none begins or ends with nothing."""
    for page in PAGES:
        for columns in (60, 80, 120):
            text = on_terminal([*page, "--no-pager", "--color", "never"], columns)[1]
            wide = [line for line in text.split("\n")
                    if cells(line) > columns and " " in line.strip() and "://" not in line]
            check(not wide, f"{page} in {columns} columns", "\n".join(wide))
            check(text[:1] not in ("", "\n") and not text.endswith("\n\n"),
                  f"{page}: a blank line first or last", text[:200])
            check(not re.search(r"[ \t]\n|\n\n\n", text), f"{page}: blanks at an end of a line",
                  text)
    for name in commands():
        check(not re.search(r"[ \t]\n|\n\n\n", ask(*name.split(), "--help")[1]),
              f"{name} --help: blanks at an end of a line")
    check(max(map(cells, ask("--help")[1].split("\n"))) <= 80, "the overview is 80 columns wide")
    rows = ask("substance", "--list")[1].splitlines()
    check(len(rows) > 200 and all("]: " in row for row in rows),
          "into a pipe a substance is a line")


def test_code():
    notice = "It is a look-up aid; it does not classify goods."
    for form in ("table", "json"):
        code, text, error = ask("code", "lithium batteries", "-f", form)
        check(code == 0 and notice in text and not error, f"code -f {form} classifies nothing")
    for form in ("csv", "ndjson"):
        code, text, error = ask("code", "lithium batteries", "-f", form)
        check(code == 0 and notice not in text and error == f"tidewaiter: code: {notice}\n",
              f"code -f {form} says beside the rows that it classifies nothing", error)
        check(ask("code", "lithium batteries", "-qf", form) == (0, text, ""), f"code -q {form}")
    says(2, 'code: "1" has 1 digit: ', "code", "1")
    says(2, 'code: "123" has 3 digits: ', "code", "123")
    prints(", the first of them\n", "code", "cotton shirt", "--limit", "1")
    code, text, _ = ask("code", "9999999999")
    check(code == 1 and "There is no code 9999.99.99.99" in text and "more\n" in text and
          len(text.split("\n")) < 120, "a code that is not there is no chapter", text)


def test_pager():
    whole = ask("assess", "--help")[1]
    long = ["law", "list", "--no-quiet"]
    code, seen = on_terminal(long, PAGER="head -n 1")
    check(seen.startswith("Measures in force") and len(seen) < 200,
          "who leaves the pager early sees no error", seen)
    for pager, part in (("sed -n 1,2p", "\n".join(whole.split("\n")[:2]) + "\n"),
                        ("no-such-pager --x", whole), ("cat", whole), ("", whole)):
        code, seen = on_terminal(["assess", "--help"], PAGER=pager)
        check(code == 0 and seen == part, f"PAGER={pager!r}", seen)
    check(ask("assess", "--help", PAGER="sed -n 1,2p")[1] == whole, "no pager into a pipe")
    with tempfile.TemporaryDirectory() as folder:
        code, seen = on_terminal(["assess", "--help"], PAGER=f"tee {folder}/a;b {folder}/$(c)")
        check(code == 0 and sorted(os.listdir(folder)) == ["$(c)", "a;b"],
              f"no shell reads PAGER: {os.listdir(folder)}")
    code, seen = on_terminal(["assess", MANIFEST, "--color", "never"], PAGER="sed -n 1,3p")
    check(code == 1 and -1 < seen.find("ID  ") < seen.find("Refused for"),
          "the totals stand under the page", seen)


def options_of(name):
    """All options that the help of a command shows, and its short ones."""
    text = ask(*name.split(), "--help")[1]
    return set(re.findall(r"^  (?:-\w, |    )(--[a-z][a-z0-9-]*)", text, flags=re.M))


def bash(*words):
    """What bash offers for the last word."""
    script = ('source <("$0" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); '
              '_tidewaiter; printf "%s\\n" "${COMPREPLY[@]}"')
    done = run("bash", "--norc", "-c", script, PROGRAM, PROGRAM, *words, cwd=ROOT)
    check(done.code == 0, f"bash completes {words}", done.err)
    return done.out.split()


def fish(line):
    done = run("fish", "--no-config", "-c",
               "tidewaiter completion fish | source; complete -C $argv[1]", line, cwd=ROOT,
               HOME="/nonexistent", PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])
    return [offer.split("\t")[0] for offer in done.out.split("\n") if offer]


def zsh(*words):
    """The words of the call of _arguments with which zsh would complete."""
    script = ('autoload -Uz compinit; compinit -D -u; source <($0 completion zsh); '
              '_arguments() { print -rl -- "$words[1]" "$@" }; words=("$@"); CURRENT=$#; '
              '_tidewaiter')
    return run("zsh", "-f", "-c", script, PROGRAM, PROGRAM, *words, cwd=ROOT).out.split("\n")


def test_bash():
    check("diff" in bash("law", "") and "assess" not in bash("law", ""), "bash: law")
    check("law" in bash("") and "diff" not in bash(""), "bash: the commands")
    check(bash("assess", "--format", "c") == ["csv"], "bash: a format")
    check(bash("assess", "--format", "=", "c") == ["csv"], "bash: --format=c")
    check(bash("assess", "-f", "") == ["table", "csv", "json", "ndjson", "parquet"], "bash: -f")
    check("CN" in bash("duty", "--origin", "C") and "US" not in bash("duty", "--origin", "C"),
          "bash: countries")
    check({"US", "CN", "CA"} <= set(bash("law", "list", "--into", "")), "bash: --into")
    check("EO-14195" in bash("law", "show", "EO-14"), "bash: acts")
    check("us.301.list4a" in bash("law", "show", "us.301"), "bash: programs")
    check(bash("duty", "--channel", "p") == ["postal"], "bash: channels")
    check("entered=" in bash("assess", "--set", "en"), "bash: columns")
    check("usmca" in bash("duty", "--claim", "us"), "bash: claims")
    check("README.md" in bash("assess", "READ"), "bash: files")
    check(bash("law", "check", "la") == ["law"], "bash: folders")
    check(bash("--color", "never", "law", "di") == ["diff"], "bash: options before the command")
    check(set(bash("help", "")) == set(bash("")) and len(bash("")) > 6, "bash: help")
    check(bash("help", "law", "") == bash("law", "") and "diff" in bash("law", ""),
          "bash: help law")
    check(bash("-q", "help", "law", "di") == ["diff"], "bash: help law di")
    check(not bash("help", "duty", "") and not bash("help", "law", "diff", ""),
          "bash: nothing behind a command")
    for name in commands():
        check(set(bash(*name.split(), "--")) == options_of(name), f"bash: options of {name}")


def test_zsh():
    if not shutil.which("zsh"):
        leave_out("zsh", "there is none")
        return
    seen = zsh("law", "diff", "")
    check(seen[0] == "diff" and any(line.startswith("--origin[") for line in seen),
          "zsh: law diff", "\n".join(seen))
    for name in commands():
        seen = "\n".join(zsh(*name.split(), ""))
        for option in options_of(name):
            check(f"{option}[" in seen, f"zsh: {name} {option}", seen)
    check("(table csv json ndjson parquet)" in "\n".join(zsh("assess", "")), "zsh: formats")


def test_zsh_typed():
    """The script in a zsh at work: what stands on the line after a tab."""
    if not shutil.which("zsh"):
        return
    child, terminal = pty.fork()
    if not child:
        os.chdir(ROOT)
        os.environ.update({"TERM": "dumb", "PS1": "> ", "TIDEWAITER_CONFIG": "",
                           "PATH": os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]})
        os.execvp("zsh", ["zsh", "-f", "-i"])

    def until(text):
        """Reads until the text stands there."""
        seen, end = "", time.time() + 30
        while text not in seen and time.time() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                seen += os.read(terminal, 65536).decode("utf-8", "replace")
        return seen

    os.write(terminal, b"autoload -Uz compinit; compinit -D -u; source <(tidewaiter completion "
                       b"zsh); print rea''dy\n")
    until("ready\r")
    for typed, expected in (("tidewaiter law di", "tidewaiter law diff "),
                            ("tidewaiter law show EO-1426", "tidewaiter law show EO-14266 "),
                            ("tidewaiter assess -f c", "tidewaiter assess -f csv "),
                            ("tidewaiter assess READ", "tidewaiter assess README.md "),
                            ("tidewaiter help law di", "tidewaiter help law diff "),
                            ("tidewaiter help su", "tidewaiter help substance "),
                            ("tidewaiter law ", "import-schedule ")):
        os.write(terminal, typed.encode() + b"\t")
        seen = until(expected)
        check(expected in seen, f"zsh, typed: {typed}", seen)
        os.write(terminal, b"\x15print nex''t\n")
        until("next\r")
    os.close(terminal)
    os.waitpid(child, 0)


def test_fish():
    if not shutil.which("fish"):
        leave_out("fish", "there is none")
        return
    check(fish("tidewaiter law d") == ["diff"], "fish: law d")
    check(fish("tidewaiter help law d") == ["diff"] and "law" in fish("tidewaiter help ") and
          not fish("tidewaiter help duty "), "fish: help")
    check("csv" in fish("tidewaiter assess -f "), "fish: formats")
    check("EO-14195" in fish("tidewaiter law show EO-1419"), "fish: acts")
    check(fish("tidewaiter duty --channel p") == ["postal"], "fish: channels")
    for name in ("assess", "law diff", "duty"):
        check(set(fish(f"tidewaiter {name} --")) == options_of(name), f"fish: options of {name}")


def test_columns():
    """Every column of a line is an option of duty and named in the help of assess."""
    columns = ask("completion", "values", "columns")[1].replace("=", "").split()
    check(len(columns) > 30, f"there are columns: {len(columns)}")
    duty, assess = options_of("duty"), ask("assess", "--help")[1].split()
    for column in columns:
        check(column == "claims" or "--" + column.replace("_", "-") in duty, f"duty --{column}")
        check(column in assess, f"assess --help names the column {column}")


def test_list_formats():
    """law list says the same measures in each form."""
    words = ["law", "list", "--on", "2025-05-02", "--format"]
    array = json.loads(ask(*words, "json")[1])["measures"]
    lines = [json.loads(line) for line in ask(*words, "ndjson")[1].splitlines()]
    rows = list(csv.DictReader(ask(*words, "csv")[1].splitlines()))
    check(array == lines and len(array) > 50, "law list: json and ndjson")
    check([m["id"] for m in array] == [row["measure"] for row in rows], "law list: csv")
    for measure, row in zip(array, rows):
        same = all(row[name] == measure.get(name, "") for name in
                   ("program", "kind", "into", "title", "heading", "rate", "scope", "when",
                    "confidence"))
        origins = measure["origins"]
        check(same and row["origins"] == (origins if origins == "all" else " ".join(origins)) and
              row["from_by"] == measure.get("from", {}).get("by", ""), f"law list: {row}")


def test_diff_formats():
    """law diff tells the same changes in each form, of duties and of controls."""
    for days in (["2025-04"], ["2025-12"], ["2026-02", "--into", "US"],
                 ["--announced", "2025-04-11"], ["2025-07-20", "--into", "CN"]):
        words = ["law", "diff", *days, "--format"]
        array = json.loads(ask(*words, "json")[1])
        lines = [json.loads(line) for line in ask(*words, "ndjson")[1].splitlines()]
        rows = list(csv.DictReader(ask(*words, "csv")[1].splitlines()))
        check(lines == array["changes"] + array["chemicals"] + array["refunds"] and lines,
              f"law diff {days}: ndjson")
        check(len(rows) == len(lines), f"law diff {days}: csv has {len(rows)} of {len(lines)}")
        for line, row in zip(lines, rows):
            control, refund = "substance" in line, "kind" in line and "id" in line
            side = {name: line.get(name, {}).get("rate", "") for name in ("before", "after")}
            if control:
                on = ", ".join(filter(None, (line["list"], line.get("code"))))
                side = {"before": on if line["what"] == "ends" else "",
                        "after": "" if line["what"] == "ends" else on}
            if refund:
                side = {"before": line["id"] if line["what"] == "ends" else "",
                        "after": "" if line["what"] == "ends" else line["id"]}
            kind = "control " if control else "refund rule " if refund else ""
            same = (row["at"] == line.get("at", line.get("day")) and
                    row["into"] == line.get("into", line.get("jurisdiction", "US")) and
                    row["what"] == kind + line["what"] and
                    row["program"] == line.get("program", "") and
                    row["goods"] == line.get("substance", " ".join(line.get("codes", []))) and
                    row["before"] == side["before"] and row["after"] == side["after"] and
                    row["by"] == (" ".join(line["by"]) if kind else line.get("by", "")) and
                    (control or row["text"] == line["text"]) and row["text"])
            check(same, f"law diff {days}: {row} {line}")


def rows_of(*arguments):
    return list(csv.DictReader(ask(*arguments, "--format", "csv")[1].splitlines()))


def test_substance_formats():
    """substance says the same in each form, of names, lists and changes."""
    for route in ([], ["--from", "CN", "--into", "US", "--weight", "25kg"]):
        names = ["acetone", "4-piperidone", "nosuchthing", "tablet press", "benzyl cyanide"]
        words = ["substance", *names, *route, "--on", "2025-08-01"]
        answers = [json.loads(line) for line in ask(*words, "-f", "ndjson")[1].splitlines()]
        check(ask(*words, "-f", "json") == ask(*words, "-f", "ndjson"), "substance: json of names")
        rows = rows_of(*words)
        check([a["asked"] for a in answers] == names, "substance: an object a name")
        for answer in answers:
            mine = [row for row in rows if row["asked"] == answer["asked"]]
            there = {(s["substance"], s["certainty"], c["jurisdiction"], c["list"], c["code"],
                      c["threshold"], c["since"], c["confidence"], " ".join(c["by"]))
                     for s in answer["substances"] for c in s["controls"]}
            told = {(row["substance"], row["certainty"], row["jurisdiction"], row["list"],
                     row["code"], row["threshold"], row["since"], row["confidence"], row["by"])
                    for row in mine if row["list"]}
            check(mine and there == told, f"substance {answer['asked']}: csv {there ^ told}")
            check({row["lane"] for row in mine if row["substance"]} ==
                  {s["lane"] for s in answer["substances"]}, f"{answer['asked']}: lanes")
    array = json.loads(ask("substance", "--list", "-f", "json")[1])["substances"]
    lines = [json.loads(line) for line in
             ask("substance", "--list", "-f", "ndjson")[1].splitlines()]
    check(array == lines and [row["substance"] for row in rows_of("substance", "--list")] ==
          [s["substance"] for s in array] and len(array) > 200, "substance --list")
    array = json.loads(ask("substance", "--changes", "2025", "-f", "json")[1])["changes"]
    lines = [json.loads(line) for line in
             ask("substance", "--changes", "2025", "-f", "ndjson")[1].splitlines()]
    rows = rows_of("substance", "--changes", "2025")
    check(array == lines and len(array) > 20 and
          [dict(row, by=row["by"].split()) for row in rows] ==
          [dict({"list_en": ""}, **change) for change in array], "substance --changes")
    check(rows_of("substance", "piperid*")[0]["substance"] == "4-piperidone", "a list alone")
    says(2, 'substance: "piperid*" is a list with columns of its own', "substance", "acetone",
         "piperid*", "-f", "csv")


def test_any_config():
    """Whatever stands in a file of defaults, the run ends in order and names the line."""
    dice = random.Random(8)
    pieces = ["[assess]", "[law diff]", "[", "]", "format", "=", "csv", "map", "A=hts", "\n", "\n",
              " ", "\t", "#", '"', "color = never", "quiet=yes", "\r\n", "é", "\xff", "jobs = 2",
              "x" * 300, "--", "no", "set = into=US", "[duty]"]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "config")
        for round_ in range(80):
            text = "".join(dice.choice(pieces) for _ in range(dice.randrange(1, 25)))
            with open(path, "w", encoding="latin-1") as file:
                file.write(text)
            code, _, error = ask("config", TIDEWAITER_CONFIG=path)
            check(code == 0 and not error or
                  code == 2 and re.match(rf"tidewaiter: {re.escape(path)}:\d+: ", error),
                  f"config {round_}: {text!r}", f"exit {code}: {error}")


def test_completion_values():
    for kind in ("countries", "into", "columns", "claims", "programs", "law", "commands", "days",
                 "channels", "transports"):
        values = ask("completion", "values", kind)[1].split()
        check(values and len(set(values)) == len(values), f"completion values {kind}")
    says(2, "did you mean countries?", "completion", "values", "countris")
    says(2, "name the shell", "completion")
    says(2, "did you mean bash?", "completion", "bsh")


def test_pages():
    """Each command has a page with all its options; the library's names all its functions."""
    for name in ["", *commands(), "law"]:
        source = ask("help", "--format", "scdoc", *name.split())[1]
        page = "tidewaiter" + ("-" if name else "") + name.replace(" ", "-")
        check(source.startswith(f"{page}(1)\n"), f"source of {page}(1)")
        for option in options_of(name) if name and name != "law" else ():
            check(f"*{option}*" in source, f"{page}(1) has {option}")
        if HAS_PAGES:
            check(os.path.getsize(os.path.join(MAN, page + ".1")) > 500, f"{page}.1")
    if not HAS_PAGES:
        leave_out("manual pages", "they were not built")
        return
    for library, example in (("tidewaiter", "example"), ("tidewaiter_arrow", "arrow_example"),
                             ("tidewaiter_law", "law_example")):
        if not os.path.exists(os.path.join(MAN, library + ".3")):
            leave_out(f"{library}(3)", "it was not built")
            continue
        with open(os.path.join(ROOT, "include", library + ".h"), encoding="utf-8") as file:
            functions = set(re.findall(r"^TW_API [^;(]*?(\w+)\(", file.read(), flags=re.M))
        with open(os.path.join(MAN, library + ".3"), encoding="utf-8") as file:
            text = file.read()
        for function in functions:
            check(f"\\fB{function}\\fR()" in text, f"{library}(3) has {function}")
        with open(os.path.join(ROOT, "docs", "man", example + ".c"), encoding="utf-8") as file:
            shown = file.read().count("\\n")
        check(shown and text.count("\\\\n") == shown, f"{library}(3): its example has its line ends")
    with open(os.path.join(MAN, "tidewaiter-duty.1"), encoding="utf-8") as file:
        check(re.search(r"\\\\$", file.read(), flags=re.M), "tidewaiter-duty(1): a command of two lines")
    with open(os.path.join(MAN, "tidewaiter-law.5"), encoding="utf-8") as file:
        text = file.read()
    for word in ("instruments:", "yields:", "schedule"):
        check(word in text, f"tidewaiter-law(5) has {word}")
    done = run(os.path.join(MAN, "example"))
    check(done.out == "91.26 USD, 169%\n", "the example of tidewaiter(3)", done.out)
    done = run(os.path.join(MAN, "arrow_example"))
    check(done.out == "91.26\n0.00\n", "the example of tidewaiter_arrow(3)", done.out)
    if os.path.exists(os.path.join(MAN, "law_example")):
        done = run(os.path.join(MAN, "law_example"), os.path.join(ROOT, "law"))
        check(re.match(r"edition \S+: \d+ measures, ", done.out) and '"what":"begins"' in done.out,
              "the example of tidewaiter_law(3)", done.out)


def main():
    for test in (test_help, test_options, test_did_you_mean, test_days, test_config, test_terminal, test_widths,
                 test_code, test_pager, test_bash, test_zsh, test_zsh_typed,
                 test_fish, test_columns, test_list_formats, test_diff_formats, test_substance_formats, test_any_config, test_completion_values, test_pages):
        test()
    return finish()


sys.exit(main())
