# SPDX-License-Identifier: Apache-2.0
"""What the tests of the databases stand on: lines, what the program answers to them, and the
columns of an answer as they follow from the program's JSON.

`groups(program, folder)` gives the lines of bench/generate.py and of every case of tests/cases as
CSV files, each with the options it is asked with and the program's answers; a database must give
the same text, and columns that say the same.
"""
import collections
import csv
import datetime
import decimal
import importlib.util
import json
import os
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, ".."))
from lib import ROOT, check, run, table  # noqa: E402

CASES = os.path.join(ROOT, "tests", "cases")
COLUMNS = ["id", "shipment", "into", "hts", "origin", "ship_from", "via", "entered", "imported",
           "loaded", "departed", "it_date", "channel", "transport", "entry_type", "value",
           "currency", "retail_value", "qty", "unit", "qty2", "unit2", "weight", "claims",
           "description", "cas", "smiles", "inchikey", "concentration", "consignee", "shipper",
           "order"]
GENERATED = ["id", "hts", "origin", "ship_from", "entered", "channel", "value", "qty", "unit",
             "weight", "description"]
Group = collections.namedtuple("Group", "name path columns options answers")


def cases():
    spec = importlib.util.spec_from_file_location("cases_run", os.path.join(CASES, "run.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tables(folder):
    return [os.path.join(CASES, folder, name) for name in sorted(os.listdir(os.path.join(
        CASES, folder))) if name.endswith(".tsv")]


def goods():
    """What goods are said to be: the cases of the screen as lines."""
    names = ["families.tsv", "goods-forms.tsv", "goods-reviewed.tsv", "goods-tongues.tsv",
             "goods-trade.tsv", "goods.tsv", "identifiers.tsv", "machines.tsv",
             "names-tongues.tsv", "routes.tsv", "systematic.tsv"]
    for name in names:
        with open(os.path.join(CASES, name), encoding="utf-8") as file:
            rows = csv.DictReader((line for line in file if line[0] != "#" and line.strip()),
                                  delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                yield {**row, "ship_from": row.get("ship_from") or row.get("from") or "",
                       "entered": row.get("entered") or row.get("on") or "",
                       "origin": row.get("origin") or row.get("from") or "",
                       "hts": row.get("hts") or "", "value": "100"}


def screened():
    """The cases of the screen by itself: structures with their names, and texts."""
    for path in tables("screen"):
        with open(path, encoding="utf-8") as file:
            rows = csv.DictReader((line for line in file if line[0] != "#" and line.strip()),
                                  delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                yield {"description": row.get("name") or row.get("text") or "",
                       "smiles": row.get("smiles") or "", "into": "US", "origin": "CN",
                       "ship_from": "CN", "entered": "2025-08-01", "hts": "2933399200",
                       "value": "100"}


RECORDER = """#!/bin/sh
# Stands in the place of the program: keeps what `assess` reads from its input.
[ "$1" = assess ] && [ "$(eval echo \\${$#})" = - ] || exec '{program}' "$@"
kept=$(mktemp '{folder}/XXXXXX') && cat >"$kept" && exec '{program}' "$@" <"$kept"
"""


def recorded(program):
    """The lines that the runners of cases make themselves."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-recorded-") as folder:
        recorder, kept = os.path.join(folder, "recorder"), os.path.join(folder, "kept")
        os.mkdir(kept)
        with open(recorder, "w", encoding="utf-8") as file:
            file.write(RECORDER.replace("{program}", program).replace("{folder}", kept))
        os.chmod(recorder, 0o755)
        for name, *words in (("quantities.py",), ("routes.py", os.path.join(CASES, "routes.tsv")),
                             ("renumbered.py", os.path.join(ROOT, "law", "us", "renumbered.tsv"))):
            before = len(os.listdir(kept))
            done = run(sys.executable, os.path.join(CASES, name), recorder, *words)
            if done.code or len(os.listdir(kept)) == before:
                sys.exit(f"{name}: {(done.out + done.err)[-2000:]}")
        seen = set()
        for name in sorted(os.listdir(kept)):
            with open(os.path.join(kept, name), encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    key = tuple(sorted(row.items()))
                    if key not in seen:  # asked in several forms
                        seen.add(key)
                        yield row


def broken():
    """The sample manifest, of which some lines are broken on purpose."""
    with open(os.path.join(ROOT, "examples", "manifest.csv"), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def case_lines(program):
    """Lines by what they are asked with: (the day that is known, whether days are summed)."""
    run_py, lines = cases(), collections.defaultdict(list)
    for path in tables("duty"):
        for row, line in run_py.duty_cases(path, False):
            lines[row.get("known_on") or "", False].append(line)
    for path in tables("base"):
        lines["", False] += [dict(row, into="US", entered=row["entry_instant"])
                             for row in run_py.rows(path)]
    for path in tables("parcels"):
        for row in run_py.rows(path):
            lines["", bool(row["daily_sum"])].append(dict(row, into="US"))
    for name, more in (("goods", goods()), ("screen", screened()), ("recorded", recorded(program)),
                       ("broken", broken())):
        before = len(lines["", False])
        lines["", False] += more
        check(len(lines["", False]) > before, f"there are cases of {name}")
    return lines


def ask(program, path, *options):
    done = run(program, "assess", "--format", "ndjson", *options, path)
    if done.code not in (0, 1):
        sys.exit(f"{program}: {done.err[:2000]}")
    # A file's first line is its header; a row of a query counts from 1, and so do ids.
    return [re.sub(r'"line":(\d+)', lambda found: f'"line":{int(found[1]) - 1}', text)
            for text in done.out.splitlines()]


def groups(program, folder, generated=200000):
    made = []
    path = os.path.join(folder, "generated.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(run(sys.executable, os.path.join(ROOT, "bench", "generate.py"), generated).out)
    made.append(Group("generated", path, GENERATED, {}, ask(program, path)))
    return made + case_groups(program, folder)


def case_groups(program, folder, structures=True):
    """The lines of every case, by what they are asked with; without `structures`, what stands in
    the column smiles is left out."""
    made = []
    for (day, daily), lines in sorted(case_lines(program).items()):
        if not structures:
            lines = [dict(line, smiles="") for line in lines]
        name = "cases" + (f"-{day}" if day else "") + ("-daily" if daily else "")
        path, words, options = os.path.join(folder, name + ".csv"), [], {}
        # An id that two cases share is one no more; a line without one is its number.
        rows = [{key: value or "" for key, value in dict(
            line, id=f"{line.get('id') or 'goods'}#{place}").items()}
                for place, line in enumerate(lines, 1)]
        with open(path, "w", encoding="utf-8") as file:
            file.write(table(COLUMNS, rows))
        if day:
            options["rulebook"] = os.path.join(folder, f"known-{day}.rulebook")
            done = run(program, "law", "compile", "--law", os.path.join(ROOT, "law"),
                       "--as-known-on", day, "-o", options["rulebook"])
            if done.code:
                sys.exit(f"law compile: {done.err}")
            words += ["--rulebook", options["rulebook"]]
        if daily:
            options["daily_sum"] = "true"
            words += ["--daily-sum"]
        made.append(Group(name, path, COLUMNS, options, ask(program, path, *words)))
    return made


def money(text):
    return None if text is None else decimal.Decimal(text)


def instant(text):
    return None if text is None else datetime.datetime.fromisoformat(text).timestamp()


def pick(source, *names, **more):
    return {**{name: source.get(name) for name in names}, **more}


def layer(of):
    return pick(of, "kind", "program", "heading", "part", "confidence", "by",
                rate=of["rate"] or None, headings=of.get("headings", []), on=money(of["on"]), amount=money(of["amount"]),
                over_base=money(of.get("over_base")), void=of.get("void", False),
                shipment_amount=money((of.get("shipment") or {}).get("amount")),
                declared=money(of.get("declared")))


def choice(of):
    return pick(of, "claim", "is", "program", "heading", "rate", "by", amount=money(of["amount"]),
                relieved=money(of["relieved"]), refundable=money(of["refundable"]))


def fee(of):
    whole = of.get("shipment") or {}
    return pick(of, "fee", "by", amount=money(of["amount"]), on=money(of.get("on")),
                shipment_amount=money(whole.get("amount")), shipment_on=money(whole.get("on")))


def tax(of):
    return pick(of, "tax", "rate", "by", amount=money(of["amount"]), on=money(of["on"]))


def order(of):
    return pick(of, "case", "kind", "state", "product", "cite", "rate", "rate_by",
                confidence=None if of["confidence"] == "high" else of["confidence"],
                claimed=of.get("claimed", False), all_others=of.get("all_others", False),
                deposit=money(of.get("deposit")))


def control(of):
    return pick(of, "substance", "jurisdiction", "list", "list_en", "code", "direction", "since",
                "until", "threshold", "requirement", "status", "undecided", "confidence", "by",
                prohibited=of.get("prohibited", False))


def substance(of):
    return pick(of, "substance", "matched", "how", "field", "certainty", "conditions", "note")


def listed(make, rows):
    return None if rows is None else [make(row) for row in rows]


def columns(answer):
    """The columns that a finding has, by the program's JSON."""
    refused = answer["status"] == "refused"
    duty, fees = answer.get("duty") or {}, answer.get("fees") or {}
    free, taxes = answer.get("de_minimis") or {}, answer.get("taxes") or {}
    adcvd = answer.get("adcvd") or {}
    least, greatest = duty.get("least") or {}, duty.get("greatest") or {}
    made = pick(answer, "status", "lane", "reason", "column", "text", "into", "hts", "origin",
                "entry_type", "missing", "warnings", id=answer["id"] or None,
                not_covered=None if refused else answer["not_covered"])
    made.update(pick(duty, "currency", "rate"), entered=instant(answer.get("entered")),
                changes_on=instant(answer.get("changes_on")))
    for name in ("additional", "relieved", "refundable", "refundable_computed"):
        made[name] = money(duty.get(name))
    made.update(duty=money(duty.get("amount")), fees=money(fees.get("amount")),
                taxes=money(taxes.get("amount")),
                duty_least=money(least.get("amount")), least_code=least.get("code"),
                duty_greatest=money(greatest.get("amount")), greatest_code=greatest.get("code"),
                layers=listed(layer, duty.get("lines")),
                excluded=listed(dict, duty.get("excluded")),
                choices=None if refused else listed(choice, duty.get("choices", [])),
                fee_lines=listed(fee, fees.get("lines")),
                tax_lines=None if refused else listed(tax, taxes.get("lines", [])),
                adcvd=None if refused else listed(order, adcvd.get("orders", [])),
                adcvd_declared=adcvd.get("declared"), adcvd_deposit=money(adcvd.get("deposit")),
                adcvd_incomplete=adcvd.get("incomplete"), eligible=free.get("eligible"),
                eligible_reason=free.get("reason"), eligible_by=free.get("by"),
                substances=listed(substance, answer.get("substances")),
                controls=listed(control, answer.get("controls")))
    return made


def told(row):
    """The columns of a database's row, as json.loads with parse_float=Decimal reads them, in the
    same form; what the program's JSON does not say is left out."""
    def amounts(of, names):
        return {name: money(of.get(name)) for name in names}

    def made(rows, names, *amount):
        return listed(lambda of: {**{name: of.get(name) for name in names}, **amounts(of, amount)},
                      rows)
    out = dict(row, entered=instant(row["entered"]), changes_on=instant(row["changes_on"]))
    out.update(amounts(row, ("duty", "additional", "relieved", "refundable", "refundable_computed",
                             "duty_least", "duty_greatest", "fees", "taxes",
                             "adcvd_deposit")))
    out["layers"] = made(row["layers"], (
        "kind", "program", "heading", "headings", "rate", "part", "void", "confidence", "by"),
                         "on", "amount", "over_base", "shipment_amount",
                         "declared")
    out["choices"] = made(row["choices"], ("claim", "is", "program", "heading", "rate", "by"),
                          "amount", "relieved", "refundable")
    out["fee_lines"] = made(row["fee_lines"], ("fee", "by"), "amount", "on", "shipment_amount",
                            "shipment_on")
    out["tax_lines"] = made(row["tax_lines"], ("tax", "rate", "by"), "amount", "on")
    out["adcvd"] = made(row["adcvd"], ("case", "kind", "state", "product", "cite", "confidence",
                                       "claimed", "rate", "rate_by", "all_others"), "deposit")
    out["substances"] = made(row["substances"], ("substance", "matched", "how", "field",
                                                 "certainty", "conditions", "note"))
    return out


def hold_texts(seen, group, what):
    """The findings as text against the program's, to the byte."""
    wrong = [place for place, (one, two) in enumerate(zip(seen, group.answers)) if one != two]
    check(len(seen) == len(group.answers) and not wrong and seen,
          f"{what}: {group.name}: {len(group.answers)} findings as text",
          f"{len(seen)} came, {len(wrong)} differ" + (
              f"; the first:\n  {group.answers[wrong[0]]}\n  {seen[wrong[0]]}" if wrong else ""))


def hold_columns(texts, group, what):
    """Rows as JSON against what the program says."""
    wrong, first = 0, ""
    for text, answer in zip(texts, group.answers):
        seen, wanted = told(json.loads(text, parse_float=decimal.Decimal)), columns(
            json.loads(answer))
        if seen != wanted:
            wrong += 1
            first = first or "; ".join(f"{name}: {wanted.get(name)!r} came as {seen.get(name)!r}"
                                       for name in sorted({*wanted, *seen})
                                       if wanted.get(name) != seen.get(name))
    check(len(texts) == len(group.answers) and not wrong and texts,
          f"{what}: {group.name}: {len(group.answers)} findings as columns",
          f"{len(texts)} came, {wrong} differ; {first}")
