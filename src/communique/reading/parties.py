"""Parties: who stands on a side of an engagement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Referent
from communique.reading.knowledge import Knowledge

if TYPE_CHECKING:
    from communique.reading.tokens import Token


@dataclass(slots=True, eq=False)
class Party:
    """Somebody who takes part: one referent, or a group whose members may become known later.

    Attributes:
        referent: Who it is (for a group: the group's own words).
        anchor: Half-open offsets of the words that show it.
        members: Named members, for delegations.
        lead: Whether it heads its side.
    """

    referent: Referent
    anchor: tuple[int, int]
    members: list[Party] = field(default_factory=list)
    lead: bool = False

    def resolved(self) -> list[Party]:
        """The named members where there are any, else the party itself."""
        return [p for m in self.members for p in m.resolved()] if self.members else [self]

    @property
    def key(self) -> str:
        """Identity: the id, else the folded name."""
        return self.referent.key


if TYPE_CHECKING:
    PartyFinder = Callable[[Iterable[Token], Line], list[Party]]
    """Gives the parties behind the heads of noun phrases of a line."""


def country_party(code: str, knowledge: Knowledge, anchor: tuple[int, int]) -> Party:
    """A country as a party, shown by the words at ``anchor``."""
    return Party(Referent(None, knowledge.country_name(code), "country", code), anchor)


def all_keys(parties: Iterable[Party]) -> set[str]:
    """Identities of the parties, and of the members of delegations."""
    return {p.key for party in parties for p in (party, *party.resolved())}


def without(parties: Iterable[Party], known: Iterable[Party]) -> list[Party]:
    """The parties that are not among the known ones."""
    keys = {party.key for party in known}
    return [party for party in parties if party.key not in keys]
