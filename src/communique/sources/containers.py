"""Opens a container of any kind and gives what is in it, container by container inwards."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, Any, BinaryIO

from communique.errors import ArchiveBroken, ArchiveTooLarge, CommuniqueError
from communique.sources.options import SourceOptions
from communique.sources.records import Entry, Failure, Position, Source, printable
from communique.sources.sniffing import HEAD_BYTES, ContainerKind, container_kind, is_tar, unpacked_name
from communique.sources.streams import Unpacked, read_document, read_head, spool

# The place of what ends a container, behind all that may be in it (and still a whole number to every reader of JSON).
END = (1 << 53) - 1

# What zipfile, tarfile, gzip and pyarrow raise on damaged files. zipfile has RuntimeError for passwords, and
# NotImplementedError for methods of packing that it does not know.
DAMAGE = (
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file that may hold many documents.

    Attributes:
        file: Its bytes; can be searched unless the kind is read as a stream.
        uri: How it is called.
        name: Its name, for what its bytes do not tell.
        options: How to open it.
        depth: How many containers it lies in.
    """

    file: BinaryIO
    uri: str
    name: str
    options: SourceOptions
    depth: int = 0


def kind_of(container: Container) -> ContainerKind | None:
    """The kind of a container that can be searched; None for a document."""
    head = container.file.read(HEAD_BYTES)
    container.file.seek(0)
    return container_kind(head, container.name)


def entries_of(container: Container, kind: ContainerKind, after: Position | None) -> Iterator[Entry]:
    """What is in a container, in order; whatever goes wrong on the way is a Failure and ends it.

    Args:
        container: The container.
        kind: What it is.
        after: Position inside it after which to go on; None from the beginning.
    """
    if after == (END,):
        return
    try:
        yield from _open(container, kind, after)
    except Exception as error:  # a defect must cost no more than the container that shows it
        yield replace(Failure.of(container.uri, as_own_error(error)), position=(END,))


def _open(container: Container, kind: ContainerKind, after: Position | None) -> Iterator[Entry]:
    if container.depth > container.options.limits.depth:
        raise ArchiveTooLarge(
            f"Archives in archives, deeper than {container.options.limits.depth}. Unpack the outer ones first."
        )
    match kind:
        case "gzip" | "zstd":
            return _unpack(container, kind, after)
        case "zip":
            from communique.sources.archives import zip_entries

            return zip_entries(container, after)
        case "tar":
            from communique.sources.archives import tar_entries

            return tar_entries(container, after)
        case "warc":
            from communique.sources.webarchives import web_archive_entries

            return web_archive_entries(container, after)
        case _:
            from communique.sources.tables import table_entries

            return table_entries(container, kind, after)


def _unpack(container: Container, kind: str, after: Position | None) -> Iterator[Entry]:
    """What one packed file holds: a tar or a table, read as it unfolds; another container; or one document."""
    limits = container.options.limits
    stream = io.BufferedReader(Unpacked(container.file, kind, limits), 1 << 16)
    name = unpacked_name(container.name)
    head = read_head(stream, HEAD_BYTES)
    inner = container_kind(head, name)
    if inner is None:
        if after is None:
            yield Source(uri=container.uri, data=read_document(stream, head, limits))
        return
    rejoined = io.BufferedReader(Rejoined(head, stream), 1 << 16)
    if is_tar(head) or inner in ("jsonl", "csv"):
        yield from _open(replace(container, file=rejoined, name=name, depth=container.depth + 1), inner, after)
        return
    with spool(stream, head, limits) as file:
        yield from _open(replace(container, file=file, name=name, depth=container.depth + 1), inner, after)


def member_entries(container: Container, stream: IO[bytes], name: str, after: Position | None) -> Iterator[Entry]:
    """What a member of an archive gives: itself, or what is in it when it is a container.

    Args:
        container: The archive that it lies in.
        stream: Its bytes.
        name: Its path in the archive.
        after: Position inside it after which to go on.
    """
    limits = container.options.limits
    uri = f"{container.uri}!/{printable(name)}"
    head = read_head(stream, HEAD_BYTES)
    kind = container_kind(head, name)
    if kind is None:
        if after is None:
            yield Source(uri=uri, data=read_document(stream, head, limits))
        return
    with spool(stream, head, limits) as file:
        inner = replace(container, file=file, uri=uri, name=name, depth=container.depth + 1)
        yield from entries_of(inner, kind, after)


class Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already, from its beginning."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills a buffer with the next bytes."""
        if self._head:
            piece, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def as_own_error(error: Exception) -> Exception:
    """What the parsers of archives raise on damaged ones as an error of ours; anything else is a defect and stays."""
    if isinstance(error, CommuniqueError) or not isinstance(error, DAMAGE):
        return error
    complaint = printable(" ".join(str(error).split())) or type(error).__name__
    return ArchiveBroken(f"Damaged or cut off ({complaint}). What was read before this place stands; fetch it again.")
