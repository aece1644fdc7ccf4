"""Builds briefs: what is in the register on a selection of engagements, as a document that can be set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from communique.exchange.briefs.chronology import tell_chronology, tell_disagreements
from communique.exchange.briefs.document import BriefDocument, Paragraph, Section, Sentence
from communique.exchange.briefs.people import tell_people
from communique.exchange.briefs.promises import tell_commitments, tell_mechanisms
from communique.exchange.briefs.selection import Selection, select
from communique.exchange.briefs.summary import summarize_selection
from communique.exchange.briefs.wording import say, say_country, say_day, say_topic
from communique.register.store.finding import EngagementFilters


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOptions:
    """What a brief is to be about.

    Attributes:
        as_at: The day as at which it holds: later documents are left out, and silences are counted up to it.
        filters: Which engagements.
        title: Its title; made from the day unless given.
    """

    as_at: dt.date
    filters: EngagementFilters = field(default_factory=EngagementFilters)
    title: str = ""


def build_brief(options: BriefOptions) -> BriefDocument:
    """Builds the brief; the same register and options always give the same document. The register must be open.

    Raises:
        QueryError: If a filter cannot be understood, or too much fits.
    """
    selection = select(options.filters, options.as_at)
    return BriefDocument(
        title=options.title or f"Brief as at {say_day(options.as_at)}",
        subtitle=say_filters(options.filters),
        day=options.as_at,
        sections=_sections(selection),
        colophon=(
            f"Made by Communiqué from its register, as at {say_day(options.as_at)}. Every sentence is built from a "
            "record; the notes quote the reports that the record rests on. Posts are given for the days on which "
            "reports show them, which need not be the days in office. Where nothing is noted, the register has nothing."
        ),
    )


def _sections(selection: Selection) -> tuple[Section, ...]:
    if not selection.engagements:
        words = f"No engagement in the register fits, as at {say_day(selection.as_at)}."
        return (Section(heading="Summary", blocks=(Paragraph(sentences=(Sentence(words),)),)),)
    return (
        summarize_selection(selection),
        tell_chronology(selection),
        tell_people(selection),
        tell_commitments(selection),
        tell_mechanisms(selection),
        tell_disagreements(selection),
    )


def _values(name: str, words: tuple[str, ...]) -> str:
    said = {"topic": say_topic, "kind": say, "country": say_country}.get(name, str)
    return " or ".join(said(word) for word in words)


def say_filters(filters: EngagementFilters) -> str:
    """The filters in words, for the line under the title."""
    said = [
        f"{label} {_values(name, words)}".lstrip()
        for name, label in (
            ("actor", "with"),
            ("country", "in or with"),
            ("place", "in"),
            ("topic", "on"),
            ("kind", "of kind"),
            ("status", ""),
            ("source", "reported by"),
            ("review", ""),
        )
        if (words := getattr(filters, name))
    ]
    said += [f"matching {filters.text}"] if filters.text else []
    said += [f"from {say_day(filters.since)}"] if filters.since else []
    said += [f"until {say_day(filters.until)}"] if filters.until else []
    said += [f"at least {filters.min_confidence:.0%} sure"] if filters.min_confidence is not None else []
    said += ["on which sources disagree"] if filters.conflict else []
    said += [f"changed since {filters.changed_since:%Y-%m-%d %H:%M}"] if filters.changed_since else []
    return "Engagements: " + ", ".join(said) if said else "All engagements of the register"
