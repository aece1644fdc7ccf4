"""Links between conclusions that do not say what follows from the claims any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from communique.register import models as tables
from communique.register.store.commitments import engagements_of
from communique.register.store.mechanisms import party_actors
from communique.register.store.tenures import organizations_of

CHUNK = 200


def stale_links() -> Iterator[tuple[str, str]]:
    """Links that lead elsewhere than they should: the code of the record, and what is wrong."""
    yield from _engagements_of_commitments()
    yield from _parties(tables.Mechanism, tables.MechanismStep, "mechanism")
    yield from _parties(tables.Commitment, tables.CommitmentReport, "commitment")
    yield from _organizations()


def _engagements_of_commitments() -> Iterator[tuple[str, str]]:
    rows = tables.Commitment.objects.filter(merged_into=None, retracted_at=None).order_by("pk")
    for chunk in _chunks(rows.values_list("pk", "engagement").iterator(CHUNK)):
        wanted = engagements_of([number for number, _ in chunk])
        for number, found in chunk:
            if found != wanted[number]:
                yield f"c{number}", f"It was made at {_code(found)}, its reports say at {_code(wanted[number])}."


def _parties(records: Any, claims: Any, home: str) -> Iterator[tuple[str, str]]:
    rows = records.objects.filter(merged_into=None, retracted_at=None).prefetch_related("parties").order_by("pk")
    for chunk in _chunks(rows.iterator(CHUNK)):
        told = list(claims.objects.filter(**{f"{home}__in": chunk}))
        actors = party_actors(told)
        wanted: dict[int, set[int]] = defaultdict(set)
        for claim in told:
            wanted[getattr(claim, f"{home}_id")] |= {
                actors[p["mention"]] for p in claim.parties if p["mention"] in actors
            }
        for record in chunk:
            if {party.pk for party in record.parties.all()} != wanted[record.pk]:
                yield record.code, "Its parties are others than its reports say."


def _organizations() -> Iterator[tuple[str, str]]:
    rows = tables.Tenure.objects.exclude(organization=None).order_by("pk")
    columns = rows.values_list("actor", "title", "organization", "organization_actor")
    for chunk in _chunks(columns.iterator(CHUNK)):
        wanted = organizations_of({name for _, _, name, _ in chunk})
        for actor, title, name, found in chunk:
            if found != wanted.get(name):
                yield f"a{actor}", f"The post {title!r} is not linked to {name!r} as the register has it by now."


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    listed = iter(rows)
    while chunk := list(islice(listed, CHUNK)):
        yield chunk


def _code(engagement: int | None) -> str:
    return f"e{engagement}" if engagement else "none"
