"""Pages out of archives (WARC, WET), from any place in them, past what is broken."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from communique.engine.batch.storage import open_system
from communique.errors import ArchiveBroken
from communique.pages.declared import NOTHING_DECLARED, Declared
from communique.pages.opening import MAX_BYTES
from communique.sources.records import printable
from communique.sources.webarchives import MEDIA_TYPES

OK = 200
PAGE_TYPES = frozenset({*MEDIA_TYPES, ""})
_MAGIC = b"\x1f\x8b\x08"
_WINDOW = 1 << 20
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A page in an archive.

    Attributes:
        uri: Its address.
        content: Its bytes, inflated; one more than the reader takes where it has more.
        declared: What the archive says about it: the day of capture, the encoding.
        error: Why there is no content: the archive is broken here.
    """

    uri: str
    content: bytes = b""
    declared: Declared = NOTHING_DECLARED
    error: ArchiveBroken | None = None


def pages_of(address: str, start: int, end: int | None) -> Iterator[Record]:
    """Pages whose records begin in a range of an archive's bytes.

    What is no page (requests, images, pages that the server did not have) is passed over. At a record that cannot be
    inflated (or several in a row) one Record with an error is given; reading goes on with the next that can be found.

    Args:
        address: Path or address of the archive.
        start: First byte of the range; the first record that begins there or later is looked for.
        end: End of the range; None for the end of the archive.
    """
    system, path = open_system(address)
    with system.open(path, "rb") as file:
        at = find_record(file, start) if start else 0
        is_told = False
        while at is not None and (end is None or at < end):
            last = at
            try:
                for record in _iterate(file, at):
                    last = int(record.stream_pos)
                    if end is not None and last >= end:
                        return
                    if (page := _page_of(record)) is not None:
                        yield page
                    is_told = False
                return
            except OSError as error:
                if not is_told:  # one place may fail again when reading begins right before it
                    complaint = f"{address}: cannot be read at byte {last:,} or soon after ({error}). Fetch it again."
                    yield Record(uri=f"{address}#{last}", error=ArchiveBroken(complaint))
                is_told = True
                at = find_record(file, last + 1)


def find_record(file: BinaryIO, start: int) -> int | None:
    """Where the first gzipped record begins at or after a byte; None when there is none."""
    at = start
    while True:
        file.seek(at)
        window = file.read(_WINDOW + _HEAD)
        place = window.find(_MAGIC)
        while 0 <= place < _WINDOW:
            if _is_record(window[place : place + _HEAD]):
                return at + place
            place = window.find(_MAGIC, place + 1)
        if len(window) < _WINDOW + _HEAD:
            return None
        at += _WINDOW


def _is_record(head: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


def _iterate(file: BinaryIO, at: int) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(at)
    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    yield from ArchiveIterator(file, record_types=wanted, auto_decode="all")


def _page_of(record: Any) -> Record | None:
    if record.http_headers is not None:
        if record.http_headers.status_code != OK:
            return None
        media = record.http_content_type
    else:
        media = record.headers.get("Content-Type")
    if (media or "").partition(";")[0].strip().lower() not in PAGE_TYPES:
        return None
    uri = printable((record.headers.get("WARC-Target-URI") or record.record_id or "").strip("<>"))
    date = record.record_date
    declared = Declared(captured=date.date() if date else None, charset=record.http_charset)
    return Record(uri=uri, content=record.reader.read(MAX_BYTES + 1), declared=declared)
