"""Follows feeds: asks those that are due, fetches what is new, and adds it to the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import fields

from django.db.models import Min, Q, QuerySet

from communique.engine import Failure, Source, Success
from communique.errors import DocumentError, RecordNotFound
from communique.pages.declared import Declared
from communique.register import models as tables
from communique.register.store.adding import AddOptions, add_sources
from communique.sources.web import (
    FeedHealth,
    FeedRun,
    Fetcher,
    FetchFailure,
    FetchRecord,
    FetchSettings,
    FollowedFeed,
    Version,
    check_address,
    crawl,
    due,
    run_feed,
)
from communique.sources.web.state import host_part

COLUMNS = tuple(field.name for field in fields(FetchRecord))
BATCH = 500


class RegisterFetchStore:
    """A ``FetchStore`` in the register's tables."""

    def add(self, uris: Iterable[str]) -> int:
        """See ``FetchStore``."""
        added, batch = 0, list[str]()
        for uri in uris:
            batch.append(uri)
            if len(batch) == BATCH:
                added += self._add(batch)
                batch = []
        return added + self._add(batch)

    def _add(self, uris: list[str]) -> int:
        known = set(tables.FetchedAddress.objects.filter(uri__in=uris).values_list("uri", flat=True))
        fresh = [uri for uri in dict.fromkeys(uris) if uri not in known]
        tables.FetchedAddress.objects.bulk_create(
            (tables.FetchedAddress(uri=uri, host=host_part(uri)) for uri in fresh), ignore_conflicts=True
        )
        return len(fresh)

    def find(self, uri: str) -> FetchRecord | None:
        """See ``FetchStore``."""
        values = tables.FetchedAddress.objects.filter(uri=uri).values(*COLUMNS).first()
        return FetchRecord(**values) if values else None

    def save(self, record: FetchRecord) -> None:
        """See ``FetchStore``."""
        values = {name: getattr(record, name) for name in COLUMNS if name != "uri"}
        tables.FetchedAddress.objects.update_or_create(
            uri=record.uri, defaults=values, create_defaults={**values, "host": host_part(record.uri)}
        )

    def hosts(self, now: dt.datetime) -> list[str]:
        """See ``FetchStore``; the host that has waited longest comes first."""
        rows = _due(now).values("host").annotate(first=Min("pk")).order_by("first")
        return [row["host"] for row in rows]

    def waiting(self, host: str, now: dt.datetime, limit: int) -> list[str]:
        """See ``FetchStore``."""
        return list(_due(now).filter(host=host).order_by("pk").values_list("uri", flat=True)[:limit])


class KeptFetchStore(RegisterFetchStore):
    """Takes a page for fetched only once the register has kept it: a run that dies in between fetches it once more."""

    def __init__(self) -> None:
        self._fetched: dict[str, FetchRecord] = {}

    def save(self, record: FetchRecord) -> None:
        """See ``FetchStore``; a fetched page is noted by ``note_kept``."""
        if record.state == "fetched":
            self._fetched[record.uri] = record
        else:
            super().save(record)

    def waiting(self, host: str, now: dt.datetime, limit: int) -> list[str]:
        """See ``FetchStore``; pages that are on their way into the register do not wait any more."""
        found = super().waiting(host, now, limit + len(self._fetched))
        return [uri for uri in found if uri not in self._fetched][:limit]

    def note_kept(self, address: str) -> None:
        """Writes that the page which ended at an address was fetched."""
        for uri in [u for u, record in self._fetched.items() if address in (u, record.final_uri)]:
            super().save(self._fetched.pop(uri))


def _due(now: dt.datetime) -> QuerySet[tables.FetchedAddress]:
    return tables.FetchedAddress.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), state="waiting")


def add_feed(uri: str, every: dt.timedelta, author: str = "") -> tables.Feed:
    """Puts a feed on the list, or changes how often it is asked.

    Raises:
        AddressRefused: If the address is not one that may be fetched.
    """
    check_address(uri, FetchSettings.from_environment())
    feed, _ = tables.Feed.objects.update_or_create(
        uri=uri,
        defaults={"every_seconds": int(every.total_seconds())},
        create_defaults={"every_seconds": int(every.total_seconds()), "added_by": author},
    )
    return feed


def remove_feed(uri: str) -> None:
    """Takes a feed off the list; what it brought stays.

    Raises:
        RecordNotFound: If it is not on the list.
    """
    if not tables.Feed.objects.filter(uri=uri).delete()[0]:
        raise RecordNotFound(f"{uri} is not followed. See the list: communique follow list")


def run_due_feeds(fetcher: Fetcher, *, only_due: bool = True) -> Iterator[FeedRun]:
    """Asks the feeds that are due (or all), and stores how each is doing once it was asked."""
    store = RegisterFetchStore()
    feeds = [load_feed(row) for row in tables.Feed.objects.order_by("pk")]
    for feed in due(feeds, fetcher.clock.now()) if only_due else feeds:
        run = run_feed(feed, fetcher, store)
        save_feed(run.feed)
        yield run


def fetch_waiting(fetcher: Fetcher, options: AddOptions | None = None) -> Iterator[Success | Failure]:
    """Fetches the pages that wait, and adds each to the register; each outcome is given once it is kept."""
    failures: list[Failure] = []
    store = KeptFetchStore()

    def pages() -> Iterator[Source]:
        for outcome in crawl(fetcher, store):
            if isinstance(outcome, FetchFailure):
                failures.append(Failure.of(outcome.uri, DocumentError(outcome.message)))
            else:
                yield Source(uri=outcome.final_uri, data=outcome.body, declared=Declared(charset=outcome.charset))

    for outcome in add_sources(pages(), options):
        store.note_kept(outcome.uri)
        yield outcome
        while failures:
            yield failures.pop(0)
    yield from failures


def load_feed(row: tables.Feed) -> FollowedFeed:
    """A feed's row as the record that following works on."""
    return FollowedFeed(
        uri=row.uri,
        every=dt.timedelta(seconds=row.every_seconds),
        health=FeedHealth(
            last_run=row.last_run,
            last_success=row.last_success,
            last_error=row.last_error,
            failures=row.failures,
            new_entries=row.new_entries,
            next_run=row.next_run,
            version=Version(etag=row.etag, last_modified=row.last_modified),
        ),
    )


def save_feed(feed: FollowedFeed) -> None:
    """Stores how a feed is doing."""
    health = feed.health
    tables.Feed.objects.filter(uri=feed.uri).update(
        last_run=health.last_run,
        last_success=health.last_success,
        last_error=health.last_error,
        failures=health.failures,
        new_entries=health.new_entries,
        next_run=health.next_run,
        etag=health.version.etag,
        last_modified=health.version.last_modified,
    )
