"""The formats of an export: one module each, and what the command's help says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.exchange.selection import Selection
    from communique.exchange.writing import Written

    Write = Callable[[Selection, Path, str], Sequence[Written]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form in which a register is handed on. Naming it loads nothing: the module is imported when it writes.

    Attributes:
        name: As the command takes it.
        help: What it is, and what opens it.
        module: The module beside this one; its ``write(selection, folder, name)`` writes files into the folder.
        is_folder: Whether it is a folder of files, not one file.
    """

    name: str
    help: str
    module: str
    is_folder: bool = False

    @property
    def write(self) -> Write:
        """What writes it."""
        write: Write = import_module(f"{__name__}.{self.module}").write
        return write


FORMATS = {
    made.name: made
    for made in (
        Format(name="csv", help="a folder of tables for spreadsheets", module="csv_tables", is_folder=True),
        Format(name="jsonl", help="a folder of tables as JSON lines", module="json_lines", is_folder=True),
        Format(name="parquet", help="a folder of typed, compressed tables", module="parquet", is_folder=True),
        Format(name="ftm", help="FollowTheMoney entities, for Aleph and nomenklatura", module="follow_the_money"),
        Format(name="plover", help="dyadic events, for event-data models (CSV)", module="plover"),
        Format(name="mend", help="one row an event, as mediation datasets have it (CSV)", module="mend"),
        Format(name="geojson", help="engagements on the map, for QGIS", module="geojson"),
        Format(name="graphml", help="who met whom how often, for Gephi", module="graphml"),
        Format(name="ics", help="engagements in a calendar", module="ics"),
        Format(name="register-json", help="the register as one object, for scoring", module="register_object"),
    )
}
