#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The library of the law says what the program says: what a folder holds, its faults with their
places, what changes, and rulebooks that answer.

    run.py LAWS PROGRAM LAW_FOLDER
"""
import json
import pathlib
import shutil
import sys
import tempfile

sys.path.append(sys.path[0] + "/../..")
from lib import check, finish, run  # noqa: E402

LAWS, PROGRAM, LAW = sys.argv[1:]

ours = run(LAWS, "check", LAW)
theirs = run(PROGRAM, "--no-config", "law", "check", "--law", LAW)
said = " ".join(theirs.out.split())
check(not ours.code and len(ours.out.split()) == 10, "a sound folder is sound", ours.err)
check(all(word in said for word in ours.out.split()), "and holds what law check says",
      (ours.out, said))

for day in ([], ["2025-04-15"]):
    ours = run(LAWS, "rulebook", LAW, *day)
    known = ["--as-known-on", *day] if day else []
    theirs = run(PROGRAM, "--no-config", "duty", "--law", LAW, *known, "--hts", "6109.10.00.12",
                 "--origin", "CN", "--on", "2025-05-02", "--value", "54", "--format", "json")
    answer = json.loads(theirs.out)
    want = [answer["law"]["sha256"], answer["law"]["known_on"],
            str(round(float(answer["duty"]["amount"]) * 10000))]
    check(ours.out.split() == want, f"a rulebook as known on {day}", (ours.out, ours.err, want))

ours = run(LAWS, "changes", LAW, "2025-04-09", "2025-04-10")
theirs = run(PROGRAM, "--no-config", "law", "diff", "--law", LAW, "2025-04-09", "2025-04-10",
             "--format", "ndjson")
check(ours.out.count("\n") > 3 and ours.out == theirs.out, "what changes", (ours.err, theirs.err))
for what in (["check"], ["changes", "2025-04-09", "2025-04-10"], ["rulebook"]):
    bad = run(LAWS, what[0], LAW + "/none", *what[1:])
    check(bad.code == 1 and "No such file" in bad.err, f"{what[0]}: a folder that is not there",
          (bad.code, bad.err))
NONE = "-"
for how, days, words in (
        ("list", ("2025-05-02",), {}), ("list", (), {"into": "US", "origin": "China"}),
        ("list", ("2025-04-09", "2025-04-11"), {"program": "us.ieepa.*", "kind": "duty"}),
        ("list", ("2025-05-02T00:01",), {"hts": "6109.10"}), ("diff", ("2025-04-09", "2025-04-10"), {}),
        ("diff", ("2025-04-04", "2025-04-06"), {"origin": "CN", "into": "US", "hts": "8517.13"}),
        ("diff", ("2026-02-01", "2026-03-31"), {"into": "US"})):
    asked = [*days, NONE, NONE][:2] + [words.get(name, NONE) for name in
                                       ("into", "origin", "hts", "program", "kind")]
    ours = run(LAWS, how, LAW, *asked)
    given = [word for name, value in words.items() for word in ("--" + name, value)]
    at = list(days) if how == "diff" else ["--on", "..".join(days)] if days else []
    theirs = run(PROGRAM, "--no-config", "law", how, "--law", LAW, *at, *given, "--format", "json")
    check(not theirs.code and len(ours.out) > 100 and ours.out == theirs.out,
          f"law {how} {days} {words}", (ours.err, theirs.err, ours.out[:300], theirs.out[:300]))
for wrong in (["soon"], [NONE, NONE, "XX"], [NONE, NONE, NONE, "Nowhere"], [NONE, NONE, NONE, NONE, "61x"],
              [NONE, NONE, NONE, NONE, NONE, "us.nothing"], [NONE] * 6 + ["gift"]):
    asked = (wrong + [NONE] * 7)[:7]
    bad = run(LAWS, "list", LAW, *asked)
    check(bad.code == 1 and not bad.out, f"law list {wrong}", (bad.code, bad.err))
bad = run(LAWS, "changes", LAW, "2025-04-09", "soon")
check(bad.code == 1 and "is not a day" in bad.err, "a day that is none", (bad.code, bad.err))

with tempfile.TemporaryDirectory() as folder:
    law = pathlib.Path(folder) / "law"
    shutil.copytree(LAW, law)
    act = sorted((law / "us/instruments").glob("*.yaml"))[0]
    act.write_text(act.read_text() + "  NOBODY-1:\n    title: An act that nothing cites\n"
                   "    known: 2025-01-01\n")
    ours = run(LAWS, "check", str(law))
    theirs = run(PROGRAM, "--no-config", "law", "check", "--law", str(law))
    check(ours.code == 1 and theirs.code == 2, "a fault is a fault", (ours, theirs))
    for line in ours.err.splitlines():
        place, text = line.split(": ", 1)
        check(text in theirs.err and place in theirs.err, "and is told with its place", line)
    check("NOBODY-1" in ours.err, "the act is named", ours.err)
    act.write_text((pathlib.Path(LAW) / act.relative_to(law)).read_text())
    # Codes against the schedule, and descriptions against both.
    for path, row, words in (("us/lists/alcohol-tobacco.tsv", "99999998\t\t\t\t\tno such line\n",
                              "9999.99.98"),
                             ("us/descriptions.tsv", "99999998\tNo such goods\n", "9999.99.98")):
        sound = (law / path).read_text()
        (law / path).write_text(sound + row)
        ours = run(LAWS, "check", str(law))
        theirs = run(PROGRAM, "--no-config", "law", "check", "--law", str(law))
        check(ours.code == 1 and path in ours.err and words in ours.err,
              f"{path} is held against the schedule", ours.err)
        for line in ours.err.splitlines():
            check(line.split(": ", 1)[1] in theirs.err, "as the program does", line)
        (law / path).write_text(sound)

sys.exit(finish())
