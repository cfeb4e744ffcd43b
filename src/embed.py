# SPDX-License-Identifier: Apache-2.0
"""Writes the assembly that places a rulebook inside the library."""
import pathlib
import sys

book, out = sys.argv[1:]
path = str(pathlib.Path(book).resolve()).replace("\\", "\\\\").replace('"', '\\"')
pathlib.Path(out).write_text(f"""\
\t.section .rodata
\t.balign 16
\t.globl tw_embedded_rulebook
\t.hidden tw_embedded_rulebook
tw_embedded_rulebook:
\t.incbin "{path}"
\t.globl tw_embedded_rulebook_end
\t.hidden tw_embedded_rulebook_end
tw_embedded_rulebook_end:
\t.byte 0
\t.section .note.GNU-stack,"",%progbits
""")
