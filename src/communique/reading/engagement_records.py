"""Engagement records: engagements in the making turned into records of the readout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.model import Engagement, Evidence, Participant, Side
from communique.model.vocabulary import Topic
from communique.reading.parties import Party
from communique.reading.people import Candidate
from communique.reading.preparation import Prepared
from communique.reading.records import Record
from communique.reading.topic_features import TopicContext
from communique.reading.topic_judge import TopicJudge

MOST_QUOTES = 3
"""Sentences that are quoted as evidence of one engagement."""


def engagement_records(records: Sequence[Record], prepared: Prepared, judge: TopicJudge) -> tuple[Engagement, ...]:
    """The engagements of the readout, in order.

    Args:
        records: Engagements in the making, in order of the text.
        prepared: The document.
        judge: Tells what engagements are about.
    """
    lines, text = prepared.analysis.lines, prepared.analysis.text
    people = {candidate.id: candidate for candidate in prepared.people}
    topics = judge.judge(lines, text, [topic_context(record, people) for record in records])
    return tuple(
        _engagement(f"e{number}", record, about, text)
        for number, (record, about) in enumerate(zip(records, topics, strict=True), 1)
    )


def _engagement(identifier: str, record: Record, topics: tuple[Topic, ...], text: str) -> Engagement:
    return Engagement(
        id=identifier,
        kind=record.kind,
        status=record.standing.status,
        background=record.standing.background,
        date=record.date,
        place=record.place,
        sides=_sides(record, text),
        topics=topics,
        confidence=record.confidence,
        evidence=tuple(Evidence.at(text, line.start, line.end) for line in record.lines[:MOST_QUOTES]),
    )


def _sides(record: Record, text: str) -> tuple[Side, ...]:
    """The sides, each participant once; a delegation with named members gives its side the label."""
    seen: set[str] = set()
    sides = []
    for side in record.sides:
        participants = []
        for party in (p for q in side for p in q.resolved()):
            if party.key not in seen:
                seen.add(party.key)
                participants.append(_participant(party, text))
        if participants:
            label = next((p.referent.name for p in side if p.members), None)
            sides.append(Side(label=label, participants=tuple(participants)))
    return tuple(sides)


def _participant(party: Party, text: str) -> Participant:
    start, end = party.anchor
    return Participant(
        ref=party.referent.ref,
        name=party.referent.name,
        type=party.referent.type,
        lead=party.lead,
        evidence=Evidence.at(text, start, end),
    )


def topic_context(record: Record, people: Mapping[str, Candidate]) -> TopicContext:
    """What the judge of topics has to know about an engagement."""
    bodies: list[str] = []
    for party in (p for q in record.parties for p in q.resolved()):
        if party.referent.type == "person":
            person = people.get(party.referent.ref or "")
            posts = person.posts if person is not None else ()
            bodies += [words for post in posts for words in (post.title, post.organization) if words]
        elif party.referent.type != "country":
            bodies.append(party.referent.name)
    lines = tuple(line.index for line in record.lines)
    standing = record.standing
    return TopicContext(lines, record.kind, standing.status, standing.background, tuple(dict.fromkeys(bodies)))
