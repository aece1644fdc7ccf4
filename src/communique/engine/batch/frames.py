"""Files of records that are read back one after the other: what one pass over the shards leaves for the next."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeVar

import msgspec
import zstandard

_LENGTH = struct.Struct("<Q")
_LEVEL = 3
_Record = TypeVar("_Record")


class FrameWriter:
    """Packs records as they come, so that only their packed bytes are held."""

    def __init__(self) -> None:
        self._content = io.BytesIO()
        self._packed = zstandard.ZstdCompressor(level=_LEVEL).stream_writer(self._content, closefd=False)

    def add(self, records: Iterable[object]) -> None:
        """Takes in records, each of them one that msgspec can encode."""
        for record in records:
            encoded = msgspec.msgpack.encode(record)
            self._packed.write(_LENGTH.pack(len(encoded)))
            self._packed.write(encoded)

    def close(self) -> bytes:
        """The bytes of the file. Nothing can be added after."""
        self._packed.flush(zstandard.FLUSH_FRAME)
        return self._content.getvalue()


def read_frames(file: BinaryIO, kind: type[_Record]) -> Iterator[_Record]:
    """The records of a file, one held at a time.

    Args:
        file: What a FrameWriter made.
        kind: The class of its records.

    Raises:
        msgspec.MsgspecError: If they are others.
    """
    decoder = msgspec.msgpack.Decoder(kind)
    with zstandard.ZstdDecompressor().stream_reader(file, closefd=False) as packed:
        while head := packed.read(_LENGTH.size):
            (length,) = _LENGTH.unpack(head)
            yield decoder.decode(packed.read(length))
