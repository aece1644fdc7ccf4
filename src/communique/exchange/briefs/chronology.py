"""Parts made of engagements: their chronology, and what sources disagree on."""

from __future__ import annotations

from collections.abc import Iterable

from communique.exchange.briefs.citing import Sources
from communique.exchange.briefs.document import Entries, Entry, Paragraph, Section, Sentence
from communique.exchange.briefs.selection import Selection
from communique.exchange.briefs.wording import end, listed, say, say_engagement, say_marks
from communique.register import models as tables
from communique.register.store.engagement_summary import date_words


def tell_chronology(selection: Selection) -> Section:
    """Every engagement in the order of time."""
    return Section(heading="Chronology", blocks=(list_engagements(selection.engagements, selection.sources),))


def list_engagements(rows: Iterable[tables.Engagement], sources: Sources, heading: str = "") -> Entries:
    """Engagements as entries: the date, who met whom where and on what, and the reports that say so."""
    return Entries(heading=heading, entries=tuple(_entry(row, sources) for row in rows))


def _entry(row: tables.Engagement, sources: Sources) -> Entry:
    sentence = Sentence(say_engagement(row), sources.note(row.reports.all()))
    return Entry(lead=date_words(row), sentences=(sentence,), mark=say_marks(row))


def tell_disagreements(selection: Selection) -> Section:
    """What reports of one engagement state differently, each value with the reports that state it."""
    entries = [
        _disagreement(row, selection.sources) for row in selection.engagements if row.has_conflict and row.conflicts
    ]
    none = Paragraph(sentences=(Sentence("The sources of these engagements do not contradict each other."),))
    return Section(
        heading="What sources disagree on", blocks=(Entries(entries=tuple(entries)),) if entries else (none,)
    )


def _disagreement(row: tables.Engagement, sources: Sources) -> Entry:
    sentences = [Sentence(say_engagement(row))]
    reports = list(row.reports.all())
    for conflict in row.conflicts:
        stated: dict[str, list[tables.EngagementReport]] = {}
        for digest, value in sorted(conflict["values"].items()):
            stated.setdefault(_value(value), []).extend(r for r in reports if r.document.sha256 == digest)
        for value, saying in sorted(stated.items()):
            if note := sources.note(saying):
                outlets = listed(list(dict.fromkeys(citation.outlet for citation in note.citations)))
                words = f"{say(conflict['field']).capitalize()}: {value}, according to {outlets}"
                sentences.append(Sentence(end(words), note))
    return Entry(lead=date_words(row), sentences=tuple(sentences), mark=row.code)


def _value(value: object) -> str:
    """A stated value in words."""
    if isinstance(value, list):
        return listed([_value(inner) for inner in value], len(value))
    return say(str(value))
