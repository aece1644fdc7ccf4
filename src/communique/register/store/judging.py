"""Judgements: people accept, correct, reject, merge and part records; every decision is logged and can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from communique.errors import RecordNotFound, RegisterError, StaleDecision
from communique.register import models as tables
from communique.register.models.base import Concluded
from communique.register.store.changes import Cause, caused_by, log_change
from communique.register.store.codes import SUBJECTS, find_record
from communique.register.store.correcting import check_correction
from communique.register.store.deriving import derive_from
from communique.register.store.dormant import index_judgement
from communique.register.store.writing import exclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision on one record.

    Attributes:
        code: The record ("e17").
        author: Who decides.
        version: The version of the record that they saw; None to decide whatever it says by now.
        note: Why, in their words.
        batch: Shared by decisions that were made, and are undone, together.
    """

    code: str
    author: str
    version: int | None = None
    note: str = ""
    batch: str = ""


def accept(decision: Decision) -> tables.Judgement:
    """Says that a record is right."""
    return _judge(decision, "accept")


def reject(decision: Decision) -> tables.Judgement:
    """Says that what the reader took for this record is none: it is retracted, and keeps a tombstone.

    Raises:
        RegisterError: If it is an actor: somebody who is named exists, whatever is told of them.
    """
    if isinstance(find_record(decision.code), tables.Actor):
        raise RegisterError(f"{decision.code} is an actor, and cannot be rejected. Correct it, or part its mentions.")
    return _judge(decision, "reject")


def correct(decision: Decision, field: str, value: Any) -> tables.Judgement:
    """Puts a value in place of what was concluded.

    Raises:
        RegisterError: If the field is none that can be corrected, or the value none that it can have.
    """
    check_correction(_subject_of(find_record(decision.code)), field, value)
    return _judge(decision, "correct", field=field, value=value)


def merge(decision: Decision, other: str) -> tables.Judgement:
    """Says that two records are one: they go on under the older number.

    Raises:
        StaleDecision: If either was merged or retracted.
    """
    return _judge(decision, "same", other=other)


def keep_apart(decision: Decision, other: str) -> tables.Judgement:
    """Says that two records are not the same.

    Raises:
        StaleDecision: If either was merged or retracted.
    """
    return _judge(decision, "different", other=other)


def split(decision: Decision, keys: Sequence[str]) -> tables.Judgement:
    """Parts claims from the record that holds them.

    Raises:
        RegisterError: If the keys are not some, but not all, of its claims.
    """
    with exclusive():
        record = _open(decision)
        held = set(claim_keys(record))
        chosen = set(keys)
        if not chosen < held or not chosen:
            raise RegisterError(f"Choose some, not all, of the {len(held)} reports of {decision.code} to be parted.")
        return _keep(decision, record, "different", sorted(chosen), sorted(held - chosen))


def undo(judgement: tables.Judgement, author: str) -> None:
    """Takes a judgement back, and all that were made in the same batch, the last one first.

    Raises:
        RecordNotFound: If it has been taken back already.
    """
    with exclusive():
        # Read again: meanwhile it may have been taken back, or its claims may have been read anew under other keys.
        standing = tables.Judgement.objects.filter(undone_at__isnull=True).order_by("-pk")
        rows = list(standing.filter(batch=judgement.batch) if judgement.batch else standing.filter(pk=judgement.pk))
        if not rows:
            raise RecordNotFound(f"{judgement.code} has been taken back already.")
        for row in rows:
            row.undone_at, row.undone_by = timezone.now(), author
            row.save(update_fields=["undone_at", "undone_by"])
            with caused_by(Cause(author=author, judgement=row)):
                log_change(row.record, "undone", {"judgement": row.code, "kind": row.kind})
                _derive(row.subject, [*row.keys, *row.other_keys])


def new_batch() -> str:
    """A name for decisions that are made together."""
    return uuid.uuid4().hex


def claim_keys(record: Concluded) -> list[str]:
    """Keys of the claims that a record was concluded from; for an actor one mention stands for each profile."""
    if isinstance(record, tables.Actor):
        profiles = with_first_mention(tables.Profile.objects.filter(actor=record))
        return sorted(key for key in profiles.values_list("first", flat=True) if key)
    related = {
        tables.Engagement: tables.EngagementReport.objects.filter(engagement=record.pk),
        tables.Mechanism: tables.MechanismStep.objects.filter(mechanism=record.pk),
        tables.Commitment: tables.CommitmentReport.objects.filter(commitment=record.pk),
    }
    return list(related[type(record)].order_by("key").values_list("key", flat=True))


def with_first_mention(profiles: QuerySet[tables.Profile]) -> QuerySet[Any]:
    """Profiles with the key of the mention that stands for each as ``first``: the first in the order of days."""
    mentions = tables.Mention.objects.filter(profile=OuterRef("pk")).order_by("day", "key")
    return profiles.annotate(first=Subquery(mentions.values("key")[:1]))


def _subject_of(record: Concluded) -> str:
    return SUBJECTS[record.PREFIX]


def _open(decision: Decision) -> Concluded:
    record = _find_live(decision.code)
    if decision.version is not None and record.version != decision.version:
        raise StaleDecision(
            f"{decision.code} changed meanwhile (version {record.version}, you saw {decision.version}). Look again."
        )
    return record


def _find_live(code: str) -> Concluded:
    record = find_record(code)
    if not record.is_live:
        raise StaleDecision(f"{code} was merged or retracted meanwhile. Load it again.")
    return record


def _judge(decision: Decision, kind: str, *, other: str = "", field: str = "", value: Any = None) -> tables.Judgement:
    with exclusive():
        record = _open(decision)
        others: Iterable[str] = ()
        if other:
            second = _find_live(other)
            if type(second) is not type(record) or second.pk == record.pk:
                raise RegisterError(f"{decision.code} and {other} cannot be compared: choose two records of one kind.")
            others = claim_keys(second)
        return _keep(decision, record, kind, claim_keys(record), list(others), field=field, value=value)


def _keep(  # noqa: PLR0913 - private: the columns of one row
    decision: Decision,
    record: Concluded,
    kind: str,
    keys: Sequence[str],
    others: Sequence[str],
    *,
    field: str = "",
    value: Any = None,
) -> tables.Judgement:
    with exclusive():
        judgement = tables.Judgement.objects.create(
            author=decision.author,
            kind=kind,
            subject=_subject_of(record),
            keys=list(keys),
            other_keys=list(others),
            field=field,
            value=value,
            note=decision.note,
            record=record.code,
            record_version=record.version,
            batch=decision.batch,
        )
        index_judgement(judgement)
        with caused_by(Cause(author=decision.author, judgement=judgement)):
            log_change(record.code, "judged", {"kind": kind, "field": field, "value": value, "note": decision.note})
            _derive(judgement.subject, [*keys, *others])
    return judgement


def _derive(subject: str, keys: Sequence[str]) -> None:
    documents: set[int] = set()
    if subject in ("mechanism", "commitment"):
        hashes = {key.partition("/")[0] for key in keys}
        documents = set(tables.Document.objects.filter(sha256__in=hashes).values_list("pk", flat=True))
    derive_from(
        mentions=keys if subject == "actor" else (),
        reports=keys if subject == "engagement" else (),
        documents=documents,
    )
