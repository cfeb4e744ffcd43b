# SPDX-License-Identifier: Apache-2.0
"""What the tests of the package share. They are run by the Python in which it is installed."""
import os
import sys
from decimal import Decimal

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "tests"))
from lib import ROOT, check, equal, finish, run, skip  # noqa: E402, F401

PROGRAM = os.environ.get("TIDEWAITER_PROGRAM", "")
MONEY = ("duty", "duty_least", "duty_greatest", "refundable", "fees", "taxes")


def flat_rows(rows):
    """Rows of flat findings; amounts without the zeros that a decimal128 carries."""
    for row in rows:
        yield {name: Decimal(value) if name in MONEY and value is not None else value
               for name, value in row.items()}


def as_cells(row):
    """A flat finding as the cells of the program's CSV: money of two to four digits."""
    cells = {}
    for name, value in row.items():
        if value is None:
            cells[name] = ""
        elif name in MONEY:
            whole, _, part = format(value, "f").partition(".")
            cells[name] = whole + "." + part.rstrip("0").ljust(2, "0")
        else:
            cells[name] = value
    return cells


def raises(kind, call, what):
    """The exception of a call, which must be of a kind."""
    try:
        call()
    except kind as error:
        check(True, what)
        return error
    except BaseException as error:  # noqa: BLE001
        check(False, what, f"{type(error).__name__}: {error}")
        return None
    check(False, what, "nothing was raised")
    return None
