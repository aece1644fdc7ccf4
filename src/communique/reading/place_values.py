"""Numbers that speak for and against a candidate for the place of an engagement."""

from __future__ import annotations

from collections.abc import Sequence

from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from communique.reading.attachment import FAR, attachment
from communique.reading.engagement_judge import Told
from communique.reading.opinion import UNSAID
from communique.reading.place_candidates import Candidate, Story
from communique.reading.place_spots import Spot, towns
from communique.reading.records import Record
from communique.reading.whereabouts import where_token

_LEADS = {
    lead: k for k, lead in enumerate("in at near off outside around inside to into on for through aboard".split())
}
_OTHER_LEAD = len(_LEADS)
_KINDS = ("", "place", "organization", "post")
_DEPS = {dep: k for k, dep in enumerate("nsubj nsubjpass pobj dobj compound poss appos ROOT conj".split())}
_MARKS = frozenset((":", "–", "—", "-", ".", "("))
_NOWHERE = 99.0
"""Stands for a distance where there is none."""
_NO_SITE = [float(FAR + 3), float(FAR + 1), -1.0, -1.0, _NOWHERE, -1.0, -1.0, -1.0, -1.0, -1.0]
_NO_NAME = [_NOWHERE, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, float(FAR + 1), -1.0]


def place_values(story: Story, number: int, found: Sequence[Candidate]) -> list[list[float]]:
    """The numbers that the forest is asked with, a row for each candidate.

    Args:
        story: The report.
        number: Which of its engagements.
        found: Its candidates.
    """
    shared = _of_engagement(story, number, len(found))
    return [[*shared, rank, *_of_candidate(story, number, candidate)] for rank, candidate in enumerate(found)]


def _of_engagement(story: Story, number: int, size: int) -> list[float]:
    """What all candidates of an engagement share."""
    told, record = story.told[number], story.records[number]
    trigger, ruled = told.main.trigger, record.place
    here = trigger.line.index
    spots = story.spots.get(here, ())
    sites = sum(spot.site is not None for spot in spots)
    return [
        ENGAGEMENT_KINDS.index(record.kind),
        ENGAGEMENT_STATUSES.index(record.standing.status),
        record.standing.background,
        trigger.is_noun,
        record.date is not None,
        -1 if ruled is None else int(ruled.latitude is not None),
        told.main.found.place is not None,
        len(told.tellings),
        number,
        len(story.records),
        here - story.narrative.first,
        size,
        sites,
        len(spots) - sites,
        sum(telling.line.index == here for telling in story.narrative.tellings),
        where_token(trigger) is not None,
        story.setting.dateline is not None,
    ]


def _of_candidate(story: Story, number: int, candidate: Candidate) -> list[float]:
    told, record = story.told[number], story.records[number]
    main, place, spots = told.main, candidate.place, candidate.spots
    name, here = place.name, main.line.index
    dateline, ruled = story.setting.dateline, record.place
    inside = [spot for spot in spots if spot.line == here]
    before = max((spot.line for spot in spots if spot.line < here), default=None)
    after = min((spot.line for spot in spots if spot.line > here), default=None)
    return [
        ruled is not None and ruled.name == name,
        main.found.place is not None and main.found.place.name == name,
        sum(t.found.place is not None and t.found.place.name == name for t in told.tellings),
        sum(t.own.place is not None and t.own.place.name == name for t in told.tellings),
        *_led_to(story, number, [spot for spot in inside if spot.site is not None]),
        *_bare(story, number, [spot for spot in inside if spot.site is None]),
        *_beside(story, spots, told),
        _NOWHERE if before is None else here - before,
        -1 if before is None else len(towns(story.spots, before + 1, here)),
        before is not None and _block(story, before) == _block(story, here),
        _NOWHERE if after is None else after - here,
        len({spot.line for spot in spots}),
        len(story.lines.get(name, ())),
        min(story.lines.get(name, ()), default=_NOWHERE),
        dateline is not None and dateline.name == name,
        dateline is not None and dateline.country == place.country,
        candidate.is_located,
        place.country is not None and not candidate.is_located,
        bool(spots) and all(spot.site is not None and not spot.site.is_named for spot in spots),
        any(capital.name == name for capital in story.capitals.values()),
        *_of_country(story, record, place.country),
        *_of_others(story, number, name),
        max((_said(story, told, spot) for spot in spots), default=UNSAID),
    ]


def _said(story: Story, told: Told, spot: Spot) -> float:
    """What the encoder thinks of a place as that of the engagement."""
    opinion, tellings = story.narrative.opinion, story.narrative.tellings
    return max(opinion.of_place(tellings.index(telling), spot.line, spot.start) for telling in told.tellings)


