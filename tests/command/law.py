#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run `tidewaiter law` and compare with what the acts say.

What is expected here was read in the acts named beside it (executive orders,
proclamations, Federal Register notices), never in the program's output.

    run.py PROGRAM LAW SMALL_LAW
"""
import datetime
import glob
import json
import os
import re
import sys
import tempfile
import unicodedata

sys.path.append(sys.path[0] + "/..")
from lib import Law, changed_law, check, finish, run  # noqa: E402

PROGRAM, LAW, SMALL = (os.path.abspath(path) for path in sys.argv[1:4])
with open(os.path.join(LAW, "coverage.yaml"), encoding="utf-8") as coverage:
    EDITION, FIRST, LAST = re.findall(r"^(?:edition|first|last): *(\S+)", coverage.read(), re.M)


def ask(*arguments, code=0, law=LAW, cwd=None):
    """Standard output, or standard error when the command has to fail."""
    extra = ["--law", law] if law else []
    done = run(PROGRAM, "law", *arguments, *extra, cwd=cwd)
    check(done.code == code, f"{arguments}: exit {done.code}, not {code}: {done.err.strip()[:200]}")
    return done.err if code else done.out


def flat(text):
    return " ".join(text.split())


def says(text, *parts):
    for part in parts:
        check(part in flat(text), f"missing {part!r} in:\n{text[:1500]}")


def says_not(text, *parts):
    for part in parts:
        check(part not in flat(text), f"should not say {part!r}:\n{text[:1500]}")


def changes(first, last, *arguments):
    answer = json.loads(ask("diff", first, last, "--format", "json", *arguments))
    return answer["changes"]


def find(all_changes, **wanted):
    """The changes whose fields are these; before, after: (rate, heading)."""
    found = []
    for change in all_changes:
        sides = {side: (change[side]["rate"], change[side].get("heading"))
                 for side in ("before", "after") if side in change}
        if all(sides.get(k, change.get(k)) == v for k, v in wanted.items()):
            found.append(change)
    return found


def one(all_changes, **wanted):
    found = find(all_changes, **wanted)
    check(len(found) == 1, f"{len(found)} changes like {wanted}, not one")
    return found[0] if found else {}


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def narrow(text):
    for line in text.splitlines():
        check(columns(line) <= 80 or "://" in line, f"over 80 columns: {line!r}")


# EO 14266, 90 FR 15625, section 2 and 3: from 12:01 a.m. eastern on 2025-04-10 China, Hong Kong
# and Macau pay 125% in place of 84%, the countries of Annex I pay 10% until 2025-07-09.
def april_2025():
    text = ask("diff", "2025-04-09", "2025-04-10", "--origin", "CN")
    says(text, "2025-04-10 00:01, New York time, goods into the United States",
         "IEEPA reciprocal duty on products of China, Hong Kong and Macao rises from 84% to 125% "
         "(9903.01.63).",
         "Executive order EO-14266, 90 FR 15625",
         "https://www.govinfo.gov/link/cpd/executiveorder/14266",
         "2025-04-09 00:01", "rises from 10% to 84%", "EO-14259")  # EO 14259, section 3
    says_not(text, "Lesotho", "Japan")
    narrow(text)
    found = changes("2025-04-10", "2025-04-10", "--into", "US")
    up = one(found, what="rises", before=("84%", "9903.01.63"), after=("125%", "9903.01.63"))
    check(up.get("origins") == ["CN", "HK", "MO"], f"origins of the 125%: {up.get('origins')}")
    check(up.get("by") == "EO-14266" and up.get("at") == "2025-04-10T00:01:00-04:00", str(up)[:200])
    for rate, heading, origin in (("50%", "9903.01.76", "LS"), ("46%", "9903.01.72", "VN"),
                                  ("24%", "9903.01.53", "JP"), ("11%", "9903.01.43", "CD"),
                                  ("20%", "9903.01.50", "DE")):  # Annex I of EO 14257
        down = one(found, what="falls", before=(rate, heading), after=("10%", "9903.01.25"))
        check(origin in down.get("origins", []), f"{origin} falls from {rate}")
    same = one(found, what="stays", before=("10%", "9903.01.25"), after=("10%", "9903.01.25"))
    check("GB" in same.get("origins", []) and "JP" not in same.get("origins", []), "GB remains at 10%")
    text = ask("diff", "2025-04-10", "2025-04-10", "--into", "US")
    says(text, "changes to 10% (9903.01.25), from 11% 9903.01.43 Democratic Republic of the Congo",
         "50% 9903.01.76 Lesotho", "20% 9903.01.50 the EU and Jordan")
    # Announcement 5 and 6 of the State Council Tariff Commission: 34% became 84%, from 12:01 of
    # 2025-04-10 in Beijing; announcement 6 says 125% from 2025-04-12.
    china = find(changes("2025-04-10", "2025-04-12", "--into", "CN"), what="rises")
    check([(c["before"]["rate"], c["after"]["rate"]) for c in china][-1:] == [("84%", "125%")],
          f"China: {[c.get('text') for c in china]}")


# EO 14298: from 2025-05-14 China pays 10%, and mail 54% in place of 120%.
def may_2025():
    found = changes("2025-05-14", "2025-05-14", "--origin", "CN")
    down = one(found, what="falls", program="us.ieepa.reciprocal")
    check((down["before"]["rate"], down["before"]["heading"]) == ("125%", "9903.01.63"), str(down))
    check((down["after"]["rate"], down["after"]["heading"]) == ("10%", "9903.01.25"), str(down))
    check(down["by"] == "EO-14298", str(down))
    mail = one(found, what="falls", program="us.mail")
    check(mail["before"]["rate"].startswith("120%") and mail["after"]["rate"].startswith("54%"),
          str(mail))
    text = ask("diff", "2025-05-14", "--origin", "CN")
    says(text, "falls from 125% to 10% (9903.01.25 in place of 9903.01.63)", "from 120% to 54%")


# EO 14257: from 2025-05-02 (EO 14256) low-value goods of China are not free; EO 14324: from
# 2025-08-29 those of no country.
def de_minimis():
    text = ask("diff", "2025-05-02", "2025-05-02", "--program", "us.de_minimis")
    says(text, "suspended for China and Hong Kong", "EO-14256", "begins (refused as suspended)")
    found = changes("2025-08-29", "2025-08-29", "--program", "us.de_minimis")
    closed = one(found, what="begins")
    check("JP" in closed["origins"] and "CN" not in closed["origins"], "who is closed in August")
    check(one(found, what="stays").get("origins") == ["CN", "HK"], "who was closed before")


# EO 14357: fentanyl duty of China from 20% to 10%; EO 14358: 24 points stay suspended;
# 90 FR, USTR notice: the actions over cranes and chassis end. China frees farm goods at 13:01.
def november_2025():
    text = ask("diff", "2025-11-10", "2025-11-10")
    says(text, "IEEPA fentanyl duty on products of China and Hong Kong falls from 20% to 10% "
               "(9903.01.24).", "EO-14357", "remains at 10% (9903.01.25)", "EO-14358",
         "2025-11-10 13:01, Shanghai time, goods into China")
    narrow(text)
    # EO 14360, signed 2025-11-14, counts from 2025-11-13; its annex has 237 codes.
    text = ask("diff", "2025-11-13", "2025-11-13", "--program", "us.ieepa.reciprocal")
    says(text, "237 codes join the list of exempt goods us.ieepa.reciprocal_exempt",
         "Announced 2025-11-14, applies retroactively from 2025-11-13.", "EO-14360")
    coffee = one(changes("2025-11-13", "2025-11-13", "--hts", "0901.21.00", "--program",
                         "us.ieepa.reciprocal"), what="codes join")
    check(coffee.get("codes") == ["0901.21.00"] and coffee.get("retroactive") is True, str(coffee))


# EO 14345, signed 2025-09-04: the floor of 15% for Japan counts from 2025-08-07.
def made_known_later():
    text = ask("diff", "2025-08-07", "2025-08-07", "--origin", "JP")
    says(text, "changes from 10% to 15% including the general rate",
         "Announced 2025-09-04, applies retroactively from 2025-08-07.", "EO-14345")
    # As known on 2025-08-10, Japan had the 15% of EO 14326.
    text = ask("diff", "2025-08-07", "2025-08-07", "--origin", "JP", "--as-known-on", "2025-08-10")
    says(text, "rises from 10% to 15% (9903.02.30")
    says_not(text, "EO-14345")


# Learning Resources v. Trump and EO 14389: collection ends at 00:00 of 2026-02-24; Proclamation
# 11012: 10% under section 122 from 00:01.
def february_2026():
    found = changes("2026-02-24", "2026-02-24", "--origin", "CN")
    for program in ("us.ieepa.fentanyl.cn", "us.ieepa.reciprocal"):
        ended = [c for c in find(found, program=program, what="ends")
                 if c["before"]["rate"] == "10%"]
        check(len(ended) == 1 and ended[0]["at"] == "2026-02-24T00:00:00-05:00",
              f"{program}: {ended}")
    begun = one(found, program="us.122", after=("10%", "9903.03.01"), what="begins")
    check(begun.get("at") == "2026-02-24T00:01:00-05:00", str(begun))
    text = ask("diff", "2026-02-24", "2026-02-24", "--into", "US")
    says(text, "was held unlawful; duty paid under it may be refundable", "SCOTUS-24-1287",
         "9903.03.01", "us.122")
    narrow(text)


# Both days count, and nothing outside them.
def bounds():
    check(not find(changes("2025-04-11", "2025-05-13", "--origin", "CN", "--into", "US"),
                   program="us.ieepa.fentanyl.cn"), "nothing of fentanyl between")
    text = ask("diff", "2025-04-11", "2025-04-11", "--into", "US", "--program", "us.ieepa.*")
    says(text, "No duty, exemption or fee changes.")
    says(ask("diff", "2025-04-10", "2025-04-09", code=2), "is after")
    says(ask("diff", "2025-02-30", code=2), "is not a day")
    # 90 FR 34665: the fees of fiscal year 2026.
    says(ask("diff", "2025-10-01", "--kind", "fee"),
         "rises from 0.3464% of the dutiable value, at least $32.71 and at most $634.62 to 0.3464% of "
         "the dutiable value, at least $33.58 and "
         "at most $651.50")
    whole = changes(FIRST, LAST)
    check(len({c["at"] for c in whole}) > 50, "instants of the whole time covered")


def in_force():
    answer = json.loads(ask("list", "--on", "2025-05-02", "--origin", "CN", "--hts", "6109100012",
                            "--into", "US", "--kind", "duty", "--format", "json"))
    rates = {m["program"]: m["rate"] for m in answer["measures"]
             if m["rate"].endswith("%") and "when" not in m}
    # EO 14228, EO 14266, 85 FR 3741.
    check(rates == {"us.ieepa.fentanyl.cn": "20%", "us.ieepa.reciprocal": "125%",
                    "us.301.list4a": "7.5%"}, f"duties on a T-shirt: {rates}")
    before = ask("list", "--on", "2025-04-10T00:00", "--program", "us.ieepa.reciprocal",
                 "--origin", "CN")
    after = ask("list", "--on", "2025-04-10T00:01", "--program", "us.ieepa.reciprocal",
                "--origin", "CN")
    says(before, "84% ·")
    says_not(before, "125% ·")
    says(after, "125% ·")
    narrow(ask("list"))
    none = ask("list", "--on", "2026-03-01", "--program", "us.ieepa.*")
    says(none, "0 measures")


def shown():
    text = ask("show", "us.ieepa.reciprocal.cn.2025_04_10")
    says(text, "125%", "9903.01.63", "China, Hong Kong and Macao", "2025-04-10 00:01 by EO-14266",
         "2025-05-14 00:01 by EO-14298", "90 FR 15625", "us.ieepa.reciprocal")
    says(ask("show", "us.ieepa.fentanyl.cn"), "unlawful", "SCOTUS-24-1287", "10% (9903.01.20)",
         "20% (9903.01.24)")
    says(ask("show", "EO-14266"), "90 FR 15625", "known 2025-04-09",
         "us.ieepa.reciprocal.cn.2025_04_10")
    says(ask("show", "us.ieepa.reciprocal_exempt"), "237 codes, since 2025-11-13 00:01 by EO-14360")
    says(ask("show", "9903.01.63"), "84%", "125%")
    says(ask("show", "us.ieepa.reciprocal.cn.announced"), "34%", "EO-14259")
    for name in ("us.301.list1", "EO-14266", "us.ieepa.reciprocal", "9903.01.63",
                 "us.mail.cn.120"):
        narrow(ask("show", name))
        json.loads(ask("show", name, "--format", "json"))
    says(ask("show", "EO-14265", code=2), 'nothing in the law is named "EO-14265"', "EO-14266")
    says(ask("show", "us.ieepa.reciprocl", code=2), "did you mean us.ieepa.reciprocal")
    says(ask("show", "zzz", code=2), "nothing in the law")


def wrong_words():
    says(ask("lst", code=2), "did you mean law list")
    says(ask("list", "--kind", "dutty", code=2), "did you mean duty")
    says(ask("list", "--program", "us.ieepa.reciprocl", code=2), "did you mean us.ieepa.reciprocal")
    says(ask("list", "--origin", "XX", code=2), "is not a country")
    says(ask("list", "--hts", "6109x", code=2), "6109x")
    says(ask("list", "--format", "jsno", code=2), "did you mean json")
    says(ask("show", code=2), "give one id")


def sound_and_broken():
    says(ask("check", LAW, law=None), "valid", f"{FIRST} to {LAST}")
    with tempfile.TemporaryDirectory() as folder:
        copy = Law(SMALL, folder)
        # The small law of the reader's tests holds an overlap; the compiler names both places.
        message = ask("check", copy, law=None, code=2)
        check(re.search(r"law/us/duties/beta\.yaml:\d+:\d+: us\.beta\.all meets us\.beta\.late",
                        message) is not None, f"overlap: {message}")
        copy.append("us/duties/alpha.yaml", "measures: 3\n")
        message = ask("check", copy, law=None, code=2)
        check(re.search(r"law/us/duties/alpha\.yaml:\d+:1: key \"measures\" is repeated", message)
              is not None, f"repeated key: {message}")
        book = os.path.join(folder, "one.rulebook")
        ask("compile", LAW, "-o", book, law=None)
        line = [PROGRAM, "duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02",
                "--value", "54", "--format", "json"]
        built_in, given = (json.loads(run(*line, *more).out) for more in ([], ["--rulebook", book]))
        check(len(given.get("law", {}).get("sha256", "")) == 64, "the answer names its law")
        for answer in (built_in, given):  # the tree may have moved on since the build
            answer.pop("law", None)
        check(built_in == given, "a compiled rulebook answers as the built-in one")
        ask("compile", LAW, "-o", os.path.join(folder, "none/x"), law=None, code=2)
        ask("compile", LAW, law=None, code=2)


def duty(*arguments, cwd="/", cache=None, code=0):
    """A T-shirt of China, from anywhere; the answer as JSON, or the message."""
    done = run(PROGRAM, "duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-12-01",
               "--value", "54", "--format", "json", *arguments, cwd=cwd,
               **({"XDG_CACHE_HOME": cache} if cache else {}))
    check(done.code == code, f"duty {arguments}: exit {done.code}: {done.err[:200]}")
    return done.err if code == 2 else json.loads(done.out)


# The law text is inside the program: a folder called law is read only when it is named.
def anywhere():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "law"))
        with open(os.path.join(folder, "law", "coverage.yaml"), "w", encoding="utf-8") as file:
            file.write("edition: never\n")
        text = ask("check", law=None, cwd=folder)
        says(text, "built-in law: valid")
        named = ask("check", LAW, law=None)
        check(text.split("files")[1:] == named.split("files")[1:], "the same law, wherever it is")
        check(ask("list", law=None, cwd=folder) == ask("list"), "law list of the built-in text")
        check(ask("diff", "2025-07-20", law=None, cwd=folder) == ask("diff", "2025-07-20"),
              "law diff, chemicals included, of the built-in text")
        says(ask("check", "law", law=None, cwd=folder, code=2), "law/coverage.yaml:1:1")
        says(ask("check", law="law", cwd=folder, code=2), "law/coverage.yaml:1:1")
        known = duty("--as-known-on", "2025-10-01", cwd=folder)
        # EO 14334 and EO 14228 stood on that day: 34% and 20%, with 7.5% and 16.5%.
        check(known["duty"]["rate"] == "78%", f"as known: {known['duty']['rate']}")
        says(duty("--as-known-on", "2025-10-01", "--law", "law", cwd=folder, code=2),
             "coverage.yaml:1:1")
        says(duty("--as-known-on", "yesterday", code=2), "is not a day")
        today = datetime.date.today().isoformat()
        check(duty("--as-known-on", "today") == duty("--as-known-on", today), "today is a day")
        check(duty()["duty"]["rate"] == "44%", "and without a day the law as it stands")


# What was compiled is kept under a digest of all that it depends on, and checked when opened.
def cache():
    with tempfile.TemporaryDirectory() as folder:
        def kept():
            path = os.path.join(folder, "tidewaiter")
            return sorted(os.listdir(path)) if os.path.isdir(path) else []
        day = ("--as-known-on", "2025-10-01")
        first = duty(*day, cache=folder)
        check(len(kept()) == 1 and kept()[0].endswith(".rulebook"), f"kept: {kept()}")
        path = os.path.join(folder, "tidewaiter", kept()[0])
        stamp = os.stat(path).st_mtime_ns
        check(duty(*day, cache=folder) == first, "the kept rulebook answers alike")
        check(os.stat(path).st_mtime_ns == stamp, "and is not written again")
        with open(path, "r+b") as file:  # another rate somewhere
            file.seek(os.path.getsize(path) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        check(duty(*day, cache=folder) == first, "a damaged file is not used")
        check(duty(*day, cache=folder) == first and len(kept()) == 1, "and is replaced")
        with open(path, "wb"):
            pass
        check(duty(*day, cache=folder) == first, "nor is an empty one")
        other = duty("--as-known-on", "2025-04-10", cache=folder)
        check(other != first and len(kept()) == 2, "another day is another file")
        copy = Law(LAW, folder)
        check(duty(*day, "--law", copy, cache=folder) == first and len(kept()) == 2,
              "the same text elsewhere is the same law")
        copy.append("coverage.yaml", "# one byte more\n")
        check(duty(*day, "--law", copy, cache=folder)["duty"] == first["duty"] and
              len(kept()) == 3, "one byte more is another file")
        for number in range(40):
            with open(os.path.join(folder, "tidewaiter", f"{number:064}.rulebook"), "wb"):
                pass
        duty("--as-known-on", "2025-02-10", cache=folder)
        check(len(kept()) == 24, f"{len(kept())} files stay, not 24")
        os.chmod(os.path.join(folder, "tidewaiter"), 0o777)
        before = kept()
        check(duty("--as-known-on", "2025-02-11", cache=folder)["status"] == "ok" and
              kept() == before, "a folder that others may write to is not used")
        check(duty(*day, cache="/dev/null") == first, "no folder, no cache")


def acts_of(folder):
    """Each act's day of publication, as its file says it, and whether it is background."""
    known, background = {}, set()
    for path in glob.glob(os.path.join(folder, "*", "instruments", "*.yaml")):
        name = None
        with open(path, encoding="utf-8") as file:
            for line in file:
                key = re.match(r"  (\S+):\s*$", line)
                day = re.match(r"    known: [\"']?(\d{4}-\d\d-\d\d)", line)
                if key:
                    name = key.group(1)
                if day:
                    known[name] = day.group(1)
                if re.match(r"    background: yes", line):
                    background.add(name)
    return known, background


