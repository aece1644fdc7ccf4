"""Scores as text, as JSON, and averaged over folds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from statistics import fmean
from typing import Any

from communique.evaluation.figures import SHARES, TALLIES, Note, Scores


def render_scores(scores: Scores) -> str:
    """A table of precision, recall and F1 with counts, then the accuracies, then the number of documents."""
    lines = [f"{'':<14}{'P':>7}{'R':>7}{'F1':>7}   matched/found/gold"]
    for key, tally in scores.tallies.items():
        rates = f"{tally.precision:7.3f}{tally.recall:7.3f}{tally.f1:7.3f}"
        lines.append(f"{key:<14}{rates}   {tally.matched}/{tally.found}/{tally.gold}")
    lines += ["", f"{'on the matched':<14}{'accuracy':>14}       right/pairs"]
    for key, share in scores.shares.items():
        value = "-" if share.value is None else f"{share.value:.3f}"
        lines.append(f"{_in_words(key):<14}{value:>14}       {share.right}/{share.looked_at}")
    lines += ["", f"documents {scores.documents}, without a readout {scores.missing}"]
    return "\n".join(lines)


def render_sets(sets: Mapping[str, Scores], *, with_mean: bool = False) -> str:
    """One column a set with F1s and accuracies; of folds also the macro mean (every fold weighs the same)."""
    keys = [*(f"{key}.f1" for key in TALLIES), *SHARES]
    columns = {name: scores.figures for name, scores in sets.items()}
    counts = {name: scores.documents for name, scores in sets.items()}
    if with_mean:
        columns["mean"] = macro_mean(sets.values())
        counts["mean"] = sum(counts.values())
    width = max(len(key) for key in keys)
    sizes = {name: max(7, len(name) + 2) for name in columns}
    rows = [("", {name: name for name in columns})]
    rows += [
        (key, {name: f"{column[key]:.3f}" if key in column else "-" for name, column in columns.items()})
        for key in keys
    ]
    rows.append(("documents", {name: str(count) for name, count in counts.items()}))
    lines = [
        f"{label:<{width}}" + "".join(f"{cells[name]:>{sizes[name]}}" for name in columns) for label, cells in rows
    ]
    missing = sum(scores.missing for scores in sets.values())
    return "\n".join([*lines, *([f"without a readout: {missing}"] if missing else [])])


def render_notes(notes: Iterable[Note]) -> str:
    """What was missed, superfluous or wrong, document after document."""
    lines: list[str] = []
    for document, group in groupby(notes, key=lambda note: note.document):
        lines.append(f"== {document}")
        lines += [f"   {note.what}: {note.text}" for note in group]
    return "\n".join(lines)


def macro_mean(folds: Iterable[Scores]) -> dict[str, float]:
    """The mean of every figure over the folds that have it."""
    columns = [scores.figures for scores in folds]
    keys = dict.fromkeys(key for column in columns for key in column)
    return {key: fmean(column[key] for column in columns if key in column) for key in keys}


def scores_to_dict(scores: Scores) -> dict[str, Any]:
    """The scores as a JSON object: rates rounded to three places, and the counts behind them."""
    tallies = {
        key: {
            "precision": round(tally.precision, 3),
            "recall": round(tally.recall, 3),
            "f1": round(tally.f1, 3),
            "matched": tally.matched,
            "found": tally.found,
            "gold": tally.gold,
        }
        for key, tally in scores.tallies.items()
    }
    shares = {
        key: {
            "accuracy": None if share.value is None else round(share.value, 3),
            "right": share.right,
            "pairs": share.looked_at,
        }
        for key, share in scores.shares.items()
    }
    return {**tallies, **shares, "documents": scores.documents, "missing": scores.missing}


def folds_to_dict(folds: Mapping[str, Scores]) -> dict[str, Any]:
    """The scores of all folds and their macro mean as a JSON object."""
    mean = {key: round(value, 3) for key, value in macro_mean(folds.values()).items()}
    return {"folds": {name: scores_to_dict(scores) for name, scores in folds.items()}, "mean": mean}


def to_json(plain: Mapping[str, Any]) -> str:
    """Indented JSON."""
    return json.dumps(plain, indent=1, ensure_ascii=False)


def _in_words(key: str) -> str:
    return key.replace("_", " ")
