"""The log of what changed, and who or what brought it about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from communique.register import models as tables
from communique.register.models.base import Concluded

READER = "reader"
# A line of the log: code of the record, what was done, and what changed by it.
Change = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What brings about the changes that are being made: a document, or a judgement, and whose."""

    author: str = READER
    document: tables.Document | None = None
    judgement: tables.Judgement | None = None


_cause: ContextVar[Cause] = ContextVar("cause", default=Cause())  # noqa: B039 - Cause is frozen


@contextmanager
def caused_by(cause: Cause) -> Iterator[None]:
    """Changes logged inside are put down to this cause."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)


@dataclass(slots=True)
class ChangedRecord:
    """What the log says of one record: whether it was made, and which fields changed."""

    is_new: bool = False
    fields: frozenset[str] = frozenset()


def log_change(record: str, action: str, what: dict[str, Any] | None = None) -> None:
    """Writes one line of the log."""
    log_changes([(record, action, what or {})])


def log_changes(lines: Iterable[Change]) -> None:
    """Writes lines of the log at once."""
    cause = _cause.get()
    tables.Change.objects.bulk_create(
        tables.Change(
            record=record,
            action=action,
            what=what,
            author=cause.author,
            document=cause.document,
            judgement=cause.judgement,
        )
        for record, action, what in lines
    )


def log_difference(record: Concluded, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Change | None:
    """The line of the log for a record that was concluded; None where nothing changed.

    Args:
        record: The record, written.
        before: Its fields as ``snapshot`` gave them; None for a new one.
        after: The same fields now.
    """
    if before is None:
        return record.code, "created", {}
    changed = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
    return (record.code, "updated", changed) if changed else None


def end_record(record: Concluded, survivor: Concluded | None, keys: Iterable[str]) -> None:
    """Ends a record: it goes on in the survivor, or leaves a tombstone. Its claims' keys let it revive."""
    record.former_keys = sorted(keys)
    record.merged_into = survivor
    record.retracted_at = None if survivor else timezone.now()
    record.version += 1
    record.save()
    log_change(record.code, "merged" if survivor else "retracted", {"into": survivor.code} if survivor else {})


def snapshot(record: models.Model, fields: Sequence[str]) -> dict[str, Any]:
    """The fields of a record as plain values, to be compared."""
    return {field: _plain(getattr(record, field)) for field in fields}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def changed_records(rows: QuerySet[tables.Change]) -> dict[int, ChangedRecord]:
    """What lines of the log say of the records of one kind, by number, in the order of their first line."""
    found: dict[int, ChangedRecord] = {}
    for record, action, what in rows.order_by("pk").values_list("record", "action", "what").iterator():
        changed = found.setdefault(int(record[1:]), ChangedRecord())
        changed.is_new |= action == "created"
        if action == "updated":
            changed.fields |= frozenset(what)
    return found
