"""Phrase tables: which words of a sentence the lexicon knows, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from communique.reading.words import Word, words

_GOES_ON = frozenset("abdul abdel abdal abdoul abd abu abou bu bou ben bin ibn ould ag".split())
"""Of a name of two words at least: what follows belongs to it, whatever else it may mean."""


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of words that the lexicon knows.

    Attributes:
        first: Index of its first word in the sentence.
        last: Index after its last word.
        kind: What it is: rank, ranks, honorific, head, heads, abbreviation, modifier, standing, postnominal, country,
            demonym, organization, small rank (a rank, however it is written).
        value: What the lexicon says about it (full form, country code, …).
    """

    first: int
    last: int
    kind: str
    value: Any


class PhraseTable:
    """Finds known phrases in a word list: longest match first, left to right, case as the entry demands."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[list[str], str, Any, bool]]] = {}

    def add(self, phrases: Iterable[tuple[str, Any]], kind: str, *, capitalized: bool = False) -> None:
        """Adds phrases of one kind.

        Args:
            phrases: Pairs of phrase and value.
            kind: The kind of label that they get.
            capitalized: Whether the phrase must begin with a capital letter in the text; phrases written all in
                capitals (acronyms) always match in capitals only.
        """
        for phrase, value in phrases:
            tokens = words(phrase)
            if not tokens:
                continue
            lows = [token.low.rstrip(".") if token.is_word else token.low for token in tokens]
            exact = phrase.isupper() or capitalized
            bucket = self._entries.setdefault(lows[0], [])
            bucket.append((lows, kind, (value, phrase.isupper()), exact))
            bucket.sort(key=lambda entry: -len(entry[0]))

    def find(self, sentence: Sequence[Word]) -> list[Label]:
        """All labels of a sentence, at most one a kind at each position; those of different kinds may overlap."""
        found: list[Label] = []
        blocked: dict[str, int] = {}
        read = [word.low for word in sentence]
        for i, word in enumerate(sentence):
            entries = self._entries.get(read[i])
            if entries is None:
                continue
            if i and read[i - 1] in _GOES_ON and word.is_capitalized and sentence[i - 1].is_capitalized:
                continue  # "Abdul Amir" is no emir
            for lows, kind, (value, acronym), exact in entries:
                if read[i : i + len(lows)] != lows or i < blocked.get(kind, 0):
                    continue
                if exact and not word.text[0].isupper():
                    continue
                if acronym and not word.text.isupper():
                    continue
                found.append(Label(i, i + len(lows), kind, value))
                blocked[kind] = i + len(lows)
        return found
