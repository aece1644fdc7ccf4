"""Told records: what the judge takes for one engagement, made one record with sides, day and place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, get_args

from communique.model.vocabulary import EngagementKind, EngagementStatus
from communique.reading.carrying import merged
from communique.reading.cast import Cast
from communique.reading.engagement_judge import Told
from communique.reading.opinion import Opinion, settled
from communique.reading.parties import Party
from communique.reading.records import Record, sides_of
from communique.reading.tellings import Narrative, Telling

KIND, STATUS, BACKGROUND = 1.0, 2.0, 1.0
"""What the rules' word is worth beside the encoder's; the best on held-back folders."""
LONG_PAST = 4.0
"""The same where the rules find background, mostly by a day: a date is a date."""
LEAST = 0.05
"""What a telling weighs at least among those that are asked of which kind the engagement is."""


class Chooser(Protocol):
    """Chooses a circumstance of engagements where the rules have only proposed one."""

    def choose(self, told: Sequence[Told], records: Sequence[Record], narrative: Narrative) -> None:
        """Writes the choices into the records.

        Args:
            told: What the document tells.
            records: Its engagements, in the same order, as the rules have placed and dated them.
            narrative: The document.
        """


def told_record(told: Told, narrative: Narrative) -> Record:
    """The record of an engagement."""
    cast = narrative.cast
    main, first = told.main, told.tellings[0]
    sides = _sides(told, cast)
    record = Record(main.trigger.kind, main.found.standing, sides, [main.trigger], [main.line])
    record.date, record.place = main.own.date or first.own.date, main.own.place or first.own.place
    record.confidence = told.score
    for telling in told.tellings:
        if telling is not main:
            merged(record, telling.found)
    for telling in told.tellings:
        if telling is not main:
            record.triggers.append(telling.trigger)
            if telling.line not in record.lines:
                record.lines.append(telling.line)
    numbers = {narrative.tellings.index(telling): max(LEAST, telling.chance) for telling in told.tellings}
    chances = narrative.opinion.of_kind(numbers)
    record.kind = settled(record.kind, get_args(EngagementKind), chances, KIND)
    _settle_standing(record, narrative.opinion, narrative.tellings.index(main))
    return record


def _settle_standing(record: Record, opinion: Opinion, number: int) -> None:
    """Settles status and background between the rules and the encoder, who look at what tells it best."""
    standing = record.standing
    # "Held" is what the rules say for want of other words; what they find planned or called off, they find in words.
    chances = opinion.statuses.get(number) if standing.status == "held" else None
    weight = LONG_PAST if standing.background else BACKGROUND
    record.standing = replace(
        standing,
        status=settled(standing.status, get_args(EngagementStatus), chances, STATUS),
        background=settled(standing.background, (False, True), opinion.backgrounds.get(number), weight),
    )


def _sides(told: Told, cast: Cast) -> list[list[Party]]:
    """The sides that grammar gives, with those alone who took part, and with those whom grammar has missed."""
    main = told.main
    # Of engagements held apart, the record of the rules is only one.
    record = None if told.is_apart or main.trigger.separate else main.record
    known = record.sides if record is not None else sides_of(main.trigger)
    gathered = Record(main.trigger.kind, main.found.standing, [list(side) for side in known])
    for telling in told.tellings:
        if telling is not main:
            gathered.join(telling.trigger)
    chosen = set(told.participants)
    sides = [kept for side in gathered.sides if (kept := list(_kept(side, chosen)))]
    for key in told.participants:
        if key in chosen:
            _add(cast.members[key].party, main, cast, sides)
    return sides


def _kept(side: list[Party], chosen: set[str]) -> Iterator[Party]:
    """The parties of a side that are chosen, delegations with their chosen members; takes them from ``chosen``."""
    for party in side:
        if party.members:
            members = list(_kept(party.members, chosen))
            if members:
                yield Party(party.referent, party.anchor, members, party.lead)
        elif party.key in chosen:
            chosen.discard(party.key)
            yield party


def _add(party: Party, main: Telling, cast: Cast, sides: list[list[Party]]) -> None:
    """Puts a party that grammar has missed beside whom it is coordinated with, else on the other side."""
    actors = cast.actors.get(main.line.index, [])
    own = next((a for a in actors if party.key in a.keys), None)
    if own is not None:
        party = next(p for p in own.parties if p.key == party.key)
        beside = {own.token.head.i} if own.token.dep_ in ("conj", "appos") else set()
        keys = {key for a in actors if a.token.i in beside for key in a.keys}
        home = next((side for side in sides if _identities(side) & keys), None)
        if home is not None:
            home.append(party)
            return
    if len(sides) < 2:
        sides.append([party])
    else:
        sides[-1].append(party)


def _identities(side: Collection[Party]) -> set[str]:
    return {p.key for q in side for p in q.resolved()}
