#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Money against exact rationals: every call of common/money on boundaries and random numbers.

    money.py CALLS [COUNT [SEED]]

What is right is worked out here with Python's fractions and knows nothing of 128 bits.
"""
import random
import re
import sys
from fractions import Fraction

sys.path.append(sys.path[0] + "/../..")
from lib import check, finish, run  # noqa: E402

CALLS = sys.argv[1]
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 60000
DICE = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 3)
MOST = 2**63 - 1
UNIT, CENT, LIMIT = 10**4, 100, 10**12 * 10**4
QUANTUMS = [1, CENT, UNIT, 3, 7, MOST, MOST // 2, 10**9]
EDGES = [0, 1, 2, 3, 49, 50, 51, 99, 100, 101, 4999, 5000, 5001, 9999, 10000, LIMIT - 1, LIMIT,
         LIMIT + 1, 2**31 - 1, 2**31, 2**32, 2**53, 2**62, MOST // 2, MOST // 2 + 1, MOST - 1, MOST]


def half_up(exact, quantum):
    """The multiple of the quantum nearest to the exact value, of two the larger."""
    return min((exact / quantum + Fraction(1, 2)).__floor__() * quantum, MOST) \
        if (exact / quantum + Fraction(1, 2)).__floor__() <= MOST // quantum else MOST


def some(least=0):
    """A number of any size, near an edge as often as not."""
    kind = DICE.randrange(3)
    if kind == 0:
        value = DICE.choice(EDGES) + DICE.randint(-2, 2)
    elif kind == 1:
        value = DICE.getrandbits(DICE.randint(1, 63))
    else:
        value = 10**DICE.randint(0, 18) * DICE.randint(1, 9)
    return max(least, min(value, MOST))


def shares():
    for amount in EDGES:
        for num in (0, 1, 2, 3, 10**6, MOST):
            for den in (1, 2, 3, 10**6, MOST):
                yield from ((amount, num, den, quantum) for quantum in (1, CENT, UNIT, MOST))
    for _ in range(COUNT):
        amount, num, den = some(), some(), some(1)
        yield amount, num, den, DICE.choice(QUANTUMS)
        # Rates as the law writes them, and amounts that come to just a half or beside it.
        den = DICE.choice([100, 1000, 10**4, 10**6, 300, 7])
        num = DICE.randint(0, 3 * den)
        quantum = DICE.choice([1, CENT, UNIT])
        half = (DICE.randint(0, 10**9) * 2 + 1) * quantum * den
        amount = half // (2 * num) if num else 0
        yield from ((max(0, amount + near), num, den, quantum) for near in (-1, 0, 1))


def written():
    """Amounts as people write them, and what is none."""
    yield from ("", " ", "$", "1", "1.", ".5", ".", "0.00005", "0.00004", "1,234.5", "12,34", "1,2345",
                ",1", "1,", "1,234,567.89", "$ 5", " $5 ", "-1", "+1", "1e3", "5$", "1.2.3", "€5",
                "1000000000000", "1000000000000.0001", "999999999999.99995", "1000000000000.00004",
                "9223372036854775807", "99999999999999999999999999", "0" * 60 + "1", "1." + "9" * 20,
                "1." + "0" * 24, "1." + "0" * 25, "0x10", "1 000", "1_000", "١", "1'000")
    for _ in range(COUNT // 3):
        whole = str(DICE.getrandbits(DICE.randint(1, 45)))
        if DICE.random() < 0.3:
            whole = f"{int(whole):,}"
        places = DICE.randint(0, 12)
        tail = "".join(DICE.choice("0123456789") for _ in range(places))
        text = whole + ("." + tail if places else "")
        if DICE.random() < 0.2:
            at = DICE.randrange(len(text) + 1)
            text = text[:at] + DICE.choice(",.$ -e\t") + text[at:]
        yield ("$" if DICE.random() < 0.2 else "") + text


def read(text, places, most):
    """The number in units of 10^-places; None where it is none: a point has digits behind it."""
    number = re.fullmatch(r" *(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d+))? *", text, re.ASCII)
    if not number or not (number[1] or number[2]) or len(number[2] or "") > places + 20:
        return None
    exact = Fraction((number[1] or "0").replace(",", "")) + \
        Fraction(int(number[2] or "0"), 10**len(number[2] or ""))
    value = half_up(exact * 10**places, 1)
    return value if value <= most else None


def printed(amount):
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    places = f"{amount % UNIT:04}"
    return f"{sign}{amount // UNIT}.{places[:2]}{places[2:].rstrip('0')}"


def calls():
    for amount, num, den, quantum in shares():
        yield (f"share {amount} {num} {den} {quantum}",
               str(half_up(Fraction(amount * num, den), quantum)))
    for _ in range(COUNT // 3):
        amount, quantum = some(), DICE.choice(QUANTUMS)
        yield f"round {amount} {quantum}", str(half_up(Fraction(amount), quantum))
        amount *= DICE.choice([1, -1])
        yield f"print {amount}", printed(amount)
    for text in written():
        for name, places, most in (("money", 4, LIMIT), ("quantity", 6, 10**18)):
            plain = re.sub(r"^( *)\$", r"\1", text) if name == "money" else text
            value = read(plain, places, most)
            yield f"{name} {text}", "-" if value is None else str(value)


def main():
    asked = list(calls())
    done = run(CALLS, given="".join(call + "\n" for call, _ in asked))
    check(done.code == 0, "every call is understood", done.err)
    given = done.out.split("\n")[:-1]
    check(len(given) == len(asked), f"{len(asked)} calls have {len(given)} results")
    for (call, wanted), result in zip(asked, given):
        check(result == wanted, call, f"exactly {wanted}, came {result}")
    return finish()


sys.exit(main())
