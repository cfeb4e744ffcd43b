#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every name, code and number of a country that the law has is read as that country, as it is
written there, in capitals and with other signs between the words.

    countries.py PROGRAM LAW
"""
import csv
import json
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]


def rows(name):
    with open(f"{LAW}/{name}", encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def main():
    known = {row["iso2"]: row for row in rows("countries.tsv")}
    want = []
    for two, row in known.items():
        want += [(text, two) for text in (two, two.lower(), row["iso3"], row["name"]) if text]
    for row in rows("country-names.tsv"):
        text, two = row["spelling"], row["iso2"]
        # an ISO code goes before a name of two letters
        if len(text) == 2 and text in known:
            two = text
        want += [(one, two) for one in (text, text.upper(), text.replace(" ", " - ") + ".")]
    lines = "".join(json.dumps({"id": str(i), "hts": "610910", "origin": text, "value": 1,
                                "entered": "2025-05-02"}, ensure_ascii=False) + "\n"
                    for i, (text, _) in enumerate(want))
    result = run(PROGRAM, "assess", "--format", "ndjson", "--no-screen", given=lines)
    answers = [json.loads(line) for line in result.out.splitlines()]
    check(len(answers) == len(want), f"{len(answers)} answers to {len(want)} lines", result.err)
    for (text, two), answer in zip(want, answers):
        is_union = two not in known
        sound = (any("origin-union" in one for one in answer["warnings"]) if is_union
                 else answer.get("origin") == two)
        check(sound, f"{text} is {two}", json.dumps(answer)[:200])
    return finish()


sys.exit(main())
