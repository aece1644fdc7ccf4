"""Shared demonyms: the country of an adjective that belongs to several ("Congolese"), as the whole report tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.lexicon import Lexicon
from communique.reading.phrases import Label
from communique.reading.places import Gazetteer
from communique.reading.spelling import fold
from communique.reading.words import Word

Labelled = tuple[Sequence[Word], list[Label]]
"""The words of a sentence and the labels of the lexicon."""


class SharedDemonyms:
    """Settles demonyms that the lexicon lists under several countries.

    Args:
        lexicon: Where `countries.toml` comes from.
        gazetteer: Places and countries.
    """

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        table = lexicon.table("countries")
        self.gazetteer = gazetteer
        self.usual: dict[str, str] = {}
        self.codes: dict[str, frozenset[str]] = {}
        for word, usual in table["shared"].items():
            codes = frozenset(code for code, forms in table["demonyms"].items() if word in forms)
            for form in (word.lower(), word.lower() + "s"):
                self.usual[form], self.codes[form] = usual, codes
        listed = frozenset(code for codes in self.codes.values() for code in codes)
        names = [(code, fold(name).split()) for code in sorted(listed) for name in table["names"][code]]
        # "Congo" stands in the names of both: it proves neither.
        self.vague = frozenset(
            " ".join(a) for code, a in names for other, b in names if code != other and set(a) < _parts(b)
        )

    def settle(self, sentences: Sequence[Labelled]) -> None:
        """Gives the shared demonyms of a document the country that the document names most, else the usual one."""
        shared = [
            (labels, k, word)
            for words, labels in sentences
            for k, label in enumerate(labels)
            if label.kind == "demonym" and label.last == label.first + 1
            if (word := words[label.first].low) in self.codes
        ]
        if not shared:
            return
        named = Counter(code for words, labels in sentences for code in self._named(words, labels))
        for labels, k, word in shared:
            usual = self.usual[word]
            best = max(sorted(self.codes[word]), key=lambda code: (named[code], code == usual))
            labels[k] = replace(labels[k], value=best)

    def _named(self, words: Sequence[Word], labels: Sequence[Label]) -> Iterator[str]:
        """The countries that a sentence names by their name, by an institution or by a town, each time it does."""
        taken: set[int] = set()
        for label in labels:
            if label.kind == "country" and fold(_text(words, label)) not in self.vague:
                yield label.value
            elif label.kind == "organization" and label.value.country and self._is_own(words, label):
                yield label.value.country
            if label.kind in ("country", "organization", "demonym"):
                taken.update(range(label.first, label.last))
        for k, word in enumerate(words):
            place = self.gazetteer.find(word.text.rstrip(".")) if word.is_capitalized and k not in taken else None
            if place is not None and place.country:
                yield place.country

    def _is_own(self, words: Sequence[Word], label: Label) -> bool:
        """Whether an institution proves its country: not "Congolese army", which any of them may have."""
        return all(word.low not in self.codes for word in words[label.first : label.last])


def _text(words: Sequence[Word], label: Label) -> str:
    return " ".join(word.text for word in words[label.first : label.last])


def _parts(name: Sequence[str]) -> set[str]:
    return {part for word in name for part in word.split("-")}
