"""Scores commitments and statements: facts that are recognized by the passage that proves them."""

from __future__ import annotations

from collections.abc import Mapping

from communique.evaluation.claims import ClaimedUtterance, Claims
from communique.evaluation.engagements import SAME_PASSAGE, count_shared
from communique.evaluation.figures import DocumentScore
from communique.evaluation.matching import pair_up
from communique.evaluation.names import is_same_party

Utterances = tuple[ClaimedUtterance, ...]


def score_commitments(gold: Claims, found: Claims, score: DocumentScore) -> None:
    """Counts commitments and, on the matched ones, acts and parties; writes them into ``score``."""
    for i, j in _match("commitments", gold.commitments, found.commitments, score).items():
        wanted, got = gold.commitments[i], found.commitments[j]
        score.judge("commitment_act", wanted.act == got.act)
        score.count("parties", count_shared(wanted.parties, got.parties), len(got.parties), len(wanted.parties))


def score_statements(gold: Claims, found: Claims, score: DocumentScore) -> None:
    """Counts statements and, on the matched ones, acts and speakers; writes them into ``score``."""
    for i, j in _match("statements", gold.statements, found.statements, score).items():
        wanted, got = gold.statements[i], found.statements[j]
        score.judge("statement_act", wanted.act == got.act)
        score.judge("speaker", is_same_party(wanted.parties[0], got.parties[0]))


def _match(figure: str, gold: Utterances, found: Utterances, score: DocumentScore) -> Mapping[int, int]:
    pairs = pair_utterances(gold, found)
    score.count(figure, len(pairs), len(found), len(gold))
    for i, utterance in enumerate(gold):
        if i not in pairs:
            score.note(f"{figure} missed", str(utterance.passages)[:140])
    for j, utterance in enumerate(found):
        if j not in pairs.values():
            score.note(f"{figure} extra", str(utterance.passages)[:140])
    return pairs


def pair_utterances(gold: Utterances, found: Utterances) -> Mapping[int, int]:
    """The best one-to-one pairing of commitments, or of statements: index in the gold → index of the found."""
    return pair_up(gold, found, _likeness)


def _likeness(gold: ClaimedUtterance, found: ClaimedUtterance) -> float:
    overlap = gold.passages.overlap(found.passages)
    return overlap if overlap >= SAME_PASSAGE else 0.0
