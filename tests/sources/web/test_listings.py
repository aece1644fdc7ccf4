from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import FeedError
from communique.sources.web.entries import Entry, Listing
from communique.sources.web.listings import SitemapLimits, find_feeds, follow_sitemaps, read_listing
from communique.sources.web.outcomes import FetchFailure, Page
from tests.sources.web.test_feeds import ATOM, RSS
from tests.sources.web.test_sitemaps import INDEX, SITEMAP

NOW = dt.datetime(2031, 5, 4, 12, 0, tzinfo=dt.UTC)
ROOT = "https://news.example/"
HTML = b"""<html><head><title>Quin News</title>
<link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/feed.xml">
<link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<link rel="alternate" hreflang="fr" href="/fr">
<link rel="stylesheet" type="application/rss+xml" href="/no.xml">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/feed+json">
</head><body>text</body></html>"""


def page_of(body: bytes, uri: str = ROOT) -> Page:
    return Page(uri=uri, final_uri=uri, status=200, media_type="", body=body, fetched_at=NOW)


@pytest.mark.parametrize(
    ("body", "entries", "sitemaps"),
    [
        (RSS, 3, 0),
        (ATOM, 1, 0),
        (b"\xef\xbb\xbf\n" + ATOM, 1, 0),
        (SITEMAP, 2, 0),
        (gzip.compress(SITEMAP, mtime=0), 2, 0),
        (INDEX, 0, 2),
        (b' {"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1"}]}', 1, 0),
    ],
    ids=["rss", "atom", "atom with a mark", "sitemap", "packed sitemap", "index", "json"],
)
def test_a_listing_is_known_by_its_bytes(body: bytes, entries: int, sitemaps: int) -> None:
    listing = read_listing(page_of(body))
    assert (len(listing.entries), len(listing.sitemaps)) == (entries, sitemaps)


def test_a_web_page_is_told_with_its_feeds() -> None:
    with pytest.raises(FeedError, match=r"a web page, not a feed.*https://news\.example/feed\.xml, https"):
        read_listing(page_of(HTML))


def test_a_packed_sitemap_that_breaks_off_is_an_error() -> None:
    with pytest.raises(FeedError, match="breaks off"):
        read_listing(page_of(gzip.compress(SITEMAP, mtime=0)[:-20]))


def test_the_feeds_of_a_page_are_found_in_its_head() -> None:
    assert find_feeds(page_of(HTML, ROOT + "news/")) == [
        Entry(uri="https://news.example/feed.xml", title="All & more"),
        Entry(uri="https://news.example/news/atom.xml"),
    ]


@pytest.mark.parametrize("body", [b"", b"\0\0", b"<!-- -->", b"text", b"<div>" * 100_000])
def test_rubbish_names_no_feeds(body: bytes) -> None:
    assert find_feeds(page_of(body)) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=9), st.sampled_from(HTML.splitlines())), max_size=20).map(b"".join))
def test_any_bytes_name_feeds_or_none(body: bytes) -> None:
    assert all(entry.uri.startswith(("http://", "https://")) for entry in find_feeds(page_of(body)))
    with suppress(FeedError):
        read_listing(page_of(body))


def sitemap(*pages: str) -> bytes:
    return b"<urlset>" + b"".join(f"<url><loc>{page}</loc></url>".encode() for page in pages) + b"</urlset>"


def index(*sitemaps: tuple[str, str]) -> bytes:
    named = (f"<sitemap><loc>{uri}</loc><lastmod>{day}</lastmod></sitemap>" for uri, day in sitemaps)
    return f"<sitemapindex>{''.join(named)}</sitemapindex>".encode()


def getter(files: dict[str, bytes], asked: list[str]) -> Callable[[str], Page | FetchFailure]:
    def get(uri: str) -> Page | FetchFailure:
        name = uri.removeprefix(ROOT)
        asked.append(name)
        if name not in files:
            return FetchFailure(uri=uri, reason="status", message="404", failed_at=NOW, status=404)
        return page_of(files[name], uri)

    return get


def follow(
    files: dict[str, bytes], limits: SitemapLimits | None = None
) -> tuple[list[Entry | FetchFailure], list[str]]:
    asked: list[str] = []
    listing = read_listing(page_of(files["index"], ROOT + "index"))
    return list(follow_sitemaps(listing, getter(files, asked), limits or SitemapLimits())), asked


def test_an_index_is_followed_newest_first_and_a_bad_sitemap_costs_itself_alone() -> None:
    days = [
        ("a", "2031-01-01"),
        ("b", "2031-03-01"),
        ("gone", "2031-02-01"),
        ("bad", "2031-02-02"),
        ("a", "2031-01-01"),
    ]
    found, asked = follow({"index": index(*days), "a": sitemap("/1", "/2"), "b": sitemap("/3"), "bad": b"<urlset>"})
    assert asked == ["b", "bad", "gone", "a"]
    assert [entry.uri for entry in found if isinstance(entry, Entry)] == [ROOT + "3", ROOT + "1", ROOT + "2"]
    failures = [failure for failure in found if isinstance(failure, FetchFailure)]
    assert [(failure.uri, failure.reason) for failure in failures] == [
        (ROOT + "bad", "feed"),
        (ROOT + "gone", "status"),
    ]


def test_an_index_that_names_itself_ends() -> None:
    found, asked = follow(
        {"index": index(("index", "2031-01-01"), ("other", "2031-01-01")), "other": index(("index", ""))}
    )
    assert not found
    assert sorted(asked) == ["index", "other"]


def test_indexes_are_followed_down_to_a_depth() -> None:
    files = {"index": index(("1", "")), "1": index(("2", "")), "2": index(("3", "")), "3": sitemap("/deep")}
    assert follow(files)[1] == ["1", "2"]
    assert len(follow(files, SitemapLimits(depth=3))[0]) == 1


def test_no_more_sitemaps_than_the_limit() -> None:
    files = {"index": index(*((str(number), f"2031-01-{number:02}") for number in range(1, 9)))}
    assert follow(files, SitemapLimits(files=3))[1] == ["8", "7", "6"]


def test_what_is_older_than_asked_for_is_passed_over() -> None:
    pages = b"<urlset><url><loc>/1</loc><lastmod>2031-01-05</lastmod></url><url><loc>/2</loc></url>"
    pages += b"<url><loc>/3</loc><lastmod>2030-01-05</lastmod></url></urlset>"
    files = {"index": index(("old", "2030-01-01"), ("new", "2031-01-06"), ("undated", "")), "new": pages}
    files["undated"] = sitemap("/4")
    found, asked = follow(files, SitemapLimits(since=dt.datetime(2031, 1, 1, tzinfo=dt.UTC)))
    assert asked == ["new", "undated"]
    assert [entry.uri for entry in found] == [ROOT + "1", ROOT + "2", ROOT + "4"]


def test_a_feed_has_nothing_to_follow() -> None:
    entry = Entry(uri=ROOT + "1")
    assert list(follow_sitemaps(Listing(entries=(entry,)), getter({}, []), SitemapLimits())) == [entry]
