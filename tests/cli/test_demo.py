"""``communique demo``: it shows what it should, with the fake reader and, once, with the real one."""

from __future__ import annotations

from click.testing import CliRunner

from communique.cli import main
from communique.examples import reports


def test_what_it_shows() -> None:
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0, result.output
    assert f"{len(reports())} reports · " in result.stdout
    assert "2020-06-22" in result.stdout
    assert "“" in result.stdout
    assert "communique read " in result.stdout.split("Now try:")[1]
    assert max(map(len, result.stdout.splitlines())) <= 140


def test_a_report_that_fails_is_told(runner: CliRunner, monkeypatch: object) -> None:
    result = runner.invoke(main, ["demo"])
    assert result.exit_code == 0
    assert "Now try:" in result.stdout
