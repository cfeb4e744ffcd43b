#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shipments in lines of JSON: whatever name their key has, and wherever it first stands.

    keys.py PROGRAM ALIASES

Two lines of one shipment are each under the limit of 19 U.S.C. 1321(a)(2)(C), 800 dollars, and
together over it: as a shipment both owe duty, line by line neither does. The names are read from
ALIASES, src/lines/aliases.c, so that none is left out.
"""
import gzip
import json
import os
import re
import sys
import tempfile

import make

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run, write  # noqa: E402

PROGRAM, ALIASES = (os.path.abspath(path) for path in sys.argv[1:3])
LINE = {"hts": "6109100012", "origin": "DE", "entered": "2025-04-02", "value": 500}
ALONE, TOGETHER = "0.00", "82.50"  # 16.5% of 500


def lines(key, first=0):
    """Two lines of a shipment behind `first` lines of none."""
    every = [dict(LINE, id=str(i)) for i in range(first)]
    every += [dict(LINE, id=name, **{key: "S"}) for name in "ab"]
    return "".join(json.dumps(line) + "\n" for line in every).encode()


def duties(program, given, path, *options):
    done = run(program, "assess", "--format", "csv", "--fields", "id,duty,warnings", *options, path,
               given=given, binary=True)
    rows = [row.split(",", 2) for row in done.out.decode().splitlines()[1:]]
    check(done.code in (0, 1) and len(rows) >= 2, "answers", done.err)
    return [row[1] for row in rows[-2:]], rows[-1][2]


def spellings(name):
    """As people write what folds to the same."""
    return {name, name.upper(), name.capitalize(), " ".join((name[:5], name[5:])).strip(),
            name.replace("entry", "Entry_").replace("shipment", "Shipment-")}


def main():
    with open(ALIASES, encoding="utf-8") as file:
        table = re.search(r"\{TW_COLUMN_SHIPMENT,\s*((?:\"[^\"]*\"\s*)+),", file.read()).group(1)
    names = "".join(re.findall(r'"([^"]*)"', table)).replace("|", " ").split()
    check({"shipment", "entryno", "esn"} <= set(names), "the names of a shipment", names)
    with tempfile.TemporaryDirectory(prefix="tidewaiter-keys-") as folder:
        path = os.path.join(folder, "lines.ndjson")
        for name in names:
            for key in sorted(spellings(name)):
                equal(duties(PROGRAM, None, write(path, lines(key)))[0], [TOGETHER] * 2, key)
                equal(duties(PROGRAM, lines(key), "-")[0], [TOGETHER] * 2, f"{key} from a pipe")
        spaced = lines("shipment").replace(b'"shipment":', b'"Shipment" \t:')
        equal(duties(PROGRAM, None, write(path, spaced))[0], [TOGETHER] * 2, "blanks before a colon")
        for key, escaped in ((b"shipment", b"ship\\u006dent"), (b"ESN", b"\\u0045SN"),
                             (b"shipment no", b"shipment\\u0020no")):
            content = lines(key.decode()).replace(b'"%s":' % key, b'"%s":' % escaped)
            equal(duties(PROGRAM, None, write(path, content))[0], [TOGETHER] * 2, escaped)
        damaged = b'{"ship\\qment": 1}\n{"ship\\u00": 1}\n{"ship\\": 1}\n' + lines("x")
        equal(duties(PROGRAM, None, write(path, damaged))[0], [ALONE] * 2, "escapes of no kind")
        for key in "shipmentless", "entry_point", "x":
            equal(duties(PROGRAM, None, write(path, lines(key)))[0], [ALONE] * 2, key)
        value = lines("x").replace(b'"x": "S"', b'"x": "shipment", "y": "entry number: 5"')
        equal(duties(PROGRAM, None, write(path, value))[0], [ALONE] * 2, "a word in a value")
        mapped = lines("Parcel"), "--map", "Parcel=shipment"
        equal(duties(PROGRAM, mapped[0], "-", *mapped[1:])[0], [TOGETHER] * 2, "a name of one's own")
        equal(duties(PROGRAM, None, write(path, mapped[0]), *mapped[1:])[0], [TOGETHER] * 2,
              "a name of one's own, in a file")
        late = lines("Shipment No.", 30000)  # over 2 MiB behind the first line
        packed = gzip.compress(b"\xef\xbb\xbf" + late, 1)
        wide = late.decode().encode("utf-16")
        for name, content in (("late.ndjson", late), ("late.ndjson.gz", packed),
                              ("late.ndjson.zst", make.zstd_frame(late)), ("wide.ndjson", wide)):
            seen, warnings = duties(PROGRAM, None, write(os.path.join(folder, name), content))
            equal(seen, [TOGETHER] * 2, name)
            check("shipment-alone" not in warnings, f"{name}: gathered", warnings)
        seen, warnings = duties(PROGRAM, late, "-")
        check(seen == [ALONE] * 2 and "shipment-alone" in warnings,
              "late in a pipe each line is alone, and says so", f"{seen} {warnings}")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
