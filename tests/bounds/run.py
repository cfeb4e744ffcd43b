#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Law and lines at every edge of size: what does not fit is said, never lost.

    run.py PROGRAM LAWDIR

Each test changes a copy of the small sound law in LAWDIR so that a fixed size of the compiler,
of an answer or of a screen is reached or passed, and compares with what the law says, worked out
by hand. A bound of the compiler is an error with its place; one of an answer is `overflow`.
"""
import datetime
import json
import os
import pathlib
import re
import string
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import Law, check, finish, run  # noqa: E402

PROGRAM, LAW = sys.argv[1:3]
ORDER = "{at: 2025-03-12T00:01, by: ORDER-2}"


class SmallLaw(Law):
    """A copy of the small law, without duties, fees and lists of its own."""

    def __init__(self, folder):
        super().__init__(LAW, folder)
        for folder in ("us/duties", "us/fees", "us/lists"):  # what no duty names is an error
            for path in (self.at / folder).iterdir():
                path.unlink()

        claims = self.at / "claims.yaml"
        text = claims.read_text(encoding="utf-8").splitlines(keepends=True)
        claims.write_text("".join(row for row in text if "remind_scope" not in row),
                          encoding="utf-8")

    def countries(self, count):
        """That many countries in all; the new ones, in order."""
        path = self.at / "countries.tsv"
        rows = path.read_text(encoding="utf-8").splitlines()
        known = {row.split("\t")[0] for row in rows[1:]}
        codes = [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase]
        new = [code for code in codes if code not in known][:count - len(known)]
        rows[1:] = sorted(rows[1:] + [f"{c}\t{c}Q\tCountry {c}" for c in new])
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        # every two letters may be the code of a country now, EU too
        (self.at / "country-names.tsv").unlink(missing_ok=True)
        return new

    def run(self, *arguments):
        return run(PROGRAM, *arguments, "--law", self.at)

    def check(self):
        return self.run("law", "compile", "-o", os.devnull)

    def duty(self, *arguments, hts="0101.21.00.10", on="2025-05-01", value="1000", origin="CN"):
        code, out, err = self.run("duty", "--hts", hts, "--origin", origin, "--on", on, "--value",
                                  value, "--format", "json", *arguments)
        return json.loads(out) if out else {"code": code, "error": err}


def program(name, measures, head=""):
    return f"program: {name}\ntitle: {name}\n{head}measures:\n{measures}"


def measure(name, text, start=ORDER):
    return f"  - id: {name}\n{text}    from: {start}\n"


def measures_of_many_countries(law):
    """Six programs, each with a measure of 1% for every one of 220 countries."""
    countries = law.countries(228)
    for p in range(6):
        law.write(f"us/duties/p{p}.yaml", program(f"us.p{p}", "".join(
            measure(f"us.p{p}.{c.lower()}", f"    duty: 1%\n    origins: [{c}]\n")
            for c in countries)))
    for c in (countries[0], countries[110], countries[-1]):
        answer = law.duty(origin=c)
        check(answer.get("duty", {}).get("amount") == "60.00",
              f"six programs of 220 measures, {c}", answer)


def programs(law):
    """600 programs of 0.01% each: 60.00 on 1,000, or an error that says how many may meet."""
    for p in range(600):
        law.write(f"us/duties/p{p}.yaml", program(
            f"us.p{p}", measure(f"us.p{p}.1", f"    duty: 1%\n    scope: [\"{p + 1001}\"]\n")))
    law.write("us/schedule.tsv", "code\tunit1\tunit2\tgeneral\tspecial\tcol2\tflags\tfrom\tuntil\n"
              + "".join(f"{p + 1001}000000\tNo.\t\tFree\t\tFree\t\t\t\n" for p in range(600)))
    law.replace("us/jurisdiction.yaml", "  seasons: seasons.yaml\n", "")
    (law.at / "us/seasons.yaml").unlink()
    for p in (0, 511, 512, 599):
        answer = law.duty(hts=f"{p + 1001}.00.00.00")
        check(answer.get("duty", {}).get("amount") == "10.00", f"program {p} of 600", answer)


def measures_on_one_line(law):
    """As many as a stack holds, each seen in the answer; one more is an error with its place."""
    def write(count):
        for path in (law.at / "us/duties").glob("p*.yaml"):
            path.unlink()
        for p in range(count):
            law.write(f"us/duties/p{p:04}.yaml", program(
                f"us.p{p:04}", measure(f"us.p{p:04}.1", "    duty: 1%\n")))
    code, out, err = law.check()
    check(code == 0, "the small law", err)
    room = 256 - 4  # the exemption and the entry type of the small law take four
    write(room)
    answer = law.duty("--no-screen")
    duty = answer.get("duty", {})
    check(duty.get("amount") == f"{room * 10}.00", "a full stack", answer)
    check(len(duty.get("lines", [])) == room + 1, "a layer for each measure", len(
        duty.get("lines", [])))
    write(600)
    code, out, err = law.check()
    check(code != 0 and "measures meet on one line" in err and ".yaml:" in err,
          "a stack too long", err)


def sums(law):
    """More sums of other programs than 819: mail pays what its origin pays."""
    countries = law.countries(228)
    law.write("us/duties/alpha.yaml", program("us.alpha", "".join(
        measure(f"us.alpha.{c.lower()}", f"    duty: {i % 50 + 1}%\n    origins: [{c}]\n")
        for i, c in enumerate(countries))))
    for p in range(5):
        law.write(f"us/duties/mail{p}.yaml", program(f"us.mail{p}", measure(
            f"us.mail{p}.value", "    duty: sum_of us.alpha*\n    when: channel = postal\n"
            f"    scope: [\"{['8421', '2204', '3213', '7304', '0101'][p]}\"]\n")))
    for i in (0, 100, 219):
        rate = i % 50 + 1
        answer = law.duty("--channel", "postal", origin=countries[i])
        check(answer.get("duty", {}).get("amount") == f"{rate * 20}.00",
              f"the sum for {countries[i]}", answer)


def editions(law):
    """40 editions of the schedule: the act of the right one is cited."""
    acts, rows = "", ""
    for i in range(40):
        acts += f"  HTS-{i:02}: {{title: edition {i}, known: 2024-12-20}}\n"
        rows += f"    - {{from: 2025-{i // 4 + 1:02}-{i % 4 * 7 + 1:02}, by: HTS-{i:02}}}\n"
    path = law.at / "us/instruments/orders.yaml"
    path.write_text(path.read_text(encoding="utf-8") + acts, encoding="utf-8")
    law.replace("us/jurisdiction.yaml", "    - {from: 2025-01-01, by: HTS-A}\n"
                "    - {from: 2025-07-01, by: HTS-B}\n", rows)
    for day, act in (("2025-01-03", "HTS-00"), ("2025-09-02", "HTS-32"), ("2025-12-01", "HTS-39")):
        answer = law.duty(on=day)
        check(answer.get("duty", {}).get("lines", [{}])[0].get("by") == [act],
              f"the edition of {day}", answer)


def reminders(law):
    """A claim that is reminded of for 90 headings is reminded of for the last one, too."""
    codes = ", ".join(f'"{i + 4900}"' for i in range(89))
    law.replace("claims.yaml", "    remind: true\n",
                f"    remind: true\n    remind_scope: [{codes}, \"0101\"]\n")
    path = law.at / "us/schedule.tsv"
    lines = "".join(f"{i + 4900}000000\tNo.\t\tFree\t\tFree\t\t\t\n" for i in range(89))
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    comments = [row for row in [head, *rows] if row.startswith(("#", "code"))]
    rows = sorted([row for row in [head, *rows] if row not in comments] +
                  lines.splitlines(keepends=True))
    path.write_text("".join(comments + rows), encoding="utf-8")
    law.write("us/duties/p.yaml", program("us.p", measure("us.p.1", "    duty: 1%\n"
                                                          "    when: {not: treaty}\n")))
    answer = law.duty(origin="KR")
    check(any("treaty" in text for text in answer.get("warnings", [])), "the reminder", answer)


def except_circle(law):
    """Measures that step back before each other have no order."""
    law.write("us/duties/p.yaml", program("us.p", "".join(
        measure(f"us.p.{a}", f"    duty: 1%\n    except: [us.p.{b}]\n")
        for a, b in (("a", "b"), ("b", "c"), ("c", "a")))))
    code, out, err = law.check()
    check(code != 0 and "us/duties/p.yaml:" in err and "yields to itself" in err,
          "a circle of exceptions", err)


def except_chain(law):
    """The last of a chain of 40 exceptions goes first, whatever the order in the file."""
    law.write("us/duties/p.yaml", program("us.p", "".join(
        measure(f"us.p.{i:02}", f"    duty: {i + 1}%\n" + (
            f"    except: [{', '.join(f'us.p.{k:02}' for k in range(i + 1, 40))}]\n"
            if i < 39 else "")) for i in range(40))))
    answer = law.duty()
    duty = answer.get("duty", answer)
    check(duty.get("amount") == "400.00", "a chain of exceptions", duty)


def not_covered(law):
    """Each of 40 exclusions from coverage stands in the answer."""
    names = ", ".join(f"exclusion {i}" for i in range(40))
    law.replace("us/jurisdiction.yaml", "not_covered: [antidumping duties]",
                f"not_covered: [{names}]")
    law.write("us/duties/p.yaml", program("us.p", measure("us.p.1", "    duty: 1%\n")))
    answer = law.duty()
    check(answer.get("not_covered", [])[-1:] == ["exclusion 39"] and
          len(answer["not_covered"]) == 40, "40 exclusions from coverage", answer)


def warnings(law):
    """47 and 48 notes of the law are all said; of more the answer says that it is not whole."""
    for count in (47, 48, 49, 90):
        law.write("us/duties/p.yaml", program("us.p", "".join(
            measure(f"us.p.{i}", f"    warn: note {i}\n") for i in range(count))))
        answer = law.duty("--no-screen")
        said = answer.get("warnings", [])
        over = any(text.startswith("overflow:") for text in said)
        check(over == (count > 48), f"{count} notes", said[-2:])
        check(answer.get("status") == ("incomplete" if over else "ok") and
              (answer.get("lane") != "green" or not over) and
              (answer.get("duty", {}).get("amount") is None) == over, f"{count} notes", answer)


def bytes_of_texts(law):
    """Texts of more than 16 KiB are not cut in silence."""
    law.write("us/duties/p.yaml", program("us.p", "".join(
        measure(f"us.p.{i}", f"    warn: {'n' * 600} {i}\n") for i in range(40))))
    answer = law.duty("--no-screen")
    check(answer.get("status") == "incomplete" and answer.get("lane") == "yellow" and
          any(text.startswith("overflow:") for text in answer.get("warnings", [])),
          "texts of 24 KiB", answer.get("warnings", [])[-1:])


def programs_in_totals(law):
    """600 programs are all in the totals, by plans and line by line, whoever counts them."""
    programs(law)
    # 1,000 at 1% each, 20 times: 200.00 by program. Some threads meet the last programs first.
    rows = [f"{p + 1001}000000,CN,2025-05-01,1000\n" for p in range(600)] * 20
    half = len(rows) // 2
    path = law.at.parent / "lines.csv"
    path.write_text("hts,origin,entered,value\n" + "".join(rows[:half] + rows[:half - 1:-1]),
                    encoding="utf-8")
    wanted = {f"us.p{p}": "200.00" for p in range(600)}
    for jobs in ("1", "4"):
        for way in (["--totals-only"], ["--format", "csv"], ["--format", "table"]):
            code, out, err = law.run("assess", "--no-screen", "--jobs", jobs, *way, str(path))
            text = out if way == ["--totals-only"] else err
            seen = dict(re.findall(r"^  (us\.p\d+) +([\d,.]+) USD$", text, flags=re.M))
            check(code == 0 and seen == wanted, f"600 programs in the totals: {jobs} {way}",
                  (len(seen), text[-300:]))


def substances(_):
    """33 substances on one line, of the real law: more than a screen holds is not green."""
    cas, path = [], pathlib.Path(__file__).resolve().parents[2] / "law/substances/substances.tsv"
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()
            if row and not row.startswith("#")]
    for row in rows[1:]:
        numbers = [n for n in row[rows[0].index("cas")].split() if "*" not in n]
        if numbers:
            cas.append(numbers[0])
    for count in (20, 32, 40, 70):
        done = run(PROGRAM, "duty", "--hts", "6109.10.00.12", "--origin", "DE", "--on", "2026-05-01",
                   "--value", "100", "--format", "json", "--cas", ";".join(cas[:count]))
        answer = json.loads(done.out)
        over = any(text.startswith("overflow:") for text in answer["warnings"])
        check(over == (count > 32) and (not over or (answer["status"] == "incomplete" and
                                                     answer["lane"] != "green")),
              f"{count} substances", (answer["lane"], answer["status"], answer["warnings"],
                                      len(answer["substances"])))


def periods(law):
    """As many periods of one code as a rulebook numbers, each found; one more has its place."""
    head = (law.at / "us/schedule.tsv").read_text(encoding="utf-8")
    first = datetime.date(2025, 1, 1)

    def write(count):
        days = [(first + datetime.timedelta(i)).isoformat() for i in range(count)]
        rows = "".join(f"9701210000\tNo.\t\t{i}%\t\tFree\t\t{day}\t{end}\n"
                       for i, (day, end) in enumerate(zip(days, days[1:] + [""])))
        law.write("us/schedule.tsv", head + rows)

    write(255)
    for i in (0, 128, 254):
        answer = law.duty(hts="9701.21.00.00", on=(first + datetime.timedelta(i)).isoformat())
        check(answer.get("duty", {}).get("amount") == f"{i * 10}.00", f"period {i} of 255", answer)
    write(256)
    code, _, err = law.check()
    check(code != 0 and "us/schedule.tsv:" in err and "more than 255 periods" in err,
          "a period too many", err)


def is_overflow(answer):
    """Said, and nothing to build on."""
    return (any(text.startswith("overflow:") for text in answer.get("warnings", [])) and
            answer["status"] != "ok" and answer["lane"] != "green" and
            (answer.get("duty") or {}).get("amount") is None)


def citations(law):
    """A full stack cites the act of each of its layers."""
    room = 256 - 4
    acts = "".join(f"  ACT-{p:04}: {{title: act {p}, known: 2024-12-20}}\n" for p in range(room))
    path = law.at / "us/instruments/orders.yaml"
    path.write_text(path.read_text(encoding="utf-8") + acts, encoding="utf-8")
    for p in range(room):
        law.write(f"us/duties/p{p:04}.yaml", program(f"us.p{p:04}", measure(
            f"us.p{p:04}.1", "    duty: 1%\n", f"{{at: 2025-03-12T00:01, by: ACT-{p:04}}}")))
    lines = law.duty("--no-screen").get("duty", {}).get("lines", [])
    cited = {act for line in lines for act in line["by"] if act.startswith("ACT-")}
    check(len(cited) == room and all(line["by"] for line in lines), "every layer is cited",
          len(cited))


def headings(law):
    """Lines of one code that pay the same, each under a heading of its own: 127 others are told,
    of more the answer says that it is not whole."""
    path = law.at / "us/schedule.tsv"
    before = path.read_text(encoding="utf-8")
    for count in (99, 129, 130, 180):
        # two codes of eight digits, since one has no more than 100 numbers
        codes = [4900000000 + (i // 95) * 100 + i % 95 + 1 for i in range(count)]
        head, *rows = before.splitlines(keepends=True)
        rows += [f"{code}\tNo.\t\tFree\t\tFree\t\t\t\n" for code in codes]
        path.write_text(head + "".join(sorted(rows)), encoding="utf-8")
        law.write("us/duties/p.yaml", program("us.p", "".join(
            measure(f"us.p.{code}", f"    duty: 10%\n    heading: 9904.{i // 100:02}.{i % 100:02}\n"
                    f"    scope: [\"{code}\"]\n") for i, code in enumerate(codes))))
        answer = law.duty("--no-screen", hts="4900.00")
        told = max(len(line.get("headings") or []) for line in answer["duty"]["lines"])
        if count <= 129:
            check(answer["status"] == "ok" and answer["duty"]["amount"] == "100.00" and
                  told == count, f"{count} headings of one layer", (told, answer["warnings"]))
        else:
            check(is_overflow(answer), f"{count} headings of one layer", answer)


def shares(law):
    """Eight amounts of a whole shipment on one line; of more the answer is not whole."""
    for path in (law.at / "us/entry").iterdir():
        path.unlink()
    for count in (7, 8, 9, 20):
        for path in (law.at / "us/fees").glob("*.yaml"):
            path.unlink()
        for p in range(count):
            law.write(f"us/fees/f{p}.yaml", program(f"us.f{p}", measure(
                f"us.f{p}.1", "    fee: 1%\n")))
        answer = law.duty("--no-screen")
        if count <= 8:
            check(answer["status"] == "ok" and answer["fees"]["amount"] == f"{count * 10}.00",
                  f"{count} fees of a shipment", answer)
        else:
            check(is_overflow(answer), f"{count} fees of a shipment", answer)


def open_facts(law):
    """Facts that nobody declared and the law does not assume: of five every reading is tried."""
    text = (law.at / "claims.yaml").read_text(encoding="utf-8")
    flags = "".join(f"  open{i}:\n    type: flag\n    title: open fact {i}\n    assume: no\n"
                    f"    unsaid: unknown\n" for i in range(8))
    law.write("claims.yaml", text.replace("claims:\n", "claims:\n" + flags, 1))
    for count in (4, 5, 6, 8):
        for path in (law.at / "us/duties").glob("p*.yaml"):
            path.unlink()
        for p in range(count):
            law.write(f"us/duties/p{p}.yaml", program(f"us.p{p}", measure(
                f"us.p{p}.1", f"    duty: {1 << p}%\n    when: open{p}\n")))
        answer = law.duty("--no-screen")
        duty = answer["duty"]
        check(answer["status"] == "incomplete" and duty["amount"] is None,
              f"{count} open facts", answer)
        if count <= 5:
            check((duty["least"]["amount"], duty["greatest"]["amount"]) ==
                  ("0.00", f"{((1 << count) - 1) * 10}.00"), f"{count} open facts", duty)
        else:
            check(is_overflow(answer), f"{count} open facts", answer)


def taxes_of_readings(law):
    """Taxes that open facts decide are told as far as they are common, and not known together."""
    text = (law.at / "claims.yaml").read_text(encoding="utf-8")
    law.write("claims.yaml", text.replace("claims:\n", "claims:\n" + "".join(
        f"  {name}:\n    type: flag\n    title: {name}\n    assume: {assume}\n"
        "    unsaid: unknown\n" for name, assume in (("taxed", "no"), ("remitted", "yes"))), 1))
    for name in ("taxed", "remitted"):  # what a tax alone asks is as assumed
        law.write(f"us/duties/{name}.yaml", program(f"us.{name}", measure(
            f"us.{name}.1", f"    duty: 0%\n    when: {name}\n")))
    law.write("us/taxes/a.yaml", program("us.a", measure("us.a.1", "    tax: 5%\n")))
    law.write("us/taxes/b.yaml", program("us.b", measure("us.b.1", "    tax: 7%\n    when: taxed\n")))
    law.write("us/taxes/c.yaml", program("us.c", measure(
        "us.c.1", "    exempt: true\n    when: remitted\n") + measure("us.c.2", "    tax: 9%\n")))
    law.write("us/taxes/d.yaml", program("us.d", measure("us.d.1", "    tax: 1%\n")))

    def told(*claims, **line):
        answer = law.duty("--no-screen", *(f"--claim={claim}" for claim in claims), **line)
        taxes = answer["taxes"]
        return (answer["status"], taxes["amount"],
                [(tax["tax"], tax["amount"]) for tax in taxes["lines"]],
                [text.split(":")[0] for text in answer["missing"]])
    a, b, c, d = (("us." + name, rate) for name, rate in
                  (("a", "50.00"), ("b", "70.00"), ("c", "90.00"), ("d", "10.00")))
    check(told("taxed=no", "remitted=yes") == ("ok", "60.00", [a, d], []), "taxes",
          told("taxed=no", "remitted=yes"))
    check(told("taxed=yes", "remitted=no") == ("ok", "220.00", [a, b, c, d], []), "four taxes")
    unknown = [("us.a", None), ("us.d", None)]
    for claims, missing in (((), ["remitted", "taxed"]), (("taxed=no",), ["remitted"]),
                            (("remitted=yes",), ["taxed"])):
        check(told(*claims) == ("incomplete", None, unknown, missing),
              f"taxes of which {missing} are open", told(*claims))
    # Let in free: the duty is known, the taxes are not.
    law.write("us/exemptions/free.yaml", program("us.free", measure(
        "us.free.1", "    grant: {limit: $2000, of: value, per: shipment}\n")))
    got = told("remitted=yes")
    check(got == ("incomplete", None, [a, d], ["taxed"]), "taxes of what is let in free", got)
    answer = law.duty("--no-screen", "--claim=remitted=yes")
    check(answer["duty"]["amount"] == "0.00" and answer["lane"] != "green", "let in free", answer)
    page = law.run("duty", "--hts", "0101.21.00.10", "--origin", "CN", "--on", "2025-05-01",
                   "--value", "1000", "--no-screen", "--claim=remitted=yes").out
    check(re.search(r"total due +cannot be determined, see below +\?\n", page), "no total", page)
    # Of a fifth tax, in whatever reading, the answer says that it is not whole.
    law.write("us/taxes/e.yaml", program("us.e", measure("us.e.1", "    tax: 1%\n")))
    for claims in ((), ("taxed=yes", "remitted=no"), ("taxed=yes",), ("remitted=no",)):
        answer = law.duty("--no-screen", *(f"--claim={claim}" for claim in claims))
        check(any(text.startswith("overflow:") for text in answer["warnings"]) and
              answer["status"] == "incomplete", f"a fifth tax with {claims}", answer)


def amounts(law):
    """A sum that is greater than an amount can be is not told, alone or among many lines."""
    text = (law.at / "claims.yaml").read_text(encoding="utf-8")
    law.write("claims.yaml", text.replace(
        "claims:\n", "claims:\n  base_rate:\n    type: number\n    title: base rate, percent\n", 1))
    law.write("us/taxes/a.yaml", program("us.a", measure("us.a.1", "    tax: 5%\n")))
    law.write("us/duties/p.yaml", program("us.p", measure("us.p.1", "    duty: 100%\n")))
    for rate, fits in ((9, True), (87000, True), (92000, True), (92200, False), (92233, False), (92300, False),
                       (100000, False)):
        answer = law.duty("--no-screen", "--claim", f"base_rate={rate}", value="1000000000000")
        duty, tax = (rate + 100) * 10 ** 10, (rate + 200) * 10 ** 10 // 20
        if fits:
            check((answer["duty"]["amount"], answer["taxes"]["amount"]) ==
                  (f"{duty}.00", f"{tax}.00"), f"a rate of {rate}%", answer)
        else:
            check(is_overflow(answer) and answer["taxes"]["amount"] is None,
                  f"a rate of {rate}%", answer)
    page = law.run("duty", "--hts", "0101.21.00.10", "--origin", "CN", "--on", "2025-05-01",
                   "--value", "1000000000000", "--no-screen", "--claim", "base_rate=88000").out
    check(re.search(r"total due +cannot be determined, see below +\?\n", page), "no total", page)
    lines = law.at / "lines.csv"
    lines.write_text("id,hts,origin,entered,value,claims\n" + 60 * (
        "1,0101.21.00.10,CN,2025-05-01,1000000000000,base_rate=70000\n"), encoding="utf-8")
    done = law.run("assess", "--totals-only", "--no-screen", lines)
    check(re.search(r"duty +more than can be counted USD", done.out + done.err), "sums", done)


def literals(law):
    """Two measures that the 90th of their conditions keeps apart do not meet."""
    other = ", ".join(f"value > ${i}" for i in range(1, 90))
    def write(last):
        law.write("us/duties/p.yaml", program("us.p", "".join(
            measure(f"us.p.{name}", f"    duty: {rate}%\n    when: {{all: [{other}, {test}]}}\n")
            for name, rate, test in (("a", 1, "melt_pour = US"), ("b", 2, last)))))
    write("melt_pour != US")
    code, _, err = law.check()
    check(code == 0, "conditions of 90 parts", err)
    check(law.duty("--claim", "melt_pour=US")["duty"]["amount"] == "10.00" and
          law.duty("--claim", "melt_pour=DE")["duty"]["amount"] == "20.00",
          "conditions of 90 parts")
    write("melt_pour != DE")
    code, _, err = law.check()
    check(code != 0 and "meets" in err and "us/duties/p.yaml:" in err,
          "conditions of 90 parts that meet", err)


def compiler_bounds(law):
    """What the compiler has no room for is an error with its place."""
    claims = (law.at / "claims.yaml").read_text(encoding="utf-8")
    def refused(what, path, text, words):
        before = (law.at / path).read_text(encoding="utf-8") if (law.at / path).exists() else None
        law.write(path, text)
        code, _, err = law.check()
        check(code != 0 and f"{path}:" in err and words in err, what, err)
        if before is None:
            (law.at / path).unlink()
        else:
            law.write(path, before)
    def claim(i, more=""):
        return f"  extra{i}:\n    type: {'amount' if more else 'flag'}\n    title: x\n{more}"
    more = "".join(claim(i) for i in range(190))
    refused("more claims than there is room for", "claims.yaml",
            claims.replace("claims:\n", "claims:\n" + more, 1), "more than 192 claims")
    more = "".join(claim(i, f"    part: part{i}\n    group: metal\n") for i in range(6))
    refused("more parts of the value", "claims.yaml",
            claims.replace("claims:\n", "claims:\n" + more, 1), "more than 7 parts")
    countries = (law.at / "countries.tsv").read_text(encoding="utf-8")
    law.countries(330)
    code, _, err = law.check()
    check(code != 0 and "countries.tsv:" in err and "320" in err, "more countries", err)
    law.write("countries.tsv", countries)
    rate = " + ".join(["1%"] * 9)
    refused("more terms of a rate", "us/duties/p.yaml",
            program("us.p", measure("us.p.1", f"    duty: {rate}\n")), "is not a rate")
    refused("a longer rate", "us/duties/p.yaml",
            program("us.p", measure("us.p.1", f"    duty: {'1' * 1100}%\n")), "rate")
    deep = "treaty"
    for _ in range(40):
        deep = "{not: " + deep + "}"
    refused("a deeper condition", "us/duties/p.yaml",
            program("us.p", measure("us.p.1", f"    duty: 1%\n    when: {deep}\n")),
            "levels deep")
    refused("a larger file", "us/duties/p.yaml",
            program("us.p", measure("us.p.1", "    duty: 1%\n")) + "# " + "x" * (17 << 20) + "\n",
            "split the file")


def screened(description=None, *flags):
    return json.loads(run(
        PROGRAM, "duty", "--hts", "6109.10.00.12", "--origin", "DE", "--on", "2026-08-20", "--value",
        "100", "--format", "json", *flags,
        *(["--description", description] if description is not None else [])).out)


def texts_screened(_):
    """A text is read to its end, or the answer says that it was not."""
    found = {hit["substance"] for hit in screened("shirt " * 2700 + "ephedrine")["substances"]}
    check("ephedrine" in found, "a name behind 16,200 bytes", found)
    check(is_overflow(screened("shirt " * 2800 + "ephedrine")), "a name behind 16,800 bytes")
    check(is_overflow(screened("\ufdfa " * 4000)), "a text that grows when it is read")
    answer = screened("; ".join(["acetone"] * 62) + "; ephedrine")
    check({hit["substance"] for hit in answer["substances"]} >= {"acetone", "ephedrine"} and
          not is_overflow(answer), "63 names", answer["warnings"])
    check(is_overflow(screened("; ".join(["acetone"] * 70) + "; ephedrine")), "71 names")
    for text in ("MEK; ", "PMK; ", "P2P; ", "GBL; "):  # abbreviations that are dropped
        answer = screened(text + "; ".join(["acetone"] * 63) + "; ephedrine")
        check(is_overflow(answer) or "ephedrine" in {h["substance"] for h in answer["substances"]},
              f"names behind the abbreviation {text}", answer["warnings"])


def names_screened(_):
    """Systematic names: each is read, wherever it stands; of more than 32 it is said."""
    name = "N-phenyl-N-[1-(2-phenylethyl)piperidin-4-yl]propanamide"
    if "fentanyl" not in {h["substance"] for h in screened(name)["substances"]}:
        return  # this build reads no structures
    for blanks in (0, 40, 70, 74, 76, 80, 90, 200, 2000):
        found = {h["substance"] for h in screened("shirt " * blanks + name)["substances"]}
        check("fentanyl" in found, f"a systematic name behind {blanks * 6} bytes", found)
    plain = "; ".join(["3-methylhexane-2-one"] * 20)
    check("fentanyl" in {h["substance"] for h in screened(plain + "; " + name)["substances"]},
          "the 21st systematic name")
    answer = screened("; ".join([name] * 34))
    check(is_overflow(answer), "34 systematic names", answer["warnings"])


def structures_screened(_):
    """Mixtures given as one structure: what there is no room for is said."""
    path = pathlib.Path(__file__).resolve().parents[2] / "law/substances/substances.tsv"
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()
            if row and not row.startswith("#")]
    at = rows[0].index("smiles")
    smiles = [row[at] for row in rows[1:] if len(row) > at and row[at] and "." not in row[at] and
              "*" not in row[at] and len(row[at]) < 60]
    answer = screened(None, "--smiles", ".".join(smiles[:3]))
    if any(text.startswith("structure-absent") for text in answer["warnings"]):
        return
    for count in (20, 30):
        answer = screened(None, "--smiles", ".".join(smiles[:count]))
        check(is_overflow(answer) or any(text.startswith("structure-refused")
                                         for text in answer["warnings"]),
              f"a mixture of {count}", (len(answer["substances"]), answer["warnings"]))
    parts = "InChI=1S/" + ".".join(f"C{n}H{2 * n + 2}O" for n in range(3, 23))
    answer = screened(None, "--inchikey", parts)
    check(answer["lane"] != "green" and answer["warnings"], "an InChI of 20 parts", answer)


def controls(law):
    """A substance on more lists than a screen holds rows: 255 are shown, of more it is said."""
    lists = (law.at / "cn/controls/lists.yaml").read_text(encoding="utf-8")
    rows = (law.at / "cn/controls/controls.tsv").read_text(encoding="utf-8").splitlines()
    for count in (3, 255, 257, 300):
        names = [f"cn.extra{i}" for i in range(count - 1)]
        law.write("cn/controls/lists.yaml", lists.rstrip("\n") + "\n" + "".join(
            f"  {name}:\n    name: {name}\n    kind: precursor\n"
            "    import: {must: required, requirement: a permit}\n"
            "    export: {must: none, requirement: nothing}\n"
            "    transit: {must: none, requirement: nothing}\n" for name in names))
        law.write("cn/controls/controls.tsv", "\n".join(rows[:2] + sorted(
            [rows[1].replace("cn.one", name) for name in names])) + "\n")
        done = law.run("duty", "--into", "CN", "--hts", "2914.11.00", "--origin", "US", "--on",
                       "2025-05-01", "--value", "100", "--format", "json", "--claim",
                       "base_rate=0", "--cas", "67-64-1")
        if not done.out:
            check(False, f"{count} controls", done.err)
            continue
        answer = json.loads(done.out)
        held = len(answer["controls"])
        if count <= 255:
            check(held == count and not is_overflow(answer), f"{count} controls", held)
        else:
            check(is_overflow(answer), f"{count} controls", (held, answer["status"], answer["lane"], answer.get("duty"), answer["warnings"][-1:]))


TESTS = [measures_of_many_countries, programs, measures_on_one_line, sums, editions, reminders,
         except_circle, except_chain, not_covered, warnings, bytes_of_texts, programs_in_totals,
         substances, citations, headings, shares, open_facts, taxes_of_readings,
         amounts, literals, compiler_bounds, periods,
         texts_screened, names_screened, structures_screened, controls]

for test in TESTS:
    with tempfile.TemporaryDirectory() as folder:
        test(SmallLaw(folder))
sys.exit(finish())
