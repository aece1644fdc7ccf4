"""Readouts made up in a line or two: who met whom, when and where, with evidence that stands in a text of our own.

A participant is written as documents introduce people: "Ruth Haddow | Defence Minister | Ghana". A name that begins
with "=" is an institution, with "@" a country, with "~" a group.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from communique.model import (
    Block,
    Commitment,
    DocumentHead,
    Engagement,
    EventDate,
    Evidence,
    MechanismStep,
    Organization,
    Participant,
    Person,
    Place,
    Readout,
    Role,
    Side,
    Statement,
)
from communique.model.engagement import Party
from communique.model.vocabulary import (
    CommitmentAct,
    EngagementKind,
    EngagementStatus,
    MechanismStatus,
    ParticipantType,
    Topic,
)

READER = "made up 1"
SIGNS: dict[str, ParticipantType] = {"=": "organization", "@": "country", "~": "group"}
FILLER_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One engagement as a report tells it; ``place`` is "Accra, GH", ``day`` "2031-03-10" or None."""

    sides: tuple[tuple[str, ...], ...]
    day: str | None = "2031-03-10"
    place: str | None = "Accra, GH"
    kind: EngagementKind = "meeting"
    status: EngagementStatus = "held"
    topics: tuple[Topic, ...] = ()
    background: bool = False
    confidence: float = 0.9
    promise: str | None = None
    act: CommitmentAct = "agreed"
    room: str | None = None
    step: MechanismStatus = "agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The document that tells: ``number`` makes its text and address differ from those of all others."""

    number: int | str = 1
    published: str | None = "2031-03-11"
    site: str | None = None
    reader: str = READER
    filler: str | None = None
    says: str = ""


def met(*sides: str | Sequence[str], **others: object) -> Told:
    """An engagement of sides, each one participant or several."""
    split = tuple((side,) if isinstance(side, str) else tuple(side) for side in sides)
    return Told(sides=split, **others)  # type: ignore[arg-type]


def tell(*engagements: Told, paper: Paper | None = None) -> Readout:
    """The readout of a report of these engagements, its text included."""
    paper = paper or Paper()
    writing = _Writing(title=f"Report {paper.number}")
    for told in engagements:
        writing.tell(told)
    if paper.says:
        writing.say(paper.says)
    writing.add(paper.filler if paper.filler is not None else filler(str(paper.number)))
    return writing.readout(paper)


@lru_cache(maxsize=256)
def filler(seed: str) -> str:
    """Words that no other report has: without them, short made-up reports would be copies of each other."""
    choice = random.Random(seed)
    words = ("".join(choice.choices("abcdefghiklmnoprstuvwz", k=choice.randint(4, 9))) for _ in range(FILLER_WORDS))
    return " ".join(words).capitalize() + "."


@dataclass(slots=True, kw_only=True)
class _Writing:
    """A text that grows, and the records whose evidence stands in it."""

    title: str
    text: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)
    engagements: list[Engagement] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    steps: list[MechanismStep] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def add(self, words: str) -> Evidence:
        start = len(self.text)
        self.text += f"{words}\n"
        return Evidence(quote=words, start=start, end=start + len(words))

    def tell(self, told: Told) -> None:
        sides = tuple(Side(participants=tuple(self.introduce(given) for given in side)) for side in told.sides)
        names = " met ".join(" and ".join(p.name for p in side.participants) for side in sides)
        where, _, country = (told.place or "").partition(", ")
        sentence = self.add(f"{names} ({told.kind}, {told.status}) in {where or 'a place'} on {told.day or 'a day'}.")
        number = f"e{len(self.engagements) + 1}"
        self.engagements.append(
            Engagement(
                id=number,
                kind=told.kind,
                status=told.status,
                background=told.background,
                date=date_of(told.day),
                place=Place(text=where, name=where, country=country or None) if where else None,
                sides=sides,
                topics=told.topics,
                confidence=told.confidence,
                evidence=(sentence,),
            )
        )
        parties = tuple(Party(ref=p.ref, name=p.name) for side in sides for p in side.participants)
        if told.promise:
            self.promise(told, parties, number)
        if told.room:
            evidence = self.add(f"The {told.room} was {told.step}.")
            self.steps.append(
                MechanismStep(
                    id=f"m{len(self.steps) + 1}",
                    name=told.room,
                    kind="operations_room",
                    status=told.step,
                    parties=parties,
                    engagement=number,
                    evidence=(evidence,),
                )
            )

    def promise(self, told: Told, parties: tuple[Party, ...], engagement: str) -> None:
        evidence = self.add(f"They {told.act} to {told.promise}.")
        self.commitments.append(
            Commitment(
                id=f"c{len(self.commitments) + 1}",
                parties=parties,
                act=told.act,
                what=told.promise or "",
                engagement=engagement,
                evidence=(evidence,),
            )
        )

    def say(self, words: str) -> None:
        evidence = self.add(words)
        speaker = next(iter(self.people.values()), None)
        self.statements.append(
            Statement(
                id=f"s{len(self.statements) + 1}",
                speaker=speaker.name if speaker else "A spokesman",
                speaker_ref=speaker.id if speaker else None,
                act="stressed",
                evidence=(evidence,),
            )
        )

    def introduce(self, given: str) -> Participant:
        kind = SIGNS.get(given[0], "person")
        name, *post = (part.strip() for part in given.lstrip("=@~ ").split("|"))
        evidence = self.add(", ".join((name, *post)))
        if kind == "person":
            if name not in self.people:
                roles = (
                    (Role(title=post[0], organization=post[1] if post[1:] else None, evidence=(evidence,)),)
                    if post
                    else ()
                )
                self.people[name] = Person(id=f"p{len(self.people) + 1}", name=name, roles=roles, evidence=(evidence,))
            ref: str | None = self.people[name].id
        elif kind == "organization":
            if name not in self.bodies:
                self.bodies[name] = Organization(id=f"o{len(self.bodies) + 1}", name=name, evidence=(evidence,))
            ref = self.bodies[name].id
        else:
            ref = None
        return Participant(ref=ref, name=name, type=kind, evidence=evidence)

    def readout(self, paper: Paper) -> Readout:
        text = f"{self.text}"
        head = DocumentHead(
            id=hashlib.sha256(text.encode()).hexdigest(),
            uri=f"https://{(paper.site or 'Daily').lower().replace(' ', '-')}.example/{paper.number}",
            site=paper.site or "Daily",
            title=self.title,
            published=dt.date.fromisoformat(paper.published) if paper.published else None,
            language="en",
            body=((0, len(text)),),
            blocks=(Block(start=0, end=len(text), kind="body"),),
            text=text,
        )
        return Readout(
            reader=paper.reader,
            document=head,
            people=tuple(self.people.values()),
            organizations=tuple(self.bodies.values()),
            engagements=tuple(self.engagements),
            commitments=tuple(self.commitments),
            statements=tuple(self.statements),
            mechanisms=tuple(self.steps),
        )


def date_of(day: str | None) -> EventDate | None:
    """ "2031-03-10" is a day, "2031-03" a month, "2031-03-10/2031-03-12" a range."""
    if day is None:
        return None
    first, _, last = day.partition("/")
    if len(first) == 7:
        start = dt.date.fromisoformat(f"{first}-01")
        end = (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return EventDate(text=day, start=start, end=end, precision="month", basis="given")
    start = dt.date.fromisoformat(first)
    end = dt.date.fromisoformat(last) if last else start
    return EventDate(text=day, start=start, end=end, precision="range" if last else "day", basis="given")
