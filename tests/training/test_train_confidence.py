"""Fitting curves: they rise, they follow the shares that are right, and step to 0.8 only where the promise holds."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is for training only (requirements/train.lock)")

from training.train_confidence import Example, choose_target, fit_curve, held_back_scores

from communique.evaluation.calibration import SURE, SURE_SHARE, Reliability


def drawn(count: int, top: float, seed: int = 0) -> tuple[list[float], list[bool]]:
    """Scores from 0 to 1, and facts that are right the more often the higher the score, ``top`` at most."""
    rng = random.Random(seed)
    scores = [rng.random() for _ in range(count)]
    return scores, [rng.random() < top * score**0.3 for score in scores]


def test_a_curve_follows_the_shares_and_rises() -> None:
    scores, rights = drawn(4000, 0.8)
    curve = fit_curve(scores, rights, SURE_SHARE)
    told = [curve.at(step / 50) for step in range(51)]
    assert told == sorted(told)
    for score in (0.2, 0.5, 0.8):
        assert curve.at(score) == pytest.approx(0.8 * score**0.3, abs=0.06)


def test_where_nothing_can_be_promised_nothing_is() -> None:
    curve = fit_curve(*drawn(4000, 0.9), SURE_SHARE)
    assert curve.at(1.0) < SURE


def test_the_step_is_where_the_target_is_reached() -> None:
    scores = [k / 1000 for k in range(1000)]
    rights = [k >= 700 or k % 2 == 0 for k in range(1000)]  # half are right below 0.7, all from there on
    curve = fit_curve(scores, rights, SURE_SHARE)
    sure = [is_right for score, is_right in zip(scores, rights, strict=True) if curve.at(score) >= SURE]
    assert SURE_SHARE <= sum(sure) / len(sure) < SURE_SHARE + 0.01
    assert curve.at(0.5) < 0.6


def test_a_handful_of_facts_promises_nothing() -> None:
    scores = [0.1] * 100 + [0.9] * 10
    curve = fit_curve(scores, [False] * 100 + [True] * 10, SURE_SHARE)
    assert curve.at(0.9) < SURE


def test_the_promise_holds_on_folders_that_the_curve_never_saw() -> None:
    facts = []
    for number, folder in enumerate("abcdef"):
        for score, is_right in zip(*drawn(300, 1.0, seed=number), strict=True):
            ladder = tuple(f"score>={step}" for step in range(int(score * 20) + 1))
            facts.append(Example(folder=folder, kind="engagements", is_right=is_right, features=("bias", *ladder)))
    _, table = choose_target(facts, held_back_scores(facts))
    reliability = Reliability.over("engagements", table)
    assert reliability.count == 1800
    assert reliability.sure_share is not None
    assert reliability.sure_share >= SURE_SHARE


def test_scores_are_held_back() -> None:
    """A feature that is right in one folder and wrong in all others must not help in that folder."""
    facts = [
        Example(folder=folder, kind="roles", is_right=folder == "a", features=("bias", "word=x"))
        for folder in "abc"
        for _ in range(10)
    ]
    scores = held_back_scores([*facts, Example(folder="b", kind="roles", is_right=True, features=("bias",))])
    assert max(score for fact, score in zip(facts, scores, strict=False) if fact.folder == "a") < 0.5
