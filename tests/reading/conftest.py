"""Readings without the language model, where the tests say which words it would call persons, bodies and places; and
one reader with the model for all tests that need it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from tests.reading.following import Follower

from communique.lexicon import Lexicon
from communique.reading.analysis import Line
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.mentions import MentionFinder
from communique.reading.reader import Reader
from communique.reading.words import Sentence, sentence_spans, words

Labelling = Callable[..., list[LabelledSentence]]
Finding = Callable[..., list[Line]]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def follower(reader: Reader) -> Follower:
    return Follower(reader)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge(Lexicon())


@pytest.fixture(scope="session")
def label(knowledge: Knowledge) -> Labelling:
    """Makes labelled sentences of a text; persons, bodies and places are what the model is to find."""

    def labelled(
        text: str, persons: Sequence[str] = (), bodies: Sequence[str] = (), places: Sequence[str] = ()
    ) -> list[LabelledSentence]:
        out = []
        for number, (start, end) in enumerate(sentence_spans(text, 0, len(text))):
            tokens = tuple(words(text, start, end, knowledge.affixes))
            entities = []
            for names, kind in ((persons, "PERSON"), (bodies, "ORG"), (places, "GPE")):
                for name in names:
                    begin = text.find(name, start, end)
                    if begin >= 0:
                        covered = [i for i, w in enumerate(tokens) if w.start < begin + len(name) and w.end > begin]
                        entities.append((covered[0], covered[-1] + 1, kind))
            sentence = Sentence(number, 0, start, end, tokens)
            out.append(LabelledSentence(sentence, knowledge.table.find(tokens), entities))
        return out

    return labelled


@pytest.fixture(scope="session")
def find(knowledge: Knowledge, label: Labelling) -> Finding:
    """Finds the mentions of a text without a title."""
    finder = MentionFinder(knowledge)

    def found(text: str, **marked: Sequence[str]) -> list[Line]:
        return finder.find([(sentence, False) for sentence in label(text, **marked)], text)

    return found
