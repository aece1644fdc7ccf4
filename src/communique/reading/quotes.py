"""Quotations: which stretches of a line stand between quotation marks, from line to line."""

from __future__ import annotations

from dataclasses import dataclass

from communique.reading.words import Word

_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Half-open offsets of quoted words, without the marks.

    Attributes:
        start: Offset of its first code point.
        end: Offset after its last code point.
        begun: Whether it began in this line.
        closed: Whether it ends in this line.
    """

    start: int
    end: int
    begun: bool = True
    closed: bool = True

    def holds(self, offset: int) -> bool:
        """Whether the code point at ``offset`` is quoted."""
        return self.start <= offset < self.end


def quotations(words: tuple[Word, ...], *, inside: bool = False) -> list[Quotation]:
    """The quotations of a line, left to right.

    A mark that opens while the quotation of the line before is open shows that the closing mark of that one is missing.
    Straight marks open when a word follows without a space and no word stands directly before them.

    Args:
        words: The line's words.
        inside: Whether a quotation of the line before is still open.
    """
    out: list[Quotation] = []
    opened: int | None = words[0].start if inside and words else None
    begun = False
    for i, word in enumerate(words):
        direction = _direction(words, i)
        if direction == "open" and (opened is None or not begun):
            opened, begun = word.end, True
        elif direction == "close" and opened is not None:
            if word.start > opened:
                out.append(Quotation(opened, word.start, begun, True))
            opened = None
    if opened is not None and words and words[-1].end > opened:
        out.append(Quotation(opened, words[-1].end, begun, False))
    return out


def _direction(words: tuple[Word, ...], i: int) -> str | None:
    word = words[i]
    if word.text in _OPENING:
        return "open"
    if word.text in _CLOSING:
        return "close"
    if word.text != '"':
        return None
    glued_after = i + 1 < len(words) and words[i + 1].start == word.end and words[i + 1].text not in ",.;:!?)"
    glued_before = i > 0 and words[i - 1].end == word.start and words[i - 1].text not in "(—–-"
    return "open" if glued_after and not glued_before else "close"
