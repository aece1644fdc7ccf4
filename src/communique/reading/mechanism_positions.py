"""Mechanism positions: under which verb a phrase stands, in which place, and through which nouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.reading.grammar import children, is_passive, is_verb
from communique.reading.mechanism_words import MechanismWords

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "dative", "csubj", "npadvmod")
_LEADING = frozenset("is are was were be been going".split())
_LONGEST_CLIMB = 7


@dataclass(frozen=True, slots=True)
class Position:
    """Where a phrase stands.

    Attributes:
        verb: The verb above it.
        place: subject, object (also the subject of a passive), dative, a preposition, or "self" for a verb.
        via: The nouns between ("WORK at the centre has been suspended"), from the phrase up.
    """

    verb: Token
    place: str
    via: tuple[Token, ...]


class PositionFinder:
    """Finds positions of phrases.

    Args:
        words: Knows the nouns through which something is said of a mechanism.
    """

    def __init__(self, words: MechanismWords) -> None:
        self.words = words

    def find(self, token: Token) -> Position | None:
        """The position of the phrase around a noun; None where no verb tells anything of it."""
        via: list[Token] = []
        for _ in range(_LONGEST_CLIMB):
            head, label = token.head, token.dep_
            if label in ("conj", "appos") and head.i != token.i and not is_verb(head):
                token = head
            elif label in ("pobj", "pcomp"):
                above = _above_preposition(head)
                is_noun = self._carries(above) and above.dep_ in (*_ARGUMENTS, "pobj")  # "Work" is tagged as a verb
                if (is_verb(above) and not is_noun) or above.tag_.startswith("JJ"):
                    verb = above if is_verb(above) else above.head
                    return Position(verb, head.lower_, tuple(via)) if is_verb(verb) else None
                if not self._carries(above):
                    return None
                via.append(above)
                token = above
            elif label in ("poss", "compound", "nmod") and self._carries(head):
                via.append(head)
                token = head
            elif label in _ARGUMENTS and not is_verb(head):
                token = head
            elif label in _ARGUMENTS:
                return _lead(Position(head, _place(token, head), tuple(via)))
            else:
                return Position(token, "self", ()) if is_verb(token) else None
        return None

    def _carries(self, noun: Token) -> bool:
        low, words = noun.lower_, self.words
        return low in words.containers or low in words.supports or low in words.nominal or low in words.calls


def _above_preposition(preposition: Token) -> Token:
    above = preposition.head
    while above.tag_ in ("IN", "RB", "RP", "TO") and above.head.i != above.i:
        above = above.head
    return above


def _lead(position: Position) -> Position:
    """The position under the verb that tells: "is to OPEN", "is said to be about to REOPEN", "is due to be OPENED"."""
    verb, place = position.verb, position.place
    for _ in range(_LONGEST_CLIMB):
        if verb.lower_ not in _LEADING and not (is_passive(verb) and children(verb, "xcomp")):
            break
        below = [b for b in children(verb, "xcomp", "acomp") if is_verb(b) or children(b, "xcomp")]
        if not below:
            break
        verb = below[0]
        if is_verb(verb):
            place = "object" if is_passive(verb) else "subject"
    return Position(verb, place, position.via)


def _place(token: Token, verb: Token) -> str:
    if token.dep_ == "dative":
        return "dative"
    if token.dep_ == "nsubjpass" or (token.dep_ == "nsubj" and is_passive(verb)):
        return "object"
    return "subject" if token.dep_ in ("nsubj", "csubj") else "object"
