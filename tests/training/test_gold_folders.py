"""Folders that are trained on: those with annotated reports, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import gold_folders


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shared folder without gold in it."""
    monkeypatch.setenv("COMMUNIQUE_SHARED", str(tmp_path))
    monkeypatch.delenv(gold_folders.EXTRA_VARIABLE, raising=False)
    return tmp_path


def test_own_gold_is_taken_but_not_what_is_unseen_nor_the_stories(shared: Path) -> None:
    assert "".join(folder.name for folder in gold_folders.default_folders()) == "klmnopqstuv"


def test_shared_and_extra_folders_are_added(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shared / "gold" / "dev" / "a").mkdir(parents=True)
    (shared / "gold" / "dev" / "a" / "01.json").write_text("{}", "utf-8")
    monkeypatch.setenv(gold_folders.EXTRA_VARIABLE, "/elsewhere/x")
    assert "".join(folder.name for folder in gold_folders.default_folders()) == "aklmnopqstuvx"
