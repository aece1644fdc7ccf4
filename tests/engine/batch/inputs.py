"""Made-up inputs: reports, documents that do harm, archives of pages."""

from __future__ import annotations

import gzip
from pathlib import Path

from communique.engine import Bench, ReadOptions, Source
from communique.model import Document
from communique.pages import open_document
from tests.fake_reader import FakeReader

REPORT = "The minister spoke first. Ann Ash met Bo Birch in Quin{number} and the two went on to the port."
WEATHER = "The rain of the week will go on, and the north of the island will be the coldest part of it."
GERMAN = "Der Minister hat sich mit dem Gesandten getroffen, und die beiden haben über die Lage auf der See gesprochen."
LONG_LINE = 50_000_000


def poison_bench(options: ReadOptions) -> Bench:
    """The real opener with the quick reader, which hangs, dies and fails as it is told to by the text."""

    def open_source(source: Source) -> Document:
        return open_document(source.data or b"", uri=source.uri, declared=source.declared)

    return Bench(open=open_source, reader=FakeReader())


def harmful(number: int) -> tuple[str, bytes, str]:
    """A document that does harm in one of eight ways: its name's ending, its bytes, the error that it must give."""
    report = REPORT.format(number=number)
    deep = f"<html><body>{'<div>' * 10_000}<p>{report}</p>"
    kinds: list[tuple[str, bytes, str]] = [
        (".html", gzip.compress(report.encode())[:-9], "DocumentNotText"),
        (".txt", bytes(range(128, 256)) * 20, "DocumentNotText"),
        (".txt", f"{report} CRASH".encode(), "KeyError"),
        (".txt", b"", "DocumentEmpty"),
        (".txt", f"{report} KILL".encode(), "WorkerDied"),
        (".html", deep.encode(), "ArticleNotFound"),
        (".txt", f"{report} HANG".encode(), "WorkerHung"),
        (".txt", b"x" * LONG_LINE, "DocumentTooLarge"),
    ]
    return kinds[number % len(kinds)]


def write_folder(folder: Path, good: int, bad: int) -> tuple[set[str], dict[str, str]]:
    """Writes reports with harmful documents strewn among them.

    Returns:
        Addresses of the good ones, and for the bad ones the error that each must give.
    """
    folder.mkdir()
    readable, errors = set(), {}
    every = (good + bad) // bad if bad else good + 1
    written = 0
    for number in range(good + bad):
        if written < bad and number % every == every - 1:
            ending, content, error = harmful(written)
            written += 1
            path = folder / f"{number:05d}{ending}"
            errors[str(path)] = error
        else:
            path = folder / f"{number:05d}.txt"
            content = REPORT.format(number=number).encode()
            readable.add(str(path))
        path.write_bytes(content)
    return readable, errors


def record(uri: str, page: bytes, *, status: int = 200, media: str = "text/html") -> bytes:
    """A page as a record of an archive, gzipped alone as crawlers do it."""
    http = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-03-03T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def page(text: str, language: str = "en") -> bytes:
    """A page with one paragraph."""
    return f'<html lang="{language}"><head><title>News</title></head><body><p>{text}</p></body></html>'.encode()
