"""Circumstances: when and where an engagement took place, as its sentence tells it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.lexicon import Lexicon
from communique.model import Document, EventDate, Place
from communique.reading.analysis import Analysis, Line
from communique.reading.attachment import attachment
from communique.reading.calendars import CalendarMaker
from communique.reading.carrying import Carrier, Circumstances, Setting
from communique.reading.date_ranks import MOST_BORDERS
from communique.reading.frames import inflected
from communique.reading.knowledge import Knowledge
from communique.reading.occasions import OccasionFinder
from communique.reading.sites import Site, SiteFinder
from communique.reading.status import Standing
from communique.reading.triggers import Trigger
from communique.reading.whereabouts import is_subject_matter, told_earlier, where_token

if TYPE_CHECKING:
    from communique.reading.records import Record
    from communique.reading.tokens import Token

_NEXT = 2  # characters: a comma and a blank
_SHORTEST_TOWN, _LONGEST_TOWN = 4, 24  # letters
_DAY_NEXT = re.compile(r"[,|][^,|]{0,24}?\b(?:\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)\b)")
"""A mark and a day, behind the town at the head of a report."""
_TOWARDS = frozenset(("to", "into", "on", "for", "through"))
OLD_AFTER = 14
"""Days after which an engagement that is told beside another is background; set on the project's gold."""


