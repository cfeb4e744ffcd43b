#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ledger files that must be refused, each with its message and place.

run.py COMPILER runs the compiler on a small sound law folder, then on copies
of it with one thing wrong.
"""
import pathlib
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import ROOT, check, finish, run, write  # noqa: E402

ROWS = "id name formula weight inchikey smiles cas un classes kin confidence note".split()
CONTROLS = ("substance list code from until threshold limit volume per mixture covers decides "
            "toward by until_by confidence note").split()
PENALTIES = ("section offence for least_grams years_from years_to death prior two_priors "
             "fine_person fine_other from by confidence note").split()


def table(columns, *rows):
    lines = ["\t".join(columns)]
    for row in rows:
        assert set(row) <= set(columns), row
        lines.append("\t".join(row.get(c, "") for c in columns))
    return "\n".join(lines) + "\n"


ACETONE = dict(id="acetone", name="Acetone", inchikey="CSCPPACGZOOCGX-UHFFFAOYSA-N",
               smiles="CC(C)=O", cas="67-64-1", un="UN1090", confidence="high")
TOLUENE = dict(id="toluene", name="Toluene", inchikey="YXFVVABEGXRONW-UHFFFAOYSA-N",
               cas="108-88-3", confidence="high", kin="ring")
ROW = {"substance": "acetone", "list": "xx.one", "from": "1989-08-01", "threshold": "1,500 kg",
       "limit": "1500 kg", "per": "month", "by": "XX-1", "confidence": "high"}
PENALTY = {"section": "1", "for": "acetone", "least_grams": "400", "from": "1986-10-27",
           "by": "XX-1", "confidence": "high"}
LISTS = """jurisdiction: XX
title: Testland
timezone: Etc/UTC
lists:
  xx.one:
    name: List One
    kind: precursor
    import: {must: required, requirement: a permit}
    export: {must: ask, requirement: perhaps}
    transit: {must: none, requirement: nothing}
"""
ACTS = "instruments:\n  XX-1:\n    title: An act\n    known: 1989-08-01\n"
UNITS = ("unit\tdimension\tnum\tden\tspellings\nkg\tmass\t1\t1\tkilo\n"
         "gal\tvolume\t3785411784\t1000000000000\tgallon\n")
NAMES = "substance\tname\tlanguage\tkind\n"


def law(substances=(ACETONE, TOLUENE), classes="", names="acetone\tAcetone\ten\tname\n",
        codes="291411\t\tacetone\tonly\n", rows=(ROW,), penalties=(PENALTY,), lists=LISTS,
        acts=ACTS):
    return {
        "units.tsv": UNITS,
        "substances/substances.tsv": table(ROWS, *substances),
        "substances/named-classes.tsv": "id\tname\tclasses\tnote\n" + classes,
        "substances/names.tsv": NAMES + names,
        "substances/codes.tsv": "code\tjurisdiction\tsubstance\tstands\n" + codes,
        "xx/instruments/controls.yaml": acts,
        "xx/controls/lists.yaml": lists,
        "xx/controls/controls.tsv": table(CONTROLS, *rows),
        "xx/penalties.tsv": table(PENALTIES, *penalties),
    }


GROUPS = """groups:
  organyl: {first: "[#6]"}
  small: {first: "[CX4]", most: 4}
"""
CLASS = """class: class-xx-esters
title: Esters
jurisdiction: XX
cite: An act
forms:
  - skeleton: "[CH3]-[CX3](=[OX1])-[OX2;H0:1]"
    sites:
      ester: {at: [1], parent: hydrogen, always: yes, joined: yes}
    conditions:
      - {letter: E, site: ester, adds: [organyl]}
resembles:
  - "[CH3]-C(=O)-S"
