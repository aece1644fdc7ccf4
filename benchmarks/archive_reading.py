"""How fast an archive is read with the gate in between, beside reading its bytes alone.

    python benchmarks/archive_reading.py [--pages 4000] [--rounds 3] [--at-least 0.5]

The archive is made here: pages of some 50 to 100 kB as sites make them (styles, scripts, menus, teasers). 1 in 200
holds a report of an engagement; 1 in 10 names somebody in its menu, half of these near a word that may tell one; 1 in 5
is not English. Raw reading and reading with the gate take turns on the same file. Ends with exit code 1 when the ratio
is below ``--at-least``.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from communique.engine.gate import Gate

TARGET = 0.5
RELEVANT, NAMING, FOREIGN = 1 / 200, 1 / 10, 1 / 5
ENGLISH = "the of and to in a for on with that is was said it by as at from will be has its after new".split()
OTHER = "der die und das von mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat".split()
REPORT = "<p>The defence minister of Veldia met the commander of the Ostran coast guard in Quin on Monday.</p>"
POSTS = ("<p>The president's garden is in bloom.</p>", "<p>Has the minister left? Readers' letters.</p>")


class Pages:
    """Makes pages; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        letters = "abcdefghiklmnoprstuvw"
        self._words = ["".join(self._draw.choices(letters, k=self._draw.randint(3, 10))) for _ in range(20_000)]

    def page(self) -> bytes:
        """One page."""
        is_foreign = self._draw.random() < FOREIGN
        stops = OTHER if is_foreign else ENGLISH
        kind = self._draw.random()
        report = menu = ""
        if kind < RELEVANT and not is_foreign:
            report = REPORT
        elif kind < RELEVANT + NAMING:
            menu = self._draw.choice(POSTS)
        article = "".join(f"<p>{self._prose(60, stops)}.</p>" for _ in range(self._draw.randint(6, 14)))
        teasers = "".join(self._teaser(stops) for _ in range(self._draw.randint(80, 400)))
        style = "".join(f".{self._word()}{{margin:{self._draw.randint(0, 40)}px}}" for _ in range(600))
        script = "".join(f"var {self._word()}={{id:{self._draw.random()}}};" for _ in range(500))
        language = "de" if is_foreign else "en"
        return (
            f'<!doctype html><html lang="{language}"><head><title>{self._prose(6, stops)}</title><style>{style}</style>'
            f"<script>{script}</script></head><body><nav>{menu}{teasers[:4000]}</nav><article>{report}{article}</article>"
            f"<aside>{teasers}</aside></body></html>"
        ).encode()

    def _teaser(self, stops: list[str]) -> str:
        link = "/".join(self._word() for _ in range(3))
        return f'<div class="card {self._word()}"><a href="/{link}">{self._prose(9, stops)}</a></div>\n'

    def _prose(self, words: int, stops: list[str]) -> str:
        return " ".join(self._draw.choice(stops) if n % 2 else self._word() for n in range(words))

    def _word(self) -> str:
        return self._draw.choice(self._words)


def record(number: int, page: bytes) -> bytes:
    """A page as a record of an archive, gzipped alone as archives do it."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2025-03-03T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6)


def write_archive(path: Path, pages: int) -> int:
    """Writes the archive; returns the pages' size in bytes."""
    made, size = Pages(1), 0
    with path.open("wb") as file:
        for number in range(pages):
            page = made.page()
            size += len(page)
            file.write(record(number, page))
    return size


def contents(path: Path) -> Iterator[bytes]:
    """The pages of an archive."""
    for found in ArchiveIterator(str(path), record_types=WarcRecordType.response):
        yield found.reader.read()


def seconds(work: Callable[[], None]) -> float:
    """Wall time."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> int:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description="Archive reading with the gate beside raw reading.")
    parser.add_argument("--pages", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--at-least", type=float, default=0.0, help=f"exit code 1 below this ratio (target {TARGET})")
    options = parser.parse_args()
    gate, verdicts = Gate(), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        size = write_archive(path, options.pages)

        def read_raw() -> None:
            for _ in contents(path):
                pass

        def read_gated() -> None:
            verdicts.clear()
            verdicts.update(gate.judge(content).kind for content in contents(path))

        raw, gated = [], []
        for _ in range(options.rounds):
            raw.append(seconds(read_raw))
            gated.append(seconds(read_gated))
    ratio = statistics.median(a / b for a, b in zip(raw, gated, strict=True))
    print(f"{options.pages:,} pages, {size / 1e6:,.0f} MB; {dict(verdicts)}")
    for name, times in (("raw", raw), ("with the gate", gated)):
        spent = statistics.median(times)
        print(f"{name:<15}{size / spent / 1e6:>8,.0f} MB/s{options.pages / spent:>9,.0f} pages/s")
    print(f"ratio {ratio:.2f} (target {TARGET})")
    return 1 if ratio < options.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
