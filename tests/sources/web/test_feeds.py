from __future__ import annotations

import datetime as dt
import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import FeedError
from communique.sources.web.entries import Entry
from communique.sources.web.feeds import MAX_BYTES, read_json_feed, read_xml_feed

URI = "https://news.example/feed.xml"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Quin News</title><link>https://news.example/</link>
<item><title>Talks in &lt;b&gt;Quin&lt;/b&gt;</title><link>https://news.example/1#top</link>
  <pubDate>Sun, 04 May 2031 12:00:00 +0200</pubDate></item>
<item><title>Visit</title><guid isPermaLink="true">https://news.example/2</guid></item>
<item><title>Twice</title><link>https://news.example/1</link></item>
<item><title>No address</title></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>Relative</title><link>/3</link><pubDate>some day</pubDate></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Quin</title>
<entry><title>Accord</title><link rel="alternate" href="https://news.example/a"/>
<published>2031-05-04T10:00:00Z</published><updated>2031-05-05T10:00:00Z</updated></entry></feed>"""


def test_rss_gives_entries_with_whole_addresses_each_once() -> None:
    assert read_xml_feed(RSS, URI).entries == (
        Entry(
            uri="https://news.example/1",
            title="Talks in Quin",
            published=dt.datetime(2031, 5, 4, 10, tzinfo=dt.UTC),
        ),
        Entry(uri="https://news.example/2", title="Visit"),
        Entry(uri="https://news.example/3", title="Relative"),
    )


def test_atom_gives_both_times() -> None:
    assert read_xml_feed(ATOM, URI).entries == (
        Entry(
            uri="https://news.example/a",
            title="Accord",
            published=dt.datetime(2031, 5, 4, 10, tzinfo=dt.UTC),
            updated=dt.datetime(2031, 5, 5, 10, tzinfo=dt.UTC),
        ),
    )


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    assert len(read_xml_feed(RSS[: RSS.index(b"<item><title>Twice")], URI).entries) == 2


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read_xml_feed(b'<rss version="2.0"><channel><title>x</title></channel></rss>', URI).entries == ()


@pytest.mark.parametrize(
    "body", [b"", b"plain text", b"<note/>", b"\x89PNG\r\n", b"https://other.example/feed", b"/etc/passwd"]
)
def test_what_is_no_feed_is_an_error_and_nothing_is_opened(body: bytes) -> None:
    with pytest.raises(FeedError, match="neither RSS nor Atom"):
        read_xml_feed(body, URI)


def test_entities_are_not_expanded() -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">' + laughs + b"]>"
    bomb += b'<rss version="2.0"><channel><item><title>&l9;</title><link>/1</link></item></channel></rss>'
    spy = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    spy += b'<rss version="2.0"><channel><item><title>&f;</title><link>/1</link></item></channel></rss>'
    began = time.monotonic()
    for body in (bomb, spy):
        try:
            entries = read_xml_feed(body, URI).entries
        except FeedError:
            continue
        assert all(len(entry.title or "") < 100 and "root" not in (entry.title or "") for entry in entries)
    assert time.monotonic() - began < 5


def test_json_feeds_are_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"url": "/1", "title": "Talks", "date_published": "2031-05-04T12:00:00+02:00"},
            {"external_url": "https://other.example/2", "date_modified": "2031-05-05"},
            {"title": "No address"},
            {"url": 7},
            "nonsense",
        ],
    }
    assert read_json_feed(json.dumps(feed).encode(), URI).entries == (
        Entry(uri="https://news.example/1", title="Talks", published=dt.datetime(2031, 5, 4, 10, tzinfo=dt.UTC)),
        Entry(uri="https://other.example/2", updated=dt.datetime(2031, 5, 5, tzinfo=dt.UTC)),
    )


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"{", "broken"),
        (b"\xff\xfe{", "broken"),
        (b"[" * 100_000, "broken"),
        (b"[]", "no JSON feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "no JSON feed"),
        (b'{"items": [], "version": "2"}', "no JSON feed"),
        (b'{"items": {}, "version": "https://jsonfeed.org/version/1"}', "no JSON feed"),
    ],
)
def test_json_that_is_no_feed_is_an_error(body: bytes, complaint: str) -> None:
    with pytest.raises(FeedError, match=complaint):
        read_json_feed(body, URI)


def test_a_feed_may_not_be_too_large() -> None:
    for read in (read_xml_feed, read_json_feed):
        with pytest.raises(FeedError, match="limit"):
            read(b" " * (MAX_BYTES + 1), URI)


PIECES = st.sampled_from(
    [RSS[n : n + 40] for n in range(0, len(RSS), 40)]
    + [b"<item>", b"</item>", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [", b"&#x0;", b"<entry>", b"<link href='//'/>"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=40).map(b"".join))
def test_any_bytes_are_a_feed_or_an_error(body: bytes) -> None:
    for read in (read_xml_feed, read_json_feed):
        try:
            listing = read(body, URI)
        except FeedError:
            continue
        assert all(entry.uri.startswith(("http://", "https://")) for entry in listing.entries)


@pytest.mark.parametrize(
    "body",
    [
        RSS[:200] + b"<item><title>" + b"<b>" * 20_000,
        b"<rss>" + b"<item>" * 20_000,
        b"<" * 100_000,
        b"<rss><!" + b"[" * 100_000,
        b"<rss>" + b"&" * 100_000,
        b"<rss " + b"a='b' " * 20_000,
        b"\n" * 1_000_000 + b"<rss>",
        RSS[:200] + b"<a b='" * 200_000,
    ],
    ids=["markup", "items", "brackets", "marked sections", "entities", "attributes", "line ends", "quotation marks"],
)
def test_feeds_made_to_take_long_do_not(body: bytes) -> None:
    began = time.monotonic()
    with suppress(FeedError):
        read_xml_feed(body, URI)
    assert time.monotonic() - began < 10
