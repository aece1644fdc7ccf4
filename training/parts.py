"""Parts: which reports are held back together, so that nothing judges what it was trained on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from communique.reading.encoder import Encoder
from communique.reading.encoder.encoder import PIECES
from training.gold_folders import CROWDED, LEARNED, ROOT, Report

PARTS = ROOT / "build" / "encoder"
OUTER = 3  # parts into which folders are dealt


def dealt_folders(folders: Iterable[str]) -> list[list[str]]:
    """The folders of each part, dealt by name, wherever they lie."""
    ordered = sorted(folders, key=lambda folder: Path(folder).name)
    return [ordered[part::OUTER] for part in range(OUTER)]


def part_of(reports: Sequence[Report]) -> dict[str, int]:
    """Id of a report → its part: folders are dealt whole, but for the crowded ones, which are dealt by report."""
    plain = {r.folder for r in reports if Path(r.folder).name not in CROWDED}
    dealt = {folder: number for number, folders in enumerate(dealt_folders(plain)) for folder in folders}
    crowded = [r for r in reports if r.folder not in dealt]
    return {r.document.id: dealt[r.folder] for r in reports if r.folder in dealt} | {
        r.document.id: number % OUTER for number, r in enumerate(crowded)
    }


def part_encoders(folder: Path) -> list[Encoder]:
    """The encoder of each part, which has not seen the part.

    Raises:
        ModelError: If one is missing or cannot be used.
    """
    return [Encoder(folder / f"{part}.onnx", LEARNED / PIECES) for part in range(OUTER)]
