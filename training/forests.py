"""Forests: fitted with scikit-learn, turned into the arrays that the reader applies with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
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
    return as_forest(model.fit(np.asarray(rows, dtype=float), answers))


def as_forest(model: Any, cut: float = 0.0) -> Forest:
    """The arrays of a fitted model.

    Args:
        model: A fitted HistGradientBoostingClassifier for two classes.
        cut: From where the answer is yes.
    """
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
    return Forest(**arrays, start=float(model._baseline_prediction.item()), cut=cut)


def with_cut(forest: Forest, cut: float) -> Forest:
    """The same forest with another cut."""
    return replace(forest, cut=cut)


def save(forest: Forest, path: Path) -> None:
    """Writes the arrays, compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(forest, name) for name in _TYPES}
    np.savez_compressed(path, **arrays, start=forest.start, cut=forest.cut)
    print(f"{path.name}: {len(forest.feature)} trees, {path.stat().st_size / 1000:.0f} kB")
