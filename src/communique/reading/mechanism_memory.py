"""Mechanism memory: which mechanisms a document has told so far, and which of them a phrase means."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.model.vocabulary import MechanismKind
from communique.reading.mechanism_names import MechanismMention, Strength
from communique.reading.mechanism_words import MechanismWords

_CLOSE = 3
"""Lines within which two joint bodies of one noun are the same, however they are described; set likewise."""
_NEAR = 6
"""Lines within which a bare noun of another word reaches back; set on the project's own stories."""


@dataclass(slots=True, eq=False)
class ToldMechanism:
    """A mechanism of one document.

    Attributes:
        kind: What it is.
        names: The phrases for it, in order.
        heads: The nouns by which they were found.
        words: What says which one it is, over all phrases.
        line: Index of the last line that spoke of it.
        countries: ISO codes of the countries that the phrases name.
    """

    kind: MechanismKind
    names: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    line: int = 0
    countries: dict[str, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The fullest phrase."""
        return max(self.names, key=lambda name: (len(set(name.lower().split())), -self.names.index(name)))

    def take(self, mention: MechanismMention) -> None:
        """Notes a further phrase for it."""
        if mention.strength is not Strength.BARE or not self.names:
            self.names.append(mention.name)
        self.heads.add(mention.head)
        self.words |= mention.words
        self.countries.update(dict.fromkeys(mention.phrase.countries))
        self.line = mention.line.index


class MechanismMemory:
    """The mechanisms of one document, in the order in which they were told."""

    def __init__(self, words: MechanismWords) -> None:
        self.words = words
        self.told: list[ToldMechanism] = []

    def find(self, mention: MechanismMention) -> ToldMechanism | None:
        """The mechanism told before that a phrase means; None when it is a new one, or none."""
        recent = sorted(self.told, key=lambda t: -t.line)
        if mention.strength is Strength.BARE and not mention.is_definite:
            is_further = bool(mention.words & self.words.further)  # "a second course": of the same programme
            return next((told for told in recent if is_further and mention.head in told.heads), None)
        if mention.strength is Strength.BARE:
            return self._pointed_at(mention, recent)
        content = self._content(mention.words, mention.head)
        for told in recent:
            if told.kind != mention.kind and mention.head not in told.heads:
                continue
            other = self._content(frozenset(told.words), *told.heads)
            if content & other or ((not content or not other) and mention.is_definite):
                return told
            if self._is_put_otherwise(mention, told):
                return told
        return None

    def _is_put_otherwise(self, mention: MechanismMention, told: ToldMechanism) -> bool:
        """Whether a phrase is another wording of what was told just before: two joint centres are one."""
        is_shared = bool(mention.words & self.words.marks and told.words & self.words.marks)
        return is_shared and mention.head in told.heads and mention.line.index - told.line <= _CLOSE

    def _content(self, words: frozenset[str], *heads: str) -> set[str]:
        return set(words) - set(heads) - self.words.marks - self.words.empty

    def _pointed_at(self, mention: MechanismMention, recent: list[ToldMechanism]) -> ToldMechanism | None:
        if mention.head == "it":
            return self.last(mention.line.index)
        same = next((told for told in recent if mention.head in told.heads), None)
        if same is not None:
            return same
        if mention.head not in self.words.anaphors:
            return None
        parts = self.words.parts.get(mention.head)
        if parts:
            recent = [told for told in recent if told.kind in parts]
        near = [told for told in recent if mention.line.index - told.line <= _NEAR]
        kin = [told for told in near if mention.kind in (told.kind, "other")]
        return kin[0] if kin else None

    def last(self, line: int) -> ToldMechanism | None:
        """The mechanism that "it" can mean in a line: the one told last, if that was close before."""
        near = [told for told in self.told if 0 <= line - told.line <= 1]
        return near[-1] if len(near) == 1 else None

    def enter(self, mention: MechanismMention) -> ToldMechanism:
        """The mechanism of a phrase, a new one where none was told."""
        told = self.find(mention)
        if told is None:
            told = ToldMechanism(mention.kind)
            self.told.append(told)
        told.take(mention)
        return told
