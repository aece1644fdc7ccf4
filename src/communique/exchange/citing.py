"""Ids of passages and documents: every exported row says where it comes from.

The id of a passage is its document's code, the claim's id in that document's readout, and the passage's number:
``d12/e1/2``. What introduces a participant has side and position in place of the number: ``d12/e1/1.2``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from django.db.models import Model, QuerySet

from communique.exchange.columns import Citations
from communique.register import models as tables

# Rows fetched together, with what hangs on them: some megabytes.
CHUNK = 500

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


class Cited(Protocol):
    """A row with passages of one document."""

    document_id: int
    local: str
    evidence: list[dict[str, Any]]


def cite(claims: Iterable[Cited]) -> Citations:
    """The documents and passages of claims, in the order of the documents."""
    ordered = sorted(claims, key=lambda claim: (claim.document_id, claim.local))
    return Citations(
        sources=tuple(dict.fromkeys(f"d{claim.document_id}" for claim in ordered)),
        evidence=tuple(passage_id(claim, number) for claim in ordered for number in range(1, len(claim.evidence) + 1)),
    )


def passage_id(claim: Cited, number: int) -> str:
    """The id of a claim's passage, counted from 1."""
    return f"d{claim.document_id}/{claim.local}/{number}"


def participant_passage_id(row: tables.ReportParticipant) -> str:
    """The id of the passage that names a participant. The row's report must be loaded."""
    return f"d{row.report.document_id}/{row.report.local}/{row.side + 1}.{row.position + 1}"


def tenure_id(row: tables.Tenure) -> str:
    """The id of a tenure: derived anew, it keeps it as long as person and post are the same."""
    return f"a{row.actor_id}/{hashlib.sha256(row.post_key.encode()).hexdigest()[:8]}"


def observation_id(document: int, row: tables.Tenure) -> str:
    """The id of the passage in which a document gives the post to the person."""
    return f"d{document}/{tenure_id(row)}"


def follow_up_id(row: tables.CommitmentFollowUp) -> str:
    """The id of a follow-up, which is also that of its passage."""
    return f"d{row.document_id}/c{row.commitment_id}/u{row.pk}"


def document_numbers(digests: Iterable[str]) -> dict[str, int]:
    """Numbers of documents by their digests."""
    return dict(tables.Document.objects.filter(sha256__in=set(digests)).values_list("sha256", "pk"))


def stream(rows: QuerySet[Row]) -> Iterator[Row]:
    """The rows of a query, in its order, with all that it fetches along.

    Only their numbers are sorted; a database that sorts whole rows holds them all in memory.
    """
    for numbers in in_chunks(rows.values_list("pk", flat=True).iterator(chunk_size=CHUNK)):
        found = {row.pk: row for row in rows.order_by().filter(pk__in=numbers)}
        yield from (found[number] for number in numbers)


def in_chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The rows in lists of so many."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        yield chunk
