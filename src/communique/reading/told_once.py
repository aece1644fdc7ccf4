"""Told once: what the judge has taken for two engagements, though it is one that the report tells twice.

Whether two sentences tell the same is asked before days are known (`sameness`). Afterwards more is plain: nobody is
received on one day twice by the same people, or reports say so ("again", "in the evening").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.reading.day_candidates import day_of
from communique.reading.engagement_judge import Told
from communique.reading.records import Record
from communique.reading.sameness import FAMILY
from communique.reading.tellings import Narrative
from communique.reading.told_records import told_record

DISTINCT = 0.85
"""Score from which an engagement stands beside a surer one that is like it; the best on held-back folders."""


def told_once(told: Sequence[Told], records: Sequence[Record], narrative: Narrative) -> tuple[list[Told], list[Record]]:
    """What a document tells, with those put together that repeat one another.

    An engagement repeats a likelier one of its kind and standing where the people of one are among those of the
    other and both are of one day; where the day of one is not known, the people must be the same.

    Args:
        told: What the document tells, in order.
        records: Its engagements, in the same order; their days have been chosen, their places have not.
        narrative: The document.

    Returns:
        The same, in order; what is put together names those of the fuller company.
    """
    groups: list[list[int]] = []
    for number in sorted(range(len(told)), key=lambda n: -told[n].score):
        home = None
        if told[number].score < DISTINCT:
            home = next((g for g in groups if _repeats(told, records, number, g[0])), None)
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    place = {id(telling): number for number, telling in enumerate(narrative.tellings)}
    groups.sort(key=lambda group: min((place[id(told[n].tellings[0])], n) for n in group))
    found = [_together([told[n] for n in group], place) for group in groups]
    return found, [
        records[group[0]] if len(group) == 1 else _record(one, [records[n] for n in group], narrative)
        for one, group in zip(found, groups, strict=True)
    ]


def _repeats(told: Sequence[Told], records: Sequence[Record], number: int, other: int) -> bool:
    one, two = records[number], records[other]
    if FAMILY[one.kind] != FAMILY[two.kind] or _standing(one) != _standing(two):
        return False
    mine, theirs = set(told[number].participants), set(told[other].participants)
    if not mine or not theirs:
        return False
    day, their_day = day_of(one.date), day_of(two.date)
    if day is None or their_day is None:
        return mine == theirs
    return day == their_day and (mine <= theirs or theirs <= mine)


def _standing(record: Record) -> tuple[str, bool]:
    return record.standing.status, record.standing.background


def _together(group: Sequence[Told], place: dict[int, int]) -> Told:
    """One for those of a group, the likeliest of which comes first."""
    surest, fullest = group[0], max(group, key=lambda one: len(one.participants))
    if len(group) == 1:
        return surest
    tellings = {id(telling): telling for one in group for telling in one.tellings}
    return replace(
        fullest,
        tellings=[tellings[key] for key in sorted(tellings, key=place.__getitem__)],
        chance=surest.chance,
        is_apart=any(one.is_apart for one in group),
    )


def _record(one: Told, records: Sequence[Record], narrative: Narrative) -> Record:
    """The record of what was put together, with the day that the likeliest of its records has."""
    record = told_record(one, narrative)
    record.date = next((known.date for known in records if known.date is not None), None)
    return record
