#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Memory does not grow with the input, and threads do not change the answers.

    memory.py PROGRAM GENERATE [SMALL LARGE]

Runs the program over manifests of 20,000 and 200,000 lines, with and without the passes for
shipments and the daily sum, and compares peak memory (at most 20% more) and, on the small one,
the answers of one and of four threads.
"""
import hashlib
import os
import subprocess
import sys
import tempfile
import time

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402


def peak(command):
    """Runs a command; its exit code and peak resident memory in KiB.

    The peak is read from the kernel while it runs: what wait4 reports has this script's own
    memory for a floor, as a child begins as a copy of its parent.
    """
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen(command, stdout=sink, stderr=sink)
        most = 0
        while child.poll() is None:
            try:
                with open(f"/proc/{child.pid}/status", encoding="ascii") as status:
                    for row in status:
                        if row.startswith("VmHWM:"):
                            most = max(most, int(row.split()[1]))
            except (FileNotFoundError, ProcessLookupError):
                break
            time.sleep(0.002)
    return child.wait(), most


def digest(command):
    return hashlib.sha256(run(*command, binary=True).out).hexdigest()


def main():
    program, generate = sys.argv[1:3]
    sizes = [int(size) for size in sys.argv[3:5]] or [20000, 200000]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for size in sizes:
            files.append(os.path.join(folder, f"{size}.csv"))
            with open(files[-1], "wb") as file:
                subprocess.run([sys.executable, generate, str(size), "--shipments"], stdout=file,
                               check=True)
        for flags in ([], ["--daily-sum"], ["--monthly-sum"]):
            peaks = []
            for file in files:
                code, memory = peak([program, "assess", "--jobs", "2", *flags, file])
                peaks.append(memory)
                check(code in (0, 1), f"exit code {code}: {flags} {file}")
            growth = peaks[1] / peaks[0]
            told = (f"peak memory {' '.join(flags) or 'plain'}: {sizes[0]} lines {peaks[0]} KiB, "
                    f"{sizes[1]} lines {peaks[1]} KiB, {growth:.2f} times")
            print(told)
            check(growth <= 1.2, told)
        answers = {digest([program, "assess", "--daily-sum", "--format", form, "--jobs", jobs,
                           files[0]]) for jobs in ("1", "4") for form in ("ndjson",)}
        check(len(answers) == 1, "one and four threads write the same")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
