#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well and how fast names are found in a list of invented parties.

    parties.py PROGRAM [--names FOLDER] [--entries N] [--lines N]

A list of N entries (20,000) is made in the form of OFAC's: invented firms and persons. Asked are
names with errors made on purpose, invented firms that are not on it, and N lines (100,000) for the
speed. FOLDER holds firm-pairs.csv (name1, name2, is_match) and invented-people.csv (full_name):
each first name is asked of a list with the second ones in it, and the people of the invented list.
What is counted: a hit on the entry that was meant is true, any other is false.
"""
import argparse
import collections
import csv
import io
import os
import random
import resource
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CUTS = (0.70, 0.80, 0.85, 0.90)


def table(name):
    with open(os.path.join(ROOT, "law", "parties", name), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]
    return lines[1:]


def is_latin(text):
    return text.isascii()


SYLLABLES = [(row[0], row[1][:12]) for row in table("pinyin.tsv") if len(row[0]) > 1]
SURNAMES = [(row[0], row[1]) for row in table("surnames.tsv")]
WORDS = collections.defaultdict(list)  # of a kind: spellings in Latin letters and in characters
for kind, _, spellings in table("words.tsv"):
    every = spellings.split(";")
    latin, han = [s for s in every if is_latin(s)], [s for s in every if not is_latin(s)]
    if latin and han:
        WORDS[kind].append((latin, han))
FORMS = ["Co., Ltd.", "Company Limited", "Co Ltd", "Ltd", "Limited", "LLC"]
STEMS = "bra cor dal fen gri hol jas kel lum mor nev ost pel qua rin sol tor ulm vex wil zan".split()
ENDS = "ador berg cote dine eth fall gate ham ique land more nell ova port rick stone ton ville".split()


class Firm:
    """Place, core, descriptor and form; the core of syllables with characters, or a made-up word."""

    def __init__(self, dice):
        self.place = dice.choice(WORDS["place"])
        self.descriptor = dice.choice(WORDS["descriptor"])
        self.chinese = dice.random() < 0.7
        if self.chinese:
            chosen = [dice.choice(SYLLABLES) for _ in range(dice.choice((2, 2, 3)))]
            self.core = [sound for sound, _ in chosen]
            self.han = "".join(dice.choice(characters) for _, characters in chosen)
        else:
            self.core = [dice.choice(STEMS) + dice.choice(STEMS[:10]) + dice.choice(ENDS)]

    def name(self, core=None, descriptor=None, form="Co., Ltd.", order=False):
        words = [self.place[0][0].title(), (core or "".join(self.core)).title(),
                 (descriptor or self.descriptor[0][0]).title(), form]
        return " ".join([words[1], words[2], words[0], form] if order else words)

    def in_characters(self):
        return self.place[1][0] + self.han + self.descriptor[1][0] + "有限公司"


def mistyped(dice, word):
    at = dice.randrange(1, len(word) - 1)
    letter = dice.choice("abcdefghijklmnopqrstuvwxyz")
    return dice.choice((word[:at] + word[at + 1:], word[:at] + letter + word[at:],
                        word[:at] + letter + word[at + 1:],
                        word[:at] + word[at + 1] + word[at] + word[at + 2:]))


def person(dice):
    if dice.random() < 0.5:
        return (dice.choice(SURNAMES)[0] + ", " + "".join(
            dice.choice(SYLLABLES)[0] for _ in range(dice.choice((1, 2, 2)))).title())
    return (dice.choice(STEMS) + dice.choice(ENDS)).title() + ", " + (
        dice.choice(STEMS) + dice.choice(ENDS)).title()


def write_list(path, names):
    with open(path, "w", encoding="utf-8", newline="") as file:
        for number, name in enumerate(names, 1):
            name = name.replace('"', "'")
            file.write(f'{number},"{name}",-0- ,"SDNTK"' + ",-0- " * 8 + "\r\n")
        file.write("\x1a")


def ask(program, path, names, cut=0.5):
    """Of each name its hits, entry and score; and the processor's seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "party", "-", "--parties", path, "--cut", str(cut), "--quiet",
                           "--format", "csv"], input="\n".join(names) + "\n", text=True,
                          capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = collections.defaultdict(list)
    for row in csv.DictReader(io.StringIO(done.stdout)):
        if row["score"]:
            found[row["name"].lstrip("'")].append((int(row["entry"]), float(row["score"])))
    return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(title, asked, found, cut):
    """asked: name and the entry that is meant, or None where there is none."""
    true = false = missed = 0
    for name, meant in asked:
        entries = {entry for entry, score in found[name] if score >= cut}
        true += meant in entries
        missed += meant is not None and meant not in entries
        false += len(entries - {meant})
    precision = true / (true + false) if true + false else 0
    recall = true / (true + missed) if true + missed else 0
    score = 2 * precision * recall / (precision + recall) if precision + recall else 0
    print(f"{title:34} {cut:4.2f} {len(asked):7,} {precision:9.3f} {recall:7.3f} {score:6.3f}")


