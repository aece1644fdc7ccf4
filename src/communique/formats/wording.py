"""How facts are put into words, the same in tables, Markdown and on pages."""

from __future__ import annotations

from communique.model import Commitment, Engagement, EventDate, MechanismStep, Person, Role, Side, Statement

NOBODY = "not named"


def say(word: str) -> str:
    """A word of the contract for people: "committee_session" → "committee session"."""
    return word.replace("_", " ")


def say_date(date: EventDate | None) -> str:
    """A date as precise as it is known: "2031-05-04", "2031-05", "2031-05-04 to 2031-05-06", "by 2031-05-04"."""
    if date is None:
        return "no date"
    start, end = date.start, date.end
    if date.precision == "before":
        return f"by {end}" if end else "no date"
    if date.precision == "range" and start and end and end != start:
        return f"{start} to {end}"
    return date.as_known or "no date"


def say_side(side: Side) -> str:
    """The participants of a side, its label before them where it has one."""
    names = ", ".join(participant.name for participant in side.participants) or NOBODY
    return f"{side.label}: {names}" if side.label else names


def say_kind(engagement: Engagement) -> str:
    """Kind, and what sets it apart: "meeting", "visit, planned", "call, held, background"."""
    marks = [] if engagement.status == "held" else [engagement.status]
    return ", ".join([say(engagement.kind), *marks, *(["background"] if engagement.background else [])])


def say_place(engagement: Engagement) -> str | None:
    """Name and country code of the place; None when the text does not say where."""
    place = engagement.place
    if place is None:
        return None
    return f"{place.name} ({place.country})" if place.country else place.name


def say_topics(topics: tuple[str, ...]) -> str:
    """Topics in words."""
    return ", ".join(map(say, topics))


def say_role(role: Role) -> str:
    """A role with its institution: "former Commander, Border Guard"."""
    standing = "" if role.standing == "current" else f"{role.standing} "
    return f"{standing}{role.title}" + (f", {role.organization}" if role.organization else "")


def say_roles(person: Person) -> str:
    """All roles of a person, posts before ranks."""
    return "; ".join(map(say_role, sorted(person.roles, key=lambda role: role.kind != "post")))


def say_commitment(commitment: Commitment) -> str:
    """Who did what: "A, B: agreed to …" without the content."""
    names = ", ".join(party.name for party in commitment.parties) or NOBODY
    return f"{names}: {say(commitment.act)}"


def say_step(step: MechanismStep) -> str:
    """The state of a mechanism, and when it was reached: "operating, 2031-05-04"."""
    return say(step.status) + (f", {say_date(step.date)}" if step.date else "")


def say_statement(statement: Statement) -> str:
    """Who said what kind of thing, and to or about whom."""
    return f"{statement.speaker} {say(statement.act)}" + (f": {statement.target}" if statement.target else "")
