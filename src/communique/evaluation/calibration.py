"""Calibration: whether what a reader is sure of is right, in figures.

Of all facts told with a confidence of about 0.9, nine in ten should be right. The facts are brought into bins by their
confidence; the expected calibration error is the mean distance between the confidence told and the share that is right,
each bin weighing as much as it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.evaluation.claims import Claims
from communique.evaluation.engagements import pair_engagements
from communique.evaluation.passages import pair_utterances
from communique.evaluation.people import pair_people, pair_posts

# Where bins begin; the last one ends with 1.
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
# Who tells this much or more promises that SURE_SHARE of it is right.
SURE = 0.8
SURE_SHARE = 0.95
KINDS = ("engagements", "roles", "commitments")


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact that was told: of what kind, how surely, and whether the gold has it."""

    kind: str
    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The facts of one bin.

    Attributes:
        low: Where it begins.
        high: Where it ends.
        count: Facts in it.
        confidence: Their mean confidence.
        share: The share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How well the confidence of one kind of fact can be relied on.

    Attributes:
        kind: One of KINDS.
        bins: Those that hold something, from the least sure.
        count: All facts.
        error: Expected calibration error, 0 to 1.
        sure: Facts told with SURE or more.
        sure_share: The share of those that is right; None when there are none.
    """

    kind: str
    bins: tuple[Bin, ...]
    count: int
    error: float
    sure: int
    sure_share: float | None

    @classmethod
    def over(cls, kind: str, facts: Iterable[Judged]) -> Reliability:
        """Brings the facts of one kind into bins."""
        own = [fact for fact in facts if fact.kind == kind]
        edges = (*BINS, 1.0)
        bins = []
        for number, low in enumerate(BINS):
            inside = [fact for fact in own if bisect_right(BINS, fact.confidence) - 1 == number]
            if inside:
                bins.append(
                    Bin(
                        low=low,
                        high=edges[number + 1],
                        count=len(inside),
                        confidence=sum(fact.confidence for fact in inside) / len(inside),
                        share=_share(inside) or 0.0,
                    )
                )
        error = sum(b.count * abs(b.confidence - b.share) for b in bins) / max(1, len(own))
        sure = [fact for fact in own if fact.confidence >= SURE]
        return cls(kind=kind, bins=tuple(bins), count=len(own), error=error, sure=len(sure), sure_share=_share(sure))


def _share(facts: list[Judged]) -> float | None:
    return sum(fact.is_right for fact in facts) / len(facts) if facts else None


def judge_document(gold: Claims, found: Claims) -> Iterator[Judged]:
    """Every engagement, post and commitment of a readout that has a confidence, with whether it is right."""
    right = {
        "engagements": right_engagements(gold, found),
        "roles": [is_right for person in right_posts(gold, found) for is_right in person],
        "commitments": right_commitments(gold, found),
    }
    told = {
        "engagements": [engagement.confidence for engagement in found.engagements],
        "roles": [post.confidence for person in found.people for post in person.posts],
        "commitments": [commitment.confidence for commitment in found.commitments],
    }
    for kind in KINDS:
        for confidence, is_right in zip(told[kind], right[kind], strict=True):
            if confidence is not None:
                yield Judged(kind, confidence, is_right)


def right_engagements(gold: Claims, found: Claims) -> list[bool]:
    """For each found engagement whether it is the pair of one in the gold."""
    return _are_in(pair_engagements(gold, found).values(), len(found.engagements))


def right_commitments(gold: Claims, found: Claims) -> list[bool]:
    """For each found commitment whether it is the pair of one in the gold."""
    return _are_in(pair_utterances(gold.commitments, found.commitments).values(), len(found.commitments))


def right_posts(gold: Claims, found: Claims) -> list[list[bool]]:
    """For each found person, for each of their posts, whether it is the pair of one in the gold."""
    holders = {j: gold.people[i] for i, j in pair_people(gold, found).items()}
    return [
        _are_in(pair_posts(holders[j], person).values() if j in holders else (), len(person.posts))
        for j, person in enumerate(found.people)
    ]


def _are_in(matched: Iterable[int], count: int) -> list[bool]:
    chosen = set(matched)
    return [number in chosen for number in range(count)]


def render_reliability(facts: Iterable[Judged]) -> str:
    """One table a kind: for each bin count, mean confidence and share right; then the error and the promise."""
    own = list(facts)
    parts = []
    for kind in KINDS:
        table = Reliability.over(kind, own)
        lines = [f"{kind:<14}{'count':>8}{'told':>8}{'right':>8}"]
        lines += [f"  {b.low:.2f} – {b.high:.2f} {b.count:>8}{b.confidence:>8.3f}{b.share:>8.3f}" for b in table.bins]
        if table.sure_share is None:
            promise = f"none told with {SURE} or more"
        else:
            promise = f"told with {SURE} or more: {table.sure} of {table.count}, right {table.sure_share:.3f}"
        lines.append(f"  expected calibration error {table.error:.3f}; {promise} (promised {SURE_SHARE})")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def reliability_to_dict(facts: Iterable[Judged]) -> Mapping[str, Any]:
    """The tables as a JSON object."""
    own = list(facts)
    return {
        table.kind: {
            "bins": [
                {
                    "from": b.low,
                    "to": b.high,
                    "count": b.count,
                    "told": round(b.confidence, 3),
                    "right": round(b.share, 3),
                }
                for b in table.bins
            ],
            "count": table.count,
            "error": round(table.error, 3),
            "sure": table.sure,
            "sure_right": None if table.sure_share is None else round(table.sure_share, 3),
        }
        for table in (Reliability.over(kind, own) for kind in KINDS)
    }
