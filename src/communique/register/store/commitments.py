"""Derives commitments: one record for a promise however many documents tell it, and what was heard of it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from communique.register import models as tables
from communique.register.resolving.commitment_claims import CommitmentClaim, FollowedCommitment, FollowUp
from communique.register.resolving.commitments import follow_commitments, related
from communique.register.resolving.mechanism_claims import HistoryStep, Mechanism, SameOrNot
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.store.changes import Change
from communique.register.store.followed import Following, conclude_record
from communique.register.store.judged import corrections, pair_judgements, rejected_keys
from communique.register.store.mechanisms import load_steps, party_actors

FIELDS = ("act", "what", "day", "last_day", "report_count", "mechanism_id", "review")
REPORTS: Following[tables.CommitmentReport, tables.Commitment] = Following(
    subject="commitment",
    records=tables.Commitment.objects,
    claims=tables.CommitmentReport.objects,
    blocks=tables.CommitmentBlock.objects,
    claim="report",
)


def derive_commitments(keys: set[str], mechanisms: Iterable[int] = ()) -> set[int]:
    """Derives the commitments of reports anew, with all that may tell, or follow up, the same.

    Args:
        keys: Keys of reports that are new, changed or judged.
        mechanisms: Numbers of mechanisms with new steps: commitments that use them have news.

    Returns:
        Numbers of the commitments that were written, merged or retracted.
    """
    reports = tables.CommitmentReport.objects
    keys = keys | set(reports.filter(commitment__mechanism__in=list(mechanisms)).values_list("key", flat=True))
    if not keys:
        return set()
    _write_blocks(keys)
    rows = REPORTS.together(keys, _related)
    rejected = rejected_keys("commitment", rows)
    claims = {key: claim for key, claim in load_commitments(rows.values()).items() if key not in rejected}
    said = pair_judgements("commitment", claims)
    judgements = [SameOrNot(left=a, right=b, is_same=True) for a, b in said.same]
    judgements += [SameOrNot(left=a, right=b, is_same=False) for a, b in said.different]
    copies = {row.document.sha256: row.document.copy_of.sha256 for row in rows.values() if row.document.copy_of}
    followed = follow_commitments(
        claims.values(), _mechanisms_of(claims.values()), judgements=judgements, copies=copies
    )
    return _write(followed, rows)


def load_commitments(rows: Iterable[tables.CommitmentReport]) -> dict[str, CommitmentClaim]:
    """Reports of commitments by key, as the following sees them."""
    listed = list(rows)
    actors = party_actors(listed)
    steps: dict[tuple[int, str], set[str]] = {}
    saying = tables.MechanismStep.objects.filter(document__in={row.document_id for row in listed})
    for document, local, key in saying.values_list("document", "commitment_local", "key"):
        if local:
            steps.setdefault((document, local), set()).add(key)
    return {row.key: commitment_claim(row, actors, steps.get((row.document_id, row.local), ())) for row in listed}


def commitment_claim(row: tables.CommitmentReport, actors: Mapping[str, int], steps: Iterable[str]) -> CommitmentClaim:
    """A report of a commitment as the following sees it.

    Args:
        row: The report.
        actors: Numbers of actors by the keys of mentions.
        steps: Keys of the steps of mechanisms that its document tells in the same words.
    """
    return CommitmentClaim(
        id=row.key,
        document=row.document.sha256,
        published=row.document.published,
        act=row.act,  # type: ignore[arg-type]
        what=row.what,
        parties=frozenset(f"a{actors[p['mention']]}" for p in row.parties if p["mention"] in actors),
        countries=frozenset(row.countries),
        date=row.day,
        steps=frozenset(steps),
        quote=row.quote,
        start=row.evidence[0]["start"],
        end=row.evidence[0]["end"],
    )


def block_keys(claim: CommitmentClaim) -> set[str]:
    """Keys under which a report is looked up: an owner (party or country) and a word of the content."""
    words = sorted(packaged_thesaurus().words(claim.what))
    return {f"{owner} {word}"[:200] for owner in claim.parties | claim.countries for word in words}


def _write_blocks(keys: set[str]) -> None:
    rows = list(tables.CommitmentReport.objects.filter(key__in=keys).select_related("document"))
    REPORTS.rewrite_blocks(rows, {key: block_keys(claim) for key, claim in load_commitments(rows).items()})


def _related(reports: list[tables.CommitmentReport], others: list[tables.CommitmentReport]) -> set[str]:
    return related(load_commitments(reports).values(), load_commitments(others).values())


def _mechanisms_of(claims: Iterable[CommitmentClaim]) -> list[Mechanism]:
    """The mechanisms that the reports' own steps belong to, with all of their history."""
    keys = {step for claim in claims for step in claim.steps}
    held = tables.MechanismStep.objects.filter(key__in=keys, mechanism__isnull=False).values("mechanism")
    rows = tables.MechanismStep.objects.filter(mechanism__in=held, is_repeat=False).select_related("document")
    steps: dict[int, list[HistoryStep]] = {}
    loaded = load_steps(rows)
    for row in sorted(rows, key=lambda r: (str(r.day), r.key)):
        claim = loaded[row.key]
        step = HistoryStep(date=claim.day, status=claim.status, claim=claim, documents=(claim.document,))
        steps.setdefault(row.mechanism_id or 0, []).append(step)
    return [
        Mechanism(
            id=f"m{record.pk}",
            name=record.name,
            kind=record.kind,  # type: ignore[arg-type]
            parties=frozenset(),
            status=record.status,  # type: ignore[arg-type]
            history=tuple(steps[record.pk]),
        )
        for record in tables.Mechanism.objects.filter(pk__in=steps).order_by("pk")
    ]


