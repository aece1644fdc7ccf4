"""Floors: they go up when asked, down only when that is said in words, and survive being written and read."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import FloorError
from communique.evaluation import FloorsFile, GoldSet, Measured, Scores
from communique.evaluation.figures import SHARES, TALLIES
from communique.evaluation.floors import MARGIN
from communique.evaluation.matching import Share, Tally

GOLD = GoldSet(name="x", documents=(), checksum="c" * 64)


def measured(found: int, *, gold: GoldSet = GOLD) -> Measured:
    """People found out of a thousand, and nothing else in the gold."""
    tallies = dict.fromkeys(TALLIES, Tally()) | {"people": Tally(matched=found, found=1000, gold=1000)}
    return Measured(gold, Scores(tallies=tallies, shares=dict.fromkeys(SHARES, Share()), documents=1, missing=0))


@pytest.fixture
def floors() -> FloorsFile:
    file = FloorsFile(gold="../gold/x")
    file.update([measured(900)])
    return file


def test_a_floor_lies_a_margin_under_the_figure(floors: FloorsFile) -> None:
    assert dict(floors.sets["x"].floors) == {"people.f1": pytest.approx(0.9 - MARGIN)}


def test_figures_at_the_floor_are_kept_and_below_it_are_not(floors: FloorsFile) -> None:
    floors.check([measured(895)])
    with pytest.raises(FloorError, match=r"x: people\.f1 is 0\.894, its floor is 0\.895"):
        floors.check([measured(894)])


def test_floors_rise_and_do_not_sink_bit_by_bit(floors: FloorsFile) -> None:
    assert floors.update([measured(950)]) == ["x: people.f1 0.895 → 0.945"]
    assert floors.update([measured(946)]) == []
    assert floors.sets["x"].floors["people.f1"] == 0.945


def test_a_floor_sinks_only_when_told_so(floors: FloorsFile) -> None:
    with pytest.raises(FloorError, match=r"would go down.*--lower-floors(.|\n)*x: people\.f1 0\.895 → 0\.500"):
        floors.update([measured(500)])
    assert floors.sets["x"].floors["people.f1"] == 0.895
    assert floors.update([measured(500)], may_lower=True) == ["x: people.f1 0.895 → 0.495"]


def test_other_gold_is_a_complaint(floors: FloorsFile) -> None:
    other = GoldSet(name="x", documents=(), checksum="d" * 64)
    assert "the gold has changed" in floors.complaints(measured(900, gold=other))[0]
    unknown = GoldSet(name="y", documents=(), checksum="d" * 64)
    assert floors.complaints(measured(900, gold=unknown)) == ["y: has no floors yet"]


def test_a_file_is_read_as_it_was_written(floors: FloorsFile, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    floors.save(path)
    assert FloorsFile.load(path) == floors
    before = path.read_bytes()
    FloorsFile.load(path).save(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "format = 'other/1'", "not toml", "format = 'communique/floors/1'\n[sets.x]"])
def test_a_wrong_file_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FloorError, match=r"f\.toml"):
        FloorsFile.load(path)


def test_where_the_gold_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_SHARED", str(tmp_path / "shared"))
    path = tmp_path / "data" / "floors" / "a.toml"
    for gold, written in ((tmp_path / "shared" / "gold", "shared:gold"), (tmp_path / "data" / "k", "../k")):
        gold.mkdir(parents=True)
        file = FloorsFile.new(path, gold, is_folds=False)
        assert file.gold == written
        assert file.gold_folder(path).resolve() == gold.resolve()
    assert FloorsFile.new(path, tmp_path / "shared" / "gold", is_folds=False).may_be_missing
