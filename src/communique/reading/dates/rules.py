"""What a rule is, and how the groups that it caught are read.

A rule is one shape of date expression: a pattern over the pieces of `words.py` and a function that makes the
expression. Rules are tried at every place where any of them can begin; the longest match wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.reading.dates.expressions import CalendarDay, Direction, Expression, Span
from communique.reading.dates.words import DateWords


@dataclass(frozen=True, slots=True)
class Caught:
    """What a rule matched.

    Attributes:
        groups: Name of a group → the words it caught, or None.
        words: The vocabulary.
        lead: The preposition before the match in lower case, or "".
        is_closed: Whether nothing follows that a bare number could count ("on the 22nd" is closed, "on the 22nd floor"
            is not).
        is_before_name: Whether the next word begins with a capital.
    """

    groups: dict[str, str | None]
    words: DateWords
    lead: str
    is_closed: bool
    is_before_name: bool

    def text(self, name: str) -> str | None:
        """The words of a group in lower case with single blanks, or None."""
        found = self.groups.get(name)
        return None if found is None else " ".join(found.lower().split())

    def number(self, name: str) -> int | None:
        """The digits of a group as a number ("22nd" is 22), or None."""
        found = self.groups.get(name)
        return None if found is None else int("".join(letter for letter in found if letter.isdecimal()))

    def month(self, name: str = "month") -> int | None:
        """The month that a group names, or None."""
        found = self.text(name)
        return None if found is None else self.words.months[found.rstrip(".")]

    def weekday(self, name: str = "weekday") -> int | None:
        """The weekday that a group names, or None."""
        found = self.text(name)
        return None if found is None else self.words.weekdays[found.rstrip(".")]

    def direction(self, name: str = "direction") -> Direction | None:
        """The direction that a group tells, or None."""
        found = self.text(name)
        return None if found is None else self.words.directions[found]

    def year_shift(self) -> int | None:
        """Years after the publication's that the tail "this year", "last year", "next year" tells, or None."""
        return self.shift(self.direction("year_direction"))

    @staticmethod
    def shift(direction: Direction | None) -> int | None:
        """How many units a direction goes, or None."""
        steps = {"last": -1, "this": 0, "next": 1, "that": 0, "previous": -1, "following": 1}
        return None if direction is None else steps[direction]

    def day(self, name: str = "day") -> CalendarDay:
        """The day in the group ``name`` with the month, year and weekday beside it."""
        return CalendarDay(
            day=self.number(name) or 0,
            month=self.month(),
            year=self.number("year") or self.number("short_year"),
            weekday=self.weekday() if name == "day" else None,
            month_direction=self.direction("month_direction"),
            year_shift=self.year_shift(),
        )

    def day_or_days(self) -> Expression:
        """The day in ``day``, or the span to the one in ``day2``."""
        if self.groups.get("day2") is None:
            return self.day()
        return Span(first=self.day(), last=self.day("day2"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape of date expression.

    Attributes:
        name: What the shape is.
        template: The pattern; `DateWords.compile` says how it is written.
        read: Makes the expression, or None when it is no date after all.
    """

    name: str
    template: str
    read: Callable[[Caught], Expression | None]
