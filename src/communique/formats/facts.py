"""The facts of a readout as a numbered list in the order of the text: what margin cards are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from communique.formats.wording import (
    NOBODY,
    say,
    say_date,
    say_kind,
    say_place,
    say_role,
    say_topics,
)
from communique.model import (
    Commitment,
    Engagement,
    Evidence,
    MechanismStep,
    Organization,
    Participant,
    Person,
    Readout,
    Statement,
)

FactKind = Literal["engagement", "commitment", "mechanism", "statement", "person", "organization"]
# Who is named: the cast, listed apart from what was done and said.
CAST = ("person", "organization")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or name on a card.

    Attributes:
        text: The word.
        ref: Id of the person or organization that it stands for, where there is one.
        is_label: Whether it only announces the terms after it.
    """

    text: str
    ref: str | None = None
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line of a card; several entries are shown one under the other, terms side by side."""

    label: str
    entries: tuple[tuple[Term, ...], ...]

    @classmethod
    def of(cls, label: str, *texts: str) -> Line:
        """A line of plain texts."""
        return cls(label, tuple((Term(text),) for text in texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: what it is, what is known of it, and which passages prove it.

    Attributes:
        id: Id in the readout ("e1").
        kind: Which of the six.
        word: Its sort, in words ("meeting, planned").
        title: What it is called.
        lines: What is known.
        passages: The evidence that the card quotes, the main one first.
        mentions: Further evidence (of a role, of taking part, of being named again), which the card does not quote.
        confidence: How sure the reader is, 0 to 1; None for the cast.
    """

    id: str
    kind: FactKind
    word: str
    title: str
    lines: tuple[Line, ...]
    passages: tuple[Evidence, ...]
    mentions: tuple[Evidence, ...] = ()
    confidence: float | None = None


def list_facts(readout: Readout) -> list[Fact]:
    """All facts, the cast last, ordered by where the text first says them; what stands nowhere comes last.

    Their passages and mentions together are all of the readout's evidence but that of the publication day.
    """
    return sorted(_all_facts(readout), key=_rank)


def _rank(fact: Fact) -> tuple[bool, bool, int]:
    return (fact.kind in CAST, not fact.passages, fact.passages[0].start if fact.passages else 0)


def _all_facts(readout: Readout) -> Iterator[Fact]:
    yield from map(_engagement, readout.engagements)
    yield from map(_commitment, readout.commitments)
    yield from map(_step, readout.mechanisms)
    yield from map(_statement, readout.statements)
    yield from map(_person, readout.people)
    yield from map(_organization, readout.organizations)


def _engagement(engagement: Engagement) -> Fact:
    sides = tuple(
        (
            *((Term(f"{side.label}:", is_label=True),) if side.label else ()),
            *([_participant(participant) for participant in side.participants] or [Term(NOBODY)]),
        )
        for side in engagement.sides
    )
    lines = [Line("who", sides or ((Term(NOBODY),),))]
    if engagement.date:
        written = f" (“{engagement.date.text}”)" if engagement.date.text else ""
        lines.append(Line.of("when", f"{say_date(engagement.date)}{written}", engagement.date.basis))
    if engagement.topics:
        lines.append(Line.of("on", say_topics(engagement.topics)))
    taking_part = [participant for side in engagement.sides for participant in side.participants]
    groups = (participant.evidence for participant in taking_part if not participant.ref)
    place = say_place(engagement)
    return Fact(
        id=engagement.id,
        kind="engagement",
        word=say_kind(engagement),
        title=", ".join([say_date(engagement.date), *([place] if place else [])]),
        lines=tuple(lines),
        passages=tuple(dict.fromkeys((*engagement.evidence, *groups))),
        mentions=tuple(participant.evidence for participant in taking_part if participant.ref),
        confidence=engagement.confidence,
    )


def _participant(participant: Participant) -> Term:
    return Term(participant.name, participant.ref)


def _commitment(commitment: Commitment) -> Fact:
    parties = tuple(Term(party.name, party.ref) for party in commitment.parties)
    lines = [Line("who", (parties or (Term(NOBODY),),))]
    if commitment.mechanism:
        lines.append(Line.of("mechanism", commitment.mechanism))
    if commitment.target:
        lines.append(Line.of("target", commitment.target))
    return Fact(
        id=commitment.id,
        kind="commitment",
        word=say(commitment.act),
        title=commitment.what,
        lines=tuple(lines),
        passages=commitment.evidence,
        confidence=commitment.confidence,
    )


def _step(step: MechanismStep) -> Fact:
    parties = tuple(Term(party.name, party.ref) for party in step.parties)
    lines = [Line("who", (parties,))] if parties else []
    if step.date:
        lines.append(Line.of("when", say_date(step.date), step.date.basis))
    return Fact(
        id=step.id,
        kind="mechanism",
        word=say(step.status),
        title=step.name,
        lines=tuple(lines),
        passages=step.evidence,
        confidence=step.confidence,
    )


def _statement(statement: Statement) -> Fact:
    lines = [Line.of("target", statement.target)] if statement.target else []
    if statement.topics:
        lines.append(Line.of("on", say_topics(statement.topics)))
    return Fact(
        id=statement.id,
        kind="statement",
        word=say(statement.act),
        title=statement.speaker or NOBODY,
        lines=tuple(lines),
        passages=statement.evidence,
        confidence=statement.confidence,
    )


def _person(person: Person) -> Fact:
    roles = sorted(person.roles, key=lambda role: role.kind != "post")
    lines = [Line.of(kind, *(say_role(role) for role in roles if role.kind == kind)) for kind in ("post", "rank")]
    evidence = (*person.evidence, *(passage for role in roles for passage in role.evidence))
    if person.aliases:
        lines.append(Line.of("also", ", ".join(person.aliases)))
    return Fact(
        id=person.id,
        kind="person",
        word="person",
        title=person.name,
        lines=tuple(line for line in lines if line.entries),
        passages=evidence[:1],  # the first place is enough to find them; the others are marked all the same
        mentions=evidence[1:],
    )


def _organization(organization: Organization) -> Fact:
    also = [form for form in (organization.acronym, *organization.aliases) if form]
    lines = [Line.of("country", organization.country)] if organization.country else []
    return Fact(
        id=organization.id,
        kind="organization",
        word="organization",
        title=organization.name,
        lines=(*lines, *([Line.of("also", ", ".join(dict.fromkeys(also)))] if also else [])),
        passages=organization.evidence[:1],
        mentions=organization.evidence[1:],
    )
