"""Which fields people may correct, and which values they may give: a wrong value is refused before it is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from communique.errors import RegisterError
from communique.model.vocabulary import (
    COMMITMENT_ACTS,
    ENGAGEMENT_KINDS,
    ENGAGEMENT_STATUSES,
    MECHANISM_KINDS,
    MECHANISM_STATUSES,
    TOPICS,
)
from communique.register import models as tables

PRECISIONS = ("day", "range", "month", "year", "before")
ACTOR_TYPES = ("person", "organization", "country", "group")
FIRST_DAY, LAST_DAY = dt.date(1800, 1, 1), dt.date(2200, 12, 31)
"""Between which the days lie that people may give: what lies outside is a slip, and makes charts of millennia."""
LAST_NUMBER = 2**63 - 1
Check = Callable[[Any], bool]


def check_correction(subject: str, field: str, value: Any) -> None:
    """Raises RegisterError unless a field may be corrected, and to this value."""
    checks = CORRECTABLE[subject]
    if field not in checks:
        raise RegisterError(f"{field!r} of an {subject} cannot be corrected. Choose: {', '.join(checks)}.")
    is_right, wanted = checks[field]
    if not is_right(value):
        raise RegisterError(f"{value!r} cannot be the {field} of an {subject}. Give {wanted}.")


def _one_of(words: Sequence[str]) -> tuple[Check, str]:
    return lambda value: value in words, f"one of {', '.join(words)}"


def _or_none(check: tuple[Check, str]) -> tuple[Check, str]:
    is_right, wanted = check
    return lambda value: value is None or is_right(value), f"{wanted}, or nothing"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    try:
        day = dt.date.fromisoformat(value) if isinstance(value, str) else None
        return day is not None and day.isoformat() == value and FIRST_DAY <= day <= LAST_DAY
    except ValueError:
        return False


def _are_topics(value: Any) -> bool:
    return isinstance(value, list) and all(topic in TOPICS for topic in value)


def _are_sides(value: Any) -> bool:
    """Lists of numbers of actors of the register, each once."""
    if not (isinstance(value, list) and all(isinstance(side, list) for side in value)):
        return False
    numbers = [number for side in value for number in side]
    if not all(type(number) is int for number in numbers) or len(set(numbers)) < len(numbers):
        return False
    # A number that no database can hold is that of no actor.
    known = all(0 < number <= LAST_NUMBER for number in numbers)
    return known and tables.Actor.objects.filter(pk__in=numbers).count() == len(numbers)


_TEXT = (_is_text, "words")
_DAY = (_is_day, f"a day such as 2025-05-14, between {FIRST_DAY.year} and {LAST_DAY.year}")
_COUNTRY = (lambda value: isinstance(value, str) and bool(re.fullmatch("[A-Z]{2}", value)), "a code such as LY")
_WIKIDATA = (lambda value: isinstance(value, str) and bool(re.fullmatch(r"Q\d{1,20}", value)), "an id such as Q42")

CORRECTABLE: dict[str, dict[str, tuple[Check, str]]] = {
    "engagement": {
        "kind": _one_of(ENGAGEMENT_KINDS),
        "status": _one_of(ENGAGEMENT_STATUSES),
        "date": _or_none(_DAY),
        "precision": _or_none(_one_of(PRECISIONS)),
        "place": _or_none(_TEXT),
        "country": _or_none(_COUNTRY),
        "topics": (_are_topics, f"a list of {', '.join(TOPICS)}"),
        "sides": (_are_sides, "a list of sides, each a list of numbers of actors, none of them twice"),
    },
    "actor": {
        "name": _TEXT,
        "type": _one_of(ACTOR_TYPES),
        "country": _or_none(_COUNTRY),
        "acronym": _or_none(_TEXT),
        "wikidata_id": _or_none(_WIKIDATA),
    },
    "mechanism": {
        "name": _TEXT,
        "kind": _one_of(MECHANISM_KINDS),
        "status": _one_of(MECHANISM_STATUSES),
    },
    "commitment": {
        "act": _one_of(COMMITMENT_ACTS),
        "what": _TEXT,
        "target": _or_none(_TEXT),
        "day": _or_none(_DAY),
    },
}
"""Subject → field → what a value must be, in code and in words."""
