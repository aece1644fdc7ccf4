"""Pairing gold facts with found facts one to one, and the arithmetic of precision and recall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

GoldT = TypeVar("GoldT")
FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many facts were found, how many there are, and how many of both are the same.

    Attributes:
        matched: Pairs of a gold fact and a found fact.
        found: Facts in the readouts.
        gold: Facts in the gold that count.
    """

    matched: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        """The tally of both together (micro average)."""
        return Tally(matched=self.matched + other.matched, found=self.found + other.found, gold=self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; 1 when nothing was found and nothing was to be found."""
        if not self.found:
            return 0.0 if self.gold else 1.0
        return self.matched / self.found

    @property
    def recall(self) -> float:
        """Share of the gold facts that were found; 1 when there was none to find."""
        return self.matched / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of the looked-at pairs agree in one field."""

    right: int = 0
    looked_at: int = 0

    def __add__(self, other: Share) -> Share:
        """The share of both together."""
        return Share(right=self.right + other.right, looked_at=self.looked_at + other.looked_at)

    @property
    def value(self) -> float | None:
        """The accuracy; None when no pair was there to be looked at."""
        return self.right / self.looked_at if self.looked_at else None


def pair_up(
    gold: Sequence[GoldT], found: Sequence[FoundT], likeness: Callable[[GoldT, FoundT], float]
) -> dict[int, int]:
    """Pairs gold facts with found facts, the likeliest pair first; nothing is used twice.

    Greedy choice is enough at the size of a report; among equals the order of the text decides.

    Args:
        gold: The facts that should be found.
        found: The facts that were found.
        likeness: How alike two facts are; 0 means that they must not be paired.

    Returns:
        Index in ``gold`` → index in ``found``.
    """
    candidates = [(likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    candidates.sort(key=lambda candidate: -candidate[0])
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in candidates:
        if score > 0 and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
