#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measure the program beside others on the same lines in the same run: one command, one table.

    run.py BUILD --rivals PYTHON --write bench/results/DAY.md      a release build
    run.py BUILD --quick                                           200,000 lines, one round

PYTHON is one that has duckdb, polars, pyahocorasick, hyperscan and zen-engine (`make bench` makes
it); what it has not is left out, by name. Rounds go over all rows in turn, so that a busy minute
falls on all of them; the median counts and its spread stands beside it. Where two do the same job
their answers are compared. --billion takes one billion lines from a pipe.
"""
import argparse
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
SCHEDULE = os.path.join(TOP, "law", "us", "schedule.tsv")
COUNTRIES = os.path.join(TOP, "law", "countries.tsv")
NAMES = os.path.join(TOP, "law", "substances", "names.tsv")
ONE = ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02", "--value", "54"]
CUT = ["assess", "--quiet", "--no-config", "--format"]
CSV = CUT + ["csv", "--only-answers"]


class Run:
    """Seconds, seconds of work, and most memory (MiB) of one process."""

    def __init__(self, seconds, work, memory):
        self.seconds, self.work, self.memory = seconds, work, memory


class Watch(threading.Thread):
    """The most memory of a process (MiB), read while it runs: what wait4 tells of a process counts
    that of the one which started it."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.path, self.most, self.over = f"/proc/{pid}/status", 0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.01):
            try:
                with open(self.path, encoding="ascii", errors="replace") as status:
                    found = re.search(r"VmHWM:\s+(\d+)", status.read())
            except OSError:
                return
            self.most = max(self.most, int(found[1]) / 1024 if found else 0)

    def end(self):
        self.over.set()
        self.join()
        return self.most

LOAD = os.getloadavg()[0]  # before anything is measured


def run(command, feed=None, output=os.devnull):
    """The command, fed by another through a pipe where feed is given; both must end well."""
    begin = time.perf_counter()
    with open(output, "wb") as sink:
        source = subprocess.Popen(feed, stdout=subprocess.PIPE) if feed else None
        child = subprocess.Popen(command, stdin=source.stdout if source else subprocess.DEVNULL,
                                 stdout=sink, stderr=subprocess.DEVNULL)
        if source:
            source.stdout.close()
        watch = Watch(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begin
        memory = watch.end()
        if source and source.wait() != 0:
            sys.exit(f"bench: {feed[0]} failed")
    if child.returncode not in (0, 1):  # 1: one line in 500 is broken on purpose
        sys.exit(f"bench: exit code {child.returncode}: {' '.join(command)}")
    return Run(seconds, used.ru_utime + used.ru_stime, memory)


class Row:
    """What is measured: lines (or starts, or texts) a second; runs come from `once`."""

    def __init__(self, name, count, once, rounds, left_out="", unit="lines/s"):
        self.name, self.count, self.once, self.rounds = name, count, once, rounds
        self.left_out, self.unit, self.runs, self.missing, self.note = left_out, unit, [], "", ""

    def take(self, number):
        if number < self.rounds and not self.missing:
            done = self.once()
            if isinstance(done, str):
                self.missing = done
            elif done:
                self.runs.append(done)

    def rate(self):
        return self.count / statistics.median(r.seconds for r in self.runs) if self.runs else 0

    def cells(self):
        if not self.runs:
            return [self.name, self.missing or "not run", "", "", "", self.left_out]
        rates = sorted(self.count / r.seconds for r in self.runs)
        spread = f"{shown(rates[0])} to {shown(rates[-1])}" if len(rates) > 1 else "one run"
        work = statistics.median(r.work for r in self.runs) * 1e9 / self.count
        memory = max(r.memory for r in self.runs)
        return [self.name, f"{shown(self.rate())} {self.unit}", spread,
                f"{work:,.0f}" if work else "", f"{memory:,.0f}" if memory else "", self.left_out]


def shown(rate):
    if rate >= 1e5:
        return f"{rate / 1e6:.2f} M"
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.2f}"


def table(head, rows):
    out = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] * len(head)) + " |"]
    return out + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


