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

# Forms that lists have besides: both languages in the names of elements, the first form of the
# EU's, countries that stand elsewhere, UTF-16 of either order.
FORMS = {
    "canada.xml": "<data-set><record><Country-Pays>Freedonia / Freedonie</Country-Pays>"
                  "<LastName-NomDeFamille>Merriweather</LastName-NomDeFamille>"
                  "<GivenName-Prenom>Octavian</GivenName-Prenom><Aliases-Alias>Octo Merri"
                  "</Aliases-Alias><ShipIMONumber-NumeroOMIDuNavire>9112223"
                  "</ShipIMONumber-NumeroOMIDuNavire><Schedule-Annexe>1</Schedule-Annexe>"
                  "<Item-NumeroDarticle>4</Item-NumeroDarticle></record></data-set>",
    "eu.csv": "fileGenerationDate;Entity_logical_id;Subject_type;Programme;Naal_lastname;"
              "Naal_wholename;Addr_country;Entity_logical_id;Iden_number\n"
              "20/11/2026;77009;P;FRE;;Sidonie Vanterpool;Freedonia;;SV77001\n",
    "advanced.xml": "<Sanctions><ReferenceValueSets><CountryValues><Country ID='1'>undetermined"
                    "</Country><Country ID='2' ISO2='FD'/></CountryValues><FeatureTypeValues>"
                    "<FeatureType ID='10'>Nationality Country</FeatureType><FeatureType ID='25'>"
                    "Location</FeatureType></FeatureTypeValues></ReferenceValueSets><Locations><Location ID='5'><LocationCountry "
                    "CountryID='1'/><LocationPart><LocationPartValue><Value>Ruritania</Value>"
                    "</LocationPartValue></LocationPart></Location><Location ID='6'>"
                    "<LocationCountry CountryID='2'/></Location></Locations><DistinctParties>"
                    "<DistinctParty FixedRef='31'><Profile ID='31' PartySubTypeID='4'><Identity "
                    "ID='8'><Alias><DocumentedName><DocumentedNamePart><NamePartValue>Pell "
                    "Marrowby</NamePartValue></DocumentedNamePart></DocumentedName></Alias>"
                    "</Identity><Feature FeatureTypeID='10'><VersionLocation LocationID='5'/>"
                    "</Feature><Feature FeatureTypeID='25'><VersionLocation LocationID='6'/>"
                    "</Feature></Profile></DistinctParty></DistinctParties></Sanctions>",
}
with tempfile.TemporaryDirectory() as folder:
    def form(name, coding="utf-8", text=None):
        path = os.path.join(folder, coding + name)
        with open(path, "wb") as file:
            file.write((FORMS[name] if text is None else text).encode(coding))
        return path

    for name, given, entry, number in (
            ("canada.xml", "Octo Merri", "Freedonia / Freedonie, schedule 1, item 4", "9112223"),
            ("eu.csv", "Vanterpool Sidonie", "77009", "SV77001"),
            ("advanced.xml", "Marrowby Pell", "31", None)):
        for coding in ("utf-8", "utf-16"):
            equal(hits(ask(given, form(name, coding))), [(entry, "1.0000")], f"{name}, {coding}")
        if number:
            equal([hit["entry"] for hit in ask("Nobody", form(name), identifier=number)["parties"]],
                  [entry], f"{name}: a number")
    hit = ask("Pell Marrowby", form("advanced.xml"), country="Ruritania")["parties"][0]
    equal(hit["country"], "agrees", "a nationality in the place of an address")
    hit = ask("Pell Marrowby", form("advanced.xml"), country="FD")["parties"][0]
    equal(hit["country"], "agrees", "a country of which the code is all there is")
    hit = ask("Pell Marrowby", form("advanced.xml"), country="undetermined")["parties"][0]
    equal(hit["country"], "differs", "undetermined is no country")
    big = os.path.join(folder, "big.csv")
    with open(big, "wb") as file:
        file.write(b"\xfe\xff" + FORMS["eu.csv"].encode("utf-16-be"))
    equal(hits(ask("Vanterpool Sidonie", big)), [("77009", "1.0000")], "UTF-16, the other order")
    for data, message in (
            (b"\xff\xfea\0b", "byte 5 is not UTF-16"), (b"\xff\xfe\0\xd8a\0", "byte 3 is not"),
            (FORMS["eu.csv"].encode("utf-16-le"), "UTF-16 without a byte order mark"),
            (FORMS["eu.csv"].replace("Naal_", "N_").encode(), "no column `NameAlias_WholeName`"),
            (b"<export xmlns='http://eu.europa.ec/fpi/fsd/export'/>", "csvFullSanctionsList"),
            (b"<Designations/>", "UK-Sanctions-List.csv")):
        with open(big, "wb") as file:
            file.write(data)
        done = run(PROGRAM, "party", "Nobody", "--parties", big)
        check(done.code == 2 and message in done.err, message, done.err)

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

