"""Mechanism words: the nouns and predicates of `lexicon/mechanisms.toml`, compiled for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from communique.lexicon import Lexicon
from communique.model.vocabulary import MechanismKind, MechanismStatus
from communique.reading.frames import inflected

_SHORT = re.compile(r"[^aeiou]{1,3}[aeiou][^aeiouwxy]|commit|admit|permit")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb that says in what state a mechanism is; see the header of `mechanisms.toml` for the fields."""

    status: MechanismStatus
    places: frozenset[str]
    needs: frozenset[str]
    unless: frozenset[str]
    kinds: frozenset[str]
    denied: bool
    told: bool
    purpose: bool

    @property
    def is_pact(self) -> bool:
        """Whether it binds: what is signed or called for need not be known before."""
        return self.told and self.status in ("agreed", "announced", "called_for")

    def fits(self, place: str, words: frozenset[str], kind: MechanismKind) -> bool:
        """Whether it says something of a mechanism of a kind that stands at a place among the verb's words."""
        return (
            place in self.places
            and (not self.kinds or kind in self.kinds)
            and (not self.needs or bool(self.needs & words))
            and not self.unless & words
        )


class MechanismWords:
    """The lexicon's words for mechanisms.

    Attributes:
        kinds: Noun → kind of mechanism.
        predicates: Verb form → what it can say.
        governors: Class (call, agree, promise, announce, affirm, void) → verb forms.
        nominal: Noun → the status that it tells ("launch").
        marks: Words that show that something is shared.
        fields: Words of what mechanisms are about.
        party_units: Nouns behind a number ("four-country").
        anaphors: Nouns that point back.
        parties: Nouns of those between whom it is.
        further: Words for another one of the same mechanism.
        parts: Noun → the kinds of mechanism of which alone it is a part.
        plain: Nouns that are mechanisms without any mark.
        former: Adjectives of what was there before.
        supplies: Nouns of what a mechanism needs.
        exercise_names: Nouns before or behind the name of an exercise.
        containers: Nouns through which something is said of the mechanism.
        preparing: Those of them that get it ready.
        supports: Nouns through which it is stood by.
        voicing: Verb forms by which support is given.
        fact_verbs: Verb forms that take a nominal for a fact.
        fact_prepositions: Prepositions that do.
        acting: Verb forms that are a mechanism by themselves when agreed upon ("agreed to COOPERATE in …").
        only: Noun → statuses that alone are told by it.
        proper_fields: Those of the fields that are hardly ever an institution's own.
        empty: Words that do not say which mechanism it is.
        days: Names of weekdays and months.
        adjectives: Adjective behind the noun → the lasting state that it tells.
        services: Those of the standing words that joint bodies have in their names as well.
        standing: Words that make a standing institution of a noun.
        standing_nouns: Nouns that need a mark, because they mostly name institutions and other things.
        ahead: Words that put a predicate into the future.
        hearsay: Words by which nobody vouches for it.
        calls: Nouns of calling for something.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("mechanisms")
        self.kinds: dict[str, MechanismKind] = {
            noun: kind for kind, nouns in reversed(table["nouns"].items()) for noun in nouns
        }
        self.predicates: dict[str, tuple[Predicate, ...]] = {}
        for entry in table["predicate"]:
            self._add(entry)
        governors = table["governors"]
        self.governors: Mapping[str, frozenset[str]] = {
            name: verb_forms(governors[name]) for name in ("call", "agree", "promise", "announce", "affirm", "void")
        }
        self.ahead = frozenset(governors["ahead"])
        self.hearsay = frozenset(governors["hearsay"])
        self.calls = frozenset(governors["calls"])
        self.nominal: dict[str, MechanismStatus] = {
            noun: status for status, nouns in table["nominal"].items() for noun in nouns
        }
        marks = table["marks"]
        self.marks = frozenset(marks["joint"])
        self.party_units = frozenset(marks["parties"])
        self.fields = frozenset(marks["fields"])
        self.anaphors = frozenset(marks["anaphors"])
        self.exercise_names = frozenset(marks["names"])
        self.parties = frozenset(marks["owners"])
        self.further = frozenset(marks["further"])
        self.parts: dict[str, frozenset[str]] = {noun: frozenset(kinds) for noun, kinds in marks["parts"].items()}
        self.plain = frozenset(marks["plain"])
        self.former = frozenset(marks["former"])
        self.supplies = frozenset(table["containers"]["supplies"])
        self.preparing = frozenset(table["containers"]["preparing"])
        self.containers = frozenset(table["containers"]["words"]) | self.supplies
        self.supports = frozenset(table["support"]["words"])
        self.voicing = verb_forms(table["support"]["verbs"])
        self.fact_verbs = verb_forms(table["facts"]["verbs"])
        self.fact_prepositions = frozenset(table["facts"]["prepositions"])
        self.acting = verb_forms(table["acting"]["verbs"])
        self.only: dict[str, frozenset[str]] = {noun: frozenset(row) for noun, row in table["only"].items()}
        self.proper_fields = self.fields - frozenset(marks["loose"])
        self.empty = frozenset(table["following"]["drop"])
        dates = lexicon.table("dates")
        self.days = frozenset({*dates["weekdays"], *dates["months"]})
        self.adjectives: dict[str, MechanismStatus] = {
            word: status for status, row in table["adjectives"].items() for word in row
        }
        self.services = frozenset(table["standing"]["services"])
        self.standing = frozenset(table["standing"]["words"])
        self.standing_nouns = frozenset(table["standing"]["nouns"])

    def _add(self, entry: Mapping[str, Any]) -> None:
        predicate = Predicate(
            status=entry["status"],
            places=frozenset(entry["as"]),
            needs=frozenset(entry.get("needs", ())),
            unless=frozenset(entry.get("unless", ())),
            kinds=frozenset(entry.get("kinds", ())),
            denied=entry.get("denied", False),
            told=entry.get("told", True),
            purpose=entry.get("purpose", False),
        )
        for form in verb_forms(entry["verbs"]) | frozenset(entry.get("forms", ())):
            self.predicates[form] = (*self.predicates.get(form, ()), predicate)


def verb_forms(lemmas: Iterable[str]) -> frozenset[str]:
    """The regular inflections of verbs, with the consonant doubled where short verbs double it.

    >>> sorted(verb_forms(["stop"]))
    ['stop', 'stoped', 'stoping', 'stopped', 'stopping', 'stops']
    """
    words = list(lemmas)
    doubled = (word + word[-1] + ending for word in words if _SHORT.fullmatch(word) for ending in ("ed", "ing"))
    return inflected(words) | frozenset(doubled)
