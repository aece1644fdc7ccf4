from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import FetchError
from communique.sources.web.bodies import read_body, unpack_gzip


def pieces_of(body: bytes, size: int = 7) -> Iterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@given(st.binary(max_size=500), st.integers(1, 50))
def test_a_packed_body_comes_out_as_it_was(body: bytes, size: int) -> None:
    assert read_body(pieces_of(gzip.compress(body, mtime=0), size), encoding="gzip", max_bytes=500) == body
    assert read_body(pieces_of(body, size), encoding="", max_bytes=500) == body
    assert unpack_gzip(gzip.compress(body, mtime=0), 500) == body


def test_a_body_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert len(read_body([b"x" * 100], encoding="identity", max_bytes=100)) == 100
    assert len(read_body([gzip.compress(b"x" * 100, mtime=0)], encoding="gzip", max_bytes=100)) == 100
    for encoding, body in (("", b"x" * 101), ("gzip", gzip.compress(b"x" * 101, mtime=0))):
        with pytest.raises(FetchError) as error:
            read_body([body], encoding=encoding, max_bytes=100)
        assert error.value.reason == "size"


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    consumed = 0

    def bomb() -> Iterator[bytes]:
        nonlocal consumed
        packer = zlib.compressobj(wbits=31)
        while True:
            consumed += 1
            yield packer.compress(b"\0" * 10_000_000)

    with pytest.raises(FetchError) as error:
        read_body(bomb(), encoding="gzip", max_bytes=1_000_000)
    assert error.value.reason == "size"
    assert consumed < 50


def test_packed_nothing_without_end_is_cut_off_too() -> None:
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(b"x") + packer.flush(zlib.Z_SYNC_FLUSH)
    empty_blocks = iter([start, *[b"\0\0\0\xff\xff" * 1000] * 100])
    with pytest.raises(FetchError) as error:
        read_body(empty_blocks, encoding="gzip", max_bytes=100_000)
    assert error.value.reason == "size"


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", b"x", "encoding"),
        ("gzip, gzip", b"x", "encoding"),
        ("gzip", b"not packed", "encoding"),
        ("gzip", gzip.compress(b"text" * 50, mtime=0)[:-9], "connection"),
        ("gzip", gzip.compress(b"one", mtime=0) + gzip.compress(b"two", mtime=0), "encoding"),
        ("gzip", b"", "connection"),
    ],
)
def test_a_body_that_is_not_what_it_says_is_refused(encoding: str, body: bytes, reason: str) -> None:
    with pytest.raises(FetchError) as error:
        read_body([body], encoding=encoding, max_bytes=1000)
    assert error.value.reason == reason


def test_a_file_that_is_not_packed_stays_as_it_is() -> None:
    assert unpack_gzip(b"<urlset/>", 5) == b"<urlset/>"
