"""Streams that count: what comes out of a decompressor is held against limits before anybody keeps it."""

from __future__ import annotations

import gzip
import io
import tempfile
from typing import Any, BinaryIO, Protocol

from communique.errors import ArchiveTooLarge
from communique.sources.options import Limits

_CHUNK = 1 << 16
# Zstd is fed in small pieces, since all that a piece unfolds to comes at once: 32 MB at the very most.
_FEED = 1024


class Readable(Protocol):
    """What gives bytes in order; it may give fewer than were asked for."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, none at the end."""
        ...


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a gzip or zstd file.

    Args:
        packed: The packed file.
        kind: "gzip" or "zstd".
        limits: What it may unfold to.

    Raises:
        ArchiveTooLarge: On reading, when more came out than the limits allow.
        OSError, EOFError, zlib.error: On reading, when it is damaged or cut off.
    """

    def __init__(self, packed: BinaryIO, kind: str, limits: Limits) -> None:
        self._packed = packed
        self._limits = limits
        self._stream = _open(packed, kind)
        self._count = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills a buffer with the next bytes."""
        data = self._stream.read(min(len(buffer), _CHUNK))
        buffer[: len(data)] = data
        self._count += len(data)
        check_expansion(self._count, self._packed.tell(), self._limits)
        return len(data)


def _open(packed: BinaryIO, kind: str) -> Readable:
    if kind == "gzip":
        return gzip.GzipFile(fileobj=packed)
    return _Zstandard(packed)


class _Zstandard:
    """The unpacked bytes of a zstd file; unlike the library's own stream it tells when the file is cut off."""

    def __init__(self, packed: BinaryIO) -> None:
        import zstandard

        # A frame may ask for any amount of memory: 128 MB is what the format advises decoders to grant.
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27)
        self._error = zstandard.ZstdError
        self._frame: Any = None
        self._packed, self._rest = packed, b""
        self._ready, self._given = b"", 0

    def read(self, size: int, /) -> bytes:
        """The next bytes.

        Raises:
            OSError: If the file is damaged.
            EOFError: If it is cut off.
        """
        while self._given == len(self._ready):
            piece = self._rest or self._packed.read(_FEED)
            if not piece:
                if self._frame is not None:
                    raise EOFError("the last frame is cut off")
                return b""
            self._ready, self._given = self._unpack(piece), 0
        start = self._given
        self._given = min(start + size, len(self._ready))
        return self._ready[start : self._given]

    def _unpack(self, piece: bytes) -> bytes:
        self._frame = self._frame or self._decompressor.decompressobj()
        try:
            ready: bytes = self._frame.decompress(piece)
        except self._error as error:
            raise OSError(str(error)) from error
        self._rest = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
        return ready


def check_expansion(expanded: int, packed: int, limits: Limits) -> None:
    """Refuses what unfolds to too much.

    Args:
        expanded: Bytes that came out so far.
        packed: Bytes that they were packed in.
        limits: What is allowed.

    Raises:
        ArchiveTooLarge: If it is more.
    """
    if expanded > limits.expanded:
        raise ArchiveTooLarge(
            f"It unfolds to more than {limits.expanded:,} bytes. Split it, or raise the limit `expanded`."
        )
    if expanded > limits.ratio_from and expanded > limits.ratio * max(packed, 1):
        raise ArchiveTooLarge(
            f"{packed:,} bytes unfold to {expanded:,}, more than {limits.ratio} for one: it looks like a bomb. "
            "Unpack it yourself if you trust it."
        )


def read_document(stream: Readable, head: bytes, limits: Limits) -> bytes:
    """The rest of a document after its first bytes; one byte more than the limit at most, which its opener refuses."""
    pieces, left = [head[: limits.document + 1]], limits.document + 1 - len(head)
    while left > 0 and (piece := stream.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_head(stream: Readable, size: int) -> bytes:
    """The first ``size`` bytes of a stream that may give fewer at a time."""
    pieces, left = [], size
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def spool(stream: Readable, head: bytes, limits: Limits) -> BinaryIO:
    """A stream as a file that can be searched: a nameless one in the system's folder for temporary files.

    Raises:
        ArchiveTooLarge: If it is longer than the limits allow.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked for it closes it
    try:
        file.write(head)
        size = len(head)
        while piece := stream.read(_CHUNK):
            size += len(piece)
            check_expansion(size, size, limits)
            file.write(piece)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
