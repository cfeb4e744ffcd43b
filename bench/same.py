#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""parcels writes the lines of generate.py, byte for byte; with new descriptions no two are alike.

    same.py PARCELS
"""
import csv
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEDULE = os.path.join(HERE, "..", "law", "us", "schedule.tsv")


def said(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


quick = said(sys.argv[1], "3000", SCHEDULE)
if quick != said(sys.executable, os.path.join(HERE, "generate.py"), "3000"):
    sys.exit("parcels and generate.py write other lines")
unlike = said(sys.argv[1], "3000", SCHEDULE, "--new-descriptions").decode().splitlines()
texts = {row["description"] for row in csv.DictReader(unlike)}
if len(texts) != 3000 or len(unlike) != 3001:
    sys.exit(f"3000 lines with {len(texts)} descriptions")
