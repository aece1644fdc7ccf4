"""Topics: what an engagement or a statement is about, by weighted terms of the lexicon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.model.vocabulary import TOPICS, Topic
from communique.reading.topic_terms import TermFinder

POINTS: Mapping[str, float] = {"strong": 3.0, "fair": 2.0, "weak": 1.0, "against": -3.0}
LATER_PASSAGE = 0.8
BACKGROUND = 0.4
PASSAGE_CAP = 9.0
RECENT = 512  # passages whose points are kept
THRESHOLD = 3.0
BACKGROUND_SURCHARGE = 1.0
SHARE_OF_BEST = 0.5
"""Set on a grid over the shared gold's folders a-e, checked on f-j (figures: ``docs/lexicon.md``)."""


class TopicFinder:
    """Scores passages against the terms of ``topics.toml``.

    Args:
        lexicon: Where the terms come from.

    Raises:
        LexiconError: If the file names an unknown topic or class, or has a term that cannot be read.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._recent: dict[str, Mapping[Topic, float]] = {}
        self._spans: dict[str, tuple[tuple[Topic, float, int, int], ...]] = {}
        worth: list[tuple[Topic, float]] = []
        lists: list[Sequence[str]] = []
        for topic, classes in lexicon.table("topics").items():
            if topic not in TOPICS or topic == "other":
                raise LexiconError(f"topics.toml: {topic!r} is no topic. Known: {', '.join(TOPICS[:-1])}.")
            unknown = set(classes) - set(POINTS)
            if unknown:
                raise LexiconError(f"topics.toml: [{topic}] has {sorted(unknown)}. Known: {', '.join(POINTS)}.")
            worth += [(cast(Topic, topic), POINTS[name]) for name, terms in classes.items() if terms]
            lists += [terms for terms in classes.values() if terms]
        self._worth, self._terms = worth, TermFinder(lists)

    def points(self, passage: str) -> Mapping[Topic, float]:
        """Points of every topic in one passage; a term counts once, however often it stands there.

        The engagements of a report share most of their passages, so the latest answers are kept.
        """
        if passage in self._recent:
            return self._recent[passage]
        sums: dict[Topic, float] = {}
        for topic, worth, _ in {(t, worth, passage[start:end].lower()) for t, worth, start, end in self.terms(passage)}:
            sums[topic] = sums.get(topic, 0.0) + worth
        points = {topic: min(total, PASSAGE_CAP) for topic, total in sums.items() if total}
        if len(self._recent) >= RECENT:
            self._recent.clear()
        self._recent[passage] = points
        return points

    def terms(self, passage: str) -> tuple[tuple[Topic, float, int, int], ...]:
        """The terms in a passage: topic, points, and half-open offsets into the passage."""
        if passage not in self._spans:
            if len(self._spans) >= RECENT:
                self._spans.clear()
            found = self._terms.find(passage)
            self._spans[passage] = tuple((*self._worth[number], start, end) for number, start, end in found)
        return self._spans[passage]

    def scores(self, passages: Sequence[str], background: Sequence[str] = ()) -> dict[Topic, float]:
        """Points of every topic that has any: in full from the first passage, less from the later ones.

        Args:
            passages: What tells of the engagement, the sentence that reports it first.
            background: What only surrounds it, such as the whole article.
        """
        shares = [1.0, *[LATER_PASSAGE] * (len(passages) - 1)] if passages else []
        shares += [BACKGROUND] * len(background)
        total: dict[Topic, float] = {}
        for share, passage in zip(shares, [*passages, *background], strict=True):
            for topic, points in self.points(passage).items():
                total[topic] = total.get(topic, 0.0) + share * points
        return total

    def topics(self, passages: Sequence[str], background: Sequence[str] = ()) -> tuple[Topic, ...]:
        """The topics of an engagement or a statement, the strongest first; never "other".

        Args:
            passages: What tells of it: the sentence that reports it, the two that follow, the title.
            background: What only surrounds it, such as the whole article.
        """
        points = self.scores(passages, background)
        threshold = THRESHOLD + (BACKGROUND_SURCHARGE if background else 0.0)  # an article repeats its passages
        floor = max(threshold, SHARE_OF_BEST * max(points.values(), default=0.0))
        return tuple(sorted((t for t, p in points.items() if p >= floor), key=lambda t: (-points[t], t)))
