# SPDX-License-Identifier: Apache-2.0
"""What a chemical is, and who controls it on a day and a route."""
from __future__ import annotations

import dataclasses
import datetime
import json
from decimal import Decimal
from typing import Any, Literal

from . import _tidewaiter
from .answers import _object_reader

__all__ = ["Asked", "Asks", "Inquiry", "InquiryControl", "KnownSubstance", "ListChange", "Name",
           "Nearest", "Penalty", "substance"]


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A name of a substance; `language` is a code such as "en"."""

    name: str
    language: str
    kind: str


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a list asks in one direction."""

    must: Literal["nothing is asked", "required", "it depends", "prohibited"]
    requirement: str


@dataclasses.dataclass(frozen=True, slots=True)
class Asks:
    """Without a route: what a list asks in each direction."""

    import_: Asked
    export: Asked
    transit: Asked


@dataclasses.dataclass(frozen=True, slots=True)
class InquiryControl:
    """A list on which the substance stands. `status` is None without a route."""

    substance: str
    jurisdiction: str
    list: str
    code: str
    direction: str
    since: str
    until: str
    threshold: str
    covers: str
    requirement: str
    confidence: str
    note: str
    by: tuple[str, ...]
    list_en: str | None = None
    asks: Asks | None = None
    status: str | None = None
    undecided: str | None = None
    prohibited: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class ListChange:
    """A day on which a list begins, ends or is reworded for the substance."""

    day: datetime.date
    jurisdiction: str
    list: str
    change: Literal["begins", "ends", "reworded"]
    by: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Penalty:
    """What an offence may cost, from so many grams on."""

    section: str
    offence: str
    least_grams: int
    years_from: str
    years_to: str
    death: str
    fine_person: str
    fine_other: str
    confidence: str


@dataclasses.dataclass(frozen=True, slots=True)
class KnownSubstance:
    """A substance or class that is meant; "" is not known."""

    substance: str
    name: str
    matched: str
    how: str
    certainty: Literal["weak", "near", "exact"]
    conditions: str
    note: str
    formula: str
    inchikey: str
    smiles: str
    cas: tuple[str, ...]
    un: tuple[str, ...]
    names: tuple[Name, ...]
    lane: Literal["none", "green", "yellow", "red"]
    controls: tuple[InquiryControl, ...]
    changes: tuple[ListChange, ...]
    penalties: tuple[Penalty, ...]
    overflow: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Nearest:
    """A name that is near, where nothing has the one that was asked for."""

    name: str
    substance: str


@dataclasses.dataclass(frozen=True, slots=True)
class Inquiry:
    """The answer: what is meant, or what is near. `json` is what the program prints for it."""

    asked: str
    on: datetime.date
    from_: str
    into: str
    law: datetime.date
    known_on: datetime.date
    substances: tuple[KnownSubstance, ...]
    nearest: tuple[Nearest, ...]
    json: str = dataclasses.field(repr=False, compare=False)
    beyond_coverage: datetime.date | None = None
    overflow: str | None = None


_INQUIRY = _object_reader(Inquiry)


def substance(name: str, *, on: str | datetime.date | None = None, from_: str | None = None,
              into: str | None = None, via: str | None = None, weight: str | None = None,
              concentration: str | Decimal | int | None = None,
              rulebook: _tidewaiter.Rulebook | None = None) -> Inquiry:
    """What a chemical is and who controls it, on a day (default: today).

    `name` is a name in any language, a CAS or UN number, or an InChIKey. With `from_` and `into`
    (and `via`, "HK SG") the answer says what the lists ask on that route, with `weight`
    ("25kg") and `concentration` (percent) whether a threshold is reached.

    >>> import tidewaiter
    >>> asked = tidewaiter.substance("\u4e19\u916e", on="2025-08-01", from_="CN", into="US", weight="25kg")
    >>> asked.substances[0].name, asked.substances[0].cas
    ('Acetone', ('67-64-1',))
    >>> tidewaiter.substance("nothing at all", on="2025-08-01").substances
    ()
    """
    day = datetime.date.today() if on is None else on
    text = _tidewaiter.substance(
        rulebook or _tidewaiter.Rulebook(), name, str(day), from_, into, via, weight,
        None if concentration is None else str(concentration)).rstrip("\n")
    made: dict[str, Any] = json.loads(text)
    made["json"] = text
    inquiry: Inquiry = _INQUIRY(made)
    return inquiry
