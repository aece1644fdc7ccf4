"""What the lists of several kinds of records have in common."""

from __future__ import annotations

from typing import Any

from communique.desk.lists import choices
from communique.desk.lists.listing import Field, Rows
from communique.register.store.codes import find_actors
from communique.register.store.finding import REVIEWS, among

REVIEW = Field(
    name="review",
    label="Review",
    apply=lambda r, v: r.filter(review=v),
    kind="choice",
    choices=choices.words(REVIEWS),
)


def live(model: Any) -> Rows:
    """Records that are neither merged into others nor retracted."""
    rows: Rows = model.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    return rows


def with_party(rows: Rows, text: str) -> Rows:
    """Records to which an actor, given by id or name, is a party.

    Raises:
        QueryError: If nobody is called so.
    """
    parties = rows.model.parties.through.objects.filter(actor__in=find_actors([text]))
    return rows.filter(among(parties, str(rows.model._meta.model_name)))
