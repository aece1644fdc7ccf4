"""Parquet: one file a table, with types, compressed; for DuckDB, pandas, R, and ``communique sql``.

Arrow's writer is used, not DuckDB's: that would take the rows from a thread of its own, and the database's connection,
with the moment that it shows, belongs to this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from communique.exchange.columns import Column, ColumnType, Record, Table
from communique.exchange.selection import Selection
from communique.exchange.tables import TABLES
from communique.exchange.writing import Written

# Rows of one row group. DuckDB reads a group at a time, and this writer holds one: some ten megabytes.
GROUP = 10_000
# Values in their lists after which a group ends early: citations of actors who are named everywhere would fill it.
LISTED = 50_000

TYPES: dict[ColumnType, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "truth": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
    "object": pa.string(),
}


def write(selection: Selection, folder: Path, _name: str) -> Sequence[Written]:
    """Writes all tables."""
    return [write_table(table, selection, folder / f"{table.name}.parquet") for table in TABLES]


def write_table(table: Table, selection: Selection, path: Path) -> Written:
    """Writes one table to a file."""
    schema = pa.schema([_field(column) for column in table.columns], metadata={"meaning": table.meaning})
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in _groups(table, _plain(table, selection)):
            columns = list(zip(*chunk, strict=True))
            writer.write_table(
                pa.Table.from_arrays(
                    [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)],
                    schema=schema,
                )
            )
            rows += len(chunk)
    return Written(name=path.name, rows=rows)


def _groups(table: Table, records: Iterable[Record]) -> Iterator[list[Record]]:
    """The records of one row group after the other."""
    lists = [number for number, column in enumerate(table.columns) if column.type == "texts"]
    group: list[Record] = []
    listed = 0
    for record in records:
        group.append(record)
        listed += sum(len(record[number]) for number in lists)
        if len(group) >= GROUP or listed >= LISTED:
            yield group
            group, listed = [], 0
    if group:
        yield group


def _field(column: Column) -> Any:
    return pa.field(column.name, TYPES[column.type], metadata={"meaning": column.meaning})


def _plain(table: Table, selection: Selection) -> Iterator[Record]:
    """The records, objects as JSON."""
    objects = [number for number, column in enumerate(table.columns) if column.type == "object"]
    if not objects:
        yield from table.records(selection)
        return
    encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode
    for record in table.records(selection):
        values = list(record)
        for number in objects:
            values[number] = encode(values[number]).decode()
        yield tuple(values)
