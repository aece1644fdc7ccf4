"""Participants: which of the actors named around a trigger took part, learned from annotated reports.

Grammar gives most of them; where it fails, who took part is decided by a logistic regression over what stands between
the actor and the trigger. See `docs/decisions/0006-learned-engagement-scorer.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.reading.attachment import attachment
from communique.reading.discourse import Discourse
from communique.reading.grammar import is_verb
from communique.reading.learned import Weights, load_weights
from communique.reading.parties import Party
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

# How much less likely than a missed actor is taken, one that grammar put there must be to be dropped.
BENEFIT_OF_GRAMMAR = 0.2
_PRONOUNS = frozenset("he she him her his they them their who whom we i".split())


@dataclass(slots=True)
class Actor:
    """An actor that a trigger's sentence names.

    Attributes:
        token: The head of its noun phrase.
        parties: Whom it stands for.
        slot: Where grammar has put it: one, other, several, or none.
    """

    token: Token
    parties: list[Party]
    slot: str


class ParticipantScorer:
    """Revises the parties of triggers."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights("participants")

    def actors(self, trigger: Trigger, discourse: Discourse) -> list[Actor]:
        """All actors of the trigger's sentence, left to right, each once."""
        line = trigger.line
        assert line.doc is not None
        slots = {p.key: name for name in ("several", "other", "one") for p in getattr(trigger, name)}
        out: list[Actor] = []
        seen: set[str] = set()
        for token in line.tokens:
            if token.i == trigger.token.i or not self._can_act(token, trigger, discourse):
                continue
            parties = [p for p in discourse.parties([token], line) if p.key not in seen]
            if parties:
                seen.update(p.key for p in parties)
                out.append(Actor(token, parties, next((slots[p.key] for p in parties if p.key in slots), "none")))
        return out

    def _can_act(self, token: Token, trigger: Trigger, discourse: Discourse) -> bool:
        mention = trigger.line.mention_of.get(token.i)
        if mention is not None:
            return mention.kind in ("person", "organization", "country", "post") or (
                mention.kind == "place" and token.dep_ == "nsubj"
            )
        low = token.lower_
        return low in _PRONOUNS or low in discourse.words.groups or low in discourse.words.delegations

    def revise(self, trigger: Trigger, discourse: Discourse) -> None:
        """Adds the actors that grammar has missed, and drops those that it took wrongly."""
        actors = self.actors(trigger, discourse)
        for actor in actors:
            probability = self.probability(actor, actors, trigger)
            if actor.slot == "none" and probability >= self.weights.threshold:
                self._add(actor, trigger)
            elif actor.slot != "none" and probability < 1 - self.weights.threshold - BENEFIT_OF_GRAMMAR:
                dropped = {p.key for p in actor.parties}
                for side in ("one", "other", "several"):
                    setattr(trigger, side, [p for p in getattr(trigger, side) if p.key not in dropped])

    def _add(self, actor: Actor, trigger: Trigger) -> None:
        beside = actor.token.head if actor.token.dep_ in ("conj", "appos") else None
        keys = {p.key for p in trigger.one}
        with_one = (
            beside is not None
            and (m := trigger.line.mention_of.get(beside.i))
            and any(r.ref in keys for r in m.referents)
        )
        side = trigger.one if with_one or not trigger.parties else trigger.other
        side.extend(p for p in actor.parties if all(p.key != q.key for q in trigger.parties))

    def probability(self, actor: Actor, actors: Sequence[Actor], trigger: Trigger) -> float:
        """How likely the actor took part, 0 to 1."""
        return self.weights.probability(actor_features(actor, actors, trigger))


def actor_features(actor: Actor, actors: Sequence[Actor], trigger: Trigger) -> Iterator[str]:
    """The names of the features of an actor in the light of a trigger."""
    token, target = actor.token, trigger.token
    kind = actor.parties[0].referent.type if token.lower_ not in _PRONOUNS else "pronoun"
    shape = "noun" if trigger.is_noun else "verb"
    slot = actor.slot
    yield "bias"
    yield f"slot={slot}"
    yield f"slot={slot}|{kind}"
    yield f"slot={slot}|{trigger.kind}|{shape}"
    yield f"slot={slot}|complete={trigger.is_complete}"
    side = "before" if token.i < target.i else "after"
    distance = abs(token.i - target.i)
    yield f"{slot}|{side}|distance={min(5, distance // 4)}"
    clauses = min(6, attachment(token, trigger, ()))
    yield f"{slot}|clauses={clauses}"
    yield f"{slot}|{kind}|clauses={clauses}"
    yield f"{slot}|dep={token.dep_}"
    yield from _governor_features(token, slot, trigger)
    between = [a for a in actors if min(token.i, target.i) < a.token.i < max(token.i, target.i)]
    yield f"{slot}|between={min(3, len(between))}"
    taken = sum(a.slot != "none" for a in actors)
    yield f"{slot}|taken={min(3, taken)}|{kind}"
    yield f"{slot}|actors={min(5, len(actors))}"
    joined = [
        a
        for a in actors
        if a is not actor and a.slot != "none" and (token.head.i == a.token.i or a.token.head.i == token.i)
    ]
    if joined:
        yield f"{slot}|joined"
    if token.dep_ == "poss":
        yield f"{slot}|poss|{token.head.lower_ if not token.head.is_title else 'Name'}"


def _governor_features(token: Token, slot: str, trigger: Trigger) -> Iterator[str]:
    """The preposition and the verb above an actor."""
    preposition = _preposition(token)
    if preposition is not None:
        above = preposition.head
        yield f"{slot}|prep={preposition.lower_}"
        yield f"{slot}|prep={preposition.lower_}|{_part(above, trigger)}"
        if not is_verb(above):
            yield f"{slot}|noun={above.lower_}"
    verb = _verb_above(token)
    if verb is not None:
        relation = "own" if trigger.verb is not None and verb.i == trigger.verb.i else "other"
        yield f"{slot}|{relation}|{token.dep_}"
        if relation == "other":
            yield f"{slot}|verb={verb.lower_}"
            yield f"{slot}|verb={verb.lower_}|{token.dep_}"


def _part(token: Token, trigger: Trigger) -> str:
    """Which part of the trigger a token is: the trigger word, the verb that carries it, or neither."""
    if token.i == trigger.token.i:
        return "target"
    return "carrier" if trigger.verb is not None and token.i == trigger.verb.i else "else"


def _preposition(token: Token) -> Token | None:
    head = token
    while head.dep_ in ("conj", "appos") and head.head.i != head.i:
        head = head.head
    return head.head if head.dep_ == "pobj" else None


def _verb_above(token: Token) -> Token | None:
    head = token
    while head.head.i != head.i:
        head = head.head
        if is_verb(head):
            return head
    return None
