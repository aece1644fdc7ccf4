"""Readout: everything that one document says, and its JSON form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from communique.model.document import Block, Document
from communique.model.engagement import Commitment, Engagement, Statement
from communique.model.evidence import Evidence
from communique.model.mechanism import MechanismStep
from communique.model.people import Organization, Person

SCHEMA = "communique/readout/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHead:
    """The document as the readout carries it: see Document for the meaning of the fields.

    ``text`` is kept for documents whose offsets refer to extracted text (HTML, PDF …), and for those that came out of
    an archive, a table or a pipe; for a plain text file the file has it.
    """

    id: str
    uri: str
    media_type: str = "text/plain"
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    published_evidence: Evidence | None = None
    published_basis: str | None = None
    captured: dt.date | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    body: tuple[tuple[int, int], ...] = ()
    blocks: tuple[Block, ...] = ()
    text: str | None = None

    @classmethod
    def of(cls, document: Document) -> DocumentHead:
        """The head of a document."""
        return cls(
            id=document.id,
            uri=document.uri,
            media_type=document.media_type,
            site=document.site,
            title=document.title,
            authors=document.authors,
            published=document.published,
            published_evidence=document.published_evidence,
            published_basis=document.published_basis,
            captured=document.captured,
            language=document.language,
            tags=document.tags,
            body=document.body,
            blocks=document.blocks,
            text=None if document.media_type == "text/plain" and document.is_on_file else document.text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Facts that a reader was given and left out, because nothing in the text proves them.

    Attributes:
        kind: What they would have been ("participant", "date").
        count: How many.
    """

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """Everything that one document says, each fact with the passage that proves it.

    Attributes:
        schema: Name and version of this shape.
        reader: Name and version of the reader that made it.
        document: The document's head.
        people: People named in the article, in order of first mention.
        organizations: Institutions named in the article, in order of first mention.
        engagements: What took place, is planned, or was cancelled.
        commitments: What was agreed, pledged, announced, signed or called for.
        statements: What was said.
        mechanisms: In what state joint bodies, forces, programmes and agreements are.
        dropped: What a served language model gave and the text does not prove; the local reader drops nothing.
    """

    schema: str = SCHEMA
    reader: str = ""
    document: DocumentHead
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    statements: tuple[Statement, ...] = ()
    mechanisms: tuple[MechanismStep, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def evidence(self) -> Iterator[Evidence]:
        """Every piece of evidence in the readout."""
        if self.document.published_evidence:
            yield self.document.published_evidence
        for person in self.people:
            yield from person.evidence
            for role in person.roles:
                yield from role.evidence
        for organization in self.organizations:
            yield from organization.evidence
        for engagement in self.engagements:
            yield from engagement.evidence
            for side in engagement.sides:
                yield from (participant.evidence for participant in side.participants)
        for commitment in self.commitments:
            yield from commitment.evidence
        for statement in self.statements:
            yield from statement.evidence
        for step in self.mechanisms:
            yield from step.evidence

    def check(self, text: str) -> None:
        """Raises EvidenceError unless every quotation stands in ``text`` at its offsets."""
        for evidence in self.evidence():
            evidence.check(text)

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON object as plain dictionaries and lists."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    def to_json(self) -> str:
        """The contract's JSON object on one line."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Readout:
        """Reads what ``to_dict`` gives; unknown fields are passed over.

        Raises:
            msgspec.ValidationError: If a field is missing or of a wrong type; the message names it.
        """
        return msgspec.convert(plain, cls)

    @classmethod
    def from_json(cls, line: str | bytes) -> Readout:
        """Reads what ``to_json`` gives; raises msgspec.ValidationError where that cannot be."""
        return msgspec.json.decode(line, type=cls)

    def __str__(self) -> str:
        """A few lines for people: what, when, where, who."""
        lines = [f"Readout of {self.document.title or self.document.uri} ({self.document.published or 'undated'})"]
        for e in self.engagements:
            sides = " – ".join(", ".join(p.name for p in s.participants) or "?" for s in e.sides)
            when = e.date.start if e.date and e.date.start else "no date"
            where = f", {e.place.name}" if e.place else ""
            lines.append(f"  {e.kind} ({e.status}) {when}{where}: {sides}")
        lines += [f"  {c.act}: {', '.join(p.name for p in c.parties)}: {c.what}" for c in self.commitments]
        lines += [f"  {s.speaker} {s.act}{': ' + s.target if s.target else ''}" for s in self.statements]
        lines += [f"  {m.name}: {m.status}" for m in self.mechanisms]
        return "\n".join(lines)
