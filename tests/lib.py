# SPDX-License-Identifier: Apache-2.0
"""What the tests in Python stand on: run the program, hold what it says against what it should
say, change a copy of a law, and end so that nobody takes a test that did nothing for a good one.

A test says `check(holds, what, seen)` and ends with `sys.exit(finish())`: failed is a check that
did not hold, and a run in which no check was made. `skip(reason)` ends a test that cannot run
here. The environment of what it runs is the same wherever it is started.
"""
import collections
import contextlib
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SKIPPED = 77  # what meson takes for skipped
SHOWN = int(os.environ.get("TESTS_SHOW", "40"))  # failures that are printed; all are counted
_tally = collections.Counter()
Result = collections.namedtuple("Result", "code out err")


def check(holds, what, seen=""):
    """Counts, and prints what does not hold with what was seen instead. Gives `holds` back."""
    _tally["passed" if holds else "failed"] += 1
    if not holds and _tally["failed"] <= SHOWN:
        shown = seen if isinstance(seen, str) else repr(seen)
        print("FAIL", what, *(["\n  " + shown[:2000]] if shown else []), flush=True)
    return bool(holds)


def equal(seen, wanted, what):
    return check(seen == wanted, what, f"expected {wanted!r}\n  came     {seen!r}")


def leave_out(what, why):
    """A part of a test that cannot run here: counted and said."""
    _tally["skipped"] += 1
    print(f"SKIP {what}: {why}", flush=True)


def skip(why):
    """Ends a test none of which can run here."""
    print("SKIP:", why)
    sys.exit(SKIPPED)


def finish(note=""):
    """The exit code; nothing checked is a failure."""
    passed, failed, skipped = (_tally[key] for key in ("passed", "failed", "skipped"))
    if note:
        print(note)
    if failed > SHOWN:
        print(f"and {failed - SHOWN} more failures")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    if not passed and not failed:
        print("FAIL: nothing was checked")
    return 0 if passed and not failed else 1


def environment(**settings):
    """That of the caller without what changes answers or their look. None takes a name out."""
    made = {name: value for name, value in os.environ.items()
            if name not in ("NO_COLOR", "PAGER", "COLUMNS", "LESS")}
    made.update({"TIDEWAITER_CONFIG": "", "LC_ALL": "C.UTF-8"})
    for name, value in settings.items():
        made.pop(name, None)
        if value is not None:
            made[name] = value
    return made


def run(program, *arguments, given=None, cwd=None, binary=False, timeout=900, **settings):
    """Exit code, output and messages of a command; `given` is its input, text or bytes."""
    given = given.encode("utf-8") if isinstance(given, str) else given
    words = [word if isinstance(word, bytes) else str(word) for word in (program, *arguments)]
    done = subprocess.run(words, cwd=cwd, env=environment(**settings), input=given or b"",
                          capture_output=True, timeout=timeout, check=False)
    out, err = done.stdout, done.stderr
    if not binary:
        out, err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
    return Result(done.returncode, out, err)


def table(columns, rows):
    """Rows, lists or dictionaries, as the text of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] if isinstance(row, dict) else row
                     for row in rows)
    return out.getvalue()


def answers(program, columns, rows, *options):
    """What `assess` answers to rows; a program that fails ends the test, fewer answers fail it."""
    rows = list(rows)
    done = run(program, "assess", "--format", "ndjson", *options, "-", given=table(columns, rows))
    if done.code not in (0, 1):
        sys.exit(f"{program}: exit code {done.code}\n{done.err[:2000]}")
    found = [json.loads(line) for line in done.out.splitlines()]
    if len(found) != len(rows):
        check(False, f"{len(rows)} lines have {len(found)} answers", done.err)
    return found


def write(path, content):
    """A file of text or bytes, its folders made."""
    path = pathlib.Path(os.fsdecode(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return str(path)


def compare(path, text, update=False, what=None):
    """The text against a file that somebody has read; with `update` the file is written."""
    what = what or os.path.relpath(path, ROOT)
    before = None
    if os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as file:
            before = file.read()
    if before != text and update:
        write(path, text)
        print("wrote", what)
        before = text
    if before == text:
        return check(True, what)
    old, new = (before or "").split("\n"), text.split("\n")
    for number in range(max(len(old), len(new))):
        one, two = (lines[number] if number < len(lines) else "(nothing)" for lines in (old, new))
        if one != two:
            return check(False, what, f"line {number + 1}\n  - {one[:300]}\n  + {two[:300]}")
    return check(False, what, "is missing")


class Law:
    """A copy of a law, to change."""

    def __init__(self, source, folder):
        self.at = pathlib.Path(folder) / "law"
        shutil.copytree(source, self.at)

    def __fspath__(self):
        return str(self.at)

    __str__ = __fspath__

    def read(self, path):
        return (self.at / path).read_text(encoding="utf-8")

    def write(self, path, content):
        return write(self.at / path, content)

    def append(self, path, text):
        return self.write(path, self.read(path) + text)

    def replace(self, path, old, new):
        """The first place of `old`; that it is not there would make the test an empty one."""
        text = self.read(path)
        if old not in text:
            sys.exit(f"{path} does not hold {old!r}: nothing to change")
        return self.write(path, text.replace(old, new, 1))

    def drop(self, path):
        (self.at / path).unlink()


@contextlib.contextmanager
def changed_law(source):
    """A copy of a law that lasts as long as the block."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-law-") as folder:
        yield Law(source, folder)
