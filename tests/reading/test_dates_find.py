"""What the finder takes for a date, where it ends, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.lexicon import Lexicon
from communique.reading.dates import DateFinder
from communique.reading.dates.expressions import (
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    DayOfEvent,
    MonthWeekday,
    NamedWeekday,
    NumericDay,
    Shift,
    Span,
    Vague,
    Weekend,
    WeekOf,
    YearPart,
)

FINDER = DateFinder(Lexicon())


def found(text: str, **options: object) -> list[str]:
    return [mention.text for mention in FINDER.find(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("They met on Monday in Accra.", ["on Monday"]),
        ("They met on Friday. Later they left.", ["on Friday"]),
        ("Talks ran from 3 to 5 May in Oslo", ["from 3 to 5 May"]),
        ("Talks ran 3-5 May, 2024", ["3-5 May, 2024"]),
        ("held between 26-31 January", ["between 26-31 January"]),
        ("12–15 Oct. – exercise", ["12–15 Oct."]),
        ("May 3 to 5, 2024: exercise", ["May 3 to 5, 2024"]),
        ("from 30 April until 2 May", ["from 30 April until 2 May"]),
        ("from May 30 to June 2", ["from May 30 to June 2"]),
        ("From Feb. 5 to today he was in Riga", ["From Feb. 5 to today"]),
        ("Thu 5 Dec - Fri 6 Dec", ["Thu 5 Dec - Fri 6 Dec"]),
        ("on 3, 4 and 5 May", ["on 3, 4 and 5 May"]),
        ("a visit over the weekend", ["over the weekend"]),
        ("He arrived on the 22nd, tired", ["on the 22nd"]),
        ("from the 8th to the 10th.", ["from the 8th to the 10th"]),
        ("the 14th of this month", ["the 14th of this month"]),
        ("on the afternoon of this Thursday (8)", ["on the afternoon of this Thursday (8)"]),
        ("The session opens Monday 22 in Quito", ["Monday 22"]),
        ("Thu 2 Oct.: arrival", ["Thu 2 Oct."]),
        ("Friday, 19 January 2024", ["Friday, 19 January 2024"]),
        ("last Tuesday (16 July)", ["last Tuesday (16 July)"]),
        ("on Friday (13/2) he", ["on Friday (13/2)"]),
        ("Issued 11.12.2025, late", ["11.12.2025"]),
        ("2025-01-30T09:30 UTC", ["2025-01-30"]),
        ("since Monday, until 27 January", ["since Monday", "until 27 January"]),
        ("by the end of June", ["by the end of June"]),
        ("in early March and mid-June", ["in early March", "mid-June"]),
        ("Monday last they met", ["Monday"]),
        ("on Thursday last.", ["on Thursday last"]),
        ("on Tuesday of last week", ["on Tuesday of last week"]),
        ("in the spring of 2023", ["in the spring of 2023"]),
        ("in the first week of May", ["in the first week of May"]),
        ("at dawn on Wednesday", ["at dawn on Wednesday"]),
        ("yesterday, Sunday, he left", ["yesterday, Sunday"]),
        ("two weeks earlier", ["two weeks earlier"]),
        ("on the eve of the summit", ["on the eve of"]),
        ("On\nMonday", ["On\nMonday"]),
        ("Monday\n\n3 May", ["Monday", "3 May"]),
        ("10 to 12\xa0February", ["10 to 12\xa0February"]),
        ("on May 5, 20 soldiers died", ["on May 5"]),
        ("on May 5, 6 and 7", ["on May 5, 6 and 7"]),
        ("Aug. 31-Sept. 2 and 30 August–2 September", ["Aug. 31-Sept. 2", "30 August–2 September"]),
        ("Saturday-Sunday", ["Saturday-Sunday"]),
        ("12-May-2024", ["12-May-2024"]),
        ("24 September 2024 (Tuesday)", ["24 September 2024 (Tuesday)"]),
        ("October saw him return", ["October"]),
    ],
)
def test_finds_the_whole_expression(text: str, mentions: list[str]) -> None:
    assert found(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "its 1,298th meeting",
        "in the 1990s and in 1990–1995",
        "June Smith and a pre-May deal",
        "No PR-204/2025 and 09:30",
        "40 km from the 5th floor",
        "on the 22nd floor and at the 75th session",
        "They may meet and May God help",
        "They march; the March for peace",
        "Day 45, Day 0, Day 3.5 and Day 1,000 of the siege",
        "for the first day; a day one remembers; the second, larger ship; Dday 3",
        "a second visit; the Sun shone; he sat down. Sat down he did",
        "in the fall of the city",
        "Black Friday and Good Friday",
        "the October War, 7 April Street, the February 17 Revolution",
        "the Sunday Times",
        "version 1.2.2025.4 of 12:30:45",
        "resolution 2025/04/07/3, 0 May",
    ],
)
def test_leaves_alone_what_only_looks_like_a_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("on 3 May 2024", CalendarDay(day=3, month=5, year=2024)),
        ("TUE 7 — Accra. Talks", CalendarDay(day=7, weekday=1)),
        ("Issued: 2025. 7. 22. (Tue)", CalendarDay(day=22, month=7, year=2025)),
        ("on the 6th flew home", CalendarDay(day=6)),
        ("on the second day of the visit", DayOfEvent(count=2)),
        ("The final day saw", DayOfEvent(count=-1)),
        ("on the closing day", DayOfEvent(count=-1)),
        ("on the second, talks began", DayOfEvent(count=2)),
        ("Day 3: the range", DayOfEvent(count=3)),
        ("two nights earlier", Shift(count=-2, unit="day", anchor="context")),
        ("on Thursday, 3 May", CalendarDay(day=3, month=5, weekday=3)),
        ("3rd of May last year", CalendarDay(day=3, month=5, year_shift=-1)),
        ("the first of next month", CalendarDay(day=1, month_direction="next")),
        ("08/01/2026", NumericDay(first=8, second=1, year=2026)),
        ("last November", CalendarMonth(month=11, direction="last")),
        ("in Oct. 2024", CalendarMonth(month=10, year=2024)),
        ("April 28 (2026)", CalendarDay(day=28, month=4, year=2026)),
        ("6-III-2023", CalendarDay(day=6, month=3, year=2023)),
        ("• Mon: talks", NamedWeekday(weekday=0)),
        ("two days after.", Shift(count=2, unit="day", anchor="context")),
        ("two days after the raid", Vague()),
        ("in 2019", CalendarYear(year=2019)),
        ("last winter", YearPart(first_month=12, months=3, direction="last")),
        ("in the second half of 2025", YearPart(first_month=7, months=6, year=2025)),
        ("next Monday", NamedWeekday(weekday=0, direction="next")),
        ("Monday last week", NamedWeekday(weekday=0, week=-1)),
        ("the first Monday of August", MonthWeekday(count=1, weekday=0, month=CalendarMonth(month=8))),
        ("the day before yesterday", Shift(count=-2, unit="day")),
        ("three weeks ago", Shift(count=-3, unit="week")),
        ("a fortnight ago", Shift(count=-2, unit="week")),
        ("earlier this month", Shift(count=0, unit="month", whole=True)),
        ("the following day", Shift(count=1, unit="day", anchor="context")),
        ("later that same afternoon", Shift(count=0, unit="day", anchor="context")),
        ("two days after that", Shift(count=2, unit="day", anchor="context")),
        ("the month before", Shift(count=-1, unit="month", anchor="context", whole=True)),
        ("in three days", Shift(count=3, unit="day", only_future=True)),
        ("next weekend", Weekend(direction="next")),
        ("in the week of October 6", WeekOf(day=CalendarDay(day=6, month=10))),
        ("in the coming days", Vague()),
        ("after Ramadan", Vague()),
        ("a few days ago", Vague()),
        ("on Monday and Tuesday", Span(first=NamedWeekday(weekday=0), last=NamedWeekday(weekday=1))),
    ],
)
def test_says_what_the_words_say(text: str, expression: object) -> None:
    (mention,) = FINDER.find(text)
    assert mention.expression == expression


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("on Monday", "at"),
        ("since Monday", "since"),
        ("from 3 May", "since"),
        ("from 3 to 5 May", "at"),
        ("until Monday", "until"),
        ("by Monday", "by"),
        ("before 3 May", "by"),
    ],
)
def test_tells_the_relation(text: str, relation: str) -> None:
    assert [mention.relation for mention in FINDER.find(text)] == [relation]


def test_two_separate_days_stay_two() -> None:
    assert found("in March and in June, on Monday and on Thursday") == [
        "in March",
        "in June",
        "on Monday",
        "on Thursday",
    ]


def test_masked_names_are_not_looked_into() -> None:
    text = "In April Jones came in April"
    assert found(text) == ["In April", "in April"]
    assert found(text, masked=[(3, 14)]) == ["in April"]


def test_a_passage_has_offsets_of_the_document() -> None:
    text = "On Monday one thing. On Tuesday another. On Friday a third."
    (mention,) = FINDER.find(text, 21, 40)
    assert (mention.start, mention.text) == (21, "On Tuesday")


def test_the_sieve_of_first_words_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "Later that day, in the week of 6 May, within a year, ahead of Ramadan, two weeks ago, mid-June, year's end, "
        "the first Monday of August, at night, next day, earlier on the same day, in due course, MONDAY, Sept. 3"
    )
    expected = FINDER.find(text)

    class Everything(frozenset[str]):
        def __contains__(self, word: object) -> bool:
            return True

    monkeypatch.setattr(FINDER, "_vocabulary", Everything())
    assert FINDER.find(text) == expected
    assert len(expected) == 13


PIECES = (
    "on in the of to from and - – , . ( ) 3 22nd 5 31 2024 69 May March Oct. Monday Sat Thu today last next this that "
    "week weeks ago later day evening first half spring 11.12.2025 before eve İ"
)
WORDS = st.sampled_from([*PIECES.split(" "), "\n"])


@settings(max_examples=300)
@given(
    st.one_of(st.text(), st.lists(WORDS).map(" ".join)), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)))
)
def test_mentions_are_sorted_disjoint_and_quote_the_text(text: str, masked: list[tuple[int, int]]) -> None:
    end = 0
    for mention in FINDER.find(text, masked=masked):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


def test_users_words_are_found(tmp_path: Path) -> None:
    (tmp_path / "dates.toml").write_text('[months]\n"Août" = 8\n[never]\nbefore = ["Café"]\n', "utf-8")
    finder = DateFinder(Lexicon(tmp_path))
    (mention,) = finder.find("le 3 Août 2024, near the 7 April Café")
    assert mention.expression == CalendarDay(day=3, month=8, year=2024)
