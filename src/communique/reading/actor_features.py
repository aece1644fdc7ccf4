"""Actor features: the words that stand between an actor of a sentence and a trigger, for a logistic regression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from communique.reading.attachment import attachment
from communique.reading.cast import Actor
from communique.reading.grammar import is_verb, verb_above
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token


def actor_features(actor: Actor, actors: Sequence[Actor], placed: Mapping[int, str], trigger: Trigger) -> Iterator[str]:
    """The names of the features of an actor in the light of a trigger of the same sentence.

    Args:
        actor: The actor.
        actors: All actors of the sentence.
        placed: Where grammar has put them, as ``placed_actors`` says.
        trigger: The trigger.
    """
    token, target = actor.token, trigger.token
    kind = actor.parties[0].referent.type if actor.kind != "word" else "word"
    shape = "noun" if trigger.is_noun else "verb"
    slot = placed.get(token.i, "none")
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
    yield f"{slot}|between={min(3, len(actors_between(actor, actors, trigger)))}"
    yield f"{slot}|taken={min(3, len(placed))}|{kind}"
    yield f"{slot}|actors={min(5, len(actors))}"
    if actors_joined(actor, actors, placed):
        yield f"{slot}|joined"
    if token.dep_ == "poss":
        yield f"{slot}|poss|{token.head.lower_ if not token.head.is_title else 'Name'}"


def placed_actors(actors: Sequence[Actor], slots: Mapping[str, str]) -> dict[int, str]:
    """Position of an actor's token → where grammar has put the actor, for those that it has put somewhere.

    Args:
        actors: All actors of a sentence.
        slots: Identity → where grammar has put it.
    """
    placed = ((a.token.i, next((slots[p.key] for p in a.parties if p.key in slots), None)) for a in actors)
    return {position: slot for position, slot in placed if slot is not None}


def actors_between(actor: Actor, actors: Sequence[Actor], trigger: Trigger) -> list[Actor]:
    """The actors that stand between an actor and a trigger."""
    low, high = sorted((actor.token.i, trigger.token.i))
    return [a for a in actors if low < a.token.i < high]


def actors_joined(actor: Actor, actors: Sequence[Actor], placed: Mapping[int, str]) -> list[Actor]:
    """The actors to which grammar has given a slot, and which hang on this one or it on them."""
    at, above = actor.token.i, actor.token.head.i
    others = (a for a in actors if a.token.i in placed and a is not actor)
    return [a for a in others if a.token.i == above or a.token.head.i == at]


def _governor_features(token: Token, slot: str, trigger: Trigger) -> Iterator[str]:
    """The preposition and the verb above an actor."""
    preposition = preposition_of(token)
    if preposition is not None:
        above = preposition.head
        yield f"{slot}|prep={preposition.lower_}"
        yield f"{slot}|prep={preposition.lower_}|{_part(above, trigger)}"
        if not is_verb(above):
            yield f"{slot}|noun={above.lower_}"
    verb = verb_above(token)
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


def is_owner(actor: Actor, actors: Sequence[Actor]) -> bool:
    """Whether an actor only says whose people another one's are: "the EU delegation", "Italy's minister, Ann Lee"."""
    token = actor.token
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("of", "from") else token.head
    if token.dep_ not in ("compound", "nmod", "amod", "poss", "pobj") or above.i == token.i:
        return False
    owned = next((other for other in actors if other.token.i == above.i), None)
    return owned is not None and any(party.referent.type == "person" for party in owned.parties)


def preposition_of(token: Token) -> Token | None:
    """The preposition that leads to a noun phrase, or to the list in which it stands."""
    head = token
    while head.dep_ in ("conj", "appos") and head.head.i != head.i:
        head = head.head
    return head.head if head.dep_ == "pobj" else None