def errors(dice, firms):
    """By kind: names with an error made on purpose, and the entries they are of."""
    made = collections.defaultdict(list)
    for number, firm in enumerate(firms, 1):
        core = "".join(firm.core)
        made["legal form"].append((firm.name(form=dice.choice(FORMS[1:])), number))
        made["order of words"].append((firm.name(order=True), number))
        if len(firm.descriptor[0]) > 1:
            made["descriptor translated"].append(
                (firm.name(descriptor=dice.choice(firm.descriptor[0][1:])), number))
        if len(core) >= 5:
            made["typing error in the core"].append((firm.name(core=mistyped(dice, core)), number))
        if firm.chinese:
            made["pinyin apart"].append((firm.name(core=" ".join(firm.core)), number))
            made["in characters"].append((firm.in_characters(), number))
    return made


def pairs(program, folder, path, filler):
    with open(os.path.join(folder, "firm-pairs.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    write_list(path, [row["name2"] for row in rows] + filler)
    found, _ = ask(program, path, [row["name1"] for row in rows])
    for cut in CUTS:
        true = false = missed = 0
        for number, row in enumerate(rows, 1):
            hit = any(entry == number and score >= cut for entry, score in found[row["name1"]])
            match = row["is_match"].lower() == "true"
            true += hit and match
            false += hit and not match
            missed += match and not hit
        precision, recall = true / max(1, true + false), true / max(1, true + missed)
        print(f"{'150 pairs of firms':34} {cut:4.2f} {len(rows):7,} {precision:9.3f} {recall:7.3f} "
              f"{2 * precision * recall / max(1e-9, precision + recall):6.3f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--names")
    parser.add_argument("--entries", type=int, default=20000)
    parser.add_argument("--lines", type=int, default=100000)
    given = parser.parse_args()
    dice = random.Random(13)
    firms = [Firm(dice) for _ in range(given.entries // 2)]
    others = [Firm(dice).name() for _ in range(2000)]
    listed = [firm.name() for firm in firms] + [person(dice) for _ in range(given.entries // 2)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "SDN.CSV")
        write_list(path, listed)
        print(f"{'asked':34} {'cut':>4} {'names':>7} {'precision':>9} {'recall':>7} {'F1':>6}")
        made = errors(dice, firms[:2000])
        every = [one for kind in made.values() for one in kind] + [(name, None) for name in others]
        found, _ = ask(given.program, path, [name for name, _ in every])
        for kind, asked in sorted(made.items()):
            measure(kind, asked, found, 0.85)
        for cut in CUTS:
            measure("all of them, and 2,000 not listed", every, found, cut)
        if given.names:
            pairs(given.program, given.names, path, listed)
            write_list(path, listed)
            with open(os.path.join(given.names, "invented-people.csv"), encoding="utf-8") as file:
                people = [row["full_name"] for row in csv.DictReader(file)]
            found, _ = ask(given.program, path, people)
            for cut in CUTS:
                alarms = sum(any(score >= cut for _, score in found[name]) for name in people)
                print(f"{len(people):,} invented people against the invented list, {cut:4.2f}: "
                      f"{alarms:,} resemble an entry ({100 * alarms / len(people):.2f}%)")
        names = [Firm(dice).name(form=dice.choice(FORMS)) if dice.random() < 0.7 else person(dice)
                 for _ in range(given.lines)]
        alone = min(ask(given.program, path, names[:1], 0.85)[1] for _ in range(3))
        took = min(ask(given.program, path, names, 0.85)[1] for _ in range(3)) - alone
        print(f"{given.entries:,} entries: read in {alone:.2f} s; {given.lines:,} names in "
              f"{took:.2f} s of processor time, {given.lines / took:,.0f} names a second")


if __name__ == "__main__":
    sys.exit(main())
