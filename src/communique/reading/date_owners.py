"""Owners of dates: dates in a trigger's sentence that say when something else was or will be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from communique.reading.attachment import upwards
from communique.reading.grammar import is_verb, modality, verb_above
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_VENUES = frozenset(("in", "at", "during", "to", "for"))
"""Prepositions by which people are at what is told apart: "spoke at Friday's session", not "after Friday's attack"."""
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_BELOW = frozenset(("relcl", "acl", "advcl", "pcomp"))
"""Clauses that tell of somebody or something in passing."""


def is_of_another(date: Sequence[Token], trigger: Trigger, portions: Collection[str], *, is_held: bool) -> bool:
    """Whether a date belongs to a thing or to a clause that the trigger is no part of.

    Args:
        date: The tokens of the date, its preposition among them.
        trigger: The trigger.
        portions: Nouns that only say which part of the time is meant ("the rest of Friday").
        is_held: Whether the trigger tells of what was held: what its object will do later has another date.
    """
    own = trigger.own
    noun = _told_apart(date, portions)
    if noun is not None and not _is_part(noun, trigger, own):
        return True
    return is_held and _lies_ahead(date[0], trigger)


def _told_apart(date: Sequence[Token], portions: Collection[str]) -> Token | None:
    """The noun that a date tells apart from others of its kind: "Friday's session", "the floods of May"."""
    first, last = date[0], date[-1]
    if last.i + 1 < len(last.doc) and last.nbor(1).lower_ in _POSSESSIVES:
        return last.head if last.head.i > last.i and not is_verb(last.head) else None
    if first.lower_ == "of" and first.head.lower_ not in portions and not is_verb(first.head):
        return first.head
    return None


def _is_part(noun: Token, trigger: Trigger, own: Collection[int]) -> bool:
    """Whether the trigger is that noun or stands in its phrase, or the noun is what its verb is about."""
    for node in upwards(trigger.token):
        if node.i == noun.i:
            return True
        if is_verb(node):
            break
    if noun.dep_ == "pobj":
        return noun.head.lower_ in _VENUES and noun.head.head.i in own
    return noun.head.i in own


def _lies_ahead(token: Token, trigger: Trigger) -> bool:
    """Whether a date stands in a clause below, about what is to come: "a radar that will go live in June"."""
    verb = verb_above(token)
    if verb is None or any(verb.i == node.i for node in upwards(trigger.token)):
        return False
    tense = modality(verb)
    return tense == "future" or (tense == "infinitive" and verb.dep_ in ("acl", "relcl"))


def is_of_post(date: Sequence[Token], trigger: Trigger, taking: Mapping[str, Collection[str]]) -> bool:
    """Whether a date says since when somebody has held a post, or no longer holds it: "who took office on 3 May".

    Args:
        date: The tokens of the date, its preposition among them.
        trigger: The trigger; a ceremony may be the very one at which somebody takes office.
        taking: Words that tell who takes and leaves posts → words of which one must stand beside them, if any.
    """
    if trigger.kind == "ceremony":
        return False
    above = {node.i for node in upwards(trigger.token)}
    for node in upwards(date[0]):
        is_own = node.i in trigger.own
        if is_own and trigger.kind == "visit" and _is_taking(node, taking):
            return True  # "has been in office since May" tells no visit
        if not is_own and _is_taking(node, taking) and (_is_aside(node, trigger) or _is_set_off(node, date, trigger)):
            return True
        if is_own or node.i in above:
            return False
    return False


def _is_taking(node: Token, taking: Mapping[str, Collection[str]]) -> bool:
    """Whether a word, with what must stand beside it, tells who takes or leaves a post ("took over", "in office")."""
    beside = taking.get(node.lower_)
    if beside is None:
        return False
    below = [(child, inner) for child in node.children for inner in child.children]
    near = {*(child.lower_ for child in node.children), *(f"{child.lower_} {inner.lower_}" for child, inner in below)}
    return (not beside or not near.isdisjoint(beside)) and modality(node) not in ("future", "infinitive")


def _is_aside(word: Token, trigger: Trigger) -> bool:
    """Whether a clause, or "in office", tells of somebody in passing, not of the trigger's own occasion."""
    if any(word.i == node.i for node in upwards(trigger.token)):
        return False
    return not is_verb(word) or (word.dep_ in _BELOW and (word.dep_ == "advcl" or word.head.i not in trigger.own))


def _is_set_off(word: Token, date: Sequence[Token], trigger: Trigger) -> bool:
    """Whether a participle and its date stand before the trigger's verb like one in commas, however it is parsed."""
    after = word.doc[date[-1].i + 1 : date[-1].i + 4]
    verb = next((token for token in after if is_verb(token)), None)
    return verb is not None and after[0].lower_ == "," and verb.i in trigger.own and word.tag_ in ("VBN", "VBD")
