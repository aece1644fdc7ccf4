"""Days on a line: where they stand, and which of them are labelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from communique.desk.charts import svg

SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# Labels closer than this (in units of the picture) would touch.
LABEL_WIDTH = 78
LEAST_MONTHS = 6
STEPS = (1, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """A stretch of time on a stretch of the picture.

    Attributes:
        first: First day, the beginning of a month.
        last: Last day.
        left: Where the first day stands.
        right: Where the last one stands.
    """

    first: dt.date
    last: dt.date
    left: float
    right: float

    @classmethod
    def over(cls, first: dt.date, last: dt.date, left: float, right: float) -> TimeAxis:
        """Whole months that hold both days, and some more round a short time."""
        begin, after = first.replace(day=1), max(next_month(last), next_month(first))
        while (after.year - begin.year) * 12 + after.month - begin.month < LEAST_MONTHS:
            begin, after = month_before(begin), next_month(after)
        return cls(first=begin, last=after, left=left, right=right)

    def at(self, day: dt.date) -> float:
        """Where a day stands; days outside stand at the ends."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def months(self) -> Iterator[dt.date]:
        """First days of all months."""
        day = self.first
        while day < self.last:
            yield day
            day = next_month(day)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Labelled places: as many months or years as there is room for."""
        months = list(self.months())
        room = max(int((self.right - self.left) / LABEL_WIDTH), 1)
        step = next((step for step in STEPS if len(months) / step <= room), STEPS[-1])
        begin = True
        for month in months:
            if (month.year * 12 + month.month - 1) % step:
                continue
            if step >= 12:
                words = str(month.year)
            else:
                words = SHORT_MONTHS[month.month - 1] + (f" {month.year}" if begin or month.month <= step else "")
            begin = False
            yield self.at(month), words

    def draw(self, top: float, bottom: float) -> str:
        """Grid lines with their labels under them."""
        return "".join(
            svg.element("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid")
            + svg.text(words, x + 3, bottom + 14, "faint")
            for x, words in self.ticks()
        )


def next_month(day: dt.date) -> dt.date:
    """First day of the month after a day's; of the very last month there is, its last day."""
    if (day.year, day.month) == (dt.MAXYEAR, 12):
        return dt.date.max
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_before(day: dt.date) -> dt.date:
    """First day of the month before a day's; the very first month there is has none, and stands for it."""
    first = day.replace(day=1)
    return first if first == dt.date.min else (first - dt.timedelta(days=1)).replace(day=1)


def say_month(day: dt.date) -> str:
    """A month for people: "Oct 2031"."""
    return f"{SHORT_MONTHS[day.month - 1]} {day.year}"
