"""Facts of two sources side by side: gold and readout, or two readouts; what they share and where they differ.

The pairs are those of the scorer, so that what is listed here is what the figures count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from communique.evaluation.claims import ClaimedEngagement, ClaimedPerson, ClaimedUtterance, Claims
from communique.evaluation.engagements import kind_family, pair_engagements
from communique.evaluation.matching import pair_up
from communique.evaluation.names import is_same_party
from communique.evaluation.passages import pair_utterances
from communique.evaluation.people import pair_people, pair_posts

RowKind = Literal["engagement", "commitment", "statement", "person"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a fact, and whether the other source says the same."""

    text: str
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as one source tells it.

    Attributes:
        fields: Label → its terms; a field that is empty has none.
        passages: The quotations that prove it.
        confidence: How sure the source is; None for gold.
    """

    fields: Mapping[str, tuple[Term, ...]]
    passages: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fact in one of two sources, or in both.

    Attributes:
        kind: What it is.
        left: As the first source (gold) tells it; None when it does not.
        right: As the second tells it.
    """

    kind: RowKind
    left: Fact | None = None
    right: Fact | None = None

    @property
    def verdict(self) -> Literal["same", "differs", "left", "right"]:
        """Whether both tell it alike, or differently, or only one of them does."""
        if self.left is None:
            return "right"
        if self.right is None:
            return "left"
        terms = (term for fact in (self.left, self.right) for terms in fact.fields.values() for term in terms)
        return "same" if all(term.agrees for term in terms) else "differs"


def align(left: Claims, right: Claims) -> list[Row]:
    """Everything that two sources say of one document: engagements, commitments, statements, people.

    Args:
        left: The gold, or the first readout.
        right: The readout, or the second one.
    """
    rows: list[Row] = []
    for i, j in _ordered(pair_engagements(left, right), len(left.engagements), len(right.engagements)):
        one, two = _at(left.engagements, i), _at(right.engagements, j)
        rows.append(Row(kind="engagement", left=_engagement(one, two), right=_engagement(two, one)))
    utterances: tuple[tuple[RowKind, Sequence[ClaimedUtterance], Sequence[ClaimedUtterance]], ...] = (
        ("commitment", left.commitments, right.commitments),
        ("statement", left.statements, right.statements),
    )
    for kind, ours, theirs in utterances:
        for i, j in _ordered(pair_utterances(tuple(ours), tuple(theirs)), len(ours), len(theirs)):
            one_said, two_said = _at(ours, i), _at(theirs, j)
            rows.append(Row(kind=kind, left=_utterance(one_said, two_said), right=_utterance(two_said, one_said)))
    for i, j in _ordered(pair_people(left, right), len(left.people), len(right.people)):
        someone, other = _at(left.people, i), _at(right.people, j)
        rows.append(Row(kind="person", left=_person(someone, other, True), right=_person(other, someone, False)))
    return rows


def _ordered(pairs: Mapping[int, int], lefts: int, rights: int) -> Iterator[tuple[int | None, int | None]]:
    """Pairs and single facts: those of the left in order, then what only the right has."""
    yield from ((i, pairs.get(i)) for i in range(lefts))
    taken = set(pairs.values())
    yield from ((None, j) for j in range(rights) if j not in taken)


def _at(facts: Sequence[Any], place: int | None) -> Any:
    return None if place is None else facts[place]


def _engagement(own: ClaimedEngagement | None, other: ClaimedEngagement | None) -> Fact | None:
    if own is None:
        return None
    other = other or own  # a fact that stands alone contradicts nothing
    fields = {
        "kind": _one(own.kind, kind_family(own.kind) == kind_family(other.kind)),
        "status": _one(own.status, own.status == other.status),
        "background": _one("yes" if own.is_background else "no", own.is_background == other.is_background),
        "date": _one(own.date, own.date == other.date),
        "place": _one(own.places[0] if own.places else None, _same_places(own.places, other.places)),
        "participants": _names(own.participants, other.participants),
        "topics": tuple(Term(topic, topic in other.topics) for topic in sorted(own.topics)),
    }
    return Fact(fields, own.passages.quotes, own.confidence)


def _same_places(own: Sequence[str], other: Sequence[str]) -> bool:
    return not (own or other) or any(is_same_party(one, two) for one in own for two in other)


def _utterance(own: ClaimedUtterance | None, other: ClaimedUtterance | None) -> Fact | None:
    if own is None:
        return None
    other = other or own
    fields = {"act": _one(own.act, own.act == other.act), "who": _names(own.parties, other.parties)}
    return Fact(fields, own.passages.quotes, own.confidence)


def _person(own: ClaimedPerson | None, other: ClaimedPerson | None, is_left: bool) -> Fact | None:
    if own is None:
        return None
    other = other or own
    matched = set(pair_posts(own, other)) if is_left else set(pair_posts(other, own).values())
    posts = (
        Term(f"{post.title or '(no title)'}, {post.organization}" if post.organization else post.title, k in matched)
        for k, post in enumerate(own.posts)
    )
    return Fact({"name": _one(own.name, True), "posts": tuple(posts)})


def _one(word: str | None, agrees: bool) -> tuple[Term, ...]:
    """The term of a single field; a field that should not be empty shows that it is."""
    if word is None or word == "":
        return () if agrees else (Term("–", agrees=False),)
    return (Term(word, agrees),)


def _names(own: Sequence[str], other: Sequence[str]) -> tuple[Term, ...]:
    matched = pair_up(own, other, lambda one, two: float(is_same_party(one, two)))
    return tuple(Term(name, k in matched) for k, name in enumerate(own))
