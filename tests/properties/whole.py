#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What an answer says is whole: no text of the law is cut where there was no room for it.

    whole.py PROGRAM ROOT

The reasons of rates that are not computed and the words of claims are taken from the law's text
and held against the answers. In the sources of the answers a text goes by answer_keep or fit_print,
which cannot drop in silence; the raw calls that are left print numbers and codes, and are counted.
"""
import csv
import json
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
# Calls of snprintf and the like: numbers, codes of the law's own length, or checked.
RAW = {"assess/answer.c": 3, "assess/assess.c": 3, "assess/assessor.c": 3, "assess/instant.c": 1,
       "assess/rate.c": 2, "findings/finding.c": 5, "findings/page.c": 1, "findings/table.c": 1,
       "findings/totals.c": 3, "lines/item.c": 3, "lines/item_es003.c": 1, "screen/screen.c": 1}


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", newline="") as file:
        return file.read()


def rows(path):
    return list(csv.DictReader(read(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def assess(lines):
    names = ["hts", "origin", "entered", "value", "claims"]
    text = "\t".join(names) + "\n" + "".join(
        "\t".join(line.get(name, "") for name in names) + "\n" for line in lines)
    done = run(PROGRAM, "assess", "--no-screen", "-", given=text)
    return [json.loads(line) for line in done.out.splitlines()]


def rates():
    reasons = dict(line.split("\t")[:2] for line in
                   read("law/us/rates-not-computed.tsv").splitlines()
                   if "\t" in line and not line.startswith("#"))
    lines, wanted = [], []
    for row in rows("law/us/schedule.tsv"):
        reason = reasons.get((row.get("general") or "").strip())
        if reason and len(re.sub(r"\D", "", row["code"])) >= 8:
            lines.append({"hts": row["code"], "origin": "JP", "entered": "2025-05-02",
                          "value": "5000"})
            wanted.append("base_rate: " + reason)
    answers = assess(lines)
    check(len(lines) > 20 and len(answers) == len(lines), "rates that are not computed are found",
           len(lines))
    met = 0
    for line, reason, answer in zip(lines, wanted, answers):
        if answer["status"] == "refused":
            continue
        met += reason in answer["missing"]
        check(reason in answer["missing"] or
               not any(m.startswith("base_rate") for m in answer["missing"]), f"{line['hts']} says its whole reason", answer["missing"])
        for text in answer["missing"] + answer["warnings"]:
            check(not text.endswith("..."), f"{line['hts']}: no text ends in dots", text)
    check(met > 20 and max(map(len, wanted)) > 95,
           "reasons longer than what was cut are met", (met, max(map(len, wanted))))


def claims():
    text = read("law/claims.yaml")
    met = 0
    for name, words in re.findall(r"^  (\w+):\n    type: word.*\n(?:    .*\n)*?    words: \[([^\]]*)\]",
                                  text, re.M):
        met += 1
        answer = assess([{"hts": "6109.10.00.12", "origin": "JP", "entered": "2025-05-02",
                          "value": "100", "claims": name + "=no-such-word"}])[0]
        for word in re.split(r",\s*", words.strip()):
            check(word in answer.get("text", ""), f"the refusal of {name} names {word}", answer)
    check(met > 3, "claims with words are met", met)


def pages():
    """The page of every substance, with all that is asked and cited."""
    listed = run(PROGRAM, "substance", "--list", "--format", "json").out
    ids = sorted({entry["name"] for entry in json.loads(listed)["substances"]})
    check(len(ids) > 200, "substances are listed", len(ids))
    for name in ids:
        page = run(PROGRAM, "substance", name, "--explain", "--from", "CN", "--into", "US",
                   "--via", "MX", "--on", "2026-01-15").out
        page = re.sub(r"sha256 \w+\.\.\.", "", page)
        check(page and "..." not in page, f"the page of {name} is whole",
               [line for line in page.splitlines() if "..." in line])


def sources():
    call = re.compile(r"(?<![a-z_])(v?snprintf|strcat|strncat|strncpy|sprintf)\(")
    for folder, names in (("assess", ""), ("findings", ""), ("lines", "item"),
                          ("screen", "screen|cells")):
        for name in sorted(os.listdir(os.path.join(ROOT, "src", folder))):
            if not name.endswith(".c") or not re.match(names, name):
                continue
            place = f"{folder}/{name}"
            count = len(call.findall(read(os.path.join("src", place))))
            check(count <= RAW.get(place, 0), f"src/{place}: {count} raw calls, "
                  f"{RAW.get(place, 0)} known: a text goes by fit_print or answer_keep")


rates()
claims()
pages()
sources()
sys.exit(finish())
