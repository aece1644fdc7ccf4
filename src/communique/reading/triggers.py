"""Triggers: the words of a sentence that tell an engagement, with who stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.model.vocabulary import EngagementKind
from communique.reading.analysis import Line
from communique.reading.grammar import children, objects, prepositional
from communique.reading.parties import Party

if TYPE_CHECKING:
    from communique.reading.tokens import Token


@dataclass(slots=True)
class Trigger:
    """A word that tells an engagement.

    Attributes:
        line: The sentence.
        token: The trigger word.
        verb: The verb whose tense and negation count: the trigger itself, or the verb that carries the noun.
        kind: Kind of engagement.
        one: Parties on the side of who acts.
        other: Parties on the other side.
        several: Parties of which each is a side of its own ("talks between X and Y").
        is_noun: Whether the trigger word is a noun.
        definite: Whether a noun points back ("the meeting", "their talks").
        weak: Whether the word alone does not make an engagement.
        named: Whether the event has a name of its own.
        again: Whether a noun tells another engagement of the same parties ("a second round").
        separate: Whether each of the other side was met separately.
        is_complete: Whether grammar gave the parties that the frame asks for.
        place_words: Heads of phrases that name the place ("visit to Paris").
    """

    line: Line
    token: Token
    verb: Token | None
    kind: EngagementKind
    one: list[Party] = field(default_factory=list)
    other: list[Party] = field(default_factory=list)
    several: list[Party] = field(default_factory=list)
    definite: bool = False
    weak: bool = False
    is_noun: bool = False
    named: bool = False
    again: bool = False
    separate: bool = False
    is_complete: bool = True
    place_words: list[Token] = field(default_factory=list)

    @property
    def own(self) -> set[int]:
        """Indices of the trigger word and of its verb."""
        return {self.token.i} if self.verb is None else {self.token.i, self.verb.i}

    @property
    def parties(self) -> list[Party]:
        """All parties, each once."""
        out: dict[str, Party] = {}
        for party in (*self.one, *self.other, *self.several):
            out.setdefault(party.key, party)
        return list(out.values())


def accompanying(verb: Token, beside: frozenset[str]) -> list[Token]:
    """Heads of "…, accompanied by Y", "together with Y", hanging on the verb: they stand with who acts.

    Args:
        verb: The verb.
        beside: Participles that lead to them.
    """
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in ("advcl", "acl", "dep") and child.lower_ in beside:
            found += prepositional(child, "by")
        if child.dep_ in ("prep", "advmod") and child.lower_ in ("together", "along", "alongside"):
            found += [m for inner in children(child, "prep") if inner.lower_ == "with" for m in objects(inner, "pobj")]
    return found
