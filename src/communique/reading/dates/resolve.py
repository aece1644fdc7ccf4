"""Puts date expressions on the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from communique.model import EventDate
from communique.reading.dates.calendar import Tense, make_day, weekday_near
from communique.reading.dates.expressions import (
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    DateMention,
    DayOfEvent,
    Expression,
    MonthWeekday,
    NamedWeekday,
    NumericDay,
    Shift,
    Span,
    Weekend,
    WeekOf,
    YearPart,
)
from communique.reading.dates.numbered import (
    resolve_counted_weekday,
    resolve_day,
    resolve_month,
    resolve_numeric,
    resolve_week_of,
    resolve_year,
    resolve_year_part,
)
from communique.reading.dates.relative import resolve_day_of_event, resolve_shift, resolve_weekday, resolve_weekend
from communique.reading.dates.view import Found, View


class DateResolver:
    """Finds the days that date expressions mean.

    The precision of a date says how finely its ``start`` and ``end`` are known. A week ("last week") keeps its Monday
    and Sunday as bounds but is told to the month, because that is how people record it.

    Args:
        published: The day of publication; None when unknown: then only full dates resolve, and what a context anchors.
        day_first: Whether "08/01/2026" is 8 January (True) or 1 August.
        coarsest: "year" gives years ("in 2019") precision year, and seasons and quarters precision range. "month"
            gives them precision before, with the last day only: so annotators do (of 18 bare years in the project's
            gold none has a date).
    """

    def __init__(
        self, published: dt.date | None, *, day_first: bool = True, coarsest: Literal["month", "year"] = "month"
    ) -> None:
        self.published = published
        self.day_first = day_first
        self.coarsest: Literal["month", "year"] = coarsest

    def resolve(
        self, mention: DateMention, *, context: EventDate | None = None, tense: Tense = "past"
    ) -> EventDate | None:
        """Finds the days that a mention means.

        Args:
            mention: What the finder found.
            context: The date that the story has reached: that of the engagement before. "That evening", "the following
                day", "two days later" count from it; so does a day without a year when there is no day of publication.
            tense: Whether the writer speaks of what was or what is to come.

        Returns:
            The date, or None when nothing anchors it. ``basis`` says in words what did.
        """
        known = context if context is not None and context.start is not None else None
        view = View(self.published, known, tense, self.day_first, self.coarsest)
        found = _resolve(mention.expression, view)
        if found is None:
            return None
        start = None if found.precision == "before" else found.start
        return EventDate(text=mention.text, start=start, end=found.end, precision=found.precision, basis=found.basis)


def _resolve(expression: Expression, view: View) -> Found | None:
    match expression:
        case CalendarDay():
            return resolve_day(expression, view)
        case NumericDay():
            return resolve_numeric(expression, view)
        case CalendarMonth():
            return resolve_month(expression, view)
        case CalendarYear():
            return resolve_year(expression, view)
        case YearPart():
            return resolve_year_part(expression, view)
        case NamedWeekday():
            return resolve_weekday(expression, view)
        case MonthWeekday():
            return resolve_counted_weekday(expression, view)
        case Shift():
            return resolve_shift(expression, view)
        case Weekend():
            return resolve_weekend(expression, view)
        case WeekOf():
            return resolve_week_of(expression, view)
        case DayOfEvent():
            return resolve_day_of_event(expression, view)
        case Span():
            return _resolve_span(expression, view)
        case _:
            return None


def _resolve_span(span: Span, view: View) -> Found | None:
    """Both ends; a year written at one end holds for the other, and the end never comes before the beginning."""
    first_expression, last_expression = _share_year(span)
    first, last = _resolve(first_expression, view), _resolve(last_expression, view)
    if first is None or last is None:
        return first if last is None else None
    if last.end < first.start and isinstance(span.first, NamedWeekday) and isinstance(span.last, NamedWeekday):
        first, last = _order_weekdays(first, last, view)
    elif last.end < first.start:
        first = _move_back(first)
    if last.end < first.start or "before" in (first.precision, last.precision):
        return last if last.precision == "before" else None
    # A span of months is known to the month.
    is_to_month = first.precision == last.precision == "month"
    basis = first.basis if first.basis == last.basis else f"{first.basis}; to {last.basis}"
    return Found(first.start, last.end, "month" if is_to_month else "range", basis)


def _share_year(span: Span) -> tuple[Expression, Expression]:
    first, last = span.first, span.last
    if isinstance(first, CalendarDay | CalendarMonth) and isinstance(last, CalendarDay | CalendarMonth):
        if first.year is None and first.year_shift is None:
            first = replace(first, year=last.year, year_shift=last.year_shift)
        elif last.year is None and last.year_shift is None:
            last = replace(last, year=first.year, year_shift=first.year_shift)
    return first, last


def _order_weekdays(first: Found, last: Found, view: View) -> tuple[Found, Found]:
    """Orders "from Wednesday to Friday": the beginning follows the end back, or the end follows the beginning on."""
    if view.tense == "future":
        day = weekday_near(first.start, last.start.weekday(), forward=True)
        return first, replace(last, start=day or last.start, end=day or last.end)
    day = weekday_near(last.start, first.start.weekday(), forward=False)
    return replace(first, start=day or first.start, end=day or first.end), last


def _move_back(first: Found) -> Found:
    """Moves the beginning of "30 December - 2 January 2025" to the year before."""
    start = make_day(first.start.year - 1, first.start.month, first.start.day)
    return replace(first, start=start) if start else first
