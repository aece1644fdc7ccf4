"""Finds full dates in text, in the forms that pages use, and says which day they mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeGuard

from communique.lexicon import Lexicon

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years in which a report can have been published; what lies outside is a placeholder or a slip."""

_ALIKE = str.maketrans("İıſK", "iisk")
"""Letters that patterns without case take for these."""
_DIGITS = re.compile(r"\d\d")
_YEAR = r"(?:19|20)\d{2}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date that the text shows.

    Attributes:
        start: Offset of its first character in the searched text.
        end: Offset after its last character.
        day: The day; for an ambiguous date the day-first reading.
        other: The month-first reading of an ambiguous date ("08/01/2026"), else None.
        weekday: The weekday named with it (Monday = 0), else None.
        short_year: Whether the year has two digits only ("05/09/14"): trusted beside a title, nowhere else.
        has_year: False for "12 February": ``day`` then stands in the year 1904, which only holds the place.
    """

    start: int
    end: int
    day: dt.date
    other: dt.date | None = None
    weekday: int | None = None
    has_year: bool = True
    short_year: bool = False


class DateFinder:
    """Finds dates by the month and weekday names of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("interface")["dates"]
        self.months: dict[str, int] = table["months"]
        self._weekdays: dict[str, int] = table["weekdays"]
        month, weekday = _alternatives(self.months), _alternatives(self._weekdays)
        self._full = re.compile(
            rf"(?:(?<!\w)(?P<wd>{weekday})\.?,?\s+(?:the\s+)?)?"
            r"(?<![\w/.,:\-–])(?:"
            rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s\-]+(?:(?:de|of|di)\s+)?(?P<m1>{month})\.?,?[\s\-]+(?:(?:de|del)\s+)?(?P<y1>{_YEAR})"
            rf"|(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+\(|,?\s+|,)(?P<y2>{_YEAR})"
            rf"|(?P<y3>{_YEAR})(?P<s3>[\-/.])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?:T[\d:.]+(?:Z|[+\-]\d\d:?\d\d)?)?"
            rf"|(?P<a4>\d{{1,2}})(?P<s4>[\-/]|\.\s?)(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{_YEAR}|\d{{2}}(?!\d))"
            rf"|(?P<y5>{_YEAR})年\s?(?P<m5>\d{{1,2}})月\s?(?P<d5>\d{{1,2}})日"
            r")(?![\w/\-]|[.,:]\d)",
            re.IGNORECASE,
        )
        self._yearless = re.compile(
            rf"(?<![\w/.,:\-–])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{month})|(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?!\w|[/\-–]\d)",
            re.IGNORECASE,
        )

    def find(self, text: str) -> list[FoundDate]:
        """Dates with day, month and year, in order. Ranges ("27-28 March 2025") are not days and are not found."""
        return list(self._find(text))

    def find_yearless(self, text: str) -> list[FoundDate]:
        """Dates with day and month, whether a year follows or not; the day stands in the leap year 1904."""
        found = (
            (m, make_day(1904, self.months[_plain(m["m1"] or m["m2"])], int(m["d1"] or m["d2"])))
            for m in self._yearless.finditer(text)
        )
        return [FoundDate(start=m.start(), end=m.end(), day=day, has_year=False) for m, day in found if day]

    def _find(self, text: str) -> Iterator[FoundDate]:
        if not _DIGITS.search(text):
            return
        for match in self._full.finditer(text):
            other = None
            if match["a4"]:
                first, second, year = int(match["a4"]), int(match["b4"]), _long_year(match["y4"])
                day, other = make_day(year, second, first), make_day(year, first, second)
                if day is None:
                    day, other = other, None
                elif other == day or match["s4"].startswith("."):
                    other = None
            else:
                number = next(n for n in "1235" if match[f"y{n}"])
                month = _plain(match[f"m{number}"])
                day = make_day(int(match[f"y{number}"]), self.months.get(month) or int(month), int(match[f"d{number}"]))
            if is_plausible(day):
                weekday = self._weekdays[_plain(match["wd"])] if match["wd"] else None
                short = bool(match["y4"]) and len(match["y4"]) == 2
                yield FoundDate(
                    start=match.start(), end=match.end(), day=day, other=other, weekday=weekday, short_year=short
                )


@lru_cache(maxsize=8)
def date_finder(lexicon: Lexicon) -> DateFinder:
    """The date finder of a lexicon, made once."""
    return DateFinder(lexicon)


def settle_order(dates: list[FoundDate], *, month_first: bool) -> list[FoundDate]:
    """Gives every ambiguous numeric date one reading.

    A weekday named with a date decides it. Else the first sure date of the page that equals one reading decides all of
    the page, then ``month_first``; day first is the rule of most of the world.

    Args:
        dates: All dates of one page.
        month_first: Whether the page's site writes the month first when nothing on the page decides.
    """
    sure = {found.day for found in dates if found.other is None}
    for found in dates:
        if found.other is None:
            continue
        if found.weekday is not None and (found.day.weekday() == found.weekday) != (
            found.other.weekday() == found.weekday
        ):
            month_first = found.other.weekday() == found.weekday
            break
        if (found.day in sure) != (found.other in sure):
            month_first = found.other in sure
            break
    return [
        replace(found, day=found.other if found.other and month_first else found.day, other=None) for found in dates
    ]


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, None when there is no such one."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def is_plausible(day: dt.date | None) -> TypeGuard[dt.date]:
    """Whether a report can have been published on a day: from FIRST_YEAR to LAST_YEAR."""
    return day is not None and FIRST_YEAR <= day.year <= LAST_YEAR


def _plain(word: str) -> str:
    """A word in the letters of the lexicon: "APRİL" and "April" are one month."""
    return word.translate(_ALIKE).lower()


def _long_year(digits: str) -> int:
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _alternatives(words: dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
