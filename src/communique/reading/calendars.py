"""Calendars: the dates of a document, those that stand above paragraphs, and the day from which it looks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from communique.lexicon import Lexicon
from communique.model import EventDate
from communique.reading.analysis import Analysis, Line
from communique.reading.dates import DateFinder, DateMention, DateResolver
from communique.reading.dates.calendar import Tense
from communique.reading.dates.expressions import CalendarDay, CalendarYear, NumericDay, Shift, Span, Vague
from communique.reading.shown_days import ShownDayFinder

HEADING = re.compile(r"\s*(?:[:–—.)|•-]|$|\n| {2,})")
"""What sets a date off from what follows it in an agenda or a chronicle."""

CLOCK = re.compile(r"\s*(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d.:%])(?: ?[ap]\.?m\b\.?)?")
"""The time of day at the head of an entry; a report with several such entries is a log of the day of publication."""

_HALF_A_YEAR = dt.timedelta(days=183)
"""A day without a year that lies further back is nearer in the year to come."""


@dataclass(slots=True)
class Calendar:
    """The dates of a document.

    Attributes:
        resolver: Puts expressions on the calendar.
        lines: The lines of the document.
        mentions: Line index → date expressions of the line.
        headings: Line index → the date that stands at the head of the line or above it ("Monday 22", "4 February:").
        source: How the anchor is called in the basis of dates, when it is not the day of publication.
        datelines: Indexes of the lines that are datelines: their day is that of the report, not of what it tells.
    """

    resolver: DateResolver
    lines: list[Line] = field(default_factory=list)
    mentions: dict[int, list[DateMention]] = field(default_factory=dict)
    headings: dict[int, DateMention] = field(default_factory=dict)
    source: str = ""
    datelines: frozenset[int] = frozenset()

    @property
    def today(self) -> dt.date | None:
        """The day from which the document looks."""
        return self.resolver.published

    def resolve(
        self, mention: DateMention, story: EventDate | None, tense: Tense, *, is_moved: bool = False
    ) -> EventDate | None:
        """Puts a mention on the document's calendar."""
        if is_moved and isinstance(mention.expression, Span):  # "moved from 20 August to 3 September"
            mention = replace(mention, expression=mention.expression.last)
        found = self.resolver.resolve(mention, context=story, tense=tense)
        if found is not None and self.source:
            found = replace(found, basis=found.basis.replace("the publication date", self.source))
        return found

    def reached(self, line: Line) -> EventDate | None:
        """The last day up to today that the sentences before a line have named, however far back."""
        for earlier in reversed(self.lines[: line.index]):
            if earlier.is_title or earlier.index in self.datelines:
                continue
            for mention in reversed(self.mentions[earlier.index]):
                found = self.resolve(mention, None, "past") if mention.relation == "at" else None
                if found is None or found.start is None or found.precision != "day" or self._is_forced(mention, found):
                    continue
                if self.today is None or found.start <= self.today:
                    return found
        return None

    def _is_forced(self, mention: DateMention, found: EventDate) -> bool:
        """Whether a day without a year was put so far back that its own sentence must mean the one to come."""
        days = mention.expression.first if isinstance(mention.expression, Span) else mention.expression
        if not isinstance(days, CalendarDay) or days.year is not None or days.year_shift is not None:
            return False
        return self.today is not None and found.start is not None and found.start < self.today - _HALF_A_YEAR

    def day_before(self, line: Line, *, is_same: bool = False) -> EventDate | None:
        """The day that the sentence before, or the paragraph so far, has named, for events that follow without one.

        Args:
            line: Where the event is told.
            is_same: Whether it is what the sentence before tells ("the meeting"): then several days will do.
        """
        today = self.today
        for earlier in reversed(self.lines[: line.index]):
            is_near = line.index - earlier.index <= 1 or earlier.labelled.sentence.block == line.labelled.sentence.block
            if not is_near or earlier.is_title or earlier.index in self.datelines:
                return None
            for mention in reversed(self.mentions[earlier.index]):
                found = self.resolve(mention, None, "past") if mention.relation == "at" else None
                if (
                    found is None
                    or found.start is None
                    or not (found.precision == "day" or (is_same and found.precision == "range"))
                    or self._is_forced(mention, found)
                ):
                    continue
                if today is None or found.start <= today:
                    return replace(found, text="", basis=f"the day named before ({found.basis})")
        return None


class CalendarMaker:
    """Makes the calendars of documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.finder = DateFinder(lexicon)
        self.shown_days = ShownDayFinder(self.finder)

    def make(self, analysis: Analysis) -> Calendar:
        """Finds the dates of a document and the headings among them."""
        mentions: dict[int, list[DateMention]] = {}
        for line in analysis.lines:
            words = line.labelled.words
            masked = [
                (words[m.name_first].start, words[m.name_last - 1].end)
                for m in line.mentions
                if m.kind == "person" and m.name_last
            ]
            mentions[line.index] = self.finder.find(analysis.text, line.start, line.end, masked)
        published, source = analysis.document.published, ""
        if published is None:
            published, source = self.shown_days.find(analysis, mentions)
        datelines = frozenset(line.index for line in analysis.lines if analysis.is_dateline(line))
        resolver = DateResolver(published, coarsest="year")
        calendar = Calendar(resolver, analysis.lines, mentions, source=source, datelines=datelines)
        self._find_headings(analysis, calendar)
        return calendar

    def _find_headings(self, analysis: Analysis, calendar: Calendar) -> None:
        """A date that a line begins with, set off, holds for its block; one that stands alone, until the next.

        Entries of a log, which begin with the time of day, are of the day of publication where no date stands above.
        """
        is_log = sum(CLOCK.match(analysis.text, line.start) is not None for line in analysis.lines) > 1
        entry: DateMention | None = None
        above: DateMention | None = None
        inside: DateMention | None = None
        block = -2
        for line in analysis.lines:
            if line.labelled.sentence.block != block:
                block, inside = line.labelled.sentence.block, None
            first = next(iter(calendar.mentions[line.index]), None)
            if (
                first is not None
                and not isinstance(first.expression, Vague | CalendarYear)
                and first.start - line.start <= 3
            ):
                rest = analysis.text[first.end : line.end]
                if HEADING.match(rest):
                    inside = first
                    if len(re.findall(r"\w+", rest)) <= 4:
                        above = first
            if is_log and (clock := CLOCK.match(analysis.text, line.start)):
                entry = DateMention(
                    start=clock.start(),
                    end=clock.end(),
                    text=clock[0].strip(),
                    expression=Shift(count=0, unit="day"),
                    relation="at",
                )
            if heading := inside or above or entry:
                calendar.headings[line.index] = heading


def calendar_days(mentions: list[DateMention]) -> list[DateMention]:
    """The mentions that are days with their year."""
    return [m for m in mentions if isinstance(m.expression, CalendarDay | NumericDay) and m.expression.year]