class CircumstanceFinder:
    """Finds dates and places of triggers."""

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge) -> None:
        self.calendars = CalendarMaker(lexicon)
        self.occasions = OccasionFinder(lexicon)
        self.carrier = Carrier(self.occasions)
        self.sites = SiteFinder(lexicon, knowledge)
        self.knowledge = knowledge
        table = lexicon.table("places")["sites"]
        self.motion = frozenset(table["motion"])
        self.discussing = inflected(table["discussing"])

    def setting(self, analysis: Analysis) -> Setting:
        """Finds the dates, the sites and the dateline of a document."""
        dateline = self._dateline(analysis.document, analysis.lines)
        country = dateline.country if dateline is not None else None
        sites = {line.index: self.sites.find(line, country) for line in analysis.lines if line.doc is not None}
        return Setting(self.calendars.make(analysis), sites, dateline, country)

    def _in_margin(self, document: Document) -> Place | None:
        """The town before a day above the story: "Bishkek, 2 August 2022, updated 21:10"."""
        for block in document.blocks:
            if block.kind == "body":
                return None
            text = document.text[block.start : block.end]
            head = _head(text.split("|", maxsplit=1)[0])
            follows = text.lstrip("([ ")[len(head) :].lstrip()
            if block.kind == "title" or not head[:1].isupper() or not _DAY_NEXT.match(follows):
                continue
            found = self.knowledge.gazetteer.find(head.title() if head.isupper() else head)
            if found is not None and found.latitude is not None and len(head) >= _SHORTEST_TOWN:
                return replace(found, text=head)
        return None

    def _dateline(self, document: Document, lines: Sequence[Line]) -> Place | None:
        unlisted: Place | None = None
        for block in document.blocks:
            if block.kind == "dateline":
                text = document.text[block.start : block.end]
                head = _head(text)
                if found := self.knowledge.gazetteer.find(head.title() if head.isupper() else head):
                    return replace(found, text=head)
                if unlisted is None and text.startswith(head) and self._is_place_in_capitals(head):
                    unlisted = Place(text=head, name=head.title())
        if found := unlisted or self._in_margin(document):
            return found
        for line in lines:
            words = line.labelled.words
            if line.is_title or len(words) < 3:
                continue
            if (
                words[0].text.isupper()
                and len(words[0].text) > 3
                and any(w.text in (":", "–", "—", "-") for w in words[1:6])
            ):
                return self.knowledge.gazetteer.find(words[0].text.title())
            return None
        return None

    def _is_place_in_capitals(self, head: str) -> bool:
        """Whether a dateline's first words look like a town that the gazetteer does not have, and like no newspaper."""
        is_word = head.isupper() and head.replace(" ", "").isalpha() and _SHORTEST_TOWN <= len(head) <= _LONGEST_TOWN
        return is_word and head.lower().split()[-1] not in self.knowledge.outlet_nouns

    # ---- one trigger -------------------------------------------------------------------------------------------------
    def of(self, trigger: Trigger, standing: Standing, setting: Setting, records: Sequence[Record]) -> Circumstances:
        """When and where the trigger's own sentence puts it."""
        before = [r for r in records if r.lines[0] is not trigger.line]
        story = self.carrier.reached(trigger.line, standing, before, setting.calendar)
        date, timed = self.occasions.date(trigger, standing, setting.calendar, story)
        if date is not None and timed and setting.calendar.today is not None:
            standing = dated(
                standing,
                date,
                setting.calendar.today,
                is_first=all(r.standing.background or r.standing.status != "held" for r in records),
            )
        return Circumstances(standing, date, timed, self._place(trigger, setting))

    def _place(self, trigger: Trigger, setting: Setting) -> Place | None:
        if trigger.kind == "call":
            return None
        sites = setting.sites.get(trigger.line.index, [])
        if (where := where_token(trigger)) is not None and (place := self._antecedent(where, trigger, sites, setting)):
            return place
        ranked = []
        for site in sites:
            rank = self.rank(site, trigger)
            if rank <= MOST_BORDERS:
                ranked.append(((rank, site.is_wide or not site.is_named, abs(site.token - trigger.token.i)), site))
        if not ranked:
            earlier = told_earlier(trigger, sites) or self._heading(trigger.line, setting)
            return self.sites.leading(trigger.line, setting.country) or (earlier.place if earlier else None)
        (rank, is_vague, _), best = min(ranked, key=lambda pair: pair[0])
        if is_vague:  # a town in the next clause says more than a country in this one
            exact = [(r, s) for r, s in ranked if not r[1] and r[0] <= rank + 2]
            if exact:
                best = min(exact, key=lambda pair: pair[0])[1]
        if best.place.latitude is None and best.place.country is None and best.place.name == best.place.text:
            after = [(r, s) for r, s in ranked if s.place.latitude is not None and r[0] <= rank + 1 and not s.is_wide]
            town = min(after, key=lambda pair: pair[0])[1] if after else told_earlier(trigger, sites)
            return replace(town.place, text=best.place.text) if town is not None else best.place
        return best.place

    def _heading(self, line: Line, setting: Setting) -> Site | None:
        """The town of the entry that a line belongs to, where the words before it only name it: "Wed 19: Brussels."."""
        before = setting.sites.get(line.index - 1, [])
        return before[-1] if before and not before[-1].lead else None

    def _antecedent(self, where: Token, trigger: Trigger, sites: Sequence[Site], setting: Setting) -> Place | None:
        """The place that "where" takes up: what stands right before it, whatever leads to it."""
        line = trigger.line
        at = line.anchors[where.i][0]
        before = [site for site in sites if site.token < where.i]
        last = before[-1] if before else None
        if last is not None and last.place.latitude is None and at - line.labelled.words[last.last - 1].end > _NEXT:
            last = None
        return self.sites.ending(line, at, setting.country) or (last.place if last is not None else None)

    def rank(self, site: Site, trigger: Trigger) -> int:
        """How many clause borders hold a site from a trigger; more than MOST_BORDERS where it cannot be its place."""
        assert trigger.line.doc is not None
        token = trigger.line.doc[site.token]
        rank = attachment(token, trigger, ())
        if is_subject_matter(token, trigger, self.discussing):
            rank = MOST_BORDERS + 1
        if site.lead in _TOWARDS and not self._is_towards(site, trigger):
            return MOST_BORDERS + 1
        if site.lead in self.sites.namer.visiting:
            return rank if trigger.kind == "visit" or rank else rank + 1
        return rank

    def _is_towards(self, site: Site, trigger: Trigger) -> bool:
        """Whether "to" leads to where people meet: after a verb or a noun of motion."""
        assert trigger.line.doc is not None
        if site.lead == "on":
            return not site.is_wide and site.place.text.lower().split()[-1] in self.sites.namer.facilities
        governor = trigger.line.doc[site.token].head
        if governor.lower_ in self.motion:
            return True
        return trigger.kind == "visit" and governor.i in trigger.own


def _head(text: str) -> str:
    """What a dateline begins with, up to the first mark: the place, where it names one."""
    head = text.lstrip("([ ")
    for mark in (",", "(", ")", "–", "—", " - ", ":", "/"):
        head = head.split(mark)[0]
    return head.strip(" .;")


def dated(standing: Standing, date: EventDate, today: dt.date, *, is_first: bool) -> Standing:
    """What a date tells of reality: what lies ahead is planned, what is long past is background.

    Args:
        standing: The standing by the words.
        date: The date that the sentence gives.
        today: The day of publication.
        is_first: Whether no engagement of the report was held before; the report is about it then, however old.
    """
    if standing.status != "held" or date.start is None:
        return standing
    if date.start > today:
        return replace(standing, status="planned", background=False)
    is_old = (today - (date.end or date.start)).days > OLD_AFTER
    is_vague = (
        date.precision in ("month", "range")
        and (date.end or date.start) < today
        and date.text.lower().find("last") >= 0
    )
    if date.precision == "year" or (not is_first and (is_old or is_vague)):
        return replace(standing, background=True)
    return standing
