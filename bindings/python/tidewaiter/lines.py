# SPDX-License-Identifier: Apache-2.0
"""Single lines, and lines as mappings: without Arrow, with answers as objects."""
from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypedDict, Unpack

from . import _tidewaiter
from .answers import Finding, read_finding
from .errors import ArgumentError, InputError, Refused

__all__ = ["Assessor", "Cell", "Claims", "Line", "duty"]

Cell = str | int | float | Decimal | datetime.date | datetime.datetime | None
"""What a column of a line may be given as. Of a float the shortest decimal that is this float and
no other is read, as CSV would have it; NaN is None."""

Claims = str | Mapping[str, "str | int | float | Decimal | bool | datetime.date"] | None
"""Claims as the program writes them (``"usmca;steel_value=4000"``), or by their names."""


class Rest(TypedDict, total=False):
    """Those that duty() does not name."""

    id: Cell
    shipment: Cell
    into: Cell
    ship_from: Cell
    via: Cell
    imported: Cell
    loaded: Cell
    departed: Cell
    it_date: Cell
    channel: Cell
    transport: Cell
    entry_type: Cell
    currency: Cell
    retail_value: Cell
    qty: Cell
    unit: Cell
    qty2: Cell
    unit2: Cell
    weight: Cell
    description: Cell
    cas: Cell
    smiles: Cell
    inchikey: Cell
    concentration: Cell
    consignee: Cell
    shipper: Cell
    order: Cell


class Line(Rest, total=False):
    """The columns of a line; docs/manual.md, "The columns of a line", has what each means."""

    hts: Cell
    origin: Cell
    entered: Cell
    value: Cell
    claims: Claims


def text_of(value: object, column: str, row: int | None) -> str | None:
    """A cell as the text that the library reads."""
    if value is None or isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        raise InputError(_at(f"{value} is neither a text nor a number", column, row),
                         column=column, row=row)
    elif isinstance(value, int):
        text = str(value)
    elif isinstance(value, Decimal):
        text = format(value, "f")
    elif isinstance(value, (datetime.datetime, datetime.date)):
        text = value.isoformat()
    elif isinstance(value, float):
        if value != value:  # NaN: what pandas has for nothing
            return None
        if value in (float("inf"), float("-inf")):
            raise InputError(_at("an infinite number is no cell", column, row), column=column,
                             row=row)
        # The shortest decimal that is this float and no other, as CSV would have it.
        text = format(Decimal(repr(value)), "f")
    else:
        raise InputError(_at(f"a {type(value).__name__} is no cell: give a str, an int, a Decimal "
                             "or a date", column, row), column=column, row=row)
    if text is not None:
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise InputError(_at(f"{text!a} is not UTF-8", column, row), column=column,
                             row=row) from None
    return text


def _at(text: str, column: str, row: int | None) -> str:
    return f"column {column}" + (f", row {row}" if row else "") + f": {text}"


def _claim(name: str, value: object, row: int | None) -> list[str]:
    """One claim as the library reads it; of nothing (None, NaN, an empty text) none is made."""
    text = ("yes" if value else "no") if isinstance(value, bool) else text_of(value, name, row)
    if not text:
        return []
    if not name or ";" in text or ";" in name or "=" in name:
        raise InputError(_at("name or value of a claim hold no semicolon, and a name is not empty "
                             "and holds no equals sign", name, row), column=name, row=row)
    return [f"{name}={text}"]



def day_of(today: str | datetime.date | None) -> str | None:
    """The day for which a line may say "today", as the library takes it."""
    if today is None:
        return None
    try:
        day = today if isinstance(today, datetime.date) else datetime.date.fromisoformat(today)
    except (TypeError, ValueError):
        raise ArgumentError(f"today: {today!r} is not a day: give a date, or a text such as "
                            "\"2026-11-30\"") from None
    return day.isoformat()[:10]


