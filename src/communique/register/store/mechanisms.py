"""Derives mechanisms: steps that may speak of one are followed together; each is written with its history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, Manager, When

from communique.register import models as tables
from communique.register.resolving.mechanism_claims import SameOrNot, StepClaim
from communique.register.resolving.mechanism_reports import FIRM_FROM
from communique.register.resolving.mechanism_units import block_keys
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.resolving.mechanisms import Mechanism, follow, related
from communique.register.store.changes import Change
from communique.register.store.followed import Following, conclude_record
from communique.register.store.judged import pair_judgements, rejected_keys

FIELDS = ("name", "kind", "status", "first_day", "last_day", "step_count", "review")
STEPS: Following[tables.MechanismStep, tables.Mechanism] = Following(
    subject="mechanism",
    records=tables.Mechanism.objects,
    claims=tables.MechanismStep.objects,
    blocks=tables.MechanismBlock.objects,
    claim="step",
)


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
    rows = STEPS.together(keys, _related)
    rejected = rejected_keys("mechanism", rows)
    claims = {key: claim for key, claim in load_steps(rows.values()).items() if key not in rejected}
    said = pair_judgements("mechanism", claims)
    judgements = [SameOrNot(left=a, right=b, is_same=True) for a, b in said.same]
    judgements += [SameOrNot(left=a, right=b, is_same=False) for a, b in said.different]
    following = follow(claims.values(), judgements=judgements, copies=_copies(rows.values()))
    return _write(following.mechanisms, rows)


def load_steps(rows: Iterable[tables.MechanismStep]) -> dict[str, StepClaim]:
    """Steps by key, as the following sees them."""
    listed = list(rows)
    actors = party_actors(listed)
    return {row.key: step_claim(row, actors) for row in listed}


def step_claim(row: tables.MechanismStep, actors: Mapping[str, int]) -> StepClaim:
    """A step as the following sees it; ``actors`` are those of mentions by key."""
    return StepClaim(
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


def party_actors(rows: Iterable[tables.MechanismStep | tables.CommitmentReport]) -> dict[str, int]:
    """Numbers of the actors of the parties that claims name, by the keys of the mentions."""
    named = {party["mention"] for row in rows for party in row.parties if party["mention"]}
    mentions = tables.Mention.objects.filter(key__in=named, profile__actor__isnull=False)
    return {key: number for key, number in mentions.values_list("key", "profile__actor") if number}


def claims_of_parties(claims: Manager[Any], mentions: Collection[str], profiles: Collection[int]) -> set[str]:
    """Keys of the steps, or of the reports of commitments, one of whose parties is a mention, or one of a profile."""
    found: set[str] = set()
    for chosen in ({"key__in": mentions}, {"profile__in": profiles}):
        if not any(chosen.values()):
            continue
        naming = tables.Mention.objects.filter(**chosen)
        rows = claims.filter(document__in=naming.values("document")).values_list("key", "parties")
        named = [(key, party["mention"]) for key, parties in rows for party in parties if party["mention"]]
        theirs = set(naming.filter(key__in={mention for _, mention in named}).values_list("key", flat=True))
        found |= {key for key, mention in named if mention in theirs}
    return found


def _write_blocks(keys: set[str]) -> None:
    words = packaged_thesaurus()
    rows = list(tables.MechanismStep.objects.filter(key__in=keys).select_related("document"))
    STEPS.rewrite_blocks(rows, {key: block_keys(claim, words) for key, claim in load_steps(rows).items()})


def _related(steps: list[tables.MechanismStep], others: list[tables.MechanismStep]) -> set[str]:
    return related(load_steps(steps).values(), load_steps(others).values())


def _copies(rows: Iterable[tables.MechanismStep]) -> dict[str, str]:
    return {row.document.sha256: row.document.copy_of.sha256 for row in rows if row.document.copy_of}


def _write(mechanisms: Sequence[Mechanism], rows: Mapping[str, tables.MechanismStep]) -> set[int]:
    groups = [mechanism.claims for mechanism in mechanisms]
    return STEPS.write(groups, rows, lambda record, i: _write_one(record, mechanisms[i]))


def _write_one(record: tables.Mechanism, mechanism: Mechanism) -> Change | None:
    days = sorted(step.date for step in mechanism.history if step.date)
    concluded = {
        "name": mechanism.name[:500],
        "kind": mechanism.kind,
        "status": mechanism.status,
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "step_count": len(mechanism.history),
    }
    line = conclude_record(record, mechanism.claims, STEPS.subject, FIELDS, concluded)
    record.parties.set(int(actor[1:]) for actor in mechanism.parties)
    told = {step.claim.id for step in mechanism.history}
    tables.MechanismStep.objects.filter(key__in=mechanism.claims).update(
        mechanism=record, is_repeat=Case(When(key__in=told, then=False), default=True)
    )
    return line
