#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One manifest in every form of file: the same answers, and memory that does not grow with it.

    formats.py PROGRAM GENERATE

A manifest is packed with gzip and zstd and put into a workbook, and each is read by its name and
from a pipe, with the passes that read ahead. Declarations of the Korean customs are read so too
where $TIDEWAITER_SHARED has them.
"""
import csv
import gzip
import hashlib
import os
import subprocess
import sys
import tempfile

from xml.sax.saxutils import escape

import make
from memory import peak

sys.path.append(sys.path[0] + "/..")
from lib import check, environment, finish, leave_out  # noqa: E402

KOREA = "data/korea-customs-declarations/df_syn_valid_eng.csv"


def cell(text):
    """A cell as a spreadsheet would keep it: amounts as numbers, the rest as text in line."""
    if not text:
        return None
    if text.replace(".", "", 1).isdigit() and (text[0] != "0" or text[:2] == "0."):
        return make.Number(text)
    return make.Raw('<c r="{place}" t="inlineStr"><is><t>' +
                    escape(text).replace("{", "{{").replace("}", "}}") + "</t></is></c>")


def forms(folder, name, text):
    """The files that hold the text, by the library that each needs."""
    rows = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    sheet = make.workbook({"Lines": [[cell(value) for value in row] for row in rows]})
    for ending, body in ((".csv", text), (".csv.gz", gzip.compress(text, 1)),
                         (".csv.zst", make.zstd_frame(text)), (".xlsx", sheet)):
        path = os.path.join(folder, name + ending)
        with open(path, "wb") as file:
            file.write(body)
        yield path


def digest(command, path, piped):
    with open(path, "rb") as file:
        result = subprocess.run(command + ["-" if piped else path], check=False,
                                stdin=file if piped else subprocess.DEVNULL, capture_output=True,
                                env=environment())
    if b"built without" in result.stderr:
        return None
    return hashlib.sha256(result.stdout).hexdigest()


def compare(program, folder, name, text, flags):
    """Every form is answered as the first, which is plain."""
    command = [program, "assess", "--format", "csv", "--only-answers", "-q", *flags]
    first = None
    for path in forms(folder, name, text):
        for piped in (False, True):
            sum_ = digest(command, path, piped)
            first = first or sum_
            what = os.path.basename(path) + (" from a pipe" if piped else " by its name")
            if sum_ is None:
                leave_out(what, "the program was built without its library")
            else:
                check(sum_ == first, what)


def main():
    program, generate = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="tidewaiter-formats-") as folder:
        texts = [subprocess.run([sys.executable, generate, lines, "--shipments"], check=True,
                                stdout=subprocess.PIPE).stdout for lines in ("2000", "10000")]
        compare(program, folder, "small", texts[0], ["--daily-sum"])
        peaks = [[peak([program, "assess", "--jobs", "1", path])[1]
                  for path in forms(folder, "memory", text)] for text in texts]
        for small, large, path in zip(*peaks, ("csv", "gzip", "zstd", "xlsx")):
            # One thread: which of several takes a block is chance. The generator's texts are all told
            # apart; what a reader keeps beside them is fixed.
            check(large <= small * 1.25, f"peak memory of {path}: 2000 lines {small} KiB, "
                  f"10000 lines {large} KiB")
        shared = os.environ.get("TIDEWAITER_SHARED")
        if shared and os.path.exists(os.path.join(shared, KOREA)):
            with open(os.path.join(shared, KOREA), "rb") as file:
                text = b"".join(file.readlines()[:1500])
            compare(program, folder, "korea", text, [
                "--map", "HS6 Code=hts", "--map", "Item Price=value", "--set", "into=US",
                "--set", "currency=USD", "--set", "entered=2025-05-02"])
    return finish()


if __name__ == "__main__":
    sys.exit(main())
