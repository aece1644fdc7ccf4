"""``register-json``: the register as one object (see ``exchange.register_json``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communique.exchange.register_json import write_register_json
from communique.exchange.selection import Selection
from communique.exchange.writing import Written, open_text


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes the object; its rows are the engagements."""
    with open_text(folder / name) as file:
        for piece in write_register_json(selection):
            file.write(piece)
    return [Written(name=name, rows=selection.engagements().count())]
