"""From readouts to the rows of their claims: reports of engagements, commitments, statements, steps of mechanisms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db.models import Model

from communique.model import Engagement, Readout
from communique.register import models as tables
from communique.register.resolving.mechanism_reports import countries_of
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.store.mention_rows import draft_mentions, key_of, name_key


@dataclass(slots=True, kw_only=True)
class ClaimRows:
    """Rows of the claims of documents on their way into the tables."""

    mentions: list[tables.Mention] = field(default_factory=list)
    reports: list[tables.EngagementReport] = field(default_factory=list)
    participants: list[tables.ReportParticipant] = field(default_factory=list)
    commitments: list[tables.CommitmentReport] = field(default_factory=list)
    statements: list[tables.Statement] = field(default_factory=list)
    steps: list[tables.MechanismStep] = field(default_factory=list)

    def add(self, row: tables.Document, readout: Readout) -> None:
        """Takes in what a document claims."""
        claimed = _Claimed(document=row, readout=readout, mentions=draft_mentions(row, readout))
        claimed.reports = {engagement.id: _report(row, engagement) for engagement in readout.engagements}
        self.mentions += claimed.mentions.values()
        self.reports += claimed.reports.values()
        self.participants += _participants(claimed)
        self.commitments += _commitments(claimed)
        self.statements += _statements(claimed)
        self.steps += _steps(claimed)

    def by_table(self) -> Iterator[list[Any]]:
        """The rows of each table, what others point to first."""
        yield from (self.mentions, self.reports, self.participants, self.commitments, self.statements, self.steps)

    def write(self) -> None:
        """Writes them all."""
        for rows in self.by_table():
            if rows:
                table: type[Model] = type(rows[0])
                table._default_manager.bulk_create(rows)


@dataclass(slots=True, kw_only=True)
class _Claimed:
    """A document, with the rows that its other claims point to."""

    document: tables.Document
    readout: Readout
    mentions: dict[str, tables.Mention]
    reports: dict[str, tables.EngagementReport] = field(default_factory=dict)

    def report(self, engagement: str | None) -> tables.EngagementReport | None:
        return self.reports.get(engagement or "")

    def made_on(self, engagement: str | None) -> dt.date | None:
        """The day of an engagement; of the document where it is none."""
        report = self.report(engagement)
        return report.day if report is not None else self.document.published

    def party(self, ref: str | None, name: str) -> dict[str, str | None]:
        mention = self.mentions.get(ref or "")
        return {"mention": mention.key if mention else None, "name": name}


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
        day=(date.start or date.end if date else None) or row.published,
        confidence=engagement.confidence,
        evidence=msgspec.to_builtins(engagement.evidence),
    )


def _participants(claimed: _Claimed) -> Iterator[tables.ReportParticipant]:
    for engagement in claimed.readout.engagements:
        report = claimed.reports[engagement.id]
        for number, side in enumerate(engagement.sides):
            for position, participant in enumerate(side.participants):
                yield tables.ReportParticipant(
                    report=report,
                    mention=claimed.mentions[participant.ref or name_key(participant)],
                    side=number,
                    position=position,
                    is_lead=participant.lead,
                    evidence=msgspec.to_builtins(participant.evidence),
                    day=report.day,
                    reach=reach_of(report),
                )


def reach_of(report: tables.EngagementReport) -> tables.Reach:
    """How far from its day what a report tells may lie."""
    if report.precision == "day":
        return tables.Reach.DAYS
    is_vague = report.precision is not None or report.background
    return tables.Reach.YEAR if is_vague else tables.Reach.WEEKS


def _commitments(claimed: _Claimed) -> Iterator[tables.CommitmentReport]:
    if not claimed.readout.commitments:
        return
    about = sorted(countries_of(claimed.readout, packaged_thesaurus()))
    for commitment in claimed.readout.commitments:
        yield tables.CommitmentReport(
            document=claimed.document,
            local=commitment.id,
            key=key_of(claimed.document, commitment.id),
            act=commitment.act,
            what=commitment.what,
            mechanism_name=commitment.mechanism,
            target=commitment.target,
            countries=about,
            parties=[claimed.party(p.ref, p.name) for p in commitment.parties],
            report=claimed.report(commitment.engagement),
            day=claimed.made_on(commitment.engagement),
            confidence=commitment.confidence,
            evidence=msgspec.to_builtins(commitment.evidence),
        )


def _statements(claimed: _Claimed) -> Iterator[tables.Statement]:
    for statement in claimed.readout.statements:
        yield tables.Statement(
            document=claimed.document,
            local=statement.id,
            key=key_of(claimed.document, statement.id),
            speaker_name=statement.speaker,
            speaker=claimed.mentions.get(statement.speaker_ref or ""),
            act=statement.act,
            target=statement.target,
            topics=sorted(statement.topics),
            report=claimed.report(statement.engagement),
            day=claimed.made_on(statement.engagement),
            confidence=statement.confidence,
            evidence=msgspec.to_builtins(statement.evidence),
        )


def _steps(claimed: _Claimed) -> Iterator[tables.MechanismStep]:
    if not claimed.readout.mechanisms:
        return
    words = packaged_thesaurus()
    about = countries_of(claimed.readout, words)
    for step in claimed.readout.mechanisms:
        date = step.date
        named = {code for party in step.parties if (code := words.country(party.name))}
        yield tables.MechanismStep(
            document=claimed.document,
            local=step.id,
            key=key_of(claimed.document, step.id),
            name=step.name,
            kind=step.kind,
            status=step.status,
            day=(date.start or date.end if date else None) or claimed.made_on(step.engagement),
            precision=date.precision if date else None,
            date_text=date.text if date else None,
            date_start=date.start if date else None,
            countries=sorted({*about, *named}),
            parties=[claimed.party(p.ref, p.name) for p in step.parties],
            report=claimed.report(step.engagement),
            commitment_local=step.commitment,
            confidence=step.confidence,
            evidence=msgspec.to_builtins(step.evidence),
        )
