#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""JSON of the program against docs/schema.

Every example of JSON in the documentation, every golden output that is JSON, the answers to the
lines of all case files, and the other commands that write JSON are held against their schema; and
each schema refuses what is wrong.

    run.py PROGRAM
"""
import copy
import csv
import glob
import json
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, finish, run  # noqa: E402

try:
    import jsonschema
except ImportError:  # Debian's module belongs to Debian's Python
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    raise

PROGRAM = os.path.abspath(sys.argv[1])
used = set()


def validators():
    found = {}
    for path in glob.glob(os.path.join(ROOT, "docs", "schema", "*.schema.json")):
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        found[os.path.basename(path).removesuffix(".schema.json")] = \
            jsonschema.Draft202012Validator(schema)
        if path.endswith("code.schema.json"):  # a line of NDJSON
            found["code-line"] = jsonschema.Draft202012Validator(
                {"$ref": "#/$defs/code", "$defs": schema["$defs"]})
    return found


SCHEMAS = validators()


def why(validator, answer):
    error = jsonschema.exceptions.best_match(validator.iter_errors(answer))
    return f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" if error else ""


def kind_of(answer):
    """Which schema an object is meant to be of, by the members that only it has."""
    for member, name in (("record", "record"), ("sighting", "patterns"), ("looks_for", "pattern"), ("mark", "timeline"), ("timelines", "timeline"), ("lists", "party"), ("assumes", "compare"), ("form", "columns"), ("cites", "scenario"), ("court_only", "refund"), ("notice", "code"), ("level", "code-line"), ("asked", "substance"), ("printed", "law-import-schedule"),
                         ("what", "law-show"), ("measures", "law-list"), ("since", "substance-changes"),
                         ("substances", "substance-list"), ("changes", "law-diff")):
        if member in answer and ("status" not in answer or name in ("refund", "timeline")):
            return name
    return "finding"


def fits(answer, where, kind=None):
    kind = kind or kind_of(answer)
    used.add(kind)
    if kind not in SCHEMAS:
        check(False, f"{where}: no schema {kind}")
    elif SCHEMAS[kind].is_valid(answer):
        check(True, where)
    else:
        check(False, f"{where}: {kind}: {why(SCHEMAS[kind], answer)}")


def ask(*arguments, given=None):
    done = run(PROGRAM, *arguments, given=given, cwd=ROOT)
    check(done.code < 2, f"{arguments}: {done.err[:300]}")
    return done.out


def objects(text):
    """The objects of a text, whatever stands between them; a whole line or several."""
    decoder = json.JSONDecoder()
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.startswith('{"'):
            continue
        try:
            yield decoder.raw_decode("\n".join(lines[number:]))[0]
        except ValueError:
            pass


def test_written():
    """The documentation and the golden outputs."""
    pages = glob.glob(os.path.join(ROOT, "docs", "*.md")) + [os.path.join(ROOT, "README.md")]
    golden = glob.glob(os.path.join(ROOT, "tests", "golden", "*", "*.txt"))
    seen = 0
    for path in pages + golden:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for answer in objects(text):
            if "schema" not in answer:
                continue
            seen += 1
            # What changes with every act is left out of these files.
            law = answer.get("law")
            if isinstance(law, dict):
                answer["law"] = {"edition": "2026-01-01", "known_on": "2026-01-01",
                                 "sha256": "0" * 64}
            elif law is not None:
                answer["law"] = "2026-01-01"
            if "known_on" in answer or kind_of(answer) == "substance":
                answer["known_on"] = "2026-01-01"
            fits(answer, os.path.relpath(path, ROOT))
    check(seen >= 20, f"there is JSON in the documentation and the golden outputs: {seen}")


def case_lines():
    """The lines of all case files as NDJSON."""
    out = []
    columns = {"entry_instant": "entered", "qty1": "qty", "facts": "claims"}
    known = set(ask("completion", "values", "columns").replace("=", "").split())
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "cases", "duty", "*.tsv"))):
        with open(path, encoding="utf-8") as file:
            rows = csv.DictReader((line for line in file if not line.startswith("#")),
                                  delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                line = {columns.get(name, name): cell for name, cell in row.items()
                        if name and cell and columns.get(name, name) in known}
                out.append(json.dumps(line))
    return "\n".join(out[::5]).encode()


def test_findings():
    lines = case_lines()
    check(lines.count(b"\n") > 300, "the case files have lines")
    answers = ask("assess", "-q", "--format", "ndjson", "--keep", "-", given=lines).splitlines()
    for number, answer in enumerate(answers):
        fits(json.loads(answer), f"case {number}", "finding")
    for arguments in (["examples/manifest.csv"], ["--daily-sum", "examples/manifest.csv"],
                      ["tests/golden/in/es003.csv"], ["tests/golden/in/lines.ndjson"],
                      ["tests/golden/in/broken.csv"]):
        text = ask("assess", "-q", "--keep", "--format", "ndjson", *arguments)
        for answer in text.splitlines():
            fits(json.loads(answer), f"assess {arguments}", "finding")
        array = json.loads(ask("assess", "-q", "--keep", "--format", "json", *arguments))
        check(array == [json.loads(line) for line in text.splitlines()],
              f"--format json is an array of the same: {arguments}")
    for answer in ask("assess", "-q", "--parties", "tests/parties/lists/SDN.CSV", "--parties",
                      "tests/parties/lists/un.xml", "tests/golden/in/parties.csv", "--format",
                      "ndjson").splitlines():
        fits(json.loads(answer), "assess --parties", "finding")
    sums = ask("assess", "-q", "--monthly-sum", "--format", "ndjson", "-", given=(
        b"hts,origin,ship_from,into,entered,value,cas,weight,qty,unit,consignee,shipper\n"
        b"2933.32.10.00,CN,,US,2025-05-02,9,110-89-4,300g,,,Acme Inc,\n"
        b"2933.32.10.00,CN,,US,2025-05-03,9,110-89-4,300g,,,Acme Inc,\n"
        b"2933.32.10.00,CN,,US,2025-05-04,9,110-89-4,,,,\"Acme, Inc.\",\n"
        b"2902.30.00.00,CN,US,US,2025-05-04,9,108-88-3,,30,L,Acme,Bright\n"
        b"2902.30.00.00,US,US,CA,2025-05-04,9,108-88-3,,,,Acme,Bright\n")).splitlines()
    states = set()
    for answer in map(json.loads, sums):
        fits(answer, "a sum of a month", "finding")
        states |= {(one["state"], one["direction"], bool(one["near"])) for one in answer.get("sums", [])
                   if one["jurisdiction"] == "US"}
    check(states == {("below", "import", False), ("reached", "import", False),
                     ("unknown", "import", True), ("below", "domestic", False),
                     ("unknown", "export", False)}, "sums of every kind", states)
    check(json.loads(ask("assess", "-q", "-f", "json", "--only", "red", "-",
                         given=b"hts,origin,entered,value\n6109.10.00.12,CN,2025-05-02,54\n")) ==
          [], "no line is an empty array")


def test_law():
    for arguments in (["list"], ["list", "--on", "2025-04-09..11"], ["list", "--on", "2025-05-02"],
                      ["show", "EO-14266"], ["show", "us.301.list4a"], ["show", "9903.01.63"],
                      ["show", "us.ieepa.reciprocal"], ["diff", "2025-01..2026-12"],
                      ["diff", "2025-04-10", "--hts", "6109.10.00.12"],
                      ["diff", "--announced", "2025-04-11"], ["diff", "--announced", "2025-04"]):
        fits(json.loads(ask("law", *arguments, "--format", "json")), f"law {arguments}",
             "law-" + arguments[0])
    for name in ask("completion", "values", "law").split()[::40]:
        fits(json.loads(ask("law", "show", name, "--format", "json")), f"law show {name}",
             "law-show")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write('"HTS Number","Indent","Description","Unit of Quantity","General Rate of Duty",'
                   '"Special Rate of Duty","Column 2 Rate of Duty","Quota Quantity",'
                   '"Additional Duties"\n'
                   '"0101.21.00","1","Purebred breeding animals","","Free","","Free","",""\n'
                   '"0101.21.00.10","2","Males","[""No.""]","","","","",""\n'
                   '"0101.29.00","1","Other","","5%","","20%","",""\n'
                   '"0101.29.00.77","2","New","[""No.""]","","","","",""\n')
        file.flush()
        fits(json.loads(ask("law", "import-schedule", "--into", "US", "--from", "2027-01-01",
                            "--part", "--format", "json", file.name)), "law import-schedule",
             "law-import-schedule")


def test_substances():
    for arguments in (["acetone"], ["4-AP", "--on", "2026-01-15"], ["tablet press"],
                      ["fentanyl", "--from", "CN", "--into", "US", "--weight", "25kg"],
                      ["no-such-thing"], ["79099-07-3", "acetone", "CAPSULE FILLER"]):
        for answer in ask("substance", *arguments, "--format", "json").splitlines():
            fits(json.loads(answer), f"substance {arguments}", "substance")
    for by in ([], ["--by", "jurisdiction"], ["--by", "family"]):
        fits(json.loads(ask("substance", "--list", *by, "--format", "json")), f"--list {by}",
             "substance-list")
    fits(json.loads(ask("substance", "--changes", "2020..2026", "--format", "json")), "--changes",
         "substance-changes")


def test_codes():
    for arguments in (["cotton", "shirts", "--origin", "CN"], ["61"], ["6109.10", "--origin", "JP"],
                      ["9903.01.24", "--on", "2025-06-01"], ["8413919055", "--on", "2026-09-01"],
                      ["0901110045", "--on", "2026-09-01"],
                      ["3004909211", "--on", "2026-03-01"], ["6109.10.99"], ["shrits"], []):
        fits(json.loads(ask("code", *arguments, "--format", "json")), f"code {arguments}", "code")
        for answer in ask("code", *arguments, "--format", "ndjson").splitlines():
            fits(json.loads(answer), f"code {arguments}", "code-line")


def test_refunds():
    for more in ([], ["--results", "tests/golden/in/claim-details.csv"], ["--payee", "other"]):
        for answer in ask("refund", "examples/entries.csv", "--as-of", "2026-05-18", "--format",
                          "ndjson", *more).splitlines():
            fits(json.loads(answer), f"refund {more}", "refund")


def test_record():
    asked = (["events"], ["series"], ["series", "us_overdose_deaths_total", "cn_drugs_seized"],
             ["series", "cn_drugs_seized", "--sum", "--since", "2023"], ["sources"], ["news"],
             ["talks"], ["talks", "--since", "2025-02", "--until", "2025-02", "--value",
                         "examples/manifest.csv"])
    for arguments in asked:
        text = ask("record", *arguments, "--format", "ndjson")
        check(text, f"record {arguments} says something")
        for answer in text.splitlines():
            fits(json.loads(answer), f"record {arguments}", "record")
        check(json.loads(ask("record", *arguments, "--format", "json")) ==
              [json.loads(line) for line in text.splitlines()],
              f"--format json is an array of the same: record {arguments}")


def test_scenarios():
    lines = b"id,hts,origin,entered,value\n1,6109.10.00.12,CN,2025-09-02,54\n" \
            b"2,6109.10.00.12,CN,2025-09-02,\n3,1,CN,2025-09-02,5\n4,6109.10.00.12,VN,2026-09-02,900\n"
    for more in ([], ["--lines"]):
        for answer in ask("compare", "-", "--with", "section-122-at-15", "--with", "geneva-lapses",
                          "--format", "ndjson", "-q", *more, given=lines).splitlines():
            fits(json.loads(answer), f"compare {more}", "compare")
    for row in ask("patterns", "--list", "--format", "ndjson").splitlines():
        fits(json.loads(row), "patterns --list", "pattern")
    for form in ("json", "ndjson"):
        fits(json.loads(ask("party", "Wuhan Mingde Biotech", "--parties", "tests/parties/lists/SDN.CSV",
                            "--identifier", "Z9990001", "--country", "China", "--format", form)),
             "party", "party")
    for name in ask("compare", "--with", "list").splitlines():
        fits(json.loads(ask("law", "diff", "--with", name.split()[0], "--format", "json")),
             f"scenario {name}", "scenario")


def test_columns():
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("id;HTS;Land;origin;entred;value;value\n1;6109100012;x;CN;2025-05-02;54;54\n")
        file.flush()
        for more in ([], ["--map", "Land=via"], ["--set", "origin=VN"]):
            fits(json.loads(ask("assess", file.name, "--columns", "--format", "json", *more)), f"columns {more}", "columns")


def test_timelines():
    goods = ["-q", "timeline", "--hts", "9503.00.00.90", "--origins", "CN,XX"]
    for more in (["--announced", "--events"], ["--value", "54", "--channel", "postal"], ["--hts", "0702002042"],
                 ["--hts", "8413919055", "--every", "month"]):
        for row in ask(*goods, *more, "--format", "ndjson").splitlines():
            fits(json.loads(row), f"timeline {more}", "timeline")
        fits(json.loads(ask(*goods, *more, "--format", "json")), f"timeline {more}", "timeline")


def test_they_can_fail():
    """What lacks a member, has another one or a wrong type fits no schema."""
    good = json.loads(ask("duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02",
                          "--value", "54", "--format", "json"))
    fits(good, "a finding", "finding")
    wrongs = []
    for member in good.keys() - {"title", "title_path"}:  # where descriptions are at hand
        wrongs.append({name: value for name, value in good.items() if name != member})
    wrongs.append({**good, "other": 1})
    wrongs.append({**good, "schema": 2})
    wrongs.append({**good, "status": "refused"})
    for path, value in ((("duty", "amount"), 91.26), (("duty", "amount"), "91"),
                        (("duty", "lines", 0, "kind"), "minus"), (("entered",), "2025-05-02"),
                        (("law", "sha256"), "abc"), (("fees", "lines", 0, "by"), "x")):
        wrong = copy.deepcopy(good)
        at = wrong
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        wrongs.append(wrong)
    for wrong in wrongs:
        check(not SCHEMAS["finding"].is_valid(wrong), f"not valid: {str(wrong)[:200]}")


def main():
    test_written()
    test_findings()
    test_law()
    test_substances()
    test_codes()
    test_refunds()
    test_record()
    test_scenarios()
    test_timelines()
    test_columns()
    test_they_can_fail()
    check(used == set(SCHEMAS), f"schemas that nothing was held against: {set(SCHEMAS) - used}")
    return finish()


sys.exit(main())
