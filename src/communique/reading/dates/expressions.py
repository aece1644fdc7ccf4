"""What a date expression says, before anybody knows which day that is.

The finder makes these records from the words alone; the resolver puts them on the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["at", "since", "until", "by"]
Direction = Literal["last", "next", "this", "that", "previous", "following"]
Unit = Literal["day", "week", "month", "year"]
Anchor = Literal["publication", "context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day with a number: "3 May 2024", "May 3", "the 22nd", "Thursday (8)", "the 14th of this month".

    Attributes:
        day: 1 to 31.
        month: 1 to 12; None when only the day was written.
        year: None when it was not written.
        weekday: Monday 0 to Sunday 6, when written beside it.
        month_direction: Which month, when told by a word ("of this month").
        year_shift: Years after the publication's, when told by a word ("of last year" is -1).
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    month_direction: Direction | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericDay:
    """A day in figures whose order is open: "11.12.2025", "08/01/2026", "13/2" (no year)."""

    first: int
    second: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMonth:
    """A month: "in March", "mid-June 2024", "last November", "January of this year"."""

    month: int
    year: int | None = None
    direction: Direction | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """A year in figures: "in 2019"."""

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPart:
    """Some months of a year: a season, a quarter, a half ("in the spring of 2023", "the second half of 2025").

    Attributes:
        first_month: 1 to 12; a winter begins in month 12 of the year before, when a year is given.
        months: How many months it lasts.
        year: None when it was not written.
        direction: "last", "next", "this" when told by a word.
        year_shift: Years after the publication's, when told by a word.
    """

    first_month: int
    months: int
    year: int | None = None
    direction: Direction | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedWeekday:
    """A weekday: "on Monday", "last Friday", "the following Tuesday", "Monday last week" (``week`` -1)."""

    weekday: int
    direction: Direction | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthWeekday:
    """A counted weekday of a month: "the first Monday of August". ``count`` -1 is the last one."""

    count: int
    weekday: int
    month: CalendarMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """So many units from an anchor: "yesterday", "three days ago", "last week", "the following day", "that evening".

    Attributes:
        count: Units after the anchor; negative before it.
        unit: The unit.
        anchor: The publication, or the day that the story has reached.
        whole: The calendar unit as a whole ("last week"), not the day at that distance ("a week ago").
        only_future: The words are a date only of what is to come ("in three days" may tell how long a thing took).
    """

    count: int
    unit: Unit
    anchor: Anchor = "publication"
    whole: bool = False
    only_future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """A Saturday and Sunday: "over the weekend", "next weekend"."""

    direction: Direction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOf:
    """The week that begins on or holds a day: "in the week of October 6"."""

    day: CalendarDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfEvent:
    """A day counted in what lasts several: "on the second day", "Day 2", "on the closing day" (``count`` -1)."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A time that nobody can put on a calendar: "in the coming days", "after Eid"."""


Point = CalendarDay | NumericDay | CalendarMonth | CalendarYear | NamedWeekday | Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one point to another, both included: "from 3 to 5 May", "on Wednesday and Thursday"."""

    first: Point
    last: Point


Expression = Point | YearPart | MonthWeekday | Weekend | WeekOf | DayOfEvent | Vague | Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date expression in a text.

    Attributes:
        start: Offset of its first code point.
        end: Offset after its last code point.
        text: The words, the preposition included ("On Monday").
        expression: What they say.
        relation: Whether the event is at, since, until or by that time.
    """

    start: int
    end: int
    text: str
    expression: Expression
    relation: Relation = "at"