def cited(answer):
    return {c["by"] for c in answer["changes"] if "by" in c} | {
        c["replaced_by"] for c in answer["changes"] if "replaced_by" in c} | {
        act for c in answer["chemicals"] + answer["refunds"] for act in c["by"]}


# No act that became public while the law is covered is silent: the diff of some day tells it, and
# so does the diff of the day on which it became public.
def every_act():
    known, background = acts_of(LAW)
    everything = json.loads(ask("diff", "1950-01-01", "2199-12-31", "--format", "json"))
    told = cited(everything)
    first = json.loads(ask("list", "--format", "json", "--on", "2025-01-01"))["on"]
    silent = sorted(act for act, day in known.items()
                    if day >= first and act not in told and act not in background)
    check(not silent, f"acts that no diff tells: {silent}")
    check(not told & background, f"background, and told: {told & background}")
    for act in ("MEMO-2025-04-11", "EO-14266", "SCOTUS-24-1287", "PROC-11046", "SCTC-2025-6",
                "MX-LGS-2025", "CN-PRECURSOR-2025", "SOR-2026-71", "CND-2025", "90-FR-44979"):
        day = json.loads(ask("diff", "--announced", known[act], "--format", "json"))
        check(act in cited(day), f"diff --announced {known[act]} does not tell {act}")
        other = {c["by"] for c in day["changes"] if known[c["by"]] != known[act]}
        check(not other, f"diff --announced {known[act]} tells {other}")


