# SPDX-License-Identifier: Apache-2.0
"""Lines in, findings out: tables, files, mappings."""
from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeVar, overload

from . import _tidewaiter, kinds
from .answers import Finding
from .errors import ArgumentError, FileError, Unsupported
from .kinds import Progress
from .lines import Assessor, day_of

__all__ = ["Path", "Written", "assess"]


class ArrowStream(Protocol):
    """Whatever gives its rows as an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> object: ...


Table = TypeVar("Table", bound=ArrowStream)
Path = str | bytes | os.PathLike[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """What was written into a file."""

    path: str
    rows: int


@overload
def assess(data: Sequence[Mapping[str, Any]], *, rulebook: _tidewaiter.Rulebook | None = None,
           daily_sum: bool = False, shipments: bool = True, strict_coverage: bool = False,
           screen: bool = True, today: str | datetime.date | None = None,
           restore_zeros: bool = False, changes: bool = True) -> list[Finding]: ...
@overload
def assess(data: Path | ArrowStream, *, output: Path,
           rulebook: _tidewaiter.Rulebook | None = None,
           map: Mapping[str, str] | None = None, set: Mapping[str, str] | None = None,
           keep: Sequence[str] | Literal["*"] = (), value_from: str | None = None,
           decimal: Literal["point", "comma"] | None = None,
           date_format: Literal["mdy", "dmy", "ymd"] | None = None, detail: bool = True,
           daily_sum: bool = False, shipments: bool = True, whole_batches: bool = False,
           strict_coverage: bool = False, screen: bool = True,
           today: str | datetime.date | None = None, restore_zeros: bool = False,
           changes: bool = True, progress: Progress | None = None) -> Written: ...
@overload
def assess(data: Path, *, rulebook: _tidewaiter.Rulebook | None = None,
           map: Mapping[str, str] | None = None, set: Mapping[str, str] | None = None,
           keep: Sequence[str] | Literal["*"] = (), value_from: str | None = None,
           decimal: Literal["point", "comma"] | None = None,
           date_format: Literal["mdy", "dmy", "ymd"] | None = None, detail: bool = True,
           daily_sum: bool = False, shipments: bool = True, whole_batches: bool = False,
           strict_coverage: bool = False, screen: bool = True,
           today: str | datetime.date | None = None, restore_zeros: bool = False,
           changes: bool = True, progress: Progress | None = None) -> _tidewaiter.Stream: ...
@overload
def assess(data: Table, *, rulebook: _tidewaiter.Rulebook | None = None,
           map: Mapping[str, str] | None = None, set: Mapping[str, str] | None = None,
           keep: Sequence[str] | Literal["*"] = (), value_from: str | None = None,
           decimal: Literal["point", "comma"] | None = None,
           date_format: Literal["mdy", "dmy", "ymd"] | None = None, detail: bool = True,
           daily_sum: bool = False, shipments: bool = True, whole_batches: bool = False,
           strict_coverage: bool = False, screen: bool = True,
           today: str | datetime.date | None = None, restore_zeros: bool = False,
           changes: bool = True, progress: Progress | None = None) -> Table: ...
def assess(data: Any, *, output: Path | None = None,
           rulebook: _tidewaiter.Rulebook | None = None,
           map: Mapping[str, str] | None = None, set: Mapping[str, str] | None = None,
           keep: Sequence[str] | Literal["*"] = (), value_from: str | None = None,
           decimal: Literal["point", "comma"] | None = None,
           date_format: Literal["mdy", "dmy", "ymd"] | None = None, detail: bool = True,
           daily_sum: bool = False, shipments: bool = True, whole_batches: bool = False,
           strict_coverage: bool = False, screen: bool = True,
           today: str | datetime.date | None = None, restore_zeros: bool = False,
           changes: bool = True, progress: Progress | None = None) -> Any:
    """Answers every line of a table, in its order.

    `data` is a table with ``__arrow_c_stream__`` (pyarrow, Polars, DuckDB, pandas), and a table of
    the same kind comes back: one row a line. Of a `RecordBatchReader`, and of anything unknown
    with such a stream, findings come as they are read. A list of mappings gives a list of
    `Finding`. A path of a Parquet or CSV file gives a stream; with `output`, findings are written
    to that Parquet or CSV file, batch by batch.

    `map` names your columns (theirs to ours), `set` gives one value for a column of all lines,
    `keep` carries columns of yours before the findings ("*": all), `value_from` computes the
    value. `detail` adds the layers, fees, substances and controls as lists of structs. Lines of
    one `shipment` are assessed together (`shipments=False`: each by itself), and with `daily_sum`
    what one person is sent on one day; all lines are then read before the first is answered,
    unless each batch holds all lines of its shipments and days (`whole_batches`). `screen=False`
    looks for no chemicals, `changes=False` for no next change of the law.

    `progress` is called between batches with the rows read and the rows answered.

    >>> import tidewaiter
    >>> first, second = tidewaiter.assess([
    ...     {"hts": "6109100012", "origin": "CN", "entered": "2025-05-02", "value": "54"},
    ...     {"hts": "6109100012", "origin": "CN", "entered": "2025-05-02", "value": "fifty"}])
    >>> first.duty.amount
    Decimal('91.26')
    >>> second.status, second.refusal.reason, second.refusal.column
    ('refused', 'bad-value', 'value')
    """
    book = rulebook or _tidewaiter.Rulebook()
    if isinstance(data, (list, tuple)):
        if (map or set or keep or value_from or decimal or date_format or output or whole_batches
                or progress or not detail):
            raise ArgumentError("map, set, keep, value_from, decimal, date_format, whole_batches, "
                                "detail, progress and output are for tables and files: mappings "
                                "name the columns of a line, and a finding has all")
        assessor = Assessor(book, strict_coverage=strict_coverage, screen=screen, today=today,
                            restore_zeros=restore_zeros, changes=changes)
        return assessor.assess(data, daily_sum=daily_sum, shipments=shipments)
    options = library_options(
        map=map, set=set, keep=keep, value_from=value_from, decimal=decimal,
        date_format=date_format, detail=detail, daily_sum=daily_sum, shipments=shipments,
        whole_batches=whole_batches, strict_coverage=strict_coverage, screen=screen, today=today,
        restore_zeros=restore_zeros, changes=changes)
    kind = None if kinds.is_path(data) else kinds.kind_of(data)
    source = _open(data) if kinds.is_path(data) else kinds.source_of(data, kind)
    stream = _tidewaiter.assess_stream(source, book, **options)
    if output is not None:
        return _write(stream, os.fsdecode(output), progress)
    return kinds.like(data, kind, stream, progress)


def library_options(*, map: Mapping[str, str] | None = None, set: Mapping[str, str] | None = None,
                    keep: Sequence[str] | Literal["*"] = (), value_from: str | None = None,
                    decimal: str | None = None, date_format: str | None = None,
                    detail: bool = True, daily_sum: bool = False, shipments: bool = True,
                    whole_batches: bool = False, strict_coverage: bool = False,
                    screen: bool = True, today: str | datetime.date | None = None,
                    restore_zeros: bool = False, changes: bool = True) -> dict[str, Any]:
    """The options of `assess` for tables as the library takes them."""
    return {
        "map": [f"{theirs}={ours}" for theirs, ours in (map or {}).items()],
        "set": [f"{column}={value}" for column, value in (set or {}).items()],
        "keep": [keep] if isinstance(keep, str) else list(keep),
        "value_from": value_from, "decimal": decimal, "date_format": date_format,
        "flat": not detail, "daily_sum": daily_sum, "no_shipments": not shipments,
        "whole_batches": whole_batches, "strict_coverage": strict_coverage,
        "no_screen": not screen, "today": day_of(today),
        "restore_zeros": restore_zeros, "no_changes": not changes}


def _ending(path: str, what: str) -> str:
    ending = os.path.splitext(path.removesuffix(".gz"))[1].lower()
    if ending not in (".parquet", ".csv") or (ending == ".parquet" and path.endswith(".gz")):
        raise Unsupported(f"{path}: {what} are .parquet and .csv")
    return ending


def _open(path: Any) -> Any:
    """The rows of a file, a batch at a time."""
    name = os.fsdecode(path)
    ending = _ending(name, "files that are read")
    pyarrow = kinds.package("pyarrow", f"reading {ending}")
    try:
        if ending == ".csv":
            return _open_csv(pyarrow, name)
        file = kinds.package("pyarrow.parquet", "reading Parquet").ParquetFile(
            name, pre_buffer=False)  # else all of the file is kept
        return pyarrow.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(65536))
    except (OSError, pyarrow.ArrowInvalid) as error:
        raise FileError(f"it cannot be read: {error}", file=name) from error


def _open_csv(pyarrow: Any, name: str) -> Any:
    """All columns as they are written: a code with a zero in front is no number."""
    csv = kinds.package("pyarrow.csv", "reading CSV")
    with csv.open_csv(name) as file:
        names = file.schema.names
    return csv.open_csv(name, convert_options=csv.ConvertOptions(
        column_types=dict.fromkeys(names, pyarrow.string()), strings_can_be_null=False))


@contextlib.contextmanager
def _writer(pyarrow: Any, name: str, ending: str, schema: Any) -> Iterator[Any]:
    if ending == ".csv":
        with kinds.package("pyarrow.csv", "writing CSV").CSVWriter(name, schema) as writer:
            yield writer
    else:
        with kinds.package("pyarrow.parquet", "writing Parquet").ParquetWriter(
                name, schema, compression="zstd") as writer:
            yield writer


def _write(stream: _tidewaiter.Stream, name: str, progress: Progress | None) -> Written:
    """Findings into a file beside, which takes its name when it is whole."""
    ending = _ending(name, "files that are written")
    pyarrow = kinds.package("pyarrow", f"writing {ending}")
    reader = kinds.reader_of(stream, progress)
    beside = f"{name}.{os.getpid()}.part"
    rows = 0
    try:
        try:
            with _writer(pyarrow, beside, ending, reader.schema) as writer:
                for batch in reader:
                    writer.write_batch(batch)
                    rows += batch.num_rows
            os.replace(beside, name)
        except (pyarrow.ArrowInvalid, FileNotFoundError, PermissionError) as error:
            raise FileError(f"it cannot be written: {error}", file=name) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)
    return Written(name, rows)
