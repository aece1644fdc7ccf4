"""Reads tables row by row: JSON lines, CSV and TSV, Parquet. Each row with a text is a document."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from communique.errors import ArchiveBroken, CommuniqueError, DocumentEmpty, DocumentTooLarge
from communique.sources.columns import Columns
from communique.sources.containers import Container
from communique.sources.records import Entry, Failure, Key, Position, Source, place, printable, resume
from communique.sources.sniffing import ContainerKind

# Rows may leave fields out: the columns of JSON lines are those that the first rows have between them.
ROWS_FOR_COLUMNS = 16
PARQUET_BATCH = 64
# The separators that CSV files are written with, the one that stands most often in the first line wins.
SEPARATORS = (",", ";", "\t", "|")

Row = Mapping[str, Any] | CommuniqueError


def table_entries(container: Container, kind: ContainerKind, after: Position | None) -> Iterator[Entry]:
    """The documents of a table; a row that is wrong costs itself alone.

    Raises:
        ColumnNotFound: If a column that was asked for is not there, or none looks like the text.
        ArchiveBroken: If the table as such cannot be read.
    """
    given = container.options.columns
    if kind == "parquet":
        columns, rows = _parquet(container)
    else:
        opened = _json_lines(container) if kind == "jsonl" else _csv(container)
        first = list(islice(opened, ROWS_FOR_COLUMNS))
        names = list(dict.fromkeys(str(name) for row in first if isinstance(row, Mapping) for name in row))
        if not names:
            raise next((row for row in first if isinstance(row, CommuniqueError)), DocumentEmpty("No rows are in it."))
        columns, rows = Columns.choose(names, given), chain(first, opened)
    for number, row, _ in resume(enumerate(rows, start=1), after):
        yield from place([_read(row, number, columns, container)], number)


def _read(row: Row, number: Key, columns: Columns, container: Container) -> Entry:
    uri = f"{container.uri}!/{number}"
    if isinstance(row, CommuniqueError):
        return Failure.of(uri, row)
    address = row.get(columns.uri) if columns.uri else None
    if isinstance(address, str) and "://" in address:
        uri = printable(address.strip())
    text = row.get(columns.text)
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    if not isinstance(text, str | bytes) or not text.strip():
        what = "empty" if not text else f"a {type(text).__name__}, not a text"
        return Failure.of(uri, DocumentEmpty(f"Row {number}: the column {columns.text!r} is {what}."))
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    return Source(uri=uri, data=data, declared=columns.declare(row))


def _json_lines(container: Container) -> Iterator[Row]:
    for line in _lines(container):
        if isinstance(line, CommuniqueError):
            yield line
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ArchiveBroken(f"The line is not JSON ({error}).")
            continue
        yield row if isinstance(row, dict) else ArchiveBroken("The line is JSON, but not an object with columns.")


def _lines(container: Container) -> Iterator[bytes | CommuniqueError]:
    """The lines of a file; of one that is too long only that it is, and never more than the limit in memory."""
    limit = container.options.limits.line
    while line := container.file.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line.removeprefix(codecs.BOM_UTF8)
            continue
        length = len(line)
        while (rest := container.file.readline(1 << 20)) and not rest.endswith(b"\n"):
            length += len(rest)
        yield DocumentTooLarge(f"A line of more than {length:,} bytes; the limit is {limit:,}.")


def _csv(container: Container) -> Iterator[Row]:
    csv.field_size_limit(container.options.limits.line)
    complaints: list[CommuniqueError] = []
    lines = _decode(container, complaints)
    first = next(lines, "")
    is_tabbed = container.name.lower().endswith(".tsv")
    separator = "\t" if is_tabbed else max(SEPARATORS, key=first.count)
    reader = csv.DictReader(chain([first], lines), delimiter=separator)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield ArchiveBroken(f"The row is no CSV ({error}).")
            continue
        yield from complaints
        complaints.clear()
        if row is None:
            return
        if None in row:
            yield ArchiveBroken(
                "The row has more cells than the table has columns. Put quotation marks round its text."
            )
        else:
            yield row


def _decode(container: Container, complaints: list[CommuniqueError]) -> Iterator[str]:
    """The lines of a CSV file as text; one wrong byte must not cost the table."""
    for line in _lines(container):
        if isinstance(line, bytes):
            yield line.decode("utf-8", "replace").replace("\0", "")
        else:
            complaints.append(line)


def _parquet(container: Container) -> tuple[Columns, Iterator[Row]]:
    from pyarrow import lib, parquet

    try:
        table = parquet.ParquetFile(container.file, memory_map=False)
    except (lib.ArrowException, OSError) as error:
        raise ArchiveBroken(f"No Parquet file, or a damaged one ({error}).") from error
    columns = Columns.choose(table.schema_arrow.names, container.options.columns)
    batches = table.iter_batches(batch_size=PARQUET_BATCH, columns=columns.names)
    return columns, (row for batch in batches for row in batch.to_pylist())
