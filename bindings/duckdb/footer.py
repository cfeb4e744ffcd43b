#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make a DuckDB extension of a shared library: DuckDB reads from a footer what it is.

    footer.py LIBRARY OUT PLATFORM VERSION

The footer is a custom section as WebAssembly has them, eight fields of 32 bytes of which the
last stands first, and room for a signature, which is empty here: such an extension is loaded
where unsigned ones are allowed.
"""
import os
import sys

FIELD, SIGNATURE = 32, 256
SECTION = b"\x00\x93\x04\x10duckdb_signature\x80\x04"


def footer(platform, version):
    fields = ["4", platform, "v1.2.0", version, "C_STRUCT", "", "", ""]
    packed = b"".join(field.encode().ljust(FIELD, b"\0")[:FIELD] for field in reversed(fields))
    return SECTION + packed + b"\0" * SIGNATURE


def main():
    library, out, platform, version = sys.argv[1:]
    with open(library, "rb") as file:
        content = file.read()
    # A file that some process has loaded is replaced and not written into.
    with open(out + ".new", "wb") as file:
        file.write(content + footer(platform, version))
    os.replace(out + ".new", out)


main()
