#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Law and lines at every edge of size: what does not fit is said, never lost.

    run.py PROGRAM LAWDIR

Each test changes a copy of the small sound law in LAWDIR so that a fixed size of the compiler,
of an answer or of a screen is reached or passed, and compares with what the law says, worked out
by hand. A bound of the compiler is an error with its place; one of an answer is `overflow`.
"""
import json
import os
import pathlib
import shutil
import string
import subprocess
import sys
import tempfile

PROGRAM, LAW = sys.argv[1:3]
ORDER = "{at: 2025-03-12T00:01, by: ORDER-2}"
passed = failed = 0


def check(good, what, found=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {what}: {str(found)[:600]}")


class Law:
    """A copy of the small law to change."""

    def __init__(self, folder):
        self.at = pathlib.Path(folder) / "law"
        shutil.copytree(LAW, self.at)
        for folder in ("us/duties", "us/fees", "us/lists"):  # what no duty names is an error
            for path in (self.at / folder).iterdir():
                path.unlink()

        claims = self.at / "claims.yaml"
        text = claims.read_text(encoding="utf-8").splitlines(keepends=True)
        claims.write_text("".join(row for row in text if "remind_scope" not in row),
                          encoding="utf-8")

    def write(self, path, text):
        (self.at / path).parent.mkdir(parents=True, exist_ok=True)
        (self.at / path).write_text(text, encoding="utf-8")

    def replace(self, path, old, new):
        text = (self.at / path).read_text(encoding="utf-8")
        assert old in text, (path, old)
        self.write(path, text.replace(old, new, 1))

    def countries(self, count):
        """That many countries in all; the new ones, in order."""
        path = self.at / "countries.tsv"
        rows = path.read_text(encoding="utf-8").splitlines()
        known = {row.split("\t")[0] for row in rows[1:]}
        codes = [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase]
        new = [code for code in codes if code not in known][:count - len(known)]
        rows[1:] = sorted(rows[1:] + [f"{c}\t{c}Q\tCountry {c}" for c in new])
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return new

    def run(self, *arguments):
        run = subprocess.run([PROGRAM, *arguments, "--law", str(self.at)], capture_output=True,
                             timeout=300, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode()

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
    check(code != 0 and "us/duties/p.yaml:" in err and "steps back before itself" in err,
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
    """More programs than the totals have names for: said in the totals."""
    programs(law)
    lines = "hts,origin,entered,value\n" + "".join(
        f"{p + 1001}.00.00.00,CN,2025-05-01,1000\n" for p in range(600))
    path = law.at.parent / "lines.csv"
    path.write_text(lines, encoding="utf-8")
    code, out, err = law.run("assess", "--no-screen", "--jobs", "1", str(path))
    check(code == 0 and "overflow: 88 lines under more names, not shown" in err + out,
          "600 programs in the totals", (err + out)[-300:])


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
        run = subprocess.run([PROGRAM, "duty", "--hts", "6109.10.00.12", "--origin", "DE", "--on",
                              "2026-05-01", "--value", "100", "--format", "json", "--cas",
                              ";".join(cas[:count])], capture_output=True, timeout=60,
                             check=False)
        answer = json.loads(run.stdout)
        over = any(text.startswith("overflow:") for text in answer["warnings"])
        check(over == (count > 32) and (not over or (answer["status"] == "incomplete" and
                                                     answer["lane"] != "green")),
              f"{count} substances", (answer["lane"], answer["status"], answer["warnings"],
                                      len(answer["substances"])))


TESTS = [measures_of_many_countries, programs, measures_on_one_line, sums, editions, reminders,
         except_circle, except_chain, not_covered, warnings, bytes_of_texts, programs_in_totals,
         substances]

for test in TESTS:
    with tempfile.TemporaryDirectory() as folder:
        test(Law(folder))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
