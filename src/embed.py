# SPDX-License-Identifier: Apache-2.0
"""Writes the assembly that places a file in a library or program: SYMBOL, SYMBOL_end."""
import pathlib
import sys

book, out, symbol = sys.argv[1:]
path = str(pathlib.Path(book).resolve()).replace("\\", "\\\\").replace('"', '\\"')
pathlib.Path(out).write_text(f"""\
\t.section .rodata
\t.balign 16
\t.globl {symbol}
\t.hidden {symbol}
{symbol}:
\t.incbin "{path}"
\t.globl {symbol}_end
\t.hidden {symbol}_end
{symbol}_end:
\t.byte 0
\t.section .note.GNU-stack,"",%progbits
""")
