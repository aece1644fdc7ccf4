"""iCalendar: read by icalendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from icalendar import Calendar

from communique.exchange.export import export
from communique.register import Register


def events_of(path: Path) -> list:
    calendar = Calendar.from_ical(path.read_bytes())
    assert calendar["version"] == "2.0"
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def test_dated_engagements_are_events(register: Register, tmp_path: Path) -> None:
    manifest = export(register, "ics", tmp_path / "out.ics")
    assert manifest["files"][0]["left_out"] == {"undated": 1}
    session, meeting = events_of(tmp_path / "out.ics")
    assert (session["status"], meeting["status"]) == ("TENTATIVE", "CONFIRMED")
    assert (session.decoded("dtstart"), session.decoded("dtend")) == (dt.date(2031, 6, 1), dt.date(2031, 7, 1))
    assert "only the month" in session["description"]
    assert meeting.decoded("dtend") - meeting.decoded("dtstart") == dt.timedelta(days=1)
    assert meeting["location"] == "Port Vell"
    assert "Sources (2): d1, d2\nPassages (2): d1/e1/1, d2/e1/1" in meeting["description"]
    assert len({event["uid"] for event in (session, meeting)}) == 2


def test_lines_are_folded_and_ended_as_the_standard_asks(register: Register, tmp_path: Path) -> None:
    export(register, "ics", tmp_path / "out.ics")
    lines = (tmp_path / "out.ics").read_bytes().split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_an_empty_register_is_an_empty_calendar(empty: Register, tmp_path: Path) -> None:
    export(empty, "ics", tmp_path / "out.ics")
    assert events_of(tmp_path / "out.ics") == []


def test_the_last_day_of_the_calendar_has_no_day_after_it(register: Register, tmp_path: Path) -> None:
    from communique.register import models as tables

    tables.Engagement.objects.filter(date_start__isnull=False).update(date_end=dt.date.max)
    export(register, "ics", tmp_path / "out.ics")
    assert all("dtend" not in event for event in events_of(tmp_path / "out.ics"))
