"""Recognises page furniture: lines that stand around an article and never belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from communique.lexicon import Lexicon
from communique.model.vocabulary import ClutterReason
from communique.pages.calendar import DateFinder, date_finder
from communique.pages.lines import WORD, Line, normalise

Opens = Literal["nothing", "section", "end"]
SEPARATOR = re.compile(
    r"\s{2,}|\t|\s[|·•▪►▸»>❘│/*^↗]+(?=\s|$)|^[|·•▪►▸»>❘│]+\s|(?<=\w)\s?[|»❘│]\s?|\s[–—]\s|\s-\s{1,3}"
)
_RULE = re.compile(r"[\W_]+")
_AFTER_OPENER = re.compile(r"\s*(?:[:|»▸>–—↗]|-\s|\s{2,}|$)")
_DIGIT = re.compile(r"\d")
_COUNTS = re.compile(r"(?:[^\w\s,.(]+\s*\d[\d.,]*\s?[kKmM]?\s*){2,}")
_HASHTAGS = re.compile(r"(?:#\w+[\s,;|·]*)+")
_TIME = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|\bT\d{2}:\d{2}\S*", re.IGNORECASE
)
_ZONE = re.compile(r"\(?\b(?:GMT|UTC)\s?[+\-]?\d{0,2}:?\d{0,2}\)?|\bGMT\+?\d{0,4}")
_CREDIT_TAIL = r"[\[(](?:{agency})(?:[ /,][^\])]{{0,60}})?[\])]\.?$"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is known to be by its own words.

    Attributes:
        reason: Why it is clutter.
        opens: Whether the lines after it are clutter too: until prose comes (section), or for good (end).
    """

    reason: ClutterReason
    opens: Opens = "nothing"


