"""What an exported table is: its columns, and how the rows of the register become its rows.

A column is defined once: its name, its type, its meaning, and where its value comes from. The files of every format and
the data dictionary are made from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from communique.exchange.selection import Selection

ColumnType = Literal["text", "integer", "number", "truth", "day", "moment", "texts", "object"]
Record = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: As files have it.
        type: text, integer, number, truth, day, moment, texts (a list of text) or object (JSON).
        meaning: What stands in it.
        value: Takes it from a row of the table.
    """

    name: str
    type: ColumnType
    meaning: str
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """Where a row comes from.

    Attributes:
        sources: Codes of the documents ("d12").
        evidence: Ids of the passages ("d12/e1/1").
    """

    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


CITED = (
    Column("source_ids", "texts", "Documents that the row rests on (`sources`).", lambda c: list(c.sources)),
    Column("source_count", "integer", "How many documents.", lambda c: len(c.sources)),
    Column("evidence_ids", "texts", "Passages that say so (`evidence`).", lambda c: list(c.evidence)),
    Column("evidence_count", "integer", "How many passages.", lambda c: len(c.evidence)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One exported table.

    Attributes:
        name: As files are called.
        meaning: What one row is.
        own: Its columns, without those of the citations.
        rows: Gives what ``own`` takes values from, each with its citations; None for tables that are the citations.
    """

    name: str
    meaning: str
    own: tuple[Column, ...]
    rows: Callable[[Selection], Iterable[tuple[Any, Citations | None]]]
    is_cited: bool = True

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order of the files."""
        return self.own + CITED if self.is_cited else self.own

    def records(self, selection: Selection) -> Iterator[Record]:
        """The rows as values in the order of the columns: text, numbers, dates, lists. One at a time."""
        for row, cited in self.rows(selection):
            own = tuple([column.value(row) for column in self.own])
            yield own if cited is None else own + tuple([column.value(cited) for column in CITED])
