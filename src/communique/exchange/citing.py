"""Ids of passages and documents: every exported row says where it comes from.

The id of a passage is its document's code, the claim's id in that document's readout, and the passage's number:
``d12/e1/2``. What introduces a participant has side and position in place of the number: ``d12/e1/1.2``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Protocol, TypeVar

from django.db.models import F, Func, IntegerField, Model, Prefetch, QuerySet

from communique.exchange.columns import Citations
from communique.register import models as tables

# Rows fetched together, with what hangs on them: some megabytes.
CHUNK = 500

# Databases differ on where what has no day belongs.
BY_DAY = F("day").asc(nulls_last=True)

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


class Cited(Protocol):
    """A row with passages of one document."""

    document_id: int
    local: str
    evidence: list[dict[str, Any]]


class PassageCount(Func):
    """The number of passages in a claim's evidence, counted by the database: they need not be fetched."""

    function = "JSON_ARRAY_LENGTH"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL keeps JSON in binary form."""
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH", **context)


def cite(claim: Cited) -> Citations:
    """The document and the passages of one claim."""
    return _cite([(claim.document_id, claim.local, len(claim.evidence))])


def citations(claims: QuerySet[Any], owner: str, numbers: Collection[int]) -> Iterator[tuple[int, Citations]]:
    """Where records are told, one after the other in the order of their numbers.

    Args:
        claims: The claims that may be theirs.
        owner: The field by which a claim belongs to a record ("engagement").
        numbers: Those of the records, some hundreds; one without a claim is passed over.
    """
    rows = claims.filter(**{f"{owner}__in": numbers}).order_by(owner, "document", "local")
    told = rows.values_list(owner, "document", "local", PassageCount(F("evidence")))
    for number, group in groupby(told.iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        yield number, _cite(row[1:] for row in group)


def _cite(claims: Iterable[tuple[int, str, int]]) -> Citations:
    """Citations of claims (document, local id, number of passages) in the order in which they come."""
    sources: dict[str, None] = {}
    evidence: list[str] = []
    for document, local, count in claims:
        sources[f"d{document}"] = None
        evidence += [passage_id(document, local, number) for number in range(1, count + 1)]
    return Citations(sources=tuple(sources), evidence=tuple(evidence))


def passage_id(document: int, local: str, number: int) -> str:
    """The id of a claim's passage, counted from 1."""
    return f"d{document}/{local}/{number}"


def participant_passage_id(document: int, local: str, side: int, position: int) -> str:
    """The id of the passage that names a participant of the report ``local``; side and position count from 0."""
    return f"d{document}/{local}/{side + 1}.{position + 1}"


def tenure_id(row: tables.Tenure) -> str:
    """The id of a tenure: derived anew, it keeps it as long as person and post are the same."""
    return f"a{row.actor_id}/{hashlib.sha256(row.post_key.encode()).hexdigest()[:8]}"


def observation_id(document: int, row: tables.Tenure) -> str:
    """The id of the passage in which a document gives the post to the person."""
    return f"d{document}/{tenure_id(row)}"


def follow_up_id(row: tables.CommitmentFollowUp) -> str:
    """The id of a follow-up, which is also that of its passage."""
    return f"d{row.document_id}/c{row.commitment_id}/u{row.pk}"


def parties() -> Prefetch[str]:
    """Fetches the parties of commitments and mechanisms along, in an order that is the same on every database."""
    return Prefetch("parties", queryset=tables.Actor.objects.order_by("pk"))


def document_numbers(digests: Iterable[str]) -> dict[str, int]:
    """Numbers of documents by their digests."""
    return dict(tables.Document.objects.filter(sha256__in=set(digests)).values_list("sha256", "pk"))


def stream(chosen: QuerySet[Row], fetched: QuerySet[Row] | None = None) -> Iterator[Row]:
    """The chosen rows, in their order.

    Numbers alone are sorted: a database that sorts whole rows holds them all in memory.

    Args:
        chosen: Which rows, in which order.
        fetched: How each is fetched: with what goes with it, and without what nobody needs.
    """
    for chunk in stream_chunks(chosen, fetched):
        yield from chunk


def stream_chunks(
    chosen: QuerySet[Row], fetched: QuerySet[Row] | None = None, size: int = CHUNK
) -> Iterator[list[Row]]:
    """The same, so many at a time: for what is fetched beside them."""
    rows = chosen.model._default_manager.all() if fetched is None else fetched
    for numbers in in_chunks(chosen.values_list("pk", flat=True).iterator(chunk_size=CHUNK), size):
        found = {row.pk: row for row in rows.filter(pk__in=numbers)}
        yield [found[number] for number in numbers]


def stream_values(chosen: QuerySet[Any], *names: str) -> Iterator[tuple[Any, ...]]:
    """Some fields of the chosen rows, in the order of their numbers: much cheaper than rows."""
    rows = chosen.model._default_manager.order_by("pk")
    for numbers in in_chunks(chosen.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK)):
        yield from rows.filter(pk__in=numbers).values_list(*names)


def in_chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The rows in lists of so many."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        yield chunk
