"""Copies in a batch: found before anything is read, whatever the order, the processes and the interruptions."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from communique.engine.batch import Batch, BatchOptions
from communique.engine.batch.comparing import COMPARED
from communique.engine.batch.sifting import SIFTED, read_sifted, sift_shard
from communique.errors import BatchError
from tests.engine.batch.inputs import GERMAN, WEATHER, poison_bench
from tests.engine.batch.test_run import breaking_at, contents, options, rows, run, uris_read
from tests.engine.copies.texts import edited, printed_elsewhere, report

MEETING = "The minister spoke. Ann Ash met Bo Birch in Quin."
# Name of a print → the print that is read in its place. Without days, the one whose words have the smallest hash is
# the first, so these are pairs of which either may be.
PAIRS = {("wire", "paper"), ("twin", "twin-again"), ("story", "story-edited")}


def finding(documents: int = 4, **changes: object) -> BatchOptions:
    return options(documents, reads_copies=False, **changes)


def texts() -> dict[str, str]:
    found = {f"alone{number}": f"{MEETING} {report(30 + number)}" for number in range(7)}
    return {
        **found,
        "wire": f"{MEETING} {report(1)}",
        "paper": printed_elsewhere(f"{MEETING} {report(1)}"),
        "twin": f"{MEETING} {report(2)}",
        "twin-again": f"{MEETING} {report(2)}",
        "story": f"{MEETING} {report(4)}",
        "story-edited": edited(f"{MEETING} {report(4)}", 0.05),
        "weather": WEATHER,
        "german": GERMAN,
        "empty": "",
        "killer": f"{MEETING} {report(5)} KILL",
        "crash": f"{MEETING} {report(6)} CRASH",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in texts().items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def copies(output: Path) -> dict[str, str]:
    """Names of the copies with those of the prints that they point to."""
    return {Path(str(row["uri"])).stem: Path(str(row["copy_of"])).stem for row in rows(output, "copies")}


def test_copies_are_found_before_they_are_read(folder: Path, tmp_path: Path) -> None:
    reports = run([folder], tmp_path / "out", finding())
    found = copies(tmp_path / "out")
    pairs = {tuple(sorted(pair)) for pair in found.items()}
    assert pairs == {tuple(sorted(pair)) for pair in PAIRS}
    read = {Path(uri).stem for uri in uris_read(tmp_path / "out")}
    assert read.isdisjoint(found)
    assert set(found.values()) <= read
    counts = {name: sum(one.counts.get(name, 0) for one in reports) for name in ("read", "copies", "documents")}
    assert counts == {"read": len(read), "copies": 3, "documents": len(texts())}
    assert {row["error"] for row in rows(tmp_path / "out", "failures")} == {"DocumentEmpty", "WorkerDied", "KeyError"}
    assert not list((tmp_path / "out" / SIFTED).glob("*.documents"))


def test_what_tells_more_than_the_first_print_is_read(tmp_path: Path) -> None:
    """The long report of the evening holds the short one of the morning, and much else."""
    folder = tmp_path / "in"
    folder.mkdir()
    words = report(3).split()
    (folder / "morning.txt").write_text(f"3 March 2025\n\n{MEETING} {' '.join(words[:60])}.")
    (folder / "evening.txt").write_text(f"4 March 2025\n\n{MEETING} {' '.join(words)}.")
    run([folder], tmp_path / "out", finding(has_gate=False, make_bench=poison_bench))
    assert copies(tmp_path / "out") == {}
    (folder / "night.txt").write_text(f"5 March 2025\n\n{MEETING} {' '.join(words[:200])}.")
    run([folder], tmp_path / "again", finding(has_gate=False, make_bench=poison_bench))
    assert copies(tmp_path / "again") == {"night": "evening"}


def test_the_order_of_the_input_changes_nothing(folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", finding())
    paths = [*folder.iterdir()]
    for seed in range(3):
        random.Random(seed).shuffle(paths)
        output = tmp_path / f"out{seed}"
        run(paths, output, finding(documents=2 + seed), jobs=1 + seed % 2)
        assert sorted(map(str, rows(output, "copies"))) == sorted(map(str, rows(tmp_path / "out", "copies")))
        assert sorted(uris_read(output)) == sorted(uris_read(tmp_path / "out"))


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_files_are_the_same_whatever_the_number_of_processes(folder: Path, tmp_path: Path, form: str) -> None:
    run([folder], tmp_path / "one", finding(form=form))
    run([folder], tmp_path / "two", finding(form=form), jobs=2)
    assert any(name.startswith("copies/") for name in contents(tmp_path / "one"))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a b.txt"
    path.write_text(f"{MEETING} {report(1)}")
    run([path, path], tmp_path / "out", finding(documents=1))
    assert uris_read(tmp_path / "out") == [str(path)]
    (row,) = rows(tmp_path / "out", "copies")
    assert (row["uri"], row["copy_of"], row["share"]) == (str(path), str(path), 1.0)
    assert row["document"] == row["copy_of_document"]


def test_notices_of_a_few_words_are_copies_only_of_the_very_same_words(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, day in (("a", "Monday"), ("b", "Tuesday"), ("c", "Monday")):
        (folder / f"{name}.txt").write_text(f"{MEETING} They went on to the port on {day}.")
    run([folder], tmp_path / "out", finding())
    assert copies(tmp_path / "out") == {"c": "a"}


def test_every_print_is_read_where_that_is_asked_for(folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", options())
    run([folder], tmp_path / "found", finding())
    assert len(uris_read(tmp_path / "out")) == len(uris_read(tmp_path / "found")) + 3
    assert not (tmp_path / "out" / "copies").exists()
    with pytest.raises(BatchError, match="was begun with reads_copies True"):
        run([folder], tmp_path / "out", finding(documents=16))


def test_a_run_that_was_broken_off_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    how, batch = finding(), Batch(str(tmp_path / "out"))
    run([folder], tmp_path / "whole", how)
    plan = batch.begin([str(folder)], how)
    with pytest.raises(InterruptedError):
        list(batch.run(plan, how, breaking_at(sift_shard)))
    assert batch.sifted(plan) == 1
    assert not (tmp_path / "out" / COMPARED).exists()
    with pytest.raises(InterruptedError):
        list(batch.run(plan, how, breaking_at(read_sifted)))
    assert (tmp_path / "out" / COMPARED).exists()
    reports = run([folder], tmp_path / "out", how)
    assert [one.number for one in reports if one.is_resumed] == [0]
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_finished_shard_whose_files_were_harmed_is_read_again(folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", finding())
    whole = contents(tmp_path / "out")
    harmed = min((tmp_path / "out" / "copies").iterdir())
    harmed.write_text("{")
    reports = run([folder], tmp_path / "out", finding())
    assert [f"{one.number:06d}" for one in reports if not one.is_resumed] == [harmed.stem]
    assert contents(tmp_path / "out") == whole


def test_what_is_gone_between_the_passes_is_said(folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", finding())
    shutil.rmtree(tmp_path / "out" / "compared")
    shutil.rmtree(tmp_path / "out" / "readouts")
    with pytest.raises(BatchError, match=r"compared/000000: gone .* Remove .*compared\.json and go on"):
        run([folder], tmp_path / "out", finding())
    (tmp_path / "out" / COMPARED).unlink()
    run([folder], tmp_path / "out", finding())
    assert len(copies(tmp_path / "out")) == 3


def test_a_shard_that_is_given_out_again_after_it_was_finished_is_left_alone(folder: Path, tmp_path: Path) -> None:
    """A cluster does so when a machine is lost between the last file and its answer."""
    how, output = finding(), tmp_path / "out"
    (first, *_) = run([folder], output, how)
    whole = contents(output)
    batch = Batch(str(output))
    settings = how.settings(str(output))
    with settings.new_process() as process:
        again = read_sifted(batch.plan().shards[first.number], settings, process)
    assert again == first
    assert contents(output) == whole
