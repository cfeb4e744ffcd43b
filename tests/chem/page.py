#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of `tidewaiter substance`: what it says, how wide it is, its exit codes.

page.py PROGRAM
"""
import csv
import json
import subprocess
import sys
import unicodedata

PROGRAM = sys.argv[1]
failed = 0


def run(*arguments):
    done = subprocess.run([PROGRAM, "substance", *arguments], capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def expect(what, condition, detail=""):
    global failed
    if not condition:
        failed += 1
        print("FAIL", what, detail)


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def flat(text):
    return " ".join(text.split())


ROUTE = ("--on", "2025-08-01", "--from", "CN", "--into", "US", "--weight", "25kg")
code, page, _ = run("4-piperidone hydrochloride", *ROUTE)
expect("exit", code == 0, code)
for line in page.splitlines():
    expect("80 columns", width(line) <= 80 or line.strip().startswith("http"), line)
    expect("no blanks at the end", line == line.rstrip(), line)
for part in ("41661-47-6, 41979-39-9, 40064-34-4", "VRJHQPZVIGNGMX-UHFFFAOYSA-N",
             "RED: licence or permit required", "since 2025-07-20", "since 2023-05-12",
             "export, required: MOFCOM export licence", "import, required: importer registered",
             "2025-07-20 CN 易制毒化学品 第二类 (Category 2) begins",
             "2025-08-14 EU Category 1 begins (later)", "88-FR-21902", "21 USC 960(d)"):
    expect("the page says " + part, flat(part) in flat(page))

code, page, _ = run("4-piperidone", "--on", "2025-07-19", "--from", "CN", "--into", "BR")
expect("a day before the Chinese listing", "YELLOW" in page and "export, required" not in page)

code, page, _ = run("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "160 kg")
expect("a drum of acetone", "YELLOW" in page and "import, below-threshold" in flat(page), page)
code, page, _ = run("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "500 gal")
expect("gallons are refused with what would be right", code == 2)
code, page, _ = run("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "1892 L")
expect("under 500 gallons", "import, below-threshold" in flat(page))
code, page, _ = run("acetone", "--on", "2026-01-01", "--from", "JP", "--into", "US", "--weight",
                    "1893 L")
expect("over 500 gallons", "RED" in page)

code, page, _ = run("fentanyl", "--weight", "399g", "--from", "CN", "--into", "US")
expect("40 g band", "from 40 g; 5 to 40 years" in flat(page) and "from 400 g" not in flat(page))
code, page, _ = run("fentanyl", "--weight", "400g", "--from", "CN", "--into", "US")
expect("400 g band", "from 400 g; 10 to life" in flat(page) and "from 40 g;" not in flat(page))

for asked in ("79099-07-3", "ROUYFJUVMYHXFJ-UHFFFAOYSA-N", "N-Boc-4-哌啶酮", "1-boc-4-piperidona"):
    code, answer, _ = run(asked, "--format", "json", "--on", "2026-01-01")
    found = json.loads(answer)["substances"]
    expect(asked, code == 0 and [s["substance"] for s in found] == ["1-boc-4-piperidone"], answer)

code, answer, _ = run("4-piperidone", "--format", "json", *ROUTE)
controls = {(c["jurisdiction"], c["status"]) for c in json.loads(answer)["substances"][0]["controls"]}
expect("controls in JSON", {("CN", "required"), ("US", "required"), ("CA", "off-route"),
                            ("UN", "off-route")} <= controls and len(controls) == 4, controls)

code, page, _ = run("carfentanyll")
expect("misspelt", code == 0 and "near: one letter differs" in page)
code, page, _ = run("karfentanyll")
expect("two letters away: the nearest names", code == 1 and "Nearest names" in page and
       "carfentan" in page, page)
code, page, _ = run("41661-47-5")
expect("wrong check digit", code == 1 and "check digit does not fit" in page and
       "41661-47-6 (4-Piperidone)" in page, page)
code, page, _ = run("vanillin")
expect("nothing known", code == 1 and "Nothing is known here" in page and "Looked at" in page)
code, page, _ = run("1-benzyl-4-piperidone", "--on", "2025-11-10", "--from", "CN", "--into", "MX")
expect("the thirteen names", "names were not retrieved" in flat(page), page)
code, page, _ = run("1-benzyl-4-piperidone", "--on", "2025-11-09", "--from", "CN", "--into", "MX")
expect("before them", "names were not retrieved" not in flat(page), page)
for bad in (("acetone", "--from", "China"), ("acetone", "--on", "soon"), ("acetone", "--weight", "1"),
            (), ("acetone", "--format", "xml"), ("acetone", "--colour")):
    code, _, message = run(*bad)
    expect(f"refused: {bad}", code == 2 and message.startswith("tidewaiter: "), message)

# Without a route nothing is said of one; with several names each is answered.
code, page, _ = run("4-piperidone", "--on", "2026-01-15")
expect("no route", code == 0 and "on this route" not in page and "RED" not in page
       and "who lists it" in page and "import, required" in page and "export, required" in page
       and "Precursor chemicals" in page, page)
code, page, _ = run("acetone", "sulfuric", "acid", "tablet press", "--on", "2026-01-15",
                    "--format", "json")
expect("three names", [json.loads(line)["asked"] for line in page.splitlines()]
       == ["acetone", "sulfuric acid", "tablet press"], page)
code, page, _ = run("4-piperidone", "hydrochloride", "--format", "json")
expect("a name and its salt", json.loads(page)["asked"] == "4-piperidone hydrochloride", page)
code, page, _ = run("acetone", "123-45-5", "--format", "json")
expect("one of two is not known", code == 1 and len(page.splitlines()) == 2, page)
code, page, _ = run("fentanyl", "--on", "2026-01-15", "--from", "CN", "--into", "CA")
expect("prohibited", "RED: prohibited" in page and "import, prohibited" in page
       and "https://" not in page and "Acts:" in page, page)
code, page, _ = run("fentanyl", "--on", "2026-01-15", "--explain")
expect("--explain", "https://" in page and "Catalogue of Narcotic Drugs" in flat(page), page)
code, page, _ = run("1-benzyl-4-piperidone", "--on", "2026-01-15", "--from", "CN", "--into", "MX",
                    "--weight", "2kg")
expect("undecided", "undecided: the names of this list are not published here" in
       flat(page).replace("export, ", "") or "undecided: the names" in flat(page), page)
code, page, _ = run("tablet press", "--on", "2026-01-15", "--from", "CN", "--into", "US")
expect("a machine", code == 0 and "DEA Form 452" in flat(page) and "RED" in page, page)
code, page, _ = run("胶囊填充机", "--on", "2026-01-15", "--into", "CA")
expect("a machine in Chinese", code == 0 and "Schedule IX" in page, page)

# Lists, search, changes.
code, page, _ = run("--list", "--on", "2026-01-15")
expect("--list", code == 0 and "[4-piperidone]: CA CDSA" in page and "[tablet-press]" in page, page)
expect("--list: a member of a class is on the class's list", "[4-piperidone-dimethyl-acetal]: US List I, as a class" in page
       and "[fentanyl]: CA CDSA Schedule I; CN Catalogue of Narcotic Drugs; UN" in page, page)
code, page, _ = run("--list", "--on", "2023-05-11", "dimethoxypiperidine")
expect("--list: the day before the class begins", "[4-piperidone-dimethyl-acetal]: on no list" in page, page)
code, page, _ = run("--list", "acetylnorf", "--on", "2026-01-15", "--format", "json")
expect("--list: json says which class", '"list":"List I","by_class":"class-us-4-ap"' in page, page)
code, page, _ = run("--list", "--by", "jurisdiction", "--on", "2025-12-16")
before = page[page.index("CA CDSA Schedule IX"):].split("\n\n")[0]
code, page, _ = run("--list", "--by", "jurisdiction", "--on", "2025-12-17")
expect("--by jurisdiction", "[tablet-tooling]" not in before.split("\nCN ")[0] and
       "[tablet-tooling]" in page[page.index("CA CDSA Schedule IX"):].split("\nCN ")[0], page)
code, page, _ = run("--list", "--by", "family")
expect("--by family", code == 0 and "equipment\n  Tableting machine" in page, page)
code, page, _ = run("piperidin*")
expect("a beginning", code == 0 and "[piperidine]" in page and "[norfentanyl]" not in page, page)
code, page, _ = run("*fentanyl*")
expect("an inside", code == 0 and "[norfentanyl]" in page and "[acetone]" not in page, page)
code, page, _ = run("piperid", "--on", "2026-01-15")
expect("names with it", "Names with it" in page and "Piperidine" in page, page)
code, page, _ = run("zzz*")
expect("no such beginning", code == 1 and not page, page)
code, page, _ = run("--changes", "2023-05-12", "4-piperidone", "--on", "2023-05-12")
expect("--changes, the day", "2023-05-12" in page and "List I" in page, page)
code, page, _ = run("--changes", "2023-05-13", "4-piperidone", "--on", "2023-12-31")
expect("--changes, the day after", "List I" not in page, page)
code, page, _ = run("--changes", "2025-12-17", "--on", "2025-12-17", "--format", "json")
changes = json.loads(page)["changes"]
expect("--changes of all", {"tablet-tooling"} <= {c["substance"] for c in changes}, page)
for bad in (("--list", "--by", "colour"), ("acetone", "--by", "family"),
            ("--changes", "someday", "acetone")):
    code, _, message = run(*bad)
    expect(f"refused: {bad}", code == 2 and message.startswith("tidewaiter: "), message)

# A refused line has the lane of its goods, and says both things; without a day no list is asked.
LINES = """id,into,origin,entered,hts,value,description
1,US,CN,2025-08-15,,10,fentanyl citrate
2,US,CN,2025-08-15,2933.33.99.99,10,fentanyl citrate
3,US,CN,2025-08-15,2933.33.01,ten,fentanyl citrate
4,US,CN,2025-08-15,,10,cotton shirts
5,US,CN,soon,,10,fentanyl citrate
"""
done = subprocess.run([PROGRAM, "assess", "--format", "ndjson", "-"], input=LINES,
                      capture_output=True, text=True, check=False)
for answer in map(json.loads, done.stdout.splitlines()):
    required = {c["jurisdiction"] for c in answer.get("controls", []) if c["status"] == "required"}
    expect(f"refused line {answer['id']}",
           answer["status"] == "refused"
           and answer.get("lane") == [None, "red", "red", "red", None, "yellow"][int(answer["id"])]
           and required == ({"US", "CN", "UN"} if int(answer["id"]) < 4 else set()), answer)
expect("five refused lines", done.stdout.count("\n") == 5, done.stdout)
done = subprocess.run([PROGRAM, "assess", "--format", "csv", "-"], input=LINES,
                      capture_output=True, text=True, check=False)
row = next(csv.reader(done.stdout.splitlines()[1:]))
expect("a refused row of CSV", row[12] == "fentanyl" and "US/Schedule II:required" in row[13]
       and len(row) == 16, row)

print("failed:", failed)
sys.exit(1 if failed else 0)
