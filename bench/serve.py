#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""serve.py PROGRAM [--seconds N] [--lines N] [--write FILE]: the server under load. wrk (Debian's) runs on
the same machine. Full answers to one line beside the same server's fixed reply of equal size, in turns; then
a file of lines through POST /v1/assess beside the command line. Ratios, for the machine is whatever it is."""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
LINE = "/v1/duty?hts=6109.10.00.12&origin=CN&on=2025-05-02&value=54"
UNITS = {"us": 0.001, "ms": 1, "s": 1000}


def start(program):
    server = subprocess.Popen([program, "serve", "--port", "0", "--quiet"], stderr=subprocess.PIPE, text=True)
    return server, server.stderr.readline().split()[-1].rstrip("/")


def wrk(address, connections, seconds):
    """Requests a second, and the 99th of a hundred in milliseconds."""
    text = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", address], check=True,
                          capture_output=True, text=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"{address}: {text}")
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), float(number) * UNITS[unit]


def middle(values):
    return sorted(values)[len(values) // 2]


def size(address):
    return len(subprocess.run(["curl", "-s", address], check=True, capture_output=True).stdout)


def nearest_asset(address, wanted):
    """The part of the page whose size is nearest: a fixed reply."""
    found = ["/page.css", "/ask.js", "/base.js", "/bars.js", "/page.js", "/finding.js", "/chart.js"]
    return min(found, key=lambda path: abs(size(address + path) - wanted))


def measure(address, seconds, out):
    wanted = size(address + LINE)
    asset = nearest_asset(address, wanted)
    out(f"A full answer has {wanted} bytes, the fixed reply ({asset}) {size(address + asset)}.\n")
    seen = {}
    for path in (LINE, asset):
        wrk(address + path, 8, 1)
    for _ in range(ROUNDS):
        for connections in (8, 64):
            for path in (LINE, asset):
                seen.setdefault((path, connections), []).append(wrk(address + path, connections, seconds))
    out("| reply | connections | requests a second | p99, ms |\n| --- | ---: | ---: | ---: |")
    at = {}
    for (path, connections), all_of in seen.items():
        at[path, connections] = [middle([one[i] for one in all_of]) for i in (0, 1)]
        rate, late = at[path, connections]
        out(f"| {'full' if path == LINE else 'fixed'} | {connections} | {rate:,.0f} | {late:.2f} |")
    full, fixed, few = at[LINE, 64], at[asset, 64], at[LINE, 8]
    out(f"\nFull to fixed at 64 connections: {full[0] / fixed[0]:.2f} of the rate, {full[1] / fixed[1]:.1f} times the "
        f"p99; p99 at 64 to that at 8: {full[1] / few[1]:.1f}.\n")


def timed(words, to):
    began = time.monotonic()
    with open(to, "wb") as file:
        subprocess.run(words, stdout=file, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - began


def memory(server):
    with open(f"/proc/{server.pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) // 1024


def stream(program, lines, out):
    with tempfile.TemporaryDirectory() as folder:
        given, wanted, came = (os.path.join(folder, name) for name in ("in.csv", "wanted.csv", "came.csv"))
        generate = os.path.join(os.path.dirname(os.path.abspath(__file__)), "generate.py")
        with open(given, "wb") as file:
            subprocess.run([sys.executable, generate, str(lines)], stdout=file, check=True)
        server, address = start(program)
        took = {}
        for _ in range(ROUNDS):
            took.setdefault("command", []).append(timed([program, "assess", "--format", "csv", "--quiet", given], wanted))
            for name, query in (("stream=yes", "?stream=yes"), ("whole", "")):
                words = ["curl", "-sf", "-H", "Expect:", "-H", "Content-Type: text/csv", "-X", "POST", "-T", given,
                         f"{address}/v1/assess{query}"]
                took.setdefault(name, []).append(timed(words, came))
                if subprocess.run(["cmp", "-s", wanted, came], check=False).returncode:
                    sys.exit(f"{name}: the answers are not those of the command line")
        used = memory(server)
        server.terminate()
        server.wait(30)
    command = middle(took["command"])
    out(f"A file of {lines:,} lines as CSV, the bytes of the answers compared:\n\n| how | seconds | lines a second | of the "
        "command line's rate |\n| --- | ---: | ---: | ---: |")
    for name, all_of in took.items():
        out(f"| {name} | {middle(all_of):.2f} | {lines / middle(all_of):,.0f} | {command / middle(all_of):.2f} |")
    out(f"\nThe memory of the server at its height: {used} MB.\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--lines", type=int, default=1000000)
    parser.add_argument("--note", default="")
    parser.add_argument("--write")
    asked = parser.parse_args()
    told = []

    def out(text):
        told.append(text)
        print(text, flush=True)
    out(f"# The server under load\n\n`bench/serve.py`, {os.cpu_count()} processors, wrk and curl on the same machine; the "
        f"middle of {ROUNDS} rounds in turns. {asked.note}\n")
    server, address = start(asked.program)
    try:
        measure(address, asked.seconds, out)
    finally:
        server.terminate()
        server.wait(30)
    stream(asked.program, asked.lines, out)
    if asked.write:
        with open(asked.write, "w", encoding="utf-8") as file:
            file.write("\n".join(told))


main()
