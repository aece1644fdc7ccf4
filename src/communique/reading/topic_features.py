"""What the learned judge of topics looks at: where in a report the terms of a topic stand, seen from one engagement.

The features are the same for every topic, so that a rule such as "what the sentence itself names counts more than what
the report names somewhere" is learned from all topics together. What words beyond the lexicon suggest (``topic_words``)
is one more feature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

import numpy as np

from communique.model.vocabulary import EngagementKind, EngagementStatus, Topic
from communique.reading.analysis import Line
from communique.reading.topic_words import ELSEWHERE, NEAR, OWN, TITLE, body_words, line_words
from communique.reading.topics import TopicFinder

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUDGED: tuple[Topic, ...] = tuple(topic for topic in get_args(Topic) if topic != "other")
KINDS: tuple[EngagementKind, ...] = get_args(EngagementKind)
NAMING = frozenset({"person", "organization", "post"})
"""Mentions whose words name somebody: "the Coast Guard" says less about the subject than "coast guard training"."""
FOLLOWING = 2  # sentences after the first one that are looked at singly
REACH = 8  # sentences up to the next engagement that are looked at together
NEAR_REACH = 3  # sentences up to the next engagement whose words count as near
LEAD = 2  # sentences of the body that open the report
NOTHING = (0.0, 0.0, 0.0, 0.0)
TERMS = slice(7 * len(NOTHING), 8 * len(NOTHING) + 1)
"""Places of the numbers that tell of any term of a topic: in the whole report, and in posts and institutions."""
UNSUGGESTED = -4.0
"""Odds by words under which a topic without any term is not asked about."""

Tally = Mapping[Topic, tuple[float, float, float, float]]
"""Topic → number of strong terms, number of fair ones, points, and points of terms that only name somebody."""


@dataclass(frozen=True, slots=True)
class TopicContext:
    """What is known about an engagement when its topics are judged.

    Attributes:
        lines: Indices of the sentences that report it, the first one first.
        kind: Its kind.
        status: Its status.
        background: Whether it is told as the past.
        bodies: Titles of the posts of those who took part, and names of their institutions; no names of people.
    """

    lines: tuple[int, ...]
    kind: EngagementKind
    status: EngagementStatus
    background: bool = False
    bodies: tuple[str, ...] = ()


@dataclass(slots=True)
class Story:
    """The lines of a document with the terms that stand in them; made once a document.

    Attributes:
        lines: The lines, in order.
        found: For each line, the terms in it: topic, points, words, whether they only name somebody.
        said: For each line, the words in it that are not masked.
    """

    lines: Sequence[Line]
    found: list[list[tuple[Topic, float, str, bool]]]
    said: list[frozenset[str]]
    title: Tally = field(init=False)
    lead: Tally = field(init=False)
    whole: Tally = field(init=False)
    spread: Counter[Topic] = field(init=False)
    vocabulary: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        body = [i for i, line in enumerate(self.lines) if not line.is_title]
        self.title = self.tally(i for i, line in enumerate(self.lines) if line.is_title)
        self.lead = self.tally(body[:LEAD])
        self.whole = self.tally(range(len(self.lines)))
        self.vocabulary = frozenset().union(*self.said)
        self.spread = Counter(
            topic
            for line in self.found
            for topic in {topic for topic, points, _, is_name in line if points >= 2 and not is_name}
        )

    @classmethod
    def of(cls, lines: Sequence[Line], text: str, finder: TopicFinder) -> Story:
        """Looks for the terms of all topics in the lines of a document."""
        found = [list(_terms(line, text, finder)) for line in lines]
        return cls(lines, found, [frozenset(line_words(line, text)) for line in lines])

    def tally(self, positions: Iterable[int]) -> Tally:
        """Counts the terms of some lines; a term counts once, however often it stands there."""
        seen = {term for position in positions for term in self.found[position]}
        sums: dict[Topic, list[float]] = {}
        for topic, points, _, is_name in seen:
            row = sums.setdefault(topic, [0.0, 0.0, 0.0, 0.0])
            if is_name:
                row[3] += points
            else:
                row[2] += points
                row[0] += points == 3
                row[1] += points == 2
        return {topic: (row[0], row[1], row[2], row[3]) for topic, row in sums.items()}


def _terms(line: Line, text: str, finder: TopicFinder) -> Iterable[tuple[Topic, float, str, bool]]:
    names = [False] * len(line.labelled.words)
    for mention in line.mentions:
        if mention.kind in NAMING:
            names[mention.first : mention.last] = [True] * (mention.last - mention.first)
    for topic, points, first, last in finder.terms(text[line.start : line.end]):
        start, end = first + line.start, last + line.start
        covered = [
            name for word, name in zip(line.labelled.words, names, strict=True) if word.start < end and word.end > start
        ]
        yield topic, points, text[start:end].lower(), bool(covered) and all(covered)


def word_zones(
    story: Story, context: TopicContext, contexts: Sequence[TopicContext]
) -> list[tuple[float, frozenset[str]]]:
    """The words around an engagement and how much they count by where they stand; the last place of a word decides."""
    own, first, end = set(context.lines), min(context.lines), _next(context, contexts, len(story.lines))
    near = [i for i in range(first + 1, min(end, first + 1 + NEAR_REACH)) if i not in own]
    titles = [i for i, line in enumerate(story.lines) if line.is_title]
    bodies = frozenset(body_words(context.bodies))
    return [
        (ELSEWHERE, story.vocabulary),
        (TITLE, frozenset().union(*(story.said[i] for i in titles))),
        (NEAR, frozenset().union(*(story.said[i] for i in near))),
        (OWN, bodies.union(*(story.said[i] for i in own))),
    ]


def with_words(rows: NDArray[np.float64], odds: NDArray[np.floating]) -> NDArray[np.float64]:
    """The features of an engagement with what its words suggest: the odds of each topic, and its rank by them."""
    rank = (odds[:, None] < odds[None, :]).sum(axis=1)
    return np.column_stack([rows, odds, rank])


def are_asked(rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which topics the trees are asked about: those that a term or the words around the engagement speak for.

    Of all pairs of an engagement and a topic more than half are left out, and of the annotated ones one in 25, of which
    the trees would have named hardly any.

    Args:
        rows: The features with what words suggest, as ``with_words`` gives them.
    """
    asked: NDArray[np.bool_] = rows[:, TERMS].any(axis=1) | (rows[:, -2] >= UNSUGGESTED)
    return asked


