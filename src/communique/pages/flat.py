"""Lines → Document, for all that is no web page: text files, and the text of PDFs, office documents and mails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from communique.errors import ArticleNotFound, DocumentTooLarge
from communique.lexicon import Lexicon
from communique.model import Document
from communique.model.vocabulary import ClutterReason
from communique.pages.article import Reading, Verdict, read_lines
from communique.pages.assembly import make_blocks, settle_publication
from communique.pages.headline import find_authors, find_site, find_tags
from communique.pages.language import name_language
from communique.pages.lines import Line, make_line
from communique.pages.publication import publication_finder

# Yearbooks of 400 pages have 1.5 million characters on 9,000 lines. A line takes 0.3 to 1.5 ms to judge.
MOST_CHARACTERS, MOST_LINES = 2_000_000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is known of a document before its text is looked at.

    Attributes:
        digest: SHA-256 of its bytes.
        uri: What it is called.
        published: The day of publication, where the user gave one.
        lexicon: Language knowledge.
        media_type: What it came as.
    """

    digest: str
    uri: str
    published: dt.date | None
    lexicon: Lexicon
    media_type: str = "text/plain"


@dataclass(slots=True)
class FlatText:
    """A text with its lines.

    Attributes:
        text: All of it.
        lines: Its lines that are not blank.
        hints: For every line why the medium itself says that it is clutter (a running head), or None.
        title: Index of the line that the medium itself calls the title (by style or size), None when it does not.
    """

    text: str
    lines: list[Line]
    hints: Sequence[ClutterReason | None] = field(default_factory=list)
    title: int | None = None

    @classmethod
    def of_paragraphs(
        cls, paragraphs: Sequence[str], hints: Sequence[ClutterReason | None] = (), title: int | None = None
    ) -> FlatText:
        """The text of paragraphs that are not blank, an empty line between two."""
        lines, offset = [], 0
        for paragraph in paragraphs:
            lines.append(make_line(paragraph, offset, after_gap=True))
            offset += len(paragraph) + 2
        return cls(text="\n\n".join(paragraphs), lines=lines, hints=hints, title=title)


def check_extent(text: str, lines: Sequence[Line], uri: str) -> None:
    """Refuses what is no report by its sheer extent, before the slow steps.

    Raises:
        DocumentTooLarge: If there are more characters or lines than in any report.
    """
    if len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES:
        raise DocumentTooLarge(
            f"{uri}: {len(text):,} characters on {len(lines):,} lines, more than any report has (the limits are "
            f"{MOST_CHARACTERS:,} and {MOST_LINES:,}). Split it; tables of reports are read row by row."
        )


def read_flat(flat: FlatText, intake: Intake) -> Document:
    """Reads a text line by line; offsets of the document count in ``flat.text``.

    Raises:
        DocumentTooLarge: If it has more characters or lines than any report.
        ArticleNotFound: If it has no line that can be of an article, and no title.
    """
    lexicon, text = intake.lexicon, flat.text
    check_extent(text, flat.lines, intake.uri)
    reading = read_lines(flat.lines, lexicon, hints=flat.hints)
    if flat.title is not None:
        reading = retitle(reading, flat.title)
    blocks = make_blocks(reading, lexicon)
    body = " ".join(text[block.start : block.end] for block in blocks if block.kind == "body")
    if not body and reading.title is None:
        raise ArticleNotFound(
            f"{intake.uri}: {len(reading.lines)} lines, all menus, links or dates; no article. Give the page of one "
            "report."
        )
    found = publication_finder(lexicon).find(text, reading)
    found = settle_publication(found, uri=intake.uri, given=intake.published, lexicon=lexicon)
    head = reading.first if reading.first is not None else len(reading.lines)
    title = reading.lines[reading.title] if reading.title is not None else None
    return Document(
        id=intake.digest,
        uri=intake.uri,
        text=text,
        media_type=intake.media_type,
        site=find_site(reading.lines, reading.marks, reading.title, head, lexicon),
        title=title.text if title else None,
        authors=find_authors(reading.lines, reading.marks, lexicon),
        published=found.day,
        published_evidence=found.evidence,
        published_basis=found.basis,
        captured=found.captured,
        language=name_language(body or text, lexicon),
        tags=find_tags(reading.lines, reading.marks),
        blocks=blocks,
    )


def retitle(reading: Reading, title: int) -> Reading:
    """A reading with another line as its title."""
    verdicts = list(reading.verdicts)
    if reading.title is not None:
        verdicts[reading.title] = Verdict("clutter", "other")
    verdicts[title] = Verdict("title")
    return replace(reading, verdicts=verdicts, title=title)
