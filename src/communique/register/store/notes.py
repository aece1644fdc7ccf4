"""What an analyst writes by hand: it becomes a document of their own, whose words are its evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from communique.errors import QueryError
from communique.formats.wording import say
from communique.model import (
    Block,
    Commitment,
    Document,
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
)
from communique.model.engagement import Party
from communique.model.vocabulary import (
    CommitmentAct,
    EngagementKind,
    EngagementStatus,
    MechanismKind,
    MechanismStatus,
    Topic,
)
from communique.register.models import EngagementReport
from communique.register.store import judging
from communique.register.store.correcting import FIRST_DAY, LAST_DAY
from communique.register.store.deriving import derive_pending
from communique.register.store.finding import country_code
from communique.register.store.keeping import Delivery, keep
from communique.register.store.writing import exclusive

READER = "analyst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an analyst knows of an engagement.

    Attributes:
        sides: Names of those who took part, a side each, with post and organization where these are known ("Ama Quartey
            | Defence Minister | Ghana"); a name in round brackets is that of a body: "(Ghana Navy)".
        words: How the analyst knows, in their words.
        promise, act: What was agreed, pledged, announced, signed or called for.
        mechanism, mechanism_kind, state: What was set up or used, and its state afterwards.
    """

    author: str
    written: dt.datetime
    kind: EngagementKind
    status: EngagementStatus = "held"
    day: dt.date | None = None
    place: str = ""
    country: str | None = None
    sides: tuple[tuple[str, ...], ...]
    topics: tuple[Topic, ...] = ()
    words: str
    promise: str = ""
    act: CommitmentAct = "agreed"
    mechanism: str = ""
    mechanism_kind: MechanismKind = "other"
    state: MechanismStatus = "agreed"


