"""Measures how long the desk takes for each of its pages on a large made-up register, and how heavy they are.

    python -m benchmarks.desk_pages                             200,000 engagements, twenty rounds
    python -m benchmarks.desk_pages --register PATH-or-URL      on a register of made_up_register: a file, or an address
                                                                as postgresql:///bench?host=/run/postgresql
    python -m benchmarks.desk_pages --only /search

A register that is not there is made once: by default in the system's folder for temporary files, at an address in the
database that it names. "first" is the first request of a process that was made ready and has kept nothing since; the
others come after it. "cpu" is what 95 of 100 requests worked, in this process and in that of a PostgreSQL server on the
same machine: where other things run too, the fairer figure. Of lists in other forms the first piece is measured: the
rest streams. Exit status 1 when a goal is missed: 95 of 100 requests within 150 ms, the first overview within 300 ms,
150 KB a page as it travels.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.made_up_register import ACTORS, MECHANISMS, fill, make_register

os.environ["DJANGO_SETTINGS_MODULE"] = "communique.desk.settings"

MOST_MS, MOST_MS_COLD_OVERVIEW, MOST_KB = 150, 300, 150
PAGES = (
    "/",
    "/search?q=harbour+patrol",
    "/search?q=talks",
    '/search?q="cooperation"+OR+patrol+-visit',
    "/search?q=person+9999",
    "/engagements",
    "/engagements?page=20",
    "/engagements?page=200",
    "/engagements?kind=visit&topic=border_security&country=NG",
    "/engagements?kind=visit&topic=border_security&country=NG&page=60",
    "/engagements?topic=maritime_security",
    "/engagements?country=NG&sort=oldest",
    "/engagements?actor=a2",
    "/engagements?actor=a{actor}&sort=least-certain",
    "/engagements?actor=person+9999",
    "/engagements?text=harbour+patrol",
    "/engagements?text=talks",
    "/engagements?text=talks&sort=most-reported&page=100",
    "/engagements?place=Town+3&review=unreviewed&sort=changed",
    "/engagements?source=Outlet+3&since=2020-01-01",
    "/engagements?conflict=1",
    "/engagements?min_confidence=0.99&sort=least-certain",
    "/engagements.csv",
    "/engagements.json?kind=visit",
    "/engagements.atom?topic=border_security",
    "/engagements.ics?country=NG",
    "/engagements.csv?text=talks&actor=a2",
    "/engagements/e{random}",
    "/mechanisms",
    "/mechanisms?silent=120&sort=silent",
    "/mechanisms?party=a3",
    "/mechanisms.atom",
    "/mechanisms/m{mechanism}",
    "/commitments",
    "/commitments?page=200",
    "/commitments?followed=no",
    "/commitments?followed=yes&page=100",
    "/commitments?q=post+77",
    "/commitments?party=a2",
    "/commitments?sort=silent",
    "/commitments?sort=earliest&act=agreed",
    "/commitments.csv?followed=yes",
    "/commitments/c{mechanism}",
    "/actors",
    "/actors?page=200",
    "/actors?q=person+12",
    "/actors?q=nobody",
    "/actors?type=organization&country=NG&sort=name",
    "/actors?sort=latest",
    "/actors.csv?q=person",
    "/actors/a2",
    "/actors/a2?as_at=2020-05-14",
    "/actors/a{actor}",
    "/sources",
    "/sources?page=200",
    "/sources?site=Outlet+3",
    "/sources?site=Outlet+3&sort=earliest&page=50",
    "/sources?q=talks",
    "/sources?q=harbour&since=2020-01-01",
    "/sources?original=1",
    "/sources.atom",
    "/sources/d{random}",
    "/review",
    "/review?kind=visit&country=NG",
    "/review?topic=border_security",
    "/review?actor=a2",
    "/review/e{random}",
    "/review/a2",
    "/review/a{actor}",
    "/review/c{mechanism}",
    "/review/m{mechanism}",
    "/review/pairs/engagements",
    "/review/pairs/actors",
    "/review/merge?a=e101&b=e102",
    "/review/merge?a=a11&b=a12",
    "/review/merge?a=a2&b=a3",
    "/watch",
    "/ingest",
    "/ingest/feeds",
    "/audit",
    "/audit?action=created&page=200",
    "/audit?record=e77",
    "/audit?author=nobody",
    "/audit?since=2020-01-01",
    "/audit.csv",
    "/export",
    "/settings",
    "/help",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a page took: milliseconds of time, those of them that were worked, and kilobytes as it travels."""

    first: float
    median: float
    p95: float
    p95_cpu: float
    size: float


