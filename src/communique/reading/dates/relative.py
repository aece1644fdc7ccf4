"""Resolves what is told from another day: weekdays, weekends, "yesterday", "two days later"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from communique.model import EventDate
from communique.reading.dates.calendar import add_days, add_months, month_bounds, pick_day, week_bounds, weekday_near
from communique.reading.dates.expressions import DayOfEvent, NamedWeekday, Shift, Weekend
from communique.reading.dates.view import (
    OF_CONTEXT,
    STEPS,
    Found,
    View,
    bounds_found,
    coarse_found,
    day_found,
    week_found,
)

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EXACT_WEEKS: Final = 2
"""Up to so many weeks "ago" or "later" mean a day; more are round numbers, known to the month."""


def resolve_weekday(expression: NamedWeekday, view: View) -> Found | None:
    """A weekday, counted from the publication; "that Friday" and "the following Monday" from the story's day."""
    name = _WEEKDAYS[expression.weekday]
    if expression.direction in OF_CONTEXT and view.context is not None:
        return _weekday_of_context(expression, view.context)
    anchor = view.published
    if anchor is None:
        return None
    if expression.week is not None:
        bounds = week_bounds(anchor, expression.week)
        day = bounds and add_days(bounds[0], expression.weekday)
        return day_found(day, f"{name} of the week told, counted from the publication date, {anchor}")
    if expression.direction in ("last", "next"):
        forward = expression.direction == "next"
        day = weekday_near(anchor, expression.weekday, forward=forward, strictly=True)
        return day_found(day, f"{name} {'after' if forward else 'before'} the publication date, {anchor}")
    days = [weekday_near(anchor, expression.weekday, forward=forward) for forward in (False, True)]
    return day_found(pick_day(days, anchor, view.tense), f"{name} {view.place_basis}")


def _weekday_of_context(expression: NamedWeekday, context: EventDate) -> Found | None:
    """Resolves "that Friday" (nearest to the story's day) and "the following Friday" (after it)."""
    if context.start is None or context.precision not in ("day", "range"):
        return None
    steps = STEPS[expression.direction] if expression.direction else 0
    if steps > 0:
        day = weekday_near(context.end or context.start, expression.weekday, forward=True, strictly=True)
    elif steps < 0:
        day = weekday_near(context.start, expression.weekday, forward=False, strictly=True)
    else:
        three_before = add_days(context.start, -3)
        day = three_before and weekday_near(three_before, expression.weekday, forward=True)
    return day_found(day, f"{_WEEKDAYS[expression.weekday]} next to the date the story had reached, {context.start}")


def resolve_weekend(expression: Weekend, view: View) -> Found | None:
    """A weekend on or before the publication, or after it when the tense is not the past."""
    anchor = view.context.start if expression.direction == "that" and view.context else view.published
    if anchor is None:
        return None
    if expression.direction == "last":
        forward = False
        # On a Sunday the weekend is not over: last weekend is the one before.
        before = add_days(anchor, -2)
        saturday = before and weekday_near(before, 5, forward=False)
    else:
        forward = expression.direction == "next" or view.tense != "past"
        saturday = weekday_near(anchor, 5, forward=forward, strictly=expression.direction == "next")
    sunday = saturday and add_days(saturday, 1)
    side = "after" if forward else "before"
    return Found(saturday, sunday, "range", f"the weekend on or {side} {anchor}") if saturday and sunday else None


def resolve_shift(expression: Shift, view: View) -> Found | None:
    """So many units from the publication, or from the story's day."""
    if expression.anchor == "context" and view.context is not None:
        return _shift_from_context(expression, view.context, view)
    if view.published is None or (expression.only_future and view.tense == "past"):
        return None
    if expression.anchor == "context" and expression.count > 0 and view.tense == "past":
        # "The following day" of a day that is not told: it cannot be the day after the publication.
        return None
    if expression.anchor == "context" and expression.count == 0 and expression.unit == "day" and view.tense == "past":
        # "Earlier in the day" of a day that is not told: no more is known than that it is over.
        return Found(view.published, view.published, "before", f"not after the publication date, {view.published}")
    return _shift(expression, view.published, "the publication date", view)


def _shift_from_context(expression: Shift, context: EventDate, view: View) -> Found | None:
    if context.start is None or context.precision in ("before", "year"):
        return None
    end = context.end or context.start
    basis = f"the date the story had reached, {context.start}"
    if expression.unit == "day" and (expression.count == 0 or context.precision == "month"):
        # A day near another one that is known to the month is known to the month.
        return Found(context.start, end, context.precision, basis)
    return _shift(expression, end if expression.count > 0 else context.start, "the date the story had reached", view)


def _shift(expression: Shift, anchor: dt.date, source: str, view: View) -> Found | None:
    count, unit = expression.count, expression.unit
    basis = (
        f"{count:+d} {unit}{'s' if abs(count) > 1 else ''} from {source}, {anchor}" if count else f"{source}, {anchor}"
    )
    if unit == "day":
        return day_found(add_days(anchor, count), basis)
    if unit == "week":
        if expression.whole:
            return week_found(week_bounds(anchor, count), f"the week {basis}")
        day = add_days(anchor, 7 * count)
        if abs(count) <= _EXACT_WEEKS or day is None:
            return day_found(day, basis)
        return bounds_found(month_bounds(day.year, day.month), "month", basis)
    if unit == "month":
        return bounds_found(month_bounds(*add_months(anchor.year, anchor.month, count)), "month", basis)
    first, last = month_bounds(anchor.year + count, 1), month_bounds(anchor.year + count, 12)
    return coarse_found(view, (first[0], last[1]) if first and last else None, "year", basis)


def resolve_day_of_event(expression: DayOfEvent, view: View) -> Found | None:
    """A day of what lasts several, counted from the day on which the story says that it began."""
    context = view.context
    if context is None or context.start is None or context.precision not in ("day", "range"):
        return None
    last = context.end or context.start
    day = last if expression.count < 0 else add_days(context.start, expression.count - 1)
    if day is None or (context.precision == "range" and day > last):
        return None
    which = "the last day" if expression.count < 0 else f"day {expression.count}"
    return day_found(day, f"{which} of what began on {context.start}")
