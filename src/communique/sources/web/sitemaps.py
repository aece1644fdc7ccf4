"""Sitemaps, news sitemaps and indexes of sitemaps (sitemaps.org): bytes → entries."""

from __future__ import annotations

import io

from lxml import etree

from communique.errors import FeedError
from communique.sources.records import printable
from communique.sources.web.entries import Entry, Listing, complete_uri, each_once, plain_title, read_time
from communique.sources.web.feed_skeleton import local_name

# The protocol allows so many addresses in one file.
MOST_ENTRIES = 50_000


def is_sitemap(body: bytes) -> bool:
    """Whether bytes begin like a sitemap or an index."""
    head = body[:2_000]
    return b"<urlset" in head or b"<sitemapindex" in head


def read_sitemap(body: bytes, uri: str) -> Listing:
    """Reads a sitemap or an index; entries with news tags have their title and publication.

    Entities are not expanded, no document type is loaded, and elements are dropped once they are read.

    Args:
        body: The sitemap, unpacked.
        uri: Its address.

    Raises:
        FeedError: If it is malformed, or holds more than 50,000 addresses.
    """
    entries: list[Entry] = []
    sitemaps: list[Entry] = []
    elements = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in elements:
            entry = _to_entry(element, uri)
            if entry is not None:
                (sitemaps if local_name(element) == "sitemap" else entries).append(entry)
            _drop(element)
            if len(entries) + len(sitemaps) > MOST_ENTRIES:
                raise FeedError(f"{uri}: the sitemap names more than {MOST_ENTRIES:,} pages, which is the limit.")
    except etree.XMLSyntaxError as error:
        raise FeedError(f"{uri}: the sitemap is malformed ({printable(str(error))}).") from error
    return Listing(entries=each_once(entries), sitemaps=each_once(sitemaps))


def _to_entry(element: etree._Element, base: str) -> Entry | None:
    texts: dict[str, str | None] = {}
    for child in element.iter("{*}loc", "{*}lastmod", "{*}title", "{*}publication_date"):
        # The first of each: pictures and films in an entry have titles of their own, and come behind.
        texts.setdefault(local_name(child), child.text)
    uri = complete_uri(base, texts.get("loc"))
    if uri is None:
        return None
    return Entry(
        uri=uri,
        title=plain_title(texts.get("title")),
        published=read_time(texts.get("publication_date")),
        updated=read_time(texts.get("lastmod")),
    )


def _drop(element: etree._Element) -> None:
    """Frees an element and those before it, so that memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
