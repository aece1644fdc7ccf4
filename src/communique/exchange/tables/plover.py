"""PLOVER: dyadic events, one for each ordered pair of sides (see docs/plover.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any, NamedTuple

from communique.exchange.citing import citations, cite, in_chunks, parties, stream, stream_chunks
from communique.exchange.coding import QUADS, Coded, alpha3, packaged_coding
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.exchange.tables.engagements import UNCITED, Participation, attended, told_of
from communique.register import models as tables

VISIT = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One end of a dyad: its first-named actor, and all of them.

    Attributes:
        sectors: Sector codes of all, those of the first-named first.
        country: ISO 3166-1 alpha-3 code of the first whose country is known.
    """

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    country: str | None = None


class Somebody(NamedTuple):
    """What is needed of an actor, wherever it comes from."""

    number: int
    name: str
    type: str
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """One event between two ends."""

    id: str
    record: str
    coded: Coded
    source: Party
    target: Party
    day: tuple[dt.date | None, dt.date | None, str | None]
    contexts: list[str] = field(default_factory=list)
    engagement: tables.Engagement | None = None
    text: str = ""
    confidence: float = 1.0


def dyads(selection: Selection) -> Iterator[tuple[Dyad, Citations]]:
    """The events of engagements, then of commitments, then of statements."""
    for chunk in in_chunks(attended(selection)):
        cited = told_of([row.pk for row, _ in chunk])
        for row, people in chunk:
            for dyad in _of_engagement(row, people):
                yield dyad, cited.get(row.pk, UNCITED)
    yield from _of_commitments(selection)
    yield from _of_statements(selection)


def _of_engagement(row: tables.Engagement, people: Sequence[Participation]) -> Iterator[Dyad]:
    sides: dict[int, list[Participation]] = {}
    for participation in people:
        sides.setdefault(participation.side, []).append(participation)
    coded = packaged_coding().of_engagement(row.kind, row.status, len(sides))
    if coded is None:
        return
    ends = {number + 1: _party([(_present(p), p.posts) for p in members]) for number, members in sides.items()}
    contexts = packaged_coding().contexts(row.topics)
    contexts += ["future"] * (row.status == "planned") + ["historical"] * row.is_background
    for (i, source), (j, target) in permutations(ends.items(), 2):
        yield Dyad(
            id=f"{row.code}/{i}-{j}",
            record=row.code,
            coded=_directed(coded, row.country, source, target),
            source=source,
            target=target,
            day=(row.date_start, row.date_end, row.precision),
            contexts=contexts,
            engagement=row,
            text=row.summary,
            confidence=row.confidence,
        )


def _directed(coded: Coded, country: str | None, source: Party, target: Party) -> Coded:
    """PLOVER's mode ``visit`` says that the source visits: it is not that of a host whom the place shows at home."""
    home = alpha3().get(country) if country else None
    if coded.mode == VISIT and home is not None and source.country == home != target.country:
        return Coded(type=coded.type)
    return coded


def _of_commitments(selection: Selection) -> Iterator[tuple[Dyad, Citations]]:
    rows = tables.Commitment.objects.select_related("engagement").prefetch_related(
        parties(), "engagement__participants"
    )
    for chunk in stream_chunks(selection.commitments().order_by("pk"), rows):
        reports = tables.CommitmentReport.objects.all()
        cited = dict(citations(reports, "commitment", [row.pk for row in chunk]))
        for row in chunk:
            for pair, source, target in _pairs_of(row):
                dyad = Dyad(
                    id=f"{row.code}/{pair}",
                    record=row.code,
                    coded=packaged_coding().of_commitment(row.act),
                    source=source,
                    target=target,
                    day=(row.day, row.day, "day" if row.day else None),
                    contexts=packaged_coding().contexts(row.engagement.topics) if row.engagement else [],
                    engagement=row.engagement,
                    text=row.what,
                    confidence=row.confidence,
                )
                yield dyad, cited.get(row.pk, UNCITED)


def _pairs_of(row: tables.Commitment) -> list[tuple[str, Party, Party]]:
    """Each ordered pair of the sides that committed themselves; of one side, what it is directed at."""
    ends = _sides_of(row)
    if len(ends) == 1:
        return [("1", ends[0], Party(names=(row.target,) if row.target else ()))]
    return [(f"{i}-{j}", source, target) for (i, source), (j, target) in permutations(enumerate(ends, start=1), 2)]


def _sides_of(row: tables.Commitment) -> list[Party]:
    """The parties, those together who stood on one side of the engagement."""
    side_of = {p.actor_id: p.side for p in row.engagement.participants.all()} if row.engagement else {}
    sides: dict[Any, list[tuple[Somebody, Sequence[str]]]] = {}
    for actor in row.parties.all():
        sides.setdefault(side_of.get(actor.pk, actor.code), []).append((_known(actor), ()))
    return [_party(members) for members in sides.values()]