# The memorandum of 2025-04-11 on EO 14257: computers, telephones and chips are outside the
# reciprocal duty from 2025-04-05; China's was 125% (EO 14266), the opioid duty 20% (EO 14228).
def announced():
    text = ask("diff", "--announced", "2025-04-11", "--origin", "CN")
    says(text, "What was announced on 2025-04-11", "MEMO-2025-04-11",
         "Announced 2025-04-11, applies retroactively from 2025-04-05.",
         "announced 2025-04-11, from 2025-04-05: ",
         "computers (8471.30.01, 8471.60.20), telephones (8517.13.00), "
         "computer monitors (8528.52.00) of China: 145% to 20%")
    says_not(text, "EO-14266", "Hong Kong: ")
    answer = json.loads(ask("diff", "--announced", "2025-04-11", "--format", "json"))
    check(answer.get("announced") == "2025-04-11" and "first" not in answer, "the day of the JSON")
    memo = one(answer["changes"], by="MEMO-2025-04-11")
    check(memo.get("retroactive") is True and memo.get("announced") == "2025-04-11", str(memo)[:200])
    def comes_to(code, origin):
        return [e["additional"] for e in memo.get("effects", [])
                if code in e["codes"] and origin in e["origins"]]
    check(comes_to("8517.13.00", "CN") == ["145% to 20%"], "telephones of China")
    # Under one heading lines of China differ: 8471.50.01 stands on list 1 of section 301 (25%),
    # 8471.41.01 on list 4A (7.5%), 8471.30.01 on none.
    for code, rates in (("8471.50.01", "170% to 45%"), ("8471.41.01", "152.5% to 27.5%"),
                        ("8471.30.01", "145% to 20%"), ("8471", None)):
        check(comes_to(code, "CN") == [rates][:1 if rates else 0], f"{code} of China")
    check(comes_to("8471", "JP") == ["10% to 0%"], "computers of Japan")
    check(any("telephones (8517.13.00)" in e["goods"] for e in memo["effects"]), "goods by name")
    says(ask("diff", "2025-04-05", "--program", "us.ieepa.reciprocal"), "MEMO-2025-04-11",
         "9 codes join the list of exempt goods")
    # The annex of EO 14360 has 237 codes: each is reckoned, all 17 of fresh beef (0201) too, most of
    # which pay by weight. Told are the first two and how many more.
    text = ask("diff", "--announced", "2025-11-14", "--origin", "IN", "--into", "US")
    says(text, "from 2025-11-13:", "fresh beef (0201.10.05, 0201.10.10 and 15 more)",
         "of India: 50% to 0%")
    answer = json.loads(ask("diff", "--announced", "2025-11-14", "--origin", "IN", "--into", "US",
                            "--format", "json"))
    for change in answer["changes"]:
        told = {code for effect in change.get("effects", []) for code in effect["codes"]}
        check(not change.get("effects") or len(change["codes"]) > 200 and all(
            any(one.startswith(code[:7]) for one in told) for code in change["codes"]),
            "all codes of the annex of EO 14360, those that pay by weight too")
    # FR 2025-15819: a list on which metal pays, and on which metal of the US is spared.
    text = ask("diff", "--announced", "2025-08-15", "--into", "US")
    says(text, "join the list of dutiable goods us.232.aluminum.derivatives:")
    says_not(text, "list of exempt goods us.232.aluminum.derivatives")
    # Whoever asks for the day of an announcement is told of it, though its effect lies elsewhere.
    text = ask("diff", "2025-04-11", "--into", "US")
    says(text, "No duty, exemption or fee changes.",
         "Announced then, with effect on other days: MEMO-2025-04-11 on 2025-04-11")
    answer = json.loads(ask("diff", "2025-04-11", "--into", "US", "--format", "json"))
    check(answer.get("also_announced") == [{"id": "MEMO-2025-04-11", "announced": "2025-04-11"}],
          "the announcement in the JSON")
    # EO 14266 was signed on 2025-04-09 and took effect on the next day.
    text = ask("diff", "--announced", "2025-04-09", "--into", "US")
    says(text, "2025-04-10 00:01, New York time", "rises from 84% to 125%")
    says(ask("diff", "--announced", "2025-04-09", "2025-04-10", code=2), "--announced DAY alone")
    says(ask("diff", code=2), "--announced DAY alone")
    check(ask("list", "--on", "today").startswith(
        f"Measures in force on {datetime.date.today()}\n"), "list --on today")
    check(ask("diff", "today").split("\n")[0] ==
          "What changed from {0} 00:00 to {0} 24:00".format(datetime.date.today()), "diff today")


