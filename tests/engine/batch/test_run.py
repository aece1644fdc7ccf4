from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from communique.engine import ReadOptions
from communique.engine.batch import (
    Batch,
    BatchOptions,
    Crew,
    Engine,
    Shard,
    ShardReport,
    ShardSize,
    ShardTask,
    run_locally,
)
from communique.engine.batch.shard import ShardSettings, read_shard
from communique.engine.batch.tables import TABLES
from communique.errors import BatchError, LexiconError
from tests.engine.batch.inputs import GERMAN, REPORT, WEATHER, poison_bench, write_folder
from tests.fake_reader import fake_bench

RUN = """
import sys
from communique.engine.batch import Batch, BatchOptions, ShardSize, run_locally
from tests.fake_reader import fake_bench
if __name__ == "__main__":
    options = BatchOptions(form="jsonl", reads_copies=True, size=ShardSize(documents=5), make_bench=fake_bench)
    batch = Batch(sys.argv[2])
    for report in batch.run(batch.begin([sys.argv[1]], options), options, run_locally(1)):
        print(report.number, flush=True)
"""


def options(documents: int = 16, **changes: object) -> BatchOptions:
    base = BatchOptions(form="jsonl", reads_copies=True, size=ShardSize(documents=documents), make_bench=fake_bench)
    return replace(base, **changes)  # type: ignore[arg-type]


def run(inputs: Sequence[Path], output: Path, how: BatchOptions, jobs: int = 1) -> list[ShardReport]:
    batch = Batch(str(output))
    return list(batch.run(batch.begin([str(path) for path in inputs], how), how, run_locally(jobs)))


def breaking_at(step: ShardTask) -> Engine:
    """The engine of one process, broken off when one shard has been through a step."""

    @contextmanager
    def gather(settings: ShardSettings) -> Iterator[Crew]:
        with run_locally(1)(settings) as crew:

            def work(task: ShardTask, shards: Sequence[Shard]) -> Iterator[ShardReport]:
                if task is not step:
                    yield from crew(task, shards)
                    return
                yield from crew(task, shards[:1])
                raise InterruptedError

            yield work

    return gather


