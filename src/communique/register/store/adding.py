"""Adds sources to a register: several processes read, one writes; it can be killed at any moment and goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction

from communique.engine import Failure, ReadOptions, Source, Success, read_sources
from communique.errors import CommuniqueError
from communique.register import models as tables
from communique.register.store.deriving import derive_pending
from communique.register.store.keeping import Delivery, Kept, keep

# Documents kept before their claims are put into the conclusions: what is derived together is looked up together.
DERIVE_EVERY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOptions:
    """How sources are added.

    Attributes:
        read: How they are read.
        author: Who adds them.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    author: str = ""


def add_sources(
    sources: Iterable[str | Path | Source], options: AddOptions | None = None
) -> Iterator[Success | Failure]:
    """Reads sources and keeps what they say; gives each outcome once it is kept.

    What an earlier, interrupted addition left half done is finished first. Each document is kept in a transaction of
    its own; those that were kept and not yet derived are marked, so that nothing is lost between the two.
    """
    options = options or AddOptions()
    derive_pending()
    waiting = 0
    for outcome in read_sources(sources, replace(options.read, keeps_originals=True)):
        if isinstance(outcome, Failure):
            note_failure(outcome)
            yield outcome
            continue
        try:
            kept = keep_outcome(outcome, options.author)
        except CommuniqueError as error:
            failure = Failure.of(outcome.uri, error)
            note_failure(failure)
            yield failure
            continue
        waiting += kept.is_changed
        if waiting >= DERIVE_EVERY:
            derive_pending()
            waiting = 0
        yield outcome
    derive_pending()


def keep_outcome(outcome: Success, author: str) -> Kept:
    """Keeps one document that was read."""
    return keep(
        Delivery(
            readout=outcome.readout,
            text=outcome.document.text,
            original=_original(outcome),
            author=author,
        )
    )


def _original(outcome: Success) -> bytes | None:
    """The document's bytes, unless its file changed since it was read: then the bytes are of another document."""
    content = outcome.original
    return content if content is not None and hashlib.sha256(content).hexdigest() == outcome.document.id else None


def note_failure(failure: Failure) -> None:
    """Keeps a failure as a row, in place of an earlier one of the same source."""
    with transaction.atomic():
        tables.FailedDocument.objects.update_or_create(
            uri=_storable(failure.uri), defaults={"error": failure.error, "message": _storable(failure.message)}
        )


def _storable(text: str) -> str:
    """A text that every database takes: hostile names can hold what PostgreSQL, or UTF-8, has no room for."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")
