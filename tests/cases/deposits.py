#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rates of antidumping and countervailing deposits that the user brings: found by case, exporter and
day, and tables that are refused.

    deposits.py PROGRAM

Whatever the table says, duty, fees and what is refundable stay as they are without it.
"""
import os
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import answers, check, equal, finish, run, write  # noqa: E402

COLUMNS = ["id", "hts", "origin", "entered", "value", "qty", "unit", "claims"]
TABLE = """case;exporter;rate;from;until;note
A-570-967;Guang Ya Aluminium Co., Ltd.;86.01%;;2026-04-30;
A-570-967;Guang Ya Aluminium Co., Ltd.;33.28;2026-05-01;;after the review
A-570-967;all others;20%;;;
C-570-968;Zhongya;10.5%;;;
A-552-834;"PT ""One""; Jakarta";1.67/kg;2025-01-01;2026-12-31;
A-570-172;PRC-Wide  Entity;190.2%;;;
A-999-999;Somebody;1%;;;
"""
BOTH = "adcvd=A-570-967+C-570-968"
BARS = {"hts": "7604.21.00.10", "origin": "CN", "value": "1000"}
# What a line says beside the bars of aluminum; then of each order its case, rate, place, deposit.
CASES = [
    ("2026-04-30", "adcvd=A-570-967;adcvd_exporter=Guang Ya Aluminium Co., Ltd.", {},
     [("A-570-967", "86.01%", "r.csv:2", "860.10", None)], "860.10"),
    ("2026-05-01", "adcvd=A-570-967;adcvd_exporter=GUANG  YA aluminium co., ltd.", {},
     [("A-570-967", "33.28", "r.csv:3", "332.80", None)], "332.80"),
    ("2026-05-01", "adcvd=A-570-967;adcvd_exporter=Guang Ya Aluminium Co.", {},
     [("A-570-967", "20%", "r.csv:4", "200.00", True)], "200.00"),
    ("2026-05-01", BOTH + ";adcvd_exporter=zhongya", {},
     [("A-570-967", "20%", "r.csv:4", "200.00", True), ("C-570-968", "10.5%", "r.csv:5", "105.00", None)],
     "305.00"),
    ("2026-05-01", "adcvd=yes;adcvd_exporter=zhongya", {},
     [("A-570-967", "20%", "r.csv:4", "200.00", True), ("C-570-968", "10.5%", "r.csv:5", "105.00", None)],
     "305.00"),
    # the rate that the line gives itself is taken
    ("2026-05-01", BOTH + ";adcvd_rate=1%+2%;adcvd_exporter=zhongya", {},
     [("A-570-967", "1%", "adcvd_rate", "10.00", None), ("C-570-968", "2%", "adcvd_rate", "20.00", None)],
     "30.00"),
    # no row, of one of two: the sum is not known
    ("2026-05-01", BOTH + ";adcvd_exporter=Nobody", {},
     [("A-570-967", "20%", "r.csv:4", "200.00", True), ("C-570-968", None, None, None, None)], None),
    # not claimed: what the rate would be, and no deposit
    ("2026-05-01", "adcvd_exporter=zhongya", {},
     [("A-570-967", "20%", "r.csv:4", "-", True), ("C-570-968", "10.5%", "r.csv:5", "-", None)], None),
    ("2026-05-01", "adcvd=no;adcvd_exporter=zhongya", {},
     [("A-570-967", "-", "-", "-", None), ("C-570-968", "-", "-", "-", None)], None),
    # no exporter, in a case with rows
    ("2026-05-01", "adcvd=A-570-967", {}, [("A-570-967", None, None, None, None)], None),
    # an amount a unit, of a name with the separator and quotes in it
    ("2026-05-01", "adcvd=A-552-834", {"hts": "4820.30.00.40", "origin": "VN"},
     [("A-552-834", None, None, None, None)], None),
    # a rate of the country as a whole is of all others
    ("2026-05-01", "adcvd=A-570-172;adcvd_exporter=Anyone", {"hts": "2912.41.00.00"},
     [("A-570-172", "190.2%", "r.csv:7", "1902.00", True)], "1902.00"),
    # a case that is on no list
    ("2026-05-01", "adcvd=a-999-999;adcvd_exporter=SOMEBODY", {},
     [("a-999-999", "1%", "r.csv:8", "10.00", None)], "10.00"),
]
SAID = {
    3: ["adcvd-all-others: A-570-967: no row of zhongya; the rate of all others is taken, r.csv:4"],
    6: ["adcvd-deposit: r.csv has no row of C-570-968 for Nobody on 2026-05-01, and none of all others"],
    7: ["could-matter: adcvd (A-570-967 at 20%, C-570-968 at 10.5% may apply"],
    9: ["adcvd-deposit: the rates of A-570-967 in r.csv are by exporter: declare adcvd_exporter"],
    12: ["adcvd-unlisted: a-999-999"],
}
FAULTS = [
    ("", 0, "the table is empty"),
    ("case,exporter,rate\n", 0, "the table has no rows"),
    ("case,exporter\nA-570-967,X\n", 1, "there is no column rate"),
    ("case,exporter,rate,producer\n", 1, "the column `producer` is not known"),
    ("case,exporter,rate,Case number\n", 1, "the column `Case number` is there twice"),
    ("case,exporter,rate\n\nA-57-967,X,1%\n", 3, "`A-57-967` is not a case number: write it as A-570-967"),
    ("case,exporter,rate\nB-570-967,X,1%\n", 2, "is not a case number"),
    ("case,exporter,rate\nA-570-967,,1%\n", 2, "the exporter is not named"),
    ("case,exporter,rate\nA-570-967,X,\n", 2, "`` is not a rate: write 76.46%"),
    ("case,exporter,rate\nA-570-967,X,ten\n", 2, "`ten` is not a rate"),
    ("case,exporter,rate\nA-570-967,X,1.67/parsec\n", 2, "names a unit of the schedule"),
    ("case,exporter,rate\nA-570-967,X,1,234%\n", 2, "more cells than the first row has columns"),
    ("case,exporter,rate,from\nA-570-967,X,1%,2026-02-30\n", 2, "`2026-02-30` is not a day"),
    ("case,exporter,rate,from,until\nA-570-967,X,1%,2026-02-02,2026-02-01\n", 2, "end before they begin"),
    ("case,exporter,rate\nA-570-967,\"X,1%\n", 2, "a quote is not closed"),
    ("case,exporter,rate\nA-570-967,X  co,1%\nA570967,x CO,2%\n", 3, "the days meet those of line 2"),
    ("case,exporter,rate,from,until\nA-570-967,X,1%,2026-02-01,\nC-570-968,X,1%,,\n"
     "A-570-967,X,2%,,2026-02-01\n", 4, "the days meet those of line 2"),
    ("case,exporter,rate\nA-570-967,all others,1%\nA-570-967,PRC-wide entity,2%\n", 3, "the days meet"),
]


def found(program, folder):
    lines = []
    for at, (day, claims, more, _, _) in enumerate(CASES):
        lines.append({"id": str(at), **BARS, "entered": day, "claims": claims, **more})
    # the exporter's name holds what parts claims, and so cannot be one; its quantity is known
    path = write(os.path.join(folder, "r.csv"), TABLE)
    with_table = answers(program, COLUMNS, lines, "--adcvd", path)
    without = answers(program, COLUMNS, lines)
    for at, (answer, plain) in enumerate(zip(with_table, without)):
        orders = [(order["case"], order.get("rate", "-"), order.get("rate_by", "-"),
                   order.get("deposit", "-"), order.get("all_others"))
                  for order in answer["adcvd"]["orders"]]
        wanted = list(CASES[at][3])
        claimed = [order for order in orders if order[0] in {want[0] for want in wanted}]
        equal(claimed, wanted, f"case {at}: orders")
        equal(answer["adcvd"]["deposit"], CASES[at][4], f"case {at}: deposit")
        said = "\n".join(answer["warnings"])
        for text in SAID.get(at, ()):
            check(text in said, f"case {at}: says {text}", said)
        for what in ("status", "lane", "duty", "fees", "de_minimis", "entry_type"):
            equal(answer[what], plain[what], f"case {at}: {what} is as without the table")
        if "adcvd=A" in CASES[at][1] or "adcvd=yes" in CASES[at][1]:
            equal(answer["entry_type"], "03", f"case {at}: entry type")


def unaffected(program, folder):
    """A deposit is no duty: no fee is taken on it, and nothing of it is refundable."""
    path = write(os.path.join(folder, "r.csv"), TABLE)
    line = {"id": "1", **BARS, "value": "100000", "entered": "2025-06-10", "transport": "vessel",
            "entry_type": "03"}
    columns = COLUMNS + ["transport", "entry_type"]
    outside, under = answers(program, columns, [
        dict(line, claims="adcvd=no", entry_type="01"),
        dict(line, claims="adcvd=A-570-967;adcvd_exporter=X")], "--adcvd", path)
    equal(under["adcvd"]["deposit"], "20000.00", "the deposit is there")
    for answer in outside, under:
        equal([(fee["fee"], fee["amount"]) for fee in answer["fees"]["lines"]],
              [("us.mpf.formal", "346.40"), ("us.hmf", "125.00")], "fees are on the value alone")
        check(float(answer["duty"]["refundable"]) > 0, "something is refundable", str(answer["duty"]))
    equal(under["duty"]["refundable"], outside["duty"]["refundable"], "what is refundable")
    equal(under["duty"]["amount"], outside["duty"]["amount"], "the duty")


def by_unit(program, folder):
    path = write(os.path.join(folder, "u.tsv"),
                 "\ufeffCase Number\tExporter\tDeposit Rate\nA552834\tOne\t$1.67/kg\n")
    line = {"id": "1", "hts": "4820.30.00.40", "origin": "VN", "value": "1000", "entered": "2026-05-01",
            "claims": "adcvd=yes;adcvd_exporter=one"}
    first, second = answers(program, COLUMNS, [dict(line, qty="100", unit="kg"), line], "--adcvd", path)
    equal(first["adcvd"]["deposit"], "167.00", "an amount a unit")
    equal(second["adcvd"]["deposit"], None, "without a quantity")
    check("adcvd-deposit: A-552-834 needs" in "\n".join(second["warnings"]), "it is asked for",
          str(second["warnings"]))


def refused(program, folder):
    for at, (text, line, says) in enumerate(FAULTS):
        path = write(os.path.join(folder, "faulty.csv"), text)
        for command in (["assess", "--adcvd", path, "-"],
                        ["duty", "--hts", "7604.21.00.10", "--origin", "CN", "--on", "2026-05-01",
                         "--value", "1", "--adcvd", path]):
            done = run(program, *command, given="id,hts\n")
            place = f"{path}:{line}:" if line else f"{path}:"
            check(done.code == 2 and says in done.err and place in done.err,
                  f"table {at} is refused by {command[0]}: {place} {says}", f"{done.code} {done.err}")


def over_time(program):
    """Two days side by side and a timeline have the deposit of what is claimed, and name what may apply."""
    line = ["--hts", BARS["hts"], "--origin", "CN", "--value", "1000", "-q"]
    for claims, deposit, first in (
            (["--claim", "adcvd=A-570-967", "--claim", "adcvd_rate=86.01%"], "860.10",
             "Aluminum Extrusions; claimed, deposit 86.01%"),
            (["--claim", "adcvd=yes"], "not known", "Aluminum Extrusions; claimed, deposit not known"),
            ([], None, "Aluminum Extrusions may apply"), (["--claim", "adcvd=no"], None, None)):
        days = run(program, "duty", *line, *claims, "--on", "2025-06-01", "--on", "2026-05-01").out
        row = [text.split() for text in days.splitlines() if text.startswith("  deposit")]
        equal(row, [["deposit", *deposit.split(), *deposit.split()]] if deposit else [], f"two days {claims}")
        page = run(program, "timeline", *line, *claims, "--from", "2026-01-01", "--until", "2026-01-31").out
        check(first in page if first else "Aluminum Extrusions" not in page, f"timeline {claims}", page)


with tempfile.TemporaryDirectory() as where:
    found(sys.argv[1], where)
    unaffected(sys.argv[1], where)
    by_unit(sys.argv[1], where)
    refused(sys.argv[1], where)
over_time(sys.argv[1])
sys.exit(finish())