def features(
    story: Story, context: TopicContext, contexts: Sequence[TopicContext], finder: TopicFinder
) -> NDArray[np.float64]:
    """One row a topic, in the order of ``JUDGED``.

    Args:
        story: The document.
        context: The engagement.
        contexts: All engagements of the document; the next one ends what is told of this one.
        finder: Finds terms in the names of posts and institutions.
    """
    surroundings = _surroundings(story, context, contexts)
    own, whole = surroundings[0], {topic: row[2] + 0.5 * row[3] for topic, row in story.whole.items()}
    most, most_own = max(whole.values(), default=0.0), max((row[2] for row in own.values()), default=0.0)
    named: dict[Topic, float] = {}
    for body in context.bodies:
        for topic, points in finder.points(body).items():
            named[topic] = max(named.get(topic, 0.0), points)
    situation = _situation(story, context, contexts)
    rows = []
    for number, topic in enumerate(JUDGED):
        here, there = own.get(topic, NOTHING)[2], whole.get(topic, 0.0)
        row = [value for tally in surroundings for value in tally.get(topic, NOTHING)]
        row += [
            named.get(topic, 0.0),
            there / most if most > 0 else 0.0,
            sum(points > there for points in whole.values()),
            sum(other[2] > here for other in own.values()),
            here / most_own if most_own > 0 else 0.0,
            most_own,
            story.spread[topic] / max(len(story.lines), 1),
        ]
        rows.append([*row, *situation, *(float(number == other) for other in range(len(JUDGED)))])
    return np.array(rows, dtype=np.float64)


def _surroundings(story: Story, context: TopicContext, contexts: Sequence[TopicContext]) -> list[Tally]:
    """The engagement's own sentences, the two after, those up to the next engagement, title, lead, before, all."""
    own, first, end = set(context.lines), min(context.lines), _next(context, contexts, len(story.lines))
    told = [i for i in range(first + 1, end) if i not in own][:REACH]
    after = [[i] if i < len(story.lines) and i not in own else [] for i in range(first + 1, first + FOLLOWING + 1)]
    before = [first - 1] if first and not story.lines[first - 1].is_title else []
    near = [story.tally(positions) for positions in (sorted(own), *after, told)]
    return [*near, story.title, story.lead, story.tally(before), story.whole]


def _next(context: TopicContext, contexts: Sequence[TopicContext], end: int) -> int:
    first = min(context.lines)
    return min((start for other in contexts if (start := min(other.lines)) > first), default=end)


def _situation(story: Story, context: TopicContext, contexts: Sequence[TopicContext]) -> list[float]:
    """What does not depend on the topic: kind, status, and where among the report's engagements this one stands."""
    first = min(context.lines)
    starts = sorted({min(other.lines) for other in contexts})
    line = story.lines[first]
    end = _next(context, contexts, len(story.lines))
    body = next((i for i, other in enumerate(story.lines) if not other.is_title), 0)
    follows = first + 1 < len(story.lines) and first + 1 not in context.lines
    return [
        float(context.background),
        float(context.status == "planned"),
        float(context.status == "cancelled"),
        *(float(context.kind == kind) for kind in KINDS),
        float(len(starts)),
        float(starts.index(first)),
        float(sum(min(other.lines) == first for other in contexts)),
        float(first == body),
        float(len(line.labelled.words)),
        float(follows and story.lines[first + 1].labelled.sentence.block == line.labelled.sentence.block),
        float(end == first + 1),
        float(min(end - first - 1, REACH)),
        float(any(other.is_title for other in story.lines)),
    ]
