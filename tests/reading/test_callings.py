"""Whom people are called by what they are and how many, on sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower, names

from communique.reading.callings import singular

SAILORS = "Admiral Jan Veltman and Rear Admiral Petra Lindholt met Foreign Minister Lena Ostrova in Tunis."
MINISTERS = "Defence Minister Jan Veltman met Interior Minister Lena Ostrova in the presence of General Karim Sadi."
GUESTS = "Defence Minister Jan Veltman received Turkish Foreign Minister Lena Ostrova and General Karim Sadi in Tunis."


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        (f"{SAILORS} The two admirals left.", "admirals", ["Jan Veltman", "Petra Lindholt"]),
        (f"{SAILORS} The three left.", "three", ["Jan Veltman", "Petra Lindholt", "Lena Ostrova"]),
        (f"{MINISTERS} Both ministers left.", "ministers", ["Jan Veltman", "Lena Ostrova"]),
        (f"{MINISTERS} The general left.", "general", ["Karim Sadi"]),
        (f"{MINISTERS} Lena Ostrova thanked Karim Sadi, and the two left.", "two", ["Lena Ostrova", "Karim Sadi"]),
        (f"{GUESTS} The guests left.", "guests", ["Lena Ostrova", "Karim Sadi"]),
        (f"{GUESTS} The Turkish guest left.", "guest", ["Lena Ostrova"]),
        (f"{GUESTS} Karim Sadi thanked his host.", "host", ["Jan Veltman"]),
    ],
)
def test_people_who_agree(follower: Follower, text: str, word: str, found: list[str]) -> None:
    assert names(follower.parties(text, word)) == found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"{SAILORS} The three admirals left.", "admirals"),
        (f"{SAILORS} The nine admirals left.", "admirals"),
        (f"{SAILORS} Two admirals left.", "admirals"),
        (f"{SAILORS} The admirals of the fleet left.", "admirals"),
        (f"{SAILORS} Four of the admirals left.", "admirals"),
        (f"{SAILORS} The retired admirals left.", "admirals"),
        (f"{MINISTERS} The five left.", "five"),
    ],
)
def test_nobody_who_does_not_agree(follower: Follower, text: str, word: str) -> None:
    assert [p for p in follower.parties(text, word) if p.referent.type == "person"] == []


def test_ministers_of_countries_are_named_elsewhere(follower: Follower) -> None:
    text = (
        "Chad's Defence Minister Jan Veltman spoke. Niger's Defence Minister Lena Ostrova spoke. "
        "The defence ministers of Chad and Niger met in Tunis."
    )
    assert names(follower.parties(text, "ministers")) == ["Jan Veltman", "Lena Ostrova"]


def test_three_countries(follower: Follower) -> None:
    text = "Chad, Niger and Libya reopened the border. The three countries agreed on patrols."
    assert sorted(names(follower.parties(text, "countries"))) == ["Chad", "Libya", "Niger"]


def test_delegation_made_of_people(follower: Follower) -> None:
    (party,) = follower.parties("A delegation of General Karim Sadi and Colonel Petra Lindholt arrived.", "delegation")
    assert names(party.members) == ["Karim Sadi", "Petra Lindholt"]


@pytest.mark.parametrize(
    ("plural", "word"),
    [("ministers", "minister"), ("secretaries", "secretary"), ("statesmen", "statesman"), ("boss", "boss")],
)
def test_singular(plural: str, word: str) -> None:
    assert singular(plural) == word
