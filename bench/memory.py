#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the passes over all lines need the same memory for few lines as for many.

    memory.py PROGRAM [--lines N,N...] [--within PERCENT]

Lines are made whose persons, orders and days grow in number with them (one person for three
lines, chemicals under a monthly threshold among them). For each number of lines (200,000 and
2,000,000) and each of `patterns`, `assess --monthly-sum` and `assess --daily-sum` the greatest
resident memory and the processor's time are printed; the exit code is 1 where the most lines take
more than PERCENT (10) over what the fewest do.
"""
import argparse
import datetime
import os
import subprocess
import sys
import tempfile

WAYS = (("patterns", ["patterns", "--format", "ndjson"]),
        ("assess --monthly-sum", ["assess", "--monthly-sum", "--format", "ndjson"]),
        ("assess --daily-sum", ["assess", "--daily-sum", "--format", "ndjson"]))
GOODS = (("6109100012", "cotton t-shirts", 40), ("9503000073", "toy cars", 22),
         ("8517620090", "wireless earphones", 210), ("3926909989", "phone case", 9),
         ("2933321000", "piperidine", 90), ("6402993165", "sandals", 26),
         ("4202923120", "travel bag", 31))
FIRST = datetime.date(2025, 1, 1)


def make(path, count):
    days = [str(FIRST + datetime.timedelta(days=day)) for day in range(365)]
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,hts,origin,entered,value,weight,description,shipper,importer,consignee,"
                  "consignee_address,consignee_phone,order\n")
        for i in range(count):
            code, words, price = GOODS[i * 5 % 7]
            mixed = i * 2654435761 & 0xffffffff  # spreads what belongs together over the file
            who = mixed % (count // 3 + 1)
            out.write(f"L{i},{code},CN,{days[mixed % 365]},{price + mixed % 700}.{i % 100:02},"
                      f"{mixed % 900 + 50}g,{words},Shop {mixed % (count // 50 + 1)},Firm {who},"
                      f"Person {who},{who} Made Street,555 {who},{i // 2}\n")


def peak(program, words, path):
    """MiB of resident memory, and seconds of the processor."""
    with open(os.devnull, "w", encoding="ascii") as none:
        child = subprocess.Popen([program, *words, "--quiet", "--jobs", "2", path], stdout=none)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{' '.join(words)}: exit code {child.returncode}")
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--lines", default="200000,2000000")
    parser.add_argument("--within", type=int, default=10)
    given = parser.parse_args()
    program = os.path.abspath(given.program)
    counts = sorted(int(count) for count in given.lines.split(","))
    seen = {}
    print(f"{'pass':22} {'lines':>11} {'input MiB':>10} {'peak MiB':>9} {'seconds':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.csv")
        for count in counts:
            make(path, count)
            for name, words in WAYS:
                memory, seconds = peak(program, words, path)
                seen.setdefault(name, []).append(memory)
                print(f"{name:22} {count:11,} {os.path.getsize(path) / 2**20:10.0f} {memory:9.1f} "
                      f"{seconds:8.1f}", flush=True)
    worse = [name for name, most in seen.items()
             if most[-1] > most[0] * (100 + given.within) / 100]
    for name in worse:
        print(f"{name}: {seen[name][-1]:.1f} MiB are more than {given.within}% over "
              f"{seen[name][0]:.1f} MiB")
    return 1 if worse else 0


sys.exit(main())
