"""Sources, and the passages in them that say what the other tables hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from communique.exchange.citing import (
    BY_DAY,
    document_numbers,
    follow_up_id,
    in_chunks,
    observation_id,
    participant_passage_id,
    passage_id,
    stream,
    stream_chunks,
    stream_values,
)
from communique.exchange.columns import Column, Table
from communique.exchange.selection import Selection
from communique.register import models as tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of a document, and the record that it is evidence for."""

    id: str
    document: int
    record: str
    says: str
    quote: str
    start: int | None
    end: int | None


def sources(selection: Selection) -> Iterator[tuple[tables.Document, None]]:
    """The documents that other tables rest on."""
    for row in stream(selection.documents().order_by("pk"), tables.Document.objects.defer("digest")):
        yield row, None


def passages(selection: Selection) -> Iterator[tuple[Passage, None]]:
    """Every passage that a row of another table cites, once."""
    yield from _of_claims(selection.reports(), "engagement", "e", "engagement")
    yield from _of_participants(selection)
    yield from _of_claims(selection.mentions(), "actor", "a", "profile__actor")
    yield from _of_claims(selection.commitment_reports(), "commitment", "c", "commitment")
    yield from _of_claims(selection.steps(), "mechanism", "m", "mechanism")
    yield from _of_statements(selection)
    yield from _of_tenures(selection)
    yield from _of_follow_ups(selection)


def _of_claims(chosen: QuerySet[Any], says: str, prefix: str, record: str) -> Iterator[tuple[Passage, None]]:
    """The passages of claims; ``record`` is the field that leads to the record, ``prefix`` that of its code."""
    for document, local, evidence, owner in stream_values(chosen, "document", "local", "evidence", record):
        for number, plain in enumerate(evidence, start=1):
            yield _passage(passage_id(document, local, number), document, says, f"{prefix}{owner}", plain), None


def _of_statements(selection: Selection) -> Iterator[tuple[Passage, None]]:
    for document, local, evidence in stream_values(selection.statements(), "document", "local", "evidence"):
        for number, plain in enumerate(evidence, start=1):
            key = passage_id(document, local, number)
            yield _passage(key, document, "statement", f"d{document}/{local}", plain), None


def _of_participants(selection: Selection) -> Iterator[tuple[Passage, None]]:
    """What introduces those who, all reports taken together, took part."""
    names = ("report__engagement", "actor", "report__document", "report__local", "side", "position", "evidence")
    taken_part = tables.EngagementParticipant.objects
    for chunk in in_chunks(stream_values(selection.told_participants(), *names)):
        known = set(taken_part.filter(engagement__in={row[0] for row in chunk}).values_list("engagement", "actor"))
        for engagement, actor, document, local, side, position, plain in chunk:
            if (engagement, actor) in known:
                key = participant_passage_id(document, local, side, position)
                yield _passage(key, document, "participant", f"e{engagement}", plain), None


def _of_tenures(selection: Selection) -> Iterator[tuple[Passage, None]]:
    for chunk in stream_chunks(selection.tenures().order_by("actor", "pk")):
        numbers = document_numbers(o["document"] for row in chunk for o in row.observations)
        for row in chunk:
            first = {o["document"]: o for o in reversed(row.observations) if o["document"] in numbers}
            for digest, plain in first.items():
                number = numbers[digest]
                yield _passage(observation_id(number, row), number, "tenure", f"a{row.actor_id}", plain), None


def _of_follow_ups(selection: Selection) -> Iterator[tuple[Passage, None]]:
    for row in stream(selection.follow_ups().order_by("commitment", BY_DAY, "pk")):
        if row.evidence:
            record = f"c{row.commitment_id}"
            yield _passage(follow_up_id(row), row.document_id, "follow_up", record, row.evidence), None


def _passage(key: str, document: int, says: str, record: str, plain: dict[str, Any]) -> Passage:
    return Passage(
        id=key,
        document=document,
        says=says,
        record=record,
        quote=plain["quote"],
        start=plain.get("start"),
        end=plain.get("end"),
    )


SOURCES = Table(
    name="sources",
    meaning="A document: one report as it was read.",
    rows=sources,
    is_cited=False,
    own=(
        Column("id", "text", "Permanent id (`d12`).", lambda d: d.code),
        Column("sha256", "text", "Digest of its bytes.", lambda d: d.sha256),
        Column("uri", "text", "Path or address at which it was found.", lambda d: d.uri),
        Column("outlet", "text", "The outlet's name, else the host or the file.", lambda d: d.outlet),
        Column("title", "text", "The title.", lambda d: d.title),
        Column("authors", "texts", "As the page names them.", lambda d: list(d.authors)),
        Column("published", "day", "Day of publication.", lambda d: d.published),
        Column("published_basis", "text", "How that day was found.", lambda d: d.published_basis),
        Column("captured", "day", "Day on which the page was saved.", lambda d: d.captured),
        Column("language", "text", "ISO 639-1.", lambda d: d.language),
        Column("media_type", "text", "Of the bytes.", lambda d: d.media_type),
        Column(
            "copy_of_id",
            "text",
            "The document of which it is a near-verbatim copy (`sources`).",
            lambda d: f"d{d.copy_of_id}" if d.copy_of_id else None,
        ),
        Column("reader", "text", "Name and version of what read it.", lambda d: d.reader),
        Column("added_at", "moment", "When it came into the register.", lambda d: d.added_at),
    ),
)

EVIDENCE = Table(
    name="evidence",
    meaning="A passage of a document that says what a row of another table holds.",
    rows=passages,
    is_cited=False,
    own=(
        Column("id", "text", "The document, the claim in it, and the passage's number (`d12/e1/1`).", lambda p: p.id),
        Column("source_id", "text", "The document (`sources`).", lambda p: f"d{p.document}"),
        Column(
            "says",
            "text",
            "What it is evidence of: engagement, participant, actor, tenure, commitment, follow_up, mechanism, "
            "statement.",
            lambda p: p.says,
        ),
        Column("record_id", "text", "The record that cites it.", lambda p: p.record),
        Column("quote", "text", "The passage, word for word.", lambda p: p.quote),
        Column("start", "integer", "Offset of its first character in the document's text.", lambda p: p.start),
        Column("end", "integer", "Offset behind its last character.", lambda p: p.end),
    ),
)
