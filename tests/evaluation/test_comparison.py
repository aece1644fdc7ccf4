"""Two lists of readouts: paired by document, agreement on the scorer's scale, differences document by document."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.evaluation.comparison import (
    COMPARISON_WORDING,
    compare,
    comparison_to_dict,
    render_comparison,
    render_differences,
)
from communique.evaluation.scores import FoundDocument

READOUT: dict[str, Any] = {
    "document": {"id": "a" * 64, "uri": "reports/one.txt"},
    "people": [{"name": "Ana Corin", "roles": [{"title": "Commander"}]}],
    "engagements": [
        {
            "kind": "meeting", "status": "held", "background": False, "topics": [], "confidence": 0.9,
            "date": {"start": "2031-05-04", "precision": "day"}, "place": {"name": "Quin"},
            "sides": [{"participants": [{"name": "Ana Corin"}]}, {"participants": [{"name": "Dario Elm"}]}],
            "evidence": [{"quote": "Ana Corin met Dario Elm in Quin."}],
        }
    ],
    "statements": [{"speaker": "Dario Elm", "act": "praised", "evidence": [{"quote": "Elm praised the crew."}]}],
}  # fmt: skip


def changed() -> dict[str, Any]:
    other = copy.deepcopy(READOUT)
    other["document"]["uri"] = "elsewhere/one.txt"
    other["engagements"][0]["status"] = "planned"
    other["statements"] = []
    other["people"].append({"name": "Gus Hale", "roles": []})
    return other


def found(*plain: dict[str, Any]) -> list[FoundDocument]:
    return [FoundDocument.from_plain(readout) for readout in plain]


def lone(name: str, digest: str) -> dict[str, Any]:
    return {"document": {"id": digest * 64, "uri": name}, "people": [], "engagements": []}


def test_documents_are_paired_wherever_they_lay() -> None:
    comparison = compare(found(READOUT, lone("x.txt", "b")), found(lone("y.txt", "c"), changed()))
    assert [entry.name for entry in comparison.entries] == ["reports/one.txt"]
    assert (comparison.only_left, comparison.only_right) == (("x.txt",), ("y.txt",))


def test_other_bytes_are_another_document() -> None:
    other = changed()
    other["document"]["id"] = "f" * 64
    assert not compare(found(READOUT), found(other)).entries


def test_agreement_is_that_of_the_scorer() -> None:
    comparison = compare(found(READOUT), found(changed()))
    table = render_comparison(comparison)
    assert table.splitlines()[1].split() == ["people", "0.667", "1", "1", "2"]
    assert "status" in table
    assert comparison.scores.shares["status"].value == 0
    assert comparison.scores.shares["date"].value == 1
    same = compare(found(READOUT), found(READOUT))
    assert not render_differences(same.entries, COMPARISON_WORDING)


def test_differences_are_listed() -> None:
    comparison = compare(found(READOUT), found(changed()))
    assert render_differences(comparison.entries, COMPARISON_WORDING).splitlines() == [
        "== reports/one.txt",
        "   engagement: meeting: Ana Corin, Dario Elm :: Ana Corin met Dario Elm in Quin.",
        "     status: A held | B planned",
        "   statement only in A: praised: Dario Elm :: Elm praised the crew.",
        "   person only in B: Gus Hale",
    ]
    (document,) = comparison_to_dict(comparison)["documents"]
    assert document["same"] == 1
    assert [difference["kind"] for difference in document["differences"]] == ["engagement", "statement", "person"]
    assert document["differences"][2]["a"] is None


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, plain in (("a", READOUT), ("b", changed())):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(plain) + "\n", "utf-8")
    return [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, ["compare", *arguments])
    assert result.exit_code == status, result.output
    return result.output


def test_the_command_prints_every_format(files: list[str], tmp_path: Path) -> None:
    assert "only in A" not in run(*files)
    assert "statement only in A" in run(*files, "--details")
    assert json.loads(run(*files, "--format", "json"))["agreement"]["people"]["matched"] == 1
    run(*files, "--format", "html", "--output", str(tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Two readouts" in page
    assert "only in B" in page


def test_files_with_nothing_in_common_are_a_usage_error(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(json.dumps(lone("z.txt", "e")), "utf-8")
    assert "no document in common" in run(files[0], str(tmp_path / "c.jsonl"), status=2)
