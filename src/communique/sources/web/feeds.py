"""RSS, Atom and JSON feeds: bytes → entries. Asks no network, and opens no file."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import json
import time
from typing import Any

from communique.errors import FeedError
from communique.sources.records import printable
from communique.sources.web.entries import Entry, Listing, complete_uri, each_once, plain_title, read_time
from communique.sources.web.feed_skeleton import MOST_ENTRIES, make_skeleton

# A hundred full texts of 100 KB each: more than a feed that is asked again and again has any use for.
MAX_BYTES = 10_000_000


def read_xml_feed(body: bytes, uri: str) -> Listing:
    """Reads RSS or Atom.

    Args:
        body: The feed.
        uri: Its address; entries may be given relative to it.

    Raises:
        FeedError: If it is no feed, or too large.
    """
    import feedparser

    _check_size(body, uri)
    # As a stream, since a string that looks like an address or a path would be opened.
    parsed = feedparser.parse(
        io.BytesIO(make_skeleton(body, uri)),
        response_headers={"content-location": uri, "content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    base = complete_uri(uri, parsed.feed.get("link")) or uri
    found = (_to_entry(entry, base) for entry in parsed.entries)
    return Listing(entries=each_once(entry for entry in found if entry))


def read_json_feed(body: bytes, uri: str) -> Listing:
    """Reads a JSON feed (version 1 or 1.1).

    Args:
        body: The feed.
        uri: Its address; entries may be given relative to it.

    Raises:
        FeedError: If it is none, or too large.
    """
    _check_size(body, uri)
    try:
        feed: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{uri}: the JSON of the feed is broken ({printable(str(error))}).") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise FeedError(f"{uri}: JSON, but no JSON feed: it has no version of jsonfeed.org with a list of items.")
    found = (_item_to_entry(item, uri) for item in items[:MOST_ENTRIES] if isinstance(item, dict))
    return Listing(entries=each_once(entry for entry in found if entry))


def _check_size(body: bytes, uri: str) -> None:
    if len(body) > MAX_BYTES:
        raise FeedError(f"{uri}: a feed of {len(body):,} bytes is not read; {MAX_BYTES:,} are the limit.")


def _item_to_entry(item: dict[str, Any], base: str) -> Entry | None:
    uri = complete_uri(base, item.get("url") or item.get("external_url"))
    if uri is None:
        return None
    return Entry(
        uri=uri,
        title=plain_title(item.get("title")),
        published=read_time(item.get("date_published")),
        updated=read_time(item.get("date_modified")),
    )


def _to_entry(entry: dict[str, Any], base: str) -> Entry | None:
    uri = complete_uri(base, entry.get("link"))
    if uri is None:
        return None
    return Entry(
        uri=uri,
        title=plain_title(entry.get("title")),
        published=_to_time(dict.get(entry, "published_parsed")),
        # Not entry.get, which makes up an update out of the publication.
        updated=_to_time(dict.get(entry, "updated_parsed")),
    )


def _to_time(parsed: time.struct_time | None) -> dt.datetime | None:
    if parsed is None:
        return None
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
