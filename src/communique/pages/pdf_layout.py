"""Printed lines → paragraphs: words that were broken are joined, running heads and feet are told from the text.

A paragraph ends where the space to the next line is wider than usual, where the type changes, where the next line is
indented or is a list item, or where a line that ends a sentence leaves room for the next word. Nothing is dropped: what
runs on every page becomes a paragraph of its own, marked as clutter, behind the paragraph that it interrupts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.model.vocabulary import ClutterReason
from communique.pages.lines import BULLET, SENTENCE_END
from communique.pages.pdf_lines import SOFT_HYPHENS, PrintedLine

# Heads and feet stand in the outer eighth of a page: A4 and letter pages have margins of 25 mm of 297 (a twelfth).
MARGIN = 1 / 8
# A line of the margin runs when it stands on so many pages, numbers aside.
LEAST_PAGES, LEAST_SHARE = 2, 0.4
# Spaces between lines vary by a tenth within a paragraph; between paragraphs they are wider by a third or more.
WIDER = 1.3
# Letters that differ by less are of one size (superscripts, rounding).
SAME_SIZE = 0.12
# Titles are set larger than the text by a fifth or more.
TITLE_SIZE = 1.2
LONGEST_TITLE = 40
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|seite|página)?\s*\d{1,4}\s*(?:(?:of|/|de|von)\s*\d{1,4})?\W*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The text of a PDF, paragraph by paragraph.

    Attributes:
        paragraphs: All of them, in reading order.
        hints: For each, "footer" for running heads and feet, else None.
        title: Index of the paragraph that is set as the title, None when none stands out.
    """

    paragraphs: list[str]
    hints: list[ClutterReason | None]
    title: int | None


def lay_out(pages: Sequence[Sequence[PrintedLine]]) -> Layout:
    """Puts the lines of all pages together."""
    running = _running_keys(pages)
    lines = [line for page in pages for line in page]
    usual = _Usual.of([line for line in lines if _key(line) not in running] or lines)
    seen: set[str] = set()
    drafts: list[list[PrintedLine]] = []
    asides: list[tuple[int, PrintedLine]] = []  # each with the number of the draft that it interrupts
    for number, page in enumerate(pages):
        previous: PrintedLine | None = None
        for line in page:
            key = _key(line)
            is_letterhead = number == 0 and key not in seen and not _PAGE_NUMBER.fullmatch(line.text)
            seen.add(key)
            # The first page's own head is its letterhead: it names the outlet and often the day.
            if _is_in_margin(line) and (key in running or _PAGE_NUMBER.fullmatch(line.text)) and not is_letterhead:
                asides.append((len(drafts), line))
            elif drafts and (
                usual.goes_on(previous, line, drafts[-1]) if previous else usual.crosses_page(drafts[-1], line)
            ):
                drafts[-1].append(line)
                previous = line
            else:
                drafts.append([line])
                previous = line
    return _write(drafts, asides, usual)


def _write(drafts: list[list[PrintedLine]], asides: list[tuple[int, PrintedLine]], usual: _Usual) -> Layout:
    known = Counter(word.lower() for draft in drafts for line in draft for word in _WORD.findall(line.text))
    paragraphs: list[str] = []
    hints: list[ClutterReason | None] = []
    title: int | None = None
    waiting = 0
    for number, draft in enumerate(drafts):
        while waiting < len(asides) and asides[waiting][0] <= number:
            paragraphs.append(_shown(asides[waiting][1].text))
            hints.append("footer")
            waiting += 1
        text = join_lines([line.text for line in draft], known)
        if title is None and usual.is_title(draft) and 2 <= len(text.split()) <= LONGEST_TITLE:
            title = len(paragraphs)
        paragraphs.append(text)
        hints.append(None)
    for _, line in asides[waiting:]:
        paragraphs.append(_shown(line.text))
        hints.append("footer")
    return Layout(paragraphs=paragraphs, hints=hints, title=title)