# What a court struck, and what was replaced before it began, is told in both forms.
def void_and_replaced():
    voided = find(changes("2026-02-24", "2026-02-24", "--into", "US"), what="void")
    check({c["program"] for c in voided} >= {"us.ieepa.reciprocal", "us.ieepa.fentanyl.cn"} and
          all(c["by"] == "SCOTUS-24-1287" and c["refundable"] for c in voided), str(voided)[:300])
    india = find(changes("2026-02-24", "2026-02-24", "--origin", "IN"), what="void")
    check(not [c for c in india if c["program"] == "us.ieepa.fentanyl.cn"], "not for India")
    # Proclamations 11046 to 11048 were to begin on 2026-08-19; 11056 moved them to 2026-08-22.
    gone = find(changes("2026-08-19", "2026-08-19", "--into", "US"), what="replaced")
    check({c["by"] for c in gone} == {"PROC-11046", "PROC-11047", "PROC-11048"} and
          {c["replaced_by"] for c in gone} == {"PROC-11056"}, str(gone)[:300])
    says(ask("diff", "2026-08-19", "--into", "US"), "was to take effect: 50% (9903.03.12)",
         "PROC-11056 superseded it before it took effect")
    early = changes("2026-08-19", "2026-08-19", "--into", "US", "--as-known-on", "2026-07-25")
    check(not find(early, what="replaced") and
          one(early, by="PROC-11047", what="begins").get("after"), "as known before it was moved")


def uncited():
    path = "us/instruments/duties.yaml"
    with changed_law(LAW) as copy:
        copy.append(path, "  XX-1:\n    title: Forgotten\n    known: 2026-10-01\n")
        says(ask("check", copy, law=None, code=2), "nothing cites XX-1", "duties.yaml:")
        copy.append(path, "    background: yes\n")
        says(ask("check", copy, law=None), "valid")
        copy.replace(path, "  EO-14266:\n", "  EO-14266:\n    background: yes\n")
        says(ask("check", copy, law=None, code=2), "EO-14266 is cited and is not background")


for part in (april_2025, may_2025, de_minimis, november_2025, made_known_later, february_2026,
             bounds, in_force, shown, wrong_words, sound_and_broken, anywhere, cache, every_act, announced,
             void_and_replaced, uncited):
    part()
sys.exit(finish())