def _of_statements(selection: Selection) -> Iterator[tuple[Dyad, Citations]]:
    rows = tables.Statement.objects.select_related("actor", "speaker", "report__engagement")
    for row in stream(selection.statements().order_by("pk"), rows):
        coded = packaged_coding().of_statement(row.act)
        if coded is None:
            continue
        posts = [role["title"] for role in row.speaker.data.get("roles", ())] if row.speaker else []
        source = _party([(_known(row.actor), posts)]) if row.actor else Party(names=(row.speaker_name,))
        yield (
            Dyad(
                id=f"d{row.document_id}/{row.local}",
                record=f"d{row.document_id}/{row.local}",
                coded=coded,
                source=source,
                target=Party(names=(row.target,) if row.target else ()),
                day=(row.day, row.day, "day" if row.day else None),
                contexts=packaged_coding().contexts(row.topics),
                engagement=row.report.engagement if row.report else None,
                text=row.quote,
                confidence=row.confidence,
            ),
            cite(row),
        )


def _present(participation: Participation) -> Somebody:
    return Somebody(participation.actor, participation.name, participation.type, participation.country)


def _known(actor: tables.Actor) -> Somebody:
    return Somebody(actor.pk, actor.name, actor.type, actor.country)


def _party(members: Sequence[tuple[Somebody, Sequence[str]]]) -> Party:
    coding = packaged_coding()
    sectors = (
        coding.sectors_of(actor.type, posts if actor.type == "person" else [actor.name]) for actor, posts in members
    )
    country = next((actor.country for actor, _ in members if actor.country), None)
    return Party(
        ids=tuple(f"a{actor.number}" for actor, _ in members),
        names=tuple(actor.name for actor, _ in members),
        sectors=tuple(dict.fromkeys(code for codes in sectors for code in codes)),
        country=alpha3().get(country) if country else None,
    )


def _ends(end: str, told: str) -> tuple[Column, ...]:
    def of(dyad: Dyad) -> Party:
        party: Party = getattr(dyad, end)
        return party

    return (
        Column(f"{end}_actor", "text", f"{told}: the first-named.", lambda d: next(iter(of(d).names), None)),
        Column(f"{end}_actor_ids", "texts", f"{told}: all of them (`actors`).", lambda d: list(of(d).ids)),
        Column(f"{end}_actor_names", "texts", f"{told}: names of all of them.", lambda d: list(of(d).names)),
        Column(f"{end}_sectors", "texts", f"{told}: sector codes (GOV, MIL, COP, …).", lambda d: list(of(d).sectors)),
        Column(f"{end}_country", "text", f"{told}: ISO 3166-1 alpha-3.", lambda d: of(d).country),
    )


def _place(name: str) -> Any:
    return lambda dyad: getattr(dyad.engagement, name) if dyad.engagement else None


PLOVER = Table(
    name="plover",
    meaning="A PLOVER event: who did what to whom, one row for each ordered pair of sides.",
    rows=dyads,
    own=(
        Column("id", "text", "The record, and the numbers of source and target side (`e17/1-2`).", lambda d: d.id),
        Column("record_id", "text", "The engagement, commitment or statement.", lambda d: d.record),
        Column("event_type", "text", "CONSULT, AGREE, COOPERATE, SUPPORT, REQUEST, ACCUSE, REJECT.",
               lambda d: d.coded.type),
        Column("event_mode", "text", "visit (the source visits), phone, multilateral.", lambda d: d.coded.mode),
        Column("event_contexts", "texts", "terrorism, military, …; future, historical.", lambda d: d.contexts),
        Column("quad_code", "integer", "1 to 4.", lambda d: packaged_coding().quad(d.coded.type)),
        Column("quad_class", "text", "The same in words.", lambda d: QUADS[packaged_coding().quad(d.coded.type)]),
        Column("event_date", "day", "First possible day.", lambda d: d.day[0]),
        Column("event_date_end", "day", "Last possible day.", lambda d: d.day[1]),
        Column("date_precision", "text", "day, month, year, range, before.", lambda d: d.day[2]),
        *_ends("source", "Who acts"),
        *_ends("target", "Towards whom"),
        Column("placename", "text", "Where.", _place("place")),
        Column("country", "text", "Country of the place (ISO 3166-1 alpha-2).", _place("country")),
        Column("latitude", "number", "Degrees, WGS 84.", _place("latitude")),
        Column("longitude", "number", "Degrees, WGS 84.", _place("longitude")),
        Column("event_text", "text", "The record in words.", lambda d: d.text),
        Column("confidence", "number", "0 to 1.", lambda d: d.confidence),
    ),
)  # fmt: skip
