"""Arithmetic on the calendar: which of the days that fit the words is meant."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal

Tense = Literal["past", "future", "unknown"]

_FAR: Final = 330
_NEAR: Final = 31
"""A day so many days off (FAR) on the side that the tense asks for, when the other side has one so close (NEAR), is not
meant: nobody writes "on 3 May" for the May of last year in April. So a tense misread by a parser costs nothing."""


def month_bounds(year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """First and last day of a month; None outside the calendar."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month, ``count`` months on."""
    years, month_index = divmod(month - 1 + count, 12)
    return year + years, month_index + 1


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None when there is none (30 February)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_days(day: dt.date, count: int) -> dt.date | None:
    """The day ``count`` days on, or None outside the calendar."""
    try:
        return day + dt.timedelta(days=count)
    except OverflowError:
        return None


def pick_day(days: Iterable[dt.date | None], anchor: dt.date, tense: Tense) -> dt.date | None:
    """Of the days that fit the words, the one meant.

    Args:
        days: Days that fit; None among them are skipped.
        anchor: The day from which the writer looks.
        tense: Past picks the last one up to the anchor, future the first one from it, unknown the nearest.

    Returns:
        The day, or None when none fits.
    """
    fitting = sorted(day for day in days if day is not None)
    before = max((day for day in fitting if day <= anchor), default=None)
    after = min((day for day in fitting if day >= anchor), default=None)
    if before is None or after is None:
        return before or after
    past, ahead = (anchor - before).days, (after - anchor).days
    if tense == "past":
        return after if past > _FAR and ahead < _NEAR else before
    if tense == "future":
        return before if ahead > _FAR and past < _NEAR else after
    return before if past <= ahead else after


def weekday_near(anchor: dt.date, weekday: int, *, forward: bool, strictly: bool = False) -> dt.date | None:
    """The first such weekday from the anchor on, or the last one up to it; ``strictly`` leaves the anchor out."""
    if forward:
        steps = (weekday - anchor.weekday()) % 7
        return add_days(anchor, steps or (7 if strictly else 0))
    steps = (anchor.weekday() - weekday) % 7
    return add_days(anchor, -(steps or (7 if strictly else 0)))


def week_bounds(anchor: dt.date, weeks: int = 0) -> tuple[dt.date, dt.date] | None:
    """Monday and Sunday of the week that is ``weeks`` after the anchor's."""
    monday = add_days(anchor, 7 * weeks - anchor.weekday())
    sunday = None if monday is None else add_days(monday, 6)
    return None if monday is None or sunday is None else (monday, sunday)


def counted_weekday(year: int, month: int, weekday: int, count: int) -> dt.date | None:
    """The ``count``-th such weekday of a month, -1 for the last one; None when there are fewer."""
    weeks = calendar.monthcalendar(year, month)
    days = [week[weekday] for week in weeks if week[weekday]]
    index = count - 1 if count > 0 else count
    return dt.date(year, month, days[index]) if -len(days) <= index < len(days) else None
