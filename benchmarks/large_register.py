"""Fills an empty register with made-up news in minutes: rows are written directly, as deriving would have left them.

    python -m benchmarks.large_register FILE-or-URL [--reports 1000000] [--seed 1]

A year's news is written in Python, by the code that derives (profiles, actors, scores of pairs, conclusions, tenures)
but for the search for reports that tell the same, which is known. Nine more years repeat it in SQL, with other days and
digests, and the same people. ``register_growth`` measures what adding costs then.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.bulk_rows import BulkRows, without_indexes
from benchmarks.made_up_cast import gather
from benchmarks.made_up_news import YEARS, News
from communique.register import open_register

REPORTS_AN_ENGAGEMENT = 5
# People to choose from; some 20,000 of them are named in a year of a hundred thousand reports.
PEOPLE = 80_000
TENURES_AT_ONCE = 200


def main() -> None:
    """Makes the register and fills it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("register", metavar="FILE-or-URL")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    open_register(given.register, create=True)
    fill_register(given.reports, given.seed)


def news_of(reports: int, seed: int, stories: int | None = None) -> News:
    """A year of the news that fill a register; with ``stories``, other news of ten years about the same people."""
    engagements = reports // REPORTS_AN_ENGAGEMENT // YEARS
    years = 1 if stories is None else YEARS
    return News(seed=seed, engagements=engagements, actors=PEOPLE, years=years, stories=stories)


def fill_register(reports: int, seed: int) -> None:
    """Fills the open register, which must be empty, with so many reports (one in a thousand more or less)."""
    from benchmarks.made_up_rows import StoryRows
    from benchmarks.repeated_year import repeat_year, write_log
    from communique.register.store.backup import reset_sequences

    started = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {words}", flush=True)

    cast = gather(news_of(reports, seed), YEARS)
    say(f"{len(cast.profiles):,} ways to introduce {len(cast.resolution.clusters):,} actors")
    with without_indexes():
        rows = BulkRows()
        writer = StoryRows(rows, cast, YEARS)
        for story in news_of(reports, seed).stories():
            writer.write(story)
        writer.write_mechanisms()
        rows.flush()
        say("one year written")
        repeat_year(rows, YEARS)
        write_log()
        say("ten years written")
    reset_sequences()
    say("indexes made")
    _derive_tenures()
    say("tenures derived")


def _derive_tenures() -> None:
    from communique.register import models as tables
    from communique.register.store.tenures import derive_tenures

    people = list(tables.Actor.objects.filter(type="person").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(people), TENURES_AT_ONCE):
        derive_tenures(people[start : start + TENURES_AT_ONCE])


if __name__ == "__main__":
    main()
