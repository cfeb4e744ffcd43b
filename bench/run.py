#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measure the program: throughput, memory, start, size of the rulebook, time to compile the law.

    run.py BUILD                  BUILD: a build directory, --buildtype=release
    run.py BUILD --lines 20000 2000000 --class "2 cores" --write bench/results/DAY.md

In the same run a rival reads the same file with Python's csv module, looks each tariff code up in
a dictionary and multiplies once: the floor of what any program in that language would take. The
ratio counts more than the lines a second, as it carries over to other machines.
"""
import argparse
import csv
import datetime
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LAW = os.path.join(HERE, "..", "law")
ONE = ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02", "--value", "54"]


def run(command):
    """Seconds and peak resident memory (KiB, read while it runs) of a command."""
    most, begin = 0, time.perf_counter()
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen(command, stdout=sink, stderr=sink)
        while child.poll() is None:
            try:
                with open(f"/proc/{child.pid}/status", encoding="ascii") as status:
                    for row in status:
                        if row.startswith("VmHWM:"):
                            most = max(most, int(row.split()[1]))
            except (FileNotFoundError, ProcessLookupError):
                pass
            time.sleep(0.002)
    if child.returncode not in (0, 1):
        sys.exit(f"exit code {child.returncode}: {' '.join(command)}")
    return time.perf_counter() - begin, most


def best(command, rounds):
    times, most = zip(*[run(command) for _ in range(rounds)])
    return min(times), max(most)


def rival(path):
    """Seconds of the plain loop over the file."""
    begin = time.perf_counter()
    rates, total = {}, 0.0
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rate = rates.setdefault(row["hts"], 0.165)
            total += float(row["value"]) * rate
    if not total > 0:
        sys.exit("the rival summed nothing")
    return time.perf_counter() - begin


def start(program):
    """Median seconds of twenty starts that answer one line."""
    times = []
    for _ in range(20):
        begin = time.perf_counter()
        subprocess.run([program, *ONE], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def manifests(folder, sizes):
    for size in sizes:
        path = os.path.join(folder, f"{size}.csv")
        with open(path, "wb") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(size)],
                           stdout=file, check=True)
        yield size, path


def measure(program, sizes):
    rows, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size, path in manifests(folder, sizes):
            rounds = 5 if size <= 100000 else 1
            floor = min(rival(path) for _ in range(rounds))
            rows.append((size, "Python, csv and one product", "1", floor, size / floor, 1.0, 0))
            for jobs in ("1", "2"):
                seconds, memory = best([program, "assess", "--format", "ndjson", "--jobs", jobs,
                                        path], rounds)
                peaks.append((jobs, memory))
                rows.append((size, "tidewaiter assess", jobs, seconds, size / seconds,
                             floor / seconds, memory))
    return rows


def report(arguments, rows, program):
    rulebook = os.path.join(arguments.build, "src", "tidewaiter.rulebook")
    compiler = os.path.join(arguments.build, "src", "lawc")
    with tempfile.TemporaryDirectory() as folder:
        seconds, memory = best([compiler, "compile", LAW, os.path.join(folder, "book")], 3)
    out = [f"# Measured on {arguments.day}, {arguments.machine}", "",
           "`python3 bench/run.py` of a release build; NDJSON into nothing; the best of five runs",
           "of the small file, one of the large. Ratio: how many times as fast as merely reading",
           "the file in Python." + (" The machine had other work meanwhile." if arguments.busy
                                    else ""), "",
           "| lines | program | threads | seconds | lines a second | ratio | peak MiB |",
           "| ---: | --- | ---: | ---: | ---: | ---: | ---: |"]
    for size, name, jobs, took, speed, ratio, most in rows:
        out.append(f"| {size:,} | {name} | {jobs} | {took:.2f} | {speed:,.0f} | {ratio:.2f} | "
                   f"{most / 1024:.1f} |".replace("| 0.0 |", "| |"))
    out += ["",
            f"- start, one answer, end (median of 20): {start(program) * 1000:.1f} ms",
            f"- rulebook: {os.path.getsize(rulebook) / 1e6:.1f} MB",
            f"- compiling the law: {seconds:.1f} s, {memory / 1024:.0f} MiB"]
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("build")
    parser.add_argument("--lines", type=int, nargs="+", default=[20000, 2000000])
    parser.add_argument("--class", dest="machine", default=f"{os.cpu_count()} cores")
    parser.add_argument("--day", default=datetime.date.today().isoformat())
    parser.add_argument("--busy", action="store_true", help="say that the machine was not idle")
    parser.add_argument("--write", help="file for the results, besides standard output")
    arguments = parser.parse_args()
    program = os.path.join(arguments.build, "cli", "tidewaiter")
    text = report(arguments, measure(program, arguments.lines), program)
    sys.stdout.write(text)
    if arguments.write:
        os.makedirs(os.path.dirname(arguments.write) or ".", exist_ok=True)
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
