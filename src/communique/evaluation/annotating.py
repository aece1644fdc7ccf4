"""Writes a readout down as annotators do: terse, names instead of ids, one quotation for each fact.

The way back from ``claims``: `annotation` checks what comes out.
"""

from __future__ import annotations

from typing import Any

from communique.model import Commitment, Document, Engagement, EventDate, Person, Readout, Role, Statement


def article_of(document: Document) -> str:
    """The text to learn from: a text file's as it is, of a page the title and the article."""
    if document.media_type == "text/plain":
        return document.text
    parts = [document.text[b.start : b.end].strip() for b in document.blocks if b.kind in ("title", "dateline", "body")]
    return "\n\n".join(part for part in parts if part) + "\n"


def annotate(readout: Readout) -> dict[str, Any]:
    """A readout in the annotators' format."""
    people = {person.name for person in readout.people}
    names = [
        *(p.name for e in readout.engagements for side in e.sides for p in side.participants),
        *(party.name for commitment in readout.commitments for party in commitment.parties),
        *(statement.speaker for statement in readout.statements),
    ]
    published = readout.document.published
    return {
        "title": readout.document.title or "",
        "published": published.isoformat() if published else None,
        "people": [_person(person) for person in readout.people],
        "groups": sorted({name for name in names if name not in people}),
        "engagements": [_engagement(engagement) for engagement in readout.engagements],
        "commitments": [_commitment(commitment) for commitment in readout.commitments],
        "statements": [_statement(statement) for statement in readout.statements],
    }


def _person(person: Person) -> dict[str, Any]:
    return {"name": person.name, "aliases": list(person.aliases), "roles": [_role(role) for role in person.roles]}


def _role(role: Role) -> dict[str, Any]:
    return {
        "title": role.title,
        "organization": role.organization,
        "kind": role.kind,
        "as_written": role.evidence[0].quote if role.evidence else None,
    }


def _engagement(engagement: Engagement) -> dict[str, Any]:
    date = engagement.date
    return {
        "kind": engagement.kind,
        "status": engagement.status,
        "background": engagement.background,
        "date_as_written": date.text or None if date else None,
        "date": _day_or_month(date),
        "place": engagement.place.name if engagement.place else None,
        "country": engagement.place.country if engagement.place else None,
        "sides": [[participant.name for participant in side.participants] for side in engagement.sides],
        "topics": list(engagement.topics),
        "evidence": engagement.evidence[0].quote,
    }


def _day_or_month(date: EventDate | None) -> str | None:
    """As annotators write dates: the first day, or the month; nothing where only a year or a limit is known."""
    if date is None or date.start is None or date.precision in ("before", "year"):
        return None
    return date.start.isoformat()[: 7 if date.precision == "month" else 10]


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {
        "parties": [party.name for party in commitment.parties],
        "act": commitment.act,
        "what": commitment.what,
        "mechanism": commitment.mechanism,
        "evidence": commitment.evidence[0].quote,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "speaker": statement.speaker,
        "act": statement.act,
        "target": statement.target,
        "evidence": statement.evidence[0].quote,
    }
