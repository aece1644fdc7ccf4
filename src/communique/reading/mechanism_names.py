"""Mechanism names: the noun phrases of a sentence that may name a mechanism, and how much shows that they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from communique.model.vocabulary import MechanismKind
from communique.reading.analysis import Line, Mention
from communique.reading.grammar import children, is_verb
from communique.reading.knowledge import Knowledge
from communique.reading.mechanism_phrases import Phrase, PhraseReader
from communique.reading.mechanism_words import MechanismWords

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_SERIES = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)* (?:\d{2}|20\d{2}|[IVX]+)$")
_NUMBER = re.compile(r"\d{2}|20\d{2}")
_COUNTS = frozenset(("two", "both", "three", "four", "five"))
_GIVEN = frozenset(("training_programme", "exercise", "monitoring_mission"))
"""Kinds that one country can give to another: its name beside them says enough."""


class Strength(IntEnum):
    """How much shows that a phrase names a mechanism."""

    BARE = 0
    """A noun and nothing else ("the office"): one only when a mechanism was told before, or when it is agreed upon."""
    FAIR = 1
    """A noun and what such mechanisms are about ("the border information centre")."""
    STRONG = 2
    """Shared by several, or named as a series ("the joint centre", "exercise …")."""


@dataclass(frozen=True, slots=True)
class MechanismMention:
    """A phrase that may name a mechanism.

    Attributes:
        phrase: The phrase.
        kind: What it would be.
        head: The noun by which it was found, in small letters.
        strength: How much shows that it names one.
        is_definite: Whether it points to something known, or has a proper name.
    """

    phrase: Phrase
    kind: MechanismKind
    head: str
    strength: Strength
    is_definite: bool

    @property
    def line(self) -> Line:
        """The sentence."""
        return self.phrase.line

    @property
    def token(self) -> Token:
        """The head of the phrase."""
        return self.phrase.token

    @property
    def name(self) -> str:
        """The words of the phrase, without article."""
        return self.phrase.name

    @property
    def words(self) -> frozenset[str]:
        """The words of the name, in small letters."""
        return self.phrase.words


class MechanismNames:
    """Finds phrases that may name mechanisms."""

    def __init__(self, words: MechanismWords, knowledge: Knowledge) -> None:
        self.words = words
        self.knowledge = knowledge
        self.phrases = PhraseReader(knowledge, words.days)

    def find(self, line: Line, text: str) -> Iterator[MechanismMention]:
        """The phrases of a parsed line, left to right.

        Args:
            line: The line.
            text: The document's text.
        """
        for token in line.tokens:
            mention = line.mention_of.get(token.i)
            if mention is not None:
                kind = self._named_kind(mention, token, line)
                head, is_named = mention.name.split()[-1].lower(), True
            else:
                is_named = self._is_series(token)
                head = "exercise" if is_named else token.lower_
                kind = "exercise" if is_named else self._common_kind(token)
            if kind is None:
                continue
            phrase = self.phrases.read(token, kind, line, text)
            strength = Strength.STRONG if is_named else self._strength(phrase, kind, head)
            yield MechanismMention(phrase, kind, head, strength, is_named or head == "it" or phrase.is_definite)

    # ---- nouns -------------------------------------------------------------------------------------------------------
    def _common_kind(self, token: Token) -> MechanismKind | None:
        """The kind of a common noun, of a verb of cooperating, or of "it"; None for other words."""
        low = token.lower_
        if low == "it":
            return "other" if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") else None
        if is_verb(token) and low in self.words.acting:
            return "other"
        if not _is_noun(token):
            return None
        return self.words.kinds.get(low) or ("other" if low in self.words.anaphors else None)

    def _named_kind(self, mention: Mention, token: Token, line: Line) -> MechanismKind | None:
        """The kind of a mechanism with a proper name; None for institutions, listed or not, that simply exist."""
        if mention.kind not in ("organization", "place"):
            return None
        listed = line.labelled.starting(mention.name_first, "organization")
        if (listed and listed.last >= mention.name_last) or self.knowledge.is_place(mention.name):
            return None
        if _SERIES.match(mention.name) or _is_taken_part_in(token):
            return "exercise"
        if mention.kind == "place":
            return None
        words = mention.name.lower().replace("-", " ").split()
        end = next((k for k, word in enumerate(words) if word in ("of", "for", "on")), len(words))
        kind = next((k for word in reversed(words[:end]) if (k := self.words.kinds.get(word))), None)
        is_described = mention.name.split()[-1].islower() and bool(set(words) & self.words.proper_fields)
        is_joint = bool(set(words) & self.words.marks) or words[0] in self.words.exercise_names
        return kind if is_described or (is_joint and kind != "committee") else None

    def _is_series(self, token: Token) -> bool:
        """Whether a token heads the proper name of an exercise ("Desert Shield 27", "exercise Calm Sea")."""
        if not token.tag_.startswith("NNP") or not _is_noun(token):
            return False
        short = token.text.rstrip(".")
        if len(short) > 2 and any(day.startswith(short) for day in self.words.days):  # "Feb. 14"
            return False
        numbers = [c.text for c in children(token, "nummod") if c.i > token.i]
        if any(_NUMBER.fullmatch(number) for number in numbers):
            return True
        if any(c.lower_ in self.words.exercise_names for c in children(token, "compound", "nmod")):
            return True
        return _is_taken_part_in(token)

    # ---- strength ----------------------------------------------------------------------------------------------------
    def _strength(self, phrase: Phrase, kind: MechanismKind, head: str) -> Strength:
        """How much shows that a common noun names a mechanism; see the header of `mechanisms.toml`."""
        words = self.words
        own = phrase.words - {head}
        if head not in words.kinds and head not in words.acting:
            return Strength.BARE
        if self._is_shared(phrase, kind, head):
            return Strength.STRONG
        if own & words.standing:
            return Strength.BARE
        is_called = any(t.tag_.startswith("NNP") for t in phrase.inner)
        if head in words.plain or (kind == "monitoring_mission" and is_called):
            return Strength.FAIR
        if kind == "ceasefire" or (kind == "agreement" and own):
            return Strength.FAIR
        if kind in _GIVEN and (phrase.countries or phrase.is_provided):
            return Strength.FAIR
        is_standing = head in words.standing_nouns
        return Strength.FAIR if own & (words.proper_fields if is_standing else words.fields) else Strength.BARE

    def _is_shared(self, phrase: Phrase, kind: MechanismKind, head: str) -> bool:
        """Whether a phrase says that several share it, or gives an exercise its name."""
        own = phrase.words - {head}
        is_counted = any(t.like_num or t.lower_ in _COUNTS for t in phrase.inner)
        has_units = any(t.lower_ in self.words.party_units for t in phrase.inner)
        if phrase.before & self.words.marks or (has_units and is_counted):
            return True
        is_between = len(phrase.countries) > 1 or ("between" in own and not is_counted)
        is_between |= is_counted and bool(own & self.words.parties)
        is_many = head in self.words.standing_nouns and head.endswith("s")
        is_called = any(t.tag_.startswith("NNP") for t in phrase.inner)
        return (is_between and not is_many) or (kind == "exercise" and is_called)


def _is_noun(token: Token) -> bool:
    """Whether a token is a noun, or stands where only nouns do ("the Sandbow manoeuvres", tagged as a verb)."""
    is_argument = token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
    is_modifier = token.dep_ in ("compound", "amod", "nmod")
    return not is_modifier and (token.tag_.startswith("NN") or (is_argument and token.tag_.startswith("VB")))


def _is_taken_part_in(token: Token) -> bool:
    """Whether a proper name stands in "take part in …"."""
    if token.dep_ != "pobj" or token.head.lower_ != "in":
        return False
    above = token.head.head
    return above.lower_ == "part" or any(c.lower_ == "part" for c in children(above, "dobj"))
