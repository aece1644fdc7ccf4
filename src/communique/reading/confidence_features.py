"""What tells right facts from wrong ones: named binary features of engagements, roles and commitments.

They are taken from the finished readout and the text, not from the rules that made the fact: whoever changes how facts
are found has only to train the weights anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from communique.model import Commitment, Engagement, Evidence, Person, Readout, Role

_CUES = frozenset(
    """agree agreed agreement pledge pledged promise promised commit committed announce announced sign signed signing
    memorandum accord protocol pact treaty decided decision approved launch launched establish established will would
    shall plan plans planned expected hope hoped hopes could may might should must need needs if ready willing possible
    discuss discussed propose proposed proposal call called calls urge urged ask asked request requested already
    previously earlier last said told""".split()
)
"""Words of a commitment's sentence of which the training is told."""
_QUOTES = frozenset('“”"')
_GAPS = ((2, "touching"), (12, "near"), (40, "apart"))
"""Most characters between a role and its holder's name, and how that is called."""


_NEAREST = 3
"""Passages of a role from which its holder's name is looked for."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a fact's features ask of the rest of its readout, counted once.

    Attributes:
        text: The document's text.
        titles: Offset → people to whom the words there give a role ("the ministers of …").
        sentences: Passage → commitments that it proves.
        engagements: Id → engagement.
    """

    text: str
    titles: Counter[int]
    sentences: Counter[Evidence]
    engagements: Mapping[str, Engagement]

    @classmethod
    def of(cls, readout: Readout, text: str) -> Self:
        """Counts the facts of a readout."""
        starts = (
            start
            for person in readout.people
            for start in {evidence.start for role in person.roles for evidence in role.evidence}
        )
        passages = (commitment.evidence[0] for commitment in readout.commitments if commitment.evidence)
        engagements = {engagement.id: engagement for engagement in readout.engagements}
        return cls(text, Counter(starts), Counter(passages), engagements)


def role_features(role: Role, person: Person, around: Surroundings) -> Iterator[str]:
    """The names of the features of one post.

    Args:
        role: The post.
        person: Who is said to hold it.
        around: The readout that both stand in.
    """
    words = role.title.lower().split()
    yield "bias"
    yield f"standing={role.standing}"
    yield f"title={' '.join(words)}"
    yield f"first={words[0]}"
    yield f"head={words[-1]}"
    yield f"words={min(5, len(words))}"
    yield f"office={'none' if not role.organization else min(4, len(role.organization.split()))}"
    yield f"said={min(3, len(role.evidence))}"
    yield f"roles={min(4, sum(other.kind == role.kind for other in person.roles))}"
    yield f"named={min(4, len(person.evidence))}|full={' ' in person.name}"
    for evidence in role.evidence[:1]:
        yield from _passage_features(evidence, role, around.text)
    yield from _holder_features(role, person, around.text)
    yield f"sharing={min(2, max((around.titles[e.start] - 1 for e in role.evidence), default=0))}"


def _passage_features(evidence: Evidence, role: Role, text: str) -> Iterator[str]:
    """How the words of a role are written, and what stands around them."""
    quote = evidence.quote
    capitals = [word[0].isupper() for word in re.findall(r"[^\W\d_]+", quote)]
    yield f"capitals={round(4 * sum(capitals) / max(1, len(capitals)))}"
    yield f"length={min(6, len(quote.split()))}"
    if role.organization:
        yield f"office quoted={role.organization.lower() in quote.lower()}"
    before = re.findall(r"[\w’']+|[,;:(“\"]", text[max(0, evidence.start - 24) : evidence.start])
    after = re.findall(r"[\w’']+|[,;:)”\"]", text[evidence.end : evidence.end + 24])
    yield f"before={_shape(before[-1]) if before else 'nothing'}"
    yield f"after={_shape(after[0]) if after else 'nothing'}"


def _shape(word: str) -> str:
    """The word itself where it is an ordinary one, "Name" where it begins with a capital."""
    return "Name" if word[0].isupper() else word


def _holder_features(role: Role, person: Person, text: str) -> Iterator[str]:
    """Where the holder's name stands from the role: how far, on which side, and what is between."""
    best = min(
        ((_distance(one, name), one, name) for one in role.evidence[:_NEAREST] for name in person.evidence),
        key=lambda found: (found[0], found[1].start),
        default=None,
    )
    if best is None:
        yield "gap=unknown"
        return
    distance, one, name = best
    gap = next((word for most, word in _GAPS if distance <= most), "far")
    side = "before" if one.end <= name.start else "after" if name.end <= one.start else "around"
    yield f"gap={gap}|{side}"
    between = text[min(one.end, name.end) : max(one.start, name.start)] if distance else ""
    if 0 < len(between) <= _GAPS[-1][0]:
        shapes = [_shape(word) for word in re.findall(r"[\w’]+|[^\w\s]", between)[:4]]
        yield f"between={' '.join(shapes)}"


