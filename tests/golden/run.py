#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program prints, compared with what it printed when somebody looked.

    run.py PROGRAM             compare
    run.py PROGRAM --update    write the outputs anew; read the diff before you commit it

A case is a command line; its output, messages and exit code stand in COMMAND/NAME.txt, those of
the program without a command in overview/. A file of which there is no case is a failure. The hash of
the law, its edition and its last day are left out, so that only what answers change changes
these files.
"""
import glob
import os
import re
import sys

sys.path.append(sys.path[0] + "/..")
from lib import ROOT, check, compare, finish, run  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
MANIFEST = "examples/manifest.csv"
ACROSS = "examples/across.csv"
IN = "tests/golden/in/"
PARTIES = (f"--parties tests/parties/lists/SDN.CSV --parties tests/parties/lists/un.xml {IN}parties.csv")
ENTRIES = "examples/entries.csv"
TOYS, SPAN = "--hts 9503.00.00.90", "--from 2025-01-01 --until 2026-09-30"
FILED = "--as-of 2026-05-18 --interest-to 2026-07-02"
SHIRT = "duty --hts 6109.10.00.12 --origin CN --on 2025-05-02T00:01 --value 54"
CASES = {
    "manifest-table": f"assess --daily-sum --format table {MANIFEST}",
    "manifest-csv": f"assess --daily-sum --format csv {MANIFEST}",
    "manifest-ndjson": f"assess --daily-sum {MANIFEST}",
    "manifest-known": f"assess --as-known-on 2025-04-10 --format csv --only-answers {MANIFEST}",
    "manifest-titles": f"assess --titles --fields id,duty {MANIFEST}",
    "es003-ndjson": f"assess --keep {IN}es003.csv",
    "es003-table": f"assess --format table {IN}es003.csv",
    "es003-csv": f"assess --format csv {IN}es003.csv",
    "es003-answers": f"assess --format csv --only-answers --only differing {IN}es003.csv",
    "parties-table": f"assess --format table {PARTIES}",
    "parties-csv": f"assess --format csv --only-answers --fields id,status,lane,parties,party_lists {PARTIES}",
    "parties-ndjson": f"assess --fields id,status,lane,parties {PARTIES}",
    "broken-csv": f"assess --format csv {IN}broken.csv",
    "ndjson-csv": f"assess --format csv {IN}lines.ndjson",
    "ndjson": f"assess --keep {IN}lines.ndjson",
    "broken": f"assess {IN}broken.csv",
    "help-party": "party --help",
    "party-table": "party Mingde --parties tests/parties/lists/SDN.CSV --format table --cut 0.7",
    "party-csv": "party Mingde --parties tests/parties/lists/SDN.CSV --format csv --cut 0.7",
    "duty": SHIRT,
    "duty-explain": SHIRT + " --explain",
    "duty-json": SHIRT + " --format json",
    "duty-mexico-parcel": "duty --into MX --hts 6109.10.00 --origin US --on 2025-09-01 --value 50 "
                          "--channel express",
    "duty-converted": "duty --hts 7318.15.20 --origin DE --on 2025-07-01 --value €1000 "
                      "--claim steel_value=400 --fx EUR=1.0823 --explain",
    "duty-converted-json": "duty --hts 6109.10.00.12 --origin CN --on 2025-05-02 --value 100 "
                           "--currency EUR --departed 2025-04-20 --fx-file tests/files/quarter.rates "
                           "--format json",
    "duty-converted-no-rate": "duty --hts 6109.10.00.12 --origin CN --on 2025-07-02 --value €100 "
                              "--fx-file tests/files/quarter.rates",
    "columns-page": "assess --columns tests/files/columns-page.csv tests/files/claims-ordinary.csv",
    "columns-keys": "assess --columns tests/files/claims-keys.ndjson",
    "wrong-fx": "assess --fx EUR=1,08 x",
    "wrong-workbook": "assess examples/manifest.csv --output answers.xlsx",
    "wrong-decimal": "assess --decimal dot x",
    "wrong-value-from": "assess --value-from Price*Qty tests/files/unit-price.csv",
    "duty-adcvd": "duty --hts 7604.21.00.10 --origin CN --on 2026-05-01 --value 1000 --claim adcvd=yes "
                  f"--claim adcvd_exporter=Zhongya --adcvd {IN}adcvd.csv",
    "adcvd-ndjson": f"assess --fields id,status,lane,entry_type,adcvd,warnings --adcvd {IN}adcvd.csv "
                    f"{IN}adcvd-lines.csv",
    "adcvd-table": f"assess --format table --adcvd {IN}adcvd.csv {IN}adcvd-lines.csv",
    "adcvd-faulty": f"assess --adcvd {IN}parties.csv {IN}adcvd-lines.csv",
    "duty-steel": "duty --hts 7318.15.80.66 --origin CN --on 2025-07-01 --value 4000 --qty 900 "
                  "--unit kg --claim steel_value=3500 --transport vessel --explain",
    "duty-china-short": "duty --into CN --hts 1201.90 --origin US --on 2025-03-28 --value 1000 "
                        "--claim base_rate=3",
    "duty-canada": "duty --into CA --hts 7208.36.00 --origin KR --on 2026-03-02 --value 10000 "
                   "--claim base_rate=0 --claim melt_pour=CN",
    "duty-mail": "duty --hts 9503.00.00.73 --origin CN --on 2025-06-10 --value 38.90 "
                 "--channel postal",
    "duty-in-bond": "duty --hts 9401.61.60.11 --origin CN --on 2025-05-15 --it_date 2025-05-12 "
                    "--value 10000",
    "duty-in-bond-quota": "duty --hts 0201.10.10.10 --origin AU --on 2025-04-06 --value 1000 "
                          "--qty 100 --claim it_date=2025-04-04",
    "duty-in-transit": "duty --hts 6109.10.00.12 --origin VN --on 2025-05-10 --value 1000 "
                       "--loaded 2025-04-04T12:00",
    "duty-whose-metal": "duty --hts 8418.10.00 --origin GB --on 2026-05-10 --value 10000",
    "duty-quota-rate": "duty --hts 0201.10.50.10 --origin AU --on 2026-08-10 --value 1000 "
                       "--claim ausfta=yes",
    "duty-refused": "duty --hts 6109.10.00.12 --origin XX --on 2025-05-02 --value 54",
    "metal-undeclared": "duty --hts 8302.41.60.45 --origin VN --on 2025-07-01 --value 1000",
    "metal-can": "duty --hts 2203.00.00.60 --origin NL --on 2025-07-01 --value 1000 --qty 100",
    "metal-several": "duty --hts 3304.30.00.00 --origin AT --on 2025-10-15 --value 1000",
    "metal-apart": "duty --hts 8427.90.00.20 --origin TH --on 2025-10-15 --value 10000 "
                   "--claim steel_value=4000 --claim us_content_value=2500",
    "metal-too-much": "duty --hts 9403.20.00.78 --origin SG --on 2025-10-01 --value 1000 "
                      "--claim steel_value=600 --claim aluminum_value=401",
    "metal-unknown": "duty --hts 7604.29.10.90 --origin VN --on 2025-07-10 --value 1000 "
                     "--claim smelt=unknown --claim cast=VN",
    "substance-machine": "substance --on 2026-01-15 --from CN --into US tablet press",
    "substance-lists": "substance --on 2026-01-15 4-AP",
    "substance-changes": "substance --changes 2025-12-01 --on 2026-01-15",
    "refused-lane": "duty --hts 2933.33.99.98 --origin CN --on 2026-01-15 --value 100 "
                    "--weight 25kg --description 4-piperidone",
    "code-words": "code cotton t-shirts --on 2025-05-02 --origin CN",
    "code-tree": "code 6109.10 --on 2025-05-02 --origin CN",
    "code-line": "code 7318158066 --on 2026-09-30 --origin DE",
    "code-heading": "code 9903.01.24 --on 2025-06-01",
    "code-ended": "code 8413.91.90.55 --on 2026-09-01",
    "code-ended-begun": "code 0901.11.00.45 --on 2026-09-01",
    "code-before": "code 3004.90.92.11 --on 2026-03-01",
    "code-after": "code 3004.90.92.11 --on 2026-07-01",
    "code-season": "code 0702.00.20 --on 2026-12-01 --origin CR",
    "code-none": "code 6109.10.99 --on 2026-01-15",
    "code-hint": "code lithum batteries --on 2026-01-15",
    "code-hint-without": "code leather cotton steel --on 2026-01-15",
    "code-json": "code laser printers --on 2025-05-02 --origin JP --limit 1 --format json",
    "code-ended-json": "code 8413919055 --on 2026-09-01 --format json",
    "code-heading-json": "code 9903.01.24 --on 2025-06-01 --format json",
    "code-ndjson": "code 0101 --on 2026-01-15 --format ndjson",
    "code-csv": "code 0101 --on 2026-01-15 --origin CA --format csv",
    "code-wrong-digits": "code 123 --on 2026-01-15",
    "code-wrong-day": "code shirts --on 2026-13-01",
    "code-wrong-origin": "code shirts --on 2026-01-15 --origin QQ",
    "code-wrong-limit": "code shirts --limit 0",
    "code-wrong-words": "code of the other",
    "refund-table": f"refund {ENTRIES} {FILED} --format table",
    "refund-csv": f"refund {ENTRIES} {FILED} --format csv",
    "refund-ndjson": f"refund {ENTRIES} {FILED}",
    "refund-results": f"refund {ENTRIES} {FILED} --results {IN}claim-details.csv --format csv",
    "refund-fact": f"refund {ENTRIES} {FILED} --fact drawback=no --payee other --format csv -q",
    "refund-es003": f"refund {IN}refund-es003.csv {IN}refund-companion.csv --fact prior_cape=no "
                    f"{FILED} --format csv",
    "refund-faults": f"refund {IN}refund-faults.csv {FILED} --format csv",
    "refund-known": "refund --known --as-of 2026-10-06",
    "refund-wrong-fact": f"refund {ENTRIES} --fact drawback=perhaps",
    "refund-wrong-column": f"refund {ENTRIES} --fact duty=5",
    "refund-wrong-day": f"refund {ENTRIES} --as-of 2026-02-30",
    "refund-no-header": "refund tests/golden/in/broken.csv",
    "refund-no-file": "refund",
    "compare-table": f"compare {MANIFEST} --with geneva-lapses --with de-minimis-stays-open --format table",
    "compare-csv": f"compare {MANIFEST} --with fentanyl-10-from-march --format csv",
    "compare-ndjson": f"compare {MANIFEST} --with ieepa-never-collected -q",
    "compare-lines": f"compare {MANIFEST} --with china-125-stays --lines --format csv",
    "compare-lines-table": f"compare {MANIFEST} --with china-125-stays --lines --format table -q",
    "compare-taxes": f"compare {IN}canada.csv --with {IN}canada-scenario.yaml --format table",
    "compare-taxes-csv": f"compare {IN}canada.csv --with {IN}canada-scenario.yaml --format csv -q",
    "compare-taxes-lines": f"compare {IN}canada.csv --with {IN}canada-scenario.yaml --lines -q",
    "duty-canada-days": "duty --into CA --hts 6109.10.00 --origin CN --on 2025-12-30 "
                        "--on 2026-03-02 --value 540",
    "compare-list": "compare --with list",
    "compare-none": f"compare {MANIFEST}",
    "compare-wrong-name": f"compare {MANIFEST} --with geneva-lapse",
    "compare-wrong-file": f"compare {MANIFEST} --with {IN}broken.csv",
    "law-diff-scenario": "law diff --with de-minimis-stays-open",
    "law-diff-scenario-json": "law diff --with section-122-at-15 --format json",
    "patterns-table": f"patterns {ACROSS} --format table",
    "patterns-csv": f"patterns {ACROSS} --format csv -q",
    "patterns-ndjson": f"patterns {ACROSS} -j 1",
    "patterns-graphml": f"patterns {ACROSS} --graph graphml -q",
    "patterns-lines": f"patterns {ACROSS} --output /dev/null --lines - -q",
    "patterns-lines-both": f"patterns {ACROSS} --lines -",
    "patterns-lines-graph": f"patterns {ACROSS} --lines seen.csv --graph dot",
    "patterns-lines-same": f"patterns {ACROSS} --lines {ACROSS}",
    "patterns-lines-list": "patterns --list --lines seen.csv",
    "patterns-list": "patterns --list --format table",
    "patterns-list-csv": "patterns --list --format csv",
    "patterns-show": "patterns --show us.value.exemption --format table",
    "patterns-show-none": "patterns --show us.value.exemptions",
    "patterns-show-lines": f"patterns --list {ACROSS}",
    "patterns-broken": f"patterns {IN}broken.csv",
    "patterns-wrong-graph": f"patterns {ACROSS} --graph svg",
    "patterns-wrong-both": f"patterns {ACROSS} --graph dot --format csv",
    "help-patterns": "patterns --help",
    "help-compare": "compare --help",
    "help-refund": "refund --help",
    "record-events": "record events --since 2025-04 --until 2025-05 --format table",
    "record-events-about": "record events --about piperidone --actor CN --format csv",
    "record-events-none": "record events --about penguins --format table",
    "record-wrong-actor": "record events --actor CM",
    "record-wrong-day": "record events --since 2025-13",
    "record-series": "record series --format table",
    "record-figures": "record series us_overdose_deaths_synthetic_opioid cn_border_drugs_seized "
                      "--all --format table",
    "record-figures-csv": "record series us_de_minimis_value --format csv",
    "record-known": "record series us_overdose_deaths_synthetic_opioid --as-known-on 2025-07-20 "
                    "--since 2023 --format table",
    "record-sum": "record series us_overdose_deaths_synthetic_opioid --sum --every year "
                  "--since 2015 --until 2024 --format table",
    "record-sum-apart": "record series us_ieepa_duty_china_hk_fentanyl us_ieepa_duty_brazil --sum "
                        "--until 2025-09-30",
    "record-sum-overlap": "record series us_cbp_fentanyl_seized_all --sum",
    "record-sum-part": "record series us_ieepa_duty_total us_ieepa_duty_brazil --sum",
    "record-sum-kind": "record series us_dea_fentanyl_powder_purity --sum",
    "record-sum-not-apart": "record series cn_exports_to_us us_goods_imports_from_china --sum",
    "record-spark": "record plot us_overdose_deaths_synthetic_opioid us_goods_balance_with_china "
                    "--format table",
    "record-plot": "record plot us_de_minimis_shipments us_overdose_deaths_synthetic_opioid "
                   "--with-events --about exemption --since 2014 --format svg",
    "record-wrong-series": "record plot us_de_minimis_shipment",
    "record-sources": "record sources --format table",
    "record-news": "record news --format table",
    "record-news-csv": "record news --format csv",
    "record-talks": "record talks --since 2025-04 --until 2025-05 --format table",
    "record-talks-value": f"record talks --since 2025-03-03 --until 2025-03-04 --value {MANIFEST} "
                          "--format table",
    "record-talks-csv": f"record talks --since 2025-05-02 --until 2025-05-12 --value {MANIFEST} "
                        "--format csv",
    "record-word": "record news today",
    "help-record": "record --help",
    "help-record-series": "record series --help",
    "timeline-parcel": f"timeline {TOYS} --origin CN --value 54 --channel express {SPAN} --announced",
    "timeline-mail": f"timeline {TOYS} --origin CN --value 54 --channel postal {SPAN}",
    "timeline-origins": f"timeline --hts 7318.15.20.10 --origins CN,MX,DE {SPAN}",
    "timeline-csv": f"timeline {TOYS} --origin CN {SPAN} --announced --format csv",
    "timeline-ndjson": f"timeline {TOYS} --origin VN {SPAN} --format ndjson",
    "timeline-json": f"timeline {TOYS} --origin MX --from 2025-03-01 --until 2025-04-06 --format json",
    "timeline-svg": f"timeline --hts 7318.15.20.10 --origins CN,MX {SPAN} --announced --format svg",
    "timeline-month": f"timeline {TOYS} --origin CN {SPAN} --every month --format csv",
    "timeline-season": f"timeline --hts 0702.00.20.42 --origin MX --qty 100 --unit kg {SPAN}",
    "timeline-ended": f"timeline --hts 8413.91.90.55 --origin JP {SPAN}",
    "timeline-followed": f"timeline --hts 0202308000 --origin AU --qty 100 --unit kg {SPAN}",
    "timeline-one-code": f"timeline --hts 0202308000 --origin AU --one-code {SPAN}",
    "timeline-codes": f"timeline --codes {IN}codes.csv --origins CN,XX {SPAN} --format csv",
    "timeline-order": "timeline --hts 2912.41.00.00 --origin CN --from 2025-07-01 --until 2025-11-30",
    "timeline-order-csv": "timeline --hts 2912.41.00.00 --origin CN --from 2025-07-20 --until 2025-08-01 --format csv",
    "timeline-order-ndjson": "timeline --hts 2912.41.00.00 --origin CN --from 2025-07-20 --until 2025-08-01 --format ndjson",
    "timeline-events": f"timeline {TOYS} --origin CN --from 2025-03-15 --until 2025-05-20 --events",
    "timeline-wrong-code": f"timeline --hts 9503.00.00.9 --origin CN {SPAN}",
    "timeline-wrong-origin": f"timeline {TOYS} --origin QQ {SPAN}",
    "timeline-wrong-day": f"timeline {TOYS} --origin CN --from 2025-02-30",
    "timeline-wrong-span": f"timeline {TOYS} --origin CN --from 2025-05-01 --until 2025-04-01",
    "timeline-wrong-both": f"timeline {TOYS} --origin CN --origins CN,MX",
    "timeline-wrong-panel": f"timeline --codes {IN}codes.csv --origins CN --format svg",
    "timeline-no-codes": "timeline --codes tests/golden/in/none.txt --origins CN",
    "timeline-no-origin": f"timeline {TOYS}",
    "help-timeline": "timeline --help",
    "duty-days": f"duty {TOYS} --origin CN --on 2025-05-02 --on 2025-05-14T00:01 --value 54",
    "duty-days-csv": f"duty {TOYS} --origin CN --on 2025-05-02 --on 2025-05-14T00:01 --value 54 -f csv",
    "duty-days-three": f"duty {TOYS} --origin CN --on 2025-05-02 --on 2025-05-14 --on 2025-06-01",
    "duty-days-explain": f"duty {TOYS} --origin CN --on 2025-05-02 --on 2025-05-14 --explain",
    "help-code": "code --help",
    "help-substance": "substance --help",
    "law-diff-refunds": "law diff 2026-07-07 --into US",
    "law-diff-csv": "law diff 2025-04-10..11 --origin CN --into US --format csv",
    "help": "--help",
    "help-assess": "assess --help",
    "help-duty": "duty --help",
    "wrong-command": "asess",
    "wrong-option": "assess --formt csv",
    "wrong-format": "assess --format tabel x",
    "wrong-set": "assess --set vaule=5 x",
    "wrong-map": f"assess --map HTS_Code=hts {MANIFEST}",
    "wrong-jobs": "assess --jobs none x",
    "wrong-file": "assess no-such-file.csv",
    "wrong-header": "assess LICENSE",
    "wrong-duty": "duty 6109.10.00.12",
}


def transcript(program, command):
    result = run(program, *command.split(), cwd=ROOT)
    text = f"$ tidewaiter {command}\n" + result.out
    if result.err:
        text += "--- standard error\n" + result.err
    text += f"--- exit code {result.code}\n"
    text = re.sub(r'"edition":"[-0-9]{10}"', '"edition":"-"', text)
    text = re.sub(r"(edition|covers days to|[Ll]aw of) 20\d\d-\d\d-\d\d", r"\1 -", text)
    text = re.sub(r'"law":"[-0-9]{10}","known_on":"[-0-9]{10}"', '"law":"-"', text)
    text = re.sub(r'"law":"[-0-9]{10}"', '"law":"-"', text)
    text = re.sub(r'("known_on":"[-0-9]{10}",)?"sha256":"[0-9a-f]{64}"', '"sha256":"-"', text)
    return re.sub(r"sha256 [0-9a-f]{16}\.\.\.", "sha256 -", text)


def place(name, command):
    """The file of a case."""
    word = command.split()[0]
    folder = word if os.path.isdir(os.path.join(HERE, word)) and word != "in" else "overview"
    return os.path.join(HERE, folder, name + ".txt")


def main():
    program = os.path.abspath(sys.argv[1])
    update = "--update" in sys.argv[2:]
    for name, command in CASES.items():
        compare(place(name, command), transcript(program, command), update, name)
    known = {place(name, command) for name, command in CASES.items()}
    for path in sorted(set(glob.glob(os.path.join(HERE, "*", "*.txt"))) - known):
        check(False, os.path.relpath(path, HERE), "belongs to no case")
    return finish()


if __name__ == "__main__":
    sys.exit(main())
