"""What people judged, as the pure decisions take it: by the keys of claims, the latest decision first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import product
from typing import Any

from communique.register import models as tables
from communique.register.resolving.clustering import PairJudgements
from communique.register.store.codes import TABLES

# Subjects on which there are judgements; None outside ``judged_once``, when it is not known.
_judged: ContextVar[frozenset[str] | None] = ContextVar("judged", default=None)


@contextmanager
def judged_once() -> Iterator[None]:
    """Inside, it is asked but once on what there are judgements at all: mostly on nothing that is derived."""
    token = _judged.set(frozenset(tables.Judgement.objects.order_by().values_list("subject", flat=True).distinct()))
    try:
        yield
    finally:
        _judged.reset(token)


def has_judgements(subject: str) -> bool:
    """Whether there may be judgements on a subject."""
    judged = _judged.get()
    return judged is None or subject in judged


def judgements_on(subject: str, keys: Iterable[str]) -> list[tables.Judgement]:
    """Standing judgements that name any of the claims, oldest first."""
    if not has_judgements(subject):
        return []
    rows = tables.Judgement.objects.filter(subject=subject, undone_at__isnull=True, claims__key__in=list(keys))
    return list(rows.distinct().order_by("pk"))


def judged_keys(subject: str, keys: Iterable[str]) -> set[str]:
    """Those of the claims that standing judgements name."""
    if not has_judgements(subject):
        return set()
    rows = tables.JudgedClaim.objects.filter(key__in=list(keys), judgement__subject=subject)
    return set(rows.filter(judgement__undone_at__isnull=True).values_list("key", flat=True))


def judged_with(subject: str, keys: Iterable[str]) -> set[str]:
    """Keys of the claims that standing judgements of pairs name together with any of the claims."""
    pairs = [row for row in judgements_on(subject, keys) if row.kind in ("same", "different", "unsure")]
    return {key for row in pairs for key in (*row.keys, *row.other_keys)}


def pair_judgements(subject: str, keys: Iterable[str]) -> PairJudgements:
    """Who said of which pairs of claims that they are the same or different; a later word overrules an earlier one."""
    said: dict[tuple[str, str], str] = {}
    for judgement in judgements_on(subject, keys):
        if judgement.kind in ("same", "different", "unsure"):
            for left, right in product(judgement.keys, judgement.other_keys):
                first, second = sorted((left, right))
                said[first, second] = judgement.kind
    return PairJudgements(
        same=tuple(sorted(pair for pair, kind in said.items() if kind == "same")),
        different=tuple(sorted(pair for pair, kind in said.items() if kind == "different")),
    )


def rejected_keys(subject: str, keys: Iterable[str]) -> set[str]:
    """Claims that people rejected, and did not accept later."""
    rejected: set[str] = set()
    for judgement in judgements_on(subject, keys):
        if judgement.kind == "reject":
            rejected |= set(judgement.keys)
        elif judgement.kind in ("accept", "add"):
            rejected -= set(judgement.keys)
    return rejected


def tombstones(subject: str, keys: Iterable[str]) -> dict[int, list[str]]:
    """The rejected records that claims belonged to, with their keys: should that be taken back, the record revives."""
    if not has_judgements(subject):
        return {}
    table = TABLES[subject]
    rejections = tables.Judgement.objects.filter(subject=subject, kind="reject", claims__key__in=list(keys))
    numbers = {row: int(row.record[1:]) for row in rejections.distinct().order_by("-pk")}
    gone = set(
        table._default_manager.filter(pk__in=numbers.values(), retracted_at__isnull=False).values_list("pk", flat=True)
    )
    return {number: row.keys for row, number in numbers.items() if number in gone}


def accepted_keys(subject: str, keys: Iterable[str]) -> set[str]:
    """Claims that people accepted, corrected or added, and did not reject later."""
    accepted: set[str] = set()
    for judgement in judgements_on(subject, keys):
        if judgement.kind in ("accept", "correct", "add"):
            accepted |= set(judgement.keys)
        elif judgement.kind == "reject":
            accepted -= set(judgement.keys)
    return accepted


def corrections(subject: str, keys: Iterable[str]) -> dict[str, Any]:
    """Fields that people corrected on a record that holds any of the claims: field → value; the latest word stands."""
    return {j.field: j.value for j in judgements_on(subject, keys) if j.kind == "correct"}


def reports_with_sides(actors: set[int]) -> set[str]:
    """Keys of the reports of engagements whose corrected sides name any of the actors, or one merged into them."""
    if not actors or not has_judgements("engagement"):
        return set()
    named, edge = set(actors), set(actors)
    while edge:
        edge = set(tables.Actor.objects.filter(merged_into__in=edge).values_list("pk", flat=True)) - named
        named |= edge
    rows = tables.Judgement.objects.filter(subject="engagement", kind="correct", field="sides", undone_at=None)
    return {key for row in rows if any(named.intersection(side) for side in row.value or ()) for key in row.keys}


def review_state(subject: str, keys: Iterable[str]) -> str:
    """unreviewed, accepted or corrected."""
    state = "unreviewed"
    for judgement in judgements_on(subject, keys):
        if judgement.kind in ("accept", "add") and state == "unreviewed":
            state = "accepted"
        elif judgement.kind == "correct":
            state = "corrected"
    return state
