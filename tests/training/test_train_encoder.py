"""Tuning the encoder: what is asked, what is wrong, and that the exported network answers as the tuned one does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="PyTorch is for training only (requirements/encoder.txt)")
pytest.importorskip("onnx", reason="onnx is for training only (requirements/train.lock)")

import numpy as np
import torch
from training.examples import Example, collect
from training.gold_folders import LEARNED, ROOT, Report, load_reports
from training.network import FOLDER, Network
from training.train_engagements import Unjudged

from communique import Reader
from communique.reading.encoder.encoder import PIECES, Encoder, arrays
from communique.reading.encoder.pieces import WordPieces
from training import train_encoder


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    reader = Reader()
    reader.confidence = Unjudged()
    reports: list[Report] = load_reports([ROOT / "data" / "gold" / "k"], reader)[:6]
    return collect(reports, reader)


@pytest.fixture(scope="module")
def taught(examples: list[Example]) -> list[train_encoder.Lesson]:
    pieces = WordPieces(LEARNED / PIECES)
    return [lesson for example in examples for lesson in train_encoder.lessons(example, pieces)]


def test_the_pieces_are_those_of_the_weights() -> None:
    assert (LEARNED / PIECES).read_bytes() == (FOLDER / "vocab.txt").read_bytes()


def test_every_question_of_a_window_has_an_answer_or_none(taught: list[train_encoder.Lesson]) -> None:
    for lesson in taught:
        window = lesson.asked
        assert len(lesson.answers["tells"]) == len(window.triggers)
        assert len(lesson.answers["same"]) == len(window.same)
        assert len(lesson.answers["who"]) == len(set(window.who.about))
        assert len(lesson.group) == len(window.who.pairs) == len(window.hints)
        assert len(lesson.answers["when"]) == len(window.when.pairs)
        assert len(lesson.answers["where"]) == len(window.where.pairs)
    for name in ("tells", "who", "when", "where"):
        told = np.concatenate([lesson.answers[name] for lesson in taught])
        assert {0, 1} <= set(told.tolist()), name


def test_tuning_makes_it_less_wrong_and_what_is_exported_answers_alike(
    taught: list[train_encoder.Lesson], examples: list[Example], tmp_path: Path
) -> None:
    torch.manual_seed(0)
    before = Network(train_encoder.LAYERS).eval()
    after = train_encoder.tune(taught, "test", epochs=4)
    pseudonyms = train_encoder.pseudonym_pieces()
    with torch.no_grad():
        assert float(train_encoder.loss(after, taught[:4], pseudonyms)) < float(
            train_encoder.loss(before, taught[:4], pseudonyms)
        )
        asked = {name: torch.from_numpy(values) for name, values in arrays(taught[0].asked).items()}
        expected = after(**asked)[0].numpy()
    shutil.copy(LEARNED / PIECES, tmp_path)
    train_encoder.export(after, taught[0].asked, tmp_path / "network.onnx")
    opinion = Encoder(tmp_path / "network.onnx", tmp_path / PIECES).read(examples[0].narrative)
    given = [opinion.of_telling(number) for number in taught[0].asked.triggers]
    assert given == pytest.approx(expected.tolist(), abs=0.5)  # eight bits


def test_reports_are_followed_by_several_processes_as_by_one(tmp_path: Path) -> None:
    gold = ROOT / "data" / "gold" / "k"
    for path in [p for number in ("01", "02", "03") for p in gold.glob(f"{number}.*")]:
        shutil.copyfile(path, tmp_path / path.name)
    alone, together = train_encoder.taught_by([tmp_path]), train_encoder.taught_by([tmp_path], jobs=2)
    assert len(alone) > 2
    assert [part for part, _ in together] == [part for part, _ in alone]
    for (_, one), (_, other) in zip(alone, together, strict=True):
        assert one.asked == other.asked
        assert all((one.answers[name] == other.answers[name]).all() for name in one.answers)
