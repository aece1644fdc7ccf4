"""Which tellings are joined: by their likeness to whole groups."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower

from communique.reading.sameness import compared, joined


@pytest.mark.parametrize(
    ("same", "groups"),
    [
        ({}, [[0], [1], [2]]),
        ({(0, 1): 0.9}, [[0, 1], [2]]),
        ({(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9}, [[0, 1, 2]]),
        # The third is like the second only, and so less than half like the group.
        ({(0, 1): 0.9, (1, 2): 0.6}, [[0, 1], [2]]),
        # Of two groups the likelier one.
        ({(0, 2): 0.6, (1, 2): 0.8}, [[0], [1, 2]]),
    ],
)
def test_groups(same: dict[tuple[int, int], float], groups: list[list[int]]) -> None:
    assert joined(range(3), same, 0.5) == groups


def test_every_pair_is_compared_once_and_by_as_many_numbers(follower: Follower) -> None:
    text = "Jan Veltman met Karim Sadi in Tunis. The talks covered training. Veltman will visit Oslo in June."
    narrative = follower.follow(text, whole=True).narrative
    pairs = list(compared(narrative))
    assert [(one, two) for one, two, _ in pairs] == [(0, 1), (0, 2), (1, 2)]
    assert len({len(values) for *_, values in pairs}) == 1
