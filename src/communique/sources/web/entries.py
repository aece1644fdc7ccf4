"""What feeds and sitemaps say of a page before it is fetched."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

# Longer ones are no headlines; cut before anything looks at them.
MAX_TITLE = 500
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page that a feed or sitemap names.

    Attributes:
        uri: Its whole address, without fragment.
        title: Its title as plain text.
        published: When it was published, in UTC; at midnight where only the day is given.
        updated: When it was changed last, in UTC.
    """

    uri: str
    title: str | None = None
    published: dt.datetime | None = None
    updated: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one feed or sitemap holds.

    Attributes:
        entries: Pages, in its order, each once.
        sitemaps: Further sitemaps that an index names, each with the time of its last change.
    """

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def complete_uri(base: str, found: object) -> str | None:
    """The whole web address behind what a feed says; None where it is none."""
    if not isinstance(found, str) or not found.strip():
        return None
    try:
        uri = urldefrag(urljoin(base, found.strip())).url
        parts = urlsplit(uri)
    except ValueError:
        return None
    return uri if parts.scheme in {"http", "https"} and parts.hostname else None


def plain_title(found: object) -> str | None:
    """A title without markup, on one line."""
    if not isinstance(found, str):
        return None
    text = " ".join(html.unescape(_TAG.sub("", found[: 4 * MAX_TITLE])).split())
    return text[:MAX_TITLE] or None


def read_time(found: object) -> dt.datetime | None:
    """A time as sitemaps and JSON feeds write it (W3C, RFC 3339); None for what is none. Without a zone it is UTC."""
    if not isinstance(found, str):
        return None
    try:
        time = dt.datetime.fromisoformat(found.strip())
        return time.replace(tzinfo=time.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without those whose address came before."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.uri, entry)
    return tuple(first.values())
