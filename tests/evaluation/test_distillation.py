"""Gold made of a served model's readouts: in the annotators' format, with its provenance, nothing doubtful in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.engine import ReadOptions, Success, read_sources
from communique.engine.bench import make_bench
from communique.evaluation import load_gold
from communique.evaluation.annotating import annotate
from communique.evaluation.annotation import check_annotation
from communique.evaluation.distillation import PROVENANCE, distil, find_documents, open_readouts
from communique.evaluation.scores import FoundDocument, score_set
from communique.model import Dropped, Readout
from communique.reading.llm import LlmOptions
from tests.reading.llm.sample import TEXT, answer
from tests.reading.llm.served import completion, serve

PAGE = "<html><body><nav>Home</nav><article><h1>Talks</h1><p>" + TEXT.split("\n\n", 1)[1].replace("\n\n", "</p><p>")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.html").write_text(f"{PAGE}</p></article><footer>More news</footer></body></html>", "utf-8")
    return folder


@pytest.fixture
def readouts(reports: Path, socket_enabled: None) -> list[Readout]:
    with serve(completion(answer())) as server:
        served = LlmOptions(endpoint=server.url, model="tiny")
        options = ReadOptions(published=dt.date(2025, 5, 14), llm=served)
        outcomes = list(read_sources([reports], options, bench_maker=make_bench))
    assert all(isinstance(outcome, Success) for outcome in outcomes)
    return [outcome.readout for outcome in outcomes if isinstance(outcome, Success)]


def write(path: Path, readouts: list[Readout]) -> Path:
    path.write_text("".join(f"{readout.to_json()}\n" for readout in readouts), "utf-8")
    return path


def run(*arguments: object, status: int = 0) -> str:
    result = CliRunner().invoke(main, ["distil", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result.output


def test_the_gold_says_what_the_readouts_said(reports: Path, readouts: list[Readout], tmp_path: Path) -> None:
    output = tmp_path / "distilled"
    said = run(write(tmp_path / "r.jsonl", readouts), "--documents", reports, "--output", output)
    assert "2 reports written" in said
    gold = load_gold(output)
    for path in output.glob("*.json"):
        assert not check_annotation(json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8"))
    assert (output / "01.txt").read_text("utf-8") == TEXT
    assert "More news" not in (output / "02.txt").read_text("utf-8")
    named = [replace(r, document=replace(r.document, uri=f"0{k}.txt")) for k, r in enumerate(readouts, 1)]
    scores = score_set(gold, map(FoundDocument.of, named))
    assert {figure: value for figure, value in scores.figures.items() if value != 1} == {}


def test_every_readout_has_a_line_of_provenance(reports: Path, readouts: list[Readout], tmp_path: Path) -> None:
    readouts[1] = replace(readouts[1], dropped=(Dropped(kind="person", count=40),))
    output = tmp_path / "distilled"
    said = run(write(tmp_path / "r.jsonl", readouts), "--documents", reports, "--output", output)
    assert "b.html: " in said
    lines = [json.loads(line) for line in (output / PROVENANCE).read_text("utf-8").splitlines()]
    assert [line["file"] for line in lines] == ["01.txt", None]
    assert lines[0]["reader"] == "llm/tiny"
    assert lines[0]["document"] == readouts[0].document.id
    assert lines[1]["dropped"] == {"person": 40}
    assert "was dropped" in lines[1]["left_out"]
    assert not any(line["checked_by_people"] for line in lines)


def test_what_must_not_be_learned_from_is_left_out(reports: Path, readouts: list[Readout]) -> None:
    good = readouts[0]
    nobody = replace(good.people[0], name="Igor Faraway")
    doubtful = [
        replace(good, reader="communique local 1"),
        replace(good, document=replace(good.document, id="0" * 64)),
        replace(good, document=replace(good.document, id=readouts[1].document.id)),
        replace(good, people=(nobody, *good.people[1:])),
        good,
        good,
    ]
    reasons = [lesson.reason for lesson in distil(doubtful, find_documents([reports]), most_dropped=0.1)]
    for reason, words in zip(
        reasons, ["local", "not among", "cannot be used", "would be wrong", "", "taken before"], strict=True
    ):
        assert words in reason
        assert bool(words) == bool(reason)


@pytest.mark.parametrize(
    ("precision", "expected"), [("day", "2025-05-12"), ("month", "2025-05"), ("year", None), ("before", None)]
)
def test_dates_are_as_precise_as_annotators_write_them(
    readouts: list[Readout], precision: str, expected: str | None
) -> None:
    meeting = readouts[0].engagements[0]
    assert meeting.date is not None
    dated = replace(meeting, date=replace(meeting.date, precision=precision))  # type: ignore[arg-type]
    assert annotate(replace(readouts[0], engagements=(dated,)))["engagements"][0]["date"] == expected


def test_wrong_files_are_told(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"people": []}\n', "utf-8")
    said = run(tmp_path / "r.jsonl", "--documents", reports, "--output", tmp_path / "new", status=1)
    assert "line 1 is not a readout" in said
    assert "not empty" in run(tmp_path / "r.jsonl", "--documents", reports, "--output", reports, status=2)
    assert "nowhere" in run(tmp_path / "r.jsonl", "--documents", "nowhere", "--output", tmp_path / "x", status=1)
    with pytest.raises(Exception, match="cannot be read"):
        list(open_readouts(tmp_path / "gone.jsonl"))
