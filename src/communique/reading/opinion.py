"""Opinions: what the encoder thinks of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

UNSAID = -20.0
"""Stands for the odds where the encoder gives none: it does not see the mention, or there is no encoder."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder thinks, by positions of tellings in the narrative.

    Odds are logarithms of odds. Chances are logarithms of probabilities, in the order of the vocabulary.

    Attributes:
        tells: Telling → odds that it tells an engagement.
        took_part: Telling and identity → odds that somebody took part in what it tells.
        same: Two tellings, the earlier one first → odds that they tell the same engagement.
        when: Telling, line and offset of a date → odds that it is the day of what the telling tells.
        where: Telling, line and offset of a site (of the word that leads to it) → odds that it is the place.
        kinds: Telling → chances of each kind of engagement.
        statuses: Telling → chances of each status.
        backgrounds: Telling → chances of not being background, and of being it.
    """

    tells: Mapping[int, float] = field(default_factory=dict)
    took_part: Mapping[tuple[int, str], float] = field(default_factory=dict)
    same: Mapping[tuple[int, int], float] = field(default_factory=dict)
    when: Mapping[tuple[int, int, int], float] = field(default_factory=dict)
    where: Mapping[tuple[int, int, int], float] = field(default_factory=dict)
    kinds: Mapping[int, Sequence[float]] = field(default_factory=dict)
    statuses: Mapping[int, Sequence[float]] = field(default_factory=dict)
    backgrounds: Mapping[int, Sequence[float]] = field(default_factory=dict)

    def of_telling(self, number: int) -> float:
        """What speaks for a telling; UNSAID when nothing is said."""
        return self.tells.get(number, UNSAID)

    def of_participant(self, number: int, key: str) -> float:
        """What speaks for somebody having taken part; UNSAID when nothing is said."""
        return self.took_part.get((number, key), UNSAID)

    def of_pair(self, earlier: int, later: int) -> float:
        """What speaks for two tellings being one; UNSAID when nothing is said."""
        return self.same.get((earlier, later), UNSAID)

    def of_day(self, number: int, line: int, start: int) -> float:
        """What speaks for a date, given by its line and its offset in the text; UNSAID when nothing is said."""
        return self.when.get((number, line, start), UNSAID)

    def of_place(self, number: int, line: int, start: int) -> float:
        """What speaks for a site, by its line and the offset of the word before it; UNSAID when nothing is said."""
        return self.where.get((number, line, start), UNSAID)

    def of_kind(self, numbers: Mapping[int, float]) -> list[float] | None:
        """The chances of each kind of what some tellings tell; None when nothing is said.

        Args:
            numbers: Telling → what it weighs.
        """
        said = {number: weight for number, weight in numbers.items() if number in self.kinds}
        total = sum(said.values())
        if not total:
            return None
        rows = [[weight * chance for chance in self.kinds[number]] for number, weight in said.items()]
        return [sum(column) / total for column in zip(*rows, strict=True)]


def settled(rule: T, values: Sequence[T], chances: Sequence[float] | None, weight: float) -> T:
    """What rules and encoder together take for right.

    Args:
        rule: What the rules take for right.
        values: All that it can be.
        chances: The encoder's, one for each value; None when it says nothing.
        weight: What the rules' word is worth, in the units of the chances.
    """
    if chances is None:
        return rule
    return max(zip(values, chances, strict=True), key=lambda pair: pair[1] + weight * (pair[0] == rule))[0]
