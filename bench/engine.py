#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the engine alone costs: tw_assess on prepared lines of generate.py, on one core.

    engine.py BUILD                        BUILD: a build directory, --buildtype=release
    engine.py BUILD --more                 and under a law of ten times the measures (more_law.py)
    engine.py BUILD --write FILE.md        the table as text

Time: CPU of one thread, medians of rounds over all lines, the law of the build and the other one in
turn. Instructions: callgrind, where valgrind is installed, tw_assess alone. Start: `duty` from start
to end.
"""
import argparse
import datetime
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ONE = ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02", "--value", "54"]
STARTS = 31


def run(command, **more):
    done = subprocess.run(command, check=False, capture_output=True, text=True, **more)
    if done.returncode not in (0, 1):
        sys.exit("%s: %s" % (" ".join(command), done.stderr))
    return done.stdout


def generate(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(lines)], stdout=file,
                       check=True)
    return path


def instructions(bench, folder, lines=3000):
    """A line, of tw_assess and what it calls; None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    out = os.path.join(folder, "callgrind.out")
    run(["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out, "--collect-atstart=no",
         "--toggle-collect=tw_assess", bench, generate(os.path.join(folder, "few.csv"), lines),
         "--rounds", "1"])
    with open(out, encoding="utf-8", errors="replace") as file:
        found = re.search(r"^(?:summary|totals): (\d+)", file.read(), re.M)
    return int(found.group(1)) / lines


def starts(program):
    times = []
    for _ in range(STARTS):
        begin = time.perf_counter()
        subprocess.run([program] + ONE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       check=False)
        times.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(times), min(times)


def more_law(program, folder):
    law, rulebook = os.path.join(folder, "law"), os.path.join(folder, "more.rulebook")
    count = run([sys.executable, os.path.join(HERE, "more_law.py"), law]).strip()
    run([program, "law", "compile", "-o", rulebook, law])
    return rulebook, count


def table(rows):
    text = "| what | ns a line, median (least to most) | M lines/s | times |\n"
    text += "| --- | ---: | ---: | ---: |\n"
    form = re.compile(r"^(.*?) +(\d+) ns a line \((.*?)\) +([\d.]+) M lines/s +\[\w+\](?: +([\d.]+))?")
    for row in rows:
        what, median, spread, rate, times = form.match(row).groups()
        text += "| %s | %s (%s) | %s | %s |\n" % (what, median, spread, rate, times or "")
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--lines", type=int, default=100000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--more", action="store_true")
    parser.add_argument("--write")
    arguments = parser.parse_args()
    bench = os.path.join(arguments.build, "bench", "engine_bench")
    program = os.path.join(arguments.build, "cli", "tidewaiter")
    with tempfile.TemporaryDirectory() as folder:
        command = [bench, generate(os.path.join(folder, "lines.csv"), arguments.lines),
                   "--rounds", str(arguments.rounds)]
        count = None
        if arguments.more:
            rulebook, count = more_law(program, folder)
            command.append(rulebook)
        text = table(run(command).splitlines())
        each = instructions(bench, folder)
    commit = run(["git", "-C", HERE, "log", "-1", "--format=%h"]).strip()
    with open("/proc/loadavg", encoding="ascii") as file:
        load = file.read().split()[0]
    head = "# The engine alone, %s, %d cores\n\n" % (datetime.date.today(), os.cpu_count())
    head += ("Commit %s. `tw_assess` on %d prepared lines of `bench/generate.py`, one core, every "
             "line answered\nanew by the engine, the next change not asked for; %d rounds. Load of "
             "the machine: %s.\n\n" % (commit, arguments.lines, arguments.rounds, load))
    text = head + text
    if count:
        text += "\nThe other law: %s (`bench/more_law.py`).\n" % count
    if each:
        text += "\nInstructions a line, without the screen: %d.\n" % each
    text += "\nFirst answer from start: %.1f ms median, %.1f least, of %d.\n" % (*starts(program), STARTS)
    print(text, end="")
    if arguments.write:
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
