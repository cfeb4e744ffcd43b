# SPDX-License-Identifier: Apache-2.0
"""Tidewaiter: what the border does to a shipment, on any date, with the law cited.

>>> import tidewaiter
>>> finding = tidewaiter.duty("6109.10.00.12", "CN", "2025-05-02T00:01", "54")
>>> finding.duty.amount
Decimal('91.26')

`assess` answers tables, files and lists; `duty` one line; `timeline` says how its answer moved;
`refund` answers entries; `substance` says what a chemical is; `law` has the law.
Nothing is computed with floating-point numbers. This package reads no structures of chemicals
(`STRUCTURES` is False): a line with one gets a warning, as from a program without RDKit.
"""
from ._tidewaiter import Batch, Rulebook, Stream, version as _version
from . import law
from .answers import (Adcvd, AdcvdOrder, Bound, Choice, Control, DeMinimis, Duty, Exclusion, Fee,
                      Fees, Finding, Flat, Law, Layer, Refusal, RefundAnswer, Substance, Tax, Taxes)
from .assessing import Written, assess
from .chemicals import Inquiry, substance
from .errors import (ArgumentError, FileError, InputError, LawError, NotFound, Refused,
                     RulebookError, TidewaiterError, Unsupported)
from .lines import Assessor, Line, duty
from .refunds import Fault, RefundSum, Refunds, refund
from .timelines import Mark, Move, Step, Timeline, timeline

__version__ = _version()
STRUCTURES = False

__all__ = [
    "Adcvd", "AdcvdOrder", "ArgumentError", "Assessor", "Batch", "Bound", "Choice", "Control",
    "DeMinimis", "Duty", "Exclusion", "Fault", "Fee", "Fees", "FileError", "Finding", "Flat", "InputError",
    "Inquiry", "Law", "LawError", "Layer", "Line", "Mark", "Move", "NotFound", "RefundAnswer",
    "RefundSum", "Refunds", "Refusal", "Refused", "Rulebook", "RulebookError", "STRUCTURES", "Step",
    "Stream", "Substance", "Tax", "Taxes", "TidewaiterError", "Timeline", "Unsupported", "Written",
    "assess", "duty", "law", "refund", "substance", "timeline",
]
