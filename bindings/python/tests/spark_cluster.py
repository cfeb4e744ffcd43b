#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Spark on a standalone cluster of this machine: a master and two workers, each a process of its own,
started here and stopped after it.

    TIDEWAITER_PROGRAM=... spark_cluster.py [LINES [MEASURED]]

LINES lines, of which one consignee has most, are answered with the sum of a person's day while a
worker is killed that has finished tasks: each answer is the program's. MEASURED lines by themselves
are answered by one worker and by two, in turns. The commands of docs/spark.md are run.
"""
import array
import csv
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import pyarrow.parquet
import pyspark.sql
from pyspark.sql import functions
import tidewaiter.spark
from common import PROGRAM, ROOT, as_cells, check, equal, finish, run

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
MEASURED = int(sys.argv[2]) if len(sys.argv) > 2 else 500_000
ROUNDS = 3
HOME = os.path.dirname(pyspark.__file__)
BIG = "Depot 7"  # the consignee that has most of the parcels


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """A master and workers. Each is a group of processes, with the executors that it starts."""

    def __init__(self, folder, workers=2):
        self.folder, self.started = folder, {}
        self.address = f"spark://127.0.0.1:{free_port()}"
        self._start("master", "master.Master", "I have been elected leader", "--host", "127.0.0.1",
                    "--port", self.address.rsplit(":", 1)[1], "--webui-port", str(free_port()))
        for number in range(workers):
            self._start(f"worker{number}", "worker.Worker", "Successfully registered with master",
                        "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port",
                        str(free_port()), "--work-dir", os.path.join(folder, f"work{number}"),
                        self.address)

    def _start(self, name, main, says, *words):
        log = os.path.join(self.folder, name + ".log")
        with open(log, "wb") as out:
            self.started[name] = subprocess.Popen(
                [os.path.join(HOME, "bin", "spark-class"), "org.apache.spark.deploy." + main, *words],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
                env=dict(os.environ, SPARK_DAEMON_MEMORY="256m"))
        for _ in range(240):
            with open(log, encoding="utf-8", errors="replace") as file:
                text = file.read()
            if says in text:
                return
            if self.started[name].poll() is not None:
                break
            time.sleep(0.5)
        raise SystemExit(f"{name} does not start:\n{text[-3000:]}")

    def processor_time(self):
        """Seconds of processor time of the workers, their executors and Python's processes so far."""
        ticks = 0
        sessions = {process.pid for process in self.started.values()}
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="utf-8", errors="replace") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
            except OSError:  # it has ended
                continue
            if int(fields[3]) in sessions:
                ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill(self, name):
        """At once, with its executors: nothing is put in order."""
        process = self.started.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self):
        for name in list(self.started)[::-1]:
            self.kill(name)


def session_of(cluster, cores, **more):
    builder = (pyspark.sql.SparkSession.builder.master(cluster.address).appName("tidewaiter")
               .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
               .config("spark.cores.max", str(cores)).config("spark.executor.cores", "1")
               .config("spark.executor.memory", "700m").config("spark.sql.shuffle.partitions", "12")
               .config("spark.sql.files.maxPartitionBytes", "16m")
               .config("spark.sql.adaptive.enabled", "false")  # as many tasks in each run
               .config("spark.driver.host", "127.0.0.1")
               .config("spark.driver.bindAddress", "127.0.0.1"))
    for name, value in more.items():
        builder = builder.config(name.replace("_", "."), value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # that an executor is lost is what is wanted here
    while session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() < 1 + cores:
        time.sleep(0.1)
    return session


def lines_file(path, count, big=True):
    """Generated lines as a file, each of a consignee; with `big`, two thirds of them of one."""
    made = subprocess.Popen([sys.executable, os.path.join(ROOT, "bench", "generate.py"), str(count),
                             "--shipments"], stdout=subprocess.PIPE, text=True)
    with open(path, "w", encoding="utf-8") as file:
        for number, line in enumerate(made.stdout):
            cells = line.rstrip("\n").split(",")
            del cells[-3]  # shipments: they hang together by the one, and are all of a task
            if big and number and number % 3:
                cells[-2] = BIG
            file.write(",".join(cells) + "\n")
    check(made.wait() == 0, "lines are generated")


def frame_of(session, path):
    return session.read.csv(path, header=True, inferSchema=False, quote='"', escape='"')


def print_of(cells, names):
    text = "\x1f".join(cells[name] for name in names)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "big")


