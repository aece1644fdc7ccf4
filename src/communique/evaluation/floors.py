"""Floors: figures under which quality must not fall, one set for each gold set.

A floors file is TOML::

    format = "communique/floors/1"
    gold = "../gold/k"                 # where the gold lies, seen from this file; or "shared:gold/dev", see below
    folds = false                      # whether that folder holds folders of gold

    [sets.k]
    checksum = "<SHA-256 of the annotations>"
    documents = 29
    [sets.k.floors]
    "engagements.f1" = 0.71

"shared:" stands for the folder of the environment variable COMMUNIQUE_SHARED, or ``../shared``; gold that lies there
may be missing, since not everybody has it.

The checksum guards against easier gold. Floors go up when somebody updates them, and down only when somebody says so in
words (the practice of trafilatura's evaluation baseline).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.errors import FloorError
from communique.evaluation.figures import Scores
from communique.evaluation.gold import GoldSet

FORMAT = "communique/floors/1"
SHARED = "shared:"
# A new floor lies this far under the figure measured: other processors add floating-point numbers up in another order,
# and one decision of the language model that falls otherwise moves a figure of a small set by about as much.
MARGIN = 0.005
HEAD = """\
# Figures under which the reader must not fall: docs/evaluation.md. Written by communique evaluate --update-floors,
# which lowers one only when told so in words (--lower-floors).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The floors of one gold set: figure → lowest allowed value."""

    checksum: str
    documents: int
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A gold set and the scores that were just measured on it."""

    gold: GoldSet
    scores: Scores


@dataclass(slots=True)
class FloorsFile:
    """The floors of a gold set, or of several folds.

    Attributes:
        gold: Where the gold lies: seen from the file's folder, or beginning with "shared:".
        is_folds: Whether that folder holds folders of gold, each with floors of its own.
        sets: The floors by the name of the set.
    """

    gold: str
    is_folds: bool = False
    sets: dict[str, Floor] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> FloorsFile:
        """Reads a floors file.

        Raises:
            FloorError: If it is missing or of another shape.
        """
        try:
            plain = tomllib.loads(path.read_text("utf-8"))
            if plain["format"] != FORMAT:
                raise FloorError(f"Floors file {str(path)!r} is of format {plain['format']!r}, not {FORMAT!r}.")
            sets = {name: _read_floor(entry) for name, entry in plain.get("sets", {}).items()}
            return cls(gold=str(plain["gold"]), is_folds=bool(plain.get("folds", False)), sets=sets)
        except FileNotFoundError as error:
            raise FloorError(f"There is no floors file {str(path)!r}. Make it with --update-floors.") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise FloorError(
                f"Floors file {str(path)!r} is wrong ({type(error).__name__}: {error}). "
                "Mend it, or make it anew with --update-floors."
            ) from error

    @classmethod
    def new(cls, path: Path, gold: Path, *, is_folds: bool) -> FloorsFile:
        """A file without floors yet, to be saved at ``path``."""
        if gold.resolve().is_relative_to(shared_folder().resolve()):
            where = SHARED + gold.resolve().relative_to(shared_folder().resolve()).as_posix()
        else:
            where = Path(os.path.relpath(gold, path.parent)).as_posix()
        return cls(gold=where, is_folds=is_folds)

    @property
    def may_be_missing(self) -> bool:
        """Whether the gold lies in a folder that not everybody has."""
        return self.gold.startswith(SHARED)

    def gold_folder(self, path: Path) -> Path:
        """Where the gold of the floors file at ``path`` lies."""
        return shared_folder() / self.gold.removeprefix(SHARED) if self.may_be_missing else path.parent / self.gold

    def save(self, path: Path) -> None:
        """Writes the floors file, sets and figures in alphabetical order so that changes are easy to review."""
        lines = [f'{HEAD}format = "{FORMAT}"', f'gold = "{self.gold}"', f"folds = {str(self.is_folds).lower()}"]
        for name, floor in sorted(self.sets.items()):
            lines += ["", f'[sets."{name}"]', f'checksum = "{floor.checksum}"', f"documents = {floor.documents}"]
            lines += [f'[sets."{name}".floors]']
            lines += [f'"{figure}" = {value:.3f}' for figure, value in sorted(floor.floors.items())]
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def complaints(self, measured: Measured) -> list[str]:
        """What is wrong with a measurement: other gold, or every figure under its floor; empty when all is well."""
        name = measured.gold.name
        floor = self.sets.get(name)
        if floor is None:
            return [f"{name}: has no floors yet"]
        complaints = []
        if floor.checksum != measured.gold.checksum:
            complaints.append(
                f"{name}: the gold has changed (checksum {measured.gold.checksum[:12]}…, "
                f"floors were set on {floor.checksum[:12]}…)"
            )
        return complaints + [
            f"{name}: {figure} is {'not measured' if value is None else f'{value:.3f}'}, its floor is {lowest:.3f}"
            for figure, lowest, value in _under(floor, measured.scores)
        ]

    def check(self, measurements: list[Measured]) -> None:
        """Holds measurements against their floors.

        Raises:
            FloorError: If any is under its floor or on other gold; the message lists every one.
        """
        raise_complaints([complaint for measured in measurements for complaint in self.complaints(measured)])

    def update(self, measurements: list[Measured], *, may_lower: bool = False) -> list[str]:
        """Raises floors to MARGIN under the measured figures.

        Args:
            measurements: What was measured.
            may_lower: Whether floors may go down too.

        Returns:
            The changes, in words.

        Raises:
            FloorError: If a floor would have to go down and may not; then nothing is changed.
        """
        sunk = [
            f"{measured.gold.name}: {figure} {lowest:.3f} → {'not measured' if value is None else f'{value:.3f}'}"
            for measured in measurements
            if (floor := self.sets.get(measured.gold.name))
            for figure, lowest, value in _under(floor, measured.scores)
        ]
        if sunk and not may_lower:
            raise FloorError("These floors would go down; say --lower-floors if that is meant:\n  " + "\n  ".join(sunk))
        changes: list[str] = []
        for measured in measurements:
            changes += self._set(measured, may_lower=may_lower)
        return changes

    def _set(self, measured: Measured, *, may_lower: bool) -> list[str]:
        name = measured.gold.name
        before = self.sets[name].floors if name in self.sets else {}
        floors = {figure: max(0.0, round(value - MARGIN, 3)) for figure, value in measured.scores.figures.items()}
        if not may_lower:
            floors = {figure: max(value, before.get(figure, 0.0)) for figure, value in floors.items()}
        self.sets[name] = Floor(checksum=measured.gold.checksum, documents=len(measured.gold.documents), floors=floors)
        changes = [
            f"{name}: {figure} {f'{before[figure]:.3f}' if figure in before else 'new'} → {value:.3f}"
            for figure, value in floors.items()
            if before.get(figure) != value
        ]
        return changes + [f"{name}: {figure} dropped" for figure in before if figure not in floors]


def raise_complaints(complaints: Sequence[str]) -> None:
    """Raises FloorError with all complaints; does nothing when there are none."""
    if complaints:
        raise FloorError(
            "Floors not kept:\n  "
            + "\n  ".join(complaints)
            + "\nMend the reader, or accept the figures with --update-floors (--lower-floors to lower any)."
        )


def shared_folder() -> Path:
    """The folder with gold that is not ours to give away."""
    return Path(os.environ.get("COMMUNIQUE_SHARED") or "../shared")


def _under(floor: Floor, scores: Scores) -> list[tuple[str, float, float | None]]:
    """Figures under their floor: name, floor, value (None when it was not measured)."""
    figures = scores.figures
    values = ((figure, lowest, figures.get(figure)) for figure, lowest in floor.floors.items())
    return [(figure, lowest, value) for figure, lowest, value in values if value is None or value < lowest]


def _read_floor(plain: Mapping[str, Any]) -> Floor:
    floors = {str(figure): float(value) for figure, value in plain["floors"].items()}
    return Floor(checksum=str(plain["checksum"]), documents=int(plain["documents"]), floors=floors)
