"""What adding one document, and finding engagements, costs as a register grows.

    python -m benchmarks.register_growth [--register PATH-or-URL] [--sizes 10000 100000] [--seed 1]

The register must be empty. It is filled with made-up news (``made_up_news``) through the same path as ``communique add
--readouts``; at each size, documents are added one by one, and engagements are looked for by actor and days, and by
words. Printed: a row a size. Exit status 1 when a goal is missed: adding one document costs at most three times what
it costs at the first size, and 95 of 100 searches take at most 100 ms.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.made_up_news import News
from communique.model import Readout
from communique.register import open_register

PROBES = 100
YEAR = dt.timedelta(days=365)
SEARCHES = 100
MOST_GROWTH = 3.0
MOST_SEARCH = 0.100
WORDS = ("Accra", '"in Lima"', "Nairobi border", "maritime security", "Oslo OR Kathmandu -call", "train*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures at one size; seconds."""

    documents: int
    engagements: int
    loading: float
    adding: tuple[float, float]
    by_actor: float
    by_words: float


def main() -> None:
    """Fills the register step by step, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--register", metavar="PATH-or-URL")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_register(given.register or Path(folder) / "register.db", create=True)
        news = News(seed=given.seed, engagements=max(given.sizes) // 5 + PROBES * len(given.sizes))
        sys.exit(_measure_all(news, sorted(given.sizes)))


def _measure_all(news: News, sizes: list[int]) -> int:
    readouts = news.readouts()
    print("documents  engagements  load ms each  add median ms  add p95 ms  actor+days p95 ms  words p95 ms")
    table: list[Figures] = []
    for size in sizes:
        table.append(_measure(news, readouts, size))
        row = table[-1]
        print(
            f"{row.documents:>9} {row.engagements:>12} {row.loading * 1e3:>13.1f} {row.adding[0] * 1e3:>14.1f} "
            f"{row.adding[1] * 1e3:>11.1f} {row.by_actor * 1e3:>18.1f} {row.by_words * 1e3:>13.1f}",
            flush=True,
        )
    growth = max(row.adding[0] / table[0].adding[0] for row in table)
    slowest = max(max(row.by_actor, row.by_words) for row in table)
    print(f"growth of adding {growth:.2f} (at most {MOST_GROWTH}), slowest search {slowest * 1e3:.0f} ms (p95)")
    return int(growth > MOST_GROWTH or slowest > MOST_SEARCH)


def _measure(news: News, readouts: Iterator[Readout], size: int) -> Figures:
    from communique.register import models as tables
    from communique.register.store.delivered import keep_readouts

    before = tables.Document.objects.count()
    started = time.perf_counter()
    for _ in keep_readouts(islice(readouts, size - before)):
        pass
    loading = (time.perf_counter() - started) / max(1, size - before)
    adding = _times(islice(readouts, PROBES), lambda readout: list(keep_readouts([readout])))
    return Figures(
        documents=size,
        engagements=tables.Engagement.objects.filter(merged_into=None, retracted_at=None).count(),
        loading=loading,
        adding=(statistics.median(adding), _p95(adding)),
        by_actor=_p95(_times(range(SEARCHES), lambda _: _find_by_actor(news))),
        by_words=_p95(_times(range(SEARCHES), lambda n: _find_by_words(WORDS[n % len(WORDS)]))),
    )


def _find_by_actor(news: News) -> None:
    from communique.errors import QueryError
    from communique.register.store.finding import EngagementFilters, find_engagements

    day = news.day()
    with suppress(QueryError):  # somebody not in the news so far: to find that out is part of the cost
        list(find_engagements(EngagementFilters(actor=(news.somebody(),), since=day, until=day + YEAR))[:50])


def _find_by_words(words: str) -> None:
    from communique.register.store.finding import EngagementFilters, find_engagements

    list(find_engagements(EngagementFilters(text=words))[:50])


def _times(over: Iterable[object], work: Callable[..., object]) -> list[float]:
    taken = []
    for item in over:
        started = time.perf_counter()
        work(item)
        taken.append(time.perf_counter() - started)
    return taken


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1]


if __name__ == "__main__":
    main()
