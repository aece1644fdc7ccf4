"""The text of a document as HTML: paragraphs with their passages marked, clutter set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from communique.formats.facts import CAST
from communique.formats.marking import Mark, Segment, split_at_marks
from communique.formats.wording import say
from communique.model import Block, Document

# Clutter longer than this (in characters, in lines) is folded away, unless a passage stands in it.
LONG_CLUTTER = 240
MANY_LINES = 4
BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")


def render_sheet(document: Document, marks: Sequence[Mark]) -> str:
    """The whole text of a document; nothing is left out but white space between paragraphs."""
    text = document.text
    pieces = []
    for is_clutter, group in groupby(_blocks(document), key=lambda block: block.kind == "clutter"):
        blocks = list(group)
        if is_clutter:
            pieces.append(_clutter(text, blocks, marks))
        else:
            pieces += [
                _paragraph(text, start, end, block.kind, marks) for block in blocks for start, end in _cut(text, block)
            ]
    return "".join(pieces)


def _blocks(document: Document) -> Iterator[Block]:
    """The blocks of a document, and the stretches between them as body, so that no text is lost."""
    position = 0
    for block in sorted(document.blocks, key=lambda block: block.start):
        start = max(block.start, position)  # blocks do not overlap; a wrong one must not show text twice
        if document.text[position:start].strip():
            yield Block(start=position, end=start, kind="body")
        if start < block.end:
            yield Block(start=start, end=block.end, kind=block.kind, reason=block.reason)
        position = max(position, block.end)
    if document.text[position:].strip():
        yield Block(start=position, end=len(document.text), kind="body")


def _cut(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Paragraphs of a block: at blank lines where the text has them, else at every line end."""
    gap = BLANK_LINE if BLANK_LINE.search(text.strip()) else re.compile(r"\n")
    start = block.start
    bounds = [
        *((gap_.start(), gap_.end()) for gap_ in gap.finditer(text, block.start, block.end)),
        (block.end, block.end),
    ]
    for end, next_start in bounds:
        if text[start:end].strip():
            yield start, end
        start = next_start


def _clutter(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> str:
    start, end = blocks[0].start, blocks[-1].end
    paragraphs = "".join(
        _paragraph(text, left, right, "line", marks) for block in blocks for left, right in _cut(text, block)
    )
    if not paragraphs:
        return ""
    reasons = ", ".join(dict.fromkeys(say(block.reason or "other") for block in blocks))
    label = f"Not the article: {escape(reasons)}"
    has_mark = any(mark.start < end and mark.end > start for mark in marks)
    is_long = end - start > LONG_CLUTTER or paragraphs.count("<p") > MANY_LINES
    if is_long and not has_mark:
        return f'<details class="clutter"><summary>{label}</summary>{paragraphs}</details>\n'
    return f'<div class="clutter" title="{label}">{paragraphs}</div>\n'


def _paragraph(text: str, start: int, end: int, kind: str, marks: Sequence[Mark]) -> str:
    inside = "".join(map(_segment, split_at_marks(text, start, end, marks)))
    return f'<p class="{kind}" dir="auto">{inside}</p>\n'


def _segment(segment: Segment) -> str:
    anchors = "".join(_anchor(mark) for mark in segment.opening)
    words = escape(segment.text)
    if not segment.covering:
        return words
    loud = [mark for mark in segment.covering if mark.number]
    # A name before the rest: where somebody takes part, two quiet marks lie on one another.
    quiet = min((m for m in segment.covering if not m.number), key=lambda m: m.kind not in CAST, default=None)
    look = [loud[0].kind] if loud else []
    look += ["several"] if len(loud) > 1 else []
    look += ["named" if quiet.kind in CAST else quiet.kind] if quiet else []
    marked = f'<mark class="{" ".join(look)}">{words}</mark>'
    # A name leads to its card by itself; a fact has its number for that, since facts overlap.
    return (
        f'{anchors}<a class="quiet" href="#{escape(quiet.target, quote=True)}">{marked}</a>'
        if quiet
        else anchors + marked
    )


def _anchor(mark: Mark) -> str:
    anchor, target = escape(mark.anchor, quote=True), escape(mark.target, quote=True)
    if not mark.number:
        return f'<span id="{anchor}"></span>'
    return (
        f'<a class="ref {mark.kind}" id="{anchor}" href="#{target}" aria-label="Fact {mark.number}">{mark.number}</a>'
    )
