# SPDX-License-Identifier: Apache-2.0
"""Answers as objects: what docs/schema/finding.schema.json and refund.schema.json say, typed.

Amounts are Decimal, instants are datetime with the zone of the importing country's legal time,
lists are tuples. `json` of an answer is what the program prints for it.
"""
from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, TypeVar

__all__ = ["Adcvd", "AdcvdOrder", "Bound", "Choice", "Control", "DeMinimis", "Duty", "Exclusion", "Fee", "Fees", "Finding",
           "Flat", "Law", "Layer", "Refusal", "RefundAnswer", "Substance", "Tax", "Taxes"]

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Law:
    """The law that answered."""

    edition: datetime.date
    known_on: datetime.date
    sha256: str


@dataclasses.dataclass(frozen=True, slots=True)
class Flat:
    """A flat sum of a whole shipment, on one of its lines; `on` is None where it has none."""

    amount: Decimal
    on: Decimal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Layer:
    """One duty of the stack. `void`: held unlawful by a court, but collected."""

    kind: Literal["base", "add", "replace", "exempt"]
    program: str
    heading: str | None
    rate: str
    on: Decimal | None
    part: str
    amount: Decimal | None
    by: tuple[str, ...]
    void: bool = False
    over_base: Decimal | None = None
    headings: tuple[str, ...] = ()
    shipment: Flat | None = None
    confidence: str = "high"
    title: str | None = None
    declared: Decimal | None = None
    difference: Decimal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Exclusion:
    """A program that does not apply, and the one because of which."""

    program: str
    to: str
    part: str
    heading: str | None
    by: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One of two lawful methods while both are open."""

    claim: str
    is_: str
    program: str
    heading: str | None
    rate: str
    amount: Decimal | None
    relieved: Decimal | None
    refundable: Decimal | None
    by: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Bound:
    """The least or the greatest amount, and the tariff line that gives it."""

    amount: Decimal
    code: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """What is owed. `amount` is None while a fact is missing; then `least` and `greatest` bound it
    where they are known."""

    currency: str | None
    amount: Decimal | None
    additional: Decimal | None
    relieved: Decimal | None
    refundable: Decimal | None
    rate: str | None
    lines: tuple[Layer, ...]
    excluded: tuple[Exclusion, ...]
    choices: tuple[Choice, ...] = ()
    least: Bound | None = None
    greatest: Bound | None = None
    refundable_computed: Decimal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Fee:
    """A fee; `shipment` where it is one of the whole shipment."""

    fee: str
    amount: Decimal
    by: tuple[str, ...]
    on: Decimal | None = None
    shipment: Flat | None = None
    title: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Fees:
    amount: Decimal
    lines: tuple[Fee, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Tax:
    """A tax on the import: of `on`, the value, with the duty where it is taken on that too."""

    tax: str
    rate: str
    on: Decimal | None
    amount: Decimal | None
    by: tuple[str, ...]
    title: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Taxes:
    """Taxes, which are no part of the duty; `amount` is None while the duty is not known."""

    amount: Decimal | None
    lines: tuple[Tax, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class AdcvdOrder:
    """An antidumping or countervailing order that lists the code for the origin, or is claimed.

    `deposit` is None where the order is not claimed, or its rate is not given.
    """

    case: str
    kind: Literal["antidumping", "countervailing"]
    state: Literal["order", "suspended", "unread", "unlisted"]
    product: str | None
    cite: str | None
    confidence: str
    claimed: bool = False
    rate: str | None = None
    rate_by: str | None = None
    all_others: bool = False
    deposit: Decimal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Adcvd:
    """What there is to say of such orders; `incomplete` says why one may be missing.

    `deposit` is apart from the duty, and None where one of the claimed orders has none.
    """

    orders: tuple[AdcvdOrder, ...]
    declared: Literal["yes", "no"] | None
    deposit: Decimal | None
    says: str | None
    incomplete: str | None
    by: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class DeMinimis:
    """The low-value exemption: whether the line is admitted free, and why not."""

    eligible: bool
    reason: str | None
    by: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Substance:
    """A controlled substance that the line names or shows."""

    substance: str
    matched: str
    how: str
    field: str
    certainty: Literal["weak", "near", "exact"]
    conditions: str | None
    note: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Control:
    """A list on which such a substance stands, and what it asks on this route."""

    substance: str
    jurisdiction: str
    list: str
    code: str | None
    direction: str | None
    since: str | None
    until: str | None
    threshold: str | None
    requirement: str | None
    status: Literal["required", "below-threshold", "quantity-unknown", "off-route", "undecided"]
    by: tuple[str, ...]
    list_en: str | None = None
    undecided: str | None = None
    prohibited: bool = False
    confidence: str = "high"


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line is not answered, and what would be right."""

    reason: str
    column: str | None
    text: str
    line: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one line.

    Of a refused line `refusal` says why, and what is known of an answered one is None or empty.
    """

    id: str
    status: Literal["ok", "incomplete", "refused"]
    json: str = dataclasses.field(repr=False, compare=False)
    lane: Literal["green", "yellow", "red"] | None = None
    into: str | None = None
    hts: str | None = None
    origin: str | None = None
    entered: datetime.datetime | None = None
    entry_type: str | None = None
    duty: Duty | None = None
    fees: Fees | None = None
    taxes: Taxes | None = None
    adcvd: Adcvd | None = None
    de_minimis: DeMinimis | None = None
    substances: tuple[Substance, ...] = ()
    controls: tuple[Control, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    not_covered: tuple[str, ...] = ()
    changes_on: datetime.datetime | None = None
    law: Law | None = None
    refusal: Refusal | None = None

    @property
    def total(self) -> Decimal | None:
        """What is due: duty, fees, and taxes where they are computed; None if it is not known."""
        if self.duty is None or self.duty.amount is None or self.fees is None:
            return None
        due = self.duty.amount + self.fees.amount
        if self.taxes is None:
            return due
        return None if self.taxes.amount is None else due + self.taxes.amount

    @property
    def raw(self) -> dict[str, Any]:
        """The answer as the program's JSON has it."""
        made: dict[str, Any] = json.loads(self.json)
        return made