def _distance(one: Evidence, other: Evidence) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def commitment_features(commitment: Commitment, around: Surroundings) -> Iterator[str]:
    """The names of the features of one commitment; its confidence is still that of the rule which found it."""
    act = commitment.act
    what = commitment.what.lower().split()
    yield "bias"
    yield f"act={act}"
    yield f"rule={commitment.confidence}"
    yield f"rule={commitment.confidence}|{act}"
    yield f"first={what[0] if what else ''}"
    yield f"words={min(8, len(what) // 3)}"
    yield f"parties={min(3, len(commitment.parties))}"
    yield f"mechanism={commitment.mechanism is not None}"
    yield f"target={commitment.target is not None}"
    yield f"number={any(word[0].isdigit() for word in what)}"
    yield f"retold={len(commitment.evidence) > 1}"
    engagement = around.engagements.get(commitment.engagement or "")
    yield f"at={'nothing' if engagement is None else engagement.kind}"
    if engagement is not None:
        yield f"at status={engagement.status}|{engagement.background}"
    for evidence in commitment.evidence[:1]:
        sentence = evidence.quote
        low = re.findall(r"[\w’'-]+", sentence.lower())
        yield from (f"cue={cue}" for cue in sorted(_CUES & set(low)))
        yield f"quoted={bool(_QUOTES & set(sentence))}"
        yield f"length={min(6, len(low) // 10)}"
        yield f"position={min(3, 4 * evidence.start // max(1, len(around.text)))}"
        at = " ".join(sentence.split()).lower().find(commitment.what.lower())
        before = re.findall(r"[\w’'-]+", " ".join(sentence.split()).lower()[: max(0, at)])
        yield f"before={' '.join(before[-2:])}"
        yield f"beside={min(3, around.sentences[evidence])}"


def engagement_features(engagement: Engagement, around: Surroundings) -> Iterator[str]:
    """The names of the features of one engagement; its confidence is still the score of its judge."""
    participants = [participant for side in engagement.sides for participant in side.participants]
    people = sum(participant.type == "person" for participant in participants)
    score = _step_of(engagement.confidence)
    shape = f"{min(3, people)}|{min(3, len(participants) - people)}"
    yield "bias"
    # A ladder of thresholds: each step adds its own weight, so that the score may count unevenly.
    yield from (f"score>={step}" for step in range(score + 1))
    yield f"kind={engagement.kind}"
    yield f"kind={engagement.kind}|{shape}"
    yield f"status={engagement.status}|{engagement.background}"
    yield f"company={shape}"
    yield f"sides={min(3, len(engagement.sides))}|{min(6, len(participants))}"
    yield f"date={engagement.date.precision if engagement.date is not None else 'none'}"
    yield f"day said={engagement.date is not None and bool(engagement.date.text)}"
    yield f"place={engagement.place is not None}"
    yield f"topics={min(3, len(engagement.topics))}"
    yield f"quotes={len(engagement.evidence)}"
    yield f"told={min(8, len(around.engagements))}"
    keys = {participant.ref or participant.name for participant in participants}
    alike = [
        other
        for other in around.engagements.values()
        if other.id != engagement.id and keys & {p.ref or p.name for side in other.sides for p in side.participants}
    ]
    yield f"company again={min(3, len(alike))}"
    for evidence in engagement.evidence[:1]:
        quote = evidence.quote.lower()
        named = sum(p.name.split()[-1].lower() in quote for p in participants)
        yield f"named={min(4, named)}|unnamed={min(4, len(participants) - named)}"
        yield f"length={min(6, len(quote.split()) // 8)}"
        yield f"position={min(4, 5 * evidence.start // max(1, len(around.text)))}"
        yield f"quoted={bool(_QUOTES & set(evidence.quote))}"
        yield from (f"cue={cue}" for cue in sorted(_CUES & set(re.findall(r"[\w’'-]+", quote))))
        beside = sum(e.evidence[:1] == engagement.evidence[:1] for e in around.engagements.values())
        yield f"beside={min(3, beside)}"


def _step_of(score: float) -> int:
    """The number of a score's step, in twentieths."""
    return int(score * 20)
