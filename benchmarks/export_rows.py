"""How many rows a second each export format writes, and how much memory it takes, for registers of growing size.

The registers are made up: tables are filled directly, with reports, participants, statements and commitments in the
proportions of news. Each format runs in a process of its own, so that peaks do not mix. Memory is bounded when the peak
does not grow with the register.

    python benchmarks/export_rows.py [--engagements 5000 20000] [--formats csv parquet ftm] [--at-most 2.0]

Ends with exit code 1 when a peak grows by more than ``--at-most`` from the smallest register to the largest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from communique.exchange.formats import FORMATS

BATCH = 2000
# One actor for so many engagements: a small world, in which everybody is named often.
ENGAGEMENTS_AN_ACTOR = 20
PLACES = (("Port Vell", "OM", 22.5, 59.25), ("Quin", "NO", 61.0, 8.5), ("Ostmark Falls", None, None, None))
PROBE = """
import json, resource, sys, time
from pathlib import Path
from communique.register import open_register
register = open_register(sys.argv[1])
from communique.exchange.export import export
from django.db import connection
with connection.cursor() as cursor:
    # Pages of the file that are mapped or cached would count: bounded, but by more than a small register fills.
    cursor.execute("PRAGMA mmap_size = 0")
    cursor.execute("PRAGMA cache_size = -8000")
began = time.perf_counter()
manifest = export(register, sys.argv[2], Path(sys.argv[3]))
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rows = sum(file["rows"] for file in manifest["files"])
size = sum(file["bytes"] for file in manifest["files"])
print(json.dumps({"rows": rows, "seconds": seconds, "megabytes": size / 1e6, "peak": peak}))
"""


def fill(path: Path, engagements: int) -> None:
    """Fills a new register with made-up records."""
    from communique.register import open_register

    register = open_register(path, create=True)
    from django.db import transaction

    from communique.register import models

    chance = random.Random(7)
    actors = max(10, engagements // ENGAGEMENTS_AN_ACTOR)
    with transaction.atomic():
        for rows in _batches(_people(models, actors)):
            _create(rows)
        for start in range(1, engagements + 1, BATCH):
            numbers = range(start, min(start + BATCH, engagements + 1))
            for rows in _batches(row for number in numbers for row in _told(models, number, actors, chance)):
                _create(rows)
    register.close()


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _create(rows: list[Any]) -> None:
    """Stores rows of several tables, each table's together, in the order in which the tables first come."""
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    for table, listed in tables.items():
        table.objects.bulk_create(listed)


def _people(models: Any, actors: int) -> Iterator[Any]:
    for number in range(1, actors + 1):
        yield models.Actor(pk=number, type="person", name=f"Person {number}", aliases=[f"P. {number}"], country="NO")
        yield models.Profile(pk=number, key=f"{number:064x}", type="person", name=f"Person {number}", actor_id=number)


def _told(models: Any, number: int, actors: int, chance: random.Random) -> Iterator[Any]:
    """One engagement, a document of its own that reports it, and what is said and agreed in it."""
    day = dt.date(2020, 1, 1) + dt.timedelta(days=number % 2000)
    digest = f"{number:064x}"
    place, country, latitude, longitude = PLACES[number % len(PLACES)]
    told = {"date_start": day, "date_end": day, "precision": "day", "place": place, "country": country,
            "latitude": latitude, "longitude": longitude, "topics": ["border_security"]}  # fmt: skip
    quote = [{"quote": f"Person {number} met the envoy in {place} on {day} for talks on the border.", "start": 0,
              "end": 70}]  # fmt: skip
    claim = {"document_id": number, "evidence": quote}
    yield models.Document(pk=number, sha256=digest, uri=f"https://news.example/{number}", site=f"Outlet {number % 50}",
                          title="Talks", published=day)  # fmt: skip
    yield models.Engagement(pk=number, kind="meeting", status="held", day=day, summary=f"Meeting {number}",
                            side_labels=[None, None], report_count=1, independent_sources=1, **told)  # fmt: skip
    yield models.EngagementReport(pk=number, local="e1", key=f"{digest}/e1", kind="meeting", status="held", day=day,
                                  engagement_id=number, **claim, **told)  # fmt: skip
    people = chance.sample(range(1, actors + 1), 4)
    for position, actor in enumerate(people):
        mention = number * 4 + position
        side = position % 2
        yield models.Mention(pk=mention, local=f"p{position + 1}", key=f"{digest}/p{position + 1}", type="person",
                             name=f"Person {actor}", profile_id=actor, day=day, **claim)  # fmt: skip
        yield models.ReportParticipant(report_id=number, mention_id=mention, actor_id=actor, side=side,
                                       position=position // 2, evidence=quote[0], day=day)  # fmt: skip
        yield models.EngagementParticipant(engagement_id=number, actor_id=actor, side=side, position=position // 2,
                                           day=day)  # fmt: skip
    yield models.Statement(local="s1", key=f"{digest}/s1", speaker_name=f"Person {people[0]}", actor_id=people[0],
                           act="praised", target="the envoy", report_id=number, day=day, **claim)  # fmt: skip
    if number % 5 == 0:
        yield models.Commitment(pk=number, act="agreed", what="to open a joint office", day=day, engagement_id=number)
        yield models.CommitmentReport(local="c1", key=f"{digest}/c1", act="agreed", what="to open a joint office",
                                      report_id=number, commitment_id=number, day=day, **claim)  # fmt: skip


def measure(register: Path, name: str, folder: Path) -> dict[str, float]:
    """Rows, seconds, megabytes and the peak of memory (MB) of one export, in a process of its own."""
    command = [sys.executable, "-c", PROBE, str(register), name, str(folder / f"out-{name}")]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def main() -> int:
    """Prints the table; 1 when memory grows too much."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--engagements", type=int, nargs="+", default=[5000, 20_000])
    options.add_argument("--formats", nargs="+", default=list(FORMATS), choices=list(FORMATS))
    options.add_argument("--at-most", type=float, default=2.0)
    given = options.parse_args()
    print(f"{'engagements':>11} {'format':<14} {'rows':>9} {'rows/s':>8} {'MB':>7} {'peak MB':>8}")
    peaks: dict[str, list[float]] = {name: [] for name in given.formats}
    for size in sorted(given.engagements):
        with TemporaryDirectory() as scratch:
            register = Path(scratch) / "register.db"
            fill(register, size)
            for name in given.formats:
                found = measure(register, name, Path(scratch))
                peaks[name].append(found["peak"])
                speed = found["rows"] / found["seconds"]
                print(f"{size:>11} {name:<14} {found['rows']:>9.0f} {speed:>8.0f} {found['megabytes']:>7.1f} "
                      f"{found['peak']:>8.0f}", flush=True)  # fmt: skip
    grown = {name: found[-1] / found[0] for name, found in peaks.items() if found[-1] > given.at_most * found[0]}
    for name, times in grown.items():
        print(f"{name}: memory grew {times:.1f} times, at most {given.at_most} is allowed.")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
