"""A list as a table, for programs, as a feed, and as a calendar."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from communique.desk.lists.listing import Listing
from communique.exchange.formats.csv_tables import defuse
from communique.register.watching.feeds import xml_text

FEED_LENGTH = 50
CALENDAR_LENGTH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a list is published.

    Attributes:
        address: The absolute address of the list as it is filtered.
        site: The absolute address of the desk, without a slash at its end.
    """

    address: str
    site: str

    def of(self, listing: Listing, row: Any) -> str:
        """The permanent address of a record."""
        return f"{self.site}/{listing.path_of(row)}"


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def write_csv(listing: Listing, rows: Iterable[Any], origin: Origin) -> Iterator[str]:
    """A table (RFC 4180, with a byte order mark, by which spreadsheets know the encoding)."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([*(column.name for column in listing.columns), "url"]))
    for row in rows:
        cells = [_cell(column.value(row)) for column in listing.columns]
        yield str(writer.writerow([*cells, origin.of(listing, row)]))


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(entry) for entry in value)
    if isinstance(value, str):
        return defuse(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def write_json(listing: Listing, rows: Iterable[Any], origin: Origin) -> Iterator[str]:
    """One object with all records, written while they are read."""
    head = json.dumps({"schema": "communique/list/1", "list": listing.name, "url": origin.address}, ensure_ascii=False)
    yield head[:-1] + ', "records": ['
    joint = "\n"
    for row in rows:
        record = {column.name: column.value(row) for column in listing.columns} | {"url": origin.of(listing, row)}
        yield joint + json.dumps(record, ensure_ascii=False, default=plain)
        joint = ",\n"
    yield "\n]}\n"


def plain(value: Any) -> str:
    """What JSON has no form for: days and points in time.

    Raises:
        TypeError: If it is neither.
    """
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no plain value.")


def write_atom(listing: Listing, rows: Iterable[Any], origin: Origin) -> Iterator[str]:
    """A feed (RFC 4287) of the records that came last."""
    entries = list(rows)[:FEED_LENGTH]
    changed = max((listing.changed(row) for row in entries), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>Communiqué: {escape(listing.noun[1])}</title>\n<id>{escape(origin.address)}</id>\n"
        f'<link rel="self" href={quoteattr(origin.address)}/>\n<updated>{changed.isoformat()}</updated>\n'
        "<author><name>Communiqué</name></author>\n"
    )
    for row in entries:
        address = origin.of(listing, row)
        yield (
            f"<entry><title>{xml_text(listing.title(row))}</title><id>{escape(address)}</id>"
            f"<link href={quoteattr(address)}/>"
            f"<updated>{listing.changed(row).isoformat()}</updated><summary>{xml_text(listing.summary(row))}</summary></entry>\n"
        )
    yield "</feed>\n"


def write_calendar(listing: Listing, rows: Iterable[Any], origin: Origin) -> Iterator[str]:
    """A calendar (RFC 5545) of engagements whose day is known; those that only look back are left out."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Communiqué//desk//EN")
    calendar.add("version", "2.0")
    host = origin.site.partition("://")[2]
    head, end, _ = calendar.to_ical().decode().partition("END:VCALENDAR")
    yield head
    for row in rows:
        if row.date_start is None or row.precision not in ("day", "range"):
            continue
        event = Event()
        event.add("uid", f"{row.code}@{host}")
        event.add("dtstamp", row.updated_at)
        event.add("dtstart", row.date_start)
        last = row.date_end or row.date_start
        if last < dt.date.max:
            event.add("dtend", last + dt.timedelta(days=1))
        event.add("summary", listing.title(row))
        event.add("description", listing.summary(row))
        event.add("url", origin.of(listing, row))
        event.add("status", {"planned": "TENTATIVE", "cancelled": "CANCELLED"}.get(row.status, "CONFIRMED"))
        if row.place:
            event.add("location", row.place)
        if row.latitude is not None and row.longitude is not None:
            event.add("geo", (row.latitude, row.longitude))
        yield event.to_ical().decode()
    yield f"{end}\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in which a list can be taken along.

    Attributes:
        media_type: What it is announced as.
        write: Writes it in pieces.
        most: How many records it holds at most, the latest first; None for all.
    """

    media_type: str
    write: Callable[[Listing, Iterable[Any], Origin], Iterator[str]]
    most: int | None = None


FORMS = {
    "csv": Form(media_type="text/csv; charset=utf-8", write=write_csv),
    "json": Form(media_type="application/json", write=write_json),
    "atom": Form(media_type="application/atom+xml; charset=utf-8", write=write_atom, most=FEED_LENGTH),
    "ics": Form(media_type="text/calendar; charset=utf-8", write=write_calendar, most=CALENDAR_LENGTH),
}
