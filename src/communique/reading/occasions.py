"""Occasions: which of the dates around a trigger is the date of its engagement."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

from communique.lexicon import Lexicon
from communique.model import EventDate
from communique.reading.analysis import Line
from communique.reading.calendars import Calendar
from communique.reading.date_ranks import LONE_BORDERS, MOST_BORDERS, DateRanker, tokens_of
from communique.reading.dates import DateMention
from communique.reading.dates.calendar import Tense
from communique.reading.dates.expressions import Shift, Vague
from communique.reading.dates.view import counts_from_story
from communique.reading.frames import inflected
from communique.reading.grammar import modality, verb_above
from communique.reading.status import Standing
from communique.reading.triggers import Trigger

_LONGEST = dt.timedelta(days=21)
_TENSES: dict[str, Tense] = {"held": "past", "planned": "future", "cancelled": "unknown"}
_SIDES: dict[str, Tense] = {"past": "past", "pluperfect": "past", "future": "future", "infinitive": "future"}
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_DAYS = re.compile(r"\b(?:(\w+) ?- ?day\b|(\w+) days of\b|over (\w+) days\b)")
_AT_END = re.compile(r"\bat the (?:end|close|conclusion) of (?:a|an|the|his|her|their|its) \w+ ?- ?day\b")


class OccasionFinder:
    """Finds the date of a trigger among the dates of its sentence and above it."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("dates")["attachment"]
        self.ranker = DateRanker(table, _taking(lexicon))
        self.endings = inflected(table["endings"])
        self.continuing = frozenset(table["continuing"])
        self.onward = frozenset(table["onward"])
        self.after = frozenset(table["after"])
        self.same = frozenset(table["same"])

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
        ranked = self.ranker.ranked(mentions, trigger, standing)
        tense = self.tense(trigger, standing)
        borders = LONE_BORDERS if len(ranked) == 1 else MOST_BORDERS
        near = [mention for rank, mention in ranked if rank <= borders]
        for mention in near:
            if isinstance(mention.expression, Vague):
                return None, True
            context = self._reached(mention, mentions, calendar, tense) or story
            side: Tense = "past" if self._is_in_past(mention, trigger) else tense
            if found := calendar.resolve(mention, context, side, is_moved=standing.moved):
                if is_over(found, mention, standing, calendar.today):
                    return None, True
                wider = [other for rank, other in ranked if rank <= MOST_BORDERS + 1]
                return self._lasting(found, trigger, wider, calendar, tense), True
        if near:
            return None, True
        found = self._above(trigger, standing, calendar, story) or _going_on(trigger, standing, calendar)
        return found, found is not None

    def _above(
        self, trigger: Trigger, standing: Standing, calendar: Calendar, story: EventDate | None
    ) -> EventDate | None:
        """The date at the head of the entry; of weekdays alone the one that the tense of the verb asks for."""
        heading = calendar.headings.get(trigger.line.index)
        if heading is None:
            return None
        is_past = trigger.verb is not None and modality(trigger.verb) in ("past", "pluperfect")
        return calendar.resolve(heading, story, "past" if standing.status == "held" and is_past else "unknown")

    def named(self, mention: DateMention, line: Line, calendar: Calendar) -> EventDate | None:
        """The day that a sentence names by itself, on the side of today that its verb tells."""
        date = tokens_of(mention, line)
        verb = verb_above(date[0]) if date else None
        if mention.relation != "at":
            return None
        return calendar.resolve(mention, None, _SIDES.get(modality(verb), "unknown") if verb is not None else "unknown")

    def _is_in_past(self, mention: DateMention, trigger: Trigger) -> bool:
        """Whether a date stands with another verb in the past: "on Friday she flew to Tunis to see him"."""
        date = tokens_of(mention, trigger.line)
        verb = verb_above(date[0]) if date else None
        return (
            verb is not None
            and verb.tag_ == "VBD"
            and verb.lower_ not in self.ranker.reporting
            and verb.i not in trigger.own
        )

    def _reached(
        self, mention: DateMention, mentions: list[DateMention], calendar: Calendar, tense: Tense
    ) -> EventDate | None:
        """The day that the sentence itself has told before, from which "that evening" and "the next day" count."""
        is_other_day = isinstance(mention.expression, Shift) and mention.expression.count
        if not counts_from_story(mention.expression) or not (
            is_other_day or self.same & set(mention.text.lower().split())
        ):
            return None
        told = (
            calendar.resolve(m, None, tense)
            for m in reversed(mentions)
            if m.end <= mention.start and m.relation == "at"
        )
        return next((day for day in told if day is not None and day.precision == "day"), None)

    def goes_on(self, line: Line) -> bool:
        """Whether a sentence says that it goes on with what was told: "Later, …", "Prior to the meeting …"."""
        return any(word.low in self.continuing for word in line.labelled.words)

    def goes_onward(self, line: Line) -> bool:
        """Whether a sentence says that it comes next on the same day: "Later, …", "After the talks …"."""
        words = [word.low for word in line.labelled.words]
        following = any(a in self.after and b == "the" for a, b in pairwise(words))
        return following or not self.onward.isdisjoint(words)

    def tense(self, trigger: Trigger, standing: Standing) -> Tense:
        """The side of today on which a date lies; agendas and chronicles tell in the present tense, on either side."""
        if standing.status == "held" and (
            trigger.verb is None or modality(trigger.verb) in ("present", "none", "infinitive", "progressive")
        ):
            return "unknown"
        return _TENSES[standing.status]

    def _lasting(
        self, found: EventDate, trigger: Trigger, near: list[DateMention], calendar: Calendar, tense: Tense
    ) -> EventDate:
        """The first day, where only the last one is told: "ended on Friday a two-day visit"."""
        verb = trigger.verb
        assert trigger.line.doc is not None
        is_end = verb is not None and verb.lower_ in self.endings
        is_end = is_end or _AT_END.search(trigger.line.doc.text.lower()) is not None
        if not is_end or found.precision != "day" or found.start is None:
            return found
        for mention in near:
            other = calendar.resolve(mention, None, tense)
            if other is None or other.start is None or not (other.precision == "day" or mention.relation == "since"):
                continue
            if found.start - _LONGEST < other.start < found.start:
                return replace(other, end=found.start, precision="range")
        days = self.days(trigger)
        if days > 1:
            first = found.start - dt.timedelta(days=days - 1)
            return replace(found, start=first, precision="range", basis=f"{found.basis}, the last of {days} days")
        return found

    def days(self, trigger: Trigger) -> int:
        """How many days it lasted, from "a two-day visit"."""
        assert trigger.line.doc is not None
        hit = _DAYS.search(trigger.line.doc.text.lower())
        if hit is None:
            return 0
        count = hit[1] or hit[2] or hit[3]
        return int(count) if count.isdecimal() and len(count) < 3 else _COUNTS.get(count, 0)


def is_over(date: EventDate, mention: DateMention, standing: Standing, today: dt.date | None) -> bool:
    """Whether a day that counts from the story's lies behind what is planned: then it counts from another one."""
    last = date.end or date.start
    if standing.status != "planned" or today is None or last is None:
        return False
    return last < today and counts_from_story(mention.expression)


def _taking(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Words that tell who takes and leaves posts, with the words of which one must stand beside them."""
    found: dict[str, frozenset[str]] = dict.fromkeys(lexicon.table("institutions")["appointing"], frozenset())
    for word, beside in lexicon.table("dates")["taking_posts"].items():
        found |= dict.fromkeys(inflected([word]), frozenset(beside))
    return found


def _going_on(trigger: Trigger, standing: Standing, calendar: Calendar) -> EventDate | None:
    """The day of publication, for what is told as going on: "is meeting"."""
    day = calendar.today
    if day is None or standing.status != "held" or trigger.verb is None or modality(trigger.verb) != "progressive":
        return None
    return EventDate(text="", start=day, end=day, precision="day", basis="told as going on at the publication")
