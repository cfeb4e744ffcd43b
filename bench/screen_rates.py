#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often the screen finds what it should and cries wolf over what is nothing.

    screen_rates.py PROGRAM LAW [--articles FILE] [--titles FILE] [--words] [--write FILE]

Texts come from Python packages that ship them; install them first:

    pip install chemicals ingredient-parser-nlp wordfreq

articles   descriptions of a tariff (TSV: code, description or text), as they are and in the words of
           shops; only those, outside chapters 28 to 39, and
           outside headings that are a listed chemical's own (27 07) and the chapters of special
           provisions (98, 99), which repeat the chemicals of chapters 28 to 39
goods      the foods of ingredient-parser-nlp, each as it is and with a packing; and goods made of
           everyday words: four to seven words drawn by how frequent they are in 29 languages,
           without words that are themselves a name of the ledger
words      every word of the large lists of 29 languages, by itself: names in one word with what
           they stand in, and words one letter from a name
titles     FILE: one title of goods a line, with --titles (shop titles that you have)
others     names of chemicals that are not in the ledger, by CAS number and by InChIKey, and hold no
           listed substance as a part of their structure, and are of no class by structure
recall     every name of the ledger, alone, with its usual salts, in capitals and between packings
"""
import argparse
import csv
import gzip
import importlib.util
import io
import json
import os
import random
import re
import subprocess
import sys

ON = "2026-09-01"
# A compound of which one of these is a part names the listed substance rightly.
PARTS = set("""CC(=O)C OS(=O)(=O)O CCN CN II BrBr I C1CCNCC1 OCCCCO C(CCO)CO CC1=CC=CC=C1 CCOCC
    C(Cl)(Cl)Cl CCC(=O)C C1CC(=O)OC1 C1=CC=C(C=C1)C=O""".split())
LANGUAGES = """ar bg cs da de el en es fi fr hi hu it ja ko lt lv nb nl pl pt ro ru sk sl sv tr uk
    vi zh""".split()


def package(name):
    spec = importlib.util.find_spec(name)
    if not spec:
        sys.exit(f"screen_rates: pip install {name.replace('_', '-')} first")
    return os.path.dirname(spec.origin)


def table(path):
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("# ")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def screen(program, texts, column="description"):
    """For each text: its lane and the substances found."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["id", column, "hts", "origin", "into", "entered", "value"])
    for i, text in enumerate(texts):
        writer.writerow([i, text, "8471300100", "CN", "US", ON, "100"])
    done = subprocess.run([program, "assess", "-", "--format", "ndjson"], input=buffer.getvalue(),
                          capture_output=True, text=True, check=False)
    answers = [("", ())] * len(texts)
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        found = tuple((s["substance"], s["certainty"]) for s in answer.get("substances", ()))
        answers[int(answer["id"])] = (answer.get("lane", ""), found)
    return answers


def articles(path):
    for row in table(path):
        chapter = int(row["code"][:2])
        if not 28 <= chapter <= 39 and chapter < 98 and not row["code"].startswith("2707"):
            yield row.get("description") or row.get("text")


# What shops write around the goods.
BEFORE = """New; 2026 Hot Sale; Premium; Wholesale; Factory Price; OEM; Portable; Heavy Duty; Kids; Women's;
    Free Shipping; Original; Waterproof; Mini""".split(";")
BEHIND = """1 pc; Pack of 12; with Storage Bag; for Home Kitchen; Black; 220V; Gift Box; XL; 24 pcs/carton;
    CE Certified; BPA Free; Non-Toxic; Eco Friendly; Made in China; 12 x 500 ml""".split(";")


def shop_titles(path, count):
    """Two articles of the tariff in the words of shops."""
    dice = random.Random(20260901)
    short = [text for text in articles(path) if 4 < len(text) < 60]
    for _ in range(count):
        yield " ".join(part.strip() for part in (
            dice.choice(BEFORE), dice.choice(short), dice.choice(short) + ",",
            dice.choice(BEHIND) + ",", dice.choice(BEHIND)))


