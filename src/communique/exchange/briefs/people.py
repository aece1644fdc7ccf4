"""The part of a brief that says who took part, and in which posts reports showed them at the time."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from communique.exchange.briefs.citing import passages_of
from communique.exchange.briefs.document import Block, Cell, Column, Paragraph, Section, Sentence, Table
from communique.exchange.briefs.selection import Selection
from communique.exchange.briefs.wording import listed, say_day
from communique.register import models as tables


def tell_people(selection: Selection) -> Section:
    """A table of the people with their posts, those with most engagements first; then all other actors."""
    counts: Counter[tables.Actor] = Counter()
    days: dict[int, set[dt.date]] = {}
    for row in selection.engagements:
        told = {report.document.published for report in row.reports.all()} | {row.day}
        for actor in {participant.actor for participant in row.participants.all()}:
            counts[actor] += 1
            days.setdefault(actor.pk, set()).update(day for day in told if day)
    ordered = sorted(counts, key=lambda actor: (-counts[actor], actor.name, actor.pk))
    people = [actor for actor in ordered if actor.type == "person"]
    rows = tuple(
        (
            (Sentence(actor.name),),
            _posts(actor, days.get(actor.pk, set()), selection),
            (Sentence(str(counts[actor])),),
        )
        for actor in people
    )
    others = [f"{actor.name} ({counts[actor]})" for actor in ordered if actor.type != "person"]
    blocks: list[Block] = []
    if rows:
        columns = (
            Column(heading="Name", share=5),
            Column(heading="Post, as reports show it", share=11),
            Column(heading="Engagements", share=4, is_number=True),
        )
        blocks.append(Table(columns=columns, rows=rows))
    if others:
        words = f"Institutions, countries and groups that took part, with engagements: {listed(others, len(others))}."
        blocks.append(Paragraph(sentences=(Sentence(words),)))
    if not blocks:
        blocks.append(Paragraph(sentences=(Sentence("The reports name nobody who took part."),)))
    return Section(heading="Who took part", blocks=tuple(blocks))


def _posts(actor: tables.Actor, days: set[dt.date], selection: Selection) -> Cell:
    """The posts that documents give a person on one of these days; what is known is when they were seen."""
    held = [row for row in selection.tenures if row.actor_id == actor.pk and _covers(row, days)]
    told = (
        Sentence(_words(row), note)
        for row in sorted(held, key=lambda row: (row.first_seen is None, row.first_seen or dt.date.max, row.title))
        if (note := selection.sources.note(passages_of(row.observations, selection.sources)))
    )
    return tuple(told) or (Sentence("No post given."),)


def _covers(row: tables.Tenure, days: set[dt.date]) -> bool:
    """Whether the post was seen on both sides of one of the days, or on it."""
    seen = {observation.get("day") for observation in row.observations}
    if any(day.isoformat() in seen for day in days):
        return True
    return any(row.first_seen <= day <= row.last_seen for day in days if row.first_seen and row.last_seen)


def _words(row: tables.Tenure) -> str:
    standings = {observation.get("standing", "current") for observation in row.observations}
    standing = "Former " if standings == {"former"} else ""
    post = f"{standing}{row.title}" + (f", {row.organization}" if row.organization else "")
    if row.first_seen is None or row.last_seen is None:
        return f"{post}."
    if row.first_seen == row.last_seen:
        return f"{post} (seen {say_day(row.first_seen)})."
    return f"{post} (seen {say_day(row.first_seen)} to {say_day(row.last_seen)})."
