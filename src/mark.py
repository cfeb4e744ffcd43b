# SPDX-License-Identifier: Apache-2.0
"""Writes a header with the SHA-256 of files: what was made by others of them may differ.

    mark.py NAME FILE... OUTPUT
"""
import hashlib
import pathlib
import sys

name, *files, out = sys.argv[1:]
digest = hashlib.sha256(b"".join(pathlib.Path(path).read_bytes() for path in files)).hexdigest()
pathlib.Path(out).write_text(f'#define {name} "{digest}"\n')
