"""Told or not, once more: whether what some tellings tell together is an engagement that is to be told.

Each telling has been judged by itself (`communique.reading.telling_features`). When they have been put together and it
is known who took part, a forest weighs the whole: how sure its tellings are, how sure its company is, and above all
whether another engagement of the document is too much like it, so that the same would be told twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.sameness import FAMILY
from communique.reading.tellings import Narrative, Telling

if TYPE_CHECKING:
    from communique.reading.engagement_judge import Told

PROMISING = 0.25
"""Chance of its surest telling from which an engagement is weighed as a whole."""

_FLAGS = ("is_noun", "definite", "weak", "is_complete", "named", "again")
_ALONE = [-1.0] * 9
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class ToldValues:
    """Asks about the engagements of a document, each in the light of the others.

    Attributes:
        narrative: The document.
        told: Those that are asked about, in order.
        same: Positions of two tellings → probability that they tell the same.
    """

    narrative: Narrative
    told: Sequence[Told]
    same: Mapping[tuple[int, int], float]

    def rows(self) -> list[list[float]]:
        """The numbers that the forest is asked with, one row for each engagement."""
        numbers = {id(telling): number for number, telling in enumerate(self.narrative.tellings)}
        return [self._values(place, one, numbers) for place, one in enumerate(self.told)]

    def _values(self, place: int, one: Told, numbers: Mapping[int, int]) -> list[float]:
        main, trigger, narrative = one.main, one.main.trigger, self.narrative
        chances = [telling.chance for telling in one.tellings]
        company = sorted((one.chances.get(key, 0.0) for key in one.participants), reverse=True)
        opinions = [narrative.opinion.of_telling(numbers[id(telling)]) for telling in one.tellings]
        others = [other for other in self.told if other is not one]
        elsewhere = {key for other in others for key in other.participants}
        members = narrative.cast.members
        return [
            main.chance,
            math.fsum(chances) / len(chances),
            float(len(chances)),
            1.0 - math.prod(1.0 - chance for chance in chances),
            one.company,
            one.score,
            float(len(company)),
            *([*company, 0.0, 0.0, 0.0][:3]),
            min(company, default=0.0),
            float(one.is_apart),
            float(ENGAGEMENT_KINDS.index(trigger.kind)),
            *(float(getattr(trigger, flag)) for flag in _FLAGS),
            float(main.found.standing.denied),
            float(main.line.index - narrative.first),
            float(len(self.told)),
            float(place),
            *max((self._likeness(one, other, numbers) for other in others), key=_how_like, default=_ALONE),
            narrative.opinion.of_telling(numbers[id(main)]),
            max(opinions),
            float(sum(other.main.line is main.line for other in self.told)),
            float(sum(members[key].party.referent.type == "person" for key in one.participants if key in members)),
            float(sum(key in elsewhere for key in one.participants)),
            float(sum(other.main.chance > _LIKELY for other in self.told)),
            float(len(main.slots)),
            float(sum(key in main.slots for key in one.participants)),
        ]

    def _likeness(self, one: Told, other: Told, numbers: Mapping[int, int]) -> list[float]:
        """How like another engagement is: in company, in kind, in place, and for those who compare tellings."""
        mine, theirs = set(one.participants), set(other.participants)
        shared = len(mine & theirs)
        kind, its_kind = one.main.trigger.kind, other.main.trigger.kind
        return [
            shared / max(1, len(mine | theirs)),
            shared / max(1, len(mine)),
            max(self._same(a, b, numbers) for a in one.tellings for b in other.tellings),
            other.main.chance,
            float(kind == its_kind),
            float(FAMILY[kind] == FAMILY[its_kind]),
            float(one.main.line.index - other.main.line.index),
            float(len(other.tellings)),
            float(len(theirs)),
        ]

    def _same(self, one: Telling, other: Telling, numbers: Mapping[int, int]) -> float:
        first, second = sorted((numbers[id(one)], numbers[id(other)]))
        return self.same.get((first, second), 0.0)


def _how_like(values: Sequence[float]) -> float:
    return values[0] + values[2]
