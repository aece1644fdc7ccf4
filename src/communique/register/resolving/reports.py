"""EngagementClaim: one document's telling of an engagement, as the merging of engagements sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
# An undated report tells of what is recent: two weeks cover all but a few of the undated reports of the stories' gold.
NEWS_SPAN = dt.timedelta(days=14)
# What is announced without a date lies within about two months.
ANNOUNCED_SPAN = dt.timedelta(days=60)
# How far the days of two reports of one engagement may lie apart: sources get a day wrong now and then (a zone, the
# day of publication for that of the event), hardly ever more than three.
DAYS_APART = 3


def move(day: dt.date, by: dt.timedelta) -> dt.date:
    """A day so much later or earlier; the last or the first there is where the calendar ends."""
    try:
        return day + by
    except OverflowError:
        return dt.date.max if by > dt.timedelta() else dt.date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedSide:
    """One side as a report names it.

    Attributes:
        people: Actor ids of persons.
        bodies: Actor ids of organizations, countries and groups.
        affiliations: What its people and bodies belong to: country codes, folded names of institutions, actor ids.
        order: All of its actors as the document lists them.
    """

    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    affiliations: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    @property
    def actors(self) -> frozenset[str]:
        """Everybody on it."""
        return self.people | self.bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementClaim:
    """One document's telling of an engagement.

    Attributes:
        key: Claim key.
        document: Its document.
        source: The outlet that stands behind it; copies of one article share their original's.
        published: Publication day.
        kind, status, background: As in the readout.
        start, end: First and last possible day, None where the report gives none.
        precision: day, range, month, year, before, or None.
        place, country: Standard name and country code.
        is_city: Whether the place, by the report's own words, is finer than a country.
        position: Latitude and longitude of the place in degrees, where the gazetteer has it.
        is_day_told, is_place_told: Whether a passage that tells of the engagement says when, and where; what was
            inferred from elsewhere in the document is less sure.
        sides: As the report has them.
        lead: Actor ids of those who headed their side.
        named: Actor ids of the persons whom the document names anywhere, where a side has no people: one of them may
            be "the guest".
        confidence: The reader's.
    """

    key: str
    document: str
    source: str
    published: dt.date | None = None
    kind: str = "meeting"
    status: str = "held"
    background: bool = False
    start: dt.date | None = None
    end: dt.date | None = None
    precision: str | None = None
    place: str | None = None
    country: str | None = None
    is_city: bool = False
    position: tuple[float, float] | None = None
    is_day_told: bool = True
    is_place_told: bool = True
    sides: tuple[ClaimedSide, ...] = ()
    lead: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    confidence: float = 1.0

    @property
    def people(self) -> frozenset[str]:
        """All persons, on whatever side."""
        return frozenset().union(*(side.people for side in self.sides)) if self.sides else frozenset()

    @property
    def actors(self) -> frozenset[str]:
        """All actors, on whatever side."""
        return frozenset().union(*(side.actors for side in self.sides)) if self.sides else frozenset()

    @property
    def leaves_side_unnamed(self) -> bool:
        """Whether it has people on fewer than two sides."""
        return sum(1 for side in self.sides if side.people) < 2

    @property
    def is_dated(self) -> bool:
        """Whether the report says when, to the day or within a few days."""
        return self.start is not None and self.precision in ("day", "range")

    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last day on which it may have been; None when nothing tells."""
        if self.start is not None:
            return self.start, self.end or self.start
        if self.end is not None:
            return move(self.end, -366 * DAY), self.end
        if self.published is None:
            return None
        if self.status == "planned":
            return self.published, move(self.published, ANNOUNCED_SPAN)
        if self.background:
            return move(self.published, -366 * DAY), self.published
        return move(self.published, -NEWS_SPAN), self.published

    def window(self) -> tuple[dt.date, dt.date] | None:
        """Days between which reports of the same engagement may lie."""
        span = self.span()
        return None if span is None else (move(span[0], -DAYS_APART * DAY), move(span[1], DAYS_APART * DAY))
