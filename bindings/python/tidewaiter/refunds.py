# SPDX-License-Identifier: Apache-2.0
"""What can be had back of the duties on entries, by when, with what interest."""
from __future__ import annotations

import csv
import dataclasses
import datetime
import gzip
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from . import _tidewaiter, kinds
from .answers import RefundAnswer, read_refund
from .errors import ArgumentError, FileError
from .lines import text_of

__all__ = ["Fault", "RefundSum", "Refunds", "refund"]

_PIECE = 1 << 20


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """A cell or a row that was not read, with its place."""

    file: str
    line: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class RefundSum:
    """A row of the totals: of a status, a reason, a heading, a month of entry, or time left."""

    kind: str
    name: str
    entries: int
    removable: Decimal | None
    principal: Decimal | None
    interest: Decimal | None
    total: Decimal | None


class Refunds:
    """The answers, an entry each, in the order in which entries first stand in the rows.

    Read once, one by one or as a table: they are worked out as they are asked for. `faults` are
    the cells and rows that were not read, with the line of a file or the row of a table, `unread`
    the columns of each source that are not ours. `totals` are the sums of the answers taken so far.
    """

    def __init__(self, run: _tidewaiter.Refund, kind: tuple[str, str] | None = None) -> None:
        self._run = run
        self._kind = kind
        self._taken: Literal["", "iterated", "taken as a table"] = ""
        self._answers = self._take()
        self.faults: list[Fault] = []
        self.unread: dict[str, list[str]] = {}

    def _take(self) -> Iterator[RefundAnswer]:
        while made := self._run.next(256):
            yield from map(read_refund, made.decode("utf-8").split("\n")[:-1])

    def _begin(self, how: Literal["iterated", "taken as a table"]) -> None:
        if self._taken not in ("", how) or self._taken == "taken as a table":
            raise ArgumentError(f"the answers were {self._taken} already: they are read once")
        self._taken = how

    def __iter__(self) -> Iterator[RefundAnswer]:
        self._begin("iterated")
        return self._answers

    def table(self) -> Any:
        """The answers as a table of the kind of the entries: pyarrow,
        Polars, pandas, DuckDB; of a `RecordBatchReader`, and of files and mappings, as a stream
        with ``__arrow_c_stream__`` that is read once, in bounded memory. Amounts are decimals,
        days dates.

        >>> import tidewaiter
        >>> answers = tidewaiter.refund([{"entry": "9ZZ14500907", "heading": "9903.01.24",
        ...                               "duty": "200.00"}], as_of="2026-05-18")
        >>> for batch in answers.table():
        ...     len(batch)
        1
        """
        self._begin("taken as a table")
        return kinds.table_of(self._kind, self._run.columns(), None)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The same for whatever reads Arrow: ``pyarrow.table(answers)``."""
        self._begin("taken as a table")
        return self._run.columns().__arrow_c_stream__(requested_schema)

    @property
    def rows(self) -> int:
        """Rows that were read."""
        return self._run.counts()[0]

    @property
    def totals(self) -> list[RefundSum]:
        def amount(text: str) -> Decimal | None:
            return Decimal(text) if text else None
        rows = csv.DictReader(io.StringIO(self._run.totals()))
        return [RefundSum(row["kind"], row["name"], int(row["entries"]),
                          *(amount(row[name]) for name in
                            ("removable", "principal", "interest", "total"))) for row in rows]


def _texts_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Rows as a CSV text in pieces; the first names the columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names: list[str] | None = None
    for number, row in enumerate(rows, 1):
        if names is None:
            names = list(row)
            writer.writerow(names)
        if unknown := [name for name in row if name not in names]:
            raise ArgumentError(f"row {number} has the column {unknown[0]}, which the first row "
                                "does not have: give it there, with None")
        writer.writerow(["" if (text := text_of(row.get(name), name, number)) is None else text
                         for name in names])
        if out.tell() > _PIECE:
            yield out.getvalue().encode("utf-8")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8")


def _file_of(path: str) -> Iterator[bytes]:
    opened = gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        while piece := file.read(_PIECE):
            yield piece


Source = Callable[[list[tuple[str, int, str]]], str]
"""Reads a source into a run; faults are added to the list, and columns that are not read given."""


def _is_source(data: object) -> bool:
    return kinds.is_path(data) or hasattr(data, "__arrow_c_stream__")


def _sources(run: _tidewaiter.Refund, results: bool, data: Any, name: str = "rows"
             ) -> Iterator[tuple[str, Source]]:
    if kinds.is_path(data):
        path = os.fsdecode(data)
        yield path, lambda faults: run.read(path, results, _file_of(path), faults)
    elif not isinstance(data, (list, tuple)):
        source = kinds.source_of(data, kinds.kind_of(data))
        yield name, lambda faults: run.read_columns(name, results, source, faults)
    elif data and _is_source(data[0]):
        for number, one in enumerate(data, 1):
            yield from _sources(run, results, one, f"table {number}")
    else:
        yield name, lambda faults: run.read(name, results, _texts_of(data), faults)


def _kind_of(data: Any) -> tuple[str, str] | None:
    if isinstance(data, (list, tuple)) and data and _is_source(data[0]):
        return _kind_of(data[0])
    return None if kinds.is_path(data) else kinds.kind_of(data)


def refund(entries: Any, *, as_of: str | datetime.date,
           interest_to: str | datetime.date | None = None,
           payee: Literal["corporation", "other"] = "corporation",
           facts: Mapping[str, str] | None = None, results: Any = None,
           upload: str | os.PathLike[str] | None = None,
           rulebook: _tidewaiter.Rulebook | None = None) -> Refunds:
    """What of the duties on entries is refunded, as of a day of filing.

    `entries` is a CSV file (an ACE report ES-003, or the columns of docs/refunds.md), a table with
    ``__arrow_c_stream__`` (pyarrow, Polars, DuckDB, pandas), a list of these, or a list of
    mappings; the rows of an entry may stand anywhere. The answers are iterated, or taken as a
    table of the kind that was given (`Refunds.table`). `results` are the details of a claim from customs, likewise. `facts` say what
    holds for every entry whose rows do not say, `upload` is a folder for the files that customs
    takes, written when the last answer is taken.

    >>> import tidewaiter
    >>> answers = tidewaiter.refund([
    ...     {"entry": "9ZZ-1450090-7", "entry_type": "01", "entry_date": "2025-05-05",
    ...      "deposit_date": "2025-05-16", "line": "1", "hts": "6109100012", "value": "1000",
    ...      "heading": "9903.01.24", "duty": "200.00", "summary": "accepted",
    ...      "liquidation": "unliquidated", "protest": "none", "recon_flag": "no",
    ...      "drawback": "no", "surety_paid": "no", "prior_cape": "no"}],
    ...     as_of="2026-05-18", interest_to="2026-06-30")
    >>> for answer in answers:
    ...     print(answer.entry, answer.status, answer.principal, answer.interest)
    9ZZ14500907 accepted 200.00 13.41
    >>> answers.totals[0].principal
    Decimal('200.00')
    """
    run = _tidewaiter.Refund(rulebook or _tidewaiter.Rulebook(), str(as_of),
                             None if interest_to is None else str(interest_to), payee == "other",
                             [f"{name}={word}" for name, word in (facts or {}).items()], upload)
    if payee not in ("corporation", "other"):
        raise ArgumentError(f"{payee!r} is no payee: corporation or other")
    refunds = Refunds(run, _kind_of(entries))
    for data, are_results in ((entries, False), (results, True)):
        if data is None:
            continue
        for name, read in _sources(run, are_results, data):
            faults: list[tuple[str, int, str]] = []
            try:
                unread = read(faults)
            except FileNotFoundError as error:
                raise FileError(f"it cannot be read: {error.strerror}", file=name) from error
            refunds.faults += [Fault(*fault) for fault in faults]
            if unread:
                refunds.unread[name] = unread.split(", ")
    if not refunds.rows:
        raise ArgumentError("the entries have no rows: were they completely written?")
    return refunds


