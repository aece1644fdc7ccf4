"""Gold: which report an annotation belongs to, and what is told when one is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import GoldError
from communique.evaluation import load_gold
from communique.examples import gold_folder, reports

ANNOTATION = {"people": [], "engagements": []}


def test_the_packaged_examples_are_a_gold_set() -> None:
    gold = load_gold(Path(str(gold_folder())))
    assert [str(document.text_path) for document in gold.documents] == [str(report) for report in reports()]


@pytest.mark.parametrize(
    ("key", "name"), [({}, "one.txt"), ({"file": "page.html"}, "page.html"), ({"seed": "001_x.txt"}, "001_x.txt")]
)
def test_the_report_of_an_annotation(tmp_path: Path, key: dict[str, str], name: str) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ANNOTATION | key), "utf-8")
    (document,) = load_gold(tmp_path).documents
    assert (document.name, document.text_path) == (name, tmp_path / name)


def test_what_is_no_annotation_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold"):
        load_gold(tmp_path)
    (tmp_path / "one.json").write_text("[]", "utf-8")
    with pytest.raises(GoldError, match=r"one\.json"):
        load_gold(tmp_path)
