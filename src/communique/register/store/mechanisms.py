"""Derives mechanisms: steps that may speak of one are followed together; each is written with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from communique.register import models as tables
from communique.register.resolving.mechanism_claims import SameOrNot, StepClaim
from communique.register.resolving.mechanism_reports import FIRM_FROM
from communique.register.resolving.mechanism_units import block_keys
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.resolving.mechanisms import Mechanism, follow
from communique.register.store.changes import end_record, log_change, snapshot
from communique.register.store.judged import corrections, pair_judgements, rejected_keys, review_state, tombstones
from communique.register.store.succession import succeed

FIELDS = ("name", "kind", "status", "first_day", "last_day", "step_count", "review")
# Steps that are followed together at most. What hangs together by its keys is mostly some dozens; beyond this only the
# direct neighbours and the mechanisms they belong to are looked at, so that a large register stays quick.
TOGETHER = 400


def derive_mechanisms(keys: set[str]) -> set[int]:
    """Derives the mechanisms of steps anew, with all that may speak of the same.

    Args:
        keys: Keys of steps that are new, changed or judged.

    Returns:
        Numbers of the mechanisms that were written, merged or retracted.
    """
    if not keys:
        return set()
    _write_blocks(keys)
    rows = {row.key: row for row in _together(keys)}
    rejected = rejected_keys("mechanism", rows)
    claims = {key: claim for key, claim in load_steps(rows.values()).items() if key not in rejected}
    said = pair_judgements("mechanism", claims)
    judgements = [SameOrNot(left=a, right=b, is_same=True) for a, b in said.same]
    judgements += [SameOrNot(left=a, right=b, is_same=False) for a, b in said.different]
    following = follow(claims.values(), judgements=judgements, copies=_copies(rows.values()))
    return _write(following.mechanisms, claims, rows)


def load_steps(rows: Iterable[tables.MechanismStep]) -> dict[str, StepClaim]:
    """Steps by key, as the following sees them."""
    listed = list(rows)
    actors = party_actors(listed)
    return {
        row.key: StepClaim(
            id=row.key,
            document=row.document.sha256,
            published=row.document.published,
            name=row.name,
            kind=row.kind,  # type: ignore[arg-type]
            status=row.status,  # type: ignore[arg-type]
            parties=frozenset(f"a{actors[p['mention']]}" for p in row.parties if p["mention"] in actors),
            countries=frozenset(row.countries),
            date=row.date_start,
            quote=row.quote,
            start=row.evidence[0]["start"],
            end=row.evidence[0]["end"],
            is_firm=row.confidence >= FIRM_FROM,
        )
        for row in listed
    }


def party_actors(rows: Iterable[tables.MechanismStep | tables.CommitmentReport]) -> dict[str, int]:
    """Numbers of the actors of the parties that claims name, by the keys of the mentions."""
    named = {party["mention"] for row in rows for party in row.parties if party["mention"]}
    mentions = tables.Mention.objects.filter(key__in=named, profile__actor__isnull=False)
    return {key: number for key, number in mentions.values_list("key", "profile__actor") if number}


def _write_blocks(keys: set[str]) -> None:
    words = packaged_thesaurus()
    rows = {row.key: row for row in tables.MechanismStep.objects.filter(key__in=keys).select_related("document")}
    tables.MechanismBlock.objects.filter(step__in=rows.values()).delete()
    tables.MechanismBlock.objects.bulk_create(
        tables.MechanismBlock(step=rows[key], key=block[:200])
        for key, claim in load_steps(rows.values()).items()
        for block in sorted(block_keys(claim, words))
    )


def _together(keys: set[str]) -> list[tables.MechanismStep]:
    """Steps that hang together with these by a shared key, or by the mechanism they belong to so far."""
    steps = tables.MechanismStep.objects
    found = set(steps.filter(key__in=keys).values_list("pk", flat=True))
    edge = set(found)
    while edge:
        blocks = tables.MechanismBlock.objects.filter(step__in=edge).values("key")
        near = set(tables.MechanismBlock.objects.filter(key__in=blocks).values_list("step", flat=True))
        near |= set(
            steps.filter(mechanism__in=steps.filter(pk__in=edge | near).values("mechanism")).values_list(
                "pk", flat=True
            )
        )
        edge = near - found
        found |= edge
        if len(found) > TOGETHER:
            break
    return list(steps.filter(pk__in=found).select_related("document", "document__copy_of"))


def _copies(rows: Iterable[tables.MechanismStep]) -> dict[str, str]:
    return {row.document.sha256: row.document.copy_of.sha256 for row in rows if row.document.copy_of}


def _write(
    mechanisms: Sequence[Mechanism], claims: Mapping[str, StepClaim], rows: Mapping[str, tables.MechanismStep]
) -> set[int]:
    groups = [[key for key in claims if key in _claims_of(mechanism, claims)] for mechanism in mechanisms]
    held = {key: row.mechanism_id for key, row in rows.items() if row.mechanism_id}
    affected = set(held.values())
    former = {
        key: row.pk
        for row in tables.Mechanism.objects.filter(merged_into__in=affected).order_by("-pk")
        for key in row.former_keys
    }
    succession = succeed(groups, held, affected, tombstones("mechanism", rows) | former)
    written: list[tables.Mechanism] = []
    for mechanism, keys, number in zip(mechanisms, groups, succession.record_of, strict=True):
        record = tables.Mechanism.objects.get(pk=number) if number else tables.Mechanism()
        _write_one(record, mechanism, keys)
        written.append(record)
    told = {key for keys in groups for key in keys}
    tables.MechanismStep.objects.filter(key__in=[key for key in rows if key not in told]).update(mechanism=None)
    for number in sorted(set(succession.merged) | succession.orphaned):
        survivor = written[succession.merged[number]] if number in succession.merged else None
        if survivor is None and tables.MechanismStep.objects.filter(mechanism=number).exists():
            continue
        end_record(
            tables.Mechanism.objects.get(pk=number), survivor, [key for key, owner in held.items() if owner == number]
        )
    return {record.pk for record in written} | affected


def _claims_of(mechanism: Mechanism, claims: Mapping[str, StepClaim]) -> set[str]:
    """Keys of all its steps: those of the history, and those of copies that repeat them."""
    documents = {(step.claim.name, step.claim.status): set(step.documents) for step in mechanism.history}
    own = {step.claim.id for step in mechanism.history}
    repeats = {key for key, claim in claims.items() if claim.document in documents.get((claim.name, claim.status), ())}
    return own | repeats


def _write_one(record: tables.Mechanism, mechanism: Mechanism, keys: Sequence[str]) -> None:
    before = snapshot(record, FIELDS) if record.pk else None
    days = sorted(step.date for step in mechanism.history if step.date)
    record.name, record.kind, record.status = mechanism.name[:500], mechanism.kind, mechanism.status
    record.first_day, record.last_day = (days[0], days[-1]) if days else (None, None)
    record.step_count = len(mechanism.history)
    for field, value in corrections("mechanism", keys).items():
        setattr(record, field, value)
    record.review = review_state("mechanism", keys)
    record.merged_into, record.retracted_at, record.former_keys = None, None, []
    after = snapshot(record, FIELDS)
    if before is not None and before != after:
        record.version += 1
    record.save()
    record.parties.set(int(actor[1:]) for actor in mechanism.parties)
    told = {step.claim.id for step in mechanism.history}
    tables.MechanismStep.objects.filter(key__in=keys).update(mechanism=record, is_repeat=True)
    tables.MechanismStep.objects.filter(key__in=told).update(is_repeat=False)
    if before != after:
        changed = {f: [before[f], after[f]] for f in FIELDS if before[f] != after[f]} if before else {}
        log_change(record.code, "updated" if before else "created", changed)
