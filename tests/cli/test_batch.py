"""``communique batch``: what is written and told, and how a run goes on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

import communique.engine.batch
from communique.cli import main
from communique.cli.batch import Pace
from communique.engine.batch import ShardReport
from tests.fake_reader import fake_bench


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs commands in this process, with the fake reader in its workers."""
    faked = partial(communique.engine.batch.BatchOptions, make_bench=fake_bench)
    monkeypatch.setattr(communique.engine.batch, "BatchOptions", faked)
    return CliRunner()


def test_a_batch_is_read_told_and_found_finished(runner: CliRunner, reports: Path, tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    command = ["batch", "read", str(reports), "--output", output, "--no-gate", "--format", "jsonl"]
    result = runner.invoke(main, command)
    assert result.exit_code == 0
    told = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert told[0] == "1 of 1 shards; 3 documents"
    assert "2 read" in told
    assert "1 DocumentEmpty" in told
    lines = (tmp_path / "out/readouts/000000.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 2
    again = runner.invoke(main, command)
    assert again.stdout == result.stdout  # nothing was read anew: even the times are those of the first run
    status = runner.invoke(main, ["batch", "status", output])
    assert (status.exit_code, status.stdout) == (0, result.stdout)


def test_the_status_of_a_batch_with_a_harmed_file_is_unfinished(
    runner: CliRunner, reports: Path, tmp_path: Path
) -> None:
    command = ["batch", "read", str(reports), "--output", str(tmp_path / "out"), "--no-gate", "--shard-size", "1"]
    runner.invoke(main, command)
    (tmp_path / "out/readouts/000002.parquet").unlink()
    status = runner.invoke(main, ["batch", "status", str(tmp_path / "out")])
    assert status.exit_code == 1
    assert status.stdout.startswith("2 of 3 shards")
    assert runner.invoke(main, command).exit_code == 0


def test_an_input_with_nothing_behind_it_is_told(runner: CliRunner, reports: Path, tmp_path: Path) -> None:
    result = runner.invoke(main, ["batch", "read", str(reports), "nowhere", "--output", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "1  inputs with nothing behind them" in result.stdout
    assert (tmp_path / "out/failures/inputs.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (["read", "x", "--output", "{out}", "--address", "auto"], 2, "--address goes with --engine ray"),
        (["status", "{out}"], 1, "no batch"),
        (["read", "x"], 2, "--output"),
    ],
)
def test_what_is_wrong_is_said(
    runner: CliRunner, tmp_path: Path, arguments: list[str], status: int, complaint: str
) -> None:
    result = runner.invoke(main, ["batch", *(argument.format(out=tmp_path / "out") for argument in arguments)])
    assert result.exit_code == status
    assert complaint in result.stderr


def test_copies_are_told_and_read_only_where_that_is_asked_for(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("one", "two"):
        (tmp_path / "in" / f"{name}.txt").write_text("The minister spoke. Ann Ash met Bo Birch in Quin.")
    command = ["batch", "read", str(tmp_path / "in"), "--format", "jsonl", "--shard-size", "1", "--output"]
    told = runner.invoke(main, [*command, str(tmp_path / "out")])
    assert told.exit_code == 0
    assert {"1 read", "1 copies of others, kept by address"} <= {
        " ".join(line.split()) for line in told.stdout.split("\n")
    }
    every = runner.invoke(main, [*command, str(tmp_path / "all"), "--read-copies"])
    assert "2  read" in every.stdout


def test_progress_tells_each_step_by_itself() -> None:
    pace = Pace(2)
    report = ShardReport(number=0, counts={"documents": 3}, errors={}, seconds={})
    assert pace.note("opened", report).startswith("1 of 2 shards opened, ")
    assert pace.note("opened", report).startswith("2 of 2 shards opened, ")
    assert pace.note("read", report).startswith("1 of 2 shards read, ")
    assert pace.left() == "0 h 0 min"
