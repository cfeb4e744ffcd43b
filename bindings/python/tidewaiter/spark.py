# SPDX-License-Identifier: Apache-2.0
"""Tables larger than one machine: `assess` over a DataFrame of Spark.

The package must be installed where the tasks run; the rulebook is inside it. Each task makes one
assessor and reads its rows as one stream.
"""
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from . import _tidewaiter, kinds
from .assessing import library_options
from .errors import ArgumentError, InputError

__all__ = ["assess"]

LINKS = 5_000_000
"""Consignees in shipments of several that are held in memory, to find what hangs together."""

_KEY, _ORDER, _SHIP, _PERSON = (f"__tidewaiter_{name}" for name in ("key", "at", "ship", "person"))


class _Task:
    """What a task runs: its batches as one stream of lines, the findings back."""

    def __init__(self, options: dict[str, Any], rulebook: str | None, schema: Any) -> None:
        self.options = options
        self.rulebook = rulebook
        self.schema = schema  # instants in Spark's unit

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        pyarrow = kinds.package("pyarrow", "Spark")
        batches = iter(batches)
        first = next(batches, None)
        if first is None:
            return

        def rows() -> Iterator[Any]:
            yield first
            yield from batches
        book = _tidewaiter.Rulebook(self.rulebook and _shipped(self.rulebook))
        stream = _tidewaiter.assess_stream(
            pyarrow.RecordBatchReader.from_batches(first.schema, rows()), book, **self.options)
        for batch in kinds.batches_of(stream, None):
            yield pyarrow.record_batch(batch).cast(self.schema)


def _shipped(name: str) -> str:
    path: str = kinds.package("pyspark", "Spark").SparkFiles.get(name)
    return path


def _ship(spark: Any, path: str | os.PathLike[str]) -> str:
    """A file to every machine, once; the name under which tasks find it."""
    name = os.fspath(path)
    if hasattr(spark, "addArtifact") and type(spark).__module__.startswith("pyspark.sql.connect"):
        spark.addArtifact(name, file=True)
    else:
        spark.sparkContext.addFile(name)
    return os.path.basename(name)


def _quoted(functions: Any, name: str) -> Any:
    """A column whose name may hold dots."""
    return functions.col("`" + name.replace("`", "``") + "`")


def _folded(functions: Any, name: str) -> Any:
    """A name such that all spellings that the library takes for one are one; others may be too."""
    text = functions.trim(functions.regexp_replace(
        _quoted(functions, name).cast("string"), r"\s+", " "))
    return functions.lower(functions.when(text != "", text))


