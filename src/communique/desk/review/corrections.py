"""The form by which fields are corrected: what it offers, and what it makes of what was filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.http import QueryDict

from communique.errors import QueryError
from communique.formats.wording import say
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, TOPICS
from communique.register.models import Actor, Engagement
from communique.register.models.base import Concluded
from communique.register.store.codes import SUBJECTS, find_actors
from communique.register.store.correcting import FIRST_DAY, LAST_DAY

Input = Literal["text", "day", "one", "many", "sides"]
PRECISIONS = ("day", "month", "year", "range", "before")
ACTOR_TYPES = ("person", "organization", "country", "group")
ACTS = ("agreed", "pledged", "announced", "signed", "called_for")
STATUSES = ("called_for", "announced", "agreed", "reaffirmed", "operating", "completed", "suspended", "failed")
LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that can be corrected.

    Attributes:
        field: Its name, as judgements have it.
        label: How the form calls it.
        kind: How it is asked for.
        choices: The words that it may have.
        is_needed: Whether it may not be left empty.
    """

    field: str
    label: str
    kind: Input = "text"
    choices: tuple[str, ...] = ()
    is_needed: bool = False


def _choice(field: str, label: str, choices: tuple[str, ...]) -> Question:
    return Question(field=field, label=label, kind="one", choices=choices, is_needed=True)


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "engagement": (
        _choice("kind", "Kind", ENGAGEMENT_KINDS),
        _choice("status", "Status", ENGAGEMENT_STATUSES),
        Question(field="date", label="Date", kind="day"),
        Question(field="precision", label="Precision of the date", kind="one", choices=PRECISIONS),
        Question(field="place", label="Place"),
        Question(field="country", label="Country (two letters)"),
        Question(field="topics", label="Topics", kind="many", choices=TOPICS),
        Question(field="sides", label="Sides", kind="sides"),
    ),
    "actor": (
        Question(field="name", label="Name", is_needed=True),
        _choice("type", "Type", ACTOR_TYPES),
        Question(field="country", label="Country (two letters)"),
        Question(field="acronym", label="Acronym"),
        Question(field="wikidata_id", label="Wikidata"),
    ),
    "mechanism": (
        Question(field="name", label="Name", is_needed=True),
        Question(field="kind", label="Kind", is_needed=True),
        _choice("status", "Status", STATUSES),
    ),
    "commitment": (
        _choice("act", "Act", ACTS),
        Question(field="what", label="What", is_needed=True),
        Question(field="target", label="Towards"),
        Question(field="day", label="When", kind="day"),
    ),
}


def present_value(record: Concluded, question: Question) -> Any:
    """What the record says, as the form has it: text, a list of words for "many"."""
    if question.kind == "sides" and isinstance(record, Engagement):
        sides: dict[int, list[str]] = {}
        for participant in record.participants.select_related("actor"):
            sides.setdefault(participant.side, []).append(f"{participant.actor.code} {participant.actor.name}")
        return "\n".join("; ".join(names) for _, names in sorted(sides.items()))
    value = record.date_start or record.date_end if question.field == "date" else getattr(record, question.field)  # type: ignore[attr-defined]
    if question.kind == "many":
        return list(value)
    return value.isoformat() if isinstance(value, dt.date) else value or ""


def list_fields(record: Concluded, given: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The form's fields, filled with what the record says, or with what was given."""
    fields = []
    for question in QUESTIONS[SUBJECTS[record.PREFIX]]:
        value = present_value(record, question) if given is None else given.get(question.field, "")
        options = [
            (word, say(word), word in value if question.kind == "many" else word == value) for word in question.choices
        ]
        fields.append({"question": question, "value": value, "options": options})
    return fields


def read_changes(record: Concluded, form: QueryDict) -> dict[str, Any]:
    """The fields that were filled in otherwise than the record has them, as judgements take them.

    Raises:
        QueryError: If a value cannot be understood; the message says which.
    """
    changes: dict[str, Any] = {}
    for question in QUESTIONS[SUBJECTS[record.PREFIX]]:
        if question.kind == "many":
            chosen: Any = sorted(word for word in form.getlist(question.field) if word in question.choices)
            if f"{question.field}-asked" in form and chosen != sorted(present_value(record, question)):
                changes[question.field] = chosen
            continue
        if question.field not in form:
            continue
        text = str(form[question.field]).replace("\r\n", "\n").strip()
        if text != present_value(record, question):
            changes[question.field] = _READ[question.kind](question, text)
    if changes.get("precision") and "date" not in changes and not present_value(record, QUESTIONS["engagement"][2]):
        raise QueryError("Precision: there is no date that it could be of. Give one.")
    return changes


def _read_text(question: Question, text: str) -> str | None:
    if question.is_needed and not text:
        raise QueryError(f"{question.label} may not be empty.")
    if len(text) > LONGEST:
        raise QueryError(f"{question.label} has {len(text)} characters; {LONGEST} is the most.")
    if question.field == "country" and text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise QueryError(f"Country {text!r}: give its two letters (ISO 3166), as in PT.")
    return (text.upper() if question.field == "country" else text) or None


def read_day(question: Question, text: str) -> dt.date | None:
    """A day that was filled in.

    Raises:
        QueryError: If it is none, or lies in another age.
    """
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise QueryError(f"{question.label} {text!r} is not a day, as in 2031-05-14.") from error
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise QueryError(f"{question.label} {text!r}: give a day between {FIRST_DAY.year} and {LAST_DAY.year}.")
    return day


def _read_day(question: Question, text: str) -> str | None:
    day = read_day(question, text)
    return day.isoformat() if day else None


def _read_word(question: Question, text: str) -> str | None:
    if text not in question.choices and (text or question.is_needed):
        raise QueryError(f"{question.label} {text!r} is not known. Choose from: {', '.join(question.choices)}.")
    return text or None


def _read_sides(_: Question, text: str) -> list[list[int]]:
    sides = [[name.strip() for name in line.split(";") if name.strip()] for line in text.splitlines()]
    return [[find_actor(name) for name in side] for side in sides if side]


def find_actor(words: str) -> int:
    """The number of an actor, by its id, which may be followed by the name ("a5 Ana Duarte"), or by name alone.

    Raises:
        QueryError: If nobody is called so, or several are.
    """
    first = words.partition(" ")[0]
    is_code = first[:1] == "a" and first[1:].isdecimal()
    numbers = find_actors([first if is_code else words])
    if len(numbers) > 1:
        codes = ", ".join(actor.code for actor in Actor.objects.filter(pk__in=numbers))
        raise QueryError(f"Several actors are called {words!r}: {codes}. Give the id.")
    return numbers[0]


_READ: dict[str, Callable[[Question, str], Any]] = {
    "text": _read_text,
    "day": _read_day,
    "one": _read_word,
    "sides": _read_sides,
}
