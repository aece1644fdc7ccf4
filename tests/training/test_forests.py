"""Forests that are fitted to choose."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn is for training only (requirements/train.lock)")

from training import forests

SETTINGS = {"max_iter": 40, "learning_rate": 0.2, "min_samples_leaf": 5}


def test_a_forest_that_chooses_tells_the_best_of_each_question() -> None:
    """The right one has the highest number of its question; alone the number says little, so far apart they lie."""
    dice = np.random.default_rng(0)
    levels = dice.integers(0, 6, size=300)
    groups = [[[level + step] for step in dice.permutation(3)] for level in levels]
    answers = [[int(row == max(rows)) for row in rows] for rows in groups]
    forest = forests.fit_choice(groups, answers, **SETTINGS)
    chosen = [int(np.argmax(forest.odds(np.array(rows, dtype=float)))) for rows in groups]
    assert chosen == [right.index(1) for right in answers]
    alone = forests.fit([row for rows in groups for row in rows], [a for right in answers for a in right], **SETTINGS)
    guessed = [int(np.argmax(alone.odds(np.array(rows, dtype=float)))) for rows in groups]
    assert guessed != chosen, "so the test tells the two apart"


def test_one_of_several_right_ones_is_enough() -> None:
    groups = [[[0.0], [1.0], [2.0]]] * 40
    forest = forests.fit_choice(groups, [[1, 0, 1]] * 40, **SETTINGS)
    first, wrong, last = forest.odds(np.array(groups[0]))
    assert first == pytest.approx(last)
    assert first > wrong + 1


def test_questions_without_a_right_answer_are_left_out() -> None:
    groups = [[[0.0], [1.0]]] * 40
    with_none = forests.fit_choice([*groups, [[0.0], [1.0], [5.0]]], [[0, 1]] * 40 + [[0, 0, 0]], **SETTINGS)
    without = forests.fit_choice(groups, [[0, 1]] * 40, **SETTINGS)
    rows = np.array([[0.0], [1.0], [5.0]])
    assert with_none.odds(rows) == pytest.approx(without.odds(rows))
