"""Logistic regressions over named binary features, fitted with scikit-learn and written as plain JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.reading.learned import Weights

RARE = 4  # features seen in fewer examples are left out


def fit(examples: Sequence[Sequence[str]], answers: Sequence[int], *, strength: float, threshold: float) -> Weights:
    """Fits a regression.

    Args:
        examples: The features of each example.
        answers: 1 or 0 for each.
        strength: Inverse of the L2 penalty.
        threshold: Probability from which the answer is yes.
    """
    counts = Counter(name for names in examples for name in set(names))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{n: 1.0 for n in names if counts[n] >= RARE} for names in examples])
    model = LogisticRegression(C=strength, max_iter=4000, fit_intercept=False).fit(matrix, answers)
    names = vectorizer.get_feature_names_out()
    return Weights(dict(zip(names, (float(w) for w in model.coef_[0]), strict=True)), threshold)


def save(weights: Weights, path: Path) -> None:
    """Writes weights in alphabetical order, rounded, without those that weigh nothing."""
    rounded = {name: round(value, 3) for name, value in sorted(weights.values.items()) if abs(value) >= 0.005}
    path.write_text(
        json.dumps({"threshold": weights.threshold, "weights": rounded}, indent=0, ensure_ascii=False) + "\n", "utf-8"
    )


def macro(values: Iterable[float]) -> float:
    """The mean."""
    held = list(values)
    return sum(held) / len(held)
