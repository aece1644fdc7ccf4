"""Parts made of commitments and mechanisms: what was promised, and what was heard of it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from communique.exchange.briefs.citing import Passage, Sources
from communique.exchange.briefs.document import Block, Entries, Entry, Paragraph, Picture, Section, Sentence
from communique.exchange.briefs.lifelines import Lifeline, draw_lifelines
from communique.exchange.briefs.selection import Selection
from communique.exchange.briefs.wording import (
    capitalize,
    count,
    end,
    say,
    say_day,
    say_loose_day,
    say_parties,
    say_span,
)
from communique.register import models as tables

# Lifelines in one picture: more would not fit a page.
LINES = 24
ACTS = {"called_for": "called for"}


def tell_commitments(selection: Selection) -> Section:
    """Commitments with their follow-ups, or since when there is none."""
    if not selection.commitments:
        return _empty("Commitments and their follow-up", "No commitment is recorded for these engagements.")
    return Section(
        heading="Commitments and their follow-up", blocks=(list_commitments(selection.commitments, selection.sources),)
    )


def list_commitments(rows: Iterable[tables.Commitment], sources: Sources, heading: str = "") -> Entries:
    """Commitments as entries."""
    return Entries(heading=heading, entries=tuple(_commitment(row, sources) for row in rows))


def is_open(row: tables.Commitment, as_at: dt.date) -> bool:
    """Whether nothing was heard of a commitment by then."""
    return not _follow_ups(row, as_at)


def _follow_ups(row: tables.Commitment, as_at: dt.date) -> list[tables.CommitmentFollowUp]:
    return [f for f in row.follow_ups.all() if f.document.published is None or f.document.published <= as_at]


def _commitment(row: tables.Commitment, sources: Sources) -> Entry:
    reports = list(row.reports.all())
    named = [party["name"] for report in reports for party in report.parties]
    words = f"{say_parties(row.parties.all(), named)} {ACTS.get(row.act, row.act)}: {row.what}"
    sentences = [Sentence(end(words), sources.note(reports))]
    for follow_up in _follow_ups(row, sources.as_at):
        passage = Passage(document=follow_up.document, quote=follow_up.evidence.get("quote", ""))
        sentences.append(Sentence(_follow_up_words(follow_up, row.mechanism), sources.note([passage])))
    if len(sentences) == 1:
        sentences.append(Sentence(_silence(row.day, sources.as_at)))
    marks = [row.code] + ([f"m{row.mechanism_id}"] if row.mechanism_id else [])
    return Entry(lead=say_day(row.day), sentences=tuple(sentences), mark=" · ".join(marks))


def _follow_up_words(follow_up: tables.CommitmentFollowUp, mechanism: tables.Mechanism | None) -> str:
    day = f"{say_day(follow_up.day)}: " if follow_up.day else "Later: "
    if follow_up.status == "mentioned":
        return f"{day}spoken of again."
    name = mechanism.name if mechanism else "its mechanism"
    return end(f"{day}{name}, {say(follow_up.status)}")


def _silence(day: dt.date | None, as_at: dt.date) -> str:
    if day is None:
        return f"No follow-up as at {say_day(as_at)}."
    return f"No follow-up since {say_day(day)}, {say_span(day, as_at)}."


def tell_mechanisms(selection: Selection) -> Section:
    """Lifelines of the mechanisms: the picture, and every step in words."""
    lines = [line for row in selection.mechanisms if (line := _lifeline(row, selection.sources))]
    if not selection.mechanisms:
        return _empty("Mechanisms", "No mechanism is recorded for these engagements.")
    blocks: list[Block] = [_picture(lines[i : i + LINES], selection.as_at) for i in range(0, len(lines), LINES)]
    blocks += [list_steps(row, selection.sources) for row in selection.mechanisms]
    return Section(heading="Mechanisms", blocks=tuple(blocks))


def list_steps(row: tables.Mechanism, sources: Sources) -> Entries:
    """What documents say of a mechanism's state, the earliest first."""
    steps = _steps(row, sources)
    parties = say_parties(row.parties.all(), (p["name"] for step in steps for p in step.parties))
    entries = tuple(
        Entry(
            lead=say_loose_day(step.day, step.precision),
            sentences=(Sentence(f"{say(step.status).capitalize()}.", sources.note([step])),),
        )
        for step in steps
    )
    return Entries(heading=capitalize(row.name), mark=f"{parties} · {row.code}", entries=entries)


def _steps(row: tables.Mechanism, sources: Sources) -> list[tables.MechanismStep]:
    return [step for step in row.steps.all() if sources.is_known(step.document)]


def _lifeline(row: tables.Mechanism, sources: Sources) -> Lifeline | None:
    steps = tuple((step.day, step.status) for step in _steps(row, sources) if step.day and step.day <= sources.as_at)
    return Lifeline(name=row.name, steps=steps) if steps else None


def _picture(lines: list[Lifeline], as_at: dt.date) -> Picture:
    return Picture(
        svg=draw_lifelines(lines, as_at),
        caption=(
            f"Lifelines of {count(len(lines), 'mechanism')}: each mark is a state told by a report; "
            "dotted, nothing more was heard."
        ),
        alternative="; ".join(f"{line.name}: {line.words}" for line in lines) + ".",
    )


def _empty(heading: str, words: str) -> Section:
    return Section(heading=heading, blocks=(Paragraph(sentences=(Sentence(words),)),))
