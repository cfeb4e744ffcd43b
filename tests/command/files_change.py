#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files that change under the program, or are none: a rulebook that is truncated or overwritten
during a run, one that is compiled over another, a FIFO or device where law or a rulebook should be.

    files_change.py PROGRAM LAW_FOLDER
"""
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time

sys.path.append(sys.path[0] + "/..")
from lib import check, environment, finish, run  # noqa: E402

PROGRAM, LAW = (os.path.abspath(path) for path in sys.argv[1:3])
LINE = "7301100000,CN,2025-05-02,54\n"
BATCH = 20000  # lines: more than what is read ahead


def compiled(folder, name, *options):
    path = os.path.join(folder, name)
    done = run(PROGRAM, "--no-config", "law", "compile", "--law", LAW, *options, "-o", path, timeout=120)
    check(not done.code, f"{name} is compiled", done.err)
    return path


def during(folder, change, what):
    """A run whose rulebook is changed after the first answers; its answers all bear one law."""
    path = os.path.join(folder, "used.rulebook")
    shutil.copyfile(os.path.join(folder, "one.rulebook"), path)
    out = os.path.join(folder, "out")
    with open(out, "wb") as answers:
        program = subprocess.Popen([PROGRAM, "--no-config", "assess", "--rulebook", path, "--format", "ndjson",
                                    "--quiet", "-"], stdin=subprocess.PIPE, stdout=answers,
                                   stderr=subprocess.PIPE, env=environment())
        program.stdin.write(("hts,origin,entered,value\n" + LINE * BATCH).encode())
        program.stdin.flush()
        while not os.path.getsize(out) and program.poll() is None:
            time.sleep(0.01)
        change(path)
        try:
            program.stdin.write((LINE * BATCH).encode())
            program.stdin.close()
        except BrokenPipeError:
            pass
        message = program.stderr.read().decode()
        code = program.wait(timeout=120)
    with open(out, encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    check(code == 0 and len(found) == 2 * BATCH, f"{what}: {code}, {len(found)} answers", message)
    said = {(answer["law"]["sha256"], answer["status"], answer["duty"]["amount"]) for answer in found}
    check(len(said) == 1, f"{what}: one law, one answer", said)


def overwrite(folder):
    def change(path):
        with open(os.path.join(folder, "two.rulebook"), "rb") as other, open(path, "r+b") as file:
            file.write(other.read())
            file.truncate()
    return change


def test_run(folder):
    one, two = compiled(folder, "one.rulebook"), compiled(folder, "two.rulebook", "--as-known-on", "2025-01-15")
    with open(one, "rb") as first, open(two, "rb") as second:
        check(first.read() != second.read(), "two laws")
    during(folder, lambda path: os.truncate(path, 0), "truncated")
    during(folder, lambda path: os.truncate(path, os.path.getsize(path) // 2), "cut in half")
    during(folder, overwrite(folder), "overwritten by another law")
    during(folder, lambda path: os.replace(os.path.join(folder, "two.rulebook"), path), "renamed over")
    during(folder, os.unlink, "unlinked")


def test_compile(folder):
    """A rulebook that is there is replaced in one step, and stays what it was to whom it belongs."""
    path = compiled(folder, "kept.rulebook")
    os.chmod(path, 0o640)
    link = os.path.join(folder, "link.rulebook")
    os.symlink("kept.rulebook", link)
    with open(path, "rb") as open_before:
        before = open_before.read()
        compiled(folder, "link.rulebook", "--as-known-on", "2025-01-15")
        open_before.seek(0)
        check(open_before.read() == before, "who has it open reads what it was")
    check(os.path.islink(link), "a link stays a link")
    with open(path, "rb") as file:
        check(file.read() != before, "what it points to is replaced")
    check(stat.S_IMODE(os.stat(path).st_mode) == 0o640, "its permissions are kept",
          oct(os.stat(path).st_mode))
    with open(path, "rb") as file:
        before = file.read()
    law = shutil.copytree(LAW, os.path.join(folder, "broken"))
    with open(os.path.join(law, "coverage.yaml"), "a", encoding="utf-8") as file:
        file.write("no_such_key: 1\n")
    done = run(PROGRAM, "--no-config", "law", "compile", "--law", law, "-o", path)
    with open(path, "rb") as file:
        check(done.code == 2 and file.read() == before, "a law with an error replaces nothing", done)
    left = [name for name in os.listdir(folder) if "XXXXXX" in name or name.startswith(".tidewaiter-")]
    check(not left, "nothing is left beside", left)
    full = run(PROGRAM, "--no-config", "law", "compile", "--law", LAW, "-o", "/dev/full")
    check(full.code == 2 and "No space left" in full.err, "a full device is an error", full)


def test_none(folder):
    """What would be waited for, or never ends, is an error at once."""
    fifo = os.path.join(folder, "fifo")
    os.mkfifo(fifo)
    for path in (fifo, "/dev/zero", "/dev/null", folder):
        done = run(PROGRAM, "--no-config", "duty", "--rulebook", path, "--hts", "7301100000", "--origin", "CN",
                   "--on", "2025-05-02", "--value", "54", timeout=20)
        check(done.code == 2 and path in done.err, f"--rulebook {path}", done)
    for name in ("coverage.yaml", "us/schedule.tsv", "claims.yaml"):
        for kind in ("fifo", "/dev/zero", "folder"):
            law = shutil.copytree(LAW, os.path.join(folder, "law"))
            os.unlink(os.path.join(law, name))
            if kind == "fifo":
                os.mkfifo(os.path.join(law, name))
            elif kind == "folder":
                os.mkdir(os.path.join(law, name))
            else:
                os.symlink(kind, os.path.join(law, name))
            done = run(PROGRAM, "--no-config", "law", "check", "--law", law, timeout=20)
            check(done.code == 2 and name in done.err and "plain file" in done.err, f"{name}: {kind}", done)
            shutil.rmtree(law)
    law = shutil.copytree(LAW, os.path.join(folder, "law"))
    os.mkfifo(os.path.join(law, "us/duties/more.yaml"))
    done = run(PROGRAM, "--no-config", "law", "check", "--law", law, timeout=20)
    check(done.code == 2 and "more.yaml" in done.err, "a FIFO among the duties", done)


with tempfile.TemporaryDirectory() as temporary:
    for test in (test_run, test_compile, test_none):
        os.mkdir(os.path.join(temporary, test.__name__))
        test(os.path.join(temporary, test.__name__))
sys.exit(finish())
