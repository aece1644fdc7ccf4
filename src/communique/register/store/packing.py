"""Compressed columns: texts, originals and readouts (Zstandard)."""

from __future__ import annotations

import zstandard

LEVEL = 6


def pack(content: bytes | str) -> bytes:
    """Compresses bytes, or a text as UTF-8."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def unpack(content: bytes | memoryview) -> bytes:
    """The bytes again."""
    return zstandard.ZstdDecompressor().decompress(bytes(content))


def unpack_text(content: bytes | memoryview) -> str:
    """The text again."""
    return unpack(content).decode("utf-8", "surrogatepass")
