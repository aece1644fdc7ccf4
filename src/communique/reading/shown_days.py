"""Shown days: the day from which a document looks, where no day of publication is known but the text shows one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from communique.lexicon import Lexicon
from communique.reading.analysis import Analysis
from communique.reading.dates import DateFinder, DateMention, DateResolver
from communique.reading.dates.calendar import make_day
from communique.reading.dates.expressions import CalendarDay, NamedWeekday, NumericDay, Span

SHOWN = "the day that the text shows"
FITTING = "the day of the dateline, in the year that the weekdays of the story fit"

_FIRST_LINES = 6
"""Lines of the article in which a full date may be that of the report."""
_LONGEST_MARGIN = 8
"""Words of a line at the margin of a report: its source, its number, its rights."""
_LONGEST_HEAD = 40
"""Characters of a paragraph before the day of a dateline that was not set off."""
_BESIDE = re.compile(r"[\s,)]{0,3}((?:19|20)\d\d)\s*[:–—-]")
"""The year that closes a dateline after the agency's name: "MANAMA, May 24 (Agency), 2023: …"."""
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w.,]\w)")

# What a weekday of the first sentences says for a year, by the days from it to the dateline: reports tell
# of today and of yesterday, rarely of tomorrow. The first weekday says most. Set by hand on datelines of known years.
_BY_DISTANCE = {0: 1.0, 1: 0.7, 2: 0.4, 3: 0.2, 6: 0.1}
_BY_ORDER = (1.0, 0.4, 0.3)
_BOTH_WRITTEN = 3.0
"""What "Wed 23" says: the weekday beside the number of the day."""
_YEAR_WRITTEN, _AFTER_WRITTEN = 0.5, 3.0
"""What the latest year that the text writes says for itself, and against every year that is long over by then."""
_AGE = 0.08
"""What speaks against a year for each that has come since."""
_YEARS = 12
_SUFFICIENT = 0.75


class ShownDayFinder:
    """Finds the day that a text shows.

    Args:
        lexicon: Language knowledge.
        finder: Finds the dates of a text.
    """

    def __init__(self, lexicon: Lexicon, finder: DateFinder) -> None:
        self.finder = finder
        self.newest = int(lexicon.table("dates")["shown"]["newest_year"])

    def find(self, analysis: Analysis, mentions: dict[int, list[DateMention]]) -> tuple[dt.date | None, str]:
        """The day from which a document looks, None when the text does not show it, and what it is called.

        Args:
            analysis: The document.
            mentions: Line index → the dates of the line.
        """
        if day := self._full_date(self._in_margins(analysis)) or self._with_margin_year(analysis):
            return day, SHOWN
        if day := self._with_fitting_year(analysis, mentions):
            return day, FITTING
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

    # ---- a day without a year --------------------------------------------------------------------------------------
    def _with_fitting_year(self, analysis: Analysis, mentions: dict[int, list[DateMention]]) -> dt.date | None:
        """The day of the dateline in the year in which the weekdays of the story fit: "March 7 … on Wednesday"."""
        days = self._days_of_datelines(analysis) or self._days_of_heads(analysis, mentions)
        if not days:
            return None
        newest = analysis.document.captured.year if analysis.document.captured else self.newest
        told = [m.expression for line in analysis.lines if not line.is_title for m in mentions[line.index]]
        written = [int(year) for year in _YEAR.findall(analysis.text) if int(year) <= newest]
        best: tuple[float, dt.date] | None = None
        for year in range(newest, newest - _YEARS, -1):
            day = make_day(year, days[0].month or 0, days[0].day)
            if day is None:
                continue
            speaks = _fit(day, told)
            if written:
                speaks += _YEAR_WRITTEN * (year == max(written)) - _AFTER_WRITTEN * (year < max(written) - 1)
            if speaks >= _SUFFICIENT and (best is None or speaks - _AGE * (newest - year) > best[0]):
                best = speaks - _AGE * (newest - year), day
        return best[1] if best is not None else None

    def _days_of_heads(self, analysis: Analysis, mentions: dict[int, list[DateMention]]) -> list[CalendarDay]:
        """The days of datelines that were not set off: "Hanoi, September 18 (Agency)"."""
        text = analysis.text
        heads = [
            (b.start, m)
            for b in analysis.document.blocks
            if b.kind not in ("title", "body", "dateline")
            for m in self.finder.find(text, b.start, b.end)[:1]
        ]
        heads += [(analysis.lines[k].start, m) for k in _first_lines(analysis)[:2] for m in mentions[k][:1]]
        found = []
        for start, mention in heads:
            before = text[start : mention.start].rstrip(" ")
            is_head = before.endswith((",", "(")) and len(before) <= _LONGEST_HEAD and before[:1].isupper()
            if is_head and isinstance(mention.expression, CalendarDay) and mention.expression.month:
                found.append(mention.expression)
        return found or [
            m.expression
            for k in _first_lines(analysis)
            for m in mentions[k]
            if isinstance(m.expression, CalendarDay) and m.expression.weekday is not None and m.expression.month
        ]


def _first_lines(analysis: Analysis) -> list[int]:
    return [line.index for line in analysis.lines[:_FIRST_LINES] if not line.is_title]


def _fit(day: dt.date, told: Sequence[object]) -> float:
    """What the weekdays of a story say for a day, told from it."""
    weekdays = [e.weekday for e in told if isinstance(e, NamedWeekday) and e.week is None and e.direction is None]
    fit = 0.0
    for weight, weekday in zip(_BY_ORDER, weekdays, strict=False):
        fit += weight * _BY_DISTANCE.get((day.weekday() - weekday) % 7, 0.0)
    for expression in told:
        if isinstance(expression, CalendarDay) and expression.weekday is not None and expression.year is None:
            own = make_day(day.year, expression.month or day.month, expression.day)
            if own is not None and own.weekday() == expression.weekday:
                fit += _BOTH_WRITTEN
    return fit