# What lists hold, and how they come: lists made here, each with what once was lost of it.
PERSON = '{0},"{1}","individual","SDNTK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{2}"\n'
IDS = ("Passport A1112223 (Freedonia); alt. Passport B4445556 (Freedonia); National ID No. 123 456 789;"
       " SWIFT/BIC BMJIIRTH; Driver's License No. 77889900 (Freedonia); Phone Number 5550100;"
       " Digital Currency Address - XBT 1inventedwallet9; alt. Tax ID No. FD 55 66;"
       " a.k.a. 'THE ROPEWALKER'")
DPL = open(os.path.join(LISTS, "dpl.txt"), encoding="utf-8").read().splitlines()
CSL = open(os.path.join(LISTS, "consolidated.csv"), encoding="utf-8").read().splitlines()
UK = open(os.path.join(LISTS, "uk.csv"), encoding="utf-8").read()


def csl(**values):
    """The list with one row."""
    head = CSL[0].split(",")
    text = io.StringIO()
    rows = csv.DictWriter(text, head)
    rows.writeheader()
    rows.writerow({"_id": "q1", **values})
    return text.getvalue()


def canada(*records):
    return ("<data-set>" + "".join(f"<record><Country>F</Country>{record}</record>"
                                   for record in records) + "</data-set>")