def join_lines(lines: Sequence[str], known: Counter[str]) -> str:
    """The lines of one paragraph as one; a word that was broken at a line's end is put together.

    Args:
        lines: Its lines.
        known: How often the document has each word, lower case: tells "coast-guard" from "coast-" + "line".
    """
    text = ""
    for line in lines:
        head = text.rstrip(SOFT_HYPHENS)
        is_soft = head != text
        is_broken = (is_soft or text.endswith("-")) and line[:1].islower() and head.rstrip("-")[-1:].isalpha()
        if is_broken:
            stem = head.rstrip("-")
            text = stem + ("-" if _keeps_hyphen(stem, line, known) else "") + line
        else:
            text = f"{text} {line}" if text else line
    return _shown(text)


def _keeps_hyphen(stem: str, line: str, known: Counter[str]) -> bool:
    """Whether the two halves of a broken word are a compound: the document writes it so, or has both as words."""
    before, after = _WORD.findall(stem)[-1:], _WORD.match(line)
    if not before or after is None:
        return False
    first, second = before[0].lower(), after[0].lower()
    if known[f"{first}-{second}"] or known[first + second]:
        return known[f"{first}-{second}"] > known[first + second]
    return known[first] > 1 and known[second] > 1  # each counts once here already


def _shown(text: str) -> str:
    """Hyphens that pdfium marks and that joined nothing are ordinary ones."""
    for mark in SOFT_HYPHENS:
        text = text.replace(mark, "-")
    return text


def _running_keys(pages: Sequence[Sequence[PrintedLine]]) -> set[str]:
    """What stands in the margins of many pages, numbers aside."""
    counts = Counter(key for page in pages for key in {_key(line) for line in page if _is_in_margin(line)})
    least = max(LEAST_PAGES, LEAST_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= least}


def _key(line: PrintedLine) -> str:
    return _NUMBERS.sub("#", line.text.casefold())


def _is_in_margin(line: PrintedLine) -> bool:
    return line.bottom > line.height * (1 - MARGIN) or line.top < line.height * MARGIN


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual in a document: the size of its type, the step from line to line, the right edge of its lines."""

    size: float
    step: float
    right: float

    @classmethod
    def of(cls, lines: Sequence[PrintedLine]) -> _Usual:
        """The medians, weighed by length, so that headings and captions do not count for much."""
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
        steps = [step for step in steps if 0 < step < 60]
        rights = sorted(line.right for line in lines)
        return cls(
            size=sizes.most_common(1)[0][0] if sizes else 0.0,
            step=median(steps) if steps else 0.0,
            right=rights[int(len(rights) * 0.8)] if rights else 0.0,
        )

    def goes_on(self, previous: PrintedLine, line: PrintedLine, draft: Sequence[PrintedLine]) -> bool:
        """Whether a line belongs to the paragraph of the one above it."""
        if not _is_same_size(previous, line) or BULLET.match(line.text):
            return False
        step = previous.bottom - line.bottom
        if abs(step) < line.size * 0.5:
            return True  # beside it: two cells, or a word in another type
        if step < 0:  # the next column
            return not SENTENCE_END.search(previous.text) or line.text[:1].islower()
        usual = self.step if len(draft) < 2 else draft[0].bottom - draft[1].bottom
        if step > max(usual, self.step) * WIDER and step > line.size * WIDER:
            return False
        is_indented = line.left - draft[-1].left > line.size * 0.8 and abs(draft[0].left - draft[-1].left) < 1
        if is_indented and len(draft) > 1:
            return False
        has_room = previous.right < max(self.right, line.right) - line.size * 4
        return not (has_room and SENTENCE_END.search(previous.text) is not None)

    def crosses_page(self, draft: Sequence[PrintedLine], line: PrintedLine) -> bool:
        """Whether the first line of a page goes on with the last paragraph of the page before."""
        last = draft[-1]
        if not _is_same_size(last, line) or BULLET.match(line.text) or SENTENCE_END.search(last.text):
            return False
        return last.right > self.right - line.size * 8 or line.text[:1].islower()

    def is_title(self, draft: Sequence[PrintedLine]) -> bool:
        """Whether a paragraph is set larger than the text."""
        return draft[0].size >= self.size * TITLE_SIZE and self.size > 0


def _is_same_size(one: PrintedLine, other: PrintedLine) -> bool:
    return abs(one.size - other.size) <= SAME_SIZE * max(one.size, other.size)
