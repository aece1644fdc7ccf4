"""Which days the words mean, seen from the publication and from the story's own day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.lexicon import Lexicon
from communique.model import EventDate
from communique.reading.dates import DateFinder, DateResolver
from communique.reading.dates.calendar import Tense

FINDER = DateFinder(Lexicon())
WEDNESDAY = dt.date(2024, 10, 16)
CONTEXT = EventDate(
    text="on 8 October", start=dt.date(2024, 10, 8), end=dt.date(2024, 10, 8), precision="day", basis="test"
)


def resolve(
    text: str,
    *,
    published: dt.date | None = WEDNESDAY,
    tense: Tense = "past",
    context: EventDate | None = None,
    day_first: bool = True,
) -> EventDate | None:
    (mention,) = FINDER.find(text)
    return DateResolver(published, day_first=day_first).resolve(mention, context=context, tense=tense)


def told(date: EventDate | None) -> str | None:
    """Day, or first..last day, or "<= last day", with the precision unless it is a day."""
    if date is None:
        return None
    if date.precision == "day":
        assert date.start == date.end
        return str(date.start)
    return f"{date.start or ''}..{date.end} {date.precision}"


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        # The publication day is a Wednesday.
        ("on Wednesday", "past", "2024-10-16"),
        ("on Thursday", "past", "2024-10-10"),
        ("on Thursday", "future", "2024-10-17"),
        ("on Wednesday", "future", "2024-10-16"),
        ("on Thursday", "unknown", "2024-10-17"),
        ("last Wednesday", "past", "2024-10-09"),
        ("next Wednesday", "future", "2024-10-23"),
        ("Monday last week", "past", "2024-10-07"),
        ("yesterday", "past", "2024-10-15"),
        ("Yesterday (15)", "past", "2024-10-15"),
        ("last night", "past", "2024-10-15"),
        ("the day after tomorrow", "future", "2024-10-18"),
        ("on 20 September", "past", "2024-09-20"),
        ("on 20 November", "past", "2023-11-20"),
        ("on 20 November", "future", "2024-11-20"),
        ("on 18 October", "past", "2024-10-18"),  # nobody means the one 51 weeks back
        ("on 14 October", "future", "2024-10-14"),
        ("on Monday, 20 November", "past", "2023-11-20"),
        ("on 29 February", "past", "2024-02-29"),
        ("on 3 May this year", "past", "2024-05-03"),
        ("on the 22nd", "past", "2024-09-22"),
        ("on the 22nd", "future", "2024-10-22"),
        ("the first of next month", "future", "2024-11-01"),
        ("Thursday (10)", "past", "2024-10-10"),
        ("ten days ago", "past", "2024-10-06"),
        ("a fortnight ago", "past", "2024-10-02"),
        ("in three days", "future", "2024-10-19"),
        ("in three days", "past", None),
        ("the first Monday of August", "past", "2024-08-05"),
        ("last Friday of May", "past", "2024-05-31"),
        ("from 10 to 12 October", "past", "2024-10-10..2024-10-12 range"),
        ("from 30 December to 2 January 2024", "past", "2023-12-30..2024-01-02 range"),
        ("from Oct. 5 to today", "past", "2024-10-05..2024-10-16 range"),
        ("on Monday and Tuesday", "past", "2024-10-14..2024-10-15 range"),
        ("from Friday to Sunday", "future", "2024-10-18..2024-10-20 range"),
        ("from Tuesday to Thursday", "past", "2024-10-08..2024-10-10 range"),
        ("over the weekend", "past", "2024-10-12..2024-10-13 range"),
        ("this weekend", "future", "2024-10-19..2024-10-20 range"),
        ("in the week of 23 October", "future", "2024-10-23..2024-10-27 range"),
        ("in March", "past", "2024-03-01..2024-03-31 month"),
        ("in March", "future", "2025-03-01..2025-03-31 month"),
        ("last October", "past", "2023-10-01..2023-10-31 month"),
        ("in October", "past", "2024-10-01..2024-10-31 month"),
        ("next month", "future", "2024-11-01..2024-11-30 month"),
        ("six weeks ago", "past", "2024-09-01..2024-09-30 month"),
        ("last week", "past", "2024-10-07..2024-10-13 month"),
        ("between May and July", "past", "2024-05-01..2024-07-31 month"),
        ("in 2019", "past", "..2019-12-31 before"),
        ("last year", "past", "..2023-12-31 before"),
        ("last winter", "past", "..2024-02-29 before"),
        ("in the coming days", "future", None),
    ],
)
def test_counts_from_the_publication(text: str, tense: Tense, expected: str | None) -> None:
    assert told(resolve(text, tense=tense)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("that afternoon", "2024-10-08"),
        ("earlier in the day", "2024-10-08"),
        ("the following day", "2024-10-09"),
        ("the evening before", "2024-10-07"),
        ("two days later", "2024-10-10"),
        ("a week earlier", "2024-10-01"),
        ("that Friday", "2024-10-11"),
        ("the following Tuesday", "2024-10-15"),
        ("that month", "2024-10-01..2024-10-31 month"),
        ("yesterday", "2024-10-15"),
    ],
)
def test_counts_from_the_day_the_story_has_reached(text: str, expected: str) -> None:
    assert told(resolve(text, context=CONTEXT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on the first day", "2024-10-08"),
        ("On the third day", "2024-10-10"),
        ("on the last day", "2024-10-10"),
        ("on day two", "2024-10-09"),
    ],
)
def test_counts_in_what_lasts_several_days(text: str, expected: str) -> None:
    visit = EventDate(text="", start=dt.date(2024, 10, 8), end=dt.date(2024, 10, 10), precision="range", basis="test")
    assert told(resolve(text, context=visit)) == expected
    assert resolve("on the fourth day", context=visit) is None
    assert resolve(text) is None


def test_falls_back_on_the_publication_but_never_past_it() -> None:
    assert told(resolve("the same day")) == "..2024-10-16 before"
    assert told(resolve("the day before")) == "2024-10-15"
    assert resolve("the following day") is None


def test_a_day_near_a_month_is_known_to_the_month() -> None:
    month = EventDate(
        text="in May", start=dt.date(2024, 5, 1), end=dt.date(2024, 5, 31), precision="month", basis="test"
    )
    assert told(resolve("the next morning", context=month)) == "2024-05-01..2024-05-31 month"


def test_without_publication_only_full_dates_and_the_context_speak() -> None:
    assert told(resolve("on 3 May 2024", published=None)) == "2024-05-03"
    assert told(resolve("on 6 October", published=None, context=CONTEXT)) == "2024-10-06"
    for text in ("on 6 October", "on Monday", "yesterday", "in March", "last week", "that evening", "on the 22nd"):
        assert resolve(text, published=None) is None


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("08/01/2026", True, "2026-01-08"),
        ("08/01/2026", False, "2026-08-01"),
        ("05.23.2025", True, "2025-05-23"),
        ("23.05.2025", False, "2025-05-23"),
        ("8/1/26", True, "2026-01-08"),
        ("31/04/2025", True, None),
    ],
)
def test_reads_figures(text: str, day_first: bool, expected: str | None) -> None:
    assert told(resolve(text, day_first=day_first)) == expected


def test_reads_buddhist_years() -> None:
    assert told(resolve("19 January 2567")) == "2024-01-19"
    assert told(resolve("19 Jan 67")) == "2024-01-19"


def test_years_are_told_as_years_when_asked() -> None:
    (mention,) = FINDER.find("in 2019")
    date = DateResolver(None, coarsest="year").resolve(mention)
    assert told(date) == "2019-01-01..2019-12-31 year"


def test_says_how_it_was_found() -> None:
    date = resolve("On Monday")
    assert date is not None
    assert date.text == "On Monday"
    assert date.basis == "Monday on or before the publication date, 2024-10-16"


DATES = st.dates()
PHRASES = (
    "on 29 February|last week|last weekend|that Friday|in 2567|31/12/2025|on the 31st|999 years ago|999 weeks later|"
    "next month|last winter|from Monday to 3 May|between May and June 2019|the last Friday of May|tomorrow|"
    "the week before|the following Monday|from 5 May to today"
)
SAMPLES = st.sampled_from(PHRASES.split("|"))


@settings(max_examples=300)
@given(SAMPLES, st.none() | DATES, st.none() | DATES, st.sampled_from(["past", "future", "unknown"]))
def test_any_anchor_gives_an_ordered_date_or_none(
    text: str, published: dt.date | None, day: dt.date | None, tense: Tense
) -> None:
    context = None if day is None else EventDate(text="", start=day, end=day, precision="day", basis="test")
    for mention in FINDER.find(text):
        date = DateResolver(published).resolve(mention, context=context, tense=tense)
        if date is not None and date.precision != "before":
            assert date.start is not None
            assert date.end is not None
            assert date.start <= date.end
