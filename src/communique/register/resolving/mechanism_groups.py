"""Mechanism groups: units joined from the best pair down.

Two groups are joined when a pair across them scores high enough and their pairs do so on average: one loose link does
not chain two histories together. The order of the pairs is that of their scores and ids, so that the order in which
documents arrived does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.register.resolving.mechanism_claims import Link, SameOrNot
from communique.register.resolving.mechanism_scores import LINK_FROM, LINK_LOOSE_FROM, REVIEW_FROM, Score, score_units
from communique.register.resolving.mechanism_units import Unit

_JUDGED = "judged to be the same"


@dataclass(slots=True, eq=False)
class Group:
    """Units of one mechanism, and why they are together."""

    units: list[Unit]
    links: list[Link] = field(default_factory=list)


class _Joiner:
    """Joins units; one for each run."""

    def __init__(self, units: Sequence[Unit], judgements: Iterable[SameOrNot]) -> None:
        self.units = units
        self.group_of = {unit.id: Group([unit]) for unit in units}
        self.different: set[frozenset[str]] = set()
        home = {claim.id: unit for unit in units for claim in unit.claims}
        for judged in sorted(judgements, key=lambda j: (j.left, j.right, j.is_same)):
            left, right = home.get(judged.left), home.get(judged.right)
            if left is None or right is None or left is right:
                continue  # one of the claims is not here, or a document's own name holds both
            if judged.is_same:
                self._join(left, right, Link(left=left.id, right=right.id, score=1.0, reason=_JUDGED))
            else:
                self.different.add(frozenset((left.id, right.id)))
        self.scores = {pair: score_units(*pair) for pair in self._pairs()}

    def _pairs(self) -> Iterator[tuple[Unit, Unit]]:
        """Pairs of units of different documents that share a key, each once, the smaller id first."""
        blocks: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            for key in unit.keys:
                blocks[key].append(unit)
        seen: set[tuple[str, str]] = set()
        for block in blocks.values():
            for i, one in enumerate(block):
                for other in block[i + 1 :]:
                    if one.document != other.document and (one.id, other.id) not in seen:
                        seen.add((one.id, other.id))
                        yield one, other

    def run(self) -> None:
        """Joins groups along the pairs, best first."""
        for (one, other), score in self._ranked():
            if score.value < LINK_FROM:
                break
            if not (one.is_firm and other.is_firm) and score.value < LINK_LOOSE_FROM:
                continue
            left, right = self.group_of[one.id], self.group_of[other.id]
            if left is not right and self._may_join(left, right):
                self._join(one, other, Link(left=one.id, right=other.id, score=score.value, reason=score.reason))

    def _ranked(self) -> list[tuple[tuple[Unit, Unit], Score]]:
        return sorted(self.scores.items(), key=lambda item: (-item[1].value, item[0][0].id, item[0][1].id))

    def _may_join(self, left: Group, right: Group) -> bool:
        across = [(a, b) for a in left.units for b in right.units]
        if any(frozenset((a.id, b.id)) in self.different for a, b in across):
            return False
        values = []
        for a, b in across:
            if a.document == b.document:
                if not (a.gist.is_generic or b.gist.is_generic):
                    return False  # one document that gives two names tells of two mechanisms
                continue
            pair = (a, b) if a.id < b.id else (b, a)
            values.append(self.scores[pair].value if pair in self.scores else score_units(*pair).value)
        return bool(values) and sum(values) / len(values) >= REVIEW_FROM

    def _join(self, one: Unit, other: Unit, link: Link) -> None:
        left, right = self.group_of[one.id], self.group_of[other.id]
        left.links.append(link)
        if left is right:
            return
        left.units += right.units
        left.links += right.links
        for unit in right.units:
            self.group_of[unit.id] = left

    def groups(self) -> list[Group]:
        """The groups, each once."""
        return list({id(group): group for group in self.group_of.values()}.values())

    def reviews(self) -> tuple[Link, ...]:
        """The best undecided pair between any two groups."""
        best: dict[frozenset[int], Link] = {}
        for (one, other), score in self._ranked():
            if score.value < REVIEW_FROM:
                break
            left, right = self.group_of[one.id], self.group_of[other.id]
            if left is right or frozenset((one.id, other.id)) in self.different:
                continue
            link = Link(left=one.id, right=other.id, score=score.value, reason=score.reason)
            best.setdefault(frozenset((id(left), id(right))), link)
        return tuple(best.values())


def linked(units: Sequence[Unit], others: Sequence[Unit]) -> list[Unit]:
    """Those of the other units that any of the units can be joined with directly."""
    return [other for other in others if any(_is_link(unit, other) for unit in units)]


def _is_link(one: Unit, other: Unit) -> bool:
    if one.document == other.document:
        return one.claims[0].name == other.claims[0].name
    pair = (one, other) if one.id < other.id else (other, one)
    return not one.keys.isdisjoint(other.keys) and score_units(*pair).value >= LINK_FROM


def group_units(units: Sequence[Unit], judgements: Iterable[SameOrNot]) -> tuple[list[Group], tuple[Link, ...]]:
    """Joins units of one mechanism.

    Args:
        units: In order of their ids.
        judgements: What people decided about pairs of claims.

    Returns:
        The groups, and the pairs that somebody should look at, best first.
    """
    joiner = _Joiner(units, judgements)
    joiner.run()
    return [group for group in joiner.groups() if any(unit.is_firm for unit in group.units)], joiner.reviews()
