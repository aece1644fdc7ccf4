"""How records are put into words. Nothing is said that is not a field of a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from communique.register import models as tables
from communique.register.store.claims import countries
from communique.register.store.engagement_summary import KIND_WORDS

# Names written out a side; a conference with forty delegates fills no page.
NAMES_SHOWN = 8
# What somebody alone takes part in: a "conference with" them, not of them.
JOINED = ("conference", "signing", "exercise", "ceremony")
# Topics whose names in the closed list do not read well as they are.
TOPIC_WORDS = {
    "training_capacity_building": "training and capacity building",
    "expertise_intelligence_sharing": "expertise and intelligence sharing",
    "political_process_elections": "political process and elections",
    "ceasefire_deescalation": "ceasefire and de-escalation",
    "reconstruction_development": "reconstruction and development",
    "foreign_forces_interference": "foreign forces and interference",
    "energy_economy_trade": "energy, economy and trade",
    "arms_equipment": "arms and equipment",
}
MONTH = 365.2425 / 12


def say(word: str) -> str:
    """A word of the closed lists for people: "border_security" → "border security"."""
    return word.replace("_", " ")


def say_day(day: dt.date | None) -> str:
    """A day: "3 May 2031"; "undated" where there is none."""
    return f"{day.day} {day:%B %Y}" if day else "undated"


def say_loose_day(day: dt.date | None, precision: str | None) -> str:
    """A day as precise as it is known: "3 May 2031", "May 2031", "2031"."""
    if day and precision == "year":
        return str(day.year)
    return f"{day:%B %Y}" if day and precision == "month" else say_day(day)


def say_span(first: dt.date, last: dt.date) -> str:
    """How long it is from one day to another: "3 years", "5 months", "12 days"."""
    days = max((last - first).days, 0)
    months = int(days / MONTH)
    if months >= 24:
        return f"{months // 12} years"
    if months >= 2:
        return f"{months} months"
    return count(days, "day")


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number with what it counts: "1 report", "1,204 reports"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def listed(words: Sequence[str], most: int = NAMES_SHOWN) -> str:
    """Words as a list: A, B and C; those of a long one counted at its end, unless it is one alone."""
    if len(words) > most + 1:
        return f"{', '.join(words[:most])} and {len(words) - most} others"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def say_engagement(row: tables.Engagement) -> str:
    """An engagement as a sentence: Meeting of Ana Duarte with Piet Maas in Lisbon, on border security."""
    words = KIND_WORDS[row.kind]
    if sides := [listed(names) for names in _sides(row) if names]:
        before = "by" if row.kind == "visit" else "with" if row.kind in JOINED and len(sides) == 1 else "of"
        words += f" {before} {' and with '.join([' with '.join(sides[:2]), *sides[2:]])}"
    if row.place:
        words += f" {'to' if row.kind == 'visit' else 'in'} {row.place}"
    if row.topics:
        words += f", on {say_topics(row.topics)}"
    return end(f"{words} ({row.status})" if row.status != "held" else words)


def _sides(row: tables.Engagement) -> list[list[str]]:
    sides: dict[int, list[str]] = {}
    for participant in row.participants.all():
        sides.setdefault(participant.side, []).append(participant.actor.name)
    return [names for _, names in sorted(sides.items())]


def say_topics(topics: Sequence[str]) -> str:
    """Topics as a list; those of two parts are kept apart by semicolons."""
    words = [say_topic(topic) for topic in topics]
    return listed(words, len(words)) if not any(" and " in word for word in words) else "; ".join(words)


def say_topic(topic: str) -> str:
    """A topic for people: "ceasefire_deescalation" → "ceasefire and de-escalation"."""
    return TOPIC_WORDS.get(topic, say(topic))


def say_country(code: str) -> str:
    """The name of a country by its ISO code; the code where nobody knows it."""
    try:
        return countries().country_name(code)
    except KeyError:
        return code


def say_marks(row: tables.Engagement) -> str:
    """Small print of an engagement: its id, on how many sources it rests, and whether they disagree."""
    marks = [row.code]
    marks += [count(row.independent_sources, "independent source")] if row.independent_sources else []
    marks += ["sources disagree"] if row.has_conflict else []
    marks += ["told in retrospect only"] if row.is_background else []
    marks += [row.review] if row.review != "unreviewed" else []
    return " · ".join(marks)


def say_parties(actors: Iterable[tables.Actor], otherwise: Iterable[str] = ()) -> str:
    """Who committed themselves: the actors, else the names that the report gives."""
    names = sorted({actor.name for actor in actors}) or list(dict.fromkeys(otherwise))
    return capitalize(listed(names)) if names else "Parties that are not named"


def capitalize(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def end(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    line = text.strip()
    return line if line.endswith((".", "!", "?", "…", ".”", "!”", "?”")) else f"{line}."
