from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.web.entries import MAX_TITLE, Entry, complete_uri, each_once, plain_title, read_time

BASE = "https://news.example/feeds/all.xml"


@pytest.mark.parametrize(
    ("found", "uri"),
    [
        ("https://other.example/a#top", "https://other.example/a"),
        ("/reports/1", "https://news.example/reports/1"),
        (" report ", "https://news.example/feeds/report"),
        ("//other.example/a", "https://other.example/a"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("mailto:desk@news.example", None),
        ("http://[::1", None),
        ("http://", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_addresses_are_completed_and_others_passed_over(found: object, uri: str | None) -> None:
    assert complete_uri(BASE, found) == uri


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ("Talks in <b>Quin</b>\n &amp; Vell", "Talks in Quin & Vell"),
        ("3 < 4", "3 < 4"),
        ("<p></p>", None),
        ("", None),
        (None, None),
        ({"a": 1}, None),
        ("x" * 9999, "x" * MAX_TITLE),
        ("<" * 100_000, "<" * MAX_TITLE),
    ],
)
def test_titles_are_plain_text(found: object, title: str | None) -> None:
    assert plain_title(found) == title


@pytest.mark.parametrize(
    ("found", "time"),
    [
        ("2031-05-04", dt.datetime(2031, 5, 4, tzinfo=dt.UTC)),
        ("2031-05-04T12:00:00+02:00", dt.datetime(2031, 5, 4, 10, tzinfo=dt.UTC)),
        (" 2031-05-04T12:00:00Z ", dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)),
        ("2031-05-04T12:00:00", dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (None, None),
        (20310504, None),
    ],
)
def test_times_are_in_utc(found: object, time: dt.datetime | None) -> None:
    assert read_time(found) == time


@given(st.text())
def test_any_text_is_read_or_passed_over(text: str) -> None:
    complete_uri(BASE, text)
    read_time(text)
    title = plain_title(text)
    assert title is None or title == title.strip()


def test_each_address_is_named_once_by_its_first_entry() -> None:
    entries = [Entry(uri="a", title="1"), Entry(uri="b"), Entry(uri="a", title="2"), Entry(uri="c")]
    assert each_once(entries) == (entries[0], entries[1], entries[3])