def prints_of(folder, names, count):
    """A print of each answer of a folder of Parquet files, by its line; 0: there is none."""
    prints, rows = array.array("Q", bytes(8 * (count + 1))), 0
    for path in sorted(glob.glob(os.path.join(folder, "*.parquet"))):
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(20000):
            for row in batch.to_pylist():
                prints[int(row["id"])] = print_of(as_cells(row), names)
                rows += 1
    return prints, rows


def same_answers(path, folder, count, what, *options):
    """Each answer is the program's, by its print; of one that differs both are shown."""
    program = subprocess.Popen([PROGRAM, "assess", "--no-config", "--quiet", "--format", "csv",
                                "--only-answers", *options, path], stdout=subprocess.PIPE, text=True)
    rows = csv.DictReader(program.stdout)
    prints, ours = prints_of(folder, rows.fieldnames, count)
    theirs, different, shown = 0, 0, ""
    for row in rows:
        row["warnings"] = re.sub(r"^line \d+: ", "", row["warnings"])
        theirs += 1
        if prints[int(row["id"])] != print_of(row, rows.fieldnames):
            different += 1
            shown = shown or str(row)
    check(program.wait() in (0, 1), "the program answers")
    equal((ours, theirs), (count, count), f"{what}: an answer a line")
    check(not different, f"{what}: the program's answers", f"{different} differ, first {shown}")
    print(f"{what}: {ours:,} answers compared, {different} differ")


class Killer(threading.Thread):
    """Kills a worker once a task of the last stage has ended: what the worker wrote for the shuffle
    is lost with it, and must be made again."""

    def __init__(self, session, cluster, name):
        super().__init__(daemon=True)
        self.tracker, self.cluster, self.worker = session.sparkContext.statusTracker(), cluster, name
        self.done = None  # tasks that had ended, by stage

    def run(self):
        seen = {}
        while self.done is None:
            for stage in self.tracker.getActiveStageIds():
                info = self.tracker.getStageInfo(stage)
                if info:
                    seen[stage] = info.numCompletedTasks
            if len(seen) > 1 and seen[max(seen)]:
                self.done = seen
                self.cluster.kill(self.worker)
            time.sleep(0.02)


def tasks_of_executors(folder):
    """From the log of events: tasks that ended well, by executor, and the executors that were lost."""
    done, lost = {}, []
    for path in glob.glob(os.path.join(folder, "**", "*"), recursive=True):
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                if not line.startswith("{"):
                    continue
                event = json.loads(line)
                if event["Event"] == "SparkListenerTaskEnd" and \
                        event["Task End Reason"]["Reason"] == "Success":
                    name = event["Task Info"]["Executor ID"]
                    done[name] = done.get(name, 0) + (name not in lost)
                elif event["Event"] == "SparkListenerExecutorRemoved":
                    lost.append(event["Executor ID"])
    return done, lost


def with_a_loss(work):
    """Most parcels of one consignee, days added up, and a worker killed."""
    path, found, events = (os.path.join(work, name) for name in ("skewed.csv", "found", "events"))
    lines_file(path, LINES)
    os.mkdir(events)
    cluster = Cluster(work)
    try:
        session = session_of(cluster, 2, spark_eventLog_enabled="true",
                             spark_eventLog_compress="false", spark_eventLog_dir=f"file://{events}")
        begun = time.perf_counter()
        findings = tidewaiter.spark.assess(frame_of(session, path), detail=False, daily_sum=True,
                                           order=functions.col("id").cast("long"))
        killer = Killer(session, cluster, "worker1")
        killer.start()
        findings.write.parquet(found)
        took = time.perf_counter() - begun
        session.stop()
    finally:
        cluster.stop()
    done, lost = tasks_of_executors(events)
    check(killer.done is not None and lost, "a worker was killed while tasks ran", (done, lost))
    check(any(done.get(name) for name in lost), "tasks had ended on it", (done, lost))
    print(f"{LINES:,} lines in {took:.0f} s; tasks that had ended by stage, when the worker was "
          f"killed, {killer.done}; by executor {done}, of which {lost} was lost")
    same_answers(path, found, LINES, "most parcels of one consignee, a worker lost", "--daily-sum")


