"""Candidates for the place of an engagement: whatever the report names may be it, names of one place are one candidate.

What the sentences that tell the engagement and those around them name, led to or bare; the dateline; where the rules
have put this engagement or another one; the capitals of the countries that are spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from communique.model import Place
from communique.reading.analysis import Line
from communique.reading.carrying import Setting
from communique.reading.engagement_judge import Told
from communique.reading.place_spots import Spot
from communique.reading.records import Record
from communique.reading.sites import Site
from communique.reading.tellings import Narrative, Telling
from communique.reading.triggers import Trigger

AROUND = 6
"""Lines before and after what tells an engagement whose places are candidates; held back, more lines gain nothing."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A place that an engagement may have taken place at.

    Attributes:
        place: The place, in the words that stand nearest.
        spots: Where the lines around name it.
    """

    place: Place
    spots: list[Spot] = field(default_factory=list)

    @property
    def is_located(self) -> bool:
        """Whether it is known where it lies."""
        return self.place.latitude is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a report's engagements are placed by.

    Attributes:
        narrative: The report.
        setting: Its times and places.
        told: What it tells.
        records: The engagements, in the order of ``told``, each with the place that the rules give.
        spots: Line index → the places that the line names.
        lines: Name of a place → indices of the lines that name it, in order.
        countries: Line index → codes of the countries that the line speaks of, adjectives included.
        capitals: Country → its capital, for the countries that are spoken of.
        rank: How far grammar holds a site from a trigger, by the rules.
        words: Position of a telling → index of its trigger among the words of its line.
    """

    narrative: Narrative
    setting: Setting
    told: Sequence[Told]
    records: Sequence[Record]
    spots: Mapping[int, Sequence[Spot]]
    lines: Mapping[str, Sequence[int]]
    countries: Mapping[int, Sequence[str]]
    capitals: Mapping[str, Place]
    rank: Callable[[Site, Trigger], int]
    words: Mapping[Telling, int]


def lines_naming(spots: Mapping[int, Sequence[Spot]]) -> dict[str, list[int]]:
    """Name of a place → indices of the lines that name it, in order.

    Args:
        spots: Line index → the places that the line names.
    """
    lines: dict[str, list[int]] = {}
    for line in sorted(spots):
        for name in dict.fromkeys(spot.place.name for spot in spots[line]):
            lines.setdefault(name, []).append(line)
    return lines


def countries_of(line: Line) -> list[str]:
    """The countries that a line speaks of, by their names and their adjectives."""
    codes = [mention.country for mention in line.mentions if mention.country is not None]
    return codes + [label.value for label in line.labelled.labels if label.kind == "demonym"]


def _lines_around(told: Told) -> set[int]:
    """Indices of the lines in which the candidates for an engagement are looked for."""
    return {k for t in told.tellings for k in range(t.line.index - AROUND, t.line.index + AROUND + 1)}


def candidates(story: Story, number: int) -> list[Candidate]:
    """The candidates for the place of an engagement, the nearest first.

    Args:
        story: The report.
        number: Which of its engagements.
    """
    told, ruled = story.told[number], story.records[number].place
    named: dict[str, list[Spot]] = {}
    titles = {line.index for line in story.narrative.lines if line.is_title}
    for line in sorted(_lines_around(told) | titles):
        for spot in story.spots.get(line, ()):
            named.setdefault(spot.place.name, []).append(spot)
    here, at = told.main.line.index, story.words[told.main]
    found = []
    for spots in named.values():
        spots.sort(key=lambda spot: (abs(spot.line - here), abs(spot.at - at)))
        found.append(Candidate(spots[0].place, spots))
    found.sort(key=lambda c: (abs(c.spots[0].line - here), abs(c.spots[0].at - at)))
    further = [story.setting.dateline, *(record.place for record in story.records), *story.capitals.values()]
    places = {candidate.place.name: candidate for candidate in found}
    for place in (place for place in further if place is not None):
        places.setdefault(place.name, Candidate(place))
    if ruled is not None:
        places[ruled.name].place = ruled  # the rules have joined buildings with their towns
    return list(places.values())
