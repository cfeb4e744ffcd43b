# SPDX-License-Identifier: Apache-2.0
"""How the answer to a line moves with the day of its entry, and by which acts."""
from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, Unpack

from . import _tidewaiter
from .answers import (DeMinimis, Duty, Fees, Finding, Law, Refusal, Taxes, _object_reader)
from .errors import ArgumentError, Refused
from .lines import Assessor, Cell, Claims, Rest

__all__ = ["Before", "BeforeLayer", "Mark", "Move", "Step", "Timeline", "timeline"]

_EVERY = ("step", "day", "week", "month")


@dataclasses.dataclass(frozen=True, slots=True)
class Move:
    """What is unlike since the step before, and the acts that made it so; a season has none."""

    what: Literal["code", "status", "began", "ended", "changed", "choice", "exemption", "fee",
                  "entry", "amount", "order", "tax"]
    program: str | None
    title: str | None
    heading: str | None
    before: str | None
    after: str | None
    by: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class BeforeLayer:
    """A duty of the step before."""

    program: str
    heading: str | None
    rate: str


@dataclasses.dataclass(frozen=True, slots=True)
class Before:
    """The answer of the step before."""

    rate: str | None
    amount: Decimal | None
    lines: tuple[BeforeLayer, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """From an instant on, until before the next, the answer is this. `json` is what the program
    prints for it.

    Of a step at which the line cannot be answered `refusal` says why, and the rest is None or
    empty. `beyond_coverage`: it begins behind the last day that the law covers.
    """

    from_: datetime.datetime
    until: datetime.datetime
    status: Literal["ok", "incomplete", "refused"]
    json: str = dataclasses.field(repr=False, compare=False)
    origin: str | None = None
    into: str | None = None
    hts: str | None = None
    entry_type: str | None = None
    duty: Duty | None = None
    fees: Fees | None = None
    taxes: Taxes | None = None
    de_minimis: DeMinimis | None = None
    missing: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    before: Before | None = None
    successors: tuple[str, ...] = ()
    beyond_coverage: bool = False
    law: Law | None = None
    refusal: Refusal | None = None

    @property
    def raw(self) -> dict[str, Any]:
        """The step as the program's JSON has it."""
        made: dict[str, Any] = json.loads(self.json)
        return made


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """What lies between the steps. `json` is what the program prints for it.

    `announced`: the day on which `act` became known, and `cite` its citation. `event`: of the
    record, what happened (`title`), and `cite` who published it. `moves_on` is the first step that
    cites the act, or an act of the event.
    """

    mark: Literal["announced", "event"]
    at: datetime.datetime
    title: str | None
    cite: str | None
    url: str | None
    json: str = dataclasses.field(repr=False, compare=False)
    act: str | None = None
    event: str | None = None
    moves_on: datetime.datetime | None = None
    origin: str | None = None
    into: str | None = None
    law: Law | None = None

    @property
    def raw(self) -> dict[str, Any]:
        """The mark as the program's JSON has it."""
        made: dict[str, Any] = json.loads(self.json)
        return made


class Timeline(list[Step]):
    """The steps of a line, in their order. `rows` are steps and marks by time, as the program
    prints them, `marks` the marks alone."""

    def __init__(self, rows: Iterable[Step | Mark] = ()) -> None:
        self.rows = tuple(rows)
        super().__init__(row for row in self.rows if isinstance(row, Step))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What the options ask to mark, by time."""
        return tuple(row for row in self.rows if isinstance(row, Mark))


_STEP = _object_reader(Step)
_MARK = _object_reader(Mark)


def _read(text: str) -> Step | Mark:
    made: dict[str, Any] = json.loads(text)
    made["json"] = text
    if made["mark"] != "step":
        mark: Mark = _MARK(made)
        return mark
    if made["status"] == "refused":
        made["refusal"] = {"reason": made.pop("reason"), "column": None, "text": made.pop("text")}
    step: Step = _STEP(made)
    return step


def _text(day: str | datetime.date | None) -> str | None:
    return None if day is None else str(day) if isinstance(day, str) else day.isoformat()


def timeline(hts: Cell = None, origin: Cell = None, value: Cell = None, *,
             from_: str | datetime.date | None = None, until: str | datetime.date | None = None,
             every: Literal["step", "day", "week", "month"] = "step", one_code: bool = False,
             announced: bool = False, events: bool = False, claims: Claims = None,
             rulebook: _tidewaiter.Rulebook | None = None, **columns: Unpack[Rest]) -> Timeline:
    """The steps of a line of goods: each instant at which its answer changes, and what moved.

    `from_` is the first day (default: the first that the law covers), `until` the last (default:
    today); either may be a time. `every` asks at noon of each day, each Monday or the first of
    each month instead. Without a value the rates are those of 10,000. `one_code` keeps to the code
    as it is written where its goods had, or have, another number. `announced` marks the days on
    which the acts became known, `events` talks, orders and rulings of the record that concern the
    line: see `Timeline.marks`. Columns are named as in `Line`; chemicals are not screened for.
    Raises `Refused` for a line that cannot be understood.

    >>> import tidewaiter
    >>> for step in tidewaiter.timeline("9503.00.00.90", "CN", "54", channel="express",
    ...                                 from_="2025-05-01", until="2025-06-01"):
    ...     print(step.from_.date(), step.duty.rate, step.duty.amount,
    ...           *(move.after for move in step.moved if move.what == "changed"))
    2025-05-01 0% 0.00
    2025-05-02 145% 78.30
    2025-05-14 30% 16.20 10%
    >>> for mark in tidewaiter.timeline("9503.00.00.90", "CN", from_="2025-04-06",
    ...                                 until="2025-04-10", announced=True).marks:
    ...     print(mark.at.date(), mark.act, mark.moves_on)
    2025-04-08 EO-14259 2025-04-09 00:01:00-04:00
    2025-04-09 EO-14266 2025-04-10 00:01:00-04:00
    """
    if every not in _EVERY:
        raise ArgumentError(f"every: {every!r} is not one of {', '.join(_EVERY)}")
    today = datetime.date.today().isoformat()
    assessor = Assessor(rulebook, screen=False, today=today, changes=False)
    line = {"hts": hts, "origin": origin, "value": _tidewaiter.ASSUMED if value is None else value,
            "claims": claims, **columns}
    made = _tidewaiter.timeline(
        assessor.rulebook, assessor.texts(line), _text(from_), _text(until) or today, today,
        _EVERY.index(every), one_code, announced, events)
    steps = Timeline(_read(text) for text in made.decode("utf-8").split("\n")[:-1])
    if len(steps) == 1 and steps[0].refusal is not None:
        raise Refused(Finding(id="1", status="refused", json=steps[0].json,
                              refusal=steps[0].refusal))
    return steps
