"""Scores engagements: which were found, who took part, and on the found ones kind, status, date, place, topics."""

from __future__ import annotations

from collections.abc import Mapping

from communique.evaluation.claims import ClaimedEngagement, Claims
from communique.evaluation.figures import DocumentScore
from communique.evaluation.matching import Tally, pair_up
from communique.evaluation.names import is_same_party

# Finer words of annotators and readers, and the kind under which they are compared.
KIND_FAMILIES = {
    "reception": "meeting",
    "talks": "meeting",
    "dialogue": "meeting",
    "consultation": "meeting",
    "committee_session": "meeting",
    "summit": "conference",
    "phone_call": "call",
}
# A pair counts when the participants agree this well (F1) …
SAME_PARTICIPANTS = 0.5
# … or this well, when the evidence overlaps too.
SIMILAR_PARTICIPANTS = 0.25
SAME_PASSAGE = 0.5
# How much the same passage and the same kind weigh when several pairs would count.
PASSAGE_WEIGHT = 0.8
KIND_WEIGHT = 0.3


def score_engagements(gold: Claims, found: Claims, score: DocumentScore) -> None:
    """Counts engagements, participants and the fields of the matched pairs; writes them into ``score``."""
    pairs = pair_engagements(gold, found)
    needed = [i for i, engagement in enumerate(gold.engagements) if i in pairs or not engagement.is_optional]
    score.count("engagements", len(pairs), len(found.engagements), len(needed))
    for i in needed:
        if i not in pairs:
            score.note("engagement missed", _describe(gold.engagements[i]))
    for j, engagement in enumerate(found.engagements):
        if j not in pairs.values():
            score.note("engagement extra", f"{_describe(engagement)} :: {str(engagement.passages)[:120]}")
    score.count(
        "participants",
        sum(
            count_shared(gold.engagements[i].participants, found.engagements[j].participants) for i, j in pairs.items()
        ),
        sum(len(engagement.participants) for engagement in found.engagements),
        sum(len(gold.engagements[i].participants) for i in needed),
    )
    _score_fields(gold, found, pairs, score)


def pair_engagements(gold: Claims, found: Claims) -> Mapping[int, int]:
    """The best one-to-one pairing: index of a gold engagement → index of the found one that stands for it."""
    return pair_up(gold.engagements, found.engagements, likeness)


def count_shared(gold: tuple[str, ...], found: tuple[str, ...]) -> int:
    """How many participants or parties two lists have in common."""
    return len(pair_up(gold, found, lambda one, other: float(is_same_party(one, other))))


def kind_family(kind: str | None) -> str | None:
    """The kind under which an engagement's kind is compared."""
    return KIND_FAMILIES.get(kind, kind) if kind else kind


def likeness(gold: ClaimedEngagement, found: ClaimedEngagement) -> float:
    """How well a found engagement answers one of the gold; 0 when they are not a pair."""
    shared = count_shared(gold.participants, found.participants)
    people = Tally(matched=shared, found=len(found.participants), gold=len(gold.participants)).f1
    passage = gold.passages.overlap(found.passages)
    is_candidate = people >= SAME_PARTICIPANTS or (
        passage >= SAME_PASSAGE and (people >= SIMILAR_PARTICIPANTS or not gold.participants)
    )
    if not is_candidate:
        return 0.0
    kind = KIND_WEIGHT if kind_family(gold.kind) == kind_family(found.kind) else 0.0
    return people + PASSAGE_WEIGHT * passage + kind


def _score_fields(gold: Claims, found: Claims, pairs: Mapping[int, int], score: DocumentScore) -> None:
    for i, j in sorted(pairs.items(), key=lambda pair: pair[0]):
        wanted, got = gold.engagements[i], found.engagements[j]
        score.judge("kind", kind_family(wanted.kind) == kind_family(got.kind))
        score.judge("status", wanted.status == got.status)
        score.judge("background", wanted.is_background == got.is_background)
        score.judge("date", wanted.date == got.date)
        if wanted.date != got.date:
            score.note("date", f"gold {wanted.date} got {got.date} :: {wanted.date_as_written}")
        if wanted.places:
            is_there = any(is_same_party(place, name) for place in wanted.places for name in got.places)
            score.judge("place", is_there)
            if not is_there:
                score.note("place", f"gold {wanted.places[0]} got {' / '.join(got.places) or None}")
        score.count("topics", len(wanted.topics & got.topics), len(got.topics), len(wanted.topics))


def _describe(engagement: ClaimedEngagement) -> str:
    return f"{engagement.kind}: {', '.join(engagement.participants) or '(nobody named)'}"