class Furniture:
    """Recognises furniture by the interface words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("interface")
        self.dates: DateFinder = date_finder(lexicon)
        self._phrases: dict[str, ClutterReason] = {
            normalise(word): reason for reason, words in table["phrases"].items() for word in words
        }
        self._openers: dict[ClutterReason, re.Pattern[str]] = {
            reason: _starting(words) for reason, words in table["openers"].items()
        }
        self._beginnings: dict[ClutterReason, tuple[str, ...]] = {
            reason: tuple(words) for reason, words in table["beginnings"].items()
        }
        self._sections: dict[str, ClutterReason] = {
            word: reason for reason, words in table["sections"].items() for word in words
        }
        self._ends = frozenset(table["ends"]["words"])
        self._containing = {reason: tuple(words) for reason, words in table["containing"].items()}
        counters = _one_of(table["counters"]["words"])
        # No counter has more digits; without bounds a line of some hundred digits takes seconds.
        number = r"[\d.,  k]{0,12}\d[\d.,]{0,12}\s?k?"
        self._counter = re.compile(
            rf"(?:{number}\s*(?:{counters})|(?:{counters})\s*:?\s*\(?{number}\)?)", re.IGNORECASE
        )
        self._credit = re.compile(
            rf"[\[(](?:{_one_of(table['captions']['credits'])})\s*[:/][^\])]*[\])]\.?$"
            rf"|[.,]\s*(?:photo|photo credit|image credit|credit)\s?:\s?[^.]{{2,60}}$",
            re.IGNORECASE,
        )
        self._agency_credit = re.compile(_CREDIT_TAIL.format(agency=_one_of(table["captions"]["agencies"])))
        dates = table["dates"]
        labels = [w for key in ("published", "updated", "captured", "event") for w in dates[key]]
        self._date_noise = re.compile(
            rf"(?<!\w)(?:{_one_of([*labels, *dates['zones'], *dates['weekdays']])})(?!\w)", re.IGNORECASE
        )
        self._byline_words = frozenset([*table["bylines"]["nobody"], *table["bylines"]["joining"]])
        self._byline = re.compile(rf"[\[(]?(?:{_one_of(table['bylines']['starts'])})[\s:]+(?=\S)", re.IGNORECASE)

    def mark(self, line: Line) -> Mark | None:
        """Says which furniture a line is by its own words, None when they do not tell."""
        if not _RULE.sub("", line.text):
            return Mark("other")
        if _COUNTS.fullmatch(line.text):
            return Mark("interface")
        if not line.core:
            return None
        if found := self._by_opening(line):
            return found
        if line.words <= 60 and any(word in line.core for word in self._containing["interface"]):
            return Mark("interface")
        if line.words <= 60 and any(word in line.core for word in self._containing["footer"]):
            return Mark("footer")
        if self.is_caption(line):
            return Mark("caption")
        if line.words > 25:
            return None
        if _HASHTAGS.fullmatch(line.text):
            return Mark("tags")
        if self.is_byline(line):
            return Mark("byline")
        if self.is_date_line(line):
            return Mark("date")
        return self._by_segments(line)

    def is_caption(self, line: Line) -> bool:
        """Whether the line is a photograph's caption or credit."""
        if line.words > 60:
            return False
        if self._credit.search(line.text) or any(word in line.core for word in self._containing["caption"]):
            return True
        return line.words <= 25 and self._agency_credit.search(line.text) is not None

    def is_byline(self, line: Line) -> bool:
        """Whether the line names its author ("By A. Writer, date")."""
        if line.words > 16 or not (match := self._byline.match(line.text)):
            return False
        rest = self.without_dates(line.text[match.end() :])
        words = WORD.findall(SEPARATOR.split(rest.strip())[0])
        named = all(word[0].isupper() or word.lower() in self._byline_words for word in words)
        return 0 < len(words) <= 9 and named and not (line.ends_sentence and len(words) > 5)

    def is_date_line(self, line: Line) -> bool:
        """Whether the line says little else than a date or a time."""
        if not any(character.isdigit() for character in line.text):
            return False
        found = self.dates.find(line.text)
        if not found:
            return self._is_clock(line)
        parts = [self.without_dates(part) for part in SEPARATOR.split(line.text) if part]
        counts = [len(WORD.findall(part)) for part in parts]
        return max(counts) <= 5 and sum(counts) <= (3 if line.ends_sentence else 12)

    def without_dates(self, text: str) -> str:
        """``text`` without its dates, times, zones and the labels before them."""
        if not _DIGIT.search(text):
            return self._date_noise.sub(" ", text).strip(" ,;:|.-–—()[]")
        for found in reversed(self.dates.find(text)):
            text = text[: found.start] + " " + text[found.end :]
        text = self._counter.sub(" ", _ZONE.sub(" ", _TIME.sub(" ", text)))
        return self._date_noise.sub(" ", text).strip(" ,;:|.-–—()[]")

    def is_phrase(self, segment: str) -> ClutterReason | None:
        """The reason why a segment's words alone are furniture, None when they are not."""
        core = normalise(segment)
        if self._counter.fullmatch(core):
            return "interface"
        return self._phrases.get(core)

    def _is_clock(self, line: Line) -> bool:
        return line.words <= 5 and bool(_TIME.search(line.text)) and not WORD.findall(self.without_dates(line.text))

    def _by_opening(self, line: Line) -> Mark | None:
        core = line.core
        if core in self._sections:
            return Mark(self._sections[core], "end" if core in self._ends else "section")
        start = normalise(line.text[:80])
        lowered = line.text.lower().lstrip("•·▪►>-–—*[( ")
        for reason, beginnings in self._beginnings.items():
            if start.startswith(beginnings) or lowered.startswith(beginnings):
                if line.words > 45:
                    continue
                return Mark(reason)
        for reason, pattern in self._openers.items():
            match = pattern.match(lowered)
            if not match or not _AFTER_OPENER.match(lowered, match.end()):
                continue
            rest = lowered[match.end() :].strip(" :|-–—>»▸")
            if reason != "caption" and line.ends_sentence and len(WORD.findall(rest)) >= 12:
                continue  # a sentence of the article: "Topics: the ministers went through …"
            if line.words <= (60 if reason == "caption" else 45):
                opens: Opens = "section" if reason == "related" and not rest and lowered.endswith(":") else "nothing"
                return Mark(reason, "end" if match[0] in self._ends and not rest else opens)
        return None

    def _by_segments(self, line: Line) -> Mark | None:
        """A line whose segments are all known or nearly all short, with at least one known."""
        reasons: list[ClutterReason | None] = []
        unknown_words = 0
        for part in SEPARATOR.split(line.text):
            if not part or not _RULE.sub("", part):
                continue
            if part.strip().startswith("#"):
                reasons.append("tags")
                continue
            reason = self.is_phrase(part) or self._opened_segment(part)
            if reason is None:
                unknown_words += len(WORD.findall(part))
            reasons.append(reason)
        known = [reason for reason in reasons if reason]
        if not known:
            return None
        if len(known) == len(reasons) or (unknown_words <= 6 and not line.ends_sentence and len(reasons) > 2):
            return Mark(max(known, key=known.count))
        if len(known) >= 2 and unknown_words <= 3 * len(known) and not line.ends_sentence:
            return Mark(max(known, key=known.count))
        return None

    def _opened_segment(self, part: str) -> ClutterReason | None:
        lowered = part.strip().lower()
        for reason, pattern in self._openers.items():
            if (match := pattern.match(lowered)) and lowered[match.end() :].lstrip().startswith(":"):
                return reason
        return "date" if self.dates.find(part) and len(WORD.findall(self.without_dates(part))) <= 1 else None


@lru_cache(maxsize=8)
def furniture_of(lexicon: Lexicon) -> Furniture:
    """The furniture of a lexicon, compiled once."""
    return Furniture(lexicon)


def _one_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _starting(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_one_of(words)})(?!\w)")
