from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import FeedError
from communique.sources.web.entries import Entry
from communique.sources.web.sitemaps import MOST_ENTRIES, is_sitemap, read_sitemap

URI = "https://news.example/sitemap.xml"
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/1 </loc><lastmod>2031-05-05</lastmod>
  <news:news><news:publication><news:name>Quin News</news:name></news:publication>
  <news:publication_date>2031-05-04T12:00:00+02:00</news:publication_date><news:title>Talks &amp; tea</news:title>
  </news:news><image:image><image:loc>https://pictures.example/1.png</image:loc><image:title>A table</image:title>
  </image:image></url>
<url><loc>https://news.example/2</loc><image:image><image:loc>https://pictures.example/2.png</image:loc></image:image></url>
<url><lastmod>2031-05-05</lastmod></url>
<url><loc>file:///etc/passwd</loc></url>
</urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/a.xml.gz</loc><lastmod>2031-05-05T00:00:00Z</lastmod></sitemap>
<sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"""


def test_a_news_sitemap_gives_pages_with_title_and_times() -> None:
    assert is_sitemap(SITEMAP)
    listing = read_sitemap(SITEMAP, URI)
    assert listing.entries == (
        Entry(
            uri="https://news.example/1",
            title="Talks & tea",
            published=dt.datetime(2031, 5, 4, 10, tzinfo=dt.UTC),
            updated=dt.datetime(2031, 5, 5, tzinfo=dt.UTC),
        ),
        Entry(uri="https://news.example/2"),
    )
    assert not listing.sitemaps


def test_an_index_gives_sitemaps() -> None:
    assert is_sitemap(INDEX)
    listing = read_sitemap(INDEX, URI)
    assert not listing.entries
    assert listing.sitemaps == (
        Entry(uri="https://news.example/a.xml.gz", updated=dt.datetime(2031, 5, 5, tzinfo=dt.UTC)),
        Entry(uri="https://news.example/b.xml"),
    )


def test_one_without_a_namespace_is_read_too() -> None:
    assert read_sitemap(b"<urlset><url><loc>/1</loc></url></urlset>", URI).entries == (
        Entry(uri="https://news.example/1"),
    )


@pytest.mark.parametrize("body", [SITEMAP[:400], b"", b"<urlset><url></urlset>", b"text", b"\x1f\x8b"])
def test_a_malformed_one_is_an_error(body: bytes) -> None:
    with pytest.raises(FeedError, match="malformed"):
        read_sitemap(body, URI)


def test_no_more_than_the_protocol_allows() -> None:
    entries = b"".join(b"<url><loc>/%d</loc></url>" % number for number in range(MOST_ENTRIES + 1))
    with pytest.raises(FeedError, match="50,000"):
        read_sitemap(b"<urlset>" + entries + b"</urlset>", URI)


def test_entities_are_not_expanded_and_nothing_is_opened() -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b'<!DOCTYPE urlset [<!ENTITY l0 "/ha">' + laughs + b"]><urlset><url><loc>&l9;</loc></url></urlset>"
    spy = b'<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>/&f;</loc></url></urlset>'
    began = time.monotonic()
    for body in (bomb, spy):
        try:
            entries = read_sitemap(body, URI).entries
        except FeedError:
            continue
        assert all(entry.uri == "https://news.example/" for entry in entries)
    assert time.monotonic() - began < 5


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=9), st.sampled_from(SITEMAP.splitlines())), max_size=30).map(b"".join))
def test_any_bytes_are_a_sitemap_or_an_error(body: bytes) -> None:
    for whole in (body, b"<urlset>" + body + b"</urlset>"):
        try:
            listing = read_sitemap(whole, URI)
        except FeedError:
            continue
        assert all(entry.uri.startswith(("http://", "https://")) for entry in listing.entries)
