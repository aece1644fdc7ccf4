"""Builds digests: what changed in the register between two days, by country and topic, with notes as in briefs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from communique.errors import QueryError
from communique.exchange.briefs.building import say_filters
from communique.exchange.briefs.chronology import list_engagements
from communique.exchange.briefs.citing import Sources
from communique.exchange.briefs.document import Block, BriefDocument, Entries, Entry, Paragraph, Section, Sentence
from communique.exchange.briefs.promises import list_commitments, list_steps
from communique.exchange.briefs.selection import (
    MOST_ENGAGEMENTS,
    Selection,
    documents_of,
    load,
    load_commitments,
    load_mechanisms,
)
from communique.exchange.briefs.wording import capitalize, count, listed, say, say_country, say_day, say_topic
from communique.model.vocabulary import TOPICS
from communique.register import models as tables
from communique.register.store.changes import ChangedRecord, changed_records
from communique.register.store.finding import EngagementFilters, find_engagements

NOWHERE = "No country given"
NO_TOPIC = "No topic given"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOptions:
    """What a digest is to cover.

    Attributes:
        since, until: First and last day (UTC) on which the register changed, inclusive.
        filters: Which engagements; its own days are those of the engagements.
        title: Its title; made from the days unless given.
    """

    since: dt.date
    until: dt.date
    filters: EngagementFilters = field(default_factory=EngagementFilters)
    title: str = ""

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise QueryError(f"since {self.since} lies after until {self.until}. Turn them round.")


def build_digest(options: DigestOptions) -> BriefDocument:
    """Builds the digest from the register's log of changes. The register must be open.

    Raises:
        QueryError: If a filter cannot be understood, or more changed than a digest can hold.
    """
    changes = {kind: changed_records(_log(kind, options)) for kind in "ecm"}
    fitting = _fitting(options.filters, changes["e"])
    selection = load(fitting, options.until)
    span = f"{say_day(options.since)} to {say_day(options.until)}"
    return BriefDocument(
        title=options.title or f"What changed: {span}",
        subtitle=f"{say_filters(options.filters)}: changes in the register from {span}",
        day=options.until,
        sections=_sections(selection, changes, options),
        colophon=(
            "Made by Communiqué from its register and its log of changes. Every sentence is built from a record; the "
            "notes quote the reports that the record rests on. Records are told as they are now."
        ),
    )


def _log(kind: str, options: DigestOptions) -> QuerySet[tables.Change]:
    first = dt.datetime.combine(options.since, dt.time(), dt.UTC)
    end = dt.datetime.combine(options.until, dt.time.max, dt.UTC)
    return tables.Change.objects.filter(
        at__gte=first, at__lte=end, record__startswith=kind, action__in=("created", "updated")
    )


def _fitting(filters: EngagementFilters, changes: Iterable[int]) -> list[int]:
    rows = find_engagements(replace(filters, sort="oldest")).filter(pk__in=list(changes))
    numbers = list(rows.values_list("pk", flat=True)[: MOST_ENGAGEMENTS + 1])
    if len(numbers) > MOST_ENGAGEMENTS:
        raise QueryError(
            f"More than {MOST_ENGAGEMENTS:,} engagements changed: that is no digest. Narrow the days or the filters."
        )
    return numbers


def _sections(
    selection: Selection, changes: dict[str, dict[int, ChangedRecord]], options: DigestOptions
) -> tuple[Section, ...]:
    is_whole = not options.filters.to_query()
    numbers = {row.pk for row in selection.engagements}
    own = Q() if is_whole else Q(engagement__in=numbers)
    commitments = load_commitments(own & Q(pk__in=changes["c"]), options.until)
    steps = Q() if is_whole else Q(steps__report__engagement__in=numbers) | Q(commitments__engagement__in=numbers)
    mechanisms = load_mechanisms(steps & Q(pk__in=changes["m"]), options.until)
    if not (selection.engagements or commitments or mechanisms):
        words = "Nothing that fits was added to the register or changed in it in these days."
        return (Section(heading="Summary", blocks=(Paragraph(sentences=(Sentence(words),)),)),)
    new = sum(changes["e"][row.pk].is_new for row in selection.engagements)
    told = (
        f"{count(new, 'new engagement')}, {len(selection.engagements) - new} changed; "
        f"{count(len(commitments), 'commitment')} and {count(len(mechanisms), 'mechanism')} new or changed."
    )
    sections = [Section(heading="Summary", blocks=(Paragraph(sentences=(Sentence(told),)),))]
    sections += _by_country(selection, changes["e"])
    sources = Sources(documents_of(commitments=commitments, mechanisms=mechanisms), options.until)
    if commitments:
        sections.append(Section(heading="Commitments", blocks=(list_commitments(commitments, sources),)))
    if mechanisms:
        blocks = tuple(list_steps(row, sources) for row in mechanisms)
        sections.append(Section(heading="Mechanisms", blocks=blocks))
    return tuple(sections)


def _by_country(selection: Selection, changes: dict[int, ChangedRecord]) -> list[Section]:
    """One section a country, the one with most news first; in it one list a topic."""
    groups: dict[str, dict[str, list[tables.Engagement]]] = {}
    for row in selection.engagements:
        topic = next((topic for topic in TOPICS if topic in row.topics), "")
        groups.setdefault(row.country or "", {}).setdefault(topic, []).append(row)
    sizes = {code: sum(map(len, topics.values())) for code, topics in groups.items()}
    ordered = sorted(groups, key=lambda code: (not code, -sizes[code], say_country(code)))
    return [
        Section(
            heading=say_country(code) if code else NOWHERE,
            blocks=tuple(
                _mark_news(list_engagements(rows, selection.sources, _topic(topic)), rows, changes)
                for topic, rows in sorted(groups[code].items(), key=lambda pair: (not pair[0], pair[0]))
            ),
        )
        for code in ordered
    ]


def _mark_news(block: Entries, rows: list[tables.Engagement], changes: dict[int, ChangedRecord]) -> Block:
    entries = tuple(_marked(entry, changes[row.pk]) for entry, row in zip(block.entries, rows, strict=True))
    return replace(block, entries=entries)


def _marked(entry: Entry, change: ChangedRecord) -> Entry:
    fields = listed([say(field) for field in sorted(change.fields)]) if change.fields else "details"
    return replace(entry, mark=f"{'new' if change.is_new else f'changed: {fields}'} · {entry.mark}")


def _topic(topic: str) -> str:
    return capitalize(say_topic(topic)) if topic else NO_TOPIC
