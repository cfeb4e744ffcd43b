#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lines that the tests reach, file by file of src/.

    coverage.py BUILD [--least PERCENT] [--missed FILE...]

BUILD was made with -Db_coverage=true and its tests have been run. Fails where a file of src/ is
under PERCENT (92): a line that no test reaches may do anything. tools/coverage.txt names the few
files that may be under it, how far, and why; one that need not be there any more is named.
--missed prints the lines of these files that were not reached.
"""
import argparse
import collections
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
AT_ONCE = 50  # objects that one gcov reads


def objects(build):
    for folder, _, names in os.walk(build):
        yield from (os.path.join(folder, name) for name in names if name.endswith(".gcno"))


def measured(build):
    """{source: {line: times}}; what several programs hold is added up."""
    found = collections.defaultdict(collections.Counter)
    paths = sorted(objects(build))
    for at in range(0, len(paths), AT_ONCE):
        done = subprocess.run(["gcov", "--json-format", "--stdout", *paths[at:at + AT_ONCE]],
                              cwd=build, capture_output=True, text=True, check=False)
        for text in filter(None, done.stdout.split("\n")):
            try:
                report = json.loads(text)
            except ValueError:
                sys.exit(f"gcov says: {text[:300]} {done.stderr[:300]}")
            for file in report["files"]:
                path = os.path.join(report["current_working_directory"], file["file"])
                name = os.path.relpath(os.path.realpath(path), ROOT)
                for line in file["lines"]:
                    found[name][line["line_number"]] += line["count"]
    return found


def exceptions():
    """{file: the percent that it must have}; a reason stands behind each."""
    found = {}
    with open(os.path.join(ROOT, "tools", "coverage.txt"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            words = line.split(maxsplit=2)
            if len(words) < 3:
                sys.exit(f"tools/coverage.txt:{number}: write FILE PERCENT REASON")
            found[words[0]] = float(words[1])
    return found


def ranges(numbers):
    """3, 5-9, 12"""
    parts = []
    for number in sorted(numbers):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def main():
    parser = argparse.ArgumentParser(description="lines that the tests reach")
    parser.add_argument("build")
    parser.add_argument("--least", type=float, default=92)
    parser.add_argument("--missed", nargs="*", default=[])
    args = parser.parse_args()
    found = measured(os.path.abspath(args.build))
    rows = []
    for name, lines in sorted(found.items()):
        if name.startswith("src/") and name.endswith((".c", ".cc")):
            reached = sum(count > 0 for count in lines.values())
            rows.append((reached / len(lines) * 100, reached, len(lines), name))
    sources = {os.path.relpath(os.path.join(folder, name), ROOT)
               for folder, _, names in os.walk(os.path.join(ROOT, "src")) for name in names
               if name.endswith(".c")}
    for percent, reached, count, name in rows:
        print(f"{percent:6.1f}%  {reached:5} of {count:5}  {name}")
    for name in args.missed:
        print(f"{name}: not reached: {ranges(n for n, count in found[name].items() if not count)}")
    if not rows:
        print("FAIL: nothing was measured")
        return 1
    total, of = sum(row[1] for row in rows), sum(row[2] for row in rows)
    may = exceptions()
    low = [row for row in rows if row[0] < may.get(row[3], args.least)]
    fine = sorted(name for name in may if name not in {row[3] for row in rows}
                  or any(row[3] == name and row[0] >= args.least for row in rows))
    under = sum(row[0] < args.least for row in rows)
    for name in sorted(sources - {row[3] for row in rows}):
        print(f"not built: {name}")
    print(f"{total} of {of} lines, {total / of * 100:.1f}%; {under} of {len(rows)} files under "
          f"{args.least:g}%, {under - len(low)} of them by tools/coverage.txt")
    for percent, _, _, name in sorted(low):
        print(f"FAIL {name}: {percent:.1f}%, less than {may.get(name, args.least):g}%")
    for name in fine:
        print(f"tools/coverage.txt: {name} is no exception any more: remove it")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
