"""Reads web archives (WARC, WARC.gz, WET) record by record."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from communique.errors import ArchiveBroken, DocumentTooLarge
from communique.pages.declared import Declared
from communique.sources.containers import Container
from communique.sources.records import Entry, Failure, Position, Source, place, printable, resume

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

# Media types that hold reports; a record without one is opened by its bytes. Pictures and scripts are passed over.
MEDIA_TYPES = (
    "text/html",
    "text/plain",
    "application/xhtml+xml",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
    "multipart/related",
)
OK = 200
GZIP = b"\x1f\x8b"
# A transfer encoding adds little to a page; what is so much larger than the limit is none.
MOST_TO_DECODE = 2


def web_archive_entries(container: Container, after: Position | None) -> Iterator[Entry]:
    """The pages of a web archive: what was answered with status 200 and is of a type that is read.

    Yields:
        Sources called by their target address, with the day of capture; a Failure for each record that is damaged.

    Raises:
        ArchiveBroken: If the archive ends in the middle of a record, or is damaged; the message names the place.
    """
    for number, record, _ in resume(enumerate(_records(container)), after):
        yield from place(_read(record, container), number)


def _records(container: Container) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    offset = 0
    try:
        for record in ArchiveIterator(container.file, record_types=wanted, parse_http=False, auto_decode="none"):
            offset = record.stream_pos
            yield record
    except OSError as error:
        raise ArchiveBroken(
            f"Damaged after the record at byte {offset:,} ({error}). The records up to it were read; fetch it again."
        ) from error
    if not _ends_whole(container.file, offset):
        raise ArchiveBroken(
            f"Cut off after the record at byte {offset:,}. The records up to it were read; fetch it again."
        )


def _read(record: WarcRecord, container: Container) -> Iterator[Entry]:
    """The page of one record; none when it is no page. A record that is damaged costs itself alone."""
    uri = printable((record.headers.get("WARC-Target-URI") or "").strip("<> ")) or container.uri
    try:
        data = _payload(record, container.options.limits.document)
    except (ArchiveBroken, DocumentTooLarge) as error:
        yield Failure.of(uri, error)
    except (OSError, ValueError) as error:
        yield Failure.of(uri, ArchiveBroken(f"The record at byte {record.stream_pos:,} cannot be decoded ({error})."))
    else:
        if data is not None:
            date = record.record_date
            declared = Declared(captured=date.date() if date else None, charset=record.http_charset)
            yield Source(uri=uri, data=data, declared=declared)


def _payload(record: WarcRecord, limit: int) -> bytes | None:
    """The decoded bytes of a page, one more than the limit at most; None for what is no page."""
    if record.headers.get("Content-Length") is None:
        raise ArchiveBroken(f"The record at byte {record.stream_pos:,} is cut off in its head. Fetch it again.")
    length = record.content_length
    # Asked before freeze(), which sets aside as much memory as the record claims to need.
    if length > limit * MOST_TO_DECODE:
        raise DocumentTooLarge(f"{length:,} bytes, more than the limit of {limit:,}. Raise it if it is a report.")
    record.freeze()
    if record.content_length < length:
        raise ArchiveBroken(
            f"The record at byte {record.stream_pos:,} is cut off: {record.content_length:,} of {length:,} bytes are "
            "there. Fetch it again."
        )
    if record.is_http:
        record.parse_http(auto_decode="all")
        if record.http_headers.status_code != OK:
            return None
    media_type = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    if media_type and media_type.split(";")[0].strip().lower() not in MEDIA_TYPES:
        return None
    return record.reader.read(limit + 1)


def _ends_whole(file: BinaryIO, offset: int) -> bool:
    """Whether a gzip file is whole from the record at ``offset`` to its end; fastwarc ends in silence where one is cut.

    Files of other kinds answer True: a record that is cut in them is noticed by its own length.
    """
    file.seek(0)
    if file.read(2) != GZIP:
        return True
    file.seek(offset)
    if file.read(2) != GZIP:
        offset = 0  # not a member for each record but one for all: nothing less than all of it tells
    file.seek(offset)
    inflater, is_whole = zlib.decompressobj(16 + zlib.MAX_WBITS), True
    while packed := file.read(1 << 16):
        while packed:
            is_whole = False
            try:
                inflater.decompress(packed, 1 << 20)
            except zlib.error:
                return not packed.strip(b"\0")  # zeros may fill up the last block of a tape
            if inflater.eof:
                packed, is_whole = inflater.unused_data, True
                inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
            else:
                packed = inflater.unconsumed_tail
    return is_whole
