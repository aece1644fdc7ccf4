"""Carrying on: the day and the place that the story has reached, for engagements whose sentences tell none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from communique.model import EventDate, Place
from communique.reading.analysis import Line
from communique.reading.calendars import Calendar
from communique.reading.grammar import modality
from communique.reading.occasions import OccasionFinder
from communique.reading.sites import Site
from communique.reading.status import Standing

if TYPE_CHECKING:
    from communique.reading.records import Record

_LATELY = 2
"""Sentences back to the date from which "the next day" of a plan counts."""
_LOOK_BACK = 3
"""Lines before a sentence in which its scene is looked for, when its paragraph does not set one."""


@dataclass(slots=True)
class Setting:
    """What is known of a document's times and places before its engagements are read.

    Attributes:
        calendar: Its dates.
        sites: Line index → sites of the line.
        dateline: The place at the head of the report.
        country: The country of the dateline.
    """

    calendar: Calendar
    sites: dict[int, list[Site]]
    dateline: Place | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and where a trigger's engagement took place, as far as its sentence tells.

    Attributes:
        date: The date; None when the sentence gives none.
        timed: Whether the sentence names a time for it at all.
        place: The place; None when the sentence gives none.
        standing: The standing, corrected by the date.
    """

    standing: Standing
    date: EventDate | None
    timed: bool
    place: Place | None


class Carrier:
    """Hands dates and places on from engagement to engagement.

    Args:
        occasions: The finder of days that sentences name.
    """

    def __init__(self, occasions: OccasionFinder) -> None:
        self.occasions = occasions

    def hand_on(self, record: Record, records: Sequence[Record], found: Circumstances, setting: Setting) -> None:
        """Gives a new record what its sentence does not tell, from the engagements told before.

        Args:
            record: The new record, not yet among ``records``.
            records: Those told before, in order.
            found: What its sentence tells.
            setting: The document's setting.
        """
        if not found.timed and record.date is None:
            self._hand_on_date(record, records, setting)
        if record.kind == "call":
            return
        known = record.place
        if known is not None and (known.latitude is not None or known.country is not None):
            return
        around = self._place_before(record, records) or self._scene(record, setting)
        if around is None and not record.standing.background:
            around = setting.dateline
        if known is None:
            record.place = around
        elif around is not None and around.latitude is not None and known.name == known.text:
            record.place = replace(around, text=known.text)

    def reached(
        self, line: Line, standing: Standing, records: Sequence[Record], calendar: Calendar
    ) -> EventDate | None:
        """The date that the story has reached before a sentence; what is planned goes on from what is planned.

        Args:
            line: The sentence.
            standing: The standing of what it tells.
            records: What was told before, in order.
            calendar: The document's dates.
        """
        lately = self._lately(line, records, calendar) if standing.status == "planned" else None
        return lately or story_date(records) or calendar.reached(line)

    def _lately(self, line: Line, records: Sequence[Record], calendar: Calendar) -> EventDate | None:
        """The date told last in the sentences just before, on whichever side of today."""
        for earlier in reversed(calendar.lines[max(0, line.index - _LATELY) : line.index]):
            if earlier.is_title or earlier.index in calendar.datelines:
                continue
            told = [r.date for r in reversed(records) if any(own is earlier for own in r.lines)]
            named = (self.occasions.named(m, earlier, calendar) for m in reversed(calendar.mentions[earlier.index]))
            for date in chain(told, named):
                if date is not None and date.start is not None and date.precision in ("day", "range"):
                    return date
        return None

    def _scene(self, record: Record, setting: Setting) -> Place | None:
        """The town that the paragraph, or the lines just before, have put the story in."""
        line = record.lines[0]
        for index in range(line.index - 1, line.index - 1 - _LOOK_BACK, -1):
            towns = [
                s.place
                for s in setting.sites.get(index, ())
                if s.lead not in ("for", "on") and s.place.latitude is not None
            ]
            if towns:
                return towns[-1]
        return None

    def complete(self, records: Sequence[Record], setting: Setting) -> None:
        """Gives engagements without a place the one that is told of the same people later."""
        for record in records:
            if record.place is not None and record.place.latitude is None and record.place.country is not None:
                record.place = self._town_in(record, records, setting)
        for k, record in enumerate(records):
            if record.place is not None or record.kind == "call":
                continue
            later = (
                r
                for r in records[k + 1 :]
                if r.place is not None and r.keys & record.keys and r.standing.background == record.standing.background
            )
            near = next(
                (r.place for r in later if not (r.date and record.date and disjoint(r.date, record.date))), None
            )
            record.place = near

    def _town_in(self, record: Record, records: Sequence[Record], setting: Setting) -> Place | None:
        """The town of a visit to a country, where the report puts the same people into a town of that country."""
        wide = record.place
        assert wide is not None
        towns = [
            r.place for r in records if r.place is not None and r.place.latitude is not None and r.keys & record.keys
        ]
        towns += [setting.dateline] if setting.dateline is not None else []
        town = next((t for t in towns if t.country == wide.country and t.name != wide.name), None)
        return replace(town, text=wide.text) if town is not None else wide

    def _hand_on_date(self, record: Record, records: Sequence[Record], setting: Setting) -> None:
        """The day that the story has just reached: of the engagement told last, or of what else was told.

        What is planned or called off, or told as the past, takes no day over: nobody says that it is the same.
        """
        if record.standing.background or record.standing.status != "held":
            return
        line, told = record.lines[0], record.triggers[0].verb
        if told is not None and modality(told) == "pluperfect":
            return  # "They had met in Tunis": before what is told, nobody says how long
        previous = next(
            (r for r in reversed(records) if r.standing.status == "held" and not r.standing.background), None
        )
        block = line.labelled.sentence.block
        is_same = record.triggers[0].is_noun and record.triggers[0].definite and record.kind != "visit"
        if previous is not None and previous.date is not None:
            there = previous.lines[-1]
            is_near = there.labelled.sentence.block == block or line.index - there.index <= 1
            if is_near or (previous.keys & record.keys and self.occasions.goes_on(line)):
                # Which day of several it was, nobody says.
                if previous.date.precision == "day" or is_same:
                    record.date = inherited(previous.date)
                return
        record.date = setting.calendar.day_before(line, is_same=is_same)
        story = story_date(records)
        if record.date is None and story is not None and self.occasions.goes_onward(line):
            record.date = inherited(story) if story.precision == "day" else None

    def _place_before(self, record: Record, records: Sequence[Record]) -> Place | None:
        for previous in reversed(records):
            if previous.place is None or previous.kind == "call" or not previous.keys & record.keys:
                continue
            if record.date is None or previous.date is None or record.date.start == previous.date.start:
                return previous.place
        return None


