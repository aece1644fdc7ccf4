"""Marks passages in a text: overlapping ones too, without ever nesting them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage to be marked.

    Attributes:
        start: Offset of its first code point.
        end: Offset after its last.
        kind: What kind of fact it proves.
        anchor: Under which name it is linked to.
        target: Name of the fact's card.
        number: Number of the fact; 0 for a quiet mark, that has no number in the text.
    """

    start: int
    end: int
    kind: str
    anchor: str
    target: str
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks cover from end to end.

    Attributes:
        text: The stretch.
        opening: Marks that begin here.
        covering: All marks over it, the shortest first; the first one decides how it looks.
    """

    text: str
    opening: tuple[Mark, ...]
    covering: tuple[Mark, ...]


def split_at_marks(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cuts ``text[start:end]`` wherever a mark begins or ends.

    Joined together, the segments are the text again. A mark that began before ``start`` goes on, but does not open.

    Args:
        text: The whole text that the offsets refer to.
        start: Where to begin.
        end: Where to stop.
        marks: The marks, in any order; those outside are passed over.
    """
    touching = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end),
        key=lambda mark: (mark.end - mark.start, mark.number),
    )
    cuts = {start, end}
    for mark in touching:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    bounds = sorted(cuts)
    for left, right in pairwise(bounds):
        covering = tuple(mark for mark in touching if mark.start <= left and mark.end >= right)
        opening = sorted((mark for mark in covering if mark.start == left), key=lambda mark: mark.number)
        yield Segment(text[left:right], tuple(opening), covering)
