"""The text of a source with its passages marked: what a page shows of a document.

Only the extracted text is ever shown. The archived bytes never leave the register as a page of this origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from communique.formats.marking import Mark
from communique.formats.sheet import render_sheet
from communique.model import Document as ReadDocument
from communique.model import Readout
from communique.register.models import Content, Document
from communique.register.store.packing import unpack, unpack_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage to mark, and the fact that it proves.

    Attributes:
        start: Offset of its first code point in the document's text.
        end: Offset after its last.
        kind: Kind of the fact: engagement, commitment, statement, mechanism, or that of an actor.
        card: Name of the fact's place on the page.
        number: The fact's number; 0 marks quietly.
    """

    start: int
    end: int
    kind: str
    card: str
    number: int = 0

    @property
    def anchor(self) -> str:
        """The passage's name on the page: "t120-180"."""
        return f"t{self.start}-{self.end}"


def list_passages(
    evidence: Iterable[dict[str, Any]] | dict[str, Any], kind: str, card: str, number: int = 0
) -> list[Passage]:
    """Passages of evidence as the tables keep it: one, or a list."""
    spans = [evidence] if isinstance(evidence, dict) else evidence
    return [
        Passage(start=int(span["start"]), end=int(span["end"]), kind=kind, card=card, number=number)
        for span in spans
        if span
    ]


def draw_source(document: Document, passages: Sequence[Passage]) -> str | None:
    """The whole text as HTML, everything escaped; None where the register has no text of it."""
    content = Content.objects.filter(document=document).only("text", "readout").first()
    if content is None:
        return None
    return render_sheet(read_content(document, content), name_marks(passages))


def read_content(document: Document, content: Content) -> ReadDocument:
    """The document as its reader saw it: text, article and clutter."""
    text = unpack_text(content.text)
    try:
        blocks = Readout.from_json(unpack(content.readout)).document.blocks
    except msgspec.MsgspecError:
        blocks = ()  # a readout made elsewhere, without a layout: all of it is shown as article
    return ReadDocument(id=document.sha256, uri=document.uri, text=text, media_type=document.media_type, blocks=blocks)


def name_marks(passages: Sequence[Passage]) -> list[Mark]:
    """Marks of passages. A passage that proves several facts is named once: names on a page are unique."""
    marks, named = [], set()
    # Numbered ones first: a quiet mark needs its name only where no number has it.
    for passage in sorted(passages, key=lambda p: (not p.number, p.number)):
        anchor = passage.anchor if passage.anchor not in named else f"{passage.anchor}-{passage.card}"
        if anchor in named:
            continue
        named.add(anchor)
        marks.append(
            Mark(
                start=passage.start,
                end=passage.end,
                kind=passage.kind,
                anchor=anchor,
                target=passage.card,
                number=passage.number,
            )
        )
    return marks
