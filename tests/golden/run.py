#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program prints, compared with what it printed when somebody looked.

    run.py PROGRAM             compare
    run.py PROGRAM --update    write the outputs anew; read the diff before you commit it

A case is a command line; its output, messages and exit code stand in out/NAME.txt. The hash of
the law, its edition and its last day are left out, so that only what answers change changes
these files.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MANIFEST = "examples/manifest.csv"
IN = "tests/golden/in/"
SHIRT = "duty --hts 6109.10.00.12 --origin CN --on 2025-05-02T00:01 --value 54"
CASES = {
    "manifest-table": f"assess --daily-sum --format table {MANIFEST}",
    "manifest-csv": f"assess --daily-sum --format csv {MANIFEST}",
    "manifest-ndjson": f"assess --daily-sum {MANIFEST}",
    "manifest-known": f"assess --as-known-on 2025-04-10 --format csv {MANIFEST}",
    "es003-ndjson": f"assess --keep {IN}es003.csv",
    "es003-table": f"assess --format table {IN}es003.csv",
    "es003-csv": f"assess --format csv {IN}es003.csv",
    "ndjson": f"assess --keep {IN}lines.ndjson",
    "broken": f"assess {IN}broken.csv",
    "duty": SHIRT,
    "duty-explain": SHIRT + " --explain",
    "duty-json": SHIRT + " --format json",
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
    "help-substance": "substance --help",
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


def run(program, command):
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    result = subprocess.run([program, *command.split()], cwd=ROOT, env=environment,
                            stdin=subprocess.DEVNULL, capture_output=True, check=False)
    text = f"$ tidewaiter {command}\n" + result.stdout.decode("utf-8", "replace")
    if result.stderr:
        text += "--- standard error\n" + result.stderr.decode("utf-8", "replace")
    text += f"--- exit code {result.returncode}\n"
    text = re.sub(r'"edition":"[-0-9]{10}"', '"edition":"-"', text)
    text = re.sub(r"(edition|known to|Law of) 20\d\d-\d\d-\d\d", r"\1 -", text)
    text = re.sub(r'"law":"[-0-9]{10}","known_on":"[-0-9]{10}"', '"law":"-"', text)
    text = re.sub(r'("known_on":"[-0-9]{10}",)?"sha256":"[0-9a-f]{64}"', '"sha256":"-"', text)
    return re.sub(r"sha256 [0-9a-f]{16}\.\.\.", "sha256 -", text)


def main():
    program = os.path.abspath(sys.argv[1])
    update = "--update" in sys.argv[2:]
    passed = failed = 0
    for name, command in CASES.items():
        path = os.path.join(HERE, "out", name + ".txt")
        text = run(program, command)
        before = None
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as file:
                before = file.read()
        if before == text:
            passed += 1
            continue
        if update:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            print("wrote", name)
            passed += 1
            continue
        failed += 1
        print("FAIL", name)
        old = (before or "").split("\n")
        new = text.split("\n")
        for line in range(max(len(old), len(new))):
            a = old[line] if line < len(old) else "(nothing)"
            b = new[line] if line < len(new) else "(nothing)"
            if a != b:
                print(f"  line {line + 1}\n  - {a[:300]}\n  + {b[:300]}")
                break
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
