"""Mediation events as CSV: see ``tables.mend``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communique.exchange.formats.csv_tables import write_table
from communique.exchange.selection import Selection
from communique.exchange.tables.mend import MEND
from communique.exchange.writing import Written


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes the events."""
    return [write_table(MEND, selection, folder / name)]
