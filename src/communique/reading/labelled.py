"""Sentences with what the lexicon and the model know about their words."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.reading.phrases import Label
from communique.reading.words import Sentence, Word

DETERMINERS = frozenset("the a an his her its their our this that".split())


@dataclass(slots=True)
class LabelledSentence:
    """A sentence with what the lexicon and the model know about its words.

    Attributes:
        sentence: The sentence.
        labels: Lexicon labels in order.
        entities: Spans that the model found: (first word, last word + 1, label).
        runs: Stretches of capitalized words (`NameFinder.runs`); None until somebody has looked for them.
    """

    sentence: Sentence
    labels: list[Label]
    entities: list[tuple[int, int, str]]
    runs: list[tuple[int, int]] | None = None
    _starts: dict[tuple[int, str], Label] = field(default_factory=dict)
    _ends: dict[tuple[int, str], Label] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for label in self.labels:
            self._starts[(label.first, label.kind)] = label
            self._ends[(label.last, label.kind)] = label

    @property
    def words(self) -> tuple[Word, ...]:
        """The sentence's words."""
        return self.sentence.words

    def starting(self, i: int, *kinds: str) -> Label | None:
        """The label of one of the kinds that starts at word ``i``; kinds given first win."""
        return next((self._starts[(i, k)] for k in kinds if (i, k) in self._starts), None)

    def ending(self, i: int, *kinds: str) -> Label | None:
        """The label of one of the kinds that ends before word ``i``; kinds given first win."""
        return next((self._ends[(i, k)] for k in kinds if (i, k) in self._ends), None)

    def entity_at(self, i: int) -> tuple[int, int, str] | None:
        """The model's span that covers word ``i``."""
        return next((e for e in self.entities if e[0] <= i < e[1]), None)

    def text(self, first: int, last: int, source: str) -> str:
        """The document's words from ``first`` to ``last``, white space folded."""
        return " ".join(source[self.words[first].start : self.words[last - 1].end].split())
