"""Sameness: which tellings of a document tell one and the same engagement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.model.vocabulary import ENGAGEMENT_KINDS, EngagementKind
from communique.reading.tellings import Narrative, Telling

REACH = 12
"""Tellings before one with which it is compared: reports go back no further."""

TOOK_PART = 0.4
"""Chance from which somebody counts when two companies are compared; what is best on held-back folders is flat here."""

# Kinds that words for one another point to: "the talks" may be the meeting, the conference or the session told before.
FAMILY: Mapping[EngagementKind, EngagementKind] = {
    "meeting": "meeting",
    "committee_session": "meeting",
    "conference": "meeting",
    "call": "call",
    "visit": "visit",
    "signing": "signing",
    "exercise": "exercise",
    "ceremony": "ceremony",
    "other": "other",
}


def compared(narrative: Narrative) -> Iterator[tuple[int, int, list[float]]]:
    """Positions of two tellings, the earlier one first, and the numbers that the forest is asked with."""
    tellings, opinion = narrative.tellings, narrative.opinion
    companies = [_Company.of(telling.chances) for telling in tellings]
    for later in range(len(tellings)):
        for earlier in range(max(0, later - REACH), later):
            values = _values(tellings[earlier], tellings[later], companies[earlier].beside(companies[later]))
            yield earlier, later, [*values, float(later - earlier), opinion.of_pair(earlier, later)]


@dataclass(frozen=True, slots=True)
class _Company:
    """Who may have taken part in what a telling tells.

    Attributes:
        chances: Identity → chance of having taken part.
        total: The sum of the chances.
        sure: Those who count.
    """

    chances: Mapping[str, float]
    total: float
    sure: frozenset[str]

    @classmethod
    def of(cls, chances: Mapping[str, float]) -> _Company:
        """Those with these chances."""
        return cls(chances, sum(chances.values()), frozenset(k for k, c in chances.items() if c > TOOK_PART))

    def beside(self, other: _Company) -> list[float]:
        """How alike it is to another one."""
        theirs = other.chances
        both = sum(min(chance, theirs[key]) for key, chance in self.chances.items() if key in theirs)
        either = self.total + other.total - both
        return [
            both,
            either,
            both / (either + 0.01),
            len(self.sure & other.sure),
            len(self.sure),
            len(other.sure),
            self.sure <= other.sure,
            other.sure <= self.sure,
        ]


def _values(one: Telling, two: Telling, company: list[float]) -> list[float]:
    a, b = one.trigger, two.trigger
    is_line = one.line is two.line
    return [
        ENGAGEMENT_KINDS.index(a.kind),
        ENGAGEMENT_KINDS.index(b.kind),
        FAMILY[a.kind] == FAMILY[b.kind],
        two.line.index - one.line.index,
        b.token.i - a.token.i if is_line else 99,
        *(
            float(getattr(trigger, flag))
            for trigger in (a, b)
            for flag in ("is_noun", "definite", "is_complete", "weak")
        ),
        b.again,
        b.separate,
        b.token.lower_ == a.token.lower_,
        is_line and b.verb is not None and b.verb.i == a.token.i,
        is_line and a.verb is not None and b.verb is not None and a.verb.i == b.verb.i,
        one.line.labelled.sentence.block == two.line.labelled.sentence.block,
        *company,
        one.record is two.record and one.record is not None,
        one.record is None,
        two.record is None,
        one.found.standing.status == two.found.standing.status,
        one.found.standing.background == two.found.standing.background,
        _same_day(one, two),
        one.chance,
        two.chance,
    ]


def is_retold(one: Telling, two: Telling) -> bool:
    """Whether a later sentence only comes back to what the rules take for the same: "the talks", "during the meeting".

    The forest has not learned that: annotators quote the sentence that tells an engagement first.
    """
    trigger = two.trigger
    points_back = trigger.is_noun and trigger.kind != "visit"
    return points_back and two.record is not None and two.record is one.record and two.line is not one.line


def _same_day(one: Telling, two: Telling) -> float:
    """Whether both sentences give the same day; -1 when one gives none."""
    a, b = one.found.date, two.found.date
    if a is None or b is None or a.start is None or b.start is None:
        return -1.0
    return float(a.start == b.start)


def joined(numbers: Sequence[int], same: Mapping[tuple[int, int], float], cut: float) -> list[list[int]]:
    """Puts tellings of one engagement together, each with the likest of the groups before it.

    Args:
        numbers: Positions of the tellings, in order.
        same: Positions of two tellings → probability that they tell the same.
        cut: Likeness from which a telling joins: the mean of the likest pair and of all pairs.

    Returns:
        Groups of positions, in order of their first one.
    """
    groups: list[list[int]] = []
    for number in numbers:
        best, home = cut, None
        for group in groups:
            alike = [same.get((other, number), 0.0) for other in group]
            likeness = (max(alike) + sum(alike) / len(alike)) / 2
            if likeness > best:
                best, home = likeness, group
        if home is not None:
            home.append(number)
        else:
            groups.append([number])
    return groups
