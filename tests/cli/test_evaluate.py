"""``communique evaluate``: figures of given readouts, of folds, of a reading; and floors."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from tests.evaluation.made_up import write_set


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold set that the fake reader reads well."""
    folder = tmp_path / "gold"
    folder.mkdir()
    text = "Talks in Quin\nAna Corin met Dario Elm in Quin.\n"
    people = [{"name": "Ana Corin", "aliases": [], "roles": []}, {"name": "Dario Elm", "aliases": [], "roles": []}]
    engagement = {
        "kind": "meeting", "status": "held", "background": False, "date": None, "place": "Quin",
        "sides": [["Ana Corin"], ["Dario Elm"]], "topics": [], "evidence": "Ana Corin met Dario Elm in Quin.",
    }  # fmt: skip
    annotation = {"people": people, "engagements": [engagement], "commitments": [], "statements": []}
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(text, "utf-8")
        (folder / f"{name}.json").write_text(json.dumps(annotation), "utf-8")
    return folder


def run(runner: CliRunner, *arguments: object, status: int = 0) -> tuple[str, str]:
    result = runner.invoke(main, ["evaluate", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result.stdout, result.stderr


def test_without_readouts_the_reports_are_read(runner: CliRunner, gold: Path) -> None:
    figures = json.loads(run(runner, gold, "--json")[0])
    assert figures["documents"] == 2
    assert figures["people"]["f1"] == figures["engagements"]["f1"] == figures["place"]["accuracy"] == 1.0


def test_given_readouts_are_scored(runner: CliRunner, tmp_path: Path) -> None:
    readouts = write_set(tmp_path / "made", 3)
    table, _ = run(runner, tmp_path / "made", readouts)
    assert "engagements" in table
    details, _ = run(runner, tmp_path / "made", readouts, "--details")
    assert details.startswith(table.rstrip("\n"))
    assert "people missed: " in details


def test_folds_are_scored_alone_and_averaged(runner: CliRunner, tmp_path: Path) -> None:
    lines = [write_set(tmp_path / "folds" / name, seed).read_text("utf-8") for seed, name in enumerate("xy")]
    (tmp_path / "all.jsonl").write_text("".join(lines), "utf-8")
    plain = json.loads(run(runner, tmp_path / "folds", tmp_path / "all.jsonl", "--folds", "--json")[0])
    f1 = [plain["folds"][name]["people"]["f1"] for name in "xy"]
    assert plain["mean"]["people.f1"] == pytest.approx(sum(f1) / 2, abs=0.002)
    head = run(runner, tmp_path / "folds", tmp_path / "all.jsonl", "--folds")[0].splitlines()[0]
    assert head.split() == ["x", "y", "mean"]


def test_a_report_that_cannot_be_read_is_told(runner: CliRunner, gold: Path) -> None:
    (gold / "two.txt").write_text("", "utf-8")
    table, complaints = run(runner, gold, status=1)
    assert "without a readout 1" in table
    assert "two.txt: DocumentEmpty" in complaints


def test_floors_are_made_kept_and_guarded(runner: CliRunner, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "gold.toml"
    run(runner, gold, "--floors", floors, status=1)  # there is no such file
    run(runner, gold, "--floors", floors, "--update-floors")
    assert tomllib.loads(floors.read_text("utf-8"))["sets"]["gold"]["floors"]["people.f1"] == 0.995
    assert "Floors kept: 1 sets." in run(runner, gold, "--floors", floors)[1]

    (gold / "two.txt").write_text("Ana Corin stayed at home.", "utf-8")
    complaints = run(runner, gold, "--floors", floors, status=1)[1]
    assert "gold: people.f1 is 0.667, its floor is 0.995" in complaints
    assert "gold: engagements.f1 is 0.667, its floor is 0.995" in complaints
    before = floors.read_text("utf-8")
    assert "--lower-floors" in run(runner, gold, "--floors", floors, "--update-floors", status=1)[1]
    assert floors.read_text("utf-8") == before
    run(runner, gold, "--floors", floors, "--update-floors", "--lower-floors")
    assert tomllib.loads(floors.read_text("utf-8"))["sets"]["gold"]["floors"]["people.f1"] == 0.662


def test_other_gold_is_noticed(runner: CliRunner, gold: Path, tmp_path: Path) -> None:
    run(runner, gold, "--floors", tmp_path / "f.toml", "--update-floors")
    (gold / "two.json").unlink()
    assert "the gold has changed" in run(runner, gold, "--floors", tmp_path / "f.toml", status=1)[1]


def test_all_floors_of_a_folder_are_held(
    runner: CliRunner, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds = tmp_path / "shared" / "folds"
    folds.mkdir(parents=True)
    gold.rename(folds / "gold")
    (folds / "gold").rename(folds / "x")
    plain = tmp_path / "plain"
    plain.mkdir()
    for path in (folds / "x").iterdir():
        (plain / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("COMMUNIQUE_SHARED", str(tmp_path / "shared"))
    floors = tmp_path / "floors"
    floors.mkdir()
    run(runner, plain, "--floors", floors / "set.toml", "--update-floors")
    run(runner, folds, "--folds", "--floors", floors / "dev.toml", "--update-floors")
    assert 'gold = "shared:folds"' in (floors / "dev.toml").read_text("utf-8")
    assert 'gold = "../plain"' in (floors / "set.toml").read_text("utf-8")
    assert "Floors kept: 2 sets." in run(runner, "--all-floors", floors)[1]
    assert set(json.loads(run(runner, "--all-floors", floors, "--json")[0])) == {"dev", "set"}

    monkeypatch.setenv("COMMUNIQUE_SHARED", str(tmp_path / "gone"))
    notices = run(runner, "--all-floors", floors)[1]
    assert "dev: passed over" in notices
    assert "Floors kept: 1 sets." in notices
    (plain / "one.txt").write_text("CRASH", "utf-8")
    run(runner, "--all-floors", floors, status=1)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--details"],
        ["GOLD", "--all-floors", "GOLD"],
        ["GOLD", "--update-floors"],
        ["GOLD", "--lower-floors"],
        ["--all-floors", "GOLD", "--folds"],
        ["nowhere"],
    ],
)
def test_what_does_not_fit_together_is_a_usage_error(runner: CliRunner, gold: Path, wrong: list[str]) -> None:
    run(runner, *(str(gold) if word == "GOLD" else word for word in wrong), status=2)


def test_a_folder_without_gold_is_told(runner: CliRunner, tmp_path: Path) -> None:
    assert run(runner, tmp_path, status=1)[1].startswith("Error: ")


def test_the_floors_of_the_repository_fit_its_gold(root: Path) -> None:
    from communique.evaluation import FloorsFile, load_gold

    paths = sorted((root / "data/floors").glob("*.toml"))
    assert {path.stem for path in paths} >= {"examples", "k", "l", "seeds", "dev"}
    for path in paths:
        file = FloorsFile.load(path)
        if not file.may_be_missing:
            assert file.sets[path.stem].checksum == load_gold(file.gold_folder(path)).checksum


def test_reliability_is_shown_on_given_readouts(runner: CliRunner, tmp_path: Path) -> None:
    readouts = write_set(tmp_path / "made", 3)
    lines = [json.loads(line) for line in readouts.read_text("utf-8").splitlines() if line]
    for plain in lines:
        for engagement in plain["engagements"]:
            engagement["confidence"] = 0.85
    readouts.write_text("".join(f"{json.dumps(plain)}\n" for plain in lines), "utf-8")
    table, _ = run(runner, tmp_path / "made", readouts, "--calibration")
    assert "expected calibration error" in table
    plain = json.loads(run(runner, tmp_path / "made", readouts, "--calibration", "--json")[0])
    (only,) = plain["calibration"]["engagements"]["bins"]
    assert (only["from"], only["told"]) == (0.8, 0.85)
    assert only["right"] == pytest.approx(plain["engagements"]["precision"], abs=0.001)


def test_details_are_written_as_a_page(runner: CliRunner, gold: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    table, _ = run(runner, gold, "--details", "--html", page)
    assert "==" not in table
    html = page.read_text("utf-8")
    assert html.count("<article") == 2
    assert '<mark class="hit">Ana Corin met Dario Elm in Quin.</mark>' in html


@pytest.mark.parametrize("options", [["--html", "x.html"], ["--html", "x.html", "--details", "--json"]])
def test_a_page_is_one_of_details(runner: CliRunner, gold: Path, options: list[str]) -> None:
    assert "--html goes with --details" in run(runner, gold, *options, status=2)[1]
