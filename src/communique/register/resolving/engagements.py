"""Which reports tell one engagement: pairs are scored, and clustered under what people judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.register.resolving.clustering import Linkage, PairJudgements, cluster
from communique.register.resolving.engagement_pairs import MERGED, UNCERTAIN, PairScore, compare_reports
from communique.register.resolving.reports import EngagementClaim

# Mean score between two groups of reports from which on they are one: lower than for a single pair, since a terse
# report among them says little about either.
GROUP_FLOOR = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPair:
    """Two reports that may tell one engagement, ``left`` before ``right`` by key."""

    left: str
    right: str
    score: PairScore


def score_pairs(claim: EngagementClaim, candidates: Iterable[EngagementClaim]) -> Iterator[ReportPair]:
    """Pairs of a report with candidates that are worth keeping: merged or uncertain."""
    for candidate in candidates:
        score = compare_reports(*sorted((claim, candidate), key=lambda c: c.key))
        if score.score >= UNCERTAIN:
            left, right = sorted((claim.key, candidate.key))
            yield ReportPair(left=left, right=right, score=score)


def group_reports(
    claims: Mapping[str, EngagementClaim],
    pairs: Sequence[ReportPair],
    judgements: PairJudgements | None = None,
) -> list[tuple[str, ...]]:
    """Groups the reports of a closed set (all that are linked to each other) into engagements, whatever their order.

    Args:
        claims: The reports by key.
        pairs: Their scored pairs, as ``score_pairs`` gives them.
        judgements: What people said.

    Returns:
        The keys of each engagement's reports, sorted.
    """

    def score(left: str, right: str) -> float:
        a, b = sorted((claims[left], claims[right]), key=lambda c: c.key)
        return compare_reports(a, b).score

    return cluster(
        list(claims),
        [(p.left, p.right, p.score.score) for p in pairs if p.score.score >= MERGED],
        Linkage(
            score=score,
            floor=GROUP_FLOOR,
            excludes=lambda left, right: claims[left].document == claims[right].document,
        ),
        judgements,
    )
