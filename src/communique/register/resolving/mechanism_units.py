"""Mechanism units: what one document tells of one mechanism, and the keys under which it is compared."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from communique.register.resolving.mechanism_claims import StepClaim
from communique.register.resolving.mechanism_words import Gist, Thesaurus

_WORD = re.compile(r"[^\W\d_]+")
_POINTING = 4
"""Words between "agreed" and the month to which it points back."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one document tells of one mechanism.

    Attributes:
        claims: Its steps, by id.
        gist: Its name, reduced.
        parties: Actors of all steps.
        countries: Countries of all steps.
        first: Day of its first step.
        last: Day of its last step.
        points_to: Months (year, month) to which its passages point back ("agreed in January").
        months: Months in which its steps happened.
    """

    claims: tuple[StepClaim, ...]
    gist: Gist
    parties: frozenset[str]
    countries: frozenset[str]
    first: dt.date | None
    last: dt.date | None
    points_to: frozenset[tuple[int, int]]
    months: frozenset[tuple[int, int]]

    @property
    def id(self) -> str:
        """The smallest id among its claims."""
        return self.claims[0].id

    @property
    def document(self) -> str:
        """The document that tells it."""
        return self.claims[0].document

    @property
    def is_firm(self) -> bool:
        """Whether a step of it stands by itself."""
        return any(claim.is_firm for claim in self.claims)

    @property
    def keys(self) -> frozenset[str]:
        """The keys under which it is compared."""
        return _keys(self.gist, self.parties | self.countries)


def make_units(claims: Iterable[StepClaim], thesaurus: Thesaurus) -> list[Unit]:
    """Groups claims by document and name, in order of their ids."""
    groups: defaultdict[tuple[str, str], list[StepClaim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.id):
        groups[(claim.document, claim.name)].append(claim)
    return sorted((_unit(tuple(group), thesaurus) for group in groups.values()), key=lambda unit: unit.id)


def _unit(claims: tuple[StepClaim, ...], thesaurus: Thesaurus) -> Unit:
    days = sorted(claim.day for claim in claims if claim.day is not None)
    gist = thesaurus.gist(claims[0].name, claims[0].kind)
    return Unit(
        claims,
        gist,
        frozenset().union(*(claim.parties for claim in claims)),
        frozenset().union(*(claim.countries for claim in claims), gist.countries),
        days[0] if days else None,
        days[-1] if days else None,
        frozenset(month for claim in claims for month in _pointed_at(claim, thesaurus)),
        frozenset((day.year, day.month) for day in days),
    )


def _pointed_at(claim: StepClaim, thesaurus: Thesaurus) -> Iterable[tuple[int, int]]:
    """Months to which a passage points back: the last January before the report for "agreed in January"."""
    if claim.published is None:
        return
    words = [word.lower() for word in _WORD.findall(claim.quote)]
    for i, word in enumerate(words):
        if word not in thesaurus.deciding:
            continue
        near = words[i + 1 : i + 1 + _POINTING]
        for month in (thesaurus.months[w] for w in near if w in thesaurus.months):
            year = claim.published.year - (month > claim.published.month)
            yield year, month


def block_keys(claim: StepClaim, thesaurus: Thesaurus) -> frozenset[str]:
    """Keys of a step: steps that share none are never linked, so only those that share one need be compared.

    A proper name is a key by itself; another word together with a country or a party; a name without such words goes by
    the sort of body.
    """
    gist = thesaurus.gist(claim.name, claim.kind)
    return _keys(gist, claim.parties | claim.countries | gist.countries)


def _keys(gist: Gist, owners: frozenset[str]) -> frozenset[str]:
    plain = gist.content - gist.proper
    keys = {f"name {word}" for word in gist.proper}
    keys |= {f"words {a} {b}" for a, b in combinations(sorted({*plain, gist.family}), 2)}
    keys |= {f"owner {word} {owner}" for word in {*plain, gist.family} for owner in owners}
    if gist.is_generic:
        keys |= {f"any {owner}" for owner in owners}
    else:
        keys |= {f"any {owner}" for owner in owners if not plain}
    return frozenset(keys)