with tempfile.TemporaryDirectory() as folder:
    def made(name, text, **how):
        path = os.path.join(folder, name)
        if isinstance(text, bytes):
            with open(path, "wb") as file:
                file.write(text)
            return path
        return write(path, text)

    def found(given, path, *more, **options):
        return [hit["entry"] for hit in ask(given, path, *more, **options)["parties"]]

    long = "a" * 4000
    path = made("dpl.txt", f'{DPL[0]}\n"ORVILLE QUIBBLE"\t"{long}"\t"{long}"\t"{long}"\t"US"\t"{long}"'
                + '\t"x"' * 6 + "\n")
    equal(found("Orville Quibble", path), ["row 2"], "long cells of an address")
    ids = made("IDS.CSV", PERSON.format(1, "WU, Yi", IDS) + PERSON.format(2, "MA, Li", "")
               + PERSON.format(3, "CHINA CHEMICAL GROUP", "")
               + PERSON.format(4, "GOLDING, William", "")
               + PERSON.format(5, "of " * 24 + "Zanzibarlike", "")
               + PERSON.format(6, "BRANNIGAN TORVALE",
                               ";".join(f"Passport Z{i:07}" for i in range(4010))))
    for number, entry in (("A1112223", "1"), ("passport:B4445556", "1"), ("123456789", "1"),
                          ("bic:bmjiirth", "1"), ("77889900", "1"), ("5550100", None),
                          ("wallet:1inventedwallet9", "1"), ("tax:FD5566", "1"),
                          ("Z0000250", "6"), ("Z0004005", None)):
        equal(found("Nobody", ids, identifier=number), [entry] if entry else [], number)
    for given, entry in (("Wu Yi", "1"), ("Li Ma", "2"), ("Chemical Group China", "3"),
                         ("Chemical China", None), ("William Golding", "4"),
                         ("The Ropewalker", "1"), ("Wu", None)):
        equal(found(given, ids), [entry] if entry else [], given)
    equal(ask("The Ropewalker", ids)["parties"][0]["name"], "THE ROPEWALKER", "a weak alias")
    answer = ask("Holdng William Golding", ids)
    equal([pair["how"] for pair in ask("Bright Harbor Chemcal", "SDN.CSV")["parties"][0]["pairs"]],
          ["equal", "equal", "typing error"], "a word of the tables with a typing error")
    done = run(PROGRAM, "party", "X", "--parties", ids, "--format", "json")
    equal(json.loads(done.out)["lists"][0]["left_out"], 11, "a long name and ten identifiers")
    check("entry 6: more than 4,000 identifiers; 11 such texts" in done.err, "what is left out",
          done.err)
    done = run(PROGRAM, "party", "X", "--identifier", "pasport:123", "--parties", ids)
    check(done.code == 2 and "passport, national id" in done.err, "a kind that is none", done.err)

    # A row that repeats OFAC's entry is kept where it says more.
    for values, kept in (({}, False), ({"alt_names": "Bartholomew Inkwell"}, True),
                         ({"ids": "Passport, Z9990001, FD"}, False),
                         ({"ids": "Passport, K7654321, FD"}, True)):
        text = csl(source="Specially Designated Nationals (SDN) - Treasury Department",
                   entity_number="1002", name="QUILLFEATHER, Marlo Tobias", **values)
        answer = ask("Nobody", made("c.csv", text), "SDN.CSV")["lists"]
        equal(answer[-1]["repeated"], 0 if kept else 1, values)
    equal(found("Bartholomew Inkwell", made("c.csv", csl(name="Nunsuch", alt_names="Bartholomew "
                                                         "Inkwell"))), ["q1"], "an alias")
    path = made("c.csv", csl(name="Nunsuch", ids="Passport, F5550001, FD").replace(",ids", ",papers"))
    answer = run(PROGRAM, "party", "Nunsuch", "--parties", path, "--identifier", "F5550001",
                 "--format", "json")
    equal([hit["says"] for hit in json.loads(answer.out)["parties"]], ["resembles"], "a column renamed")
    check("does not name `ids`" in answer.err, "a column renamed", answer.err)
    done = run(PROGRAM, "party", "X", "--parties", made("c.csv", csl(name="N").replace(",name,", ",nom,")))
    check(done.code == 2 and "no column `name`" in done.err, "no name", done.err)
    done = run(PROGRAM, "party", "X", "--parties", made("c.csv", CSL[0] + "\n"), "--parties", ids)
    check(done.code == 2 and "holds no entry" in done.err, "a list of a head alone", done.err)

    # Companions that are none.
    sdn = made("SDN.CSV", PERSON.format(1, "WU, Yi", ""))
    for text in ("", "<html>error</html>", '1,1,"aka","X",-0- \n'):
        made("ADD.CSV", text)
        done = run(PROGRAM, "party", "X", "--parties", sdn)
        check(done.code == 2 and "does not hold OFAC addresses" in done.err, text, done.err)
    made("ADD.CSV", '1,1,"Nowhere","Elsewhere","Freedonia",-0- \n')
    made("SDN_COMMENTS.CSV", "\x1a")
    made("ALT.CSV", '1,1,"nka","WOO, Yee",-0- \n1,2,"aka","YI THE SHORT","weak"\n')
    equal(ask("Yee Woo", sdn)["lists"][0]["with"][2]["rows"], 0, "no comments")
    done = run(PROGRAM, "party", "Yi the Short", "Yee Woo", "--parties", sdn, "--format", "table")
    check("(weak aka)" in done.out and "(nka)" in done.out, "kinds of aliases", done.out)
    done = run(PROGRAM, "party", "Thistle Korvin", "--format", "table", "--parties",
               made("uk.csv", UK))
    check("(weak aka)" in done.out, "a weak alias of the UK's", done.out)

    # XML: texts of any length, records without a number, documents one by one.
    path = made("ca.xml", canada(
        "<EntityOrShip>Sable Pinnace</EntityOrShip><Aliases>"
        + "; ".join(f"Alias Number {i}" for i in range(900)) + "; Lastling Murgatroyd</Aliases>",
        "<EntityOrShip>Otherwise Hobblethwaite</EntityOrShip>"))
    equal(found("Lastling Murgatroyd", path), ["record 1"], "a long text")
    equal(found("Otherwise Hobblethwaite", path), ["record 2"], "records without a number")
    one = "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT></INDIVIDUAL_DOCUMENT>"
    other = "<INDIVIDUAL_DOCUMENT><NUMBER>55566677</NUMBER></INDIVIDUAL_DOCUMENT>"
    path = made("un.xml", "<CONSOLIDATED_LIST><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Quorvine"
                f"</FIRST_NAME>{one}{other}</INDIVIDUAL></CONSOLIDATED_LIST>")
    equal(ask("X", path, identifier="55566677")["parties"][0]["identifier"]["kind"], "",
          "the type of one document is not that of the next")

    # A list and a name that are not UTF-8; countries by any name.
    path = made("latin.CSV", PERSON.format(1, "MU\u00d1OZBRAVO, Thaddeus", "").encode("cp1252"))
    done = run(PROGRAM, "party", b"Mu\xf1ozbravo Thaddeus", "--parties", path, "--format", "json")
    equal(json.loads(done.out)["parties"][0]["name"], "MU\u00d1OZBRAVO, Thaddeus", "Windows-1252")
    check("1 byte is not UTF-8" in done.err, "it is said", done.err)
    for country, says in (("China", "agrees"), ("CN", "agrees"), ("chn", "agrees"),
                          ("People's Republic of China", "agrees"), ("US", "differs")):
        equal(ask("Bright Harbor", "SDN.CSV", country=country)["parties"][0]["country"], says, country)

    # More entries than are held are counted, each once, whatever their names; every name has a row.
    path = made("SDN.CSV", "".join(PERSON.format(i, "BRANNIGAN TORVALE", "") for i in range(1, 61)))
    made("ALT.CSV", "".join(f'{i},{i},"aka","TORVALE BRANNIGAN SON",-0- \n' for i in range(1, 61)))
    made("ADD.CSV", '1,1,"Nowhere","Elsewhere","Freedonia",-0- \n')
    answer = ask("Brannigan Torvale Son", path)
    equal((len(answer["parties"]), answer["more"]), (50, 10), "entries that are not held")
    done = run(PROGRAM, "party", "Nobody", "word " * 30, "Brannigan Torvale", "--parties", path,
               "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    equal([(row["says"], row["more"], row["name_cut"]) for row in rows[:3]],
          [("resembles none", "0", "no"), ("resembles none", "0", "yes"), ("resembles", "10", "no")],
          "a row for every name")
    done = run(PROGRAM, "party", "A", "B", "--parties", SDN, "--format", "json")
    equal([answer["name"] for answer in json.loads(done.out)], ["A", "B"], "an array of two")
    done = run(PROGRAM, "party", "-", "--parties", SDN, "--format", "json", given="A\0B\nC\n")
    equal([answer["name"] for answer in json.loads(done.out)], ["A\0B", "C"], "lines with a NUL")
    done = run(PROGRAM, "party", "-", "--parties", SDN, "--format", "json", given="")
    equal(json.loads(done.out), [], "no line")
    done = run(PROGRAM, "party", "-", "--identifier", "12345", "--parties", SDN, given="A\n")
    check(done.code == 2 and "of one party" in done.err, "lines and an identifier", done.err)

