"""The values that lists offer to filter by."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Count

from communique.desk.state import remember
from communique.desk.wording import country_name
from communique.formats.wording import say
from communique.register.models import Actor, Document, Engagement, Mechanism

Choices = tuple[tuple[str, str], ...]
# Longer lists do not help to choose: what is rare is found by searching.
MOST_CHOICES = 60
MECHANISM_STATUSES = (
    "called_for", "announced", "agreed", "reaffirmed", "operating", "completed", "suspended", "failed"
)  # fmt: skip


def words(values: Iterable[str]) -> Callable[[], Choices]:
    """Words of the contract as choices."""
    choices = tuple((value, say(value)) for value in values)
    return lambda: choices


def places() -> Choices:
    """Places at which most engagements took place."""
    return remember("choices/places", lambda: _commonest(Engagement.objects.values_list("place"), str), fresh_below=0)


def sites() -> Choices:
    """Outlets with most documents."""
    return remember("choices/sites", lambda: _commonest(Document.objects.values_list("site"), str), fresh_below=0)


def actor_countries() -> Choices:
    """Countries with most actors."""
    return remember(
        "choices/countries", lambda: _commonest(Actor.objects.values_list("country"), country_name), fresh_below=0
    )


def mechanism_kinds() -> Choices:
    """Kinds of mechanisms that there are."""
    return remember(
        "choices/mechanism-kinds", lambda: _commonest(Mechanism.objects.values_list("kind"), say), fresh_below=0
    )


def _commonest(rows, in_words: Callable[[str], str]) -> Choices:  # type: ignore[no-untyped-def]
    counted = rows.annotate(n=Count("pk")).order_by("-n")[:MOST_CHOICES]
    return tuple(
        sorted(((value, in_words(value)) for value, _ in counted if value), key=lambda pair: pair[1].casefold())
    )
