"""Tells the article from what stands around it, line by line.

The rules, in order: a line's own words (`furniture`), sections and ends that they open, repeats of the title, what
stands before the title. Only on pages full of furniture, where no list of words knows every menu, the article is also
limited to the segment of lines with the largest sum of scores (maximum-sum segment, as in A. Finn, N. Kushmerick and
B. Smyth, "Fact or fiction: content classification for digital libraries", 2001). On all other pages a line is body
until something says otherwise: losing a paragraph costs more than keeping a menu.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon import Lexicon
from communique.model.vocabulary import BlockKind, ClutterReason
from communique.pages.furniture import Furniture, Mark, furniture_of
from communique.pages.headline import choose_title, is_account, is_label
from communique.pages.lines import Line

# A paragraph of so many words that ends as a sentence, or of so many that does not, is prose.
SENTENCE_WORDS, RUNNING_WORDS = 8, 18
# So many lines of furniture make a page a saved web page, on which unknown short lines outside the article are menus.
# The given plain reports have at most 5; saved pages have 20 and more.
FURNITURE_LINES = 8
# After an end marker nothing goes on when the article before it has this many words already;
# a list of other stories needs less, because prose ends it again.
ENOUGH_WORDS, SOME_WORDS = 40, 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is."""

    kind: BlockKind
    reason: ClutterReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page's lines with a verdict on each.

    Attributes:
        lines: All lines.
        marks: What each line is known to be by its own words and the section that it stands in.
        verdicts: One for every line.
        title: Index of the title line, None without one.
        first: Index of the first line of prose, None on a page without any.
        menu_above: Number of menu lines above the title (many: a saved page, whose first date is the day of saving).
    """

    lines: list[Line]
    marks: list[Mark | None]
    verdicts: list[Verdict]
    title: int | None
    first: int | None
    menu_above: int


def read_lines(lines: list[Line], lexicon: Lexicon, hints: Sequence[ClutterReason | None] = ()) -> Reading:
    """Gives every line of a flattened page its verdict.

    Args:
        lines: The page's lines.
        lexicon: Language knowledge.
        hints: What markup says about each line, where there was markup.
    """
    furniture = furniture_of(lexicon)
    repeats = Counter(line.core for line in lines if line.core and line.words <= 30)
    marks = mark_lines(lines, furniture, repeats)
    for i, hint in enumerate(hints):
        marks[i] = marks[i] or (Mark(hint) if hint else None)
    prose = [
        mark is None and is_prose(line) and repeats[line.core] < 2 for line, mark in zip(lines, marks, strict=True)
    ]
    saved = (
        sum(mark is not None and mark.reason in ("menu", "share", "interface", "related", "footer") for mark in marks)
        >= FURNITURE_LINES
    )
    segment = best_segment(lines, marks, prose, repeats) if saved else None
    first = next((i for i, is_one in enumerate(prose) if is_one and (segment is None or i >= segment[0])), None)
    head = first if first is not None else len(lines)
    title = choose_title(lines, marks, head, repeats, lexicon)
    page = _Page(lines, marks, repeats, title, head, segment)
    verdicts = [_judge(page, i, lexicon) for i in range(len(lines))]
    menu_above = sum(mark is not None and mark.reason in ("menu", "interface") for mark in marks[: title or 0])
    return Reading(lines=lines, marks=marks, verdicts=verdicts, title=title, first=first, menu_above=menu_above)


def is_prose(line: Line) -> bool:
    """Whether a line reads as a sentence or more."""
    return line.words >= RUNNING_WORDS or (line.words >= SENTENCE_WORDS and line.ends_sentence)


def mark_lines(lines: list[Line], furniture: Furniture, repeats: Counter[str]) -> list[Mark | None]:
    """Marks furniture, and what the sections and ends among it open."""
    known = {line.text: line for line in lines}  # menus stand on a saved page three times and more
    by_text = {text: furniture.mark(line) for text, line in known.items()}
    marks = [by_text[line.text] for line in lines]
    words, section = 0, None
    ended = False
    for i, line in enumerate(lines):
        mark = marks[i]
        if section is not None and mark is not None and mark.reason in ("date", "byline", "caption"):
            if words < ENOUGH_WORDS and mark.reason != "caption" and (top := _headline_above(lines, i)) is not None:
                marks[top], section = None, None  # a list of stories that stood before the article has ended
                continue
            marks[i] = Mark(section)  # of another story
            continue
        if ended:
            marks[i] = mark or Mark("related")
            continue
        if mark is None and section is not None:
            if is_prose(line) and line.words >= RUNNING_WORDS and line.ends_sentence and repeats[line.core] < 2:
                section = None
            else:
                marks[i] = Mark(section)
                continue
        if mark is None:
            words += line.words
        elif mark.opens != "nothing" and words >= SOME_WORDS:
            ended = mark.opens == "end" and words >= ENOUGH_WORDS
            section = mark.reason
        elif mark.reason == "footer" and words >= ENOUGH_WORDS:
            section = "footer"
    return marks


def _headline_above(lines: list[Line], i: int) -> int | None:
    """The line right above a byline or a date when it can be the headline that they belong to."""
    above = lines[i - 1]
    is_headline = above.after_gap and not lines[i].after_gap and above.words >= 4 and not above.bullet
    return i - 1 if i and is_headline and not above.ends_sentence else None


def best_segment(
    lines: list[Line], marks: list[Mark | None], prose: list[bool], repeats: Counter[str]
) -> tuple[int, int] | None:
    """The half-open stretch of lines whose scores have the largest sum, the earliest of equals; None without prose."""
    best, best_sum, start, running = None, 0.0, 0, 0.0
    for i, line in enumerate(lines):
        if running <= 0:
            start, running = i, 0.0
        running += _score(line, marks[i], prose=prose[i], repeated=repeats[line.core] > 1)
        if running > best_sum:
            best, best_sum = (start, i + 1), running
    return best


def _score(line: Line, mark: Mark | None, *, prose: bool, repeated: bool) -> float:
    if prose:
        return 10.0 + min(line.words, 80)
    if mark is not None:
        return -4.0 if mark.reason in ("caption", "date", "byline", "other") else -12.0
    if repeated:
        return -12.0
    return -2.0 if line.bullet and line.words > 4 else -6.0


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a page before its lines are judged."""

    lines: list[Line]
    marks: list[Mark | None]
    repeats: Counter[str]
    title: int | None
    head: int
    segment: tuple[int, int] | None


def _judge(page: _Page, i: int, lexicon: Lexicon) -> Verdict:
    line, mark, title = page.lines[i], page.marks[i], page.title
    if i == title:
        return Verdict("title")
    if title is not None and line.core and line.core == page.lines[title].core:
        return Verdict("clutter", "repeated_title")
    if mark is not None:
        return Verdict("clutter", mark.reason)
    if page.segment is not None and (outside := _outside(page, i, page.segment)):
        return Verdict("clutter", outside)
    above_title = title is not None and i < title and line.words <= 8
    if i < page.head and (above_title or is_label(line, lexicon) or is_account(page.lines, i)):
        return Verdict("clutter", "other")
    return Verdict("body")


def _outside(page: _Page, i: int, segment: tuple[int, int]) -> ClutterReason | None:
    """On a saved page: why an unmarked line is not in the article's segment, None when it is, or ends its last list."""
    line = page.lines[i]
    if i < (segment[0] if page.title is None else page.title):
        return "menu"
    if i < page.head and page.repeats[line.core] > 1:
        return "menu"
    ends_list = line.bullet and line.words > 4 and page.marks[i - 1] is None and page.repeats[line.core] < 2
    return "related" if i >= segment[1] and not ends_list else None
