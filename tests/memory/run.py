#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Want of memory: wherever an allocation fails, the program says so, loses nothing and ends.

    run.py PROGRAM PUBLIC FAILING MINI_LAW SMALL_LAW [MOST [NAME...]]

Each command is run once as it is, and then once for each allocation that its own code asks for,
with that one failing (failing.c, preloaded). It must end as it did before, or with exit code 2
and a message; what it wrote to a file must be whole or absent; and it holds no more memory at the
end than it did. PUBLIC calls every function of the public library the same way. At most MOST (40)
allocations of a command fail, evenly spread; 0: all of them.
"""
import glob
import gzip
import os
import shutil
import sys
import tempfile

sys.path[1:1] = [sys.path[0] + "/..", sys.path[0] + "/../files"]
import make  # noqa: E402
from lib import ROOT, Law, check, finish, run, write  # noqa: E402

PROGRAM, PUBLIC, FAILING, MINI, SMALL = (os.path.abspath(path) for path in sys.argv[1:6])
MOST = int(sys.argv[6]) if len(sys.argv) > 6 else 40
WANTED = sys.argv[7:]
SHIRT = "duty --hts 6109.10.00.12 --origin CN --on 2025-05-02 --value 54"
TOYS = "timeline --hts 9503.00.00.90 --origins CN,MX --value 54 --channel express".split()
MANIFEST, ENTRIES = "examples/manifest.csv", "examples/entries.csv"
ACROSS = "examples/across.csv"
FILED = "--as-of 2026-05-18 --interest-to 2026-07-02".split()


def commands(folder):
    """Name, words, the file that is written or None."""
    write(os.path.join(folder, ".config", "tidewaiter", "config"),
          "[code]\nlimit = 5\n[law]\ninto = US\n")
    out = os.path.join(folder, "out")
    law = Law(SMALL, folder)
    packed = write(os.path.join(folder, "m.csv.gz"), gzip.compress(
        open(os.path.join(ROOT, MANIFEST), "rb").read()))
    with open(os.path.join(ROOT, MANIFEST), encoding="utf-8") as file:
        lines = file.read()
    zstd = write(os.path.join(folder, "m.csv.zst"), make.zstd_frame(lines.encode()))
    utf16 = write(os.path.join(folder, "m16.csv"), lines.encode("utf-16"))
    sheet = write(os.path.join(folder, "m.xlsx"), make.workbook(
        {"Lines": [line.split(",")[:9] for line in lines.splitlines()]}))
    codes = write(os.path.join(folder, "codes.txt"), b"hts\n9503000090\nabc\n0201100510\n")
    scenario = write(os.path.join(folder, "s.yaml"), b"scenario: s\ntitle: S\nchanges:\n"
                     b"  - rate: us.alpha.1\n    duty: 15%\n")
    samples = os.path.join(ROOT, "tests", "files")
    written = [
        ("duty", SHIRT.split()),
        ("duty explained", (SHIRT + " --explain").split()),
        ("duty as JSON", (SHIRT + " --format json --law " + str(law)).split()),
        ("duty converted", (SHIRT + " --currency EUR --fx EUR=1.1").split()),
        ("duty as known", (SHIRT + " --as-known-on 2025-04-10 --law " + str(law)).split()),
        ("duty of chemicals", SHIRT.split() + ["--description", "4-piperidone; acetone 5%",
                                               "--smiles", "CC(C)=O", "--weight", "25kg"]),
        ("ndjson", ["assess", "--jobs", "1", "--keep", MANIFEST]),
        ("csv", ["assess", "--jobs", "1", "--format", "csv", MANIFEST]),
        ("csv by threads", ["assess", "--jobs", "3", "--format", "csv", MANIFEST]),
        ("table", ["assess", "--jobs", "1", "--daily-sum", "--format", "table", MANIFEST]),
        ("fields", ["assess", "--format", "csv", "--fields", "duty,id", "--spreadsheet-safe",
                    MANIFEST]),
        ("json", ["assess", "--format", "json", "--only", "refused", "tests/golden/in/broken.csv"]),
        ("entries", ["assess", "--jobs", "1", "--keep", "tests/golden/in/es003.csv"]),
        ("lines of JSON", ["assess", "--keep", "tests/golden/in/lines.ndjson"]),
        ("lines of JSON as CSV", ["assess", "--format", "csv", "tests/golden/in/lines.ndjson"]),
        ("several files", ["assess", "--format", "csv", "tests/golden/in/broken.csv",
                           "tests/golden/in/lines.ndjson", MANIFEST]),
        ("columns", ["assess", "--columns", f"{samples}/columns-page.csv",
                     f"{samples}/claims-keys.ndjson"]),
        ("gzip", ["assess", packed]), ("zstd", ["assess", zstd]), ("UTF-16", ["assess", utf16]),
        ("workbook", ["assess", "--format", "csv", sheet]),
        ("a profile", ["assess", "--profile", f"{samples}/own.profile",
                       f"{samples}/profile-own.csv"]),
        ("rates of exchange", ["assess", "--fx-file", f"{samples}/quarter.rates",
                               "--value-from", "value", f"{samples}/value-quarter.csv"]),
        ("totals alone", ["assess", "--jobs", "1", "--totals-only", MANIFEST]),
        ("a part", ["assess", "--jobs", "1", "--part", "2/3", MANIFEST]),
        ("output", ["assess", "--format", "csv", "--output", out, MANIFEST], out),
        ("patterns", ["patterns", "--jobs", "1", "--format", "table", ACROSS]),
        ("patterns and their lines", ["patterns", "--jobs", "1", "--lines", out, ACROSS], out),
        ("patterns as a graph", ["patterns", "--graph", "dot", "--output", out, ACROSS], out),
        ("refunds", ["refund", ENTRIES, *FILED]),
        ("refunds as a table", ["refund", ENTRIES, *FILED, "--format", "table"]),
        ("refunds with results", ["refund", ENTRIES, *FILED, "--format", "csv", "--fact",
                                  "drawback=no", "--results",
                                  "tests/golden/in/claim-details.csv"]),
        ("totals of refunds", ["refund", ENTRIES, *FILED, "--totals", out], out),
        ("deadlines of refunds", ["refund", ENTRIES, *FILED, "--deadlines", out], out),
        ("events", ["record", "events", "--since", "2025-02", "--until", "2025-04"]),
        ("events as a page", ["record", "events", "--actor", "CN", "--format", "table"]),
        ("series as a page", ["record", "series", "us_overdose_deaths_total", "--format", "table"]),
        ("a sum", ["record", "series", "us_customs_duty_net", "--sum", "--every", "month",
                   "--since", "2025-06", "--format", "csv"]),
        ("a picture", ["record", "plot", "us_de_minimis_shipments", "--with-events", "--format",
                       "svg"]),
        ("blocks", ["record", "plot", "us_de_minimis_shipments", "--format", "table"]),
        ("news", ["record", "news"]),
        ("news as a page", ["record", "news", "--format", "table"]),
        ("talks", ["record", "talks", "--since", "2025-03-04", "--until", "2025-03-04", "--value",
                   MANIFEST]),
        ("a timeline", [*TOYS, "--announced", "--events"]),
        ("a timeline as rows", [*TOYS, "--format", "csv"]),
        ("a timeline as JSON", [*TOYS, "--events", "--format", "json"]),
        ("a timeline as a chart", [*TOYS, "--announced", "--format", "svg"]),
        ("a timeline of meat", ["timeline", "--hts", "0201.10.05.10", "--origin", "CA"]),
        ("timelines of codes", ["timeline", "--codes", codes, "--origins", "CN,XX", "--jobs", "1"]),
        ("two days", ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02",
                      "--on", "2025-05-14"]),
        ("compare", ["compare", "--jobs", "1", "--law", str(law), "--with", scenario, "--format",
                     "table", MANIFEST]),
        ("compare line by line", ["compare", "--jobs", "1", "--law", str(law), "--with", scenario,
                                  "--lines", "--format", "csv", MANIFEST]),
        ("the law of refunds", ["refund", "--known", "--as-of", "2026-05-18"]),
        ("words", ["code", "cotton", "shirts", "--on", "2026-01-15"]),
        ("a code", ["code", "6109.10", "--origin", "CN", "--on", "2026-01-15"]),
        ("a misspelt word", ["code", "shrits", "--on", "2026-01-15", "--format", "json"]),
        ("a drawing", ["substance", "--format", "svg", "fentanyl"]),
        ("substances", ["substance", "acetone", "4-AP", "nosuchthing", "--from", "CN", "--into", "US",
                        "--on", "2026-01-15"]),
        ("list of substances", ["substance", "--list", "--by", "family", "--on", "2026-01-15"]),
        ("changes of substances", ["substance", "--changes", "2025-12"]),
        ("law list", ["law", "list", "--law", str(law), "--on", "2025-05-02"]),
        ("law list as CSV", ["law", "list", "--law", str(law), "--format", "csv"]),
        ("law show", ["law", "show", "--law", str(law), "us.alpha"]),
        ("law show as JSON", ["law", "show", "--law", str(law), "ORDER-2", "--format", "json"]),
        ("law diff", ["law", "diff", "--law", str(law), "2025-01..2026-12"]),
        ("law diff as JSON", ["law", "diff", "--law", str(law), "2025-01..2026-12", "--format",
                              "json"]),
        ("law diff announced", ["law", "diff", "--law", str(law), "--announced", "2025"]),
        ("law check", ["law", "check", str(law)]),
        ("a law that is refused", ["law", "check", MINI]),
        ("law compile", ["law", "compile", str(law), "-o", out], out),
        ("import of a schedule", ["law", "import-schedule", "--law", str(law), "--into", "US",
                                  "--from", "2027-01-01", "--part", edition(folder)]),
        ("import of a table", ["law", "import-schedule", "--law", str(law), "--into", "US",
                               "--from", "2027-01-01", "--part", "--profile",
                               *table_of_rates(folder)]),
        ("defaults", ["config"]),
        ("help", ["help", "assess"]),
        ("completion", ["completion", "values", "columns"]),
    ]
    for name, words, *file in written:
        yield name, [PROGRAM, *words], file[0] if file else None
    yield "the public library", [PUBLIC, os.path.join(folder, "small.rulebook")], None


def edition(folder):
    return write(os.path.join(folder, "edition.csv"), (
        '"HTS Number","Indent","Description","Unit of Quantity","General Rate of Duty",'
        '"Special Rate of Duty","Column 2 Rate of Duty","Quota Quantity","Additional Duties"\n'
        '"0101.21.00","1","Purebred breeding animals","","Free","","Free","",""\n'
        '"0101.21.00.10","2","Males","[""No.""]","","","","",""\n'
        '"0101.29.00","1","Other","","5%","","20%","",""\n'
        '"0101.29.00.77","2","New","[""No.""]","","","","",""\n'))


def table_of_rates(folder):
    """A profile and its table."""
    return (write(os.path.join(folder, "own.profile"), b"code: Code\ngeneral: Rate\nspecial: K = KR\n"
                  b"word: Ex. = Free\nnumbers: percent\n"),
            write(os.path.join(folder, "table.csv"), b"Code;Rate;K\n0101.21.00;Ex.;\n"
                  b"0101.29.00;7;Ex.\n0101.29.77;about 7;9 or so\n0101.3;x;\n"))


class Trial:
    """One command, with the n-th allocation failing."""

    def __init__(self, folder, name, words, file):
        self.folder, self.name, self.words, self.file = folder, name, words, file

    def __call__(self, fail_at):
        """Exit code, output, messages, how many allocations were asked for and are held, file."""
        report = os.path.join(self.folder, f"report-{os.getpid()}-{id(self)}-{fail_at}")
        done = run(*self.words, cwd=ROOT, LD_PRELOAD=FAILING, FAIL_AT=str(fail_at),
                   FAIL_REPORT=report, TIDEWAITER_CONFIG=None, XDG_CONFIG_HOME=None,
                   XDG_CACHE_HOME=None, HOME=self.folder)
        asked, held, at = -1, -1, "0x0"
        if os.path.exists(report):
            with open(report, encoding="ascii") as file:
                asked, held, at = file.read().split()
            os.unlink(report)
        written = None
        if self.file and os.path.exists(self.file):
            with open(self.file, "rb") as file:
                written = file.read()
            os.unlink(self.file)
        left = [path for path in glob.glob(os.path.join(self.folder, "out*"))]
        for path in left:
            os.unlink(path)
        return done, int(asked), int(held), written, left, at

    def place(self, at):
        """Where in the source that is, of a program with debugging symbols."""
        if not shutil.which("addr2line"):
            return at
        return run("addr2line", "-i", "-e", self.words[0], at).out.split()


def places(count):
    if not MOST or count <= MOST:
        return range(1, count + 1)
    return sorted({1 + i * (count - 1) // (MOST - 1) for i in range(MOST)})


def hold(trial):
    usual, asked, kept, whole, _, _ = trial(0)
    check(usual.code in (0, 1, 2) and asked > 0, f"{trial.name} runs", usual.err)
    for at in places(asked):
        done, _, held, written, left, place = trial(at)
        same = (done.code, done.out) == (usual.code, usual.out)
        fault = None
        if not same and (done.code != 2 or not done.err):
            fault = f"exit code {done.code}, not {usual.code} or 2 with a message"
        elif not same and usual.code != 2 and "memory" not in done.err:
            fault = "the message does not say memory"
        elif held > kept:
            fault = f"{held} allocations are held at the end, {kept} where none fails"
        elif written not in (None, whole) or left:
            fault = f"a part of the file is left: {left}"
        check(not fault, f"{trial.name}: allocation {at} of {asked} fails",
              f"{fault}\n  {trial.place(place) if fault else place}\n  {done.err}")


def main():
    with tempfile.TemporaryDirectory(prefix="tidewaiter-memory-") as folder:
        done = run(PROGRAM, "law", "compile", SMALL, "-o", os.path.join(folder, "small.rulebook"))
        check(done.code == 0, "the small law is compiled", done.err)
        for name, words, file in commands(folder):
            if not WANTED or name in WANTED:
                hold(Trial(folder, name, words, file))
    return finish()


if __name__ == "__main__":
    sys.exit(main())
