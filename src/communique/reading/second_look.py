"""A second look: who took part, once it is known which sentences tell the same engagement.

At first everybody is weighed for each telling by itself (`communique.reading.participants`). When tellings have been
put together, more is known: what the others of them say of somebody, who is likelier than he, who is his equal,
whether he is needed elsewhere, and how likely those are who are bound to him (`communique.reading.bonds`). A forest
weighs those who may have taken part once more in the light of that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.bonds import Bonds
from communique.reading.participants import place_of_type
from communique.reading.tellings import Narrative, Telling

FAINT = 0.08
"""Chance of having taken part below which nobody is looked at again."""

_TOLD = 0.3  # chance from which another telling counts as one that tells something
_LIKELY = 0.5
_NEVER = 20.0


class SecondLook:
    """Asks once more about those who may have taken part.

    Args:
        narrative: The document; who took part in each telling, and what is told, has been weighed.
    """

    def __init__(self, narrative: Narrative) -> None:
        self.narrative = narrative
        members = narrative.cast.members
        often = sorted(members, key=lambda key: -len(members[key].appearances))
        self.ranks = {key: rank for rank, key in enumerate(often)}
        self.types = {key: place_of_type(member.party.referent.type) for key, member in members.items()}
        self.numbers = {id(telling): number for number, telling in enumerate(narrative.tellings)}
        self.named = {
            line: frozenset(key for actor in actors for key in actor.keys)
            for line, actors in narrative.cast.actors.items()
        }

    def asked(
        self, tellings: Sequence[Telling], chances: Mapping[str, float]
    ) -> tuple[Sequence[str], list[list[float]]]:
        """Identities of those who are looked at again, the likeliest first, and the numbers the forest is asked with.

        Args:
            tellings: Those that tell one engagement.
            chances: Identity → chance of having taken part, all of them taken together.
        """
        main = max(tellings, key=lambda telling: telling.chance)
        others = [t for t in self.narrative.tellings if t not in tellings and t.chance >= _TOLD]
        ranked = sorted(chances, key=lambda key: -chances[key])
        known = [key for key in ranked if key in self.types]
        likeliest = ([chances[key] for key in known] + [0.0] * 4)[:4]
        common = [
            float(len(tellings)),
            float(len(known)),
            math.fsum(chances[key] for key in known if chances[key] > FAINT),
            *likeliest,
            main.chance,
            float(ENGAGEMENT_KINDS.index(main.trigger.kind)),
            float(main.trigger.is_noun),
            float(len(main.slots)),
            float(len(frozenset().union(*(self._named(telling) for telling in tellings)))),
            float(sum(chances[key] > _LIKELY and self.types[key] == 0 for key in known)),
            float(sum(chances[key] > _LIKELY and self.types[key] > 0 for key in known)),
            float(sum(other.line is main.line for other in others)),
        ]
        seen = [key for key in known if chances[key] >= FAINT]
        bonds = Bonds(self.narrative, tellings)
        return seen, [
            [
                *common,
                *self._standing(place, known, chances),
                *self._values(key, tellings, main, others),
                *bonds.values(key, chances),
            ]
            for place, key in enumerate(seen)
        ]

    def _named(self, telling: Telling) -> frozenset[str]:
        return self.named.get(telling.line.index, frozenset())

    def _standing(self, place: int, ranked: Sequence[str], chances: Mapping[str, float]) -> list[float]:
        """How somebody stands among the others."""
        chance = chances[ranked[place]]
        return [
            chance,
            float(place),
            (chances[ranked[place - 1]] if place else 1.0) - chance,
            chance - (chances[ranked[place + 1]] if place + 1 < len(ranked) else 0.0),
            float(sum(self.types[key] == self.types[ranked[place]] for key in ranked[:place])),
        ]

    def _values(self, key: str, tellings: Sequence[Telling], main: Telling, others: Sequence[Telling]) -> list[float]:
        """What the tellings say of somebody, and what the others do."""
        narrative = self.narrative
        at, lines = main.line.index, [a.line for a in narrative.cast.members[key].appearances]
        said = [telling.chances.get(key, 0.0) for telling in tellings]
        before = [o.chances.get(key, 0.0) for o in others if o.line.index <= at]
        behind = [o.chances.get(key, 0.0) for o in others if o.line.index >= at]
        return [
            main.chances.get(key, 0.0),
            max(said),
            math.fsum(said) / len(said),
            math.prod(1.0 - chance for chance in said),
            float(self.types[key]),
            float(sum(key in self._named(telling) for telling in tellings)),
            float(key in self._named(main)),
            float(len(lines)),
            float(self.ranks[key]),
            float(key in narrative.main),
            max(before, default=-1.0),
            max(behind, default=-1.0),
            max([*said, *before, *behind]),
            float(key in main.slots),
            float(sum(key in telling.slots for telling in tellings)),
            float(at - max((line for line in lines if line <= at), default=at - _NEVER)),
            float(min((line for line in lines if line > at), default=at + _NEVER) - at),
            self._opinion(main, key),
            max(self._opinion(telling, key) for telling in tellings),
        ]

    def _opinion(self, telling: Telling, key: str) -> float:
        return self.narrative.opinion.of_participant(self.numbers[id(telling)], key)
