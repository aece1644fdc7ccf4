"""Unpacks bodies piece by piece, so that a small one cannot grow beyond its cap unnoticed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from communique.errors import FetchError

# All that is asked for (Accept-Encoding). An answer packed in another way is refused.
GZIP = "gzip"
# zlib's way to say: gzip with its header.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"


def read_body(pieces: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
    """Reads a body to its end, unpacked.

    Args:
        pieces: The body as it comes from the network.
        encoding: The value of Content-Encoding; "" for none.
        max_bytes: Most bytes, of what was sent and of what comes out.

    Raises:
        FetchError: If it has more, is packed in another way than asked for, or breaks off.
    """
    packing = encoding.strip().lower()
    if packing in {"", "identity"}:
        return b"".join(_capped(pieces, max_bytes))
    if packing not in {GZIP, "x-gzip"}:
        raise FetchError(f"It is packed as {encoding!r}, which was not asked for.", reason="encoding")
    return _unpack(_capped(pieces, max_bytes), max_bytes)


def unpack_gzip(body: bytes, max_bytes: int) -> bytes:
    """Unpacks a file such as ``sitemap.xml.gz``; a body that is not gzip is given back as it is.

    Raises:
        FetchError: If more than ``max_bytes`` come out, or it breaks off.
    """
    return _unpack((body,), max_bytes) if body.startswith(_GZIP_MAGIC) else body


def _unpack(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    unpacked = bytearray()
    try:
        for piece in pieces:
            # One byte more than allowed is enough to know, and nothing beyond it is ever unpacked.
            unpacked += unpacker.decompress(piece, max_bytes + 1 - len(unpacked))
            if len(unpacked) > max_bytes:
                raise _too_large(max_bytes)
    except zlib.error as error:
        raise FetchError(f"It is not the gzip it says it is ({error}).", reason="encoding") from error
    if unpacker.unused_data.startswith(_GZIP_MAGIC):
        raise FetchError("It is packed in several pieces one behind the other, which is not read.", reason="encoding")
    if not unpacker.eof:
        raise FetchError("It breaks off in the middle.", reason="connection")
    return bytes(unpacked)


def _capped(pieces: Iterable[bytes], max_bytes: int) -> Iterable[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > max_bytes:
            raise _too_large(max_bytes)
        yield piece


def _too_large(max_bytes: int) -> FetchError:
    return FetchError(f"It has more than the limit of {max_bytes:,} bytes.", reason="size")
