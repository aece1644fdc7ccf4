"""How the desk puts records into words: the same on every page, in feeds and in tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from communique.formats.wording import say, say_date
from communique.lexicon import Lexicon
from communique.model import EventDate
from communique.register.models import Document, Engagement
from communique.register.models.engagements import Happening

MONTHS = ("January February March April May June July August September October November December").split()
PATHS = {"e": "engagements", "a": "actors", "m": "mechanisms", "c": "commitments", "d": "sources"}
LEAD_NAMES = 3
"""How many names of a side stand in a heading; the others are counted."""


@cache
def _country_names() -> dict[str, str]:
    names: dict[str, list[str]] = Lexicon().table("countries")["names"]
    return {code: forms[0] for code, forms in names.items()}


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes by the short English names."""
    return {name: code for code, name in _country_names().items()}


def country_name(code: str | None) -> str:
    """The country's short English name; the code itself where it is not known; nothing for None."""
    return _country_names().get(code, code) if code else ""


def say_day(day: dt.date | None) -> str:
    """A day as one reads it: "14 October 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "undated"


def say_when(happening: Happening) -> str:
    """An engagement's date as precise as it is known: "2026-10-14", "2026-10", "by 2026-10-14", "no date"."""
    return say_date(_event_date(happening))


def say_long_date(happening: Happening) -> str:
    """The same for headings: "14 October 2026", "October 2026", "12–14 October 2026"."""
    start, end, precision = happening.date_start, happening.date_end, happening.precision
    if precision == "before" and end:
        return f"by {say_day(end)}"
    if not start:
        return "no date"
    if precision == "year":
        return str(start.year)
    if precision == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    if precision == "range" and end and end != start:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{say_day(end)}"
        return f"{say_day(start)} – {say_day(end)}"
    return say_day(start)


def say_act(act: str) -> str:
    """What somebody did in words: "praised", "called for"; "said" for what fits no word of the list."""
    return "said" if act == "other" else say(act)


def say_heading(happening: Happening) -> str:
    """What an engagement's page is called: "Meeting in Tripoli, 14 October 2026"."""
    kind = say(happening.kind).capitalize() if happening.kind != "other" else "Engagement"
    marks = {"planned": "planned ", "cancelled": "cancelled "}.get(happening.status, "")
    what = f"{marks}{kind.lower()}".capitalize() if marks else kind
    where = f" in {happening.place}" if happening.place else ""
    when = say_long_date(happening)
    return f"{what}{where}, {when}" if when != "no date" else f"{what}{where}, undated"


def say_sides(engagement: Engagement) -> list[list[str]]:
    """Names of the participants, one list a side; needs ``participants__actor`` prefetched to be quick."""
    return list_sides((participant.side, participant.actor.name) for participant in engagement.participants.all())


def list_sides(participants: Iterable[tuple[int, str]]) -> list[list[str]]:
    """Names of participants, one list a side, out of pairs of side and name."""
    sides: dict[int, list[str]] = {}
    for side, name in participants:
        sides.setdefault(side, []).append(name)
    return [sides[number] for number in sorted(sides)]


def say_who(engagement: Engagement) -> str:
    """Who took part, on one line: "A, B · C and 2 others"."""
    return join_sides(say_sides(engagement))


def join_sides(sides: Iterable[list[str]]) -> str:
    """The names of sides on one line."""
    return " · ".join(map(_shorten, sides)) or "participants not named"


def _shorten(names: list[str]) -> str:
    if len(names) <= LEAD_NAMES:
        return ", ".join(names)
    rest = len(names) - LEAD_NAMES
    return f"{', '.join(names[:LEAD_NAMES])} and {rest} other{'s' if rest > 1 else ''}"


def _event_date(happening: Happening) -> EventDate | None:
    if happening.date_start is None and happening.date_end is None:
        return None
    return EventDate(
        text="",
        start=happening.date_start,
        end=happening.date_end,
        precision=happening.precision or "day",  # type: ignore[arg-type]
        basis="",
    )


def title_of(document: Document) -> str:
    """What a source is called: its title, else its address, or its file's name."""
    if document.title:
        return document.title
    return document.uri if document.uri.startswith(("https://", "http://")) else file_name(document.uri)


def file_name(path: str) -> str:
    """The last part of a path: where a file lies on some machine helps nobody here."""
    return path.replace("\\", "/").rpartition("/")[2] or path


def record_path(code: str) -> str | None:
    """The path of a record's page by its id, without a slash in front; None for what has no page."""
    name = PATHS.get(code[:1])
    return f"{name}/{code}" if name and code[1:].isdecimal() else None
