"""From the reports of one engagement to its one record: the best-supported reading, and where sources disagree.

Sources vote, not documents: copies of one article count once, and an article that looks back counts less than one that
tells the news. An article that merely says less is not in conflict.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from communique.register.resolving.reports import ClaimedSide, EngagementClaim

# Reports that, all sources together, are less likely than this to tell a real engagement make no record: they stay
# claims of their documents until another source, or a person, bears them out.
LIKELY = 0.5
BACKGROUND_WEIGHT = 0.3
INFERRED_WEIGHT = 0.5
_PRECISIONS = ("day", "range", "month", "year", "before")
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Sources disagree on a field.

    Attributes:
        field: date, place, status or participants.
        values: (document, value) pairs in the order of the documents.
    """

    field: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludedSide:
    """One side of the record: actors in order, those who headed it first."""

    actors: tuple[str, ...]
    leads: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementConclusion:
    """The one record of an engagement.

    Attributes:
        date_from, place_from: Keys of the reports whose date and place stand.
        independent_sources: Outlets that tell it as news.
    """

    kind: str
    status: str
    is_background: bool
    date_from: str | None
    place_from: str | None
    sides: tuple[ConcludedSide, ...]
    conflicts: tuple[Conflict, ...]
    independent_sources: int
    confidence: float


def likelihood(reports: Iterable[EngagementClaim]) -> float:
    """How likely it is that reports, taken to tell one engagement, tell a real one, 0 to 1.

    Sources err independently of each other; several passages of one source do not (a copy errs with its original).
    """
    doubt: dict[str, float] = {}
    for report in reports:
        doubt[report.source] = min(1.0 - report.confidence, doubt.get(report.source, 1.0))
    return 1.0 - math.prod(doubt.values())


def conclude(reports: Sequence[EngagementClaim]) -> EngagementConclusion:
    """Draws the conclusion from the reports of one engagement, whatever their order."""
    ordered = sorted(reports, key=_by_weight)
    dated = _dated_by(ordered)
    placed = _placed_by(ordered)
    news = [r for r in ordered if not r.background]
    return EngagementConclusion(
        kind=_elect((r, r.kind) for r in ordered) or "meeting",
        status=_status(ordered),
        is_background=not news,
        date_from=dated.key if dated else None,
        place_from=placed.key if placed else None,
        sides=merge_sides(ordered),
        conflicts=tuple(_conflicts(ordered)),
        independent_sources=len({r.source for r in news}),
        confidence=max(r.confidence for r in ordered),
    )


def _by_weight(report: EngagementClaim) -> tuple[object, ...]:
    """News before background, then who names more people, then the earliest."""
    published = report.published or dt.date.max
    return (
        report.background,
        report.status == "planned",
        -len(report.people),
        -len(report.actors),
        published,
        report.key,
    )


def _elect(
    votes: Iterable[tuple[EngagementClaim, Value]], is_told: Callable[[EngagementClaim], bool] = lambda report: True
) -> Value | None:
    """The value that most sources state; between equals that of the report that comes first."""
    support: dict[Value, dict[str, float]] = defaultdict(dict)
    for report, value in votes:
        weight = (BACKGROUND_WEIGHT if report.background else 1.0) * (1.0 if is_told(report) else INFERRED_WEIGHT)
        support[value][report.source] = max(weight, support[value].get(report.source, 0.0))
    return max(support, key=lambda value: sum(support[value].values())) if support else None


def _dated_by(ordered: Sequence[EngagementClaim]) -> EngagementClaim | None:
    for precision in _PRECISIONS:
        fitting = [r for r in ordered if r.precision == precision and (r.start or r.end)]
        span = _elect(((r, (r.start, r.end)) for r in fitting), lambda report: report.is_day_told)
        if span is not None:
            return next(r for r in fitting if (r.start, r.end) == span)
    return None


def _placed_by(ordered: Sequence[EngagementClaim]) -> EngagementClaim | None:
    for is_city in (True, False):
        fitting = [r for r in ordered if r.place and r.is_city == is_city]
        place = _elect(((r, r.place) for r in fitting), lambda report: report.is_place_told)
        if place is not None:
            return next(r for r in fitting if r.place == place)
    return None


def _status(ordered: Sequence[EngagementClaim]) -> str:
    """Held when anybody tells it as done; called off when that was said last; planned when nothing else is known."""
    told = [r for r in ordered if r.status != "planned"]
    if not told:
        return "planned"
    return _elect((r, r.status) for r in told) or "held"


def merge_sides(ordered: Sequence[EngagementClaim]) -> tuple[ConcludedSide, ...]:
    """Lays the sides of all reports over those of the first: matched by actors, then by what they belong to."""
    sides: list[dict[str, bool]] = []
    affiliations: list[frozenset[str]] = []
    for report in ordered:
        if report is not ordered[0] and len(report.sides) > max(len(sides), 2):
            continue  # it cuts the parties differently; its people are in the other reports or stay its own
        for side in report.sides:
            known = {actor for mine in sides for actor in mine}
            index = _side_of(side, sides, affiliations, may_open=report is ordered[0] or len(sides) < 2)
            if index is None:
                continue
            if index == len(sides):
                sides.append({})
                affiliations.append(frozenset())
            has_people = bool(side.people)
            for actor in side.order or sorted(side.actors):
                if actor in known:
                    continue
                if actor in side.bodies and has_people is False and sides[index] and report is not ordered[0]:
                    continue  # "a Turkish delegation" adds nothing to its named members
                sides[index][actor] = actor in report.lead
            affiliations[index] |= side.affiliations
    people = _people(ordered)
    return tuple(
        ConcludedSide(
            actors=tuple(sorted(side, key=lambda actor: (not side[actor], actor not in people))),
            leads=frozenset(actor for actor, leads in side.items() if leads),
        )
        for side in sides
    )


def _people(ordered: Sequence[EngagementClaim]) -> frozenset[str]:
    return frozenset().union(*(r.people for r in ordered))


def _side_of(
    side: ClaimedSide, sides: Sequence[dict[str, bool]], affiliations: Sequence[frozenset[str]], *, may_open: bool
) -> int | None:
    best = max(range(len(sides)), key=lambda i: (len(side.actors & sides[i].keys()), -i), default=None)
    if best is not None and side.actors & sides[best].keys():
        return best
    if may_open and not any(side.affiliations & known for known in affiliations):
        return len(sides)
    for i, known in enumerate(affiliations):
        if side.affiliations & known:
            return i
    empty = [i for i, mine in enumerate(sides) if not mine]
    return empty[0] if empty else (len(sides) if may_open else None)


def _conflicts(ordered: Sequence[EngagementClaim]) -> Iterable[Conflict]:
    days = {r.document: r.start.isoformat() for r in ordered if r.precision == "day" and r.start}
    yield from _disagreement("date", days)
    yield from _disagreement("place", {r.document: r.place for r in ordered if r.place and r.is_city})
    yield from _disagreement("status", {r.document: r.status for r in ordered if r.status != "planned"})
    rooms = {r.document: r.people for r in ordered if not r.background and len(r.people) > 2}
    if len(set(rooms.values())) > 1:
        yield Conflict(
            field="participants", values=tuple((d, ", ".join(sorted(people))) for d, people in sorted(rooms.items()))
        )


def _disagreement(field: str, values: dict[str, str]) -> Iterable[Conflict]:
    if len(set(values.values())) > 1:
        yield Conflict(field=field, values=tuple(sorted(values.items())))
