"""Windows: a document cut into stretches that the encoder reads at once, and what it is asked about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.analysis import Line
from communique.reading.encoder.masked import Masks
from communique.reading.encoder.pieces import WordPieces
from communique.reading.participants import SLOTS, place_of_slot
from communique.reading.sameness import REACH
from communique.reading.tellings import Narrative, Telling

LENGTH = 400
"""Pieces of a window at most; reports of 250 words fit into one."""

OVERLAP = 3
"""Lines of a window that are read again at the start of the next, so that its first triggers have something before."""

BEFORE, AFTER = 4, 1
"""Lines before and behind a trigger whose days and places are asked about."""

# What stands on a piece: nothing, a trigger of a kind (they come first), an actor of a kind, a date or a site.
_ACTORS = ("person", "organization", "country", "post", "place", "word")
_DATE = 1 + len(ENGAGEMENT_KINDS) + len(_ACTORS)
_SITE = _DATE + 1
MARKS = _SITE + 1

_NEAR, _LINES = 7, 7  # steps of distance that are told apart in a line, and lines before and behind it
_STEP = 3  # pieces to a step
DISTANCES = (2 * _NEAR + 1) + 2 * _LINES

HINTS = len(SLOTS) * 4
"""What the rules can say of somebody and a trigger: where grammar puts him, and two things that are so or not."""


About = TypeVar("About")


@dataclass(slots=True)
class Questions(Generic[About]):
    """Whether what stands on some pieces belongs to what some triggers tell.

    Attributes:
        pairs: Of each question: place of the trigger in the window's ``triggers``, piece, and distance.
        about: Of each question: position of the telling, and what stands on the piece.
    """

    pairs: list[tuple[int, int, int]] = field(default_factory=list)
    about: list[About] = field(default_factory=list)


@dataclass(slots=True)
class Window:
    """A stretch of a document.

    Attributes:
        ids: Numbers of its pieces.
        marks: What stands on each piece.
        people: Piece → the number of the pseudonym that stands there.
        triggers: Positions of its tellings in the narrative; each telling is asked about in one window only.
        at: Piece of each trigger.
        who: Questions about appearances of actors: telling, and identity.
        hints: Of each question about an appearance: the number that stands for what the rules say of the two.
        when: Questions about dates: telling, line, and offset in the text.
        where: Questions about sites: telling, line, and offset in the text of the word that leads to it.
        same: Of each question about two triggers: their places in ``triggers``, the earlier one first.
    """

    ids: list[int]
    marks: list[int]
    people: dict[int, int] = field(default_factory=dict)
    triggers: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    who: Questions[tuple[int, str]] = field(default_factory=Questions)
    hints: list[int] = field(default_factory=list)
    when: Questions[tuple[int, int, int]] = field(default_factory=Questions)
    where: Questions[tuple[int, int, int]] = field(default_factory=Questions)
    same: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Stretch:
    """A line in pieces, and the pieces on which something stands.

    Attributes:
        triggers: Position of the telling, and piece.
        actors: Identity, and piece.
        dates: Offset in the text, and piece.
        sites: Offset in the text of the word that leads to it, and piece.
    """

    index: int
    ids: list[int]
    marks: list[int]
    people: dict[int, int]
    triggers: list[tuple[int, int]] = field(default_factory=list)
    actors: list[tuple[str, int]] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    sites: list[tuple[int, int]] = field(default_factory=list)


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
        window = _window(stretches[first:last], asked, pieces.start, narrative)
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
    masks = Masks()
    out = []
    for line in narrative.lines:
        shown = masks.masked(line)
        ids: list[int] = []
        ends: list[int] = []
        people: dict[int, int] = {}
        for place, word in enumerate(shown.words):
            if place in shown.people and len(ids) < LENGTH - 2:
                people[len(ids)] = shown.people[place]
            ids += pieces.cut(word)
            ends.append(len(ids) - 1)
        stretch = _Stretch(line.index, [*ids[: LENGTH - 2], pieces.end], [0] * (min(len(ids), LENGTH - 2) + 1), people)
        if shown.at:
            _mark(stretch, line, [ends[shown.at[token.i]] for token in line.tokens], narrative, tellings)
        out.append(stretch)
    return out


def _mark(
    stretch: _Stretch,
    line: Line,
    ends: Sequence[int],
    narrative: Narrative,
    tellings: dict[int, list[tuple[int, Telling]]],
) -> None:
    """Notes what stands where; ``ends`` has the last piece of each token."""
    marks, most = stretch.marks, LENGTH - 2
    setting = narrative.setting
    for site in setting.sites.get(line.index, ()):
        at = ends[_token_before(line, line.labelled.words[site.last - 1].end)]
        if at < most:
            marks[at] = _SITE
            stretch.sites.append((line.anchors[site.token][0], at))
    for date in setting.calendar.mentions.get(line.index, ()):
        at = ends[_token_before(line, date.end)]
        if at < most:
            marks[at] = _DATE
            stretch.dates.append((date.start, at))
    for actor in narrative.cast.actors.get(line.index, ()):
        at = ends[actor.token.i]
        if at < most and actor.kind in _ACTORS:
            marks[at] = 1 + len(ENGAGEMENT_KINDS) + _ACTORS.index(actor.kind)
            stretch.actors += [(key, at) for key in sorted(actor.keys)]
    for number, telling in tellings.get(line.index, ()):
        at = ends[telling.trigger.token.i]
        if at < most:
            marks[at] = 1 + ENGAGEMENT_KINDS.index(telling.trigger.kind)
            stretch.triggers.append((number, at))


def _token_before(line: Line, offset: int) -> int:
    """The last token that begins before an offset in the text."""
    return max((token.i for token in line.tokens if line.anchors[token.i][0] < offset), default=0)


def _window(stretches: Sequence[_Stretch], asked: set[int], start: int, narrative: Narrative) -> Window:
    window = Window([start], [0])
    offsets = []
    for stretch in stretches:
        offset = len(window.ids)
        offsets.append(offset)
        window.ids += stretch.ids
        window.marks += stretch.marks
        window.people.update((offset + at, number) for at, number in stretch.people.items())
    for stretch, offset in zip(stretches, offsets, strict=True):
        for number, at in stretch.triggers:
            if number not in asked:
                hints = _hints(narrative, narrative.tellings[number])
                _ask(window, number, offset + at, stretch.index, stretches, offsets, hints)
    for place in range(len(window.triggers)):
        window.same += [(earlier, place) for earlier in range(max(0, place - REACH), place)]
    return window


def _ask(  # noqa: PLR0913, PLR0917 - one trigger and where it stands
    window: Window,
    number: int,
    at: int,
    line: int,
    stretches: Sequence[_Stretch],
    offsets: Sequence[int],
    hints: Mapping[str, int],
) -> None:
    """Asks about one trigger."""
    place = len(window.triggers)
    window.triggers.append(number)
    window.at.append(at)

    def ask(questions: Questions[About], piece: int, lines: int, about: About) -> None:
        questions.pairs.append((place, piece, _distance(piece - at, lines)))
        questions.about.append(about)

    for stretch, offset in zip(stretches, offsets, strict=True):
        lines = stretch.index - line
        for key, piece in stretch.actors:
            ask(window.who, offset + piece, lines, (number, key))
            window.hints.append(hints[key])
        if -BEFORE <= lines <= AFTER:
            for start, piece in stretch.dates:
                ask(window.when, offset + piece, lines, (number, stretch.index, start))
            for start, piece in stretch.sites:
                ask(window.where, offset + piece, lines, (number, stretch.index, start))


def _hints(narrative: Narrative, telling: Telling) -> dict[str, int]:
    """Identity → the number that stands for what the rules say of somebody and a trigger."""
    slots = telling.slots
    return {
        key: 4 * place_of_slot(slots.get(key)) + 2 * (key in telling.before) + (key in narrative.main)
        for key in narrative.cast.members
    }


def _distance(pieces: int, lines: int) -> int:
    """The number that stands for how far something is from a trigger."""
    if lines == 0:
        return _NEAR + max(-_NEAR, min(_NEAR, round(pieces / _STEP)))
    base = 2 * _NEAR + 1
    return base + (_LINES + min(_LINES, lines) - 1 if lines > 0 else _LINES - min(_LINES, -lines))
