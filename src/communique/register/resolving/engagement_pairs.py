"""Whether two reports tell the same engagement: a score between 0 and 1, and the reason in words.

The evidence is added up in steps that a reader can follow (day, sides, kind, place, status) and turned into a share by
the logistic function. The weights were set by hand on the stories' gold and on stories of our own, with those of
the other set held back; they are round on purpose.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from communique.register.resolving.reports import DAYS_APART, ClaimedSide, EngagementClaim

# From here on two reports are merged; between the two they are shown to a person.
MERGED, UNCERTAIN = 0.60, 0.40

# How well two kinds go together: outlets call one gathering a meeting, a session or a conference, but a visit and the
# meetings held on it are records of their own.
_KINDS = {
    frozenset(pair): fit
    for pair, fit in (
        (("meeting", "committee_session"), 0.3),
        (("meeting", "conference"), 0.0),
        (("committee_session", "conference"), 0.2),
        (("meeting", "other"), 0.0),
        (("ceremony", "signing"), 0.0),
        (("ceremony", "other"), 0.0),
        (("exercise", "other"), 0.0),
        (("conference", "other"), 0.0),
        (("meeting", "signing"), -1.2),
        (("meeting", "ceremony"), -1.0),
        (("visit", "meeting"), -1.6),
        (("visit", "other"), -0.5),
        (("conference", "visit"), -1.6),
        (("meeting", "call"), -1.5),
        (("call", "exercise"), -3.5),
        (("call", "visit"), -3.5),
        (("call", "ceremony"), -3.5),
    )
}
_SAME_KIND, _OTHER_KINDS = 0.6, -2.0
# Kilometres within which two places are taken for one: an airport and its city, twin cities, a headquarters outside.
NEAR = 40.0
# A visit that is told with the people of both sides is mostly the meeting of these people: "flew in to see X".
_VISITED = -0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    """How likely it is that two reports tell one engagement.

    Attributes:
        score: 0 to 1.
        reason: In words.
    """

    score: float
    reason: str

    @property
    def verdict(self) -> str:
        """merged, uncertain or apart."""
        return "merged" if self.score >= MERGED else "uncertain" if self.score >= UNCERTAIN else "apart"


APART = PairScore(score=0.0, reason="nothing in common")


@lru_cache(maxsize=65536)
def compare_reports(left: EngagementClaim, right: EngagementClaim) -> PairScore:
    """Scores two reports; symmetric. Two tellings within one document were told apart by the reader: 0."""
    if left.document == right.document:
        return PairScore(score=0.0, reason="one document tells both")
    steps = [_compare_days(left, right)]
    if steps[0] is None:
        return PairScore(score=0.0, reason="too far apart in time")
    steps += [_compare_sides(left, right)]
    if steps[1] is None:
        return APART
    steps += [_compare_kinds(left, right), _compare_places(left, right), _compare_status(left, right)]
    taken = [step for step in steps if step is not None]
    total = sum(weight for weight, _ in taken) - 3.0
    reason = "; ".join(words for _, words in taken if words)
    return PairScore(score=round(1 / (1 + math.exp(-total)), 4), reason=reason)


Step = tuple[float, str]


def _compare_days(left: EngagementClaim, right: EngagementClaim) -> Step | None:
    mine, other = left.span(), right.span()
    if mine is None or other is None:
        return 0.0, "no day to compare"
    gap = max((other[0] - mine[1]).days, (mine[0] - other[1]).days, 0)
    if gap > DAYS_APART:
        return None
    if left.is_dated and right.is_dated:
        length = max((mine[1] - mine[0]).days, (other[1] - other[0]).days)
        if gap == 0 and length <= 1:
            return 2.0, "same day"
        if gap == 0:
            return 1.2, "days overlap"
        if gap == 1 and not (left.is_day_told and right.is_day_told):
            return 0.6, "1 day apart, one of them inferred"
        return (0.2, -0.9, -1.6)[gap - 1], f"{gap} day{'s' if gap > 1 else ''} apart"
    if gap:
        return -1.0, f"{gap} days outside what the words allow"
    if {left.precision, right.precision} & {"month", "year", "before"}:
        return 0.6, "the days may agree"
    return 0.9, "one is undated, published about then"


def _compare_sides(left: EngagementClaim, right: EngagementClaim) -> Step | None:
    shared = left.actors & right.actors
    if not shared:
        return _compare_affiliations(left, right)
    people = left.people & right.people
    matched = _matched_sides(left, right)
    against = _contradicting_sides(left, right)
    words = f"{len(shared)} participant{'s' if len(shared) > 1 else ''} in common"
    weight = 0.5 * min(len(people), 3) + 0.25 * min(len(shared - people), 2)
    if matched >= 2:
        return 2.2 + weight, f"{words}, on {matched} sides"
    if against:
        return -1.2 + weight, f"{words}, but the other sides differ"
    if len(people) >= 2 and _are_opposed(people, left) != _are_opposed(people, right):
        return 1.9 + weight, f"{words}, on two sides of one report"
    if _names_elsewhere(left, right) or _names_elsewhere(right, left):
        return 1.7 + weight, f"{words}; whom one has on the other side, the other names elsewhere"
    return 0.9 + weight, f"{words}; a side is unnamed"


def _compare_affiliations(left: EngagementClaim, right: EngagementClaim) -> Step | None:
    """Nobody in common by name: both sides must at least belong to the same institutions or countries."""
    pairs = [
        (i, j)
        for i, a in enumerate(left.sides)
        for j, b in enumerate(right.sides)
        if a.affiliations & b.affiliations and not (a.people and b.people)
    ]
    if len({i for i, _ in pairs}) >= 2 and len({j for _, j in pairs}) >= 2:
        return 0.6, "the same institutions, nobody named by both"
    return None


def _matched_sides(left: EngagementClaim, right: EngagementClaim) -> int:
    """How many sides of one can be paired with sides of the other, each once, by actors or by affiliations."""
    pairs = sorted(
        (
            (-_affinity(a, b), i, j)
            for i, a in enumerate(left.sides)
            for j, b in enumerate(right.sides)
            if _affinity(a, b) > 0
        ),
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in pairs:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    return len(taken[0])


def _affinity(a: ClaimedSide, b: ClaimedSide) -> float:
    if common := a.actors & b.actors:
        return 1.0 + len(common)
    if a.people and b.people:
        return 0.0
    return 0.5 if a.affiliations & b.affiliations else 0.0


def _are_opposed(people: frozenset[str], claim: EngagementClaim) -> bool:
    """Whether a report has these people on more than one side."""
    return sum(1 for side in claim.sides if side.people & people) > 1


def _names_elsewhere(claim: EngagementClaim, other: EngagementClaim) -> bool:
    """Whether a report that leaves a side unnamed names somebody from that side of the other elsewhere."""
    return any(side.people & claim.named for side in other.sides if not side.actors & claim.actors)


def _contradicting_sides(left: EngagementClaim, right: EngagementClaim) -> bool:
    """Whether each names people opposite the shared ones, and none of them are the same."""
    mine = [side for side in left.sides if side.people and not side.actors & right.actors]
    other = [side for side in right.sides if side.people and not side.actors & left.actors]
    return bool(mine and other)


def _compare_kinds(left: EngagementClaim, right: EngagementClaim) -> Step:
    if left.kind == right.kind:
        return _SAME_KIND, f"both a {left.kind.replace('_', ' ')}"
    if {left.kind, right.kind} == {"visit", "meeting"} and _meet_as_well(left, right):
        return _VISITED, "a meeting – a visit with the same people on both sides"
    words = f"a {left.kind.replace('_', ' ')} and a {right.kind.replace('_', ' ')}"
    return _KINDS.get(frozenset((left.kind, right.kind)), _OTHER_KINDS), " – ".join(sorted(words.split(" and ")))


def _meet_as_well(left: EngagementClaim, right: EngagementClaim) -> bool:
    """Whether both name the same people, on two sides."""
    return len(left.people & right.people) > 1 and _matched_sides(left, right) > 1


def _compare_places(left: EngagementClaim, right: EngagementClaim) -> Step:
    if not left.place or not right.place:
        if left.country and right.country and left.country != right.country:
            return -1.0, "in different countries"
        return 0.0, ""
    if left.place == right.place:
        return 0.7, f"both in {left.place}"
    words = " or ".join(sorted((left.place, right.place)))
    are_told = left.is_place_told and right.is_place_told
    if left.country and right.country and left.country != right.country:
        return -1.6 if are_told else -0.8, "in different countries"
    if not (left.is_city and right.is_city):
        return 0.0, ""
    if left.position and right.position and _distance(left.position, right.position) <= NEAR:
        return 0.3, f"{words}, near each other"
    return -1.3 if are_told else -0.5, words


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two positions in degrees, as on a flat map: exact enough for what is near."""
    north = (one[0] - other[0]) * 111.2
    east = (one[1] - other[1]) * 111.2 * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)


def _compare_status(left: EngagementClaim, right: EngagementClaim) -> Step:
    if left.status == right.status:
        return 0.2, ""
    if "cancelled" in (left.status, right.status) and "held" in (left.status, right.status):
        return -1.6, "one says held, one cancelled"
    return 0.0, "one announces it" if "planned" in (left.status, right.status) else ""
