"""What people said about pairs of actors: which profiles must, and which must not, be one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

PairVerdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairJudgement:
    """A person's judgement of two mentions or profiles.

    Attributes:
        verdict: same, different, or unsure (looked at, and left open).
        left, right: Keys of profiles or mentions.
        number: Which of two judgements that contradict each other is the later one: the higher number wins.
    """

    verdict: PairVerdict
    left: str
    right: str
    number: int = 0


class Clusters:
    """Sets of keys that are united step by step, with pairs that must never meet."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._root = {key: key for key in keys}
        self._members = {key: {key} for key in self._root}
        self._apart: dict[str, set[str]] = {}

    def find(self, key: str) -> str:
        """The key that stands for the set: the smallest of its members."""
        return self._root[key]

    def members(self, key: str) -> set[str]:
        """All keys of the set."""
        return self._members[self._root[key]]

    def part(self, left: str, right: str) -> bool:
        """Forbids that two keys meet; False where they already did."""
        a, b = self.find(left), self.find(right)
        if a == b:
            return False
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)
        return True

    def may_meet(self, left: str, right: str) -> bool:
        """Whether nothing forbids that the sets of two keys become one."""
        return self.find(right) not in self._apart.get(self.find(left), ())

    def unite(self, left: str, right: str) -> bool:
        """Makes one set of two; False where that is forbidden."""
        a, b = sorted((self.find(left), self.find(right)))
        if a == b:
            return True
        if not self.may_meet(a, b):
            return False
        for key in self._members.pop(b):
            self._root[key] = a
            self._members[a].add(key)
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart.setdefault(a, set()).add(other)
        return True

    def sets(self) -> list[tuple[str, ...]]:
        """All sets, members sorted, in the order of their first members."""
        return sorted(tuple(sorted(members)) for members in self._members.values())


def apply_judgements(
    clusters: Clusters, judgements: Iterable[PairJudgement], profile_of: Mapping[str, str]
) -> dict[tuple[str, str], PairJudgement]:
    """Unites and parts what people judged; later judgements win over earlier ones that contradict them.

    Args:
        clusters: Changed in place.
        judgements: In any order. Those about unknown keys are passed over.
        profile_of: Mention key or profile key → profile key.

    Returns:
        Judged pair of profile keys, the smaller first → the judgement that holds.
    """
    held: dict[tuple[str, str], PairJudgement] = {}
    for judgement in sorted(judgements, key=lambda j: (-j.number, j.verdict, j.left, j.right)):
        left, right = profile_of.get(judgement.left), profile_of.get(judgement.right)
        if left is None or right is None or left == right:
            continue
        pair = (min(left, right), max(left, right))
        if pair in held:
            continue
        holds = True
        if judgement.verdict == "same":
            holds = clusters.unite(left, right)
        elif judgement.verdict == "different":
            holds = clusters.part(left, right)
        if holds:
            held[pair] = judgement
    return held
