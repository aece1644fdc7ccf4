"""Logistic regressions over named binary features, fitted with scikit-learn and written as plain JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.reading.learned import Weights

RARE = 4  # features seen in fewer examples are left out
PARTS = 5  # into which examples are cut for odds from regressions that did not see them


def fit(examples: Sequence[Sequence[str]], answers: Sequence[int], *, strength: float) -> Weights:
    """Fits a regression.

    Args:
        examples: The features of each example.
        answers: 1 or 0 for each.
        strength: Inverse of the L2 penalty.
    """
    counts = Counter(name for names in examples for name in set(names))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{n: 1.0 for n in names if counts[n] >= RARE} for names in examples])
    model = LogisticRegression(C=strength, max_iter=4000, fit_intercept=False).fit(matrix, answers)
    return Weights(dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True)))


def unseen_odds(
    examples: Sequence[Sequence[str]], answers: Sequence[int], owners: Sequence[Hashable], *, strength: float
) -> list[float]:
    """The odds of each example from a regression that has seen no example of the same owner.

    Args:
        examples: The features of each example.
        answers: 1 or 0 for each.
        owners: What each belongs to, such as its report.
        strength: Inverse of the L2 penalty.
    """
    part_of = {owner: number % PARTS for number, owner in enumerate(dict.fromkeys(owners))}
    parts = np.array([part_of[owner] for owner in owners])
    odds = np.zeros(len(examples))
    for part in range(PARTS):
        seen, held = np.flatnonzero(parts != part).tolist(), np.flatnonzero(parts == part).tolist()
        weights = fit([examples[i] for i in seen], [answers[i] for i in seen], strength=strength)
        odds[held] = [weights.odds(examples[i]) for i in held]
    return [float(value) for value in odds]


def rounded(weights: Weights) -> dict[str, float]:
    """Weights in alphabetical order, without those that weigh nothing."""
    return {name: round(value, 3) for name, value in sorted(weights.values.items()) if abs(value) >= 0.005}


def save(weights: Weights, path: Path) -> None:
    """Writes weights as JSON."""
    path.write_text(json.dumps({"weights": rounded(weights)}, indent=0, ensure_ascii=False) + "\n", "utf-8")


def macro(values: Iterable[float]) -> float:
    """The mean."""
    held = list(values)
    return sum(held) / len(held)
