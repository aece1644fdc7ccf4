"""Document: one report as it was found, with what is article and what is clutter marked on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communique.model.evidence import Evidence
from communique.model.vocabulary import BlockKind, ClutterReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text with one function on the page.

    Attributes:
        start: Offset of its first code point in the document's text.
        end: Offset after its last code point.
        kind: What it is: body, title, dateline (place, date and agency at the head of the body), or clutter.
        reason: Why a clutter block is clutter; None for the others.
    """

    start: int
    end: int
    kind: BlockKind
    reason: ClutterReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report.

    Attributes:
        id: SHA-256 of the bytes, hexadecimal.
        uri: Path or address as given.
        text: The decoded text that all offsets refer to (for HTML: the text extracted from the page).
        media_type: What it came as: ``text/plain``, ``text/html``, ``application/pdf`` …
        site: The outlet's name as the page gives it.
        title: The headline.
        authors: Byline names.
        published: Publication day; None when the page does not show a full one.
        published_evidence: Where the text shows it; None when it came from page metadata or the address.
        published_basis: How it was found, in words ("date under the title", "JSON-LD datePublished", "given").
        captured: Day on which the page was saved, when the page shows it.
        language: ISO 639-1 code.
        tags: The page's own keywords.
        blocks: All stretches of the text in order; those of kind "body" are the article.
        is_on_file: Whether a file at ``uri`` holds the text as it is, so that a readout need not keep it.
    """

    id: str
    uri: str
    text: str
    media_type: str = "text/plain"
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    published_evidence: Evidence | None = None
    published_basis: str | None = None
    captured: dt.date | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    is_on_file: bool = True

    @property
    def body(self) -> tuple[tuple[int, int], ...]:
        """The article: half-open offset pairs of the body blocks, in order (a dateline is a part of it)."""
        return tuple((b.start, b.end) for b in self.blocks if b.kind in ("body", "dateline"))
