"""Learned participants: weights decide, features are deterministic; sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower, last_names

from communique.reading.learned import Weights
from communique.reading.participants import ParticipantScorer, actor_features
from communique.reading.triggers import Trigger

TEXT = "Defence Minister Jan Veltman met General Karim Sadi while Colonel Petra Lindholt waited outside."


def revised(follower: Follower, values: dict[str, float]) -> Trigger:
    followed = follower.follow(TEXT)
    trigger = next(t for t in follower.builder.finder.find(followed.line, followed.discourse) if t.kind == "meeting")
    ParticipantScorer(Weights(values, 0.5)).revise(trigger, followed.discourse)
    return trigger


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"slot=none": -5.0}, ["Veltman", "Sadi"]),
        ({"slot=none": 5.0}, ["Veltman", "Sadi", "Lindholt"]),
        ({"slot=none": -5.0, "slot=other": -5.0}, ["Veltman"]),
    ],
)
def test_weights_decide_who_took_part(follower: Follower, values: dict[str, float], names: list[str]) -> None:
    assert last_names(revised(follower, values).parties) == names


def test_actors_in_order_with_their_slots(follower: Follower) -> None:
    followed = follower.follow(TEXT)
    trigger = next(iter(follower.builder.finder.find(followed.line, followed.discourse)))
    actors = follower.builder.participants.actors(trigger, followed.discourse)
    assert [(last_names(a.parties), a.slot) for a in actors] == [
        (["Veltman"], "one"),
        (["Sadi"], "other"),
        (["Lindholt"], "none"),
    ]


def test_features_are_deterministic(follower: Follower) -> None:
    runs = []
    for _ in range(2):
        followed = follower.follow(TEXT)
        trigger = next(iter(follower.builder.finder.find(followed.line, followed.discourse)))
        actors = follower.builder.participants.actors(trigger, followed.discourse)
        runs.append([list(actor_features(actor, actors, trigger)) for actor in actors])
    assert runs[0] == runs[1]
    assert all(len(row) == len(set(row)) for row in runs[0])
    assert "slot=other|person" in runs[0][1]


def test_probability_grows_with_the_weight(follower: Follower) -> None:
    followed = follower.follow(TEXT)
    trigger = next(iter(follower.builder.finder.find(followed.line, followed.discourse)))
    actors = follower.builder.participants.actors(trigger, followed.discourse)
    low, middle, high = (
        ParticipantScorer(Weights({"bias": bias}, 0.5)).probability(actors[0], actors, trigger) for bias in (-1, 0, 99)
    )
    assert 0 < low < middle < high <= 1
    assert middle == 0.5
