"""Pages from the web: one at a time, or many, politely, and never from an address that is not public.

>>> from communique.sources.web import fetch_page
>>> page = fetch_page("https://news.example/report")  # doctest: +SKIP
>>> page.media_type, len(page.body)  # doctest: +SKIP

Nothing here is asked unless an address was named. See ``docs/fetching.md``.
"""

from communique.sources.web.addresses import check_address
from communique.sources.web.crawl import crawl
from communique.sources.web.entries import Entry, Listing
from communique.sources.web.fetcher import Fetcher, fetch_page
from communique.sources.web.following import FeedHealth, FeedRun, FollowedFeed, due, run_feed
from communique.sources.web.listings import SitemapLimits, find_feeds, follow_sitemaps, read_listing
from communique.sources.web.outcomes import FetchFailure, Page, Unchanged, Version
from communique.sources.web.records import FetchRecord, FetchStore, update_record
from communique.sources.web.settings import FetchSettings
from communique.sources.web.state import FetchFile

__all__ = [
    "Entry",
    "FeedHealth",
    "FeedRun",
    "FetchFailure",
    "FetchFile",
    "FetchRecord",
    "FetchSettings",
    "FetchStore",
    "Fetcher",
    "FollowedFeed",
    "Listing",
    "Page",
    "SitemapLimits",
    "Unchanged",
    "Version",
    "check_address",
    "crawl",
    "due",
    "fetch_page",
    "find_feeds",
    "follow_sitemaps",
    "read_listing",
    "run_feed",
    "update_record",
]