def rows(output: Path, table: str) -> list[dict[str, object]]:
    lines = [line for path in sorted((output / table).glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def uris_read(output: Path) -> list[str]:
    return [row["document"]["uri"] for row in rows(output, "readouts")]  # type: ignore[index]


def contents(output: Path) -> dict[str, bytes]:
    """All files but those with times in them."""
    files = (path for path in output.rglob("*") if path.is_file() and path.parent.name in TABLES)
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


@pytest.mark.slow
def test_every_good_document_is_read_and_every_bad_one_reported(tmp_path: Path) -> None:
    readable, errors = write_folder(tmp_path / "in", good=184, bad=16)
    reports = run([tmp_path / "in"], tmp_path / "out", options(25, make_bench=poison_bench, seconds=4.0), jobs=2)
    assert sorted(uris_read(tmp_path / "out")) == sorted(readable)
    assert {row["uri"]: row["error"] for row in rows(tmp_path / "out", "failures")} == errors
    assert sum(report.counts["documents"] for report in reports) == 200


def test_what_becomes_of_a_document_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a", REPORT), ("b", WEATHER), ("c", GERMAN), ("d", ""), ("e", f"{REPORT} CRASH")):
        (folder / f"{name}.txt").write_text(text)
    (report,) = run([folder], tmp_path / "out", options())
    assert report.counts == {"documents": 5, "read": 1, "irrelevant": 1, "foreign": 1, "failed": 2}
    assert report.errors == {"DocumentEmpty": 1, "KeyError": 1}
    assert rows(tmp_path / "out", "foreign") == [{"uri": str(folder / "c.txt"), "language": "de"}]
    (report,) = run([folder], tmp_path / "all", options(has_gate=False))
    assert report.counts == {"documents": 5, "read": 3, "failed": 2}  # the quick reader names no language


def test_the_same_input_gives_the_same_files_whatever_the_number_of_processes(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=40, bad=0)
    (tmp_path / "in" / "00007.txt").write_text(f"{REPORT} KILL")
    (tmp_path / "in" / "00009.txt").write_text(f"{REPORT} CRASH")
    run([tmp_path / "in"], tmp_path / "one", options(form="parquet"))
    run([tmp_path / "in"], tmp_path / "two", options(form="parquet"), jobs=2)
    assert len(contents(tmp_path / "one")) == 4
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_parquet_holds_readouts_that_can_be_read_back(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from communique.model import Readout

    write_folder(tmp_path / "in", good=3, bad=0)
    run([tmp_path / "in"], tmp_path / "out", options(form="parquet"))
    table = pq.read_table(tmp_path / "out" / "readouts" / "000000.parquet").to_pylist()
    assert [Readout.from_json(row["readout"]).document.uri for row in table] == [row["uri"] for row in table]
    assert len(table) == 3


def test_input_and_output_may_be_addresses(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=3, bad=0)
    batch, how = Batch(f"file://{tmp_path}/out"), options()
    list(batch.run(batch.begin([f"file://{tmp_path}/in"], how), how, run_locally(1)))
    assert uris_read(tmp_path / "out") == [f"file://{tmp_path}/in/{number:05d}.txt" for number in range(3)]
    (first, *_) = rows(tmp_path / "out", "readouts")
    assert first["document"]["text"] == REPORT.format(number=0)  # type: ignore[index]


def test_a_run_that_was_broken_off_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=20, bad=0)
    how, batch = options(5), Batch(str(tmp_path / "out"))
    with pytest.raises(InterruptedError):
        list(batch.run(batch.begin([str(tmp_path / "in")], how), how, breaking_at(read_shard)))
    reports = run([tmp_path / "in"], tmp_path / "out", how)
    assert [report.number for report in reports if report.is_resumed] == [0]
    assert sorted(report.number for report in reports) == [0, 1, 2, 3]
    assert len(set(uris_read(tmp_path / "out"))) == len(uris_read(tmp_path / "out")) == 20


def test_a_run_that_was_killed_leaves_nothing_lost_or_doubled(tmp_path: Path, root: Path) -> None:
    write_folder(tmp_path / "in", good=60, bad=0)
    script = tmp_path / "run.py"
    script.write_text(RUN)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    command = [sys.executable, str(script), str(tmp_path / "in"), str(tmp_path / "out")]
    for _ in range(2):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout
            for _ in range(4):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
    reports = run([tmp_path / "in"], tmp_path / "out", options(5))
    assert 4 <= sum(report.is_resumed for report in reports) < 12
    run([tmp_path / "in"], tmp_path / "whole", options(5))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_shard_whose_files_were_harmed_is_read_again(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=10, bad=0)
    run([tmp_path / "in"], tmp_path / "out", options(5))
    whole = contents(tmp_path / "out")
    (tmp_path / "out" / "readouts" / "000001.jsonl").write_text("{")
    (tmp_path / "out" / "readouts" / "000000.jsonl.0.part").write_text("what a killed run left")
    reports = run([tmp_path / "in"], tmp_path / "out", options(5))
    assert [report.number for report in reports if not report.is_resumed] == [1]
    assert contents(tmp_path / "out") == whole


def test_a_run_killed_before_its_plan_was_written_is_begun_again(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=1, bad=0)
    (tmp_path / "out" / "failures").mkdir(parents=True)
    (tmp_path / "out" / "failures" / "inputs.jsonl").write_text("")
    assert run([tmp_path / "in"], tmp_path / "out", options())


def test_a_folder_of_another_batch_is_left_alone(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=1, bad=0)
    run([tmp_path / "in"], tmp_path / "out", options())
    with pytest.raises(BatchError, match="Give another folder for other inputs"):
        run([tmp_path], tmp_path / "out", options())
    with pytest.raises(BatchError, match="was begun with gate True"):
        run([tmp_path / "in"], tmp_path / "out", options(has_gate=False))
    with pytest.raises(BatchError, match="holds files, but no batch"):
        run([tmp_path / "in"], tmp_path / "in", options())
    with pytest.raises(BatchError, match="no batch"):
        Batch(str(tmp_path / "nowhere")).plan()


def lexicon_bench(how: ReadOptions) -> object:
    raise LexiconError("The folder is missing.")


def test_what_no_document_could_survive_ends_the_run(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", good=1, bad=0)
    with pytest.raises(LexiconError, match="missing"):
        run([tmp_path / "in"], tmp_path / "out", options(make_bench=lexicon_bench))
