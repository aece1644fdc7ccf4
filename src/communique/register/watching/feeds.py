"""What was found for a watch as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from communique.register import models as tables

# Items in a feed, the newest first.
FEED_LENGTH = 100
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """Where a feed stands.

    Attributes:
        address: Of the feed itself; empty where it is a file.
        link: Gives the address of a record by its code, or None where there are no pages.
    """

    address: str = ""
    link: Callable[[str], str | None] = lambda _: None


def write_atom(watch: tables.Watch, place: FeedPlace | None = None) -> str:
    """The feed as Atom."""
    place = place or FeedPlace()
    items = _items(watch)
    updated = items[0].found_at if items else watch.created_at or BEGINNING
    own = f"<link rel={quoteattr('self')} href={quoteattr(place.address)}/>\n" if place.address else ""
    entries = "".join(_entry(watch, item, place) for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{xml_text(f'Communiqué: {watch.name}')}</title>\n<id>{_feed_id(watch).urn}</id>\n{own}"
        f"<updated>{updated.isoformat()}</updated>\n<author><name>Communiqué</name></author>\n{entries}</feed>\n"
    )


def write_json_feed(watch: tables.Watch, place: FeedPlace | None = None) -> str:
    """The feed as JSON Feed."""
    place = place or FeedPlace()
    head = {"version": "https://jsonfeed.org/version/1.1", "title": f"Communiqué: {watch.name}", "language": "en"}
    if place.address:
        head["feed_url"] = place.address
    items = [_record(watch, item, place) for item in _items(watch)]
    return json.dumps(head | {"items": items}, ensure_ascii=False, indent=1) + "\n"


def _items(watch: tables.Watch) -> list[tables.WatchItem]:
    return list(watch.items.filter(was_known=False).order_by("-found_at", "-pk")[:FEED_LENGTH])


def _entry(watch: tables.Watch, item: tables.WatchItem, place: FeedPlace) -> str:
    link = place.link(item.record)
    return (
        f"<entry><title>{xml_text(item.title)}</title><id>{_item_id(watch, item)}</id>"
        + (f"<link href={quoteattr(link)}/>" if link else "")
        + f"<updated>{item.found_at.isoformat()}</updated>"
        + f"<summary>{xml_text(item.text or item.title)}</summary></entry>\n"
    )


def _record(watch: tables.Watch, item: tables.WatchItem, place: FeedPlace) -> dict[str, object]:
    record: dict[str, object] = {
        "id": _item_id(watch, item),
        "title": item.title,
        "content_text": item.text or item.title,
        "date_published": item.found_at.isoformat(),
        "_communique": {"record": item.record, "day": item.day.isoformat() if item.day else None},
    }
    if link := place.link(item.record):
        record["url"] = link
    return record


def _feed_id(watch: tables.Watch) -> uuid.UUID:
    """Made from the moment of making, not from the token: whoever reads an entry must not learn the address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"communique:watch:{watch.pk}:{watch.name}:{watch.created_at.isoformat()}")


def _item_id(watch: tables.Watch, item: tables.WatchItem) -> str:
    return uuid.uuid5(_feed_id(watch), item.key).urn


def xml_text(text: str) -> str:
    """Text for XML 1.0, which has no place for most control characters."""
    kept = (c for c in text if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) < 0xE000 and c not in "\ufffe\uffff"))
    return escape("".join(kept))
