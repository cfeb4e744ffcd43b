# SPDX-License-Identifier: Apache-2.0
"""What can be had back of the duties on entries, by when, with what interest."""
from __future__ import annotations

import csv
import dataclasses
import datetime
import gzip
import io
import os
from collections.abc import Iterable, Iterator, Mapping
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

    Read once: they are worked out as they are asked for. `faults` are the cells and rows that were
    not read, `unread` the columns of each file that are not ours. `totals` are the sums of the
    answers taken so far.
    """

    def __init__(self, run: _tidewaiter.Refund) -> None:
        self._run = run
        self._answers = self._take()
        self.faults: list[Fault] = []
        self.unread: dict[str, list[str]] = {}

    def _take(self) -> Iterator[RefundAnswer]:
        while made := self._run.next(256):
            yield from map(read_refund, made.decode("utf-8").split("\n")[:-1])

    def __iter__(self) -> Iterator[RefundAnswer]:
        return self._answers

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


def _rows_of(data: Any) -> Iterable[Mapping[str, Any]]:
    """The rows of a table as mappings, some at a time."""
    kind = kinds.kind_of(data)
    if isinstance(data, (list, tuple)):
        return data
    if kind == ("polars", "DataFrame"):
        named: Iterable[Mapping[str, Any]] = data.iter_rows(named=True)
        return named
    if kind == ("pandas", "DataFrame"):
        names = [str(name) for name in data.columns]
        return (dict(zip(names, row)) for row in data.itertuples(index=False, name=None))
    pyarrow = kinds.package("pyarrow", "a table that is neither of Polars nor of pandas")
    reader = pyarrow.RecordBatchReader.from_stream(kinds.source_of(data, kind))
    return (row for batch in reader for row in batch.to_pylist())


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


def _sources(data: Any) -> Iterator[tuple[str, Iterator[bytes]]]:
    if kinds.is_path(data):
        yield os.fsdecode(data), _file_of(os.fsdecode(data))
    elif isinstance(data, (list, tuple)) and data and all(map(kinds.is_path, data)):
        for path in data:
            yield from _sources(path)
    else:
        yield "rows", _texts_of(_rows_of(data))


def refund(entries: Any, *, as_of: str | datetime.date,
           interest_to: str | datetime.date | None = None,
           payee: Literal["corporation", "other"] = "corporation",
           facts: Mapping[str, str] | None = None, results: Any = None,
           upload: str | os.PathLike[str] | None = None,
           rulebook: _tidewaiter.Rulebook | None = None) -> Refunds:
    """What of the duties on entries is refunded, as of a day of filing.

    `entries` is a CSV file (an ACE report ES-003, or the columns of docs/refunds.md), several of
    them, a table with ``__arrow_c_stream__``, or a list of mappings; the rows of an entry may
    stand anywhere. `results` are the details of a claim from customs, likewise. `facts` say what
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
    refunds = Refunds(run)
    for data, are_results in ((entries, False), (results, True)):
        if data is None:
            continue
        for name, pieces in _sources(data):
            faults: list[tuple[str, int, str]] = []
            try:
                unread = run.read(name, are_results, pieces, faults)
            except FileNotFoundError as error:
                raise FileError(f"it cannot be read: {error.strerror}", file=name) from error
            refunds.faults += [Fault(*fault) for fault in faults]
            if unread:
                refunds.unread[name] = unread.split(", ")
    if not refunds.rows:
        raise ArgumentError("the entries have no rows: were they completely written?")
    return refunds


