"""Rows of made-up news, as adding and deriving would have left them. Import it once a register is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Model
from tests.register.telling import Paper, Told, tell

from benchmarks.bulk_rows import BulkRows
from benchmarks.made_up_cast import Cast, document_id, introduced, repeated
from communique.engine.copies import bands, digest
from communique.model import Readout
from communique.register import models as tables
from communique.register import text_search
from communique.register.resolving.conclusions import conclude
from communique.register.resolving.engagements import group_reports, score_pairs
from communique.register.resolving.mechanism_units import block_keys as step_keys
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.resolving.mechanisms import reached
from communique.register.resolving.reports import EngagementClaim
from communique.register.store import actor_records, commitments, engagement_fields, keeping, mechanisms, profiles
from communique.register.store.claim_rows import ClaimRows
from communique.register.store.claims import ParticipantRow, ReportRow, claim_of
from communique.register.store.engagement_summary import summarize


class StoryRows:
    """Writes one engagement after the other, with all that reports it and follows from it."""

    def __init__(self, rows: BulkRows, cast: Cast, times: int) -> None:
        self._rows, self._times = rows, times
        self._names: dict[int, str] = {}
        self._steps: dict[str, list[tables.MechanismStep]] = {}
        self._parties: dict[str, set[int]] = {}
        owners = self._write_cast(cast)
        self._owners = {word: owners[key] for word, key in cast.key_of.items()}
        self._actors = {word: profile.actor.pk for word, profile in self._owners.items() if profile.actor}

    def write(self, story: Sequence[tuple[Told, Paper]]) -> None:
        """Writes an engagement: its documents, their claims, and what is concluded from them."""
        claimed = ClaimRows()
        words: list[str] = []
        for told, paper in story:
            self._write_document(claimed, tell(told, paper=paper), document_id(paper.number))
            words += introduced(told)
        actors: dict[str, int] = {}
        for mention, word in zip(claimed.mentions, words, strict=True):
            mention.profile = self._owners[word]
            actors[mention.key] = self._actors[word]
        for participant in claimed.participants:
            participant.actor_id = actors[participant.mention.key]
        for report in claimed.reports:
            report.pk = self._rows.number(tables.EngagementReport)
        self._add(claimed.mentions)
        self._conclude_engagements(claimed)
        self._add(claimed.reports)
        self._add(claimed.participants)
        self._write_commitments(claimed.commitments, actors)
        self._write_steps(claimed.steps, actors)

    def write_mechanisms(self) -> None:
        """Writes the mechanisms of all engagements, once these are written."""
        through = tables.Mechanism.parties.through
        for name, steps in self._steps.items():
            days = sorted(step.day for step in steps if step.day)
            record = tables.Mechanism(
                pk=steps[0].mechanism_id,
                name=name,
                kind=steps[0].kind,
                status=reached(step.status for step in steps),  # type: ignore[misc]
                first_day=days[0],
                last_day=repeated(days[-1], self._times),
                step_count=len(steps) * self._times,
            )
            self._rows.add(record)
            self._add(through(mechanism=record, actor_id=actor) for actor in sorted(self._parties[name]))

    def _write_cast(self, cast: Cast) -> dict[str, tables.Profile]:
        """Writes profiles and actors; gives the profiles by key."""
        owners: dict[str, tables.Profile] = {}
        for keys in cast.resolution.clusters:
            actor = tables.Actor()
            actor_records.fill(actor, [cast.profiles[key] for key in keys])
            self._rows.add(actor)
            self._names[actor.pk] = actor.name
            for key in keys:
                row = tables.Profile(key=key, type=cast.profiles[key].type, actor=actor)
                profiles.fill_profile(row, cast.profiles[key])
                self._rows.add(row)
                self._add(profiles.blocks_of(row, cast.profiles[key]))
                owners[key] = row
        for decision in cast.resolution.decisions:
            row_of_pair = tables.ActorDecision(left=owners[decision.left], right=owners[decision.right])
            row_of_pair.score, row_of_pair.verdict = decision.score, decision.verdict
            row_of_pair.reason = decision.reason
            self._rows.add(row_of_pair)
        return owners

    def _write_document(self, claimed: ClaimRows, readout: Readout, number: str) -> None:
        readout = replace(readout, document=replace(readout.document, id=number))
        head, text = readout.document, readout.document.text or ""
        delivery = keeping.Delivery(readout=readout, text=text, original=None)
        row = keeping.document_row(delivery)
        row.is_derived, row.digest = True, digest(text)
        self._rows.add(row)
        self._rows.add(keeping.content_row(row, delivery))
        self._rows.add(tables.Address(document=row, uri=head.uri))
        self._rows.add_values(tables.CopyBand, ((row.pk, band) for band in bands(row.digest)))
        self._rows.index(text_search.DOCUMENTS, row.pk, keeping.searchable_text(head.title, text, head.body))
        claimed.add(row, readout)

    def _conclude_engagements(self, claimed: ClaimRows) -> None:
        reports = {report.key: report for report in claimed.reports}
        claims = _claims(claimed)
        ordered = sorted(claims)
        pairs = [
            pair
            for position, key in enumerate(ordered)
            for pair in score_pairs(claims[key], (claims[other] for other in ordered[position + 1 :]))
        ]
        for pair in pairs:
            score = {"score": pair.score.score, "verdict": pair.score.verdict, "reason": pair.score.reason}
            self._rows.add(tables.ReportLink(left_id=reports[pair.left].pk, right_id=reports[pair.right].pk, **score))
        for keys in group_reports(claims, pairs):
            self._conclude(keys, reports, claims)

    def _conclude(
        self,
        keys: Sequence[str],
        reports: Mapping[str, tables.EngagementReport],
        claims: Mapping[str, EngagementClaim],
    ) -> None:
        own = {key: reports[key] for key in keys}
        record = tables.Engagement()
        conclusion = conclude([claims[key] for key in keys])
        engagement_fields.fill(record, conclusion, own)
        record.day = record.date_start or record.date_end
        sides = engagement_fields.sides_of(conclusion)
        record.summary = summarize(record, [[self._names[actor] for actor in side] for side in sides])
        record.search_text = engagement_fields.searchable(record, own.values())
        self._rows.add(record)
        self._rows.index(text_search.ENGAGEMENTS, record.pk, record.search_text)
        for report in own.values():
            report.engagement = record
        self._add(tables.EngagementTopic(engagement=record, topic=topic) for topic in record.topics)
        self._add(
            tables.EngagementParticipant(
                engagement=record, actor_id=actor, side=i, position=j, day=record.day, kind=record.kind
            )
            for i, side in enumerate(sides)
            for j, actor in enumerate(side)
        )

    def _write_commitments(self, reports: Sequence[tables.CommitmentReport], actors: Mapping[str, int]) -> None:
        """One commitment an engagement: the made-up ones make no more."""
        if not reports:
            return
        first = reports[0]
        days = sorted(row.day for row in reports if row.day)
        record = tables.Commitment(act=first.act, what=first.what, day=days[0], last_day=days[-1])
        record.report_count, record.engagement = len(reports), first.report.engagement if first.report else None
        self._rows.add(record)
        parties = {actors[party["mention"]] for row in reports for party in row.parties if party["mention"] in actors}
        through = tables.Commitment.parties.through
        self._add(through(commitment=record, actor_id=actor) for actor in sorted(parties))
        for row in reports:
            row.commitment = record
            self._rows.add(row)
            keys = commitments.block_keys(commitments.commitment_claim(row, actors, ()))
            self._add(tables.CommitmentBlock(report=row, key=key) for key in sorted(keys))

    def _write_steps(self, steps: Sequence[tables.MechanismStep], actors: Mapping[str, int]) -> None:
        for row in steps:
            known = self._steps.setdefault(row.name, [])
            row.mechanism_id = known[0].mechanism_id if known else len(self._steps)
            known.append(row)
            claim = mechanisms.step_claim(row, actors)
            self._parties.setdefault(row.name, set()).update(int(actor[1:]) for actor in claim.parties)
            self._rows.add(row)
            keys = step_keys(claim, packaged_thesaurus())
            self._add(tables.MechanismBlock(step=row, key=key[:200]) for key in sorted(keys))

    def _add(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self._rows.add(row)


def _claims(claimed: ClaimRows) -> dict[str, EngagementClaim]:
    """The reports as the merging sees them, as they would be loaded."""
    told: dict[str, list[ParticipantRow]] = {report.key: [] for report in claimed.reports}
    for row in claimed.participants:
        mention = row.mention
        told[row.report.key].append(
            ParticipantRow(
                row.report.pk,
                row.side,
                row.is_lead,
                row.actor_id,
                mention.key,
                mention.type,
                mention.name,
                mention.data,
            )
        )
    return {row.key: claim_of(_report_row(row), told[row.key]) for row in claimed.reports}


def _report_row(row: tables.EngagementReport) -> ReportRow:
    document = row.document
    return ReportRow(
        number=row.pk,
        key=row.key,
        document=document.sha256,
        site=document.site,
        uri=document.uri,
        original=None,
        original_site=None,
        original_uri=None,
        published=document.published,
        kind=row.kind,
        status=row.status,
        background=row.background,
        start=row.date_start,
        end=row.date_end,
        precision=row.precision,
        place=row.place,
        country=row.country,
        labels=row.side_labels,
        confidence=row.confidence,
        day_words=row.date_text,
        place_words=row.place_text,
        latitude=row.latitude,
        longitude=row.longitude,
        evidence=row.evidence,
    )
