"""Figures are kept until the register changes; slow ones a little longer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.core.cache import cache

from communique.desk import state
from communique.register.models import Change


@pytest.fixture
def counter(empty: object) -> Callable[[], int]:
    """Counts how often it is asked."""
    del empty
    cache.clear()
    numbers = count(1)
    return lambda: next(numbers)


def test_a_figure_is_made_once_for_each_state(counter: Callable[[], int]) -> None:
    assert [state.remember("n", counter), state.remember("n", counter)] == [1, 1]
    assert state.remember("other", counter) == 2
    Change.objects.create(record="e1", action="created")
    assert state.remember("n", counter) == 3


def test_nothing_is_a_value_too(empty: object) -> None:
    asked = []
    for _ in range(2):
        state.remember("nothing", lambda: asked.append(1))
    assert asked == [1]


def test_a_slow_figure_may_be_a_little_older(counter: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 2.0, 2.0, 10.0, 100.0, 102.0, 102.0])
    monkeypatch.setattr(state.time, "monotonic", lambda: next(clock))
    assert state.remember("slow", counter) == 1
    Change.objects.create(record="e1", action="created")
    assert state.remember("slow", counter) == 1
    assert state.remember("slow", counter) == 2


def test_registers_do_not_mix(counter: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert state.remember("n", counter) == 1
    monkeypatch.setitem(state.connection.settings_dict, "NAME", "another.db")
    monkeypatch.setattr(state, "last_change", lambda: 0)
    assert state.remember("n", counter) == 2
