#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Structures, hard ones too, say the same by any number of threads and under any load: what
bounds the work is counted, never timed.

    jobs.py PROGRAM
"""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run, write  # noqa: E402

PROGRAM = sys.argv[1]
LINES = 1000


def cage(atoms, dice):
    """A ring of carbons, each tied to one other of them across it."""
    while True:
        order = list(range(atoms))
        dice.shuffle(order)
        pairs = list(zip(order[::2], order[1::2]))
        if all(1 < abs(a - b) < atoms - 1 for a, b in pairs):
            break
    other = dict(pairs) | {b: a for a, b in pairs}
    free, number, text = [f"%{n}" for n in range(11, 99)], {}, ""
    for i in range(atoms):
        text += "C" + ("%10" if i in (0, atoms - 1) else "")
        if other[i] > i:
            number[i] = free.pop(0)
        text += number.setdefault(i, number.get(other[i]))
        if other[i] < i:
            free.insert(0, number[i])
    return text


def hard():
    dice = random.Random(7)
    yield "C" * 200
    yield "C" * 201
    yield "C(C)(C)" * 60
    yield ".".join(["c1ccccc1"] * 20)
    yield ".".join(["c1ccccc1"] * 21)
    yield "O=C1CCN(CC1)C(=O)OCc1ccccc1"
    yield "C1CC2(CCN1)OCCO2"
    yield "C1CN(CCC1)" * 30 + "C"
    yield "c1ccccc1" * 33
    yield "C1CC2CC1CC2" * 18
    yield "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1." * 5 + "Cl"
    yield "N(C1CCNCC1)" * 25 + "c1ccccc1"
    # buckminsterfullerene
    yield ("c12c3c4c5c1c1c6c7c2c2c8c3c3c9c4c4c%10c5c5c1c1c6c6c%11c7c2c2c7c8c3c3c8c9c4c4c9c%10c5c5"
           "c1c1c6c6c%11c2c2c7c3c3c8c4c4c9c5c1c1c6c2c3c41")
    for atoms in (20, 40, 60, 76, 80, 90):
        for _ in range(12):
            yield cage(atoms, dice)
    yield "not a structure"
    yield "C(" * 900


def lines():
    dice = random.Random(11)
    pool = list(hard()) + ["CC(C)=O", "O=C1CCNCC1", "CCO", "[Na+].[Cl-]"]
    for i in range(LINES):
        smiles = dice.choice(pool)
        if dice.random() < 0.5:  # another text of the same structure: no answer is kept for it
            smiles += ".[Na+]" * dice.randrange(1, 4)
        # every seventh line is refused: there is no such code
        yield f"{i},{'9999999999' if i % 7 == 0 else '2933.39.9200'},25 kg,{smiles}"


def assess(path, jobs):
    return run(PROGRAM, "assess", path, "--set", "origin=CN", "--set", "entered=2026-09-01",
               "--set", "value=100", "--jobs", jobs, "--format", "ndjson", binary=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = write(os.path.join(folder, "structures.csv"),
                     "id,hts,weight,smiles\n" + "\n".join(lines()) + "\n")
        _, want, error = assess(path, 1)
        loops = []
        for jobs, load in ((2, 0), (8, 0), (1, 3), (8, 3)):
            loops += [subprocess.Popen([sys.executable, "-c", "while True: pass"])
                      for _ in range(load - len(loops))]
            check(assess(path, jobs).out == want,
                  f"the same answer with --jobs {jobs}, {load} busy programs beside it")
        for loop in loops:
            loop.kill()
            loop.wait()
    seen = {"lines": 0, "refused": 0, "refused with a hit": 0, "structure-refused": 0,
            "refused line, structure-refused": 0, "clock": 0}
    for text in want.decode().splitlines():
        answer = json.loads(text)
        refused = answer.get("status") == "refused"
        bad = any(w.startswith("structure-refused") for w in answer.get("warnings", []))
        seen["lines"] += 1
        seen["refused"] += refused
        seen["refused with a hit"] += refused and bool(answer.get("substances"))
        seen["structure-refused"] += bad
        seen["refused line, structure-refused"] += bad and refused
        seen["clock"] += " ms" in text
        check(not bad or answer.get("lane", "yellow") in ("yellow", "red"),
              "a structure that was not read leaves no line green", answer.get("lane"))
    check(not seen["clock"] and seen["lines"] == LINES and seen["structure-refused"] and
          seen["refused with a hit"] and seen["refused line, structure-refused"],
          "what the lines are made for is met", (seen, error[-200:]))
    return finish(str(seen))


sys.exit(main())
