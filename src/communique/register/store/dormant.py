"""Judgements on claims that a newer reader does not find lie dormant: their keys name no claim until it is found again.

A key is the document's digest and the reader's own number, and the next reader gives that number to something else. The
key of a claim that is gone is therefore written anew, with the sort and the passages of the claim, and a later reading
finds the claim again by these. All dormant claims of a document stand under one key in the index of judgements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communique.register import models as tables

# Sort and passages of claims, by key.
Spans = dict[str, tuple[str, list[tuple[int, int]]]]
SIGN = "@"


def dormant_key(key: str, sort: str, spans: Iterable[tuple[int, int]]) -> str:
    """The key of a claim that is gone: ``sha256/e1@EngagementReport:0-51,60-80``."""
    return f"{key}{SIGN}{sort}:{','.join(f'{start}-{end}' for start, end in spans)}"


def dormant_claims(document: tables.Document) -> Spans:
    """Sort and passages of the claims of a document that judgements name and no reading finds any more."""
    named = tables.JudgedClaim.objects.filter(key=_indexed(document.sha256)).select_related("judgement")
    keys = {key for row in named for key in (*row.judgement.keys, *row.judgement.other_keys) if SIGN in key}
    return {key: _read(key) for key in keys if key.startswith(f"{document.sha256}/")}


def move_judgements(moved: Mapping[str, str]) -> None:
    """Lets judgements name claims by their new keys, living or dormant.

    Args:
        moved: New keys by old ones.
    """
    changed = {old: new for old, new in moved.items() if old != new}
    indexed = {_index_key(key) for key in changed}
    named = tables.JudgedClaim.objects.filter(key__in=indexed).select_related("judgement")
    for judgement in {row.judgement_id: row.judgement for row in named}.values():
        judgement.keys = sorted({changed.get(key, key) for key in judgement.keys})
        judgement.other_keys = sorted({changed.get(key, key) for key in judgement.other_keys})
        judgement.save(update_fields=["keys", "other_keys"])
        judgement.claims.all().delete()
        index_judgement(judgement)


def index_judgement(judgement: tables.Judgement) -> None:
    """Writes under which keys a judgement is looked up."""
    keys = {_index_key(key) for key in (*judgement.keys, *judgement.other_keys)}
    tables.JudgedClaim.objects.bulk_create(tables.JudgedClaim(judgement=judgement, key=key) for key in sorted(keys))


def _index_key(key: str) -> str:
    return _indexed(key.partition("/")[0]) if SIGN in key else key


def _indexed(sha256: str) -> str:
    return f"{sha256}/{SIGN}"


def _read(key: str) -> tuple[str, list[tuple[int, int]]]:
    sort, _, spans = key.partition(SIGN)[2].rpartition(":")
    pairs = (span.partition("-") for span in spans.split(",") if span)
    return sort, [(int(start), int(end)) for start, _, end in pairs]
