"""Cuts a text into lines that know their place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLET = re.compile(r"\s*(?:[•·▪►▸◦‣∙●○■□◆🔹🔸⚓✅➡→>*+\-–—]+|\(?(?:\d{1,2}|[a-z])[.)])\s+")
WORD = re.compile(r"[^\W\d_]+(?:['’\-.][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?…。؟](?:[\"'”’»)\]]|\s|\d{1,2}$|\[\d+\])*$")
_SPACES = re.compile(r"\s+")
# No line of interface text is longer; pages that stand on one line must not be searched whole, again and again.
LONGEST_FURNITURE = 600
# The day that a collection of texts has put before one of them, on the same line: "date 2024-07-15 Ministers meet …".
_DAY_AHEAD = re.compile(r"(?:date:?\s+)?(?:19|20)\d\d-\d\d-\d\d(?=\s+[^\W\d_]{2})", re.IGNORECASE)
# Texts broken at a fixed width have lines of 60 to 100 characters.
NARROWEST_COLUMN, WIDEST_COLUMN = 50, 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a text that is not blank.

    Attributes:
        start: Offset of its first visible code point in the text.
        end: Offset after its last visible code point.
        text: ``text[start:end]``.
        core: Lower case, without bullet and without punctuation at both ends, white space single; for comparing.
            Empty for lines of punctuation only and for lines longer than any interface text.
        words: Number of words (numbers are none).
        bullet: Whether it begins as a list item.
        ends_sentence: Whether it ends as a sentence does.
        after_gap: Whether a blank line stands before it.
    """

    start: int
    end: int
    text: str
    core: str
    words: int
    bullet: bool
    ends_sentence: bool
    after_gap: bool


SENTENCE_WORDS = 9  # headlines have fewer, most often


def split_lines(text: str) -> list[Line]:
    """All lines of ``text`` that are not blank, in order. Line ends are those of `str.splitlines`.

    A day that stands ahead of the first one is a line of its own.
    """
    lines: list[Line] = []
    offset, after_gap = 0, True
    for raw in text.splitlines(keepends=True):
        shown = raw.strip()
        if shown:
            start = offset + len(raw) - len(raw.lstrip())
            if not lines and (day := _DAY_AHEAD.match(shown)):
                lines.append(make_line(day[0], start, after_gap=after_gap))
                shown = shown[day.end() :].lstrip()
                start, after_gap = offset + len(raw.rstrip()) - len(shown), False
            lines.append(make_line(shown, start, after_gap=after_gap))
        after_gap = not shown
        offset += len(raw)
    return join_wrapped(lines, text)


def join_wrapped(lines: list[Line], text: str) -> list[Line]:
    """Joins the lines of paragraphs that were broken at a fixed width; other texts come back as they are.

    A line was broken there when the first word of the next line would not have fitted into the width any more.
    """
    width = max((len(line.text) for line in lines), default=0)
    full = sum(len(line.text) > width * 0.8 for line in lines)
    if width > WIDEST_COLUMN or width < NARROWEST_COLUMN:
        return lines
    # Few lines prove no column; then only a line that stops in mid-sentence was broken.
    is_column = full >= len(lines) * 0.4 and full >= 4
    joined: list[Line] = []
    broken = False
    for line in lines:
        if broken and not line.after_gap and not line.bullet:
            start = joined[-1].start
            joined[-1] = make_line(text[start : line.end], start, after_gap=joined[-1].after_gap)
        else:
            joined.append(line)
        following = text[line.end : line.end + width].split(maxsplit=1)
        broken = bool(following) and len(line.text) + 1 + len(following[0]) > width
        broken = broken and (is_column or (not line.ends_sentence and line.words >= SENTENCE_WORDS))
    return joined


def make_line(shown: str, start: int, *, after_gap: bool) -> Line:
    """Describes one stripped, non-empty line that begins at ``start``."""
    return Line(
        start=start,
        end=start + len(shown),
        text=shown,
        core=normalise(shown) if len(shown) <= LONGEST_FURNITURE else "",
        words=len(WORD.findall(shown)),
        bullet=BULLET.match(shown) is not None,
        ends_sentence=SENTENCE_END.search(shown[-12:]) is not None,
        after_gap=after_gap,
    )


def normalise(text: str) -> str:
    """Lower case, single spaces, no bullet or punctuation at the ends: the form in which lines are compared."""
    shown = _SPACES.sub(" ", text)
    start, end = 0, len(shown)  # by hand: a pattern that looks for the last edge takes for ever on a page of dashes
    while start < end and not shown[start].isalnum():
        start += 1
    while end > start and not shown[end - 1].isalnum():
        end -= 1
    return shown[start:end].lower().replace("’", "'")
