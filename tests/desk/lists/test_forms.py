"""Lists as tables, for programs, as feeds and calendars."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from communique.desk.lists import Column, Listing
from communique.desk.lists.forms import Origin, write_atom, write_calendar, write_csv, write_json

ATOM = "{http://www.w3.org/2005/Atom}"
ORIGIN = Origin(address="http://desk.example/things.csv?kind=a&b=c", site="http://desk.example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: object = "Harbour talks"
    code: str = "e7"
    date_start: dt.date | None = dt.date(2031, 5, 14)
    date_end: dt.date | None = dt.date(2031, 5, 15)
    precision: str = "range"
    status: str = "planned"
    place: str | None = "Tema; harbour, east"
    latitude: float | None = 5.6
    longitude: float | None = -0.1
    updated_at: dt.datetime = dt.datetime(2031, 5, 20, 8, tzinfo=dt.UTC)


LISTING = Listing(
    name="things",
    noun=("thing", "things"),
    rows=lambda: None,
    fields=(),
    sorts=(),
    dress=lambda rows: rows,  # type: ignore[arg-type,return-value]
    columns=(Column(name="name", value=lambda t: t.name), Column(name="east", value=lambda t: t.longitude)),
    title=lambda t: str(t.name),
    summary=lambda t: f"about {t.name}",
    changed=lambda t: t.updated_at,
)


def table(*rows: Thing) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(write_csv(LISTING, rows, ORIGIN)).removeprefix("\ufeff"))))


def test_a_table() -> None:
    assert table(Thing()) == [["name", "east", "url"], ["Harbour talks", "-0.1", "http://desk.example/things/e7"]]


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "\u00a0＝1", ["=a", "b"]]
)
def test_no_cell_is_a_formula(words: object) -> None:
    cell = table(Thing(name=words))[1][0]
    assert cell.startswith("'")


@pytest.mark.parametrize("words", ['say "so"', "a,b", "two\nlines", "قارب", ""])
def test_words_come_through(words: str) -> None:
    assert table(Thing(name=words))[1][0] == words


def test_for_programs() -> None:
    read = json.loads("".join(write_json(LISTING, [Thing(), Thing(name=dt.date(2031, 1, 2))], ORIGIN)))
    assert read["schema"] == "communique/list/1"
    assert [record["name"] for record in read["records"]] == ["Harbour talks", "2031-01-02"]
    assert json.loads("".join(write_json(LISTING, [], ORIGIN)))["records"] == []


def test_a_feed() -> None:
    text = "".join(write_atom(LISTING, [Thing(name="<b>&\x00\x1b“")], ORIGIN))
    feed = ElementTree.fromstring(text)
    assert feed.findtext(f"{ATOM}updated") == "2031-05-20T08:00:00+00:00"
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "<b>&“"
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == "http://desk.example/things/e7"
    assert feed.find(f"{ATOM}author") is not None


def test_an_empty_feed_is_one() -> None:
    assert ElementTree.fromstring("".join(write_atom(LISTING, [], ORIGIN))).findtext(f"{ATOM}updated")


def test_a_calendar() -> None:
    things = [Thing(), Thing(date_start=None, date_end=None), Thing(precision="month"), Thing(precision="before")]
    calendar = Calendar.from_ical("".join(write_calendar(LISTING, things, ORIGIN)))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == dt.date(2031, 5, 14)
    assert event.decoded("dtend") == dt.date(2031, 5, 16)
    assert event["status"] == "TENTATIVE"
    assert str(event["location"]) == "Tema; harbour, east"
    assert str(event["uid"]) == "e7@desk.example"
