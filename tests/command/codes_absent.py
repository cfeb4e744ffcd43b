#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A program built without SQLite: `code` says so, everything else goes on.

    codes_absent.py PROGRAM
"""
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402


done = run(sys.argv[1], "code", "shirts")
check(done.code == 2 and "without SQLite" in done.err and not done.out, "code is refused", done)
done = run(sys.argv[1], "duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02T00:01",
           "--value", "54")
check(done.code == 0 and "91.26" in done.out, "duty goes on", done)
sys.exit(finish())
