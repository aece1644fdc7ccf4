"""Keeps a document: its bytes, its text, its readout, and its claims row by row. One transaction a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import DataError, transaction

from communique.errors import RegisterError
from communique.model import Engagement, Evidence, Participant, Readout
from communique.register import models as tables
from communique.register import text_search
from communique.register.resolving.mechanism_reports import countries_of
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.store.packing import pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of keeping a document.

    Attributes:
        document: Its row.
        is_new: Whether it was not there before.
        is_changed: Whether its claims were written anew (new, or read by another reader).
    """

    document: tables.Document
    is_new: bool
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A document on its way into the register.

    Attributes:
        readout: What it says.
        text: The text that all offsets refer to.
        original: Its bytes; None when the readout was made elsewhere and came without them.
        author: Who adds it.
    """

    readout: Readout
    text: str
    original: bytes | None
    author: str = ""


def keep(delivery: Delivery) -> Kept:
    """Keeps a document; what is there already, read by the same reader, is left alone (idempotent by content).

    Raises:
        EvidenceError: If a quotation of the readout does not stand in the text.
        RegisterError: If it has characters that the database cannot store (U+0000 on PostgreSQL, lone surrogates).
    """
    try:
        return _keep(delivery)
    except (DataError, UnicodeEncodeError) as error:
        uri = delivery.readout.document.uri
        raise RegisterError(f"{uri} cannot be kept: {error}. Its other characters would do; clean the file.") from error


def _keep(delivery: Delivery) -> Kept:
    readout = delivery.readout
    with transaction.atomic():
        row = tables.Document.objects.filter(sha256=readout.document.id).first()
        if row is not None:
            _note_address(row, readout.document.uri)
            if row.reader == readout.reader:
                return Kept(document=row, is_new=False, is_changed=False)
        readout.check(delivery.text)
        if row is not None:
            from communique.register.store.replacing import replace_claims

            replace_claims(row, delivery)
            return Kept(document=row, is_new=False, is_changed=True)
        row = _insert(delivery)
        write_claims(row, readout)
        return Kept(document=row, is_new=True, is_changed=True)


def _insert(delivery: Delivery) -> tables.Document:
    head = delivery.readout.document
    row = tables.Document.objects.create(
        sha256=head.id,
        uri=head.uri,
        site=head.site,
        title=head.title,
        authors=list(head.authors),
        tags=list(head.tags),
        published=head.published,
        published_basis=head.published_basis,
        captured=head.captured,
        language=head.language,
        media_type=head.media_type,
        reader=delivery.readout.reader,
        added_by=delivery.author,
    )
    tables.Content.objects.create(
        document=row,
        original=pack(delivery.original) if delivery.original is not None else None,
        text=pack(delivery.text),
        readout=pack(delivery.readout.to_json()),
    )
    _note_address(row, head.uri)
    text_search.index_text(text_search.DOCUMENTS, row.pk, searchable_text(head.title, delivery.text, head.body))
    tables.FailedDocument.objects.filter(uri=head.uri).delete()
    return row


def searchable_text(title: str | None, text: str, body: tuple[tuple[int, int], ...]) -> str:
    """What full-text search looks at: the title and the article, without the clutter."""
    article = "\n".join(text[start:end] for start, end in body) or text
    return f"{title or ''}\n{article}"


def _note_address(row: tables.Document, uri: str) -> None:
    tables.Address.objects.get_or_create(document=row, uri=uri)


def write_claims(row: tables.Document, readout: Readout) -> None:
    """Writes the claims of a readout as rows of a document that has none."""
    mentions = _write_mentions(row, readout)
    reports = _write_reports(row, readout, mentions)
    _write_commitments(row, readout, mentions, reports)
    _write_statements(row, readout, mentions, reports)
    _write_steps(row, readout, mentions, reports)


def key_of(row: tables.Document, local: str) -> str:
    """The key of a claim."""
    return f"{row.sha256}/{local}"


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _write_mentions(row: tables.Document, readout: Readout) -> dict[str, tables.Mention]:
    """One row a person, organization, country or group; found again by id, or by type and name."""
    found: dict[str, tables.Mention] = {}
    drafts: list[tables.Mention] = []

    def draft(local: str, kind: str, name: str, data: dict[str, Any], evidence: Any) -> tables.Mention:
        mention = tables.Mention(
            document=row, local=local, key=key_of(row, local), type=kind, name=name, data=data, evidence=evidence
        )
        mention.day = row.published
        drafts.append(mention)
        return mention

    for person in readout.people:
        data = {"aliases": list(person.aliases), "roles": _plain(person.roles)}
        found[person.id] = draft(person.id, "person", person.name, data, _plain(person.evidence))
    for body in readout.organizations:
        data = {"aliases": list(body.aliases), "acronym": body.acronym, "country": body.country}
        found[body.id] = draft(body.id, "organization", body.name, data, _plain(body.evidence))
    for engagement in readout.engagements:
        for participant in (p for side in engagement.sides for p in side.participants):
            if participant.ref is None and _name_key(participant) not in found:
                local = f"g{sum(key.startswith('=') for key in found) + 1}"
                evidence = [_plain(participant.evidence)]
                found[_name_key(participant)] = draft(local, participant.type, participant.name, {}, evidence)
    tables.Mention.objects.bulk_create(drafts)
    return found


def _name_key(participant: Participant) -> str:
    return f"={participant.type}:{participant.name}"


def _write_reports(
    row: tables.Document, readout: Readout, mentions: dict[str, tables.Mention]
) -> dict[str, tables.EngagementReport]:
    reports = {e.id: _report(row, e) for e in readout.engagements}
    tables.EngagementReport.objects.bulk_create(reports.values())
    rows: list[tables.ReportParticipant] = []
    for engagement in readout.engagements:
        report = reports[engagement.id]
        for number, side in enumerate(engagement.sides):
            for position, participant in enumerate(side.participants):
                rows.append(
                    tables.ReportParticipant(
                        report=report,
                        mention=mentions[participant.ref or _name_key(participant)],
                        side=number,
                        position=position,
                        is_lead=participant.lead,
                        evidence=_plain(participant.evidence),
                        day=report.day,
                    )
                )
    tables.ReportParticipant.objects.bulk_create(rows)
    return reports


def _report(row: tables.Document, engagement: Engagement) -> tables.EngagementReport:
    date, place = engagement.date, engagement.place
    return tables.EngagementReport(
        document=row,
        local=engagement.id,
        key=key_of(row, engagement.id),
        kind=engagement.kind,
        status=engagement.status,
        background=engagement.background,
        date_start=date.start if date else None,
        date_end=date.end if date else None,
        precision=date.precision if date else None,
        date_text=date.text if date else None,
        date_basis=date.basis if date else None,
        place=place.name if place else None,
        place_text=place.text if place else None,
        country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        side_labels=[side.label for side in engagement.sides],
        topics=sorted(engagement.topics),
        day=_day_of(engagement) or row.published,
        confidence=engagement.confidence,
        evidence=_plain(engagement.evidence),
    )


def _day_of(engagement: Engagement) -> dt.date | None:
    return (engagement.date.start or engagement.date.end) if engagement.date else None


def _write_commitments(
    row: tables.Document,
    readout: Readout,
    mentions: dict[str, tables.Mention],
    reports: dict[str, tables.EngagementReport],
) -> None:
    countries = sorted(countries_of(readout, packaged_thesaurus())) if readout.commitments else []
    tables.CommitmentReport.objects.bulk_create(
        tables.CommitmentReport(
            document=row,
            local=c.id,
            key=key_of(row, c.id),
            act=c.act,
            what=c.what,
            mechanism_name=c.mechanism,
            target=c.target,
            countries=countries,
            parties=[_party(p.ref, p.name, mentions) for p in c.parties],
            report=reports.get(c.engagement or ""),
            day=_made_on(reports.get(c.engagement or ""), row),
            confidence=c.confidence,
            evidence=_plain(c.evidence),
        )
        for c in readout.commitments
    )


def _party(ref: str | None, name: str, mentions: dict[str, tables.Mention]) -> dict[str, str | None]:
    mention = mentions.get(ref or "")
    return {"mention": mention.key if mention else None, "name": name}


def _made_on(report: tables.EngagementReport | None, row: tables.Document) -> dt.date | None:
    return report.day if report is not None else row.published


def _write_statements(
    row: tables.Document,
    readout: Readout,
    mentions: dict[str, tables.Mention],
    reports: dict[str, tables.EngagementReport],
) -> None:
    tables.Statement.objects.bulk_create(
        tables.Statement(
            document=row,
            local=s.id,
            key=key_of(row, s.id),
            speaker_name=s.speaker,
            speaker=mentions.get(s.speaker_ref or ""),
            act=s.act,
            target=s.target,
            topics=sorted(s.topics),
            report=reports.get(s.engagement or ""),
            day=_made_on(reports.get(s.engagement or ""), row),
            confidence=s.confidence,
            evidence=_plain(s.evidence),
        )
        for s in readout.statements
    )


def _write_steps(
    row: tables.Document,
    readout: Readout,
    mentions: dict[str, tables.Mention],
    reports: dict[str, tables.EngagementReport],
) -> None:
    words = packaged_thesaurus()
    countries = sorted(countries_of(readout, words)) if readout.mechanisms else []
    tables.MechanismStep.objects.bulk_create(
        tables.MechanismStep(
            document=row,
            local=m.id,
            key=key_of(row, m.id),
            name=m.name,
            kind=m.kind,
            status=m.status,
            day=(m.date.start or m.date.end if m.date else None) or _made_on(reports.get(m.engagement or ""), row),
            precision=m.date.precision if m.date else None,
            date_text=m.date.text if m.date else None,
            date_start=m.date.start if m.date else None,
            countries=sorted({*countries, *(code for p in m.parties if (code := words.country(p.name)))}),
            parties=[_party(p.ref, p.name, mentions) for p in m.parties],
            report=reports.get(m.engagement or ""),
            commitment_local=m.commitment,
            confidence=m.confidence,
            evidence=_plain(m.evidence),
        )
        for m in readout.mechanisms
    )


def evidence_of(plain: dict[str, Any]) -> Evidence:
    """Evidence as a record again."""
    return Evidence(quote=plain["quote"], start=plain["start"], end=plain["end"])
