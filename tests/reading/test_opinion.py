"""What the encoder says where it says something, and how rules and encoder settle on one word."""

from __future__ import annotations

import pytest

from communique.reading.opinion import UNSAID, Opinion, settled

KINDS = ("meeting", "call", "visit")


def test_what_is_not_said_is_told_apart_from_no() -> None:
    opinion = Opinion(tells={0: -1.0}, took_part={(0, "p1"): 2.0}, same={(0, 1): 0.5})
    assert (opinion.of_telling(0), opinion.of_telling(1)) == (-1.0, UNSAID)
    assert (opinion.of_participant(0, "p1"), opinion.of_participant(1, "p1")) == (2.0, UNSAID)
    assert (opinion.of_pair(0, 1), opinion.of_pair(1, 0)) == (0.5, UNSAID)


@pytest.mark.parametrize(
    ("chances", "weight", "expected"),
    [
        (None, 0.0, "visit"),  # nothing is said: the rules' word stands
        ((-0.1, -3.0, -4.0), 0.0, "meeting"),
        ((-0.1, -3.0, -4.0), 5.0, "visit"),
        ((-1.0, -1.0, -1.0), 0.1, "visit"),
    ],
)
def test_the_heavier_word_wins(chances: tuple[float, ...] | None, weight: float, expected: str) -> None:
    assert settled("visit", KINDS, chances, weight) == expected


def test_several_tellings_are_asked_for_the_kind_each_as_it_weighs() -> None:
    opinion = Opinion(kinds={0: [-1.0, -3.0], 1: [-4.0, 0.0]})
    assert opinion.of_kind({0: 0.75, 1: 0.25, 7: 9.0}) == [-1.75, -2.25]
    assert opinion.of_kind({7: 1.0}) is None
