# SPDX-License-Identifier: Apache-2.0
"""Writes a header with the SHA-256 of the law compiler: what it compiled before may differ."""
import hashlib
import pathlib
import sys

compiler, out = map(pathlib.Path, sys.argv[1:])
digest = hashlib.sha256(compiler.read_bytes()).hexdigest()
out.write_text(f'#define TW_COMPILER "{digest}"\n')
