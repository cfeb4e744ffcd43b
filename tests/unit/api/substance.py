#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the library says of a chemical is what the program says, byte for byte.

    substance.py SUBSTANCE PROGRAM
"""
import sys

sys.path.append(sys.path[0] + "/../..")
from lib import check, finish, run  # noqa: E402

OURS, PROGRAM = sys.argv[1:]
FLAGS = ("--on", "--from", "--into", "--via", "--weight", "--concentration")
ASKED = [("acetone", "2025-08-01"), ("4-piperidone hydrochloride", "2025-08-01", "CN", "US", "-", "25kg"),
         ("79099-07-3", "2025-07-20", "cn", "us"), ("CC(=O)C", "2025-08-01", "-", "EU"),
         ("CSCPPACGZOOCGX-UHFFFAOYSA-N", "2024-03-01"), ("67-64-2", "2025-08-01"), ("无水乙酸酐", "2025-08-01"),
         ("acetic anhydride", "2025-08-01", "CN", "MX", "HK", "200L", "12.5"), ("xyzzy", "2025-08-01"),
         ("tablet press", "2025-08-01", "CN", "US"), ("UN1090", "2026-01-01")]
for name, *words in ASKED:
    given = [word for flag, value in zip(FLAGS, words) if value != "-" for word in (flag, value)]
    ours = run(OURS, name, *words)
    theirs = run(PROGRAM, "--no-config", "substance", name, *given, "--format", "ndjson")
    check(ours.out == theirs.out and len(ours.out) > 50 and ours.code == theirs.code,
          f"{name} {words}", (ours, theirs))
for wrong in (["soon"], ["2025-08-01", "China"], ["2025-08-01", "-", "XQ"],
              ["2025-08-01", "-", "-", "HK XQ"], ["2025-08-01", "-", "-", " ".join(["HK"] * 9)],
              ["2025-08-01", "-", "-", "-", "heavy"], ["2025-08-01", "-", "-", "-", "-", "much"]):
    done = run(OURS, "acetone", *wrong)
    check(done.code == 3 and not done.out and done.err.strip(), f"{wrong} is refused", done)
sys.exit(finish())
