"""Mechanism states: in what state the words around a phrase put the mechanism that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import MechanismStatus
from communique.reading.grammar import agents, children, is_negated, is_verb
from communique.reading.mechanism_moods import Mood, MoodReader
from communique.reading.mechanism_names import MechanismMention, Strength
from communique.reading.mechanism_positions import Position, PositionFinder
from communique.reading.mechanism_words import MechanismWords, Predicate

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_CLAUSES = ("relcl", "advcl", "ccomp", "xcomp", "parataxis", "conj")
_ROUNDS = frozenset(("session", "sessions", "round"))
_PRELIMINARIES = frozenset("talks negotiations proposal idea draft meeting meetings".split())
_UNSETTLED = frozenset(("operating", "reaffirmed", "completed"))
_NOBODY = frozenset(("nobody", "none", "nothing"))
_LASTING = frozenset(("since",))
_SPOKEN: dict[str, MechanismStatus] = {
    "call": "called_for",
    "agree": "agreed",
    "announce": "announced",
    "affirm": "reaffirmed",
}


@dataclass(frozen=True, slots=True)
class State:
    """What is said of a mechanism.

    Attributes:
        status: The state.
        verb: The verb that says so.
        actor_verb: The verb whose subject did it ("AGREED to set up …").
        is_aside: Whether it is said in passing, in a clause behind the phrase ("the centre agreed in January").
        is_bound: Whether it was agreed, announced, promised or called for, so that an unknown thing may be meant.
        is_ahead: Whether it is still to come: then a date is that of the plan.
        is_tentative: Whether nothing but this state shows that the phrase names a mechanism.
    """

    status: MechanismStatus
    verb: Token
    actor_verb: Token
    is_aside: bool = False
    is_bound: bool = False
    is_tentative: bool = False
    is_ahead: bool = False


class StateReader:
    """Reads the state of a mechanism from the grammar around its name."""

    def __init__(self, words: MechanismWords) -> None:
        self.words = words
        self.moods = MoodReader(words)
        self.positions = PositionFinder(words)

    def read(self, mention: MechanismMention, *, is_known: bool) -> list[State]:
        """The states in which a sentence puts a mechanism.

        Args:
            mention: The phrase that names it.
            is_known: Whether it exists already, for what the words tell: then a future confirms rather than announces.

        Returns:
            What the verb above says; what is said in passing only when it lasts ("closed since May"), or when the verb
            above says nothing.
        """
        asides = list(self._asides(mention, is_known=is_known))
        position = self.positions.find(mention.token)
        if mention.head == "it" and position is not None and children(position.verb, "ccomp"):
            return []  # "it should be recalled that …"
        main = self._main(position, mention, is_known=is_known) if position is not None else None
        if main is None:
            return asides[:1]
        return [main, *(a for a in asides if a.status != main.status and _lasts(a.verb))]

    # ---- the verb above ----------------------------------------------------------------------------------------------
    def _main(self, position: Position, mention: MechanismMention, *, is_known: bool) -> State | None:
        verb, via = position.verb, position.via
        mood = self.moods.read(verb)
        nouns = {noun.lower_ for noun in via}
        if nouns & self.words.calls and position.place in ("object", "subject"):
            return State("called_for", verb, verb, is_bound=True)
        if nouns & self.words.supports:
            is_stood_by = verb.lower_ in self.words.governors["affirm"] | self.words.voicing and not is_negated(verb)
            return State("reaffirmed", verb, verb) if is_stood_by and not mood.is_void else None
        told = self._told(position, mention, mood, is_known=is_known)
        if told is not None:
            return told if told.status not in _UNSETTLED or not nouns & _PRELIMINARIES else None
        if mood.governor == "call" and not mood.is_void and position.place in ("subject", "object"):
            return State("called_for", verb, mood.actor, is_bound=True)
        return self._nominal(position, mood)

    def _told(self, position: Position, mention: MechanismMention, mood: Mood, *, is_known: bool) -> State | None:
        verb = position.verb
        if position.place == "self":
            status = mood.settle("agreed", is_known=is_known) if mood.governor == "agree" else None
            return State(status, verb, mood.actor, is_bound=True) if status else None
        nouns = {noun.lower_ for noun in position.via}
        place = "session" if nouns & _ROUNDS else "supply" if nouns & self.words.supplies else position.place
        around = _words_under(verb, mention.token)
        is_denied = _is_denied(verb)
        for predicate in self._predicates(verb, place, around, mention):
            if predicate.status == "operating" and is_denied and "since" in around and not mood.is_void:
                return State("suspended", verb, mood.actor)  # "has not worked since March"
            if predicate.denied != is_denied:
                continue
            if predicate.needs and predicate.status != "agreed" and not predicate.needs & (around - nouns):
                continue  # "the work of the committee went into …": the noun between is not what is needed
            if not predicate.told and not self._is_shown(predicate, mention, mood):
                continue
            if mood.is_purpose and not predicate.purpose:
                continue
            is_readied = predicate.status == "operating" and bool(nouns & self.words.preparing)
            status = mood.settle("reaffirmed" if is_readied else predicate.status, is_known=is_known)
            if status is not None:
                is_bound = mood.governor is not None or predicate.is_pact or not predicate.told
                return State(status, verb, mood.actor, is_bound=is_bound, is_ahead=mood.is_ahead)
        return None

    def _has_provider(self, verb: Token, mention: MechanismMention) -> bool:
        """Whether a country, or an institution of one, does it for somebody: "SPAIN's agency is financing a school"."""
        inner = (t for subject in agents(verb) for t in subject.subtree)
        found = (mention.line.mention_of.get(t.i) for t in inner)
        return any(m is not None and m.kind in ("country", "organization") and m.country for m in found)

    def _is_shown(self, predicate: Predicate, mention: MechanismMention, mood: Mood) -> bool:
        """Whether more than a common verb shows that something was set up or runs."""
        if predicate.status == "agreed":
            return mood.governor in ("agree", "promise", "announce") or mood.is_ahead
        return mention.strength is Strength.STRONG or mood.is_ahead or self._has_provider(mood.actor, mention)

    def _predicates(
        self, verb: Token, place: str, around: frozenset[str], mention: MechanismMention
    ) -> Iterator[Predicate]:
        if place == "object" and verb.lower_ in self.words.governors["call"] and children(verb, "xcomp"):
            return  # "urged the mission to withdraw": the mission is asked, not asked for
        for predicate in self.words.predicates.get(verb.lower_, ()):
            if predicate.fits(place, around, mention.kind):
                yield predicate

    def _nominal(self, position: Position, mood: Mood) -> State | None:
        """The state that a noun tells ("the launch of the centre"), if the verb takes it for a fact or calls for it."""
        noun = next((n for n in position.via if n.lower_ in self.words.nominal), None)
        if noun is None or mood.is_void or is_negated(position.verb):
            return None
        status, verb, low = self.words.nominal[noun.lower_], position.verb, position.verb.lower_
        for name, told in _SPOKEN.items():
            if low in self.words.governors[name]:
                is_wanted = status == "operating" or name == "call"
                return State(told if is_wanted else status, verb, verb, is_bound=True)
        is_fact = low in self.words.fact_verbs or position.place in self.words.fact_prepositions
        return State(status, verb, verb) if is_fact else None

    # ---- clauses behind the phrase -----------------------------------------------------------------------------------
    def _asides(self, mention: MechanismMention, *, is_known: bool) -> Iterator[State]:
        for word in children(mention.token, "amod", "acl"):
            if word.i > mention.token.i and word.lower_ in self.words.adjectives:
                yield State(self.words.adjectives[word.lower_], word, word, is_aside=True)
        for verb in children(mention.token, "acl", "relcl"):
            if not is_verb(verb):
                continue
            place = _relative_place(verb)
            if place is None:
                continue
            mood = self.moods.read(verb, is_relative=True)
            around = _words_under(verb, mention.token)
            for predicate in self._predicates(verb, place, around, mention):
                if predicate.denied != _is_denied(verb) or (not predicate.told and predicate.status == "agreed"):
                    continue
                status = mood.settle(predicate.status, is_known=is_known)
                if status is not None:
                    yield State(status, verb, verb, is_aside=True, is_bound=predicate.is_pact)
                    break


def _relative_place(verb: Token) -> str | None:
    """The place of the phrase in a clause behind it; None for clauses in which it has none."""
    if verb.dep_ == "acl":
        return (
            "object" if verb.tag_ == "VBN" or children(verb, "auxpass") else "subject" if verb.tag_ == "VBG" else None
        )
    for child in verb.children:
        if child.lower_ in ("which", "that") and child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            return "subject" if child.dep_ == "nsubj" else "object"
    return None


def _words_under(verb: Token, token: Token) -> frozenset[str]:
    """The words that hang on a verb, its particle included, without clauses of their own and without the phrase."""
    found = {verb.lower_}
    stack = [c for c in verb.children if c.i != token.i]
    while stack:
        word = stack.pop()
        if word.i == token.i or (word.dep_ in _CLAUSES and is_verb(word)):
            continue
        found.add(f"~{word.lower_}" if word.dep_ == "prt" else word.lower_)
        stack += word.children
    return frozenset(found)


def _is_denied(verb: Token) -> bool:
    return is_negated(verb) or any(c.lower_ in _NOBODY for c in children(verb, "nsubj", "nsubjpass"))


def _lasts(verb: Token) -> bool:
    return any(c.lower_ in _LASTING for c in verb.children)