@dataclasses.dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What can be had back on one entry; None is not known.

    `reason` is the first test that the entry meets, or as what it is accepted.
    """

    entry: str
    status: Literal["accepted", "refused", "undecided"]
    reason: str | None
    further_reasons: tuple[str, ...]
    removable: Decimal | None
    principal: Decimal | None
    interest: Decimal | None
    interest_to: datetime.date | None
    total: Decimal | None
    protest_deadline: datetime.date | None
    days_left: int | None
    court_only: bool
    note: str
    json: str = dataclasses.field(repr=False, compare=False)
    claim: str | None = None
    cbp_status: str | None = None
    cbp_error: str | None = None
    agreement: str | None = None


def _as_it_is(value: Any) -> Any:
    return value


def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of JSON becomes one of a type."""
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda value: tuple(item(one) for one in value)
    if origin in (types.UnionType, typing.Union):
        some = _reader(next(one for one in arguments if one is not type(None)))
        return lambda value: None if value is None else some(value)
    if kind is Decimal:
        return decimal.Decimal
    if kind is datetime.datetime:
        return datetime.datetime.fromisoformat
    if kind is datetime.date:
        return datetime.date.fromisoformat
    if dataclasses.is_dataclass(kind):
        return _object_reader(typing.cast(type, kind))
    return _as_it_is


def _object_reader(kind: type) -> Callable[[dict[str, Any]], Any]:
    # "is" is no name in Python.
    readers = {name.rstrip("_"): (name, _reader(of))
               for name, of in typing.get_type_hints(kind).items()}

    def read(value: dict[str, Any]) -> Any:
        return kind(**{readers[name][0]: readers[name][1](one) for name, one in value.items()
                       if name in readers})
    return read


_FINDING = _object_reader(Finding)
_REFUND = _object_reader(RefundAnswer)


def read_finding(text: str) -> Finding:
    """A finding of a line of NDJSON."""
    made: dict[str, Any] = json.loads(text)
    made["json"] = text
    if made["status"] == "refused":
        made["refusal"] = {name: made.pop(name) for name in ("reason", "column", "text", "line")}
    finding: Finding = _FINDING(made)
    return finding


def read_refund(text: str) -> RefundAnswer:
    """An answer to an entry, of a line of NDJSON."""
    made: dict[str, Any] = json.loads(text)
    made["json"] = text
    answer: RefundAnswer = _REFUND(made)
    return answer
