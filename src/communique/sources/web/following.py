"""A list of feeds that is gone through again and again: which are due, what was new, and how each of them is doing.

Nothing here keeps anything: records come in, records go out, and whoever owns the list stores them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from communique.errors import FeedError
from communique.sources.web.entries import Entry, each_once
from communique.sources.web.fetcher import Fetcher
from communique.sources.web.listings import SitemapLimits, follow_sitemaps, read_listing
from communique.sources.web.outcomes import FetchFailure, Page, Unchanged, Version
from communique.sources.web.records import FetchStore
from communique.sources.web.settings import FEED_TYPES

EVERY = dt.timedelta(minutes=30)
# A feed that fails is asked ever more seldom, but once a day at least: sites move, and come back.
LONGEST_PAUSE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed is doing.

    Attributes:
        last_run: When it was asked last, in UTC.
        last_success: When it answered last, with entries or with the word that nothing changed.
        last_error: What was wrong at the last run; None when all was well.
        failures: Runs in a row that failed.
        new_entries: Entries of the last run that answered which were not known before.
        next_run: When it is due again; None for at once.
        version: By what the server knows the feed that was read last.
    """

    last_run: dt.datetime | None = None
    last_success: dt.datetime | None = None
    last_error: str | None = None
    failures: int = 0
    new_entries: int = 0
    next_run: dt.datetime | None = None
    version: Version = field(default_factory=Version)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedFeed:
    """A feed or sitemap on the list.

    Attributes:
        uri: Its address.
        every: The time from one run to the next.
        health: How it is doing.
    """

    uri: str
    every: dt.timedelta = EVERY
    health: FeedHealth = field(default_factory=FeedHealth)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRun:
    """What came of asking a feed once.

    Attributes:
        feed: The feed with its new health, to be stored.
        entries: All that it names; none where it has not changed or failed.
        new: Those among them that the store did not know; they wait there to be fetched.
        failures: Sitemaps below it that could not be read.
        is_unchanged: Whether the server said that nothing changed.
        error: What was wrong; None when all was well.
    """

    feed: FollowedFeed
    entries: tuple[Entry, ...] = ()
    new: tuple[Entry, ...] = ()
    failures: tuple[FetchFailure, ...] = ()
    is_unchanged: bool = False
    error: str | None = None


def due(feeds: Iterable[FollowedFeed], now: dt.datetime) -> list[FollowedFeed]:
    """The feeds that are to be asked now: those never asked first, then those that have waited longest."""
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    waiting = [feed for feed in feeds if (feed.health.next_run or first) <= now]
    return sorted(waiting, key=lambda feed: feed.health.next_run or first)


def run_feed(feed: FollowedFeed, fetcher: Fetcher, store: FetchStore, limits: SitemapLimits | None = None) -> FeedRun:
    """Asks a feed for what is new, and puts that on the store's list of pages to be fetched.

    A run that is broken off before its health is stored finds the same entries again; the store knows them by then, so
    that none is fetched twice.

    Args:
        feed: The feed, with its health.
        fetcher: Fetches it, and the sitemaps that it names.
        store: Knows which pages are known.
        limits: How far an index of sitemaps is followed.

    Returns:
        The run; a failure is its ``error``, and never raised.
    """
    outcome = fetcher.fetch_if_changed(feed.uri, feed.health.version, media_types=FEED_TYPES)
    now = fetcher.clock.now()
    if isinstance(outcome, FetchFailure):
        return _failed(feed, outcome.message, now, dt.timedelta(seconds=outcome.retry_after or 0.0))
    if isinstance(outcome, Unchanged):
        return FeedRun(feed=_succeeded(feed, now, new_entries=0, version=feed.health.version), is_unchanged=True)
    try:
        listing = read_listing(outcome)
    except FeedError as error:
        return _failed(feed, str(error), now, dt.timedelta())

    def get(uri: str) -> Page | FetchFailure:
        return fetcher.fetch(uri, media_types=FEED_TYPES)

    found = list(follow_sitemaps(listing, get, limits or SitemapLimits()))
    entries = each_once(entry for entry in found if isinstance(entry, Entry))
    # An index may stay as it is while the sitemaps below it change: it is read each time.
    version = Version() if listing.sitemaps else outcome.version
    new = tuple(entry for entry in entries if store.find(entry.uri) is None)
    store.add(entry.uri for entry in new)
    return FeedRun(
        feed=_succeeded(feed, now, new_entries=len(new), version=version),
        entries=entries,
        new=new,
        failures=tuple(failure for failure in found if isinstance(failure, FetchFailure)),
    )


def _succeeded(feed: FollowedFeed, now: dt.datetime, *, new_entries: int, version: Version) -> FollowedFeed:
    health = FeedHealth(
        last_run=now, last_success=now, new_entries=new_entries, next_run=now + feed.every, version=version
    )
    return replace(feed, health=health)


def _failed(feed: FollowedFeed, error: str, now: dt.datetime, asked_to_wait: dt.timedelta) -> FeedRun:
    failures = feed.health.failures + 1
    # Doubling stops being of use long before 2 ** 10 half hours.
    pause = max(feed.every, min(feed.every * 2 ** min(failures, 10), LONGEST_PAUSE), asked_to_wait)
    health = replace(feed.health, last_run=now, last_error=error, failures=failures, next_run=now + pause)
    return FeedRun(feed=replace(feed, health=health), error=error)
