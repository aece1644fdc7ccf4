"""Derives commitments: one record for a promise however many documents tell it, and what was heard of it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communique.register import models as tables
from communique.register.resolving.commitment_claims import CommitmentClaim, FollowedCommitment, FollowUp
from communique.register.resolving.commitments import follow_commitments
from communique.register.resolving.mechanism_claims import HistoryStep, Mechanism, SameOrNot
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.store.changes import end_record, log_change, snapshot
from communique.register.store.judged import corrections, pair_judgements, rejected_keys, review_state, tombstones
from communique.register.store.mechanisms import load_steps, party_actors
from communique.register.store.succession import succeed

FIELDS = ("act", "what", "day", "last_day", "report_count", "mechanism_id", "review")
# Reports of commitments that are followed together at most: see ``mechanisms.TOGETHER``.
TOGETHER = 400


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
    rows = {row.key: row for row in _together(keys)}
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
    return {
        row.key: CommitmentClaim(
            id=row.key,
            document=row.document.sha256,
            published=row.document.published,
            act=row.act,  # type: ignore[arg-type]
            what=row.what,
            parties=frozenset(f"a{actors[p['mention']]}" for p in row.parties if p["mention"] in actors),
            countries=frozenset(row.countries),
            date=row.day,
            steps=frozenset(steps.get((row.document_id, row.local), ())),
            quote=row.quote,
            start=row.evidence[0]["start"],
            end=row.evidence[0]["end"],
        )
        for row in listed
    }


def _write_blocks(keys: set[str]) -> None:
    """Keys of each report: an owner (party or country) and a word of the content."""
    words = packaged_thesaurus()
    rows = {row.key: row for row in tables.CommitmentReport.objects.filter(key__in=keys).select_related("document")}
    tables.CommitmentBlock.objects.filter(report__in=rows.values()).delete()
    tables.CommitmentBlock.objects.bulk_create(
        tables.CommitmentBlock(report=rows[key], key=f"{owner} {word}"[:200])
        for key, claim in load_commitments(rows.values()).items()
        for owner in sorted(claim.parties | claim.countries)
        for word in sorted(words.words(claim.what))
    )


def _together(keys: set[str]) -> list[tables.CommitmentReport]:
    reports = tables.CommitmentReport.objects
    found = set(reports.filter(key__in=keys).values_list("pk", flat=True))
    edge = set(found)
    while edge:
        blocks = tables.CommitmentBlock.objects.filter(report__in=edge).values("key")
        near = set(reports.filter(blocks__key__in=blocks).values_list("pk", flat=True))
        held = tables.Commitment.objects.filter(reports__in=edge | near)
        near |= set(reports.filter(commitment__in=held).values_list("pk", flat=True))
        edge = near - found
        found |= edge
        if len(found) > TOGETHER:
            break
    return list(reports.filter(pk__in=found).select_related("document", "document__copy_of"))


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
    groups = [list(commitment.claims) for commitment in listed]
    held = {key: row.commitment_id for key, row in rows.items() if row.commitment_id}
    affected = set(held.values())
    merged = tables.Commitment.objects.filter(merged_into__in=affected).order_by("-pk")
    former = {key: row.pk for row in merged for key in row.former_keys}
    succession = succeed(groups, held, affected, tombstones("commitment", rows) | former)
    written: list[tables.Commitment] = []
    for commitment, number in zip(listed, succession.record_of, strict=True):
        record = tables.Commitment.objects.get(pk=number) if number else tables.Commitment()
        _write_one(record, commitment, rows)
        written.append(record)
    told = {key for keys in groups for key in keys}
    tables.CommitmentReport.objects.filter(key__in=rows.keys() - told).update(commitment=None)
    for number in sorted(set(succession.merged) | succession.orphaned):
        survivor = written[succession.merged[number]] if number in succession.merged else None
        end_record(
            tables.Commitment.objects.get(pk=number),
            survivor,
            sorted(key for key, owner in held.items() if owner == number),
        )
    return {record.pk for record in written} | affected


def _write_one(
    record: tables.Commitment, commitment: FollowedCommitment, rows: Mapping[str, tables.CommitmentReport]
) -> None:
    before = snapshot(record, FIELDS) if record.pk else None
    reports = [rows[key] for key in commitment.claims]
    record.act, record.what, record.day = commitment.act, commitment.what, commitment.date
    record.mechanism_name = next((r.mechanism_name for r in reports if r.mechanism_name), None)
    record.target = next((r.target for r in reports if r.target), None)
    record.confidence = max(r.confidence for r in reports)
    record.report_count = len({r.document_id for r in reports})
    record.mechanism_id = int(commitment.mechanism[1:]) if commitment.mechanism else None
    record.engagement = next((r.report.engagement for r in reports if r.report and r.report.engagement), None)
    record.last_day = max((f.date for f in commitment.follow_ups), default=commitment.date)
    for field, value in corrections("commitment", commitment.claims).items():
        setattr(record, field, value)
    record.review = review_state("commitment", commitment.claims)
    record.merged_into, record.retracted_at, record.former_keys = None, None, []
    after = snapshot(record, FIELDS)
    if before is not None and before != after:
        record.version += 1
    record.save()
    record.parties.set(int(actor[1:]) for actor in commitment.parties)
    tables.CommitmentReport.objects.filter(key__in=commitment.claims).update(commitment=record)
    _write_follow_ups(record, commitment.follow_ups)
    if before != after:
        changed = {f: [before[f], after[f]] for f in FIELDS if before[f] != after[f]} if before else {}
        log_change(record.code, "updated" if before else "created", changed)


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