class Assessor:
    """Answers lines that are given one by one or as mappings.

    Making one takes some milliseconds, an answer some microseconds: keep it for many lines. It
    belongs to one thread at a time; another that calls meanwhile gets a RuntimeError.

    `rulebook` is the law that answers (default: the one inside). `strict_coverage` refuses days
    after the last one covered, `screen=False` looks for no chemicals, `today` is the day for which
    a line may say "today", `restore_zeros` reads codes that lost a zero in front, `changes=False`
    looks for no next change of the law.

    >>> import tidewaiter
    >>> assessor = tidewaiter.Assessor(screen=False)
    >>> for day in ("2025-04-08", "2025-04-09", "2025-04-10"):
    ...     print(day, assessor.duty("6109.10.00.12", "CN", day, "5400").duty.rate)
    2025-04-08 54%
    2025-04-09 128%
    2025-04-10 169%
    """

    def __init__(self, rulebook: _tidewaiter.Rulebook | None = None, *,
                 strict_coverage: bool = False, screen: bool = True,
                 today: str | datetime.date | None = None, restore_zeros: bool = False,
                 changes: bool = True) -> None:
        self.rulebook = rulebook or _tidewaiter.Rulebook()
        self._assessor = _tidewaiter.Assessor(
            self.rulebook, strict_coverage=strict_coverage, no_screen=not screen,
            today=day_of(today), restore_zeros=restore_zeros,
            no_changes=not changes)
        self._names = _tidewaiter.columns()
        self._claims = {name for name, _, _ in self.rulebook.claims()}
        self._claims_at = self._names.index("claims")

    def duty(self, hts: Cell = None, origin: Cell = None, on: Cell = None, value: Cell = None, *,
             claims: Claims = None, **columns: Unpack[Rest]) -> Finding:
        """As the function `duty`, by this assessor."""
        line = {"hts": hts, "origin": origin, "entered": on, "value": value, "claims": claims,
                **columns}
        if line.get("id") is None:
            line["id"] = "1"
        made = self._assessor.assess(tuple(self._texts(line, None, {})))
        finding = read_finding(made.decode("utf-8").rstrip("\n"))
        if finding.refusal is not None:
            raise Refused(finding)
        return finding

    def assess(self, lines: Iterable[Mapping[str, object]], *, daily_sum: bool = False,
               shipments: bool = True) -> list[Finding]:
        """As the function `assess`, of lines in memory by this assessor."""
        return [read_finding(text) for text in
                self.ndjson(lines, daily_sum=daily_sum, shipments=shipments).split("\n")[:-1]]

    def ndjson(self, lines: Iterable[Mapping[str, object]], *, daily_sum: bool = False,
               shipments: bool = True, first: int = 1) -> str:
        """What the program prints for the lines: an object and a line end each.

        `first` is the number of the first line, which a refusal names.
        """
        places: dict[str, int] = {}
        id_at, shipment_at = self._names.index("id"), self._names.index("shipment")
        rows = []
        for number, line in enumerate(lines):
            texts = self._texts(line, first + number, places)
            texts[id_at] = texts[id_at] or str(number + 1)
            rows.append(tuple(texts))
        join = shipments and any(row[shipment_at] for row in rows)
        return self._assessor.assess_many(tuple(rows), first, join, daily_sum).decode("utf-8")

    def texts(self, line: Mapping[str, object]) -> tuple[str | None, ...]:
        """A line as texts in the order of the library's columns."""
        return tuple(self._texts(line, None, {}))

    def _place(self, name: object, row: int | None) -> int:
        if not isinstance(name, str):
            raise InputError(f"{name!r} is no name of a column", row=row)
        at = _tidewaiter.column_find(name)
        if at < 0 and name not in self._claims:
            near = difflib.get_close_matches(name, [*self._names, *self._claims], 1)
            raise InputError(_at("there is none of this name"
                                 + (f"; did you mean {near[0]}?" if near else ""), name, row),
                             column=name, row=row)
        return at

    def _texts(self, line: Mapping[str, object], row: int | None, places: dict[str, int]
               ) -> list[str | None]:
        """A mapping as texts by column; `places` are the columns of names seen before."""
        texts: list[str | None] = [None] * len(self._names)
        claims: list[str] = []
        for name, value in line.items():
            at = places.get(name)
            if at is None:
                at = places[name] = self._place(name, row)
            if at == self._claims_at and isinstance(value, Mapping):
                for claim, one in value.items():
                    claims += _claim(claim, one, row)
            elif at >= 0:
                texts[at] = text_of(value, name, row)
            else:
                claims += _claim(name, value, row)
        if claims:
            given = texts[self._claims_at]
            texts[self._claims_at] = ";".join([given, *claims] if given else claims)
        return texts


def duty(hts: Cell = None, origin: Cell = None, on: Cell = None, value: Cell = None, *,
         claims: Claims = None, rulebook: _tidewaiter.Rulebook | None = None,
         strict_coverage: bool = False, screen: bool = True, restore_zeros: bool = False,
         **columns: Unpack[Rest]) -> Finding:
    """The answer to one line of goods.

    `hts` is the tariff code, `origin` the country, `on` the day or the time of entry, `value` the
    customs value; any other column of a line is named as in `Line`. Raises `Refused` for a line
    that cannot be understood. An `Assessor` does the same for many lines.

    >>> import tidewaiter
    >>> shirts = tidewaiter.duty("6109.10.00.12", "CN", "2025-05-02T00:01", "54")
    >>> shirts.duty.amount, shirts.duty.rate, shirts.duty.refundable
    (Decimal('91.26'), '169%', Decimal('78.30'))
    >>> for layer in shirts.duty.lines:
    ...     print(layer.heading, layer.rate, layer.amount, layer.void)
    6109.10.00.12 16.5% 8.91 False
    9903.88.15 7.5% 4.05 False
    9903.01.24 20% 10.80 True
    9903.01.63 125% 67.50 True
    >>> tidewaiter.duty("7318.15.20", "DE", "2025-07-01", 10000,
    ...                 claims={"steel_value": 4000}).duty.amount
    Decimal('2600.00')
    """
    assessor = Assessor(rulebook, strict_coverage=strict_coverage, screen=screen,
                        today=datetime.date.today(), restore_zeros=restore_zeros)
    return assessor.duty(hts, origin, on, value, claims=claims, **columns)
