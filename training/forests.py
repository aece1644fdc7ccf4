"""Forests: fitted with scikit-learn, turned into the arrays that the reader applies with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn._loss.loss import HalfBinomialLoss
from sklearn.ensemble import HistGradientBoostingClassifier

from communique.reading.forest import Forest

_TYPES = {"feature": np.int16, "threshold": np.float32, "left": np.int16, "right": np.int16, "value": np.float32}


def fit(rows: Sequence[Sequence[float]] | np.ndarray, answers: Sequence[int], **settings: Any) -> Forest:
    """Fits a forest.

    Args:
        rows: The numbers of each example.
        answers: 1 or 0 for each.
        **settings: Those of scikit-learn's HistGradientBoostingClassifier.
    """
    model = HistGradientBoostingClassifier(early_stopping=False, random_state=0, **settings)
    return _as_forest(model.fit(np.asarray(rows, dtype=float), answers))


def fit_choice(
    groups: Sequence[Sequence[Sequence[float]]], answers: Sequence[Sequence[int]], **settings: Any
) -> Forest:
    """Fits a forest that chooses one of several: its odds compare the candidates of one question with one another.

    What is learned is the probability that a right candidate is chosen, where a softmax over the odds of a question's
    candidates chooses (as for lists of one answer in ListNet, Cao et al. 2007). A candidate need not look right by
    itself, only better than the others.

    Args:
        groups: Questions by candidates by numbers.
        answers: Questions by candidates: 1 for those that are right. Questions without a right one are left out.
        **settings: Those of scikit-learn's HistGradientBoostingClassifier.
    """
    asked = [(rows, right) for rows, right in zip(groups, answers, strict=True) if any(right)]
    rows = [row for rows, _ in asked for row in rows]
    right = [answer for _, answers_of_one in asked for answer in answers_of_one]
    return fit(rows, right, loss=_ChoiceLoss([len(rows) for rows, _ in asked]), **settings)


class _ChoiceLoss(HalfBinomialLoss):
    """The negative logarithm of the probability of the right candidates under a softmax over each question's.

    Args:
        sizes: How many candidates each question has; their rows follow one another.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        super().__init__()
        self._of = np.repeat(np.arange(len(sizes)), sizes)
        self._starts = np.cumsum([0, *sizes[:-1]])

    def gradient_hessian(  # noqa: PLR0913, PLR0917 - as the trainer calls it
        self,
        y_true: np.ndarray,
        raw_prediction: np.ndarray,
        sample_weight: np.ndarray | None = None,
        gradient_out: np.ndarray | None = None,
        hessian_out: np.ndarray | None = None,
        n_threads: int = 1,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Writes the first and second derivative for each row into the arrays given."""
        assert gradient_out is not None
        assert hessian_out is not None
        odds = raw_prediction.ravel()
        weight = np.exp(odds - np.maximum.reduceat(odds, self._starts)[self._of])
        share, right = self._shares(weight), self._shares(weight * y_true)
        gradient_out[:] = (share - right).reshape(gradient_out.shape)
        hessian_out[:] = (share * (1 - share)).reshape(hessian_out.shape)
        return gradient_out, hessian_out

    def _shares(self, weight: np.ndarray) -> np.ndarray:
        """What part of its question's weight each row has."""
        shares: np.ndarray = weight / np.add.reduceat(weight, self._starts)[self._of]
        return shares


def _as_forest(model: HistGradientBoostingClassifier) -> Forest:
    """The arrays of a model fitted for two classes; the answer is yes where the odds are even."""
    trees = [iteration[0].nodes for iteration in model._predictors]
    size = max(len(nodes) for nodes in trees)
    arrays = {name: np.zeros((len(trees), size), dtype=kind) for name, kind in _TYPES.items()}
    for number, nodes in enumerate(trees):
        for place, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            arrays["feature"][number, place] = 0 if leaf else node["feature_idx"]
            arrays["threshold"][number, place] = 0 if leaf else node["num_threshold"]
            arrays["left"][number, place] = place if leaf else node["left"]
            arrays["right"][number, place] = place if leaf else node["right"]
            arrays["value"][number, place] = node["value"] if leaf else 0
    return Forest(**arrays, start=float(model._baseline_prediction.item()), cut=0.0)


def with_cut(forest: Forest, cut: float) -> Forest:
    """The same forest with another cut."""
    return replace(forest, cut=cut)


def save(forest: Forest, path: Path) -> None:
    """Writes the arrays, compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(forest, name) for name in _TYPES}
    np.savez_compressed(path, **arrays, start=forest.start, cut=forest.cut)
    print(f"{path.name}: {len(forest.feature)} trees, {path.stat().st_size / 1000:.0f} kB")
