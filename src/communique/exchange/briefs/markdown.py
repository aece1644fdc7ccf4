"""A brief as Markdown with footnotes (``[^1]``, as Pandoc, GitHub and others read them)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from communique.exchange.briefs.document import (
    Block,
    BriefDocument,
    Citation,
    Entries,
    Figures,
    Note,
    Paragraph,
    Picture,
    Section,
    Sentence,
    Table,
)

# What could be read as mark-up: some signs anywhere, others only where a line begins; and what makes a link of text.
SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$^!]|^[#+=-]|(?<=[a-z]):(?=//)")
NUMBERED = re.compile(r"^(\d+)([.)])")
UNSAFE_IN_LINK = re.compile(r"[\s<>\\]")


def write_markdown(document: BriefDocument) -> bytes:
    """The brief as UTF-8 text."""
    return "".join(_Writer().lines(document)).encode("utf-8")


class _Writer:
    """Writes one document; notes are numbered as they come."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def lines(self, document: BriefDocument) -> Iterator[str]:
        yield f"# {_plain(document.title)}\n\n*{_plain(document.subtitle)}, as at {document.day}*\n"
        for section in document.sections:
            yield from self._section(section)
        if document.colophon:
            yield f"\n---\n\n*{_plain(document.colophon)}*\n"
        for number, note in enumerate(self._notes, start=1):
            yield f"\n[^{number}]: {_note(note)}\n"

    def _section(self, section: Section) -> Iterator[str]:
        yield f"\n{'#' * section.level} {_plain(section.heading)}\n"
        for block in section.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield f"\n{self._sentences(block.sentences)}\n"
            case Figures():
                yield "\n" + " · ".join(f"**{f.value}** {_plain(f.label)}" for f in block.figures) + "\n"
            case Entries():
                yield from self._entries(block)
            case Table():
                yield from self._table(block)
            case Picture():
                yield ""  # its steps follow in words

    def _entries(self, block: Entries) -> Iterator[str]:
        if block.heading:
            mark = f" ({_plain(block.mark)})" if block.mark else ""
            yield f"\n**{_plain(block.heading)}**{mark}\n"
        yield "\n"
        for entry in block.entries:
            mark = f" ({_plain(entry.mark)})" if entry.mark else ""
            yield f"- **{_plain(entry.lead)}** {self._sentences(entry.sentences)}{mark}\n"

    def _table(self, block: Table) -> Iterator[str]:
        yield "\n| " + " | ".join(_plain(column.heading) for column in block.columns) + " |\n"
        yield "|" + "|".join("---:" if column.is_number else "---" for column in block.columns) + "|\n"
        for row in block.rows:
            yield "| " + " | ".join(self._sentences(cell, "<br>") for cell in row) + " |\n"

    def _sentences(self, sentences: Iterable[Sentence], between: str = " ") -> str:
        return between.join(_plain(sentence.text) + self._mark(sentence.note) for sentence in sentences)

    def _mark(self, note: Note | None) -> str:
        if note is None:
            return ""
        self._notes.append(note)
        return f"[^{len(self._notes)}]"


def _note(note: Note) -> str:
    words = " ".join(map(_citation, note.citations))
    return f"{words} {note.remainder}".strip()


def _citation(citation: Citation) -> str:
    link = f" [{_plain(citation.link)}](<{UNSAFE_IN_LINK.sub(_percent, citation.link)}>)" if citation.link else ""
    return f"{_plain(citation.source)} ({citation.code}): “{_plain(citation.quote)}”{citation.stop}{link}"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: what could be mark-up, or become a link by itself, gets a backslash."""
    return NUMBERED.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", text))
