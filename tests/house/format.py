#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All C is laid out as .clang-format says, and no file holds the marks of a merge.

    run.py ROOT CLANG-FORMAT

Lists the files that deviate, each with its first line that does. Exits with 77 (skipped) when
there is no clang-format.
"""
import os
import pathlib
import re
import subprocess
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, skip  # noqa: E402

FOLDERS = ["include", "src", "cli", "tests", "bench", "server", "bindings"]


def text_files(root):
    for folder, folders, names in os.walk(root):
        # Not the history, and no build folder.
        folders[:] = [name for name in folders if name != ".git"
                      and not (pathlib.Path(folder) / name / "meson-private").exists()]
        found = (pathlib.Path(folder) / name for name in sorted(names))
        yield from (path for path in found if path.is_file())


def merge_marks(root):
    """What a merge that was not finished leaves behind, in any file: a Makefile too."""
    mark = re.compile(rb"^(?:<{7}|>{7}|[|]{7}) ", re.M)
    for path in text_files(root):
        content = path.read_bytes()
        found = mark.search(content)
        line = content.count(b"\n", 0, found.start()) + 1 if found else 0
        check(not found, f"{path.relative_to(root)}:{line}: the mark of a merge")


def main():
    root, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    merge_marks(root)
    if not program:
        if finish():
            return 1
        skip("no clang-format 14")
    files = sorted(str(file.relative_to(root)) for folder in FOLDERS
                   for ending in ("*.c", "*.h", "*.cc") for file in (root / folder).rglob(ending))
    check(len(files) >= 50, f"{len(files)} files of C found in {root}")
    result = subprocess.run([program, "--dry-run", "--ferror-limit=1", *files], cwd=root,
                            capture_output=True, text=True, check=False)
    deviating = {}
    for row in result.stderr.splitlines():
        name, _, rest = row.partition(":")
        if name in files and "clang-format-violations" in row:
            deviating.setdefault(name, rest.split(":")[0])
    for name in files:
        check(name not in deviating,
              f"{name}:{deviating.get(name)}: run clang-format -i {name}")
    check(deviating or not result.returncode, "clang-format ends well", result.stderr)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
