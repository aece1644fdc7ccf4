"""Parts: which reports are held back together, so that nothing judges what it was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communique.reading.encoder import Encoder
from communique.reading.encoder.encoder import PIECES
from training.gold_folders import CROWDED, LEARNED, ROOT, Report

PARTS = ROOT / "build" / "encoder"
OUTER = 4  # parts into which folders are dealt


def part_of(reports: Sequence[Report]) -> dict[str, int]:
    """Id of a report → its part: folders are dealt whole, but for the crowded ones, which are dealt by report."""
    plain = sorted({r.folder for r in reports if Path(r.folder).name not in CROWDED}, key=lambda f: Path(f).name)
    dealt = {folder: number % OUTER for number, folder in enumerate(plain)}
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