def main() -> None:
    """Makes the register where it is missing, asks for the pages, prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--register", metavar="PATH-or-URL")
    parser.add_argument("--engagements", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", metavar="BEGINNING", help="only the pages that begin so")
    options = parser.parse_args()
    from communique.register import open_register

    place = options.register or str(Path(tempfile.gettempdir()) / f"communique-bench-{options.engagements}.db")
    if "://" not in place and not Path(place).exists():
        make_register(place, options.engagements)
    register = open_register(place, create=True)  # brings an older one up to date
    if not register.engagements(limit=1):
        fill(options.engagements)
    print(f"{options.engagements:,} engagements, {options.rounds} rounds; in ms")
    sys.exit(1 if sum([not _measure(page, options) for page in PAGES if page.startswith(options.only)]) else 0)


def _measure(page: str, options: argparse.Namespace) -> bool:
    """Prints a page's row; gives whether it keeps to the goals."""
    figures = measure(page, options.engagements, options.rounds)
    is_good = figures.p95 <= MOST_MS and figures.size <= MOST_KB
    is_good = is_good and (page != "/" or figures.first <= MOST_MS_COLD_OVERVIEW)
    print(
        f"{page:66} first {figures.first:6.0f}   median {figures.median:5.0f}   p95 {figures.p95:5.0f}   "
        f"cpu {figures.p95_cpu:5.0f}   {figures.size:6.1f} KB{'' if is_good else '   <- too much'}",
        flush=True,
    )
    return is_good


def measure(page: str, engagements: int, rounds: int) -> Figures:
    """Asks for a page again and again, each time another record where it is about one."""
    from django.core.cache import cache
    from django.test import Client

    from communique.desk import rates
    from communique.desk.preparing import prepare

    rates.share = lambda per_minute: (
        per_minute * 1e6
    )  # before the views are imported: their limits are no part of what is measured
    if not gc.get_freeze_count():
        prepare().join()  # as every server process does before its first request
    client = Client(headers={"host": "127.0.0.1"})
    chance = random.Random(3)
    cache.clear()
    took, worked, size = [], [], 0
    for _ in range(rounds + 1):
        address = page.format(
            random=chance.randint(1, engagements),
            actor=int(chance.paretovariate(0.6)) % ACTORS + 1,
            mechanism=chance.randint(1, MECHANISMS),
        )
        began, began_work = time.perf_counter(), _worked()
        answer = client.get(address)
        pieces = answer.streaming_content if answer.streaming else [answer.content]  # type: ignore[attr-defined]
        content = next(iter(pieces))
        took.append((time.perf_counter() - began) * 1000)
        worked.append((_worked() - began_work) * 1000)
        answer.close()
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        size = max(size, len(gzip.compress(content)))
    return Figures(
        first=took[0],
        median=statistics.median(took[1:]),
        p95=statistics.quantiles(took[1:], n=20)[-1],
        p95_cpu=statistics.quantiles(worked[1:], n=20)[-1],
        size=size / 1024,
    )


def _worked() -> float:
    """Seconds of a core that this process has worked, and the database's server for it where Linux tells."""
    from django.db import connection

    seconds = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        seconds += int(server.read_text().split()[0]) / 1e9 if server.exists() else 0
    return seconds


if __name__ == "__main__":
    main()
