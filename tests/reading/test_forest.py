"""Forests: arrays that answer as the trees do from which they were made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from communique.reading.forest import Forest, packaged_forest, softmax


def stump() -> Forest:
    """Asks once whether the first feature is at most 1: minus two there, plus three else."""
    small, number = np.int16, np.float32
    return Forest(
        feature=np.array([[0, 0, 0]], small),
        threshold=np.array([[1, 0, 0]], number),
        left=np.array([[1, 1, 2]], small),
        right=np.array([[2, 1, 2]], small),
        value=np.array([[0, -2, 3]], number),
        start=0.5,
        cut=0.0,
    )


def test_a_tree_sends_small_values_left() -> None:
    assert stump().odds(np.array([[1.0], [1.1]])).tolist() == [-1.5, 3.5]


def test_many_rows_answer_as_each_alone() -> None:
    forest = packaged_forest("topics")
    rows = np.random.default_rng(0).normal(size=(150, int(forest.feature.max()) + 1)) * 3
    assert forest.odds(rows).tolist() == [forest.odds(row[None, :])[0] for row in rows]
    assert forest.odds(rows[:0]).tolist() == []


def walked(forest: Forest, row: np.ndarray) -> float:
    """The odds of a row that goes down each tree, node by node."""
    total = []
    for tree in range(len(forest.feature)):
        node = 0
        while forest.left[tree, node] != node:
            is_left = row[forest.feature[tree, node]] <= forest.threshold[tree, node]
            node = (forest.left if is_left else forest.right)[tree, node]
        total.append(forest.value[tree, node])
    return float(forest.start + np.sum(total, dtype=np.float64))


@pytest.mark.parametrize("name", ["company", "tellings", "topics"])
def test_rows_end_in_the_leaves_to_which_the_trees_lead(name: str) -> None:
    forest = packaged_forest(name)
    rows = np.random.default_rng(1).normal(size=(20, int(forest.feature.max()) + 1)) * 3
    assert forest.odds(rows).tolist() == pytest.approx([walked(forest, row) for row in rows], abs=1e-9)


def test_a_tree_of_one_leaf_adds_it_always() -> None:
    itself = np.zeros((1, 3), np.int16)
    leaf = replace(stump(), left=itself, right=itself, value=np.array([[7, 0, 0]], np.float32))
    assert leaf.odds(np.array([[1.0], [9.0]])).tolist() == [7.5, 7.5]


def test_odds_become_chances() -> None:
    assert stump().chances(np.array([[1.0], [1.1]])) == pytest.approx([0.1824, 0.9707], abs=1e-4)


@pytest.mark.parametrize("name", ["topics", "participants", "tellings", "same", "company"])
def test_packaged_trees_are_read_once_and_stay_inside_their_arrays(name: str) -> None:
    forest = packaged_forest(name)
    assert forest is packaged_forest(name)
    assert forest.feature.min() >= 0
    assert (forest.left >= 0).all()
    assert (forest.right < forest.feature.shape[1]).all()


def test_chances_of_several_of_which_one_is_right() -> None:
    chances = softmax(np.array([1000.0, 1000.0 + np.log(3.0)]))
    assert chances == pytest.approx([0.25, 0.75])
