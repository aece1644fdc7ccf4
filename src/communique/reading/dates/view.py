"""From where a date is looked at, and what was found there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from communique.model import EventDate
from communique.model.vocabulary import Precision
from communique.reading.dates.calendar import Tense
from communique.reading.dates.expressions import DayOfEvent, Direction, Expression, NamedWeekday, Shift

STEPS: Final[dict[Direction, int]] = {"last": -1, "this": 0, "that": 0, "next": 1, "previous": -1, "following": 1}
"""Units that a direction goes."""

OF_CONTEXT: Final[frozenset[Direction | None]] = frozenset(("that", "previous", "following"))
"""Directions that count from the day the story has reached."""


def counts_from_story(expression: Expression) -> bool:
    """Whether an expression counts from the day that the story has reached: "that evening", "the following Monday"."""
    if isinstance(expression, Shift):
        return expression.anchor == "context"
    if isinstance(expression, DayOfEvent):
        return True
    return isinstance(expression, NamedWeekday) and expression.direction in OF_CONTEXT


@dataclass(frozen=True, slots=True)
class View:
    """From where the writer looks.

    Attributes:
        published: The day of publication, or None.
        context: The date the story has reached, or None; its ``start`` is known.
        tense: Whether the writer speaks of what was or what is to come.
        day_first: How figures are read.
        coarsest: Whether times coarser than a month are told as such.
    """

    published: dt.date | None
    context: EventDate | None
    tense: Tense
    day_first: bool
    coarsest: Literal["month", "year"]

    @property
    def anchor(self) -> dt.date | None:
        """The day from which a date without a year is placed: the publication, else the context."""
        return self.published or (self.context.start if self.context else None)

    @property
    def placing(self) -> Tense:
        """The tense for placing a day at the anchor. A context says nothing about the side."""
        return self.tense if self.published else "unknown"

    @property
    def place_basis(self) -> str:
        """In words: on which side of what a day was placed."""
        side = {"past": "on or before", "future": "on or after", "unknown": "nearest to"}[self.placing]
        source = "the publication date" if self.published else "the date the story had reached"
        return f"{side} {source}, {self.anchor}"


@dataclass(frozen=True, slots=True)
class Found:
    """Days from ``start`` to ``end``, how finely they are known, and how they were found."""

    start: dt.date
    end: dt.date
    precision: Precision
    basis: str


def day_found(day: dt.date | None, basis: str) -> Found | None:
    """One day, or None."""
    return None if day is None else Found(day, day, "day", basis)


def bounds_found(bounds: tuple[dt.date, dt.date] | None, precision: Precision, basis: str) -> Found | None:
    """A stretch of days, or None."""
    return None if bounds is None else Found(*bounds, precision, basis)


def week_found(bounds: tuple[dt.date, dt.date] | None, basis: str) -> Found | None:
    """A week: told to the month when most of it lies in the month in which it begins, else as a range of days."""
    if bounds is None:
        return None
    monday, sunday = bounds
    is_mostly_there = monday.month == sunday.month or sunday.day <= 3
    return Found(monday, sunday, "month" if is_mostly_there else "range", basis)


def coarse_found(view: View, bounds: tuple[dt.date, dt.date] | None, precision: Precision, basis: str) -> Found | None:
    """Time coarser than a month: as such, or told as "before" its last day, as the view asks."""
    if view.coarsest == "month":
        return bounds_found(bounds, "before", f"{basis}; no more is known than its last day")
    return bounds_found(bounds, precision, basis)
