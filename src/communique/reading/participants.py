"""Participants: what speaks for and against somebody of the cast having taken part in what a trigger tells.

Numbers for a forest say where somebody stands in the sentence and in the report, what is known of the trigger, and what
a regression over the words between the two (``actor_features``) thinks. Why it is done so is told in
`docs/decisions/0009-three-questions-about-triggers.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.actor_features import (
    actor_features,
    actors_between,
    actors_joined,
    is_owner,
    placed_actors,
    preposition_of,
)
from communique.reading.attachment import attachment
from communique.reading.cast import Actor, Member
from communique.reading.grammar import is_subject, verb_above
from communique.reading.nesting import named_inside
from communique.reading.tellings import Narrative

if TYPE_CHECKING:
    from communique.reading.tokens import Token

UNKNOWN = -20.0
"""Stands for the odds of the regression where it is not asked: no actor of the sentence is the member."""

_NEVER, _FAR_BACK, _AHEAD, _PERSON_AHEAD = 20, 12, 2, 6
"""Lines without an appearance, cut off; and lines back and ahead beyond which somebody is not asked about. Who came
along is often told behind what was discussed, and by name."""
_TYPES = ("person", "organization", "country", "group")
SLOTS = ("none", "one", "other", "several")
"""Where grammar can have put somebody, in the order of `place_of_slot`."""
_RELATIONS = "nsubj nsubjpass dobj pobj conj appos poss compound agent attr dative ROOT nmod amod dep npadvmod".split()
_PREPOSITIONS = "with between by of to in from at for on and alongside among after as against about under".split()
_NO_ACTOR = (99.0, *[-1.0] * 12, 99.0, -1.0, -1.0, -1.0)


@dataclass(frozen=True, slots=True)
class Question:
    """Whether one member of the cast took part in what one telling tells.

    Attributes:
        number: Position of the telling.
        key: The member's identity.
        names: Names of the features of its closest actor in the sentence; None without one.
        values: Numbers for the forest, to which the regression's odds are added.
    """

    number: int
    key: str
    names: tuple[str, ...] | None
    values: list[float]


def questions(narrative: Narrative) -> list[Question]:
    """Everything that is asked about who took part, telling after telling."""
    cast = narrative.cast
    often = sorted(cast.members, key=lambda key: -len(cast.members[key].appearances))
    ranks = {key: rank for rank, key in enumerate(often)}
    told = Counter(key for telling in narrative.tellings for key in telling.slots)
    known = {key: _report_values(key, member, narrative, ranks[key], told[key]) for key, member in cast.members.items()}
    out = []
    for number in range(len(narrative.tellings)):
        company = Company(narrative, number)
        for key, member, actor in company.asked():
            names = company.features(actor) if actor is not None else None
            out.append(Question(number, key, names, company.values(key, member, actor, known[key])))
    return out


def _report_values(key: str, member: Member, narrative: Narrative, rank: int, told: int) -> list[float]:
    """The numbers that are the same for all tellings.

    Args:
        key: The member's identity.
        member: The member.
        narrative: The document.
        rank: How many members appear more often.
        told: In how many tellings grammar has put it.
    """
    return [
        place_of_type(member.party.referent.type),
        len(member.appearances),
        rank,
        any(a.kind == "title" for a in member.appearances),
        key in narrative.main,
        told,
        len(member.party.referent.name.split()),
    ]


class Company:
    """Asks about everybody of the cast in the light of one telling.

    Args:
        narrative: The document.
        number: Which of its tellings.
    """

    def __init__(self, narrative: Narrative, number: int) -> None:
        self.narrative = narrative
        self.number = number
        self.telling = narrative.tellings[number]
        self.at = self.telling.line.index
        self.slots = self.telling.slots
        record = self.telling.record
        self.recorded = {p.key for q in record.parties for p in q.resolved()} if record is not None else set()
        self.actors = narrative.actors(self.telling)
        self.placed = placed_actors(self.actors, self.slots)
        tellings = narrative.tellings
        told_before = [t for t in tellings[:number] if not t.found.standing.denied][-2:][::-1]
        self.before = [t.slots for t in told_before]
        self.since = self.at - told_before[0].line.index if told_before else -1
        self.after = [t.slots for t in tellings[number + 1 : number + 3]]
        beside = [t for t in tellings if t.line is self.telling.line and t is not self.telling]
        self.beside = [t.slots for t in beside]
        self.inside = named_inside(narrative, [self.telling])
        self.within = frozenset().union(*self.inside.values())
        self.common = self._common()

    def asked(self) -> Iterator[tuple[str, Member, Actor | None]]:
        """Identity and member of everybody who may have taken part, with the actor of the sentence that is closest."""
        closest = self.narrative.closest_actors(self.telling)
        for key, member in self.narrative.cast.members.items():
            found = closest.get(key)
            if found is not None or self._is_near(key, member):
                yield key, member, found

    def features(self, actor: Actor) -> tuple[str, ...]:
        """The names of the features of an actor of the sentence."""
        return tuple(actor_features(actor, self.actors, self.placed, self.telling.trigger))

    def values(self, key: str, member: Member, actor: Actor | None, known: Sequence[float]) -> list[float]:
        """The numbers that the forest is asked with.

        Args:
            key: The member's identity.
            member: The member.
            actor: Its closest actor in the sentence.
            known: What is the same for all tellings.
        """
        return [
            *self.common,
            *known,
            *self._told_values(key),
            *self._place_values(key, member),
            *(self._actor_values(actor) if actor is not None else _NO_ACTOR),
            self.narrative.opinion.of_participant(self.number, key),
        ]

    def _is_near(self, key: str, member: Member) -> bool:
        """Whether somebody whom the sentence does not name may be meant all the same."""
        if key in self.slots or key in self.recorded or key in self.narrative.main or key in self.telling.before:
            return True
        ahead = _PERSON_AHEAD if member.party.referent.type == "person" else _AHEAD
        return any(
            a.kind == "title" or -ahead <= self.at - a.line <= _FAR_BACK
            for a in member.appearances
            if a.line != self.at
        )

    def _common(self) -> list[float]:
        trigger = self.telling.trigger
        members = self.narrative.cast.members
        types = Counter[str](members[key].party.referent.type for key in self.slots if key in members)
        flags = ("is_noun", "definite", "weak", "is_complete", "named", "again")
        return [
            ENGAGEMENT_KINDS.index(trigger.kind),
            *(float(getattr(trigger, flag)) for flag in flags),
            self.telling.found.standing.denied,
            len(self.slots),
            *(types[kind] for kind in _TYPES),
            len({key for a in self.actors for key in a.keys}),
            self.at - self.narrative.first,
            len(self.beside),
            self.since,
        ]

    def _told_values(self, key: str) -> list[float]:
        return [
            key in self.inside,
            key in self.within,
            place_of_slot(self.slots.get(key)),
            key in self.recorded,
            key in self.telling.before,
            any(key in slots for slots in self.beside),
            *(key in slots for slots in self.before),
            *[-1.0] * (2 - len(self.before)),
            *(key in slots for slots in self.after),
            *[-1.0] * (2 - len(self.after)),
        ]

    def _place_values(self, key: str, member: Member) -> list[float]:
        earlier = [a for a in member.appearances if a.line < self.at]
        later = [a for a in member.appearances if a.line > self.at]
        last, following = earlier[-1] if earlier else None, later[0] if later else None
        return [
            min(self.at - last.line, _NEVER) if last else _NEVER,
            min(following.line - self.at, _NEVER) if following else _NEVER,
            last.is_subject if last else -1,
            last.kind == "word" if last else -1,
            following.is_subject if following else -1,
            sum(a.line >= self.at - 3 for a in earlier),
            member.appearances[0].line if member.appearances else -1,
        ]

    def _actor_values(self, actor: Actor) -> list[float]:
        trigger, token = self.telling.trigger, actor.token
        preposition, above = preposition_of(token), verb_above(token)
        verb = trigger.verb
        return [
            token.i - trigger.token.i,
            len(actors_between(actor, self.actors, trigger)),
            attachment(token, trigger, ()),
            _RELATIONS.index(token.dep_) if token.dep_ in _RELATIONS else -1,
            place_of_preposition(preposition),
            verb is not None and above is not None and above.i == verb.i,
            is_subject(token),
            actor.kind == "word",
            actor.kind == "post",
            actor.kind == "place",
            token.dep_ == "poss",
            token.head.i == trigger.token.i,
            len(actor.parties),
            token.i - verb.i if verb is not None else 99,
            len(actors_joined(actor, self.actors, self.placed)),
            self.actors.index(actor),
            is_owner(actor, self.actors),
        ]


def place_of_type(kind: str) -> int:
    """The number that stands for a kind of participant."""
    return _TYPES.index(kind)


def place_of_slot(slot: str | None) -> int:
    """The number that stands for where grammar has put somebody; None is nowhere."""
    return SLOTS.index(slot or "none")


def place_of_preposition(preposition: Token | None) -> int:
    """The number that stands for a preposition; -1 for none and for the rarer ones."""
    if preposition is None or preposition.lower_ not in _PREPOSITIONS:
        return -1
    return _PREPOSITIONS.index(preposition.lower_)
