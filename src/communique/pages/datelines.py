"""Recognises datelines: place, date and agency at the head of a paragraph ("LIMA, 9 May 2023 (Agency) — …")."""

from __future__ import annotations

import re
from functools import lru_cache

from communique.lexicon import Lexicon
from communique.pages.calendar import date_finder
from communique.pages.lines import WORD

# A dateline is never longer; found on the given reports (the longest had 62 characters).
LONGEST = 110
_SEPARATOR = re.compile(
    r"[.:]?\s*(?:—|–|―|--+)\s*(?=\S)|\s-\s|(?<=[\w)])-\s(?=[A-Z\"“])|[:.]\s+(?=[\"“‘'A-Z])|\s/(?:\s|[^/\n]{2,30}/\s*)(?=[A-Z\"“])|\s\|\s"
)
_BRACKETS = re.compile(r"\([^()]{1,60}\)")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_PARTICLES = frozenset(
    {"de", "la", "el", "al", "of", "the", "du", "des", "do", "da", "dos", "del", "in", "and", "on", "at"}
)


class Datelines:
    """Recognises datelines by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._dates = date_finder(lexicon)
        self._not_places = frozenset(lexicon.table("interface")["datelines"]["not_places"])

    def length(self, paragraph: str, *, first: bool) -> int:
        """Length of the dateline that ``paragraph`` begins with, its dash or colon included; 0 without one.

        Args:
            paragraph: The paragraph's text.
            first: Whether it is the article's first; only there a place without date and agency is trusted.
        """
        for match in _SEPARATOR.finditer(paragraph, 0, min(len(paragraph), LONGEST)):
            if match.end() < len(paragraph) and self._is_dateline(paragraph[: match.start()], match[0], first=first):
                return match.end()
        return 0

    def stands_alone(self, text: str) -> bool:
        """Whether a whole line is a dateline: a place, then a date ("Lima, 9 May 2023")."""
        if len(text) > LONGEST:
            return False
        found = self._dates.find(text)
        return bool(found) and found[0].start > 0 and self._is_dateline(text.rstrip(" :.—–-"), "—", first=True)

    def _is_dateline(self, head: str, separator: str, *, first: bool) -> bool:
        dates = self._dates.find(head) or self._dates.find_yearless(head)
        rest = head
        for found in reversed(dates):
            rest = rest[: found.start] + " " + rest[found.end :]
        agency = _BRACKETS.search(rest) is not None
        rest = _TIME.sub(" ", _BRACKETS.sub(" ", rest))
        words = WORD.findall(rest)
        if len(words) > 8 or (not dates and any(character.isdigit() for character in rest)):
            return False
        if not words:
            return bool(dates) and rest.strip(" ,.;:|-–—") == ""
        if words[0].lower() in self._not_places or not all(w[0].isupper() or w.lower() in _PARTICLES for w in words):
            return False
        loud = words[0].isupper() and len(words[0]) > 1
        dashed = any(mark in separator for mark in "—–―-")
        if dates:
            return dates[0].has_year or loud or agency or (first and dashed)
        if separator.strip().startswith(".") and not dashed:
            return False
        if loud and (dashed or agency):
            return len(words) <= 6
        if agency:
            return dashed
        return first and len(words) <= 4 and (dashed or (loud and ":" in separator))


@lru_cache(maxsize=8)
def datelines_of(lexicon: Lexicon) -> Datelines:
    """The datelines of a lexicon, made once."""
    return Datelines(lexicon)
