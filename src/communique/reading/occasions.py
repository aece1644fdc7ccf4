"""Occasions: which of the dates around a trigger is the date of its engagement."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from communique.lexicon import Lexicon
from communique.model import EventDate
from communique.reading.analysis import Line
from communique.reading.attachment import FAR, attachment
from communique.reading.calendars import HEADING, Calendar
from communique.reading.dates import DateMention
from communique.reading.dates.calendar import Tense
from communique.reading.dates.expressions import CalendarYear, Span, Vague, YearPart
from communique.reading.frames import inflected
from communique.reading.grammar import modality
from communique.reading.status import Standing
from communique.reading.triggers import Trigger

MOST_BORDERS = 3
"""A date further from the trigger than this is that of something else; set on the project's gold (a, c, e, g, i)."""
LONE_BORDERS = 4
"""The same for the only date of a sentence, which the parser hangs on the nearest clause."""

_LONGEST = dt.timedelta(days=21)
_TENSES: dict[str, Tense] = {"held": "past", "planned": "future", "cancelled": "unknown"}
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


class OccasionFinder:
    """Finds the date of a trigger among the dates of its sentence and above it."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("dates")["attachment"]
        self.reporting = frozenset(table["reporting"])
        self.endings = inflected(table["endings"])
        self.continuing = frozenset(table["continuing"])
        self.old_leads = frozenset(table["old_leads"])

    # ---- one trigger -------------------------------------------------------------------------------------------------
    def date(
        self, trigger: Trigger, standing: Standing, calendar: Calendar, story: EventDate | None
    ) -> tuple[EventDate | None, bool]:
        """The date of a trigger, and whether its sentence names a time for it at all.

        Args:
            trigger: The trigger.
            standing: Its standing.
            calendar: The dates of the document.
            story: The date that the story has reached.
        """
        mentions = calendar.mentions[trigger.line.index]
        ranked = sorted(
            (self._rank(m, trigger, standing), abs(self._offset(trigger) - m.start), m.start, m) for m in mentions
        )
        tense = self._tense(trigger, standing)
        timed = False
        borders = LONE_BORDERS if len(ranked) == 1 else MOST_BORDERS
        for rank, _, _, mention in ranked:
            if rank > borders:
                break
            timed = True
            if isinstance(mention.expression, Vague):
                return None, True
            if found := calendar.resolve(mention, story, tense, is_moved=standing.moved):
                return self._lasting(
                    found, trigger, [m for r, _, _, m in ranked if r <= MOST_BORDERS + 1], calendar, tense
                ), True
        heading = calendar.headings.get(trigger.line.index)
        if heading is not None and not timed and (found := calendar.resolve(heading, story, "unknown")):
            return found, True
        if (
            not timed
            and standing.status == "held"
            and trigger.verb is not None
            and modality(trigger.verb) == "progressive"
            and calendar.today
        ):
            return EventDate(
                text="",
                start=calendar.today,
                end=calendar.today,
                precision="day",
                basis="told as going on at the publication",
            ), True
        return None, timed

    def goes_on(self, line: Line) -> bool:
        """Whether a sentence says that it goes on with what was told: "Later, …", "Prior to the meeting …"."""
        return any(word.low in self.continuing for word in line.labelled.words)

    def _tense(self, trigger: Trigger, standing: Standing) -> Tense:
        """The side of today on which a date lies; agendas and chronicles tell in the present tense, on either side."""
        if standing.status == "held" and (
            trigger.verb is None or modality(trigger.verb) in ("present", "none", "infinitive", "progressive")
        ):
            return "unknown"
        return _TENSES[standing.status]

    def _offset(self, trigger: Trigger) -> int:
        return trigger.line.anchors[trigger.token.i][0]

    def _rank(self, mention: DateMention, trigger: Trigger, standing: Standing) -> int:
        line = trigger.line
        assert line.doc is not None
        if mention.relation == "since" and not (
            trigger.verb is not None and trigger.kind in ("visit", "exercise", "conference")
        ):
            return FAR
        if mention.relation == "until" and not standing.moved:
            return MOST_BORDERS + 1
        token = next(
            (t for t in line.tokens if line.anchors[t.i][1] > mention.start and line.anchors[t.i][0] < mention.end),
            None,
        )
        if token is None:
            return 2
        rank = attachment(token, trigger, self.reporting)
        if mention.start - line.start <= 3 and HEADING.match(self._after(mention, line)):
            rank = 0
        if (
            standing.moved
            and mention.text.lower().split()[0] in self.old_leads
            and not isinstance(mention.expression, Span)
        ):
            rank = FAR
        if isinstance(mention.expression, CalendarYear | YearPart):
            rank += 1
        return rank

    def _after(self, mention: DateMention, line: Line) -> str:
        following = next((w.text for w in line.labelled.words if w.start >= mention.end), "")
        return following if following in (":", "–", "—", "-", ".", "|") else "word"

    def _lasting(
        self, found: EventDate, trigger: Trigger, near: list[DateMention], calendar: Calendar, tense: Tense
    ) -> EventDate:
        """The first day, where only the last one is told: "ended on Friday a two-day visit"."""
        verb = trigger.verb
        if verb is None or verb.lower_ not in self.endings or found.precision != "day" or found.start is None:
            return found
        for mention in near:
            other = calendar.resolve(mention, None, tense)
            if other is None or other.start is None or not (other.precision == "day" or mention.relation == "since"):
                continue
            if found.start - _LONGEST < other.start < found.start:
                return replace(other, end=found.start, precision="range")
        days = self._days(trigger)
        if days > 1:
            first = found.start - dt.timedelta(days=days - 1)
            return replace(found, start=first, precision="range", basis=f"{found.basis}, the last of {days} days")
        return found

    def _days(self, trigger: Trigger) -> int:
        """How many days it lasted, from "a two-day visit"."""
        assert trigger.line.doc is not None
        hit = re.search(r"\b(\w+) ?- ?day\b", trigger.line.doc.text.lower())
        if hit is None:
            return 0
        return int(hit[1]) if hit[1].isdecimal() and len(hit[1]) < 3 else _COUNTS.get(hit[1], 0)
