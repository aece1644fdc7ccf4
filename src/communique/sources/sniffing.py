"""Tells containers from documents by their first bytes; names decide only where bytes cannot (CSV, JSON lines)."""

from __future__ import annotations

import gzip
import zlib
from typing import Literal

ContainerKind = Literal["zip", "tar", "gzip", "zstd", "warc", "parquet", "jsonl", "csv"]
# So many bytes decide; the magic of tar stands at 257.
HEAD_BYTES = 4096
# Endings of documents; of files without one the bytes decide. Used inside folders and archives, where everything else
# (pictures, style sheets) is passed over; a file that is named outright is tried whatever its ending.
DOCUMENT_ENDINGS = (".txt", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".eml", ".docx", ".pdf")
ARCHIVE_ENDINGS = (".zip", ".wacz", ".tar", ".tgz", ".warc", ".wet", ".gz", ".zst")
TABLE_ENDINGS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_PACKED_ENDINGS = (".gz", ".zst")
_PACKED_NAMES = {".tgz": ".tar"}
# The first member of an office document; any other zip is an archive.
_OFFICE_FIRST = (b"[Content_Types].xml", b"mimetype", b"_rels/", b"word/", b"docProps/", b"xl/", b"ppt/")


def container_kind(head: bytes, name: str) -> ContainerKind | None:
    """What kind of container begins with these bytes; None for a document.

    Args:
        head: The first HEAD_BYTES bytes, or all when there are fewer.
        name: The file's name, for what bytes do not tell.
    """
    lowered = name.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if _is_office(head) or lowered.endswith(".docx") else "zip"
    if head.startswith(b"\x1f\x8b"):
        return "warc" if unpack_head(head).startswith(b"WARC/") else "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "warc" if lowered.endswith((".warc.zst", ".wet.zst")) else "zstd"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if is_tar(head):
        return "tar"
    if lowered.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    return "csv" if lowered.endswith((".csv", ".tsv")) else None


def is_tar(head: bytes) -> bool:
    """Whether the bytes begin a tar archive."""
    return head[257:262] == b"ustar"


def is_worth_opening(name: str, *, tables: bool) -> bool:
    """Whether a file found in a folder or an archive may be a report, by its ending.

    Args:
        name: The file's name.
        tables: Whether tables count. In a folder they do not, since the readouts of an earlier run may lie there.
    """
    inner = unpacked_name(name.lower())
    if inner.endswith(TABLE_ENDINGS):
        return tables
    return "." not in inner.strip(".") or inner.endswith((*DOCUMENT_ENDINGS, *ARCHIVE_ENDINGS))


def is_container_name(name: str) -> bool:
    """Whether a name alone says that there may be many documents in it."""
    return unpacked_name(name.lower()).endswith((*ARCHIVE_ENDINGS, *TABLE_ENDINGS))


def unpacked_name(name: str) -> str:
    """The name of what is packed in a gzip or zstd file: ``dump.csv`` for ``dump.csv.gz``."""
    for ending, inner in _PACKED_NAMES.items():
        if name.lower().endswith(ending):
            return name[: -len(ending)] + inner
    for ending in _PACKED_ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def unpack_head(head: bytes) -> bytes:
    """The first bytes of what a gzip file holds, as far as its own first bytes tell; empty when it is damaged."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, HEAD_BYTES)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def _is_office(head: bytes) -> bool:
    length = int.from_bytes(head[26:28], "little")
    return head[30 : 30 + length].startswith(_OFFICE_FIRST)
