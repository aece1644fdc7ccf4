"""A brief as one web page that stands alone: no script, no font, nothing is fetched, and its policy forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources

from communique.exchange.briefs.document import (
    Block,
    BriefDocument,
    Citation,
    Column,
    Entries,
    Entry,
    Figures,
    Note,
    Paragraph,
    Picture,
    Section,
    Sentence,
    Table,
)
from communique.exchange.briefs.wording import say_day

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_html(document: BriefDocument) -> bytes:
    """The page as UTF-8."""
    return "".join(_Writer().lines(document)).encode("utf-8")


class _Writer:
    """Writes one page; notes are numbered as they come."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def lines(self, document: BriefDocument) -> Iterator[str]:
        style = (resources.files(__package__) / "brief.css").read_text("utf-8")
        yield (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
            f"<header><h1>{_text(document.title)}</h1>\n"
            f'<p class="subtitle">{_text(document.subtitle)}, as at '
            f'<time datetime="{document.day}">{say_day(document.day)}</time></p></header>\n'
        )
        for section in document.sections:
            yield from self._section(section)
        yield from self._endnotes()
        yield f"<footer><p>{_text(document.colophon)}</p></footer>\n</main>\n</body>\n</html>\n"

    def _section(self, section: Section) -> Iterator[str]:
        yield f"<section>\n<h{section.level}>{_text(section.heading)}</h{section.level}>\n"
        for block in section.blocks:
            yield self._block(block)
        yield "</section>\n"

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return f"<p>{self._sentences(block.sentences)}</p>\n"
            case Figures():
                cells = (f"<div><dd>{_text(f.value)}</dd><dt>{_text(f.label)}</dt></div>" for f in block.figures)
                return f'<dl class="figures">{"".join(cells)}</dl>\n'
            case Entries():
                return self._entries(block)
            case Table():
                return self._table(block)
            case Picture():
                return (
                    f'<figure><div role="img" aria-label="{escape(block.alternative)}">{block.svg}</div>'
                    f"<figcaption>{_text(block.caption)}</figcaption></figure>\n"
                )

    def _entries(self, block: Entries) -> str:
        mark = f" <small>{_text(block.mark)}</small>" if block.mark else ""
        heading = f"<h3>{_text(block.heading)}{mark}</h3>\n" if block.heading else ""
        return f'{heading}<ol class="entries">\n{"".join(self._entry(entry) for entry in block.entries)}</ol>\n'

    def _entry(self, entry: Entry) -> str:
        mark = f" <small>{_text(entry.mark)}</small>" if entry.mark else ""
        return f"<li><b>{_text(entry.lead)}</b><p>{self._sentences(entry.sentences)}{mark}</p></li>\n"

    def _table(self, block: Table) -> str:
        head = "".join(f'<th scope="col"{_number(c)}>{_text(c.heading)}</th>' for c in block.columns)
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td{_number(column)}>{self._sentences(cell, '<br>')}</td>"
                for column, cell in zip(block.columns, row, strict=True)
            )
            + "</tr>\n"
            for row in block.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"

    def _sentences(self, sentences: Iterable[Sentence], between: str = " ") -> str:
        return between.join(_text(sentence.text) + self._mark(sentence.note) for sentence in sentences)

    def _mark(self, note: Note | None) -> str:
        if note is None:
            return ""
        self._notes.append(note)
        number = len(self._notes)
        return f'<sup><a href="#n{number}" id="r{number}" aria-label="Note {number}">{number}</a></sup>'

    def _endnotes(self) -> Iterator[str]:
        if not self._notes:
            return
        yield '<section class="notes">\n<h2>Notes</h2>\n<ol>\n'
        for number, note in enumerate(self._notes, start=1):
            words = " ".join(map(_citation, note.citations))
            rest = f" {_text(note.remainder)}" if note.remainder else ""
            yield f'<li id="n{number}">{words}{rest} <a href="#r{number}" aria-label="Back to the text">↩</a></li>\n'
        yield "</ol>\n</section>\n"


def _citation(citation: Citation) -> str:
    quote = f"<q>{_text(citation.quote)}</q>"
    link = ""
    if citation.link:
        link = f' <a class="link" href="{escape(citation.link)}" rel="noreferrer">{escape(citation.link)}</a>'
    return f'{_text(citation.source)} <span class="code">({citation.code})</span>: {quote}{citation.stop}{link}'


def _number(column: Column) -> str:
    return ' class="number"' if column.is_number else ""


def _text(text: str) -> str:
    """Text in its own direction, so that an Arabic name does not turn the line round."""
    return f"<bdi>{escape(text)}</bdi>" if not text.isascii() else escape(text)
