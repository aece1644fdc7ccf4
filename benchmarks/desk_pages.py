"""Measures how long the desk takes for its pages on a large made-up register, and how heavy they are.

    python benchmarks/desk_pages.py                        200,000 engagements, twenty rounds
    python benchmarks/desk_pages.py --engagements 20000

The register is made once and kept in the system's folder for temporary files, under a name that tells its size.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "communique.desk.settings"

KINDS = ("meeting", "visit", "call", "conference", "signing", "exercise", "committee_session", "ceremony", "other")
TOPICS = ("border_security", "maritime_security", "arms_equipment", "humanitarian", "reconciliation")
COUNTRIES = ("GH", "NG", "PT", "FR", "TG", "CI", "SN", None)
PLACES = tuple((f"Town {n}", 5 + n % 20 * 0.7, -10 + n // 20 * 1.3, COUNTRIES[n % 7]) for n in range(200))
OUTLETS = tuple(f"Outlet {n}" for n in range(60))
FIRST = dt.date(2012, 1, 1)
BATCH = 5000
PAGES = (
    "/",
    "/engagements",
    "/engagements?page=20",
    "/engagements?kind=visit&topic=border_security&country=NG",
    "/engagements?actor=a7&sort=least-certain",
    "/engagements?text=harbour+patrol",
    "/engagements?source=Outlet+3&since=2020-01-01",
    "/engagements/e{random}",
    "/actors",
    "/actors?q=person+12",
    "/actors/a{actor}",
    "/mechanisms",
    "/mechanisms/m{mechanism}",
    "/sources",
    "/sources?site=Outlet+3",
    "/sources/d{random}",
    "/commitments",
    "/search?q=harbour+patrol",
    "/audit",
)


def main() -> None:
    """Makes the register where it is missing, asks for the pages, prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engagements", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    from communique.register import open_register

    path = Path(tempfile.gettempdir()) / f"communique-bench-{options.engagements}.db"
    if not path.exists():
        draft = path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        open_register(draft, create=True)
        fill(options.engagements)
        draft.rename(path)
    open_register(path, create=True)  # brings an older one up to date
    print(f"{options.engagements:,} engagements, {options.rounds} rounds; in ms; first: with nothing kept yet")
    for page in PAGES:
        measure(page, options.engagements, options.rounds)


def measure(page: str, engagements: int, rounds: int) -> None:
    """Asks for a page again and again, each time another record where it is about one."""
    from django.core.cache import cache
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    chance = random.Random(3)
    cache.clear()
    took, size = [], 0
    for _ in range(rounds + 1):
        address = page.format(
            random=chance.randint(1, engagements),
            actor=int(chance.paretovariate(0.6)) % 15000 + 1,
            mechanism=chance.randint(1, 300),
        )
        began = time.perf_counter()
        answer = client.get(address)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        size = max(size, len(gzip.compress(answer.content)))
    median, p95 = statistics.median(took[1:]), statistics.quantiles(took[1:], n=20)[-1]
    print(f"{page:60} first {took[0]:7.0f}   median {median:5.0f}   p95 {p95:5.0f}   {size / 1024:5.1f} KB gz")


