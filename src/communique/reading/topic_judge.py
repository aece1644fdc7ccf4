"""The learned judge of an engagement's topics: small decision trees over ``topic_features``.

Trained by ``training/train_topics.py`` with gradient boosting (Friedman 2001); why and how well is told in
``docs/decisions/0005-learned-topics.md``. Only numpy is needed to apply the trees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from communique.model.vocabulary import Topic
from communique.reading.analysis import Line
from communique.reading.topic_features import JUDGED, Story, TopicContext, features
from communique.reading.topics import TopicFinder

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Decision trees as arrays of the shape (trees, nodes); a leaf points to itself.

    Attributes:
        feature: Which feature a node asks for.
        threshold: Up to which value it sends left.
        left: The node to the left.
        right: The node to the right.
        value: What a leaf adds to the logarithm of the odds.
        start: The logarithm of the odds before the first tree.
        depth: Steps from the root to the deepest leaf.
        cut: The logarithm of the odds from which a topic is named.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    start: float
    depth: int
    cut: float

    def odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logarithm of the odds of each row, by going down all trees at once."""
        trees = np.arange(len(self.feature))[None, :]
        lines = np.arange(len(rows))[:, None]
        node = np.zeros((len(rows), len(self.feature)), dtype=np.intp)
        for _ in range(self.depth):
            is_left = rows[lines, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(is_left, self.left[trees, node], self.right[trees, node])
        total: NDArray[np.float64] = self.start + self.value[trees, node].sum(axis=1, dtype=np.float64)
        return total


@cache
def packaged_forest() -> Forest:
    """The trees that come with the package, read once."""
    with (files("communique.reading") / "learned" / "topics.npz").open("rb") as stream, np.load(stream) as arrays:
        trees = {name: arrays[name] for name in ("feature", "threshold", "left", "right", "value")}
        return Forest(**trees, start=float(arrays["start"]), depth=int(arrays["depth"]), cut=float(arrays["cut"]))


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
        story, forest = Story.of(lines, text, self.finder), packaged_forest()
        rows = np.concatenate([features(story, context, contexts, self.finder) for context in contexts])
        odds = forest.odds(rows).reshape(len(contexts), len(JUDGED))
        return [tuple(JUDGED[i] for i in np.argsort(-row, kind="stable") if row[i] >= forest.cut) for row in odds]
