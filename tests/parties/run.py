#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names against the invented lists in lists/, each in the form in which its authority publishes it.

    run.py PROGRAM

What is expected was worked out by hand from the method in docs/parties.md.
"""
import csv
import hashlib
import io
import json
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LISTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lists")
SDN = os.path.join(LISTS, "SDN.CSV")


def ask(name, *lists, **options):
    words = [word for path in lists for word in ("--parties", os.path.join(LISTS, path))]
    words += [word for key, value in options.items() for word in (f"--{key}", value)]
    done = run(PROGRAM, "party", name, *words, "--format", "json")
    check(done.code == 0, f"{name}: exit code", done.err)
    return json.loads(done.out) if done.out else {"parties": [], "lists": []}


def hits(answer):
    return [(hit["entry"], hit["score"]) for hit in answer["parties"]]


# name, list, entry, score; None: no hit at 0.85
CASES = [
    # the same but for legal form and descriptor
    ("Wuhan Mingde Biotech Ltd", "SDN.CSV", "1003", "1.0000"),
    ("MINGDE WUHAN BIOLOGICAL TECHNOLOGY", "SDN.CSV", "1003", "1.0000"),
    # syllables apart; (1 + 0.5 + 0.3) of 1.8
    ("Wu Han Ming De Biotech", "SDN.CSV", "1003", "1.0000"),
    # characters: 明德 counts 0.9; (0.9 + 0.5 + 0.3) / 1.8
    ("武汉明德生物科技有限公司", "SDN.CSV", "1003", "0.9444"),
    # traditional characters
    ("武漢明德生物科技有限公司", "SDN.CSV", "1003", "0.9444"),
    # a listed place that is not given: (1 + 0.3) / (1.3 + 0.2 x 0.5)
    ("Mingde Biotechnology", "SDN.CSV", "1003", "0.9285"),
    # another firm of the same town and trade
    ("Wuhan Hongrui Biotechnology Co., Ltd.", "SDN.CSV", None, None),
    ("Wuhan Biotechnology Co., Ltd.", "SDN.CSV", None, None),
    # a letter of seven: 1 - 1/7; (1 + 0.8572 + 0.3) / 2.3
    ("Bright Harbour Chemical", "SDN.CSV", "1001", "0.9379"),
    # through an alias of ALT.CSV
    ("Liang Gang Chem", "SDN.CSV", "1001", "1.0000"),
    # a surname in another spelling: (1 + 0.8) / 2
    ("Lan Hu Cheung", "SDN.CSV", "1004", "0.9000"),
    ("張蘭湖", "SDN.CSV", "1004", "0.9000"),
    # a surname alone is not a person: 1 / (1 + 0.2)
    ("Zhang", "SDN.CSV", None, None),
    ("Zhang Weiming", "SDN.CSV", None, None),
    ("Yunque Material", "consolidated.csv", "a2", "1.0000"),
    ("Yunque Material", "consolidated.tsv", "a2", "1.0000"),
    ("Gravesham Okafor, Petronella", "dpl.txt", "row 2", "1.0000"),
    ("Aldous Kestrel Bramble", "un.xml", "900001", "1.0000"),
    ("Lantern and Rook", "un.xml", "900002", "0.9708"),
    ("灯笼与白嘴鸦航运有限公司", "un.xml", "900002", "1.0000"),
    ("Vanterpool Sidonie", "eu.csv", "77001", "1.0000"),
    ("Marrowbone Chem Industry", "eu.csv", "77002", "1.0000"),
    ("Corvin Thistlewaite", "uk.csv", "FRE0001", "1.0000"),
    ("科尔文", "uk.csv", "FRE0001", "1.0000"),
    ("Octavian Merriweather", "canada.xml",
     "Freedonia / Freedonie, schedule 1, Part 1, item 1", "1.0000"),
    ("Bright Harbor Chemical Aktiengesellschaft", "SDN.CSV", "1001", "1.0000"),
    ("Bright Harbor Chemical Gesellschaft mit beschränkter Haftung", "SDN.CSV", "1001", "1.0000"),
    ("Bright Harbor Chemical, Sociedad Anónima de Capital Variable", "SDN.CSV", "1001", "1.0000"),
    ("Oxbow Freight", "CONS_PRIM.CSV", "5001", "1.0000"),
    ("Barnaby Orrin Twineham", "SDN_ADVANCED.XML", "6001", "1.0000"),
    ("Silverbark Chem", "SDN_ADVANCED.XML", "6002", "1.0000"),
    ("银树皮化工", "SDN_ADVANCED.XML", "6002", "1.0000"),
]
for given, path, entry, score in CASES:
    equal(hits(ask(given, path)), [(entry, score)] if entry else [], f"{given} in {path}")

# Identifiers: equal by letters and digits, of the kind that is named.
for number, path, entry in (
        ("Z-9990001", "SDN.CSV", "1002"), ("passport:z9990001", "SDN.CSV", "1002"),
        ("77123456", "SDN.CSV", "1002"), ("tax id:77-123456", "SDN.CSV", "1002"),
        ("passport:77-123456", "SDN.CSV", None), ("F5550001", "consolidated.csv", "a4"),
        ("passport:X4455667", "SDN_ADVANCED.XML", "6001"),
        ("1inventedwalletaddress7", "SDN_ADVANCED.XML", "6001"),
        ("www.example.com/12345", "SDN_ADVANCED.XML", None),
        ("FD1234567", "un.xml", "900001"), ("SV77001", "eu.csv", "77001"),
        ("imo:9998887", "uk.csv", "FRE0002"), ("9112223", "canada.xml",
                                               "Freedonia / Freedonie, schedule 1, Part 2, item 2")):
    answer = ask("Nobody At All", path, identifier=number)
    equal([(hit["entry"], hit["says"], hit["score"]) for hit in answer["parties"]],
          [(entry, "equal identifier", None)] if entry else [], f"{number} in {path}")

# What stands in every answer: the list's own day where it has one, and the digest of the file.
for path, day, latest in (("SDN_ADVANCED.XML", "2026-11-09", None), ("un.xml", "2026-11-20", None), ("eu.csv", "2026-11-20", None),
                          ("uk.csv", "2026-11-20", None), ("dpl.txt", None, "2026-03-11"),
                          ("consolidated.csv", None, "2026-03-09"), ("SDN.CSV", None, None),
                          ("canada.xml", None, "2026-01-15")):
    seen = ask("Nobody", path)["lists"][0]
    with open(os.path.join(LISTS, path), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    equal((seen["list_date"], seen["latest_entry"], seen["sha256"], seen["skipped"]),
          (day, latest, digest, 1), path)

answer = ask("Marlo Tobias Quillfeather", "consolidated.csv", "SDN.CSV")
equal([len(answer["lists"][0]["with"]), answer["lists"][1]["repeated"]], [3, 1],
      "companions, and what is in both lists once")
equal(hits(answer), [("1002", "1.0000")], "once")
equal(answer["parties"][0]["drugs"], ["SDNTK"], "a program that marks drugs")
equal([pair["given"] for pair in answer["parties"][0]["pairs"]],
      ["marlo", "tobias", "quillfeather"], "every pair is shown")
for name, programs, drugs, country in (("The Ropemaker", ["SDNTK"], ["SDNTK"], "not listed"),
                                       ("Silverbark", ["ILLICIT-DRUGS-EO14059", "EXAMPLE"],
                                        ["ILLICIT-DRUGS-EO14059"], "agrees")):
    hit = ask(name, "SDN_ADVANCED.XML", country="Freedonia", address="4 Invented Quay")["parties"][0]
    equal((hit["programs"], hit["drugs"], hit["country"], hit["address"]),
          (programs, drugs, country, "1.0000" if drugs != programs else "0.0000"), name)
equal(ask("Bright Harbor", "SDN.CSV", country="China", address="Pretend Road, Wuhan")
      ["parties"][0]["country"], "agrees", "the country is said")

with tempfile.TemporaryDirectory() as folder:
    bad = write(os.path.join(folder, "list"), "a,b,c\n1,2,3\n")
    for words, message in (
            (["X", "--parties", bad], "not a list that is known"),
            (["X", "--parties", os.path.join(LISTS, "ADD.CSV")], "belongs to SDN.CSV"),
            (["X", "--parties", write(bad + ".json", "{}")], "is JSON"),
            (["X", "--parties", write(bad + ".xml", "<sdnList/>")], "OFAC's older XML"),
            (["X", "--parties", write(bad + ".un", "<CONSOLIDATED_LIST><a>")], "damaged XML"),
            (["X", "--parties", write(bad + ".doc", "<!DOCTYPE a [<!ENTITY b \"c\">]>"
                                      "<CONSOLIDATED_LIST/>")], "document type"),
            (["X", "--parties", write(bad + ".0", "")], "is empty"),
            (["X"], "name a list"), (["--parties", SDN], "name a party"),
            (["X", "Y", "--identifier", "1", "--parties", SDN], "of one party"),
            (["X", "--cut", "0.2", "--parties", SDN], "not a score")):
        done = run(PROGRAM, "party", *words)
        check(done.code == 2 and message in done.err, f"{words}: {message}", done.err)

# Lines of goods: the parties of each, whatever way it is read, by however many threads.
LINES = os.path.join(LISTS, "..", "..", "golden", "in", "parties.csv")
ROWS = list(csv.DictReader(open(LINES, encoding="utf-8")))
ASSESS = ("assess", "-q", "--parties", SDN, "--parties", os.path.join(LISTS, "un.xml"))


def assess(rows, *words, form="ndjson"):
    text = io.StringIO()
    out = csv.DictWriter(text, ROWS[0])
    out.writeheader()
    out.writerows(rows)
    given = text.getvalue() if form == "csv" else "".join(json.dumps(row) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = write(os.path.join(folder, "lines." + form), given)
        done = run(PROGRAM, *ASSESS, *words, path)
    check(done.code in (0, 1), "assess", done.err)
    return done.out


def said(answer):
    return [(hit["field"], hit["says"], hit["entry"], hit["score"])
            for hit in answer["parties"]["found"]]


answers = [json.loads(line) for line in assess(ROWS).splitlines()]
equal([(answer["id"], answer["lane"], said(answer)) for answer in answers], [
    ("P-1", "yellow", []),  # by itself: of the law
    ("P-2", "red", [("shipper", "resembles", "1003", "1.0000")]),  # red by its chemical
    ("P-3", "red", [("consignee", "equal identifier", "1002", None)]),
    ("P-4", "yellow", [("importer", "resembles", "1001", "0.9379"),
                       ("consignee", "resembles", "1002", "1.0000"),
                       ("shipper", "resembles", "1003", "0.9444")]),
    ("P-5", "yellow", [("shipper", "resembles", "1001", "1.0000")]),  # refused
    ("P-6", "yellow", [("shipper", "resembles", "1001", "1.0000")])], "lines of goods")
with open(SDN, "rb") as file:
    equal(answers[0]["parties"]["lists"][0]["sha256"], hashlib.sha256(file.read()).hexdigest(),
          "the list stands in every answer")
equal(said(json.loads(assess([ROWS[3]], "--party-cut", "0.95"))),
      [("consignee", "resembles", "1002", "1.0000")], "--party-cut")
equal([json.loads(line)["lane"] for line in
       assess([dict(ROWS[0], origin="VN", entered="2026-09-02"),
               dict(ROWS[0], origin="VN", entered="2026-09-02", shipper="Mingde Wuhan"),
               dict(ROWS[0], origin="VN", entered="2026-09-02", importer="Z-9990001")],
              form="csv").splitlines()], ["green", "yellow", "red"], "the lane is of the parties alone")

# Many lines, of which most are written by their plan: the same as each by itself.
many = [dict(ROWS[i % 4], id=str(i), shipper=f"{ROWS[i % 4]['shipper']}{' ' * (i % 3)}")
        for i in range(2000)]
plain = assess(many, "-j", "1")
for words, form in ((("-j", "3"), "ndjson"), (("-j", "1"), "csv"), (("-j", "2"), "csv")):
    check(assess(many, *words, form=form) == plain, f"the same answers: {words} of {form}")
equal([said(json.loads(line)) for line in plain.splitlines()],
      [said(answers[i % 4]) for i in range(2000)], "every line")
equal(run(PROGRAM, "assess", "-q", "--totals-only", *ASSESS[2:], LINES).out.splitlines()[1],
      "parties: 1 with an equal identifier, 4 that resemble an entry", "totals")
long = json.loads(assess([dict(ROWS[0], shipper="Very Long Name " * 100)]))
equal(long["parties"]["names_cut"], ["shipper"], "a name longer than is read is marked")
for words, message in ((("--parties", "/nonexistent"), "/nonexistent"),
                       (("--parties", os.path.join(LISTS, "ALT.CSV")), "belongs to SDN.CSV")):
    done = run(PROGRAM, "assess", *words, LINES)
    check(done.code == 2 and message in done.err and not done.out, f"{words}", done.err)

sys.exit(finish())
