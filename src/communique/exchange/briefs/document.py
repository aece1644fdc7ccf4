"""What a brief is made of: sections, sentences, tables, notes and pictures, before anybody decides how they look.

Builders fill these records from the register; writers (``markdown``, ``html``, ``word``, ``pdf``) set them. Text that
came from outside is made legible here, once for all writers: no control characters, no marks that turn a line round.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, cast

# Marks that set the direction of what follows (embedding, override, isolate): one of them in a name turns a line round.
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
# Control characters, halves of pairs, and what is assigned to nobody: no reader of documents shows them.
_UNSHOWN = frozenset(("Cc", "Cs", "Cn", "Co"))


def legible(text: str) -> str:
    """The text on one line, without what cannot be shown."""
    line = " ".join(text.split())
    return "".join(c for c in line if c not in _TURNING and unicodedata.category(c) not in _UNSHOWN)


class _Legible:
    """A record whose texts are made legible when it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for field in fields(cast("Any", self)):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, legible(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(_Legible):
    """One report that says it.

    Attributes:
        outlet: The outlet, or the file's name where the page shows none.
        title: The report's headline.
        day: Its day of publication, in words; empty where it is not known.
        quote: The passage, in the report's words.
        link: Its address; None where it is a file.
        code: The document's id in the register ("d12").
        also: Outlets that print near-verbatim copies of it.
    """

    outlet: str
    title: str = ""
    day: str = ""
    quote: str = ""
    link: str | None = None
    code: str = ""
    also: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Outlet, headline and day: ``Quay Record, “Talks in Lisbon”, 4 May 2031``."""
        title = f"“{self.title}”" if self.title else ""
        also = f"also in {', '.join(self.also)}" if self.also else ""
        return ", ".join(filter(None, (self.outlet, title, self.day, also)))

    @property
    def stop(self) -> str:
        """The full stop after the quotation, unless that brings its own."""
        return "" if self.quote.endswith((".", "!", "?", "…")) else "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: the reports that a sentence rests on, the earliest first, and how many more there are."""

    citations: tuple[Citation, ...]
    left_out: int = 0

    @property
    def remainder(self) -> str:
        """Words for the reports that are not cited."""
        return f"And {self.left_out} more in the register." if self.left_out else ""


@dataclass(frozen=True, slots=True)
class Sentence(_Legible):
    """A sentence, and the note that proves it; sentences that only count or miss something have none."""

    text: str
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(_Legible):
    """One entry of a list in the order of time.

    Attributes:
        lead: What stands before it: a date, or a name.
        sentences: What happened.
        mark: Small print: the record's id and what is to be known of it.
    """

    lead: str
    sentences: tuple[Sentence, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries(_Legible):
    """A list of entries under a small heading (or none)."""

    entries: tuple[Entry, ...]
    heading: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(_Legible):
    """A number with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers that sum a selection up."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(_Legible):
    """A column: its heading, its share of the width, and whether it holds numbers."""

    heading: str
    share: int = 1
    is_number: bool = False


Cell = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; a cell holds sentences, one a line."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(_Legible):
    """A drawing as SVG, its caption, and the words that stand for it where it cannot be seen."""

    svg: str
    caption: str
    alternative: str


Block = Paragraph | Entries | Figures | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(_Legible):
    """A part under a heading; level 2 is a part of the document, 3 a part of that."""

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefDocument(_Legible):
    """A brief or digest, ready to be set.

    Attributes:
        title: Its title; the head of each page carries it too.
        subtitle: What it covers.
        day: The day as at which it holds.
        sections: Its parts.
        colophon: How it was made, in small print at the end.
    """

    title: str
    subtitle: str
    day: dt.date
    sections: tuple[Section, ...]
    colophon: str = ""

    def strings(self) -> Iterator[str]:
        """Every text in it, pictures aside: to see which scripts are needed."""
        yield from _strings(self)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _strings(inner)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Picture):
        for name in value.__dataclass_fields__:
            yield from _strings(getattr(value, name))