# Lines of goods: the parties of each, whatever way it is read, by however many threads.
LINES = os.path.join(LISTS, "..", "..", "golden", "in", "parties.csv")
ROWS = list(csv.DictReader(open(LINES, encoding="utf-8")))
ASSESS = ("assess", "-q", "--parties", SDN, "--parties", os.path.join(LISTS, "un.xml"))


def assess(rows, *words, form="ndjson"):
    text = io.StringIO()
    out = csv.DictWriter(text, ROWS[0], extrasaction="ignore")
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

# A name that is cut is not cleared; a consignee that is a number is looked for beside its id.
GREEN = dict(ROWS[0], origin="VN", entered="2026-09-02")
equal([json.loads(line)["lane"] for line in
       assess([GREEN, dict(GREEN, shipper="word " * 30),
               dict(GREEN, consignee="Z-9990001", consignee_id="99-1234567"),
               dict(GREEN, buyer="Mingde Wuhan"), dict(GREEN, seller="Z-9990001")]).splitlines()],
      ["green", "yellow", "red", "yellow", "red"], "a cut name, a number for a name, a buyer")
check("its end was left out" in assess([dict(GREEN, shipper="word " * 30)], "--format", "csv"),
      "a cut name in CSV")

# Many lines, of which most are written by their plan (nothing is said of them): the same as each
# by itself.
def kind(i):
    return i % 4 if i % 16 < 4 else 0


many = [dict(ROWS[kind(i)], id=str(i), shipper=f"{ROWS[kind(i)]['shipper']}{' ' * (i % 3)}")
        for i in range(2000)]
plain = assess(many, "-j", "1")
for words, form in ((("-j", "3"), "ndjson"), (("-j", "1"), "csv"), (("-j", "2"), "csv")):
    check(assess(many, *words, form=form) == plain, f"the same answers: {words} of {form}")
equal([said(json.loads(line)) for line in plain.splitlines()],
      [said(answers[kind(i)]) for i in range(2000)], "every line")
equal(run(PROGRAM, "assess", "-q", "--totals-only", *ASSESS[2:], LINES).out.splitlines()[1],
      "parties: 1 with an equal identifier, 4 that resemble an entry", "totals")
long = json.loads(assess([dict(ROWS[0], shipper="Very Long Name " * 100)]))
equal(long["parties"]["names_cut"], ["shipper"], "a name longer than is read is marked")
for words, message in ((("--parties", "/nonexistent"), "/nonexistent"),
                       (("--parties", os.path.join(LISTS, "ALT.CSV")), "belongs to SDN.CSV")):
    done = run(PROGRAM, "assess", *words, LINES)
    check(done.code == 2 and message in done.err and not done.out, f"{words}", done.err)

sys.exit(finish())