def _write(followed: Iterable[FollowedCommitment], rows: Mapping[str, tables.CommitmentReport]) -> set[int]:
    listed = list(followed)
    groups = [commitment.claims for commitment in listed]
    return REPORTS.write(groups, rows, lambda record, i: _write_one(record, listed[i], rows))


def _write_one(
    record: tables.Commitment, commitment: FollowedCommitment, rows: Mapping[str, tables.CommitmentReport]
) -> Change | None:
    reports = [rows[key] for key in commitment.claims]
    day = corrections(REPORTS.subject, commitment.claims).get("day", commitment.date)
    made = dt.date.fromisoformat(day) if isinstance(day, str) else day
    concluded = {
        "act": commitment.act,
        "what": commitment.what,
        "day": commitment.date,
        "last_day": max((day for day in (made, *(f.date for f in commitment.follow_ups)) if day), default=None),
        "mechanism_name": next((r.mechanism_name for r in reports if r.mechanism_name), None),
        "target": next((r.target for r in reports if r.target), None),
        "confidence": max(r.confidence for r in reports),
        "report_count": len({r.document_id for r in reports}),
        "mechanism_id": int(commitment.mechanism[1:]) if commitment.mechanism else None,
        "engagement_id": next((r.report.engagement_id for r in reports if r.report and r.report.engagement_id), None),
    }
    line = conclude_record(record, commitment.claims, REPORTS.subject, FIELDS, concluded)
    record.parties.set(int(actor[1:]) for actor in commitment.parties)
    tables.CommitmentReport.objects.filter(key__in=commitment.claims).update(commitment=record)
    _write_follow_ups(record, commitment.follow_ups)
    return line


def link_engagements(engagements: Collection[int]) -> None:
    """Points commitments to the engagements at which they were made, where these were written, merged or retracted."""
    made: set[int] = set()
    for at in ("engagement", "reports__report__engagement"):
        rows = tables.Commitment.objects.filter(**{f"{at}__in": engagements}, merged_into=None, retracted_at=None)
        made |= set(rows.values_list("pk", flat=True)) if engagements else set()
    wanted = engagements_of(made)
    for row in tables.Commitment.objects.filter(pk__in=made):
        if row.engagement_id != wanted[row.pk]:
            row.engagement_id = wanted[row.pk]
            row.save(update_fields=["engagement", "updated_at"])


def engagements_of(commitments: Collection[int]) -> dict[int, int | None]:
    """The engagement at which each commitment was made: that of its first report that tells one."""
    reports = tables.CommitmentReport.objects.filter(commitment__in=commitments, report__engagement__isnull=False)
    told = reports.order_by("-key").values_list("commitment", "report__engagement")
    return dict.fromkeys(commitments) | dict(told)


def _write_follow_ups(record: tables.Commitment, follow_ups: Iterable[FollowUp]) -> None:
    listed = list(follow_ups)
    keys = [follow_up.claim for follow_up in listed]
    claims: dict[str, tables.MechanismStep | tables.CommitmentReport] = {}
    claims.update({row.key: row for row in tables.MechanismStep.objects.filter(key__in=keys)})
    claims.update({row.key: row for row in tables.CommitmentReport.objects.filter(key__in=keys)})
    record.follow_ups.all().delete()
    tables.CommitmentFollowUp.objects.bulk_create(
        tables.CommitmentFollowUp(
            commitment=record,
            document_id=claims[follow_up.claim].document_id,
            day=follow_up.date,
            status=getattr(claims[follow_up.claim], "status", "mentioned"),
            evidence=claims[follow_up.claim].evidence[0],
            reason=follow_up.reason,
        )
        for follow_up in listed
    )
