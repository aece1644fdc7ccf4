"""Order-free clustering by average linkage: the same items and scores give the same clusters in whatever order.

Agglomeration over sparse scores: the best pair of clusters is merged first; scores that are equal are taken in the
order of the items' keys. Judgements bind: what a person called the same starts in one cluster, what they called
different is never joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# Members of a cluster that a candidate is compared with, by key: bounds the work on an event that hundreds report.
SAMPLE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PairJudgements:
    """What people said of pairs of keys: that they are the same, or different."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """How clusters are joined.

    Attributes:
        score: The score of any pair, 0 for pairs that do not go together.
        floor: Mean score between two clusters from which on they are joined.
        excludes: Pairs that must not share a cluster unless people said so.
    """

    score: Callable[[str, str], float]
    floor: float
    excludes: Callable[[str, str], bool] = lambda left, right: False


def cluster(
    keys: Sequence[str],
    links: Iterable[tuple[str, str, float]],
    linkage: Linkage,
    judgements: PairJudgements | None = None,
) -> list[tuple[str, ...]]:
    """Groups keys.

    Args:
        keys: What is to be grouped.
        links: Pairs with a score: only along these may clusters be joined.
        linkage: How they are joined.
        judgements: What people said, which wins.

    Returns:
        Clusters, each sorted, in the order of their first key.
    """
    judgements = judgements or PairJudgements()
    order = sorted(set(keys))
    forbidden = {frozenset(pair) for pair in judgements.different}
    groups: dict[str, list[str]] = {key: [key] for key in order}
    root = {key: key for key in order}

    def join(left: str, right: str) -> None:
        first, second = sorted((root[left], root[right]))
        if first != second:
            for member in groups[second]:
                root[member] = first
            groups[first] = sorted(groups[first] + groups.pop(second))

    for left, right in sorted(judgements.same):
        if left in root and right in root:
            join(left, right)

    def may_join(first: list[str], second: list[str]) -> bool:
        pairs = [(a, b) for a in first for b in second]
        return not any(frozenset(pair) in forbidden or linkage.excludes(*pair) for pair in pairs)

    def mean(first: list[str], second: list[str]) -> float:
        pairs = [(a, b) for a in first[:SAMPLE] for b in second[:SAMPLE]]
        return sum(linkage.score(a, b) for a, b in pairs) / len(pairs)

    ranked = sorted((-value, min(left, right), max(left, right)) for left, right, value in links)
    waiting = True
    while waiting:
        waiting = False
        for _, left, right in ranked:
            a, b = root[left], root[right]
            if a == b or not may_join(groups[a], groups[b]):
                continue
            if mean(groups[a], groups[b]) >= linkage.floor:
                join(a, b)
                waiting = True
    return [tuple(groups[key]) for key in order if root[key] == key]