def documented(work):
    """The example of docs/spark.md, as its command line says, with two workers."""
    with open(os.path.join(ROOT, "docs", "spark.md"), encoding="utf-8") as file:
        page = file.read()
    command = re.search(r"^spark-submit (.*)$", page, re.M)
    check(command is not None, "the page has the command")
    path, source, found = (os.path.join(work, name) for name in ("few.csv", "few.parquet", "few"))
    lines_file(path, 20_000)
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), source)
    cluster = Cluster(work)
    try:
        words = command[1].replace("spark://MASTER:7077", cluster.address) \
            .replace("lines.parquet", source).replace("findings.parquet", found).split()
        done = run(os.path.join(HOME, "bin", "spark-submit"), "--conf", "spark.driver.host=127.0.0.1",
                   "--conf", "spark.executor.memory=700m", *words, cwd=ROOT)
        check(done.code == 0, f"spark-submit {' '.join(words)}", done.err[-3000:])
    finally:
        cluster.stop()
    same_answers(path, found, 20_000, "the command of the page", "--daily-sum")


def one_run(session, cluster, frame, cores, **options):
    """Seconds by the clock and of processor time of one job, when all that it needs has started."""
    few = frame.limit(1000).repartition(cores)
    for rows in (few, frame):
        begun, worked = time.perf_counter(), cluster.processor_time()
        tidewaiter.spark.assess(rows, detail=False, **options).write.format("noop") \
            .mode("overwrite").save()
    return time.perf_counter() - begun, cluster.processor_time() - worked


def measured(work):
    """One worker and two in turns: the same lines by themselves, and with the sum of a day."""
    path = os.path.join(work, "plain.csv")
    lines_file(path, MEASURED, big=False)
    kinds = {"lines by themselves": dict, "the sum of a day": lambda: {
        "daily_sum": True, "order": functions.col("id").cast("long")}}
    seen = {(kind, cores): [] for kind in kinds for cores in (1, 2)}
    cluster = Cluster(work)
    try:
        for number in range(ROUNDS):
            for cores in (1, 2) if number % 2 else (2, 1):
                session = session_of(cluster, cores)
                frame = frame_of(session, path)
                for kind, options in kinds.items():
                    seen[kind, cores].append(one_run(session, cluster, frame, cores, **options()))
                session.stop()
    finally:
        cluster.stop()
    for kind in kinds:
        ratios = [one[0] / two[0] for one, two in zip(seen[kind, 1], seen[kind, 2])]
        rates = [MEASURED / sorted(worked for _, worked in seen[kind, cores])[ROUNDS // 2]
                 for cores in (1, 2)]
        print(f"{MEASURED:,} lines, {kind}, {ROUNDS} rounds in turns: two workers are "
              + ", ".join(f"{ratio:.2f}" for ratio in ratios) + " times as fast as one by the "
              f"clock; {rates[0]:,.0f} lines a second of processor time with one, {rates[1]:,.0f} "
              f"with two; load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors")


def main():
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the cluster is stopped then too
    with tempfile.TemporaryDirectory(prefix="tidewaiter-cluster-") as work:
        for part in (documented, with_a_loss, measured):
            if (part is measured and not MEASURED) or (part is with_a_loss and not LINES):
                continue
            folder = os.path.join(work, part.__name__)
            os.mkdir(folder)
            part(folder)
            shutil.rmtree(folder, ignore_errors=True)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
