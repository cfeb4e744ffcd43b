#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small files as people send them, each with the reading that was worked out by hand.

    run.py PROGRAM [NAME...]    all samples, or those whose name begins so

A sample is NAME.EXT here, or a function of make.py that gives its bytes; what must come of it
stands in NAME.expect. README.md has the form. Each sample is read twice, by its name and from a
pipe, and both must give the same answers.
"""
import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import make

sys.path.append(sys.path[0] + "/..")
from lib import check, environment, finish, leave_out  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
KEYS = {"options", "exit", "stderr", "not", "stdout", "piped", "needs"}
OTHERS = (".expect", ".py", ".md", ".build", ".profile", ".rates")


class Expected:
    """What NAME.expect says."""

    def __init__(self, path):
        self.options, self.exit, self.piped, self.needs = [], 0, True, None
        self.stderr, self.absent, self.stdout, self.answers = [], [], [], None
        with open(path, encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        for number, line in enumerate(lines, 1):
            if line == "answers:":
                rows = list(csv.reader(io.StringIO("\n".join(lines[number:]))))
                self.answers = [row for row in rows if row]
                break
            if line.startswith("#") or not line.strip():
                continue
            key, colon, value = line.partition(":")
            if not colon or key not in KEYS:
                sys.exit(f"{path}:{number}: `{line}` is none of {', '.join(sorted(KEYS))}, answers")
            self.take(key, value.strip())

    def take(self, key, value):
        if key == "options":
            self.options += shlex.split(value)
        elif key == "exit":
            self.exit = int(value)
        elif key == "piped":
            self.piped = value == "yes"
        elif key == "needs":
            self.needs = value
        else:
            {"stderr": self.stderr, "not": self.absent, "stdout": self.stdout}[key].append(value)


def at(answer, path):
    """The text of an answer at a dotted path; members of a list stand with | between."""
    if isinstance(answer, list):
        return "|".join(at(member, path) for member in answer)
    if not path:
        if answer is None:
            return ""
        return json.dumps(answer) if isinstance(answer, (bool, dict)) else str(answer)
    if not isinstance(answer, dict):
        return ""
    # Names with a dot in them, as kept columns have, are taken whole.
    if ".".join(path) in answer:
        return at(answer[".".join(path)], [])
    return at(answer.get(path[0]), path[1:])


def fits(expected, text):
    """~TEXT: is found in it; else it is equal."""
    return expected[1:] in text if expected.startswith("~") else expected == text


def compare_answers(expected, output):
    header, *rows = expected
    try:
        answers = [json.loads(line) for line in output.splitlines()]
    except ValueError as problem:
        return [f"the output is not NDJSON: {problem}"]
    faults = []
    if len(answers) != len(rows):
        faults.append(f"{len(rows)} answers expected, {len(answers)} came")
    for number, (row, answer) in enumerate(zip(rows, answers), 1):
        if len(row) != len(header):
            faults.append(f"row {number} of the expectation has {len(row)} cells, not {len(header)}")
        for name, cell in zip(header, row):
            text = at(answer, name.split("."))
            if not fits(cell, text):
                faults.append(f"answer {number}, {name}: expected `{cell}`, came `{text}`")
    return faults


def lines_missing(kind, expected, text):
    lines = text.split("\n")
    return [f"no line of {kind} has `{part}`" for part in expected
            if not any(part in line for line in lines)]


def run(program, expected, folder, name, piped):
    """The faults of one run; None if the program was built without what the sample needs."""
    command = [program, "assess", *expected.options, "-" if piped else name]
    settings = environment(TIDEWAITER_CONFIG=None, HOME=folder, XDG_CONFIG_HOME=folder)
    with open(os.path.join(folder, name), "rb") as file:
        body = file.read() if piped else None
    result = subprocess.run(command, cwd=folder, env=settings, input=body,
                            stdin=None if piped else subprocess.DEVNULL, capture_output=True,
                            check=False)
    output, errors = (stream.decode("utf-8", "replace") for stream in (result.stdout, result.stderr))
    if expected.needs and re.search("built without", errors):
        return None
    faults = []
    if result.returncode != expected.exit:
        faults.append(f"exit code {expected.exit} expected, {result.returncode} came")
    if expected.answers:
        faults += compare_answers(expected.answers, output)
    faults += lines_missing("standard output", expected.stdout, output)
    if not piped:
        faults += lines_missing("standard error", expected.stderr, errors)
        faults += [f"standard error has `{part}`" for part in expected.absent if part in errors]
    if faults and errors:
        faults.append("standard error was:\n      " + errors.strip().replace("\n", "\n      ")[:1500])
    return faults


def main():
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    files = {name: None for name in sorted(os.listdir(HERE))
             if not name.endswith(OTHERS) and os.path.isfile(os.path.join(HERE, name))}
    files.update(make.SAMPLES)
    expectations = {name[:-len(".expect")] for name in os.listdir(HERE) if name.endswith(".expect")}
    stems = {name.partition(".")[0]: name for name in files}
    for stem in sorted(expectations ^ set(stems)):
        check(False, stem, "has no sample" if stem in expectations else "has no .expect")
    with tempfile.TemporaryDirectory(prefix="tidewaiter-files-") as folder:
        for name in os.listdir(HERE):
            if name in files or name.endswith((".profile", ".rates")):
                with open(os.path.join(HERE, name), "rb") as source, \
                        open(os.path.join(folder, name), "wb") as copy:
                    copy.write(source.read())
        for name, content in make.SAMPLES.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content())
        for stem in sorted(expectations & set(stems)):
            if wanted and not stem.startswith(tuple(word.partition(".")[0] for word in wanted)):
                continue
            expected = Expected(os.path.join(HERE, stem + ".expect"))
            faults = run(program, expected, folder, stems[stem], False)
            if faults is not None and expected.piped:
                faults += ["from a pipe: " + fault
                           for fault in run(program, expected, folder, stems[stem], True) or []]
            if faults is None:
                leave_out(stems[stem], f"the program was built without {expected.needs}")
            else:
                check(not faults, stems[stem], "\n    ".join(faults))
    return finish()


if __name__ == "__main__":
    sys.exit(main())