def merged(record: Record, found: Circumstances) -> None:
    """Adds to a record what another telling says of it: the day in a month, the range of days, the more exact place.

    A day is refined only by what is told with the same standing: in "is expected to arrive on Friday for talks" the
    arrival, misread as the past, does not put the talks a week back.
    """
    is_alike = found.standing.status == record.standing.status
    if record.date is None or (found.date is not None and is_alike and _is_finer(found.date, record.date)):
        record.date = found.date or record.date
    if record.place is None or (
        found.place is not None and record.place.latitude is None and found.place.latitude is not None
    ):
        record.place = found.place or record.place


def _is_finer(new: EventDate, known: EventDate) -> bool:
    if known.text == "" and new.start is not None:
        return True
    if new.start is None or known.start is None:
        return False
    if known.precision in ("month", "year") and new.precision in ("day", "range"):
        return known.start <= new.start <= (known.end or known.start)
    return new.precision == "range" and known.start - dt.timedelta(days=10) <= new.start < known.start


def inherited(date: EventDate) -> EventDate:
    """The date of the engagement told just before, taken over."""
    basis = (
        date.basis
        if date.basis.startswith("same occasion")
        else f"same occasion as the engagement told before ({date.basis})"
    )
    return replace(date, text="", basis=basis)


def story_date(records: Sequence[Record]) -> EventDate | None:
    """The date that the story has reached: that of the last engagement that was held and is not background."""
    held = (r.date for r in reversed(records) if r.standing.status == "held" and not r.standing.background and r.date)
    return next(held, None)


def disjoint(a: EventDate, b: EventDate) -> bool:
    """Whether two dates cannot be one."""
    if a.start is None or b.start is None:
        return False
    return (a.end or a.start) < b.start or (b.end or b.start) < a.start
