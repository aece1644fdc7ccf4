"""Who is named inside the words for others, and which of the two is named."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower

from communique.reading.nesting import named_inside, without_doubles
from communique.reading.tellings import Narrative


def names_inside(narrative: Narrative) -> dict[str, set[str]]:
    names = {key: member.party.referent.name for key, member in narrative.cast.members.items()}
    found = named_inside(narrative, narrative.tellings)
    return {names[group]: {names[key] for key in named} for group, named in found.items()}


def test_an_institution_is_named_inside_the_words_for_its_people(follower: Follower) -> None:
    narrative = follower.follow("General Karim Sadi met Arab League officials on Monday.", whole=True).narrative
    assert names_inside(narrative) == {"Arab League officials": {"League of Arab States"}}


def test_whoever_is_named_by_himself_too_is_not_inside(follower: Follower) -> None:
    text = "General Karim Sadi and the Arab League met Arab League officials on Monday."
    assert names_inside(follower.follow(text, whole=True).narrative) == {}


def test_people_are_not_doubled_by_their_posts(follower: Follower) -> None:
    text = "The ambassador of France, Luc Martin, met General Karim Sadi in Tunis on Monday."
    assert names_inside(follower.follow(text, whole=True).narrative) == {}


@pytest.mark.parametrize(
    ("chances", "named"),
    [
        ({"officials": 0.7, "league": 0.4, "sadi": 0.9}, {"officials", "sadi"}),
        ({"officials": 0.4, "league": 0.7, "sadi": 0.9}, {"league", "sadi"}),
        ({"officials": 0.4, "sadi": 0.9}, {"officials", "sadi"}),
        ({"league": 0.4, "sadi": 0.9}, {"league", "sadi"}),
    ],
)
def test_of_two_ways_to_say_who_came_the_likelier_is_kept(chances: dict[str, float], named: set[str]) -> None:
    assert set(without_doubles(chances, {"officials": {"league"}})) == named


def test_several_inside_a_group_stand_or_fall_together() -> None:
    inside = {"chiefs": {"jordan", "greece"}}
    assert set(without_doubles({"chiefs": 0.5, "jordan": 0.6, "greece": 0.4}, inside)) == {"jordan", "greece"}
    assert set(without_doubles({"chiefs": 0.7, "jordan": 0.6, "greece": 0.4}, inside)) == {"chiefs"}
