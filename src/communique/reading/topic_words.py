"""Which topics the words of a report suggest, beyond the terms of the lexicon.

"Boarding", "dinghies" or "the crossing" name no topic, but speak for some. A logistic regression a topic weighs the
common words of what tells an engagement and of what surrounds it. Names are masked: words of people, countries, places
and dates are not read, words of institutions and posts are words of their own ("guard" in a name is not "guard").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from communique.reading.analysis import Line

if TYPE_CHECKING:
    from numpy.typing import NDArray

MASKED = frozenset({"person", "country", "place", "date"})
STEM = 6  # letters of a word that count: "patrolled" and "patrols" are one
SHORTEST = 3
OWN, NEAR, TITLE, ELSEWHERE = 1.0, 0.6, 0.5, 0.2
"""How much a word counts by where it stands; set by hand, other values were not tried."""
IN_NAME = "N:"

Zones = Sequence[tuple[float, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class TopicWords:
    """Regressions over words, one a topic.

    Attributes:
        number: Word → its row.
        weights: Words by topics.
        start: The logarithm of the odds of each topic without any words.
    """

    number: Mapping[str, int]
    weights: NDArray[np.float32]
    start: NDArray[np.float32]

    def odds(self, zones: Zones) -> NDArray[np.float32]:
        """The logarithm of the odds of each topic.

        Args:
            zones: Words and how much they count; a word that stands in several zones counts as in the last one.
        """
        values = weigh(zones, self.number)
        odds: NDArray[np.float32] = values @ self.weights + self.start
        return odds


def weigh(zones: Zones, number: Mapping[str, int]) -> NDArray[np.float32]:
    """How much each word of the vocabulary counts for an engagement; of length one, so that long reports weigh no more.

    Args:
        zones: As for ``TopicWords.odds``.
        number: Word → its place.
    """
    values = np.zeros(len(number), dtype=np.float32)
    for worth, words in zones:
        values[[number[word] for word in words if word in number]] = worth
    length = float(np.sqrt(values @ values))
    return values / length if length else values


def line_words(line: Line, text: str) -> Iterator[str]:
    """The beginnings of the words of a sentence; only the title's may be capitalized outside of names."""
    words = line.labelled.words
    kinds: list[str | None] = [None] * len(words)
    for mention in line.mentions:
        kinds[mention.first : mention.last] = [mention.kind] * (mention.last - mention.first)
    for word, kind in zip(words, kinds, strict=True):
        if kind in MASKED:
            continue
        written = text[word.start : word.end]
        if len(written) < SHORTEST or not written.isalpha():
            continue
        if kind is not None:
            yield IN_NAME + written.lower()[:STEM]
        elif line.is_title or written[0].islower():
            yield written.lower()[:STEM]


def body_words(bodies: Iterable[str]) -> Iterator[str]:
    """The beginnings of the words in names of posts and institutions."""
    for body in bodies:
        for word in body.lower().split():
            if len(word) >= SHORTEST and word.isalpha():
                yield IN_NAME + word[:STEM]


@cache
def packaged_topic_words() -> TopicWords:
    """The regressions that come with the package, read once."""
    with (files("communique.reading") / "learned" / "topic_words.npz").open("rb") as stream, np.load(stream) as arrays:
        number = {word: row for row, word in enumerate(str(arrays["words"]).split("\n"))}
        return TopicWords(number, arrays["weights"].astype(np.float32), arrays["start"].astype(np.float32))
