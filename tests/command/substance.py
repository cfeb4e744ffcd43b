#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of `tidewaiter substance`: what it says, how wide it is, its exit codes.

    substance.py PROGRAM
"""
import csv
import json
import sys
import unicodedata

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402

PROGRAM = sys.argv[1]


def ask(*arguments):
    return run(PROGRAM, "substance", *arguments)


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def flat(text):
    return " ".join(text.split())


ROUTE = ("--on", "2025-08-01", "--from", "CN", "--into", "US", "--weight", "25kg")
code, page, _ = ask("4-piperidone hydrochloride", *ROUTE)
check(code == 0, "exit", code)
for line in page.splitlines():
    check(width(line) <= 80 or line.strip().startswith("http"), "80 columns", line)
    check(line == line.rstrip(), "no blanks at the end", line)
for part in ("41661-47-6, 41979-39-9, 40064-34-4", "VRJHQPZVIGNGMX-UHFFFAOYSA-N",
             "RED: licence or permit required", "since 2025-07-20", "since 2023-05-12",
             "export, required: MOFCOM export licence", "import, required: importer registered",
             "2025-07-20 CN 易制毒化学品 第二类 (Category 2) begins",
             "2025-08-14 EU Category 1 begins (later)", "88-FR-21902", "21 USC 960(d)"):
    check(flat(part) in flat(page), "the page says " + part)

code, page, _ = ask("4-piperidone", "--on", "2025-07-19", "--from", "CN", "--into", "BR")
check("YELLOW" in page and "export, required" not in page, "a day before the Chinese listing")

code, page, _ = ask("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "160 kg")
check("YELLOW" in page and "import, below-threshold" in flat(page), "a drum of acetone", page)
code, page, _ = ask("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "500 gal")
check(code == 0 and "import, required" in flat(page), "the law's own unit: 500 gallons", page)
code, page, err = ask("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                      "500 bushels")
check(code == 2 and "25kg, 500g, 1.5t, 200L" in err, "bushels are refused with what would be right")
code, page, _ = ask("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "1892 L")
check("import, below-threshold" in flat(page), "under 500 gallons")
code, page, _ = ask("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "1893 L")
check("RED" in page, "over 500 gallons")

code, page, _ = ask("fentanyl", "--weight", "399g", "--from", "CN", "--into", "US")
check("from 40 g; 5 to 40 years" in flat(page) and "from 400 g" not in flat(page), "40 g band")
code, page, _ = ask("fentanyl", "--weight", "400g", "--from", "CN", "--into", "US")
check("from 400 g; 10 to life" in flat(page) and "from 40 g;" not in flat(page), "400 g band")

for asked in ("79099-07-3", "ROUYFJUVMYHXFJ-UHFFFAOYSA-N", "N-Boc-4-哌啶酮", "1-boc-4-piperidona"):
    code, answer, _ = ask(asked, "--format", "json", "--on", "2026-01-01")
    found = json.loads(answer)["substances"]
    check(code == 0 and [s["substance"] for s in found] == ["1-boc-4-piperidone"], asked, answer)

code, answer, _ = ask("4-piperidone", "--format", "json", *ROUTE)
controls = {(c["jurisdiction"], c["status"]) for c in json.loads(answer)["substances"][0]["controls"]}
check({("CN", "required"), ("US", "required"), ("CA", "off-route"),
                            ("UN", "off-route")} <= controls and len(controls) == 4, "controls in JSON", controls)

code, page, _ = ask("carfentanyll")
check(code == 0 and "near: one letter differs" in page, "misspelt")
code, page, _ = ask("karfentanyll")
check(code == 1 and "Closest names" in page and
       "carfentan" in page, "two letters away: the nearest names", page)
code, page, _ = ask("41661-47-5")
check(code == 1 and "check digit is wrong" in page and
       "41661-47-6 (4-Piperidone)" in page, "wrong check digit", page)
code, page, _ = ask("vanillin")
check(code == 1 and "No match for" in page and "Searched" in page, "nothing known")
code, page, _ = ask("1-benzyl-4-piperidone", "--on", "2025-11-10", "--from", "CN", "--into", "MX")
check("names were not retrieved" in flat(page), "the thirteen names", page)
code, page, _ = ask("1-benzyl-4-piperidone", "--on", "2025-11-09", "--from", "CN", "--into", "MX")
check("names were not retrieved" not in flat(page), "before them", page)
for bad in (("acetone", "--from", "China"), ("acetone", "--on", "soon"), ("acetone", "--weight", "1"),
            (), ("acetone", "--format", "xml"), ("acetone", "--colour")):
    code, _, message = ask(*bad)
    check(code == 2 and message.startswith("tidewaiter: "), f"refused: {bad}", message)

# Without a route nothing is said of one; with several names each is answered.
code, page, _ = ask("4-piperidone", "--on", "2026-01-15")
check(code == 0 and "on this route" not in page and "RED" not in page
       and "jurisdictions that list it" in page and "import, required" in page and "export, required" in page
       and "Precursor chemicals" in page, "no route", page)
code, page, _ = ask("acetone", "sulfuric", "acid", "tablet press", "--on", "2026-01-15",
                    "--format", "json")
check([json.loads(line)["asked"] for line in page.splitlines()]
       == ["acetone", "sulfuric acid", "tablet press"], "three names", page)
code, page, _ = ask("4-piperidone", "hydrochloride", "--format", "json")
check(json.loads(page)["asked"] == "4-piperidone hydrochloride", "a name and its salt", page)
code, page, _ = ask("acetone", "123-45-5", "--format", "json")
check(code == 1 and len(page.splitlines()) == 2, "one of two is not known", page)
code, page, _ = ask("fentanyl", "--on", "2026-01-15", "--from", "CN", "--into", "CA")
check("RED: prohibited" in page and "import, prohibited" in page
       and "https://" not in page and "Acts:" in page, "prohibited", page)
code, page, _ = ask("fentanyl", "--on", "2026-01-15", "--explain")
check("https://" in page and "Catalogue of Narcotic Drugs" in flat(page), "--explain", page)
code, page, _ = ask("1-benzyl-4-piperidone", "--on", "2026-01-15", "--from", "CN", "--into", "MX",
                    "--weight", "2kg")
check("undecided: the names on this list are not published here" in
       flat(page).replace("export, ", "") or "undecided: the names" in flat(page), "undecided", page)
code, page, _ = ask("tablet press", "--on", "2026-01-15", "--from", "CN", "--into", "US")
check(code == 0 and "DEA Form 452" in flat(page) and "RED" in page, "a machine", page)
code, page, _ = ask("胶囊填充机", "--on", "2026-01-15", "--into", "CA")
check(code == 0 and "Schedule IX" in page, "a machine in Chinese", page)

# Lists, search, changes.
code, page, _ = ask("--list", "--on", "2026-01-15")
check(code == 0 and "[4-piperidone]: CA CDSA" in page and "[tablet-press]" in page, "--list", page)
check("[4-piperidone-dimethyl-acetal]: US List I, as a class" in page
       and "[fentanyl]: CA CDSA Schedule I; CN Catalogue of Narcotic Drugs; UN" in page, "--list: a member of a class is on the class's list", page)
code, page, _ = ask("--list", "--on", "2023-05-11", "dimethoxypiperidine")
check("[4-piperidone-dimethyl-acetal]: on no list" in page, "--list: the day before the class begins", page)
code, page, _ = ask("--list", "acetylnorf", "--on", "2026-01-15", "--format", "json")
check('"list":"List I","by_class":"class-us-4-ap"' in page, "--list: json says which class", page)
code, page, _ = ask("--list", "--by", "jurisdiction", "--on", "2025-12-16")
before = page[page.index("CA CDSA Schedule IX"):].split("\n\n")[0]
code, page, _ = ask("--list", "--by", "jurisdiction", "--on", "2025-12-17")
check("[tablet-tooling]" not in before.split("\nCN ")[0] and
       "[tablet-tooling]" in page[page.index("CA CDSA Schedule IX"):].split("\nCN ")[0], "--by jurisdiction", page)
code, page, _ = ask("--list", "--by", "family")
check(code == 0 and "equipment\n  Tableting machine" in page, "--by family", page)
code, page, _ = ask("piperidin*")
check(code == 0 and "[piperidine]" in page and "[norfentanyl]" not in page, "a beginning", page)
code, page, _ = ask("*fentanyl*")
check(code == 0 and "[norfentanyl]" in page and "[acetone]" not in page, "an inside", page)
code, page, _ = ask("piperid", "--on", "2026-01-15")
check("Names that contain it" in page and "Piperidine" in page, "names with it", page)
code, page, _ = ask("zzz*")
check(code == 1 and not page, "no such beginning", page)
code, page, _ = ask("--changes", "2023-05-12", "4-piperidone", "--on", "2023-05-12")
check("2023-05-12" in page and "List I" in page, "--changes, the day", page)
code, page, _ = ask("--changes", "2023-05-13", "4-piperidone", "--on", "2023-12-31")
check("List I" not in page, "--changes, the day after", page)
code, page, _ = ask("--changes", "2025-12-17", "--on", "2025-12-17", "--format", "json")
changes = json.loads(page)["changes"]
check({"tablet-tooling"} <= {c["substance"] for c in changes}, "--changes of all", page)
for bad in (("--list", "--by", "colour"), ("acetone", "--by", "family"),
            ("--changes", "someday", "acetone")):
    code, _, message = ask(*bad)
    check(code == 2 and message.startswith("tidewaiter: "), f"refused: {bad}", message)

# A country of the route is one; a star is a star everywhere; an identifier that is none says why.
for flag, country in (("--into", "XX"), ("--from", "QZ"), ("--via", "ZZ")):
    code, _, message = ask("acetone", flag, country)
    check(code == 2 and f"{flag} {country}: no country" in message,
           f"no country: {flag} {country}", message)
code, text, _ = ask("acetone", "--from", "CN", "--into", "EU")
check(code == 0, "the union is a route", text)
code, text, _ = ask("--list", "piperid*")
check(code == 0 and "4-Piperidone" in text, "--list with a star", text)
for asked, why in (("Mar-79", "cas-date"), ("1979-03-08", "cas-date"),
                   ("InChI=1S/nonsense", "inchi-not-read"),
                   ("AAAAAAAAAAAAAA-AAAAAAAAAA-A", "inchikey-not-read")):
    code, text, _ = ask(asked)
    check(why in text, f"says why: {asked}", text)
    code, text, _ = ask(asked, "--format", "json")
    check(json.loads(text)["warning"].startswith(why), f"says why in json: {asked}", text)
code, text, _ = ask("CSCPPACGZOOCGX")
check(code == 0 and "Acetone" in text and "near" in text, "the first part of a key", text)

# A refused line has the lane of its goods, and says both things; without a day no list is asked.
LINES = """id,into,origin,entered,hts,value,description
1,US,CN,2025-08-15,,10,fentanyl citrate
2,US,CN,2025-08-15,2933.33.99.99,10,fentanyl citrate
3,US,CN,2025-08-15,2933.33.01,ten,fentanyl citrate
4,US,CN,2025-08-15,,10,cotton shirts
5,US,CN,soon,,10,fentanyl citrate
"""
done = run(PROGRAM, "assess", "--format", "ndjson", "-", given=LINES)
for answer in map(json.loads, done.out.splitlines()):
    required = {c["jurisdiction"] for c in answer.get("controls", []) if c["status"] == "required"}
    check(answer["status"] == "refused"
           and answer.get("lane") == [None, "red", "red", "red", None, "yellow"][int(answer["id"])]
           and required == ({"US", "CN", "UN"} if int(answer["id"]) < 4 else set()),
           f"refused line {answer['id']}", answer)
check(done.out.count("\n") == 5, "five refused lines", done.out)
done = run(PROGRAM, "assess", "--format", "csv", "--only-answers", "-", given=LINES)
row = next(csv.reader(done.out.splitlines()[1:]))
check(row[13] == "fentanyl" and "US/Schedule II:required" in row[14]
       and len(row) == 17, "a refused row of CSV", row)

sys.exit(finish())
