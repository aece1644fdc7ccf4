"""FollowTheMoney entities, one JSON object a line: what Aleph, OpenSanctions' tools and nomenklatura read.

Every entity points to the articles that prove it (``proof``); the passages stand in Documentation entities. What the
model has no place for is listed in docs/exports.md. The package ``followthemoney`` is not needed to write them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.db.models import QuerySet

from communique.exchange.citing import document_numbers, stream_chunks, stream_values, tenure_id
from communique.exchange.coding import packaged_coding
from communique.exchange.columns import Citations
from communique.exchange.naming import register_id
from communique.exchange.selection import Selection
from communique.exchange.tables.actors import actors
from communique.exchange.tables.commitments import commitments, mechanisms
from communique.exchange.tables.engagements import Gathering, engagements
from communique.exchange.tables.sources import sources
from communique.exchange.writing import Written
from communique.register import models as tables

Entity = dict[str, Any]
# Bodies with these sectors are arms of a state (see lexicon/plover.toml).
PUBLIC = {"GOV", "MIL", "COP", "SPY", "JUD", "LEG"}
# The model's language codes have three letters.
LANGUAGES = {"ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "pt": "por", "ru": "rus"}
# Properties in which the model keeps single blanks only.
NAMES = ("name", "alias", "abbreviation")
# Characters that the model takes out of every value.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes the entities: articles first, because all others point to them."""
    encode = msgspec.json.Encoder().encode
    writer = _Writer(register_id())
    rows = 0
    with (folder / name).open("wb") as file:
        for entity in writer.entities(selection):
            file.write(encode(entity) + b"\n")
            rows += 1
    left_out = {"statements": selection.statements().count()}
    return [Written(name=name, rows=rows, left_out=left_out)]


