"""The learned judge of an engagement's topics: small decision trees over ``topic_features``, with what words suggest.

Trained by ``training/train_topics.py`` with gradient boosting (Friedman 2001); why and how well is told in
``docs/decisions/0005-learned-topics.md``. Only numpy is needed to apply the trees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from communique.model.vocabulary import Topic
from communique.reading.analysis import Line
from communique.reading.forest import Forest, packaged_forest
from communique.reading.topic_features import (
    JUDGED,
    Story,
    TopicContext,
    are_asked,
    features,
    with_words,
    word_zones,
)
from communique.reading.topic_words import packaged_topic_words
from communique.reading.topics import TopicFinder

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEARLY = 0.3
"""How far under the cut an engagement's likeliest topic may lie when none reaches it."""


class TopicJudge:
    """Judges the topics of all engagements of a document together.

    Args:
        finder: Finds the terms of ``topics.toml``, a user's own among them.
    """

    def __init__(self, finder: TopicFinder) -> None:
        self.finder = finder

    def judge(self, lines: Sequence[Line], text: str, contexts: Sequence[TopicContext]) -> list[tuple[Topic, ...]]:
        """The topics of each engagement, the likeliest first; never "other".

        Args:
            lines: The document's sentences; a context's indices count in them.
            text: The document's text.
            contexts: Its engagements.
        """
        if not contexts:
            return []
        story, forest, words = Story.of(lines, text, self.finder), packaged_forest("topics"), packaged_topic_words()
        rows = np.concatenate(
            [
                with_words(
                    features(story, context, contexts, self.finder), words.odds(word_zones(story, context, contexts))
                )
                for context in contexts
            ]
        )
        return [chosen(row, forest.cut) for row in topic_odds(rows, forest).reshape(len(contexts), len(JUDGED))]


def topic_odds(rows: NDArray[np.float64], forest: Forest) -> NDArray[np.float64]:
    """The logarithm of the odds of each pair of an engagement and a topic; minus infinity where nothing is asked.

    Args:
        rows: The features of the pairs with what words suggest.
        forest: The trees.
    """
    asked, odds = are_asked(rows), np.full(len(rows), -np.inf)
    odds[asked] = forest.odds(rows[asked])
    return odds


def chosen(odds: NDArray[np.float64], cut: float) -> tuple[Topic, ...]:
    """The topics from the cut on; where none gets there, the likeliest if it nearly does."""
    least = min(cut, max(cut - NEARLY, float(odds.max())))
    return tuple(JUDGED[i] for i in np.argsort(-odds, kind="stable") if odds[i] >= least)
