"""One row an engagement in the manner of mediation-event datasets: third parties, local actors, individuals, place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.exchange.citing import in_chunks
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.exchange.tables.engagements import UNCITED, Participation, attended, told_of
from communique.register import models as tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """An engagement, and who is local to it.

    Attributes:
        home: Countries whose actors are local: those that the filters ask for, else that of the place.
    """

    row: tables.Engagement
    people: tuple[Participation, ...]
    home: tuple[str, ...]

    def of(self, *, is_local: bool | None) -> list[str]:
        """Names of the local actors (True), the third parties (False), or those of whom it is not known (None)."""
        return [p.name for p in self.people if self._is_local(p) is is_local]

    def _is_local(self, somebody: Participation) -> bool | None:
        return somebody.country in self.home if somebody.country and self.home else None

    def individuals(self) -> list[str]:
        """The persons among them, each with the first of the posts that the reports give."""
        persons = (p for p in self.people if p.type == "person")
        return [f"{p.name} ({p.posts[0]})" if p.posts else p.name for p in persons]


def mediations(selection: Selection) -> Iterator[tuple[Mediation, Citations]]:
    """The chosen engagements."""
    for chunk in in_chunks(attended(selection)):
        cited = told_of([row.pk for row, _ in chunk])
        for row, people in chunk:
            home = selection.filters.country or ((row.country,) if row.country else ())
            yield Mediation(row=row, people=tuple(people), home=home), cited.get(row.pk, UNCITED)


MEND = Table(
    name="mend",
    meaning="An engagement as a mediation event.",
    rows=mediations,
    own=(
        Column("event_id", "text", "The engagement (`e17`).", lambda m: m.row.code),
        Column("event_type", "text", "meeting, visit, call, …", lambda m: m.row.kind),
        Column("status", "text", "held, planned, cancelled.", lambda m: m.row.status),
        Column("date_start", "day", "First possible day.", lambda m: m.row.date_start),
        Column("date_end", "day", "Last possible day.", lambda m: m.row.date_end),
        Column("date_precision", "text", "day, month, year, range, before.", lambda m: m.row.precision),
        Column("place", "text", "Where.", lambda m: m.row.place),
        Column("country", "text", "Country of the place (ISO 3166-1 alpha-2).", lambda m: m.row.country),
        Column("latitude", "number", "Degrees, WGS 84.", lambda m: m.row.latitude),
        Column("longitude", "number", "Degrees, WGS 84.", lambda m: m.row.longitude),
        Column("home_countries", "texts", "Whose actors count as local.", lambda m: list(m.home)),
        Column("third_parties", "texts", "Participants of other countries.", lambda m: m.of(is_local=False)),
        Column("local_actors", "texts", "Participants of the home countries.", lambda m: m.of(is_local=True)),
        Column("unassigned", "texts", "Participants of no known country.", lambda m: m.of(is_local=None)),
        Column("individuals", "texts", "Persons who took part, with a post.", lambda m: m.individuals()),
        Column("sides", "integer", "Number of sides.", lambda m: len({p.side for p in m.people})),
        Column("topics", "texts", "What was discussed.", lambda m: list(m.row.topics)),
        Column("summary", "text", "One line of words.", lambda m: m.row.summary),
        Column("confidence", "number", "0 to 1.", lambda m: m.row.confidence),
        Column("independent_sources", "integer", "Outlets that report it of their own.",
               lambda m: m.row.independent_sources),
    ),
)  # fmt: skip
