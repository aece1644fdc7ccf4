"""Suites: what one evaluation looks at, a gold set or several folds, and the floors that it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from communique.errors import FloorError
from communique.evaluation.figures import Scores
from communique.evaluation.floors import FloorsFile, Measured
from communique.evaluation.gold import GoldSet, load_folds, load_gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Gold that is scored together.

    Attributes:
        name: The gold folder's name, or the floors file's where there is one.
        sets: One set, or the folds.
        is_folds: Whether the sets are folds.
        floors_path: The floors file; None when figures are only looked at.
        floors: Its contents.
    """

    name: str
    sets: tuple[GoldSet, ...]
    is_folds: bool = False
    floors_path: Path | None = None
    floors: FloorsFile | None = None

    def measure(self, scores: Sequence[Scores]) -> list[Measured]:
        """Puts scores to the sets that they were measured on."""
        return [Measured(gold, score) for gold, score in zip(self.sets, scores, strict=True)]


def open_suite(folder: Path, *, is_folds: bool = False, floors_path: Path | None = None, is_new: bool = False) -> Suite:
    """Loads the gold of a folder.

    Args:
        folder: A gold set, or a folder of folds.
        is_folds: Which of the two.
        floors_path: A floors file; a plain set goes by its name then, since many folders are just called "gold".
        is_new: Whether the floors file need not exist yet.

    Raises:
        GoldError: If the gold is missing or wrong.
        FloorError: If the floors file is.
    """
    floors = None
    if floors_path is not None:
        is_missing = is_new and not floors_path.exists()
        new = FloorsFile.new(floors_path, folder, is_folds=is_folds)
        floors = new if is_missing else FloorsFile.load(floors_path)
    if is_folds:
        sets = tuple(load_folds(folder))
    else:
        gold = load_gold(folder)
        sets = (gold if floors_path is None else replace(gold, name=floors_path.stem),)
    name = floors_path.stem if floors_path else folder.resolve().name
    return Suite(name=name, sets=sets, is_folds=is_folds, floors_path=floors_path, floors=floors)


def open_all_suites(folder: Path) -> tuple[list[Suite], list[str]]:
    """Loads the gold of every floors file in a folder.

    Returns:
        The suites in the order of the files' names, and in words what was passed over because its gold is not here.

    Raises:
        FloorError: If there is no floors file, or one is wrong.
        GoldError: If gold is missing that everybody has, or is wrong.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FloorError(
            f"{str(folder)!r} holds no floors files (*.toml). Make one with --floors FILE --update-floors."
        )
    suites, skipped = [], []
    for path in paths:
        file = FloorsFile.load(path)
        gold = file.gold_folder(path)
        if file.may_be_missing and not gold.is_dir():
            skipped.append(f"{path.stem}: passed over, no gold at {gold} (COMMUNIQUE_SHARED says where it lies)")
        else:
            suites.append(open_suite(gold, is_folds=file.is_folds, floors_path=path))
    return suites, skipped
