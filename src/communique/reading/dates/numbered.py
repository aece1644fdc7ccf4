"""Resolves what stands on the calendar by number or name: days, months, years and their parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from communique.reading.dates.calendar import (
    add_months,
    counted_weekday,
    make_day,
    month_bounds,
    pick_day,
    week_bounds,
)
from communique.reading.dates.expressions import (
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    MonthWeekday,
    NumericDay,
    WeekOf,
    YearPart,
)
from communique.reading.dates.view import OF_CONTEXT, STEPS, Found, View, bounds_found, coarse_found, day_found

_BUDDHIST = 543
"""Years by which the Buddhist calendar is ahead of ours."""


def resolve_day(expression: CalendarDay, view: View) -> Found | None:
    """A numbered day; without a year it is placed near the anchor, by its weekday when that stands beside it."""
    if expression.month is None:
        return _day_of_month(expression, view)
    year = _year(expression.year, expression.year_shift, view)
    if year is not None:
        return day_found(make_day(year, expression.month, expression.day), "a date as written")
    anchor = view.anchor
    if anchor is None:
        return None
    # Eight years hold a 29 February even around 1900 and 2100.
    reach = 8 if (expression.month, expression.day) == (2, 29) else 1
    days = [make_day(anchor.year + step, expression.month, expression.day) for step in range(-reach, reach + 1)]
    day = pick_day(_on_weekday(days, expression.weekday), anchor, view.placing)
    return day_found(day, f"in the year that puts it {view.place_basis}")


def _day_of_month(expression: CalendarDay, view: View) -> Found | None:
    """Resolves "the 22nd": of the month that the words name, else of the one that puts it where the tense asks."""
    direction = expression.month_direction
    if direction is not None:
        context = view.context.start if view.context and direction in OF_CONTEXT else None
        base = context or view.published
        if base is None:
            return None
        day = make_day(*add_months(base.year, base.month, STEPS[direction]), expression.day)
        return day_found(day, f"of {direction} month, counted from {base}")
    anchor = view.anchor
    if anchor is None:
        return None
    days = [make_day(*add_months(anchor.year, anchor.month, step), expression.day) for step in range(-2, 3)]
    day = pick_day(_on_weekday(days, expression.weekday), anchor, view.placing)
    return day_found(day, f"in the month that puts it {view.place_basis}")


def _on_weekday(days: list[dt.date | None], weekday: int | None) -> list[dt.date | None]:
    """The days on the weekday that was written beside them; all of them when it fits none (a slip of the pen)."""
    fitting = [day for day in days if day is not None and day.weekday() == weekday]
    return [*fitting] or days


def resolve_numeric(expression: NumericDay, view: View) -> Found | None:
    """A day in figures; the view says the order where both are possible."""
    day, month = expression.first, expression.second
    if month > 12 or (not view.day_first and day <= 12):
        day, month = month, day
    found = resolve_day(CalendarDay(day=day, month=month, year=expression.year), view)
    order = "day first" if day == expression.first else "month first"
    return found and replace(found, basis=f"{found.basis}, {order}")


def _year(year: int | None, shift: int | None, view: View) -> int | None:
    """The year as written out: "this year" counted, two digits put near the publication, Buddhist years converted."""
    if shift is not None:
        return view.published.year + shift if view.published else None
    if year is None or 100 <= year < 2400:
        return year
    if year >= 2400:
        return year - _BUDDHIST
    near = view.published.year if view.published else 2000
    return min((1900 + year, 2000 + year, 2500 + year - _BUDDHIST), key=lambda full: abs(full - near))


def resolve_month(expression: CalendarMonth, view: View) -> Found | None:
    """A month; without a year the one that the tense or the word beside it asks for."""
    year = _year(expression.year, expression.year_shift, view)
    if year is not None:
        return bounds_found(month_bounds(year, expression.month), "month", "a month as written")
    anchor = view.anchor
    if anchor is None or expression.year_shift is not None:
        return None
    months = expression.month - anchor.month
    if expression.direction == "last":
        year = anchor.year - (months >= 0)
        basis = f"the last such month before that of {anchor}"
    elif expression.direction == "next":
        year = anchor.year + (months <= 0)
        basis = f"the next such month after that of {anchor}"
    elif expression.direction == "this":
        year, basis = anchor.year, f"of the year of {anchor}"
    else:
        year, basis = anchor.year + _nearest_year(months, view), f"the month {view.place_basis}"
    return bounds_found(month_bounds(year, expression.month), "month", basis)


def _nearest_year(months: int, view: View) -> int:
    """Years to add to the anchor's for a month that is ``months`` after the anchor's in the same year."""
    if view.placing == "past":
        return -1 if months > 0 else 0
    if view.placing == "future":
        return 1 if months < 0 else 0
    return -1 if months > 6 else 1 if months < -6 else 0


def resolve_counted_weekday(expression: MonthWeekday, view: View) -> Found | None:
    """Resolves "the first Monday of August"."""
    month = resolve_month(expression.month, view)
    if month is None:
        return None
    day = counted_weekday(month.start.year, month.start.month, expression.weekday, expression.count)
    return day_found(day, f"counted in {month.start:%Y-%m}")


def resolve_week_of(expression: WeekOf, view: View) -> Found | None:
    """Resolves "the week of October 6": from the day written, where such a week is said to begin, to Sunday."""
    first = resolve_day(expression.day, view)
    bounds = first and week_bounds(first.start)
    return Found(first.start, bounds[1], "range", f"a week from a day {first.basis}") if first and bounds else None


def resolve_year(expression: CalendarYear, view: View) -> Found | None:
    """Resolves "in 2019"."""
    year = _year(expression.year, None, view) or expression.year
    return coarse_found(view, (dt.date(year, 1, 1), dt.date(year, 12, 31)), "year", "a year as written")


def resolve_year_part(expression: YearPart, view: View) -> Found | None:
    """A season, a quarter or a half; without a year the last one begun, or the next one to begin."""
    year = _year(expression.year, expression.year_shift, view)
    basis = "part of a year as written"
    if year is None:
        if view.published is None:
            return None
        anchor = view.published
        direction = expression.direction
        begun = anchor.month >= expression.first_month
        if direction == "next" or (direction is None and view.tense == "future"):
            year = anchor.year + begun
        elif direction == "this":
            year = anchor.year
        else:
            year = anchor.year - (not begun)
        basis = f"part of a year, counted from the publication date, {anchor}"
    first = month_bounds(year, expression.first_month)
    last = month_bounds(*add_months(year, expression.first_month, expression.months - 1))
    bounds = (first[0], last[1]) if first and last else None
    return coarse_found(view, bounds, "range", basis)
