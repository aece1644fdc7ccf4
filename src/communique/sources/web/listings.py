"""Feeds and sitemaps of any kind, told apart by their bytes, and the feeds that a web page names."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from communique.errors import FeedError, FetchError
from communique.sources.web.bodies import unpack_gzip
from communique.sources.web.entries import Entry, Listing, complete_uri, plain_title
from communique.sources.web.feeds import read_json_feed, read_xml_feed
from communique.sources.web.outcomes import FetchFailure, Page
from communique.sources.web.sitemaps import is_sitemap, read_sitemap

# What the protocol allows a sitemap to have, unpacked.
MAX_UNPACKED = 50_000_000
FEED_LINK_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapLimits:
    """How far an index of sitemaps is followed.

    Attributes:
        depth: Indexes below indexes.
        files: Sitemaps in all; those changed last are read first.
        since: Sitemaps and pages that say they were changed last before this time are passed over.
    """

    depth: int = 2
    files: int = 50
    since: dt.datetime | None = None


def read_listing(page: Page) -> Listing:
    """Reads a feed or a sitemap, packed with gzip or not.

    Raises:
        FeedError: If it is neither, malformed, or too large. For a web page the message names the feeds it links to.
    """
    try:
        body = unpack_gzip(page.body, MAX_UNPACKED)
    except FetchError as error:
        raise FeedError(f"{page.uri}: {error}") from error
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return read_json_feed(body, page.final_uri)
    if is_sitemap(body):
        return read_sitemap(body, page.final_uri)
    if b"<html" in start.lower():
        feeds = ", ".join(entry.uri for entry in find_feeds(page)) or "none"
        raise FeedError(f"{page.uri}: a web page, not a feed. Feeds that it names: {feeds}.")
    return read_xml_feed(body, page.final_uri)


def find_feeds(page: Page) -> list[Entry]:
    """The feeds that a web page names in its head (``<link rel="alternate">``), with their titles, each once."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(page.body, base_url=page.final_uri)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []  # no page at all names no feeds
    found: dict[str, Entry] = {}
    for link in tree.iter("link"):
        is_feed = (link.get("type") or "").partition(";")[0].strip().lower() in FEED_LINK_TYPES
        uri = complete_uri(page.final_uri, link.get("href"))
        if uri and is_feed and "alternate" in (link.get("rel") or "").lower().split():
            found.setdefault(uri, Entry(uri=uri, title=plain_title(link.get("title"))))
    return list(found.values())


def follow_sitemaps(
    listing: Listing, get: Callable[[str], Page | FetchFailure], limits: SitemapLimits
) -> Iterator[Entry | FetchFailure]:
    """The entries of a listing, and of the sitemaps that it names, each sitemap once.

    Args:
        listing: Where to begin.
        get: Fetches a sitemap.
        limits: How far to go.

    Yields:
        An Entry for each page; a FetchFailure for each sitemap that cannot be fetched or read.
    """
    waiting = deque([(listing, 0)])
    seen: set[str] = set()
    while waiting:
        current, depth = waiting.popleft()
        yield from (entry for entry in current.entries if _is_recent(entry, limits))
        for sitemap in sorted(current.sitemaps, key=_last_change, reverse=True):
            is_open = depth < limits.depth and len(seen) < limits.files and sitemap.uri not in seen
            if not is_open or not _is_recent(sitemap, limits):
                continue
            seen.add(sitemap.uri)
            read = _read_child(get(sitemap.uri))
            if isinstance(read, FetchFailure):
                yield read
            else:
                waiting.append((read, depth + 1))


def _read_child(page: Page | FetchFailure) -> Listing | FetchFailure:
    if isinstance(page, FetchFailure):
        return page
    try:
        return read_listing(page)
    except FeedError as error:
        return FetchFailure(uri=page.uri, reason="feed", message=str(error), failed_at=page.fetched_at)


def _last_change(entry: Entry) -> dt.datetime:
    return entry.updated or entry.published or dt.datetime.min.replace(tzinfo=dt.UTC)


def _is_recent(entry: Entry, limits: SitemapLimits) -> bool:
    """Whether an entry may be new; one without a date may be."""
    times = [time for time in (entry.updated, entry.published) if time is not None]
    return limits.since is None or not times or max(times) >= limits.since