class Bench:
    def __init__(self, arguments, folder):
        self.arguments, self.folder = arguments, folder
        build = os.path.abspath(arguments.build)
        self.program = os.path.join(build, "cli", "tidewaiter")
        self.tool = {name: os.path.join(build, "bench", name) for name in (
            "parcels", "naive", "many_bench", "engine_bench", "screen_bench")}
        self.rulebook = os.path.join(build, "src", "tidewaiter.rulebook")
        self.rows, self.checks = [], []
        self.help = self.text([self.program, "assess", "--help"])

    @staticmethod
    def text(command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def path(self, name):
        return os.path.join(self.folder, name)

    def lines(self, name, count, *options):
        with open(self.path(name), "wb") as file:
            subprocess.run([self.tool["parcels"], str(count), SCHEDULE, *options], stdout=file,
                           check=True)
        return self.path(name)

    def add(self, name, count, once, rounds=None, left_out="", unit="lines/s"):
        self.rows.append(Row(name, count, once, rounds or self.arguments.rounds, left_out, unit))
        return self.rows[-1]

    def check(self, holds, what):
        self.checks.append((bool(holds), what))
        print(("same: " if holds else "DIFFERS: ") + what, file=sys.stderr, flush=True)

    def rival(self, *arguments):
        """Of rivals.py: its own seconds, without the start of Python; a text: what is missing."""
        if not self.arguments.rivals:
            return "no Python with rivals given"
        command = [self.arguments.rivals, os.path.join(HERE, "rivals.py"), *arguments]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as wrong:
            child = subprocess.Popen(command, stdout=out, stderr=wrong)
            watch = Watch(child.pid)
            child.wait()
            memory = watch.end()
            out.seek(0)
            wrong.seek(0)
            if child.returncode:
                return wrong.read().decode(errors="replace").strip().splitlines()[-1][:80]
            seconds, self.found = out.read().decode().strip().split("\t")
        return Run(float(seconds), 0, memory)

    # What is measured.

    def add_ours(self, file, unlike):
        count, program = self.arguments.lines, self.program
        ours = self.add("tidewaiter, CSV, only answers, cold", count,
                        lambda: run([program, *CSV, file]))

        def warm():
            both = run([program, *CSV, file, file])
            return Run(max(both.seconds - ours.runs[-1].seconds, 1e-9),
                       max(both.work - ours.runs[-1].work, 0), both.memory)

        self.add("the same, warm (the same lines once more)", count, warm)
        self.add("the same, cold, one thread", count,
                 lambda: run([program, *CSV, "--jobs", "1", file]))
        self.add("the same, in the default form", count, lambda: run([program, *CUT, "csv", file]),
                 left_out="nothing: the lines as read stand before each answer")
        self.add("the same, `--fields id,duty`", count,
                 lambda: run([program, *CUT, "csv", "--fields", "id,duty", file]),
                 left_out="the other columns")
        if "--totals-only" in self.help:
            self.add("the same, `--totals-only`", count,
                     lambda: run([program, "assess", "--no-config", "--totals-only", file]),
                     left_out="the answers")
        self.add("tidewaiter, CSV, without screening", count,
                 lambda: run([program, *CSV, "--no-screen", file]), left_out="chemicals")
        self.add("tidewaiter, NDJSON, every layer and citation", count,
                 lambda: run([program, *CUT, "ndjson", file]))
        if "--short" in self.help:
            self.add("tidewaiter, NDJSON, short", count,
                     lambda: run([program, *CUT, "ndjson", "--short", file]),
                     left_out="layers and citations")
        self.add("tidewaiter, CSV, a new description on every line", count,
                 lambda: run([program, *CSV, unlike]))
        return ours

    def add_piped(self):
        for count, wanted in ((self.arguments.more, True), (10**9, self.arguments.billion)):
            if wanted and count:
                self.add(f"tidewaiter, CSV, {count:,} lines from a generator's pipe", count,
                         lambda count=count: run([self.program, *CSV, "-"], [
                             self.tool["parcels"], str(count), SCHEDULE]), 1,
                         "the generator has its share of the cores")

    def add_rivals(self, file):
        count = self.arguments.lines
        less = ("conditions, thresholds, floors, choices, fee bounds, reminders, screening, "
                "refusals, reasons")
        self.add("naive loop in C, one core", count,
                 lambda: run([self.tool["naive"], file, self.folder]), left_out=less)
        for what, name in (("duckdb", "DuckDB, 2 threads"), ("polars", "Polars, file in memory"),
                           ("polars-stream", "Polars, as a stream")):
            self.add(name, count,
                     lambda what=what: self.rival(what, file, self.folder, "/dev/null"),
                     left_out=less + ("; the order of the lines" if what == "duckdb" else ""))

    def add_words(self, file, texts):
        for what, name in (("words", "pyahocorasick"), ("hyperscan", "Hyperscan")):
            self.add(f"{name}, names of the ledger in descriptions", texts,
                     lambda what=what: self.rival(what, file, NAMES), unit="texts/s",
                     left_out="spelling, scripts, senses, what forbids a hit, numbers, "
                     "structures, controls")
        if os.path.exists(self.tool["screen_bench"]):
            def once():
                found = re.search(r"([\d.]+) ns a description", self.text(
                    [self.tool["screen_bench"]]))
                return Run(float(found[1]) * 1e-9 * texts, 0, 0) if found else "no figure"
            self.add("tidewaiter, words and numbers alone, one core", texts, once, unit="texts/s",
                     left_out="controls")

    def add_single(self, small):
        self.add("Zen, one decision table of three duties", self.arguments.decisions,
                 lambda: self.rival("zen", str(self.arguments.decisions)), unit="decisions/s",
                 left_out="all other law")
        for tool, words, name, left_out in (
                ("engine_bench", r"with the screen +([\d.]+) ns", "tw_assess, a line anew, one core",
                 "the next change"),
                ("many_bench", r"then ([\d.]+) ns", "tw_assess_many, typed lines, one core",
                 "chemicals, the next change")):
            def once(tool=tool, words=words):
                if not os.path.exists(self.tool[tool]):
                    return "not built"
                said = self.text([self.tool[tool], small])
                found = re.search(words, said)
                return Run(float(found[1]) / 1e9 * 1e6, 0, 0) if found else said[:80]
            self.add(name, 10**6, once, left_out=left_out)
        if self.arguments.ten:
            larger = self.path("ten.rulebook")
            subprocess.run([sys.executable, os.path.join(HERE, "more_law.py"), self.path("ten")],
                           stdout=subprocess.DEVNULL, check=True)
            subprocess.run([self.program, "law", "compile", "-o", larger, self.path("ten")],
                           stdout=subprocess.DEVNULL, check=True)
            self.size = os.path.getsize(larger) / 1e6

            def ten():
                said = self.text([self.tool["engine_bench"], small, larger])
                found = re.search(r"the other law, without .* ([\d.]+) times", said)
                return Run(float(found[1]), 0, 0) if found else said[:80]
            # A line of the first law counts as one: the rate is the inverse of the times.
            self.ten = self.add("the engine under ten times the measures, against one", 1, ten,
                                unit="× the speed")

    def add_start(self):
        def once():
            times = [run([self.program, *ONE]) for _ in range(15)]
            return sorted(times, key=lambda r: r.seconds)[7]
        self.start = self.add("start, one answer, end", 1, once, unit="starts/s")

    # What must be the same.

    def compare(self, small):
        made = subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), "20000"],
                              stdout=subprocess.PIPE, check=True).stdout
        with open(small, "rb") as file:
            self.check(file.read(len(made)) == made, "lines of parcels and of generate.py")
        answers = {}
        for name, more in (("1", ["--jobs", "1"]), ("2", ["--jobs", "2"])):
            run([self.program, *CSV, *more, small], output=self.path("out"))
            with open(self.path("out"), "rb") as file:
                answers[name] = file.read()
        self.check(answers["1"] == answers["2"] and answers["1"], "answers of one thread and two")
        rival = {}
        run([self.tool["naive"], small, self.folder], output=self.path("out.naive"))
        for what in ("naive", "duckdb", "polars", "polars-stream"):
            out = self.path("out." + what)
            if what != "naive" and isinstance(self.rival(what, small, self.folder, out), str):
                continue
            with open(out, "rb") as file:
                rival[what] = sorted(file.read().splitlines())
            if what != "naive":
                self.check(rival[what] == rival["naive"], f"joins of the naive loop and of {what}")
        self.compare_zen()

    def compare_zen(self):
        count = 500
        done = self.rival("zen", str(count))
        if isinstance(done, str):
            return
        with open(self.path("zen.csv"), "w", encoding="utf-8") as file:
            file.write("id,hts,origin,entered,value,channel\n")
            for i in range(count):
                file.write(f"{i},6109100012,CN,2026-05-01,{10 + i * 37},commercial\n")
        run([self.program, *CUT, "ndjson", self.path("zen.csv")], output=self.path("out"))
        total = 0
        with open(self.path("out"), encoding="utf-8") as file:
            for line in file:
                total += sum(round(float(layer["amount"]) * 100)
                             for layer in json.loads(line)["duty"]["lines"])
        self.check(f"{total} cents" == self.found, f"duties of Zen and ours, {count} lines "
                   f"({self.found}, {total} cents)")

    # The report.

    def targets(self):
        """The targets, what was measured for each, and whether it is met: yes, the aim too, no."""
        rate = {row.name: row.rate() for row in self.rows}
        ours = rate.get("tidewaiter, CSV, only answers, cold", 0)
        polars = max(rate.get("Polars, file in memory", 0), rate.get("Polars, as a stream", 0))

        def of(part):
            return next((r for name, r in rate.items() if part in name), 0)

        def ratio(rival):
            return ours / rival if ours and rival else 0

        million = 1e6
        wanted = [
            ("5 M generated parcels, CSV to CSV, from cold", ours / million, 8, 12, "M lines/s"),
            ("50 M", of("50,000,000 lines") / million, 10, 13, "M lines/s"),
            ("against the naive loop", ratio(of("naive loop")), 0.75, 1.1, "×"),
            ("against DuckDB", ratio(of("DuckDB")), 5, 9, "×"),
            ("against Polars", ratio(polars), 3.5, 6, "×"),
            ("engine alone on a miss, one core", of("a line anew") / million, 0.8, 1.2,
             "M lines/s"),
            ("tw_assess_many, typed lines, one core", of("tw_assess_many") / million, 10, 20,
             "M lines/s"),
            ("NDJSON, every layer and citation", of("NDJSON, every") / million, 2, 3,
             "M lines/s"),
            ("a new description on every line", of("a new description") / million, 4, 7,
             "M lines/s"),
        ]
        rows = [(what, f"{must} {unit}", f"{aim} {unit}", f"{got:.2f}" if got else "not measured",
                 verdict(got >= must, got >= aim) if got else "")
                for what, got, must, aim, unit in wanted]
        billion = next((r for r in self.rows if "1,000,000,000" in r.name and r.runs), None)
        seconds = billion.runs[0].seconds if billion else 0
        rows.append(("one billion lines from a pipe", "180 s, 256 MiB", "100 s",
                     f"{seconds:.0f} s, {billion.runs[0].memory:.0f} MiB" if billion
                     else "not measured", verdict(
                         seconds < 180 and billion.runs[0].memory < 256, seconds < 100)
                     if billion else ""))
        if self.start.runs:
            ms = statistics.median(r.seconds for r in self.start.runs) * 1000
            rows.append(("first answer from start", "10 ms", "5 ms", f"{ms:.1f} ms",
                         verdict(ms <= 10, ms <= 5)))
        ten = getattr(self, "ten", None)
        if ten and ten.runs:
            times = statistics.median(r.seconds for r in ten.runs)
            rows.append((f"ten times the measures (a rulebook of {self.size:.1f} MB)",
                         "1.3 × the time", "1.1 ×", f"{times:.2f}",
                         verdict(times <= 1.3, times <= 1.1)))
        size = os.path.getsize(self.rulebook) / 1e6
        rows.append(("rulebook in the program", "18 MB", "8 MB", f"{size:.2f} MB",
                     verdict(size <= 18, size <= 8)))
        return rows

    def report(self, begin):
        head = [f"# Measured on {begin.isoformat()}", ""]
        head += ["- " + line for line in machine()]
        head += [f"- commit {commit()}, build type {build_type(self.arguments.build)}",
                 f"- {self.arguments.lines:,} lines of `bench/parcels` in a file, "
                 f"rounds over all rows in turn: {self.arguments.rounds}; medians; cold: a new "
                 "process; output into nothing", ""]
        out = head + table(("target", "must", "aim", "measured", "met"), self.targets()) + [""]
        out += table(("", "median", "spread", "ns of work a line", "MiB", "leaves out"),
                     [row.cells() for row in self.rows]) + [""]
        out += ["Compared, where the job is the same:", ""]
        out += [f"- {'same' if holds else '**differs**'}: {what}" for holds, what in self.checks]
        return "\n".join(out) + "\n"

    def measure(self):
        arguments = self.arguments
        small = self.lines("small.csv", min(arguments.lines, 200000))
        subprocess.run([sys.executable, os.path.join(HERE, "rivals.py"), "tables", self.folder,
                        SCHEDULE, COUNTRIES], check=True)
        self.compare(small)
        file = self.lines("lines.csv", arguments.lines)
        unlike = self.lines("unlike.csv", arguments.lines, "--new-descriptions")
        self.add_ours(file, unlike)
        self.add_rivals(file)
        self.add_words(small, min(arguments.lines, 200000))
        self.add_single(small)
        self.add_start()
        self.add_piped()
        for number in range(arguments.rounds):
            for row in self.rows:
                row.take(number)
                print(f"round {number + 1}: {row.name}: "
                      f"{row.missing or shown(row.rate())}", file=sys.stderr, flush=True)


