#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rulebook stays small, and stands once in each file that has it inside, and in no other.

    sizes.py RULEBOOK FILE... [--without FILE...]
"""
import struct
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish  # noqa: E402

MOST = 8_000_000  # bytes of the whole rulebook
SECTION = struct.Struct("=4sIQQ")
HEADER = struct.Struct("=8sIIIIQ16s16s72s32s")


def sections(book):
    count = HEADER.unpack_from(book)[3]
    return sorted(((size, tag.decode()) for tag, _, _, size in (
        SECTION.unpack_from(book, HEADER.size + i * SECTION.size) for i in range(count))),
        reverse=True)


def main():
    with open(sys.argv[1], "rb") as file:
        book = file.read()
    largest = ", ".join(f"{tag} {size}" for size, tag in sections(book)[:8])
    check(len(book) <= MOST, f"a rulebook of {len(book)} bytes, more than {MOST}",
          f"the largest sections: {largest}; tables of narrow numbers are in rulebook/narrow.h")
    start = book[:HEADER.size]  # the checksum is in it: no other bytes begin so
    wanted = 1
    for path in sys.argv[2:]:
        if path == "--without":
            wanted = 0
            continue
        with open(path, "rb") as file:
            seen = file.read().count(start)
        check(seen == wanted, f"{path}: the rulebook stands in it {seen} times", f"not {wanted}")
    return finish(largest)


sys.exit(main())
