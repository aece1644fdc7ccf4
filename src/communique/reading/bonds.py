"""Bonds: what the chances of others say of somebody: of those listed with him, and of those told in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from communique.reading.nesting import named_inside
from communique.reading.tellings import Narrative, Telling

if TYPE_CHECKING:
    from communique.reading.tokens import Token

NOBODY = -1.0
"""Stands for the best chance among nobody."""


class Bonds:
    """Who is bound to whom where one engagement is told.

    Args:
        narrative: The document; who took part in each telling has been weighed.
        tellings: Those that tell the engagement.
    """

    def __init__(self, narrative: Narrative, tellings: Sequence[Telling]) -> None:
        self._inside = named_inside(narrative, tellings)
        self._lists = list(_lists(narrative, tellings))

    def values(self, key: str, chances: Mapping[str, float]) -> list[float]:
        """The best chances of those who are bound to somebody, kind of bond after kind of bond; NOBODY without any.

        Args:
            key: The identity of somebody of the cast.
            chances: Identity → chance of having taken part, all tellings taken together.
        """
        beside = {other for listed in self._lists if key in listed for other in listed} - {key}
        listed = [chances.get(other, 0.0) for other in beside]
        around = [chances.get(group, 0.0) for group, named in self._inside.items() if key in named]
        within = [chances.get(other, 0.0) for other in self._inside.get(key, ())]
        return [
            max(listed, default=NOBODY),
            min(listed, default=NOBODY),
            max(around, default=NOBODY),
            max(within, default=NOBODY),
        ]


def _lists(narrative: Narrative, tellings: Sequence[Telling]) -> Iterable[set[str]]:
    """The identities of each list of names in the sentences of some tellings."""
    for index in dict.fromkeys(telling.line.index for telling in tellings):
        found: dict[int, set[str]] = {}
        for actor in narrative.cast.actors.get(index, ()):
            found.setdefault(_first_of_list(actor.token).i, set()).update(actor.keys)
        yield from found.values()


def _first_of_list(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token
