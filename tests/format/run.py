#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All C is laid out as .clang-format says.

    run.py ROOT CLANG-FORMAT

Lists the files that deviate, each with its first line that does. Exits with 77 (skipped) when
there is no clang-format.
"""
import pathlib
import subprocess
import sys

FOLDERS = ["include", "src", "cli", "tests", "bench", "server", "bindings"]


def main():
    root, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    if not program:
        print("SKIP: no clang-format 14")
        return 77
    files = sorted(str(file.relative_to(root)) for folder in FOLDERS
                   for ending in ("*.c", "*.h", "*.cc") for file in (root / folder).rglob(ending))
    if len(files) < 50:
        print(f"FAIL: only {len(files)} files of C found in {root}")
        return 1
    result = subprocess.run([program, "--dry-run", "--ferror-limit=1", *files], cwd=root,
                            capture_output=True, text=True, check=False)
    deviating = {}
    for row in result.stderr.splitlines():
        name, _, rest = row.partition(":")
        if name in files and "clang-format-violations" in row:
            deviating.setdefault(name, rest.split(":")[0])
    for name, line in deviating.items():
        print(f"FAIL {name}:{line}: run clang-format -i {name}")
    if result.returncode and not deviating:
        print(result.stderr)
        return 1
    print(f"{len(files) - len(deviating)} files as laid down, {len(deviating)} not")
    return 1 if deviating else 0


if __name__ == "__main__":
    sys.exit(main())
