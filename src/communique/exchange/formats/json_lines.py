"""JSON lines: one file a table, one object a row, every column always there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from communique.exchange.selection import Selection
from communique.exchange.tables import TABLES
from communique.exchange.writing import Written


def write(selection: Selection, folder: Path, _name: str) -> Sequence[Written]:
    """Writes all tables."""
    encode = msgspec.json.Encoder().encode
    written = []
    for table in TABLES:
        path = folder / f"{table.name}.jsonl"
        names = [column.name for column in table.columns]
        rows = 0
        with path.open("wb") as file:
            for record in table.records(selection):
                file.write(encode(dict(zip(names, record, strict=True))) + b"\n")
                rows += 1
        written.append(Written(name=path.name, rows=rows))
    return written
