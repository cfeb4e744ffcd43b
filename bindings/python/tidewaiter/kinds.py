# SPDX-License-Identifier: Apache-2.0
"""Tables of other packages: known by their names, so that none of them must be installed."""
from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from . import _tidewaiter
from .errors import Unsupported

Progress = Callable[[int, int], object]
"""Called between batches with the rows read and the rows answered so far."""

_KINDS = {("pyarrow", "Table"), ("pyarrow", "RecordBatch"), ("pyarrow", "RecordBatchReader"),
          ("polars", "DataFrame"), ("polars", "LazyFrame"), ("duckdb", "DuckDBPyRelation"),
          ("pandas", "DataFrame")}


def kind_of(data: object) -> tuple[str, str] | None:
    """The package and the name of a table that is known."""
    for base in type(data).__mro__:
        kind = base.__module__.split(".")[0].lstrip("_"), base.__name__
        if kind in _KINDS:
            return kind
    return None


def package(name: str, what: str) -> Any:
    """An installed package that is not ours to require."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Unsupported(f"{what} needs the package {name.split('.')[0]}, which is not installed: "
                          f"pip install {name.split('.')[0]}") from None


def batches_of(stream: _tidewaiter.Stream, progress: Progress | None
               ) -> Iterator[_tidewaiter.Batch]:
    """The batches of a stream. A signal is heard, and progress told, between those it reads."""
    try:
        while (batch := stream.take(progress)) is not None:
            if progress is not None:
                progress(stream.rows_in, stream.rows_out)
            yield batch
    finally:
        stream.close()


def gathered(stream: _tidewaiter.Stream, progress: Progress | None) -> _tidewaiter.Stream:
    """All of a stream, in memory."""
    schema = stream.__arrow_c_schema__()
    return _tidewaiter.gather(schema, list(batches_of(stream, progress)))


def reader_of(stream: _tidewaiter.Stream, progress: Progress | None) -> Any:
    """A RecordBatchReader of pyarrow, which reads as it is read."""
    pyarrow = package("pyarrow", "this kind of table")
    schema = pyarrow.schema(_Schema(stream.__arrow_c_schema__()))
    return pyarrow.RecordBatchReader.from_batches(
        schema, (pyarrow.record_batch(batch) for batch in batches_of(stream, progress)))


class _Schema:
    """A capsule of a schema as pyarrow takes it."""

    def __init__(self, capsule: object) -> None:
        self.capsule = capsule

    def __arrow_c_schema__(self) -> object:
        return self.capsule


def source_of(data: Any, kind: tuple[str, str] | None) -> Any:
    """What gives the rows of a table as a stream."""
    if kind == ("polars", "LazyFrame"):
        return data.collect()
    if kind == ("pandas", "DataFrame") and not hasattr(data, "__arrow_c_stream__"):
        return package("pyarrow", "pandas before 2.2").Table.from_pandas(data)
    if kind == ("duckdb", "DuckDBPyRelation") and not hasattr(data, "__arrow_c_stream__"):
        return data.fetch_record_batch()
    return data


def like(data: Any, kind: tuple[str, str] | None, stream: _tidewaiter.Stream,
         progress: Progress | None) -> Any:
    """The findings of a table as one of its kind, a row for each of its rows."""
    made = table_of(kind, stream, progress)
    if kind == ("pandas", "DataFrame"):
        made.index = data.index
    return made


def table_of(kind: tuple[str, str] | None, stream: _tidewaiter.Stream,
             progress: Progress | None) -> Any:
    """A stream as a table of a kind; of none that is known, as it is."""
    if kind is None:
        return stream
    name = kind[1]
    if name == "RecordBatchReader":
        return reader_of(stream, progress)
    if name == "RecordBatch":
        pyarrow = package("pyarrow", "a RecordBatch")
        table = pyarrow.table(gathered(stream, progress)).combine_chunks()
        made = table.to_batches() or [pyarrow.RecordBatch.from_pylist([], table.schema)]
        return made[0]
    rows = gathered(stream, progress)
    if kind[0] == "pyarrow":
        return package("pyarrow", "a Table").table(rows)
    if kind[0] == "polars":
        frame = package("polars", "a DataFrame").DataFrame(rows)
        return frame.lazy() if name == "LazyFrame" else frame
    if kind[0] == "duckdb":
        return package("duckdb", "a relation").from_arrow(
            package("pyarrow", "a relation of DuckDB").table(rows))
    pandas = package("pandas", "a DataFrame")
    if hasattr(pandas.DataFrame, "from_arrow"):
        return pandas.DataFrame.from_arrow(rows)
    return package("pyarrow", "pandas before 3").table(rows).to_pandas()


def is_path(data: object) -> bool:
    return isinstance(data, (str, bytes, os.PathLike))
