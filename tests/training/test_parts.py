"""Which reports are held back together."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from training.parts import OUTER, part_of


def report(folder: str, number: int) -> Any:
    return SimpleNamespace(folder=f"gold/{folder}", document=SimpleNamespace(id=f"{folder}{number}"))


def test_folders_are_dealt_whole_and_crowded_ones_by_report() -> None:
    reports = [report(folder, number) for folder in "abcdem" for number in range(6)]
    parts = part_of(reports)
    assert set(parts) == {r.document.id for r in reports}
    whole = {folder: {parts[f"{folder}{n}"] for n in range(6)} for folder in "abcde"}
    assert [len(found) for found in whole.values()] == [1] * 5
    assert whole["a"] == whole["abcde"[OUTER]] != whole["b"]
    assert [parts[f"m{n}"] for n in range(6)] == [n % OUTER for n in range(6)]


def test_where_a_folder_lies_does_not_matter() -> None:
    here, there = [report("a", 1), report("b", 1)], [report("a", 1), report("b", 1)]
    there[0].folder = str(Path("somewhere") / "else" / "a")
    assert part_of(here) == part_of(there)