"""
CLASSFILE = "substances/classes/class-xx-esters.yaml"
GROUPFILE = "substances/classes/groups.yaml"


def shape(old="", new="", groups=GROUPS, row="class-xx-esters\tEsters\t\t\n"):
    """A class drawn by structure, with one word of it changed."""
    assert old in CLASS
    return law(classes=row) | {GROUPFILE: groups, CLASSFILE: CLASS.replace(old, new) if old else CLASS}


def acetone(**change):
    return law(substances=(ACETONE | change, TOLUENE))


def salts(*rows):
    return law() | {SALTS: "substance\tsalt\tkeys\n" + "".join(rows)}


def equipment(names="press\ttablet press\ten\tname\n", line="press\tPress\tequipment\thigh\t\n",
              codes="847989\t\tpress\tamong\n", **change):
    return law(**change) | {
        "equipment/equipment.tsv": "id\tname\tkin\tconfidence\tnote\n" + line,
        "equipment/names.tsv": NAMES + names,
        "equipment/codes.tsv": "code\tjurisdiction\tsubstance\tstands\n" + codes,
        "equipment/words.tsv": "word\tkind\tnote\n",
        "equipment/not-names.tsv": "name\tnote\n",
    }


def row(**change):
    return law(rows=(ROW | change,))


SALTS = "substances/salts.tsv"
SUBSTANCES, NAMED, CODES = "substances/substances.tsv", "substances/names.tsv", "substances/codes.tsv"
CONTROL, PENAL, LIST = "xx/controls/controls.tsv", "xx/penalties.tsv", "xx/controls/lists.yaml"
BAD = [
    (equipment(line="press\tPress\tequipment\thihg\t\n"), "equipment/equipment.tsv:2:",
     'did you mean "high"?'),
    (equipment(line="acetone\tPress\tequipment\thigh\t\n"), "equipment/equipment.tsv:2:",
     'the id "acetone" is used before, in'),
    (equipment(names="acetone\tpropanone\ten\tname\n"), "equipment/names.tsv:2:",
     "names of equipment stand in equipment/names.tsv"),
    (equipment() | {NAMED: NAMES + "press\tpill press\ten\tname\n"}, f"{NAMED}:2:",
     "names of equipment stand in equipment/names.tsv"),
    (equipment(names="press\ttablet press\ten\tnmae\n"), "equipment/names.tsv:2:",
     'did you mean "name"?'),
    (equipment(codes="84798\t\tpress\tamong\n"), "equipment/codes.tsv:2:",
     "is not a code of 6 to 10 digits"),
    (law(lists=LISTS.replace("kind: precursor", "kind: equipmnt")), f"{LIST}:", "is not one of"),
    (law(lists=LISTS.replace("must: required", "must: prohibitted")), f"{LIST}:",
     'did you mean "prohibited"?'),
    (acetone(cas="67-64-2"), f"{SUBSTANCES}:2:", '"67-64-2" is not a CAS number: its check digit'),
    (acetone(cas="67-64-1 6-64-1"), f"{SUBSTANCES}:2:", '"6-64-1" is not a CAS number'),
    (acetone(cas="108-88-3"), f"{SUBSTANCES}:3:", "CAS number 108-88-3 also identifies another"),
    (acetone(inchikey="CSCPPACGZOOCGX-UHFFFAOYSA"), f"{SUBSTANCES}:2:", "is not an InChIKey"),
    (acetone(inchikey="cscppacgzoocgx-UHFFFAOYSA-N"), f"{SUBSTANCES}:2:", "is not an InChIKey"),
    (acetone(inchikey=TOLUENE["inchikey"]), f"{SUBSTANCES}:3:", "also identifies another substance"),
    (salts("aceton\tsodium\tCSCPPACGZOOCGX-UHFFFAOYSA-M\n"), f"{SALTS}:2:", 'did you mean "acetone"?'),
    (salts("acetone\tsodium\tCSCPPACGZOOCGX\n"), f"{SALTS}:2:", '"CSCPPACGZOOCGX" is not an InChIKey'),
    (salts("acetone\tsodium\t\n"), f"{SALTS}:2:", "a salt needs an InChIKey"),
    (acetone(un="1090"), f"{SUBSTANCES}:2:", '"1090" is not a UN number: write UN1715'),
    (acetone(id="toluene"), f"{SUBSTANCES}:3:", 'the id "toluene" is used before, in'),
    (acetone(name=""), f"{SUBSTANCES}:2:", "needs an id and a name"),
    (acetone(confidence="hihg"), f"{SUBSTANCES}:2:", 'did you mean "high"?'),
    (acetone(classes="toluen"), f"{SUBSTANCES}:2:", 'unknown class "toluen": did you mean "toluene"?'),
    (acetone(classes="toluene"), f"{SUBSTANCES}:2:", '"toluene" is a substance, not a class'),
    (law(names="acetone\tacetona\tes\tname\ntoluene\tAcetona\tes\tname\n"), f"{NAMED}:3:",
     '"Acetona" names "acetone" too, in line 2'),
    (law(names="acetone\tacetona\tes\tname\nacetone\tAcetona\tpt\tname\n"), f"{NAMED}:3:",
     '"Acetona" is named before, in line 2'),
    (law(names="aceton\tAceton\tde\tname\n"), f"{NAMED}:2:",
     'unknown substance "aceton": did you mean "acetone"?'),
    (law(names="acetone\tAceton\tgerman\tname\n"), f"{NAMED}:2:", "needs a text and a language"),
    (law(names="acetone\tAceton\tde\tnmae\n"), f"{NAMED}:2:", 'did you mean "name"?'),
    (law(codes="2914.11\t\tacetone\tonly\n"), f"{CODES}:2:", "is not a code of 6 to 10 digits"),
    (law(codes="291411\t\tacetone\tall\n"), f"{CODES}:2:", '"all" is not one of the words'),
    (row(list="xx.two"), f"{CONTROL}:2:", 'unknown list "xx.two": did you mean "xx.one"?'),
    (row(substance="acetoen"), f"{CONTROL}:2:", 'did you mean "acetone"?'),
    (row(substance="kin:rings"), f"{CONTROL}:2:", '"kin:rings" selects no substance'),
    (row(by=""), f"{CONTROL}:2:", "a control names its instrument"),
    (row(by="XX-2"), f"{CONTROL}:2:", 'unknown instrument "XX-2": did you mean "XX-1"?'),
    (row(**{"from": "1989-13-01"}), f"{CONTROL}:2:", '"1989-13-01" is not a day'),
    (row(**{"from": "89"}), f"{CONTROL}:2:", '"89" is not a day'),
    (row(until="1990-08-01"), f"{CONTROL}:2:", "an end and the act that set it stand together"),
    (row(until_by="XX-1"), f"{CONTROL}:2:", "an end and the act that set it stand together"),
    (row(until="1990-08-01", until_by="XX-2"), f"{CONTROL}:2:", 'did you mean "XX-1"?'),
    (law(acts=ACTS.replace("1989-08-01", "1989-8-1")), "xx/instruments/controls.yaml:4:", "is not a day"),
    (row(until="1989-08-01"), f"{CONTROL}:2:", "the control ends (1989-08-01) before it begins"),
    (row(limit="1500"), f"{CONTROL}:2:", '"1500" is not a quantity: write 1500 kg'),
    (row(limit="lots kg"), f"{CONTROL}:2:", "is not a quantity"),
    (row(limit="500 gal"), f"{CONTROL}:2:", "is not a quantity"),
    (row(volume="500 kg"), f"{CONTROL}:2:", "is not a volume"),
    (row() | {"units.tsv": UNITS.replace("\t1\t1\t", "\t0\t1\t")}, "units.tsv:2:",
     '"0" is not a whole number over 0'),
    (row(volume="5 barrels"), f"{CONTROL}:2:", "is not a volume"),
    (row(per="week"), f"{CONTROL}:2:", "per is month, year or empty"),
    (row(mixture="30"), f"{CONTROL}:2:", "a mixture limit is written 30% or 95% import"),
    (row(mixture="300%"), f"{CONTROL}:2:", "a mixture limit is written"),
    (row(mixture="30% inport"), f"{CONTROL}:2:", "a mixture limit is written"),
    (row(decides="maybe"), f"{CONTROL}:2:", "decides is empty (the list) or ask"),
    (row(confidence=""), f"{CONTROL}:2:", "is not one of the words allowed here"),
    (law(penalties=(PENALTY | {"least_grams": "0.4"},)), f"{PENAL}:2:", "not a weight in whole grams"),
    (law(penalties=(PENALTY | {"for": "list:xx.on"},)), f"{PENAL}:2:", 'unknown list "xx.on"'),
    (law(lists=LISTS.replace("Etc/UTC", "Moon/Sea")), f"{LIST}:1:", "is not compiled in"),
    (law(lists=LISTS.replace("must: ask", "must: maybe")), f"{LIST}:9:", "is not one of the words"),
    (law(lists=LISTS.replace("    transit: {must: none, requirement: nothing}\n", "")), f"{LIST}:6:",
     'a list says what it asks for "transit"'),
    (law(lists=LISTS.replace("kind: precursor", "kind: toy")), f"{LIST}:6:", "is not one of the words"),
    (law(lists=LISTS.replace("title:", "titel:")), f"{LIST}:2:", "titel"),
    (shape("always: yes", "always: no"), f"{CLASSFILE}:8:", 'always: yes, or left out; not "no"'),
    (shape("joined: yes", "joined: 2"), f"{CLASSFILE}:8:", 'joined: yes, or left out; not "2"'),
    (shape("parent: hydrogen", 'parent: "[CH3]"'), f"{CLASSFILE}:8:",
     "always and joined are for sites whose parent is hydrogen"),
    (shape("adds: [organyl]", "adds: [organil]"), f"{CLASSFILE}:10:", '"organil" is not a group of groups.yaml'),
    (shape("cite: An act", 'cite: An act\nskeleton: "C"'), f"{CLASSFILE}:1:",
     "a class has forms or one skeleton, not both"),
    (shape("    conditions:", "    condition:"), f"{CLASSFILE}:9:", "condition"),
    (shape(CLASS[CLASS.index("forms:"):CLASS.index("resembles:")], "forms: one\n"), f"{CLASSFILE}:5:",
     "lists forms: each a skeleton, sites and conditions"),
    (shape('resembles:\n  - "[CH3]-C(=O)-S"', "resembles: one"), f"{CLASSFILE}:", "lists patterns under resembles"),
    (shape(groups=GROUPS.replace("most: 4", "most: 0")), f"{GROUPFILE}:3:", "a number from 1 to 100"),
    (shape(groups=GROUPS.replace("most: 4", "least: 4")), f"{GROUPFILE}:3:", "least"),
    (shape(row=""), "substances/classes:", 'unknown class "class-xx-esters"'),
]


def words(text, name="words.tsv"):
    return {**law(), f"substances/{name}": text}


WORDS, NOTNAMES = "substances/words.tsv", "substances/not-names.tsv"
BAD += [
    (words("word\tnote\nan\t\n"), f"{WORDS}:1:", "the columns are word, kind and note"),
    (words("word\tkind\tnote\nan\tarticel\t\n"), f"{WORDS}:2:", "no such kind of word: 'articel'"),
    (words("word\tkind\tnote\nmeta beta\tpair\t\n"), f"{WORDS}:2:",
     "a pair is written one|other: 'meta beta'"),
    (words("word\tkind\tnote\n--\tplain\t\n"), f"{WORDS}:2:",
     "a name needs a letter or digit: '--'"),
    (words("names\tnote\nx\t\n", "not-names.tsv"), f"{NOTNAMES}:1:", "the columns are name and note"),
    (words("name\tnote\n...\t\n", "not-names.tsv"), f"{NOTNAMES}:2:",
     "a name needs a letter or digit: '...'"),
]


def verdict(compiler, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            write(pathlib.Path(folder, path), text)
        source = pathlib.Path(ROOT, "law", "substances")
        for name in ("not-names.tsv", "words.tsv"):  # read by the matcher
            if (source / name).exists() and f"substances/{name}" not in files:
                write(pathlib.Path(folder, "substances", name), (source / name).read_bytes())
        done = run(compiler, folder)
        return done.code, done.out.strip() + done.err.strip()


def main():
    compiler = sys.argv[1]
    for sound, what in ((law(), "folder"), (shape(), "class")):
        code, message = verdict(compiler, sound)
        if code:
            sys.exit(f"the sound {what} is refused: {message}")
    for files, place, text in BAD:
        code, message = verdict(compiler, files)
        check(code == 1 and message.startswith(place) and text in message, f"{place} … {text}",
              f"{code} {message}")
    return finish()


sys.exit(main())
