"""Shown days: the day from which a document looks, where no day of publication is known but the text shows one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from communique.reading.analysis import Analysis
from communique.reading.dates import DateFinder, DateMention, DateResolver
from communique.reading.dates.calendar import make_day
from communique.reading.dates.expressions import CalendarDay, NumericDay, Span

SHOWN = "the day that the text shows"

_FIRST_LINES = 6
"""Lines of the article in which a full date may be that of the report."""
_LONGEST_MARGIN = 8
"""Words of a line at the margin of a report: its source, its number, its rights."""
_BESIDE = re.compile(r"[\s,)]{0,3}((?:19|20)\d\d)\s*[:–—-]")
"""The year that closes a dateline after the agency's name: "MANAMA, May 24 (Agency), 2023: …"."""


class ShownDayFinder:
    """Finds the day that a text shows.

    Args:
        finder: Finds the dates of a text.
    """

    def __init__(self, finder: DateFinder) -> None:
        self.finder = finder

    def find(self, analysis: Analysis, mentions: dict[int, list[DateMention]]) -> tuple[dt.date | None, str]:
        """The day from which a document looks, None when the text does not show it, and what it is called.

        Args:
            analysis: The document.
            mentions: Line index → the dates of the line.
        """
        if day := self._full_date(self._in_margins(analysis)) or self._with_margin_year(analysis):
            return day, SHOWN
        first = (m for k in _first_lines(analysis) for m in mentions[k])
        title = (m for line in analysis.lines if line.is_title for m in mentions[line.index])
        return self._full_date(first) or self._full_date(title), SHOWN

    def _in_margins(self, analysis: Analysis) -> Iterator[DateMention]:
        """The dates around the article, those of the dateline first."""
        for block in sorted(analysis.document.blocks, key=lambda b: (b.kind != "dateline", b.start)):
            if block.kind not in ("body", "title"):
                yield from self.finder.find(analysis.text, block.start, block.end)

    def _full_date(self, mentions: Iterator[DateMention]) -> dt.date | None:
        """The first day with its year; of several days the last: "21-27 July 2025"."""
        plain = DateResolver(None)
        for mention in mentions:
            last = mention.expression.last if isinstance(mention.expression, Span) else mention.expression
            if isinstance(last, CalendarDay | NumericDay) and last.year:
                day = plain.resolve(mention)
                if day is not None and day.precision in ("day", "range"):
                    return day.end
        return None

    def _with_margin_year(self, analysis: Analysis) -> dt.date | None:
        """The day of the dateline in the one year beside it or outside the story: "(Harbour Post / 2023)"."""
        text, blocks = analysis.text, analysis.document.blocks
        days = self._days_of_datelines(analysis)
        beside = (
            _BESIDE.match(text, b.end) or _BESIDE.search(text, b.start, b.end) for b in blocks if b.kind == "dateline"
        )
        for hit in beside:
            if hit is not None and days:
                return make_day(int(hit[1]), days[0].month or 0, days[0].day)
        margins = (text[b.start : b.end] for b in blocks if b.kind not in ("title", "dateline"))
        years = {
            int(year)
            for margin in margins
            if len(re.findall(r"\w+", margin)) <= _LONGEST_MARGIN
            for year in re.findall(r"(?<![\w.])(?:19|20)\d\d(?![\w.])", margin)
        }
        return make_day(years.pop(), days[0].month or 0, days[0].day) if days and len(years) == 1 else None

    def _days_of_datelines(self, analysis: Analysis) -> list[CalendarDay]:
        """The days without a year in the datelines."""
        blocks = [b for b in analysis.document.blocks if b.kind == "dateline"]
        return [
            m.expression
            for b in blocks
            for m in self.finder.find(analysis.text, b.start, b.end)
            if isinstance(m.expression, CalendarDay) and m.expression.month and m.expression.year_shift is None
        ]


def _first_lines(analysis: Analysis) -> list[int]:
    return [line.index for line in analysis.lines[:_FIRST_LINES] if not line.is_title]