def verdict(must, aim):
    return "the aim too" if must and aim else "yes" if must else "**no**"


def machine():
    model = memory = ""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        for line in file:
            model = model or (line.split(":", 1)[1].strip() if line.startswith("model name")
                              else "")
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = f"{int(file.readline().split()[1]) / 2**20:.0f} GiB"
    return [f"{len(os.sched_getaffinity(0))} cores of {model or platform.processor()}, {memory}, "
            f"{platform.system()}",
            f"load before: {LOAD:.1f}" + (" (other work ran beside it: the ratios count, not the "
                                          "figures)" if LOAD > 0.7 else "")]


def commit():
    def git(*arguments):
        return subprocess.run(["git", "-C", TOP, *arguments], capture_output=True, text=True,
                              check=False).stdout.strip()
    return (git("rev-parse", "--short", "HEAD") or "unknown") + \
        (" with changes" if git("status", "--porcelain", "--untracked-files=no") else "")


def build_type(build):
    with open(os.path.join(build, "meson-info", "intro-buildoptions.json"),
              encoding="utf-8") as file:
        return next((o["value"] for o in json.load(file) if o["name"] == "buildtype"), "unknown")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("build")
    parser.add_argument("--lines", type=int, default=5000000)
    parser.add_argument("--more", type=int, default=50000000, help="lines from a pipe; 0: none")
    parser.add_argument("--billion", action="store_true")
    parser.add_argument("--decisions", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rivals", help="a Python that has the rivals")
    parser.add_argument("--ten", action="store_true",
                        help="a law of ten times the measures, too (compiles it first)")
    parser.add_argument("--quick", action="store_true", help="200,000 lines, one round, no pipe")
    parser.add_argument("--folder", help="for the lines: 1 GB at 5 million")
    parser.add_argument("--write", help="file for the results, besides standard output")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.lines, arguments.more, arguments.rounds = 200000, 0, 1
    begin = datetime.date.today()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        bench = Bench(arguments, folder)
        bench.measure()
        text = bench.report(begin)
    sys.stdout.write(text)
    if arguments.write:
        os.makedirs(os.path.dirname(arguments.write) or ".", exist_ok=True)
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write(text)
    sys.exit(0 if all(holds for holds, _ in bench.checks) else 1)


if __name__ == "__main__":
    main()