class _Writer:
    """Makes entities with ids that name their register."""

    def __init__(self, register: str) -> None:
        self._register = register

    def entities(self, selection: Selection) -> Iterator[Entity]:
        for document, _ in sources(selection):
            yield self._article(document)
        for actor, cited in actors(selection):
            yield self._actor(actor.row, cited)
        yield from self._posts(selection)
        for engagement, cited in engagements(selection):
            yield self._event(engagement, cited)
        yield from self._documentation(selection.reports(), "e", "engagement")
        for commitment, cited in commitments(selection):
            yield self._commitment(commitment.row, cited)
        yield from self._documentation(selection.commitment_reports(), "c", "commitment")
        for mechanism, cited in mechanisms(selection):
            yield from self._project(mechanism, cited)

    def _id(self, code: str) -> str:
        return f"cmq-{self._register}-{code.replace('/', '-')}"

    def _ids(self, codes: Iterable[str]) -> list[str]:
        return [self._id(code) for code in codes]

    def _entity(self, schema: str, code: str, **properties: Any) -> Entity:
        """An entity; properties without a value are left out, single values become lists of text."""
        kept: dict[str, list[str]] = {}
        for name, value in properties.items():
            values = value if isinstance(value, list | tuple) else [value]
            cleaned = (_clean(name, str(v)) for v in values if v is not None)
            if texts := list(dict.fromkeys(text for text in cleaned if text)):
                kept[name] = texts
        return {"id": self._id(code), "schema": schema, "properties": kept}

    def _article(self, row: tables.Document) -> Entity:
        is_address = urlsplit(row.uri).scheme in ("http", "https")
        return self._entity(
            "Article",
            row.code,
            title=row.title,
            fileName=row.uri.rstrip("/").rpartition("/")[2],
            publisher=row.site,
            author=row.authors,
            publishedAt=row.published,
            retrievedAt=row.captured,
            sourceUrl=row.uri if is_address else None,
            mimeType=row.media_type,
            language=LANGUAGES.get(row.language or ""),
            keywords=row.tags,
            notes=f"SHA-256 {row.sha256}",
        )

    def _actor(self, row: tables.Actor, cited: Citations) -> Entity:
        return self._entity(
            _schema_of(row),
            row.code,
            name=row.name,
            alias=row.aliases,
            abbreviation=row.acronym,
            country=(row.country or "").lower(),
            wikidataId=row.wikidata_id,
            proof=self._ids(cited.sources),
            modifiedAt=row.updated_at.date(),
        )

    def _posts(self, selection: Selection) -> Iterator[Entity]:
        """Positions, each once, and who is seen in them."""
        last = ""
        for chunk in stream_chunks(selection.tenures().order_by("post_key", "actor")):
            numbers = document_numbers(o["document"] for row in chunk for o in row.observations)
            for row in chunk:
                post = f"post-{hashlib.sha256(row.post_key.encode()).hexdigest()[:12]}"
                if row.post_key != last:
                    yield self._position(post, row)
                    last = row.post_key
                seen = [f"d{numbers[o['document']]}" for o in row.observations if o["document"] in numbers]
                yield self._entity(
                    "Occupancy",
                    tenure_id(row),
                    holder=self._id(f"a{row.actor_id}"),
                    post=self._id(post),
                    # Days on which reports give the post to the person. They are not those of an appointment.
                    date=[row.first_seen, row.last_seen],
                    proof=self._ids(seen),
                )

    def _position(self, code: str, row: tables.Tenure) -> Entity:
        return self._entity(
            "Position",
            code,
            name=f"{row.title}, {row.organization}" if row.organization else row.title,
            organization=self._id(f"a{row.organization_actor_id}") if row.organization_actor_id else None,
        )

    def _event(self, engagement: Gathering, cited: Citations) -> Entity:
        row = engagement.row
        return self._entity(
            "Event",
            row.code,
            name=row.summary or row.code,
            involved=[self._id(f"a{actor}") for actor in engagement.actors],
            **_dates(row),
            location=row.place,
            country=(row.country or "").lower(),
            keywords=[row.kind, row.status, *row.topics],
            notes=[f"Sources disagree on: {', '.join(c['field'] for c in row.conflicts)}"] if row.conflicts else None,
            proof=self._ids(cited.sources),
            modifiedAt=row.updated_at.date(),
        )

    def _commitment(self, row: tables.Commitment, cited: Citations) -> Entity:
        return self._entity(
            "Event",
            row.code,
            name=row.what,
            involved=[self._id(actor.code) for actor in row.parties.all()],
            date=row.day,
            keywords=["commitment", row.act],
            proof=self._ids(cited.sources),
            modifiedAt=row.updated_at.date(),
        )

    def _project(self, row: tables.Mechanism, cited: Citations) -> Iterator[Entity]:
        yield self._entity(
            "Project",
            row.code,
            name=row.name,
            status=row.status,
            date=[row.first_day, row.last_day],
            keywords=["mechanism", row.kind],
            proof=self._ids(cited.sources),
            modifiedAt=row.updated_at.date(),
        )
        for actor in row.parties.all():
            code = f"{row.code}/{actor.code}"
            yield self._entity(
                "ProjectParticipant", code, project=self._id(row.code), participant=self._id(actor.code), role="party"
            )

    def _documentation(self, claims: QuerySet[Any], prefix: str, record: str) -> Iterator[Entity]:
        """The passages: one entity for each claim on a record, whose code has the prefix."""
        for document, local, evidence, number in stream_values(claims, "document", "local", "evidence", record):
            code = f"{prefix}{number}"
            yield self._entity(
                "Documentation",
                f"{code}/d{document}/{local}",
                entity=self._id(code),
                document=self._id(f"d{document}"),
                role="reported in",
                summary=[passage["quote"] for passage in evidence],
            )


def _clean(name: str, text: str) -> str:
    kept = CONTROL.sub("", text).strip()
    return " ".join(kept.split()) if name in NAMES else kept


def _schema_of(row: tables.Actor) -> str:
    if row.type == "person":
        return "Person"
    if row.type == "group":
        return "LegalEntity"
    is_public = PUBLIC & set(packaged_coding().sectors_of(row.type, [row.name]))
    return "PublicBody" if is_public else "Organization"


def _dates(row: tables.Engagement) -> dict[str, Any]:
    """As precise as it is known: "2025-05" for a month."""
    if row.precision in ("month", "year") and row.date_start:
        return {"date": row.date_start.isoformat()[: 7 if row.precision == "month" else 4]}
    if row.date_start == row.date_end:
        return {"date": row.date_start}
    return {"startDate": row.date_start, "endDate": row.date_end}
