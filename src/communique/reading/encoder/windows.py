"""Windows: a document cut into stretches that the encoder reads at once, and what it is asked about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.encoder.masked import masked
from communique.reading.encoder.pieces import WordPieces
from communique.reading.sameness import REACH
from communique.reading.tellings import Narrative, Telling

LENGTH = 400
"""Pieces of a window at most; reports of 300 words fit into one."""

OVERLAP = 3
"""Lines of a window that are read again at the start of the next, so that its first triggers have something before."""

# What stands on a piece: nothing, a trigger of a kind (they come first), or an actor of a kind.
_ACTORS = ("person", "organization", "country", "post", "place", "word")
MARKS = 1 + len(ENGAGEMENT_KINDS) + len(_ACTORS)

_NEAR, _LINES = 7, 7  # steps of distance that are told apart in a line, and lines before and behind it
_STEP = 3  # pieces to a step
DISTANCES = (2 * _NEAR + 1) + 2 * _LINES


@dataclass(slots=True)
class Window:
    """A stretch of a document.

    Attributes:
        ids: Numbers of its pieces.
        marks: What stands on each piece.
        triggers: Positions of its tellings in the narrative; each telling is asked about in one window only.
        at: Piece of each trigger.
        pairs: Of each question about an appearance: place in ``triggers``, piece of the actor, and distance.
        about: Of each of those questions: position of the telling, and identity.
        same: Of each question about two triggers: their places in ``triggers``, the earlier one first.
    """

    ids: list[int]
    marks: list[int]
    triggers: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    pairs: list[tuple[int, int, int]] = field(default_factory=list)
    about: list[tuple[int, str]] = field(default_factory=list)
    same: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Stretch:
    """A line in pieces: where its triggers stand (position of the telling, piece), and its actors (identity, piece)."""

    index: int
    ids: list[int]
    marks: list[int]
    triggers: list[tuple[int, int]] = field(default_factory=list)
    actors: list[tuple[str, int]] = field(default_factory=list)


def windows(narrative: Narrative, pieces: WordPieces) -> Iterator[Window]:
    """The windows of a document in which something is asked.

    Args:
        narrative: The document as it was followed.
        pieces: Cuts words.
    """
    stretches = _stretches(narrative, pieces)
    asked: set[int] = set()
    first = 0
    while first < len(stretches):
        last, length = first, 1
        while last < len(stretches) and (last == first or length + len(stretches[last].ids) <= LENGTH):
            length += len(stretches[last].ids)
            last += 1
        window = _window(stretches[first:last], asked, pieces.start)
        if window.triggers:
            asked.update(window.triggers)
            yield window
        if last == len(stretches):
            return
        first = max(first + 1, last - OVERLAP)


def _stretches(narrative: Narrative, pieces: WordPieces) -> list[_Stretch]:
    tellings: dict[int, list[tuple[int, Telling]]] = {}
    for number, telling in enumerate(narrative.tellings):
        tellings.setdefault(telling.line.index, []).append((number, telling))
    out = []
    for line in narrative.lines:
        shown = masked(line)
        ids: list[int] = []
        ends: list[int] = []
        for word in shown.words:
            ids += pieces.cut(word)
            ends.append(len(ids) - 1)
        stretch = _Stretch(line.index, [*ids[: LENGTH - 2], pieces.end], [0] * (min(len(ids), LENGTH - 2) + 1))
        for actor in narrative.cast.actors.get(line.index, ()) if ends else ():
            at = ends[shown.at[actor.token.i]]
            if at < LENGTH - 2 and actor.kind in _ACTORS:
                stretch.marks[at] = 1 + len(ENGAGEMENT_KINDS) + _ACTORS.index(actor.kind)
                stretch.actors += [(key, at) for key in sorted(actor.keys)]
        for number, telling in tellings.get(line.index, ()):
            at = ends[shown.at[telling.trigger.token.i]]
            if at < LENGTH - 2:
                stretch.marks[at] = 1 + ENGAGEMENT_KINDS.index(telling.trigger.kind)
                stretch.triggers.append((number, at))
        out.append(stretch)
    return out


def _window(stretches: Sequence[_Stretch], asked: set[int], start: int) -> Window:
    window = Window([start], [0])
    actors: list[tuple[str, int, int]] = []
    triggers: list[tuple[int, int, int]] = []
    for stretch in stretches:
        offset = len(window.ids)
        window.ids += stretch.ids
        window.marks += stretch.marks
        actors += [(key, offset + at, stretch.index) for key, at in stretch.actors]
        triggers += [(number, offset + at, stretch.index) for number, at in stretch.triggers if number not in asked]
    for place, (number, at, line) in enumerate(triggers):
        window.triggers.append(number)
        window.at.append(at)
        for key, actor_at, actor_line in actors:
            window.pairs.append((place, actor_at, _distance(actor_at - at, actor_line - line)))
            window.about.append((number, key))
        window.same += [(earlier, place) for earlier in range(max(0, place - REACH), place)]
    return window


def _distance(pieces: int, lines: int) -> int:
    """The number that stands for how far an actor is from a trigger."""
    if lines == 0:
        return _NEAR + max(-_NEAR, min(_NEAR, round(pieces / _STEP)))
    base = 2 * _NEAR + 1
    return base + (_LINES + min(_LINES, lines) - 1 if lines > 0 else _LINES - min(_LINES, -lines))
