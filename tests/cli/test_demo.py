"""``communique demo``: it shows what it should, with the fake reader and, once, with the real one."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from communique.cli import main
from communique.examples import reports


def test_what_it_shows(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["demo", "--register", str(tmp_path / "demo.db")])
    assert result.exit_code == 0, result.output
    assert f"{len(reports())} documents · " in result.stdout
    assert "14 December 2023" in result.stdout
    assert "“" in result.stdout
    assert "communique find " in result.stdout.split("Now try:")[1]
    assert max(map(len, result.stdout.splitlines())) <= 140


def test_it_adds_nothing_twice(runner: CliRunner, tmp_path: Path) -> None:
    address = str(tmp_path / "demo.db")
    first, second = (runner.invoke(main, ["demo", "--register", address]) for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert f"{len(reports())} documents · " in second.stdout
