# SPDX-License-Identifier: Apache-2.0
"""The law: what changes between two days, the acts, rulebooks as known on a day.

The text of the law comes with the package (`folder()`); another folder may be named everywhere.
"""
from __future__ import annotations

import builtins
import dataclasses
import datetime
import json
import os
import pathlib
from collections.abc import Callable
from typing import Any, Literal

from . import _tidewaiter
from .answers import _object_reader
from .errors import NotFound

__all__ = ["Act", "Change", "ChemicalChange", "End", "Measure", "RefundChange", "Side", "act", "diff",
           "folder", "list", "measures", "rulebook"]

Folder = str | os.PathLike[str]
Day = str | datetime.date


@dataclasses.dataclass(frozen=True, slots=True)
class Act:
    """A legal act that answers cite; "" where not known."""

    id: str
    title: str
    kind: str
    cite: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """What holds before or after a change."""

    measure: str
    rate: str | None = None
    heading: str | None = None
    heading_reached: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """A measure that begins, ends or changes. `text` says it in a sentence, `by` is the act."""

    into: str
    at: str
    what: str
    text: str
    raw: dict[str, Any] = dataclasses.field(repr=False, compare=False)
    program: str | None = None
    origins: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    list: str | None = None
    before: Side | None = None
    after: Side | None = None
    by: str | None = None
    announced: datetime.date | None = None
    measure: str | None = None
    replaced_by: str | None = None
    retroactive: bool = False
    refundable: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class ChemicalChange:
    """A chemical that comes onto a list or leaves it."""

    day: datetime.date
    what: str
    substance: str
    jurisdiction: str
    list: str
    by: tuple[str, ...]
    raw: dict[str, Any] = dataclasses.field(repr=False, compare=False)
    name: str | None = None
    code: str | None = None
    requirement: str | None = None
    announced: datetime.date | None = None
    undated: bool = False
    maybe: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class RefundChange:
    """What of the law of refunds begins or ends."""

    day: datetime.date
    what: Literal["begins", "ends"]
    kind: str
    id: str
    text: str
    by: tuple[str, ...]
    raw: dict[str, Any] = dataclasses.field(repr=False, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class End:
    """Where a measure begins or ends: the instant, and the act that says so; None: it is open."""

    at: str | None = None
    by: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """What an act does to goods."""

    id: str
    program: str
    kind: Literal["duty", "exemption", "entry", "fee", "prohibition", "tax"]
    into: str
    confidence: str
    raw: dict[str, Any] = dataclasses.field(repr=False, compare=False)
    title: str | None = None
    heading: str | None = None
    heading_reached: str | None = None
    rate: str | None = None
    origins: tuple[str, ...] = ()
    scope: str | None = None
    when: str | None = None
    from_: End | None = None
    until: End | None = None
    superseded_by: str | None = None
    note: str | None = None


_TEXT = pathlib.Path(__file__).parent / "law_text"
_CHANGE = _object_reader(Change)
_CHEMICAL = _object_reader(ChemicalChange)
_REFUND = _object_reader(RefundChange)
_MEASURE = _object_reader(Measure)


def folder() -> pathlib.Path:
    """The folder of the law text that comes with the package."""
    return _TEXT


def _row(read: Callable[[Any], Any], made: dict[str, Any]) -> Any:
    """A row of JSON with itself as `raw`; what holds for all countries as a list like the others.
    """
    row = {**made, "raw": made}
    if row.get("origins") == "all":
        row["origins"] = ["all"]
    return read(row)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def diff(first: Day, last: Day | None = None, *, into: str | None = None,
         origin: str | None = None, hts: str | None = None, program: str | None = None,
         kind: str | None = None, known_on: Day | None = None, folder: Folder | None = None
         ) -> builtins.list[Change | ChemicalChange | RefundChange]:
    """What changes from the first day to the last, both counted; of one day by itself.

    `into` and `origin` are countries, `hts` a tariff code of 2 to 10 digits, `program` a name or a
    pattern (us.ieepa.*), `kind` duty, exemption, entry, fee, prohibition or tax.

    >>> import tidewaiter
    >>> for change in tidewaiter.law.diff("2025-04-09", "2025-04-10", origin="CN", into="US"):
    ...     if isinstance(change, tidewaiter.law.Change) and change.what == "rises":
    ...         print(change.at, change.after.rate, change.by)
    2025-04-09T00:01:00-04:00 84% EO-14259
    2025-04-10T00:01:00-04:00 125% EO-14266
    """
    made = json.loads(_tidewaiter.law_diff(
        os.fspath(_TEXT if folder is None else folder), _text(known_on), into, origin, hts, program,
        kind, str(first), str(first if last is None else last)))
    return [*(_row(_CHANGE, row) for row in made["changes"]),
            *(_row(_CHEMICAL, row) for row in made.get("chemicals", ())),
            *(_row(_REFUND, row) for row in made.get("refunds", ()))]


def measures(on: Day | None = None, last: Day | None = None, *, into: str | None = None,
             origin: str | None = None, hts: str | None = None, program: str | None = None,
             kind: str | None = None, known_on: Day | None = None, folder: Folder | None = None
             ) -> builtins.list[Measure]:
    """The measures in force on a day or at an instant (default: the last day covered), or at any
    time from a day to a last one. The other arguments are those of `diff`. Also called `list`.

    >>> import tidewaiter
    >>> for measure in tidewaiter.law.list("2025-05-02", origin="CN", hts="6109.10.00.12",
    ...                                    program="us.ieepa.*", kind="duty"):
    ...     if measure.rate.endswith("%"):
    ...         print(measure.rate, measure.heading, measure.from_.by)
    20% 9903.01.24 EO-14228
    10% 9903.01.25 EO-14257
    125% 9903.01.63 EO-14266
    """
    made = json.loads(_tidewaiter.law_list(
        os.fspath(_TEXT if folder is None else folder), _text(known_on), into, origin, hts, program,
        kind, _text(on), _text(last)))
    return [_row(_MEASURE, row) for row in made["measures"]]


def rulebook(*, known_on: Day | None = None, folder: Folder | None = None
             ) -> _tidewaiter.Rulebook:
    """The rulebook of a folder of law, as it could be known on a day.

    >>> import tidewaiter
    >>> then = tidewaiter.law.rulebook(known_on="2025-10-01")
    >>> tidewaiter.duty("6109.10.00.12", "CN", "2025-12-01", "100",
    ...                 rulebook=then).duty.lines[2].rate
    '20%'
    >>> tidewaiter.duty("6109.10.00.12", "CN", "2025-12-01", "100").duty.lines[2].rate
    '10%'
    """
    return _tidewaiter.law_rulebook(_TEXT if folder is None else folder,
                                    None if known_on is None else str(known_on))


def act(id: str, *, rulebook: _tidewaiter.Rulebook | None = None) -> Act:
    """The act of an id that an answer cites; `NotFound`.

    >>> import tidewaiter
    >>> tidewaiter.law.act("EO-14266").cite
    '90 FR 15625'
    """
    found = (rulebook or _tidewaiter.Rulebook()).instrument(id)
    if found is None:
        raise NotFound(f"there is no act {id!r}")
    return Act(*found)


list = measures  # as the program calls it
