from __future__ import annotations

import datetime as dt

import pytest

from communique.errors import FeedError
from communique.sources.web.entries import Entry
from communique.sources.web.feed_skeleton import MOST_ENTRIES, make_skeleton
from communique.sources.web.feeds import read_xml_feed

URI = "https://news.example/feed.xml"
NOON = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Quin</title></channel>
<item rdf:about="y"><title>Talks</title><link>/1</link><dc:date>2031-05-04T12:00:00Z</dc:date></item></rdf:RDF>"""


def rss(item: str) -> bytes:
    return f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()


def atom(entry: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'.encode()


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        (RDF.encode(), Entry(uri="https://news.example/1", title="Talks", updated=NOON)),
        (
            rss("<title><![CDATA[A & <i>B</i>]]></title><link>/1</link>"),
            Entry(uri="https://news.example/1", title="A & B"),
        ),
        (rss("<title>A&nbsp;B</title><link>/1</link>"), Entry(uri="https://news.example/1", title="A B")),
        (rss("<title>A & B</title><link>/1</link>"), Entry(uri="https://news.example/1", title="A B")),
        (
            rss("<link>/1</link><pubDate>Sun, 04 May 2031 12:00:00 GMT</pubDate><dc:creator>Ana</dc:creator>"),
            Entry(uri="https://news.example/1", published=NOON),
        ),
        (
            atom('<title type="xhtml"><div>A <b>B</b></div></title><link href="/1"/><link rel="self" href="/2"/>'),
            Entry(uri="https://news.example/1", title="A B"),
        ),
        (
            atom(
                '<title type="html">A &lt;b&gt;B&lt;/b&gt;</title><link href="/1"/>'
                "<updated>2031-05-04T12:00:00Z</updated>"
            ),
            Entry(uri="https://news.example/1", title="A B", updated=NOON),
        ),
    ],
    ids=["rdf", "cdata", "undeclared entity", "bare ampersand", "undeclared prefix", "xhtml title", "html title"],
)
def test_every_dialect_is_read(body: bytes, entry: Entry) -> None:
    assert read_xml_feed(body, URI).entries == (entry,)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_encodings_are_those_that_the_feed_declares(encoding: str) -> None:
    declared = "" if encoding == "utf-16" else f'<?xml version="1.0" encoding="{encoding}"?>'
    text = declared + rss("<title>Встреча</title><link>/1</link>").decode()
    assert read_xml_feed(text.encode(encoding), URI).entries[0].title == "Встреча"


def test_texts_comments_and_document_types_are_left_out() -> None:
    body = b"\n\n<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss(
        "<!-- note --><?php echo ?><title>A</title><link>/1</link>"
        "<description>long</description><x:encoded>text</x:encoded>"
    )
    skeleton = make_skeleton(body, URI)
    assert b"<title>A</title><link>/1</link></item>" in skeleton
    for left_out in (b"DOCTYPE", b"ENTITY", b"note", b"php", b"long", b"text"):
        assert left_out not in skeleton


def test_nesting_ends_after_a_few_levels() -> None:
    skeleton = make_skeleton(b"<rss>" + b"<item>" * 5_000, URI)
    assert skeleton.count(b"item") < 10


def test_entries_beyond_the_limit_are_left_out() -> None:
    items = b"".join(b"<item><link>/%d</link></item>" % number for number in range(MOST_ENTRIES + 5))
    assert len(read_xml_feed(b"<rss><channel>" + items + b"</channel></rss>", URI).entries) == MOST_ENTRIES


@pytest.mark.parametrize(
    ("body", "found"),
    [(b"<html><p>text</p></html>", "'html'"), (b"<OPML/>", "'OPML'"), (b"{}", ""), (b"\x00\x01", ""), (b"", "")],
)
def test_what_is_no_feed_is_told_apart(body: bytes, found: str) -> None:
    with pytest.raises(FeedError, match=f"neither RSS nor Atom.*{found}"):
        make_skeleton(body, URI)
