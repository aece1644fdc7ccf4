"""What the training of choices prints."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is for training only (requirements/train.lock)")

from training.choices import show_shares


def test_shares_are_shown_by_folder_with_their_means(capsys: pytest.CaptureFixture[str]) -> None:
    show_shares([("gold/b", True, True), ("gold/a", False, True), ("gold/a", True, True)])
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows == [
        ["asked", "rules", "chosen"],
        ["a", "2", "0.500", "1.000"],
        ["b", "1", "1.000", "1.000"],
        ["mean", "0.750", "1.000"],
    ]