class _Sheet:
    """A text that is written piece by piece, and knows where each piece stands."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


def add_note(note: Note) -> str:
    """Keeps a note as a document, and accepts the engagement that it tells where no other source tells it.

    Returns:
        The engagement's code.

    Raises:
        QueryError: If nobody took part, a name is empty, a country is given without its place, the day lies outside the
            years that people may give, or no words say how that is known.
    """
    if not any(note.sides):
        raise QueryError("Name at least one who took part.")
    for name in (name for side in note.sides for name in side):
        if not name.partition("|")[0].strip("() "):
            raise QueryError(f"{name!r} names nobody. Write Name | Post | Organization, or a body in brackets: (Navy).")
    if note.country and not note.place:
        raise QueryError(f"country {note.country!r} is that of a place. Name the place as well.")
    if note.day and not FIRST_DAY <= note.day <= LAST_DAY:
        raise QueryError(f"day {note.day} lies outside {FIRST_DAY.year} to {LAST_DAY.year}. Give the right year.")
    note = replace(note, country=country_code(note.country) if note.country else None)
    if not note.words.strip():
        raise QueryError("Say in your words how you know: no fact stands here without a source.")
    readout, text = write_note(note)
    with exclusive():
        kept = keep(Delivery(readout=readout, text=text, original=text.encode(), author=note.author))
        derive_pending()
        report = EngagementReport.objects.select_related("engagement").get(document=kept.document)
        engagement = report.engagement
        if engagement is None:
            raise QueryError("An equal note was rejected before. Undo that, or write what is new about it.")
        # Written by a person: nothing is left to review, unless reports of others are told by the record as well.
        if engagement.report_count == 1 and engagement.review == "unreviewed":
            judging.accept(judging.Decision(code=engagement.code, author=note.author, note="written by hand"))
        return engagement.code


def write_note(note: Note) -> tuple[Readout, str]:
    """The note as a text, and the readout of it: each field is a line, and the line is its evidence."""
    sheet = _Sheet()
    sheet.write(f"Note by {note.author}, {note.written:%Y-%m-%d %H:%M:%S} UTC\n\n")
    start, _ = sheet.write("")
    sheet.write(f"Engagement: {say(note.kind)}, {note.status}")
    day = _date(sheet, note.day)
    place = _place(sheet, note)
    people: list[Person] = []
    bodies: list[Organization] = []
    placed: list[list[tuple[str, tuple[int, int]]]] = []
    for number, names in enumerate(note.sides, start=1):
        sheet.write(f"\nSide {number}: ")
        placed.append([])
        for position, name in enumerate(names):
            sheet.write("; " if position else "")
            placed[-1].append((name, sheet.write(name)))
    if note.topics:
        sheet.write(f"\nTopics: {', '.join(say(topic) for topic in note.topics)}")
    _, end = sheet.write("")
    promised = _line(sheet, note.act.replace("_", " ").capitalize(), note.promise)
    set_up = _line(sheet, f"Mechanism ({note.state.replace('_', ' ')})", note.mechanism)
    sheet.write(f"\n\n{note.words.strip()}\n")
    sides = tuple(
        Side(participants=tuple(_participant(sheet.text, name, span, people, bodies) for name, span in side))
        for side in placed
    )
    engagement = Engagement(
        id="e1", kind=note.kind, status=note.status, date=day, place=place, sides=sides, topics=note.topics,
        evidence=(Evidence.at(sheet.text, start, end),),
    )  # fmt: skip
    head = DocumentHead.of(_document(note, sheet.text))
    parties = tuple(Party(ref=p.ref, name=p.name) for side in sides for p in side.participants)
    commitments = [
        Commitment(
            id="c1",
            parties=parties,
            act=note.act,
            what=note.promise,
            mechanism=note.mechanism or None,
            engagement="e1",
            evidence=(evidence,),
        )
        for evidence in promised
    ]
    steps = [
        MechanismStep(
            id="m1",
            name=note.mechanism,
            kind=note.mechanism_kind,
            status=note.state,
            parties=parties,
            date=day,
            engagement="e1",
            commitment="c1" if promised else None,
            evidence=(evidence,),
        )
        for evidence in set_up
    ]
    readout = Readout(
        reader=READER,
        document=head,
        people=tuple(people),
        organizations=tuple(bodies),
        engagements=(engagement,),
        commitments=tuple(commitments),
        mechanisms=tuple(steps),
    )
    return readout, sheet.text


def _line(sheet: _Sheet, label: str, words: str) -> list[Evidence]:
    """Writes a line where there are words for it; gives the words as evidence, or nothing."""
    if not words:
        return []
    sheet.write(f"\n{label}: ")
    span = sheet.write(words)
    return [Evidence.at(sheet.text, *span)]


def _document(note: Note, text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=digest,
        uri=f"note:{digest[:16]}",
        text=text,
        media_type="text/plain",
        site=f"Note by {note.author}",
        title=f"Note by {note.author}: {say(note.kind)}{f' in {note.place}' if note.place else ''}",
        published=note.written.date(),
        blocks=(Block(start=0, end=len(text), kind="body"),),
    )


def _date(sheet: _Sheet, day: dt.date | None) -> EventDate | None:
    if day is None:
        return None
    sheet.write("\nDate: ")
    sheet.write(day.isoformat())
    return EventDate(text=day.isoformat(), start=day, end=day, precision="day", basis="written by an analyst")


def _place(sheet: _Sheet, note: Note) -> Place | None:
    if not note.place:
        return None
    sheet.write(f"\nPlace: {note.place}{f' ({note.country})' if note.country else ''}")
    return Place(text=note.place, name=note.place, country=note.country)


def _participant(
    text: str, name: str, span: tuple[int, int], people: list[Person], bodies: list[Organization]
) -> Participant:
    evidence = Evidence.at(text, *span)
    if name.startswith("(") and name.endswith(")"):
        body = Organization(id=f"o{len(bodies) + 1}", name=name.strip("() "), evidence=(evidence,))
        bodies.append(body)
        return Participant(ref=body.id, name=body.name, type="organization", evidence=evidence)
    name, *post = (part.strip() for part in name.split("|"))
    roles = (Role(title=post[0], organization=post[1] if post[1:] else None, evidence=(evidence,)),) if post else ()
    person = Person(id=f"p{len(people) + 1}", name=name, roles=roles, evidence=(evidence,))
    people.append(person)
    return Participant(ref=person.id, name=name, type="person", evidence=evidence)
