"""Commands with the small fake reader in place of the real one, and reports for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

import communique.engine
from tests.fake_reader import fake_bench


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs commands in this process, with the fake reader."""
    faked = partial(communique.engine.read_sources, bench_maker=fake_bench)
    monkeypatch.setattr(communique.engine, "read_sources", faked)
    return CliRunner()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Three reports in a folder: two that can be read, and an empty one."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Talks in Quin\nAna Corin met Dario Elm in Quin.\n", "utf-8")
    (folder / "b.txt").write_text("", "utf-8")
    (folder / "c.txt").write_text("Nothing to report\nThe weather was fine.\n", "utf-8")
    return folder
