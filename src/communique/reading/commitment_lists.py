"""Lists of decisions: minutes and readouts that say "The parties agreed:" and then one point after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.model.vocabulary import CommitmentAct
from communique.reading.analysis import Line
from communique.reading.commitment_frames import CommitmentFrames
from communique.reading.discourse import Discourse
from communique.reading.parties import Party
from communique.reading.words import Word

_SIGNS = frozenset(["-", "–", "—", "•", "*", "·", "●", "■", "▪", "►", "›", "»", "✓", "✔", "→"])
_NUMBER = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})", re.I)
_QUOTES = frozenset(['"', "“", "”", "'", "‘", "«", "„"])
_HEADING_WORDS = 6
# How many words may stand between the verb and the colon ("agreed on the following points:").
_NEAR = 6
# The longest item without a bullet, in words.
_LONGEST = 30


@dataclass(slots=True)
class OpenList:
    """A list that was opened and goes on.

    Attributes:
        discourse: The document that it stands in.
        act: What its items are.
        parties: Whose decisions they are; empty when the words before the list do not say.
        block: The block of its last line.
        strict: Whether only concrete items count: under a heading, not after "the parties agreed:".
        marked: Whether a bullet or number alone stood on the line before.
        loose: Whether items without a bullet are still possible.
    """

    discourse: Discourse
    act: CommitmentAct
    parties: list[Party]
    block: int
    strict: bool = False
    marked: bool = False
    loose: bool = True


class ListReader:
    """Tells which lines open a list of decisions, and which are its items."""

    def __init__(self, frames: CommitmentFrames) -> None:
        self.frames = frames

    def opens(self, line: Line) -> tuple[int, CommitmentAct] | None:
        """Where the words that open a list end (a word index), and what its items are; None for other lines.

        "The parties agreed:", "DECISIONS", "It was agreed as follows:", "Agreed: a convoy a week; 200 tents."
        """
        words = line.labelled.words
        colon = next((i for i, word in enumerate(words) if word.text == ":"), None)
        last = len(words) if colon is None else colon
        low = [word.low for word in words[:last]]
        trailing = colon is not None and colon == len(words) - 1
        act = self._act(low)
        if trailing or (colon is None and "following" in low[-3:]):
            return (len(words), act) if act else None
        if colon is None:
            return (last, act) if act and self._is_heading(words) else None
        if words[colon + 1].text in _QUOTES:
            return None
        near = low[-_NEAR:]
        points = [word.text for word in words[colon:]]
        several = ";" in points or points[1:2] == ["("] or len(self.split_items(words, colon + 1)) > 1
        if several and low and low[-1] in self.frames.openers:
            return colon + 1, act or "agreed"
        act = self._act(near)
        return (colon + 1, act) if act and (several or last <= _HEADING_WORDS) else None

    def _act(self, low: Sequence[str]) -> CommitmentAct | None:
        if {"not", "no", "never"} & set(low):
            return None
        for word in low:
            for frame in self.frames.verbs.get(word, ()):
                if frame.list_:
                    return frame.act
        return "agreed" if self.frames.headings & set(low) else None

    def _is_heading(self, words: Sequence[Word]) -> bool:
        """A short line without a full stop that is capitalized throughout or made of heading words."""
        if len(words) > _HEADING_WORDS or words[-1].text in ".!?;,":
            return False
        low = [word.low for word in words if word.is_word]
        return bool(low) and (low[-1] in self.frames.headings or low[0] in self.frames.headings)

    def item(self, line: Line, opened: OpenList) -> int | None:
        """Index of the first word of an item behind its bullet or number; None when the line is no item."""
        words = line.labelled.words
        start = bullet_end(words)
        if start is None and opened.marked:
            start = 0
        if start is None and opened.loose and self._is_loose_item(line):
            start = 0
        if start is None or start >= len(words) or words[-1].text in (":", "?"):
            return None
        return start

    def _is_loose_item(self, line: Line) -> bool:
        """Whether a line without a bullet can be an item: decisions are not told in the past tense."""
        words = line.labelled.words
        if words[0].low in ("to", "that") or words[-1].text in (";", ",") or words[-1].low == "and":
            return True
        assert line.doc is not None
        roots = [t for t in line.tokens if t.head.i == t.i]
        told = any(t.tag_ == "VBD" or any(c.tag_ == "VBD" for c in t.children) for t in roots)
        return not told and len(words) <= _LONGEST

    def split_items(self, words: Sequence[Word], start: int) -> list[tuple[int, int]]:
        """Word ranges of the items of a list within one line.

        They are cut at semicolons; at commas and "and" only when the words before the colon count them ("two things:").
        """
        items = cut(words, start, frozenset(";"))
        if len(items) == 1:
            counts = {self.frames.numbers[word.low] for word in words[:start] if word.low in self.frames.numbers}
            finer = cut(words, start, frozenset((",", "and")))
            if len(finer) > 1 and len(finer) in counts:
                return finer
        return items

    def is_step(self, words: Sequence[Word]) -> bool:
        """Whether an item is concrete enough to stand under a mere heading: a body, a thing, a measure or a number."""
        concrete = self.frames.bodies | self.frames.goods | self.frames.measures | self.frames.texts
        return any(word.low in concrete or word.text[0].isdigit() for word in words)

    def is_idle(self, words: Sequence[Word]) -> bool:
        """Whether an item decides nothing ("noted the report")."""
        return bool({word.low for word in words[:4]} & self.frames.idle)


def bullet_end(words: Sequence[Word]) -> int | None:
    """Index of the first word behind a bullet or a number: "-", "•", "1.", "2)", "(a)", "iv."; None without one."""
    if words[0].text in _SIGNS:
        return 1
    if len(words) > 2 and words[0].text == "(" and words[2].text == ")" and _NUMBER.fullmatch(words[1].text):
        return 3
    if len(words) < 2 or not _NUMBER.fullmatch(words[0].text.rstrip(".")):
        return None
    if words[1].text in (".", ")"):
        return 2
    return 1 if words[0].text.endswith(".") else None


def is_bare_bullet(words: Sequence[Word]) -> bool:
    """Whether a line is a bullet or number and nothing else."""
    return bullet_end(words) == len(words) or (len(words) == 1 and words[0].text in _SIGNS)


def cut(words: Sequence[Word], start: int, signs: frozenset[str]) -> list[tuple[int, int]]:
    """Word ranges between separators; bullets, "and" and closing signs left out, single words passed over."""
    out: list[tuple[int, int]] = []
    first = start
    for i in range(start, len(words) + 1):
        if i < len(words) and words[i].low not in signs:
            continue
        last = i
        while first < last and words[first].low == "and":
            first += 1
        first += bullet_end(words[first:last]) or 0 if first < last else 0
        while last > first and words[last - 1].text in ".,;":
            last -= 1
        if last - first > 1:
            out.append((first, last))
        first = i + 1
    return out
