"""What the fuzz tests and the long fuzz run share: seeds, how they are spoilt, and what must hold of anything."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from communique.errors import CommuniqueError
from communique.model import Document
from communique.pages import open_document
from communique.sources import Failure, Limits, SourceOptions
from communique.sources.containers import Container, entries_of, kind_of
from communique.sources.web.listings import read_listing
from communique.sources.web.outcomes import Page

CORPUS = Path(__file__).parent / "corpus"
# Every way in by which bytes of strangers come.
KINDS = ("text", "html", "pdf", "mhtml", "eml", "docx", "warc", "zip", "tar", "jsonl", "csv", "parquet", "feed")
CONTAINERS = frozenset(("warc", "zip", "tar", "jsonl", "csv", "parquet"))
# Documents of one container that are opened as well: its readers are what is tested.
DOCUMENTS = 3
OPTIONS = SourceOptions(limits=Limits(document=200_000, expanded=5_000_000, ratio_from=500_000, line=100_000))
# Pieces that parsers trip over.
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b"\n\n", b"<", b">", b"</p>", b"<p>", b"<script>", b"<!--",
    b"&#x0;", b"&amp;", b"%PDF-", b"endstream", b"endobj", b" 0 R", b"<<", b">>", b"/Kids [2 0 R]", b"startxref",
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n",
    b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"charset=utf-7",
    b"=?utf-8?B?", b"=?x?Q?", b"boundary=\"\"", b"--b\r\n", b'"', b"\\ud800", b"{", b"[", b"1e999", b"2024-02-30",
    b"31.12.9999", b"KELM, May 3 - ", b"By ", b"Tags: ", b"\xe2\x80\xa8", b"\xc2\xad", b"0" * 400, b"(" * 300,
)  # fmt: skip


@lru_cache(maxsize=len(KINDS))
def seeds(kind: str) -> list[bytes]:
    """The corpus of a kind, in the order of the names."""
    found = [path.read_bytes() for path in sorted(CORPUS.glob(f"{kind}-*"))]
    if not found:
        raise FileNotFoundError(f"no seeds {kind}-* in {CORPUS}")
    return found


def make_input(kind: str, number: int) -> bytes:
    """A spoilt seed; the same number gives the same bytes."""
    source = random.Random(f"{kind}:{number}")
    content = bytearray(source.choice(seeds(kind)))
    if kind == "docx" and number % 4:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = bytearray(package.read("word/document.xml"))
    for _ in range(source.choice((1, 1, 2, 4, 12))):
        _spoil(content, source, kind)
    return _pack(bytes(content)) if kind == "docx" and number % 4 else bytes(content)


def _pack(main_part: bytes) -> bytes:
    """An office document with this as its main part: one spoilt as a whole would get no further than zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seeds("docx")[0])) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            target.writestr(name, main_part if name == "word/document.xml" else source.read(name))
    return file.getvalue()


def _spoil(content: bytearray, source: random.Random, kind: str) -> None:
    place = source.randrange(len(content) + 1)
    length = min(source.choice((1, 2, 8, 64, 512)), len(content) - place)
    match source.randrange(8):
        case 0:
            del content[place:]
        case 1:
            del content[place : place + length]
        case 2:
            content[place : place + length] = source.randbytes(length)
        case 3:
            content[place:place] = content[place : place + length] * source.choice((1, 3, 40))
        case 4:
            other = source.choice(seeds(kind))
            start = source.randrange(len(other) + 1)
            content[place:place] = other[start : start + 400]
        case 5 if place < len(content):
            content[place] ^= 1 << source.randrange(8)
        case _:
            content[place : place + source.choice((0, 0, length))] = source.choice(TOKENS)


def check(kind: str, content: bytes) -> bool:
    """Reads bytes as somebody's document, container or feed: gives what holds, or failures of ours.

    Returns:
        Whether a document came of it, or an address of a feed.

    Raises:
        AssertionError: If a document does not hold, or an error is none of ours.
    """
    if kind == "feed":
        return _check_feed(content)
    documents = list(islice(_documents(kind, content), DOCUMENTS))
    for document in documents:
        _check_document(document)
    return bool(documents)


def _check_feed(content: bytes) -> bool:
    """Reads a feed or a sitemap; every address that comes of it is one of the web."""
    uri = "https://gazette.example/feed"
    page = Page(
        uri=uri,
        final_uri=uri,
        status=200,
        media_type="",
        body=content,
        fetched_at=dt.datetime(2031, 3, 10, tzinfo=dt.UTC),
    )
    try:
        listing = read_listing(page)
    except CommuniqueError as error:
        if not str(error).isprintable():
            raise AssertionError(f"not to be shown on a terminal: {error!r}") from error
        return False
    entries = [*listing.entries, *listing.sitemaps]
    assert all(entry.uri.startswith(("http://", "https://")) for entry in entries)
    return bool(entries)


def _documents(kind: str, content: bytes) -> Iterator[Document]:
    if kind not in CONTAINERS:
        yield from _open(content, "-")
        return
    with io.BytesIO(content) as file:
        container = Container(file=file, uri="-", name=f"-.{kind}", options=OPTIONS)
        chosen = kind_of(container)
        if chosen is None:
            yield from _open(content, "-")
            return
        for entry in entries_of(container, chosen, None):
            if isinstance(entry, Failure):
                assert entry.is_expected, entry.traceback
            else:
                yield from _open(entry.data or b"", entry.uri)


def _open(content: bytes, uri: str) -> Iterator[Document]:
    try:
        yield open_document(content, uri=uri)
    except CommuniqueError as error:
        if not str(error).isprintable():
            raise AssertionError(f"not to be shown on a terminal: {error!r}") from error


def _check_document(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
    document.text.encode("utf-8")
    (document.title or "").encode("utf-8")
    if document.published_evidence is not None:
        document.published_evidence.check(document.text)