def fill(count: int) -> None:
    """Fills a register with as many engagements; people, bodies, commitments and sources in proportion."""
    from django.db import transaction

    from communique.register import models as tables
    from communique.register import text_search

    chance = random.Random(5)
    with transaction.atomic():
        save(tables.Actor, (make_actor(tables, n) for n in range(1, 15001)))
        save(tables.Mechanism, (make_mechanism(tables, n, chance) for n in range(1, 301)))
        save(tables.Document, (make_document(tables, n) for n in range(1, count + 1)))
        happenings = [make_happening(chance, n, count) for n in range(1, count + 1)]
        save(tables.Engagement, (make_engagement(tables, n, h, chance) for n, h in enumerate(happenings, start=1)))
        save(tables.EngagementReport, (make_report(tables, n, h) for n, h in enumerate(happenings, start=1)))
        save(
            tables.EngagementParticipant,
            (p for n, h in enumerate(happenings, start=1) for p in make_participants(tables, n, h, chance)),
        )
        save(
            tables.EngagementTopic,
            (
                tables.EngagementTopic(engagement_id=n, topic=t)
                for n, h in enumerate(happenings, start=1)
                for t in h["topics"]
            ),
        )
        save(tables.MechanismStep, (make_step(tables, n, chance) for n in range(1, 1501)))
        save(tables.Commitment, (make_commitment(tables, n, happenings[n * 5 - 1]) for n in range(1, count // 5 + 1)))
        save(
            tables.Change, (tables.Change(record=f"e{n}", action="created", document_id=n) for n in range(1, count + 1))
        )
        for n, happening in enumerate(happenings, start=1):
            subject = "harbour patrol" if n % 50 == 0 else "talks"
            words = f"{happening['kind']} in {happening['place']} {subject} {' '.join(happening['topics'])}"
            text_search.index_text(text_search.ENGAGEMENTS, n, words)
            text_search.index_text(text_search.DOCUMENTS, n, f"{words} said a statement on cooperation")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def save(table: Any, rows: Iterator[Any]) -> None:
    """Writes rows in batches."""
    while batch := list(islice(rows, BATCH)):
        table.objects.bulk_create(batch)


def make_actor(tables: Any, n: int) -> Any:
    """An actor: bodies first."""
    is_body = n <= 2000
    return tables.Actor(
        type="organization" if is_body else "person",
        name=f"{'Body' if is_body else 'Person'} {n}",
        country=COUNTRIES[n % 8],
        mention_count=15001 - n,
        review="accepted" if n % 3 else "unreviewed",
    )


def make_mechanism(tables: Any, n: int, chance: random.Random) -> Any:
    """A mechanism."""
    day = FIRST + dt.timedelta(days=chance.randrange(5000))
    return tables.Mechanism(
        name=f"Mechanism {n}", kind="committee", status="agreed", first_day=FIRST, last_day=day, step_count=5
    )


def make_document(tables: Any, n: int) -> Any:
    """A source."""
    return tables.Document(
        sha256=f"{n:064x}",
        uri=f"https://outlet.example/{n}",
        site=OUTLETS[n % 60],
        title=f"Report {n}",
        published=FIRST + dt.timedelta(days=n % 5000),
        language="en",
        is_derived=True,
    )


def make_happening(chance: random.Random, n: int, count: int) -> dict[str, Any]:
    """What took place."""
    place, latitude, longitude, country = PLACES[min(int(chance.expovariate(0.03)), 199)]
    day = FIRST + dt.timedelta(days=int(n / count * 5000) + chance.randrange(30))
    return {
        "kind": chance.choices(KINDS, weights=(40, 25, 8, 6, 5, 5, 4, 3, 4))[0],
        "status": "held",
        "date_start": day,
        "date_end": day,
        "precision": "day",
        "place": place,
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
        "topics": sorted(chance.sample(TOPICS, chance.randint(1, 2))),
    }


def make_engagement(tables: Any, n: int, happening: dict[str, Any], chance: random.Random) -> Any:
    """An engagement."""
    return tables.Engagement(
        **happening,
        day=happening["date_start"],
        confidence=round(chance.uniform(0.5, 1), 2),
        report_count=1,
        independent_sources=1,
        summary=f"Engagement {n}",
        review="accepted" if n % 3 else "unreviewed",
    )


def make_report(tables: Any, n: int, happening: dict[str, Any]) -> Any:
    """Its one report."""
    return tables.EngagementReport(
        **happening,
        day=happening["date_start"],
        document_id=n,
        local="e1",
        key=f"{n:064x}/e1",
        engagement_id=n,
        evidence=[{"quote": "met", "start": 0, "end": 3}],
    )


def make_participants(tables: Any, n: int, happening: dict[str, Any], chance: random.Random) -> Iterator[Any]:
    """Three participants on two sides, a few of them in most engagements."""
    for position, side in enumerate((0, 1, 1)):
        yield tables.EngagementParticipant(
            engagement_id=n,
            actor_id=int(chance.paretovariate(0.6)) % 15000 + 1,
            side=side,
            position=position,
            day=happening["date_start"],
        )


def make_step(tables: Any, n: int, chance: random.Random) -> Any:
    """A step of a mechanism."""
    return tables.MechanismStep(
        document_id=n,
        local="m1",
        key=f"{n:064x}/m1",
        name="m",
        kind="committee",
        status=chance.choice(("agreed", "operating")),
        day=FIRST + dt.timedelta(days=chance.randrange(5000)),
        mechanism_id=n % 300 + 1,
        evidence=[],
    )


def make_commitment(tables: Any, n: int, happening: dict[str, Any]) -> Any:
    """A commitment."""
    return tables.Commitment(
        act="agreed",
        what=f"open post {n}",
        day=happening["date_start"],
        last_day=happening["date_start"],
        engagement_id=n * 5,
        mechanism_id=n % 300 + 1,
        report_count=1,
    )


if __name__ == "__main__":
    main()
