"""HTML → the page's readable text in reading order, each line with what the markup says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from communique.lexicon import Lexicon
from communique.model.vocabulary import ClutterReason
from communique.pages.lines import Line, make_line

_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(r"[a-z0-9]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Containers that hold the article on many pages must not be called clutter for a word in their class.
_NEVER = frozenset({"html", "body", "main", "article", "h1"})


@dataclass(slots=True)
class MarkedText:
    """The readable text of a page.

    Attributes:
        text: All lines, a blank line between paragraphs.
        lines: Its lines.
        hints: For every line, the clutter reason that the markup gives, or None.
        elements: For every line, the name of the block element that it stands in.
    """

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    hints: list[ClutterReason | None] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)


class MarkupReader:
    """Reads HTML trees by the element and class names of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("interface")["markup"]
        self._skipped = frozenset(table["skipped"])
        self._blocks = frozenset(table["blocks"])
        self._elements: dict[str, ClutterReason] = table["elements"]
        self._classes: dict[str, ClutterReason] = {
            word: reason for reason, words in table["classes"].items() for word in words
        }

    def flatten(self, tree: Any) -> MarkedText:
        """The readable text of a tree in document order; hidden elements are left out."""
        page = MarkedText()
        pieces: list[str] = []
        parts: list[str] = []
        offset = 0
        for kind, value, hint, element in self._events(tree):
            if kind == "text":
                parts.append(value)
                continue
            shown = _SPACES.sub(" ", "".join(parts)).strip()
            parts = ["• "] if value == "li" else []
            if shown and shown != "•":
                page.lines.append(make_line(shown, offset, after_gap=True))
                page.hints.append(hint)
                page.elements.append(element)
                pieces.append(shown)
                offset += len(shown) + 2
        page.text = "\n\n".join(pieces)
        return page

    def _events(self, tree: Any) -> Iterator[tuple[str, str, ClutterReason | None, str]]:
        """Text pieces, and breaks that carry hint and element of the text before them. Iterative: pages nest deeply."""
        hints: list[ClutterReason | None] = [None]
        elements = ["body"]
        skipping: Any = None
        for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
            name = node.tag if isinstance(node.tag, str) else ""
            if event in ("comment", "pi"):
                if skipping is None and node.tail:
                    yield "text", node.tail, None, ""
                continue
            if event == "start":
                if skipping is not None:
                    continue
                if name in self._skipped or self._is_hidden(node):
                    skipping = node
                    continue
                if name in self._blocks:
                    yield "break", name, hints[-1], elements[-1]
                    elements.append(name)
                elif name in ("td", "th"):
                    yield "text", "  ", None, ""
                hints.append(hints[-1] or self._hint(node, name))
                if node.text:
                    yield "text", node.text, None, ""
                continue
            if skipping is None:
                hint = hints.pop()
                if name in self._blocks:
                    yield "break", "", hint, elements.pop()
            elif skipping is node:
                skipping = None
            if skipping is None and node.tail:
                yield "text", node.tail, None, ""
        yield "break", "", None, "body"

    def _hint(self, node: Any, name: str) -> ClutterReason | None:
        if name in _NEVER:
            return None
        if name in self._elements:
            return self._elements[name]
        words = _TOKEN.findall(
            f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}".lower()[:300]
        )
        return next((self._classes[word] for word in words if word in self._classes), None)

    def _is_hidden(self, node: Any) -> bool:
        return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


@lru_cache(maxsize=8)
def markup_reader(lexicon: Lexicon) -> MarkupReader:
    """The markup reader of a lexicon, made once."""
    return MarkupReader(lexicon)


def parse_tree(text: str) -> Any | None:
    """The element tree of a page, None when there is nothing in it that a parser can use."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