def _led_to(story: Story, number: int, spots: Sequence[Spot]) -> list[float]:
    """How words of the trigger's sentence lead to the place."""
    main = story.told[number].main
    trigger, line = main.trigger, main.line
    sites = [
        (story.rank(spot.site, trigger), abs(spot.at - story.words[main]), k)
        for k, spot in enumerate(spots)
        if spot.site
    ]
    if not sites:
        return _NO_SITE
    rank, _, best = min(sites)
    spot, site = spots[best], spots[best].site
    assert site is not None
    assert line.doc is not None
    governor = line.doc[site.token].head
    return [
        rank,
        min(attachment(line.doc[spot.site.token], trigger, ()) for spot in spots if spot.site is not None),
        _rivals(story, number, spot),
        _LEADS.get(site.lead, _OTHER_LEAD + (not site.lead)),
        spot.at - story.words[main],
        site.is_wide,
        site.is_named,
        governor.i in trigger.own,
        governor.tag_.startswith("V"),
        _between(story, line.index, spot.at, story.words[main]),
    ]


def _bare(story: Story, number: int, spots: Sequence[Spot]) -> list[float]:
    """How the trigger's sentence names the place without words that lead to it."""
    main = story.told[number].main
    trigger, line, words = main.trigger, main.line, main.line.labelled.words
    if not spots:
        return _NO_NAME
    spot = spots[0]
    token = next((t for t in line.tokens if line.anchors[t.i][0] <= spot.start < line.anchors[t.i][1]), None)
    after = words[spot.last] if spot.last < len(words) else None
    return [
        spot.at - story.words[main],
        _rivals(story, number, spot),
        spot.place.latitude is not None,
        _KINDS.index(spot.kind),
        after is not None and after.text in _MARKS,
        after is not None and after.low in ("'s", "’s"),
        spot.at == 0,
        -1 if token is None else _DEPS.get(token.dep_, len(_DEPS)),
        FAR + 1 if token is None else attachment(token, trigger, ()),
        _between(story, line.index, spot.at, story.words[main]),
    ]


def _beside(story: Story, spots: Sequence[Spot], told: Told) -> list[float]:
    """How what else tells the engagement names the place."""
    ranks, apart = [FAR + 3], [_NOWHERE]
    for telling in told.tellings:
        if telling is not told.main:
            there = [spot for spot in spots if spot.line == telling.line.index]
            ranks += [story.rank(spot.site, telling.trigger) for spot in there if spot.site is not None]
            apart += [abs(spot.at - story.words[telling]) for spot in there]
    return [min(ranks), min(apart)]


def _rivals(story: Story, number: int, spot: Spot) -> int:
    """How many other engagements are told nearer to a place of the line."""
    nearest = [
        min((abs(story.words[t] - spot.at) for t in told.tellings if t.line.index == spot.line), default=_NOWHERE)
        for told in story.told
    ]
    return sum(distance < nearest[number] for distance in nearest)


def _between(story: Story, line: int, one: int, two: int) -> int:
    """How many other places and triggers stand between two words of a line."""
    low, high = min(one, two), max(one, two)
    places = sum(low < spot.at < high for spot in story.spots.get(line, ()))
    return places + sum(low < at < high for telling, at in story.words.items() if telling.line.index == line)


def _block(story: Story, index: int) -> int:
    return story.narrative.lines[index].labelled.sentence.block


def _of_country(story: Story, record: Record, code: str | None) -> list[float]:
    """What the place's country has to do with the engagement."""
    if code is None:
        return [-1.0] * 6
    sides = [{p.referent.country for q in side for p in q.resolved()} for side in record.sides]
    wide = {r.place.country for r in story.records if r.place is not None and r.place.latitude is None}
    return [
        bool(sides) and code in sides[0],
        any(code in side for side in sides[1:]),
        story.countries[record.lines[0].index].count(code),
        sum(code in spoken for spoken in story.countries.values()),
        code in wide,
        record.place is not None and record.place.country == code,
    ]


def _of_others(story: Story, number: int, name: str) -> list[float]:
    """Which other engagements the rules have put there."""
    record, records = story.records[number], story.records
    there = [k for k, r in enumerate(records) if k != number and r.place is not None and r.place.name == name]
    earlier = [k for k in there if k < number]
    return [
        len(there),
        sum(bool(records[k].keys & record.keys) for k in there),
        sum(_is_same_day(records[k], record) for k in there),
        number - earlier[-1] if earlier else _NOWHERE,
        bool(there) and there[0] == 0,
    ]


def _is_same_day(one: Record, other: Record) -> bool:
    return one.date is not None and other.date is not None and one.date.start == other.date.start
