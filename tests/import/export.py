#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A schedule of the law as its publisher would export it, as JSON and CSV.

Lines of ten digits print no rates where they have those of the eight digits
above them, as in the real export; headings stand above the lines. Read by
run.py; by itself it writes a file:

    export.py SCHEDULE DAY OUT.json|OUT.csv
"""
import csv
import io
import json
import sys

COLUMNS = ["HTS Number", "Indent", "Description", "Unit of Quantity", "General Rate of Duty",
           "Special Rate of Duty", "Column 2 Rate of Duty", "Quota Quantity", "Additional Duties"]


def schedule(path):
    """The rows of a schedule's file."""
    with open(path, encoding="utf-8", newline="") as file:
        names = file.readline().rstrip("\n").split("\t")
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield dict(zip(names, cells + [""] * (len(names) - len(cells))))


def in_force(rows, day):
    return [row for row in rows if row["from"] <= day and (not row["until"] or day < row["until"])]


def dots(code):
    return ".".join([code[:4], *(code[i:i + 2] for i in range(4, len(code), 2))])


def entries(rows):
    """What an edition prints for these lines, in its order."""
    made, eight, heading = [], {}, ""
    for row in sorted(rows, key=lambda row: row["code"]):
        code = row["code"]
        if code[:4] != heading:
            heading = code[:4]
            made.append(entry(heading, 0))
            made.append(entry("", 1))
        rates = (row["general"], row["special"], row["col2"])
        inherits = len(code) == 10 and eight.get(code[:8]) == rates
        if len(code) == 8:
            eight[code] = rates
        indent = 3 if len(code) == 10 and code[:8] in eight else 2
        if indent == 3:
            made.append(entry("", 3))
            indent = 4
        units = [unit for unit in (row["unit1"], row["unit2"]) if unit]
        made.append(entry(dots(code), indent, units, *(("", "", "") if inherits else rates)))
    return made


def entry(number, indent, units=(), general="", special="", other=""):
    return {"htsno": number, "indent": str(indent),
            "description": 'Of <il>Genus</il>, "other":' if number else "Other:",
            "superior": None if number else "true", "units": list(units) or None,
            "general": general, "special": special, "other": other,
            "footnotes": [{"columns": ["general"], "marker": "1", "value": "See 9903.88.15. ",
                           "type": "endnote"}], "quotaQuantity": None, "additionalDuties": None}


def as_json(made):
    return json.dumps(made, ensure_ascii=True, indent=0).encode()


def as_csv(made):
    out = io.StringIO()
    out.write(",".join(COLUMNS) + "\r\n")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for one in made:
        units = json.dumps(one["units"], separators=(",", ":"), ensure_ascii=False) \
            if one["units"] else ""
        writer.writerow([one["htsno"], one["indent"], one["description"], units, one["general"],
                         one["special"], one["other"], "", ""])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def main():
    path, day, target = sys.argv[1:]
    made = entries(in_force(schedule(path), day))
    with open(target, "wb") as file:
        file.write(as_json(made) if target.endswith(".json") else as_csv(made))


if __name__ == "__main__":
    main()
