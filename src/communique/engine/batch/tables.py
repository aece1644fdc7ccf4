"""The tables of a batch, and how their rows become files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

import msgspec

from communique.model import Document, Readout
from communique.sources import Failure

TableFormat = Literal["parquet", "jsonl"]
# A day's worth of compression gains little over the default level; this is what Parquet readers all know.
COMPRESSION = "zstd"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadoutRow:
    """A document that was read.

    Attributes:
        uri: Path or address.
        document: SHA-256 of its bytes.
        published: Day of publication, ISO 8601.
        site: Outlet.
        title: Headline.
        readout: What it says, as JSON (docs/readout.md).
    """

    uri: str
    document: str
    published: str | None
    site: str | None
    title: str | None
    readout: str

    @classmethod
    def of(cls, document: Document, readout: Readout) -> ReadoutRow:
        """The row of a readout."""
        return cls(
            uri=document.uri,
            document=document.id,
            published=document.published.isoformat() if document.published else None,
            site=document.site,
            title=document.title,
            readout=readout.to_json(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """A document that could not be read: see ``engine.Failure``; without the traceback, which differs by machine."""

    uri: str
    error: str
    message: str
    is_expected: bool

    @classmethod
    def of(cls, failure: Failure) -> FailureRow:
        """The row of a failure."""
        return cls(uri=failure.uri, error=failure.error, message=failure.message, is_expected=failure.is_expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRow:
    """A page that is not in English, kept by address for later.

    Attributes:
        uri: Path or address.
        language: ISO 639-1 code, or "und".
    """

    uri: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """A print of a report that was not read, because an earlier print tells all of it.

    Attributes:
        uri: Path or address.
        document: SHA-256 of its bytes.
        published: Day of publication, ISO 8601.
        site: Outlet.
        title: Headline.
        copy_of: Path or address of the print that was read.
        copy_of_document: SHA-256 of that one's bytes.
        share: How much of this print stands in that one: shared shingles as a share of its own, 0 to 1.
    """

    uri: str
    document: str
    published: str | None
    site: str | None
    title: str | None
    copy_of: str
    copy_of_document: str
    share: float


Row = ReadoutRow | FailureRow | ForeignRow | CopyRow
TABLES: dict[str, type[Row]] = {
    "readouts": ReadoutRow,
    "failures": FailureRow,
    "foreign": ForeignRow,
    "copies": CopyRow,
}


def encode_rows(rows: Sequence[Row], table: str, form: TableFormat) -> bytes:
    """The bytes of a file with these rows; the same rows give the same bytes.

    Args:
        rows: Rows of one table, perhaps none.
        table: A name of ``TABLES``.
        form: JSONL has the readouts as ``communique read`` prints them, one a line.
    """
    if form == "jsonl":
        lines = (row.readout.encode() if isinstance(row, ReadoutRow) else msgspec.json.encode(row) for row in rows)
        return b"".join(line + b"\n" for line in lines)
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = fields(TABLES[table])
    types = {"bool": pa.bool_(), "float": pa.float64()}
    schema = pa.schema([(field.name, types.get(str(field.type), pa.string())) for field in columns])
    content = pa.table([[getattr(row, field.name) for row in rows] for field in columns], schema=schema)
    file = io.BytesIO()
    pq.write_table(content, file, compression=COMPRESSION)
    return file.getvalue()
