"""PLOVER events as CSV: see ``tables.plover`` and docs/plover.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communique.exchange.formats.csv_tables import write_table
from communique.exchange.selection import Selection
from communique.exchange.tables.plover import PLOVER
from communique.exchange.writing import Written


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes the events."""
    return [write_table(PLOVER, selection, folder / name)]
