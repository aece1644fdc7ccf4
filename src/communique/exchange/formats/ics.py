"""iCalendar (RFC 5545): an all-day event for each dated engagement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from icalendar import Event

import communique
from communique.exchange.citing import in_chunks
from communique.exchange.columns import Citations
from communique.exchange.naming import register_id
from communique.exchange.selection import Selection
from communique.exchange.tables.engagements import engagements
from communique.exchange.writing import Written
from communique.register import models as tables

STATUS = {"held": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}
DAY = dt.timedelta(days=1)


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes a calendar. Engagements of which no first day is known are left out, and counted."""
    register = register_id()
    rows, undated = 0, 0
    with (folder / name).open("wb") as file:
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Communique//{communique.__version__}//EN")
        file.write("".join(f"{line}\r\n" for line in head).encode())
        for chunk in in_chunks(engagements(selection)):
            quotes = _quotes([engagement.row.pk for engagement, _ in chunk])
            for engagement, cited in chunk:
                if engagement.row.date_start is None:
                    undated += 1
                    continue
                quote = quotes.get(engagement.row.pk)
                file.write(_event(engagement.row, register, _description(engagement.row, quote, cited)).to_ical())
                rows += 1
        file.write(b"END:VCALENDAR\r\n")
    return [Written(name=name, rows=rows, left_out={"undated": undated})]


def _quotes(numbers: Sequence[int]) -> dict[int | None, str]:
    """A passage that tells each engagement: that of its first report."""
    rows = tables.EngagementReport.objects.filter(engagement__in=numbers).order_by("-document", "-local")
    told = rows.values_list("engagement", "evidence")
    return {number: evidence[0]["quote"] for number, evidence in told if evidence}


def _event(row: tables.Engagement, register: str, description: str) -> Event:
    assert row.date_start is not None
    event = Event()
    event.add("uid", f"{row.code}.{register}@communique")
    event.add("dtstamp", row.updated_at)
    event.add("sequence", row.version)
    event.add("dtstart", row.date_start)
    last = row.date_end or row.date_start
    if last < dt.date.max:
        event.add("dtend", last + DAY)  # the first day after it
    event.add("summary", row.summary)
    event.add("status", STATUS[row.status])
    event.add("transp", "TRANSPARENT")  # a report of a meeting makes nobody busy
    if row.place:
        event.add("location", row.place)
    if row.latitude is not None and row.longitude is not None:
        event.add("geo", (row.latitude, row.longitude))
    if row.topics:
        event.add("categories", row.topics)
    event.add("description", description)
    return event


def _description(row: tables.Engagement, quote: str | None, cited: Citations) -> str:
    lines = [f"{row.code}, {row.kind}, {row.status}"]
    if row.precision not in (None, "day"):
        lines.append(f"The day is not known, only the {row.precision}.")
    if quote:
        lines.append(f"“{quote}”")
    lines.append(f"Sources ({len(cited.sources)}): {', '.join(cited.sources)}")
    lines.append(f"Passages ({len(cited.evidence)}): {', '.join(cited.evidence)}")
    return "\n".join(lines)
