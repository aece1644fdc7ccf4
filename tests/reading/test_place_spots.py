"""Places that lines name, with and without words that lead to them; sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower

from communique.reading.place_spots import Spot, SpotFinder, towns


@pytest.fixture
def finder(follower: Follower) -> SpotFinder:
    knowledge = follower.reader.knowledge
    return SpotFinder(knowledge.gazetteer, knowledge.outlet_nouns, frozenset(("bay", "asia")))


def spots(follower: Follower, finder: SpotFinder, text: str) -> list[Spot]:
    prepared = follower.prepare(text)
    setting = follower.reader.circumstances.setting(prepared.analysis)
    return [
        spot
        for line in prepared.analysis.lines
        for spot in finder.find(line, setting.sites.get(line.index, ()), setting.country)
    ]


def test_a_town_is_found_without_a_preposition(follower: Follower, finder: SpotFinder) -> None:
    text = "Benghazi will host the talks after a round held in Oslo."
    found = spots(follower, finder, text)
    assert [(spot.place.name, spot.site is None) for spot in found] == [("Benghazi", True), ("Oslo", False)]
    assert [text[spot.start :].split(maxsplit=1)[0] for spot in found] == ["Benghazi", "in"]


def test_waters_and_continents_are_no_towns(follower: Follower, finder: SpotFinder) -> None:
    text = "The Bay of Bengal Symposium opened. The Asia forum closed in Oslo."
    assert [spot.place.text for spot in spots(follower, finder, text)] == ["The Bay of Bengal", "Oslo"]


def test_people_and_countries_are_no_towns(follower: Follower, finder: SpotFinder) -> None:
    assert spots(follower, finder, "General Karim London thanked Norway.") == []


def test_the_town_in_the_name_of_an_outlet_is_no_place(follower: Follower, finder: SpotFinder) -> None:
    found = spots(follower, finder, "The Oslo Morning Herald reported that they met in Bergen.")
    assert [spot.place.name for spot in found] == ["Bergen"]


def test_the_towns_of_lines_leave_countries_out(follower: Follower, finder: SpotFinder) -> None:
    text = "They met in Oslo. They had met in Norway. They parted in Bergen."
    rows: dict[int, list[Spot]] = {}
    for spot in spots(follower, finder, text):
        rows.setdefault(spot.line, []).append(spot)
    assert towns(rows, 0, 2) == {"Oslo"}
    assert towns(rows, 0, 3) == {"Oslo", "Bergen"}