def foods():
    path = os.path.join(package("ingredient_parser"), "en", "data", "fdc_ingredients.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["description"]
            yield row["description"] + ", carton of 12 x 500 g"


def words(names):
    import wordfreq
    for language in LANGUAGES:
        for word in wordfreq.top_n_list(language, 400000, wordlist="best"):
            if word.casefold() not in names:
                yield word


def titles(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.strip():
                yield line.strip()


def everyday(count, names):
    import wordfreq
    dice = random.Random(20260901)
    for language in LANGUAGES:
        words = [w for w in wordfreq.top_n_list(language, 20000)
                 if w.casefold() not in names and len(w) > 1]
        weights = [1 / (i + 50) for i in range(len(words))]
        for _ in range(count // len(LANGUAGES)):
            drawn = dice.choices(words, weights, k=dice.randint(4, 7))
            join = "" if language in ("zh", "ja") else " "
            text = join.join(drawn)
            # Two words side by side can make a name: that is a name.
            if not any(len(n) > 2 and n in text.casefold() for n in names):
                yield text


def others(substances, sample):
    cas = {c.rstrip("*") for s in substances for c in s["cas"].split()}
    keys = {s["inchikey"][:14] for s in substances}
    path = os.path.join(package("chemicals"), "Identifiers",
                        "chemical identifiers pubchem large.tsv")
    texts = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            cell = line.rstrip("\n").split("\t")
            if cell[1] in cas or cell[6][:14] in keys or PARTS & set(cell[4].split(".")):
                continue
            texts += [(n, cell[4]) for n in dict.fromkeys(cell[7:])
                      if len(n) > 3 and not re.fullmatch(r"\d{2,7}-\d\d-\d", n)]
    return random.Random(20260901).sample(texts, min(sample, len(texts)))


def without_members(program, pairs):
    """Names and answers less those whose structure is itself in a class of the law."""
    answers = screen(program, [name for name, _ in pairs])
    bad = [i for i, answer in enumerate(answers) if answer[0] in ("red", "yellow")]
    by_structure = screen(program, [pairs[i][1] for i in bad], "smiles")
    members = {i for i, answer in zip(bad, by_structure)
               if any(certainty == "exact" for _, certainty in answer[1])}
    kept = [i for i in range(len(pairs)) if i not in members]
    return [pairs[i][0] for i in kept], [answers[i] for i in kept]


def recall_texts(names):
    salts = ["", " hydrochloride", " HCl", " sulfate", ", 25 kg drum", " 98%"]
    acid = re.compile(r"acid|säure|syra|syre|kwas|kyselina|anhydrid|permangan|phosph|iod|brom|酸|カリ")
    for row in names:
        if row["kind"] not in ("name", "trade", "alone"):
            continue
        yield row["name"], row["substance"]
        yield row["name"].upper(), row["substance"]
        yield row["name"] + ", 25 kg", row["substance"]
        latin = row["language"] == "en" and row["kind"] == "name"
        if latin and not acid.search(row["name"]) and row["name"].endswith(("ine", "one", "yl")):
            for salt in salts[1:]:
                yield row["name"] + salt, row["substance"]


def report(title, texts, answers, out, show):
    bad = [(t, a) for t, a in zip(texts, answers) if a[0] in ("red", "yellow")]
    red = sum(a[0] == "red" for _, a in bad)
    rate = 100 * len(bad) / max(1, len(texts))
    out.append(f"| {title} | {len(texts):,} | {red} | {len(bad) - red} | {rate:.4f}% |")
    for text, answer in bad[:show]:
        print(f"  {text[:110]}  {answer}", file=sys.stderr)
    return len(bad)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("law")
    parser.add_argument("--articles")
    parser.add_argument("--titles")
    parser.add_argument("--words", action="store_true", help="six million words: two minutes")
    parser.add_argument("--goods", type=int, default=200000)
    parser.add_argument("--sample", type=int, default=100000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--write")
    given = parser.parse_args()
    substances = table(os.path.join(given.law, "substances", "substances.tsv"))
    names = table(os.path.join(given.law, "substances", "names.tsv"))
    known = {n["name"].casefold() for n in names}
    out = ["| texts | number | red | yellow | not green |", "| --- | ---: | ---: | ---: | ---: |"]
    sets = [("foods", list(foods())), ("everyday words", list(everyday(given.goods, known))),
            ("other chemicals", others(substances, given.sample))]
    if given.words:
        sets.insert(2, ("single words", list(words(known))))
    if given.titles:
        sets.insert(0, ("titles", list(titles(given.titles))))
    if given.articles:
        sets.insert(0, ("articles in the words of shops",
                        list(shop_titles(given.articles, given.goods))))
        sets.insert(0, ("tariff articles outside chapters 28 to 39", list(articles(given.articles))))
    for title, texts in sets:
        if title == "other chemicals":
            report(title, *without_members(given.program, texts), out, given.show)
        else:
            report(title, texts, screen(given.program, texts), out, given.show)
    wanted = list(recall_texts(names))
    found = screen(given.program, [t for t, _ in wanted])
    missed = [(t, s, a) for (t, s), a in zip(wanted, found)
              if s not in [name for name, _ in a[1]]]
    for text, substance, answer in missed[:given.show]:
        print(f"  missed: {text[:110]}  {substance}  {answer}", file=sys.stderr)
    share = 100 * (len(wanted) - len(missed)) / len(wanted)
    out += ["", f"Recall on the ledger's names, in capitals, with packings and salts: {share:.2f}% "
            f"({len(wanted) - len(missed):,} of {len(wanted):,})."]
    print("\n".join(out))
    if given.write:
        with open(given.write, "w", encoding="utf-8") as file:
            file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