def _roots(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of shipments and consignees that stand together, the least consignee that is reached from
    each, over shipments and consignees; those that are their own are left out."""
    above: dict[str, str] = {}

    def root(name: str) -> str:
        top = name
        while above.get(top, top) != top:
            top = above[top]
        while above.get(name, name) != top:
            name, above[name] = above[name], top
        return top
    first: dict[str, str] = {}
    for number, (shipment, consignee) in enumerate(pairs):
        if number >= LINKS:
            raise ArgumentError(f"more than {LINKS} consignees stand in shipments of several: "
                                "assess with shipments=False, or name shipments anew")
        one, two = root(first.setdefault(shipment, consignee)), root(consignee)
        above[max(one, two)] = min(one, two)
    return {name: top for name in above if (top := root(name)) != name}


def _persons(functions: Any, frame: Any, shipment: Any, consignee: Any) -> Any:
    """Rows with the person under whom they are brought together: the consignee, or the consignee of
    the same shipment; where a shipment has several, they are one."""
    pairs = frame.select(shipment.alias(_SHIP), consignee.alias(_KEY)) \
        .where(functions.col(_SHIP).isNotNull() & functions.col(_KEY).isNotNull()).distinct()
    several = pairs.groupBy(_SHIP).count().where("count > 1").select(_SHIP)
    roots = _roots((row[0], row[1]) for row in pairs.join(several, _SHIP).toLocalIterator())
    frame = frame.withColumn(_KEY, consignee)
    if frame.where(shipment.isNotNull() & consignee.isNull()).limit(1).count():
        of_shipment = pairs.groupBy(_SHIP).agg(functions.min(_KEY).alias(_PERSON))
        frame = frame.withColumn(_SHIP, shipment).join(of_shipment, _SHIP, "left") \
            .withColumn(_KEY, functions.coalesce(_KEY, _PERSON)).drop(_SHIP, _PERSON)
    if roots:
        known = frame.sparkSession.createDataFrame(sorted(roots.items()),
                                                   f"{_KEY} string, {_PERSON} string")
        frame = frame.join(known, _KEY, "left") \
            .withColumn(_KEY, functions.coalesce(_PERSON, _KEY)).drop(_PERSON)
    return frame


def _together(frame: Any, shipment: str | None, consignee: str | None, order: Any,
              partitions: int | None) -> Any:
    """Rows such that a partition holds all lines of its shipments and consignees, in the order of
    the input."""
    functions = kinds.package("pyspark.sql.functions", "Spark")
    names = frame.columns
    number = functions.monotonically_increasing_id()
    frame = frame.withColumn(
        _ORDER, number if order is None else functions.col(order) if isinstance(order, str) else order)
    none = functions.lit(None).cast("string")
    ship = none if shipment is None else _folded(functions, shipment)
    person = none if consignee is None else _folded(functions, consignee)
    if shipment is not None and consignee is not None:
        frame = _persons(functions, frame, ship, person)
        person = functions.col(_KEY)
    alone = functions.concat(functions.lit("\0"), functions.monotonically_increasing_id()
                             .cast("string"))
    frame = frame.withColumn(_KEY, functions.coalesce(
        person, functions.concat(functions.lit("\1"), ship), alone))
    key = functions.col(_KEY)
    spread = frame.repartition(partitions, key) if partitions else frame.repartition(key)
    return spread.sortWithinPartitions(_ORDER).select(*(_quoted(functions, name) for name in names))


def assess(df: Any, *, rulebook: str | os.PathLike[str] | None = None,
           order: Any = None, partitions: int | None = None,
           map: Mapping[str, str] | None = None, set: Mapping[str, str] | None = None,
           keep: Sequence[str] | Literal["*"] = (), value_from: str | None = None,
           decimal: Literal["point", "comma"] | None = None,
           date_format: Literal["mdy", "dmy", "ymd"] | None = None, detail: bool = True,
           daily_sum: bool = False, shipments: bool = True, strict_coverage: bool = False,
           screen: bool = True, restore_zeros: bool = False, changes: bool = True) -> Any:
    """The findings of a DataFrame of lines, as a DataFrame: one row a line.

    Options are those of `tidewaiter.assess`. `rulebook` is the path of a rulebook that is shipped
    to the tasks. Where the lines have a column that is read as shipment (unless
    `shipments=False`), and with `daily_sum` one of consignees, they are shuffled so that what
    belongs together is in one partition, and sorted there by `order`, a column that numbers
    the lines (default: the order in which Spark reads them): of lines with equal times of entry
    the first comes first. `partitions` is how many; default: as Spark decides. Lines that are
    assessed by themselves are not shuffled.

    Give `id` as a column: without one, lines are numbered within their partition. What a file
    decides by its first rows (the decimal mark, the order of dates), a partition would decide by
    its own: `decimal` and `date_format` say it for all.
    """
    types = kinds.package("pyspark.sql.pandas.types", "Spark")
    if not hasattr(df, "mapInArrow"):
        raise TypeError(f"a {type(df).__name__} is no DataFrame of Spark: tidewaiter.assess takes "
                        "other tables")
    twice = [name for i, name in enumerate(df.columns) if name in df.columns[:i]]
    if twice:
        raise InputError(f'column "{twice[0]}" is there twice: rename or drop one',
                         column=twice[0], row=None)
    pyarrow = kinds.package("pyarrow", "Spark")
    options = library_options(
        map=map, set=set, keep=keep, value_from=value_from, decimal=decimal,
        date_format=date_format, detail=detail, daily_sum=daily_sum, shipments=shipments,
        strict_coverage=strict_coverage, screen=screen, restore_zeros=restore_zeros,
        changes=changes)
    book = _tidewaiter.Rulebook(rulebook)
    lines = types.to_arrow_schema(df.schema, timezone="UTC")
    if lines.names != [str(name) for name in df.columns]:
        raise ArgumentError("the columns have no names that are told apart")
    read = _tidewaiter.read_columns(lines.__arrow_c_schema__(), book, **options)
    if set and {"shipment", "consignee"} & {*set}:
        raise ArgumentError("shipment and consignee are columns here, not set for all lines: one "
                            "task would have to hold them all")
    empty = _tidewaiter.assess_stream(lines.empty_table(), book, **options)
    schema = types.from_arrow_schema(pyarrow.table(empty).schema)
    shipment = read.get("shipment") if shipments else None
    consignee = read.get("consignee") if daily_sum else None
    if shipment is not None or consignee is not None:
        df = _together(df, shipment, consignee, order, partitions)
    elif partitions:
        df = df.repartition(partitions)
    shipped = None if rulebook is None else _ship(df.sparkSession, rulebook)
    return df.mapInArrow(_Task(options, shipped, types.to_arrow_schema(schema, timezone="UTC")), schema)
