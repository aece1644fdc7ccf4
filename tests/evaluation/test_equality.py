"""Our figures equal those of the given scorer, on made-up gold and readouts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from communique.evaluation import load_gold, load_readouts, score_set
from communique.evaluation.figures import Scores
from tests.evaluation.made_up import write_set
from tests.shared_folder import need

THEIR_WORD = {"engagements": "eng", "participants": "part", "topics": "top"}


def as_given_scorer(scores: Scores) -> dict[str, object]:
    figures: dict[str, object] = {
        THEIR_WORD.get(key, key): [
            round(t.precision, 3),
            round(t.recall, 3),
            round(t.f1, 3),
            t.matched,
            t.found,
            t.gold,
        ]
        for key, t in scores.tallies.items()
    }
    figures |= {key: None if s.value is None else round(s.value, 3) for key, s in scores.shares.items()}
    return figures | {"documents": scores.documents, "documents_missing": scores.missing}


def given_scorer(gold: Path, readouts: Path) -> dict[str, object]:
    command = [sys.executable, str(need("tools/score.py")), str(gold), str(readouts), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(12))
def test_figures_equal_the_given_scorers(tmp_path: Path, seed: int) -> None:
    need("tools/score.py")
    readouts = write_set(tmp_path / "gold", seed)
    ours = as_given_scorer(score_set(load_gold(tmp_path / "gold"), load_readouts(readouts)))
    assert ours == given_scorer(tmp_path / "gold", readouts)


@pytest.mark.shared
def test_an_empty_file_of_readouts_scores_alike(tmp_path: Path) -> None:
    need("tools/score.py")
    write_set(tmp_path / "gold", 99)
    nothing = tmp_path / "nothing.jsonl"
    nothing.write_text("", "utf-8")
    ours = as_given_scorer(score_set(load_gold(tmp_path / "gold"), load_readouts(nothing)))
    assert ours == given_scorer(tmp_path / "gold", nothing)
    assert ours["documents_missing"] == 12


def test_the_made_up_sets_exercise_every_figure(tmp_path: Path) -> None:
    """A comparison of zeros would prove nothing."""
    readouts = write_set(tmp_path / "gold", 0)
    scores = score_set(load_gold(tmp_path / "gold"), load_readouts(readouts))
    assert scores.missing == 1
    assert all(0 < tally.matched < tally.gold for tally in scores.tallies.values())
    assert all(0 < share.right <= share.looked_at for share in scores.shares.values())
