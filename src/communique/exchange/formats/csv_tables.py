"""CSV: one file a table, made for spreadsheets.

The files begin with a byte-order mark, without which Excel takes UTF-8 for the old code page of the machine. Lists are
joined by "; ". Text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from communique.exchange.columns import ColumnType, Table
from communique.exchange.selection import Selection
from communique.exchange.tables import TABLES
from communique.exchange.writing import Written, open_text

# What spreadsheets take for the beginning of a formula (also after blanks and in full-width form), and the control
# characters with which a cell can be broken up.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write(selection: Selection, folder: Path, _name: str) -> Sequence[Written]:
    """Writes all tables."""
    return [write_table(table, selection, folder / f"{table.name}.csv") for table in TABLES]


def write_table(table: Table, selection: Selection, path: Path) -> Written:
    """Writes one table to a file."""
    cells = [CELLS[column.type] for column in table.columns]
    rows = 0
    with open_text(path, encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow([column.name for column in table.columns])
        for record in table.records(selection):
            out.writerow(["" if value is None else cell(value) for cell, value in zip(cells, record, strict=True)])
            rows += 1
    return Written(name=path.name, rows=rows)


def defuse(text: str) -> str:
    """Text as it may stand in a cell: what would be a formula is marked as text."""
    return f"'{text}" if FORMULA.match(text) else text


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _plain(value: float) -> str:
    return repr(value)


def _texts(values: Sequence[str]) -> str:
    return defuse("; ".join(values))


def _moment(value: dt.datetime) -> str:
    return value.isoformat(timespec="seconds")


def _object(value: Any) -> str:
    return msgspec.json.encode(value).decode() if value else ""


CELLS: dict[ColumnType, Callable[[Any], str]] = {
    "text": defuse,
    "integer": _plain,
    "number": _plain,
    "truth": _truth,
    "day": dt.date.isoformat,
    "moment": _moment,
    "texts": _texts,
    "object": _object,
}
