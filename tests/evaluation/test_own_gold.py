"""Our own gold: every annotation is in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.evaluation.annotation import check_annotation

FOLDER = Path(__file__).parents[2] / "data" / "gold"


@pytest.mark.parametrize("folder", ["k", "l"])
def test_annotations_are_in_order(folder: str) -> None:
    paths = sorted((FOLDER / folder).glob("*.json"))
    assert len(paths) > 90
    problems = {
        path.name: found
        for path in paths
        if (found := check_annotation(json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8")))
    }
    assert not problems
