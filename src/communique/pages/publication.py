"""Finds on which day a page was published, and on which it was saved, from what its text shows."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from communique.lexicon import Lexicon
from communique.model.evidence import Evidence
from communique.pages.article import Reading
from communique.pages.calendar import DateFinder, FoundDate, date_finder, settle_order
from communique.pages.datelines import datelines_of
from communique.pages.lines import Line

# Dates in prose are dates of events: only the head of the first paragraph may hold a dateline.
HEAD_OF_PARAGRAPH = 90
# So many menu lines between a date at the very top and the title say that the page was saved with its header.
MENU_OF_SAVED_PAGE = 4
# A dateline is at most some days older than the page's date; one month is beyond doubt.
STALE_DAYS = 31

_RANKS = {
    "published": (0, "date with a label that says published"),
    "head": (1, "date beside the title"),
    "dateline": (2, "date in the dateline"),
    "updated": (3, "date with a label that says updated"),
    "opening": (4, "date at the head of the text"),
    "heading": (5, "date in the heading"),
    "tail": (6, "date line after the article"),
    "top": (7, "date at the top of the page"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When a page was published and saved.

    Attributes:
        day: The day of publication, None when the text shows no full one.
        evidence: Where the text shows it.
        basis: How it was found, in words.
        captured: The day of saving, when the page shows it.
    """

    day: dt.date | None = None
    evidence: Evidence | None = None
    basis: str | None = None
    captured: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: str
    line: int
    found: FoundDate


class PublicationFinder:
    """Finds publication and capture dates by the labels of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("interface")["dates"]
        self._finder: DateFinder = date_finder(lexicon)
        self._datelines = datelines_of(lexicon)
        self._us_cues: tuple[str, ...] = tuple(table["us_cues"])
        weekdays = "|".join(map(re.escape, table["weekdays"]))
        self._labels = {
            kind: re.compile(
                rf"(?<!\w)(?:{'|'.join(map(re.escape, table[kind]))})\W*(?:(?:{weekdays})\W+)?$",
                re.IGNORECASE,
            )
            for kind in ("published", "updated", "captured", "event")
        }

    def find(self, text: str, reading: Reading) -> Publication:
        """The dates of a page that was read line by line.

        Args:
            text: The document's text.
            reading: Its lines with their verdicts.
        """
        candidates = list(self._candidates(reading))
        settled = settle_order([c.found for c in candidates], month_first=self._writes_month_first(text, candidates))
        candidates = [replace(c, found=found) for c, found in zip(candidates, settled, strict=True)]
        saved = next((c.found.day for c in candidates if c.place == "captured"), None)
        usable = [c for c in candidates if c.place in _RANKS]
        if saved is None and len(usable) > 1 and (top := self._saved_above(usable, reading)):
            saved = top.found.day
            usable.remove(top)
        elif (
            saved is None
            and usable
            and (top := self._saved_above(usable, reading))
            and reading.menu_above >= MENU_OF_SAVED_PAGE
        ):
            return Publication(captured=top.found.day)
        if not usable:
            return replace(self._completed_by_body(text, reading), captured=saved)
        if saved is None and (header := self._stale_header(usable)):
            saved = header.found.day
            usable.remove(header)
        anchor = reading.title if reading.title is not None else (reading.first or 0)
        best = min(usable, key=lambda c: (_RANKS[c.place][0], abs(c.line - anchor), c.line))
        return Publication(
            day=best.found.day,
            evidence=Evidence.at(text, best.found.start, best.found.end),
            basis=_RANKS[best.place][1],
            captured=saved,
        )

    def locate(self, day: dt.date, reading: Reading) -> tuple[int, int] | None:
        """Where a page shows a day that is known already: offsets in the text; the head of the page first."""
        places = [c for c in self._candidates(reading) if day in (c.found.day, c.found.other)]
        best = min(places, key=lambda c: _RANKS.get(c.place, (9, ""))[0], default=None)
        return (best.found.start, best.found.end) if best else None

    def _completed_by_body(self, text: str, reading: Reading) -> Publication:
        """A date without a year above the article or in its dateline, when the body shows that day with its year."""
        head = reading.first if reading.first is not None else len(reading.lines)
        for i, line in enumerate(reading.lines[: head + 1]):
            length = self._datelines.length(line.text, first=True) if i == head else len(line.text) * (line.words <= 12)
            for short in self._finder.find_yearless(line.text[:length]):
                start, end = line.start + short.start, line.start + short.end
                days = {
                    f.day
                    for f in self._finder.find(text[end : end + 20_000])
                    if (f.day.month, f.day.day) == (short.day.month, short.day.day)
                }
                if len(days) == 1:
                    return Publication(
                        day=days.pop(),
                        evidence=Evidence.at(text, start, end),
                        basis="date beside the title, its year in the text",
                    )
        return Publication()

    def _saved_above(self, candidates: list[_Candidate], reading: Reading) -> _Candidate | None:
        """The date on the page's very first line, when it can be the day of saving."""
        top = candidates[0]
        if top.line > 1 or reading.title is None or reading.menu_above < MENU_OF_SAVED_PAGE or top.place == "published":
            return None
        later = all(top.found.day >= other.found.day for other in candidates[1:])
        return top if later and top.line < reading.title else None

    def _stale_header(self, candidates: list[_Candidate]) -> _Candidate | None:
        """A date in the page's first lines, long after the one in the dateline: the header shows the day of saving."""
        dated = [c.found.day for c in candidates if c.place == "dateline"]
        top = candidates[0]
        stale = dated and top.place == "head" and top.line <= 1 and (top.found.day - dated[0]).days > STALE_DAYS
        return top if stale else None

    def _writes_month_first(self, text: str, candidates: list[_Candidate]) -> bool:
        """Whether ambiguous dates are month-first: by the months that the text names, else by the lexicon's cues."""
        ambiguous = next((c.found for c in candidates if c.found.other), None)
        if ambiguous is None or ambiguous.other is None:
            return False
        named = {found.day.month for found in self._finder.find_yearless(text[:20_000])}
        if (ambiguous.day.month in named) != (ambiguous.other.month in named):
            return ambiguous.other.month in named
        return any(cue in text[:4000].lower() for cue in self._us_cues)

    def _candidates(self, reading: Reading) -> Iterator[_Candidate]:
        head = reading.first if reading.first is not None else len(reading.lines)
        for i, (line, verdict) in enumerate(zip(reading.lines, reading.verdicts, strict=True)):
            elsewhere = (
                ("related", "caption", "tags", "share")
                if i < head
                else ("related", "caption", "tags", "share", "footer")
            )
            if verdict.reason in elsewhere and not self._is_dated(line):
                continue
            dates = self._dates_of(line, whole=verdict.kind != "body" or i < head)
            for found in dates:
                place = self._place(i, found, reading)
                if place:
                    yield _Candidate(
                        place, i, replace(found, start=found.start + line.start, end=found.end + line.start)
                    )

    def _is_dated(self, line: Line) -> bool:
        return line.words <= 12 and any(
            self._label(line.text[max(0, found.start - 32) : found.start]) in ("published", "updated")
            for found in self._finder.find(line.text)
        )

    def _dates_of(self, line: Line, *, whole: bool) -> list[FoundDate]:
        searched = line.text if whole and len(line.text) < 600 else line.text[: HEAD_OF_PARAGRAPH + 40]
        dates = self._finder.find(searched)
        return [*dates, *self._completed(line, dates)] if dates and line.words <= 25 else dates

    def _completed(self, line: Line, dates: list[FoundDate]) -> Iterator[FoundDate]:
        """Labelled dates without a year ("(updated 7 August)") on a line that shows the year in a full date."""
        for found in self._finder.find_yearless(line.text):
            inside = any(full.start <= found.start < full.end for full in dates)
            if not inside and self._label(line.text[max(0, found.start - 32) : found.start]):
                with contextlib.suppress(ValueError):
                    yield replace(found, day=found.day.replace(year=dates[-1].day.year), has_year=True)

    def _label(self, before: str) -> str | None:
        return next((kind for kind, pattern in self._labels.items() if pattern.search(before)), None)

    def _place(self, i: int, found: FoundDate, reading: Reading) -> str | None:
        line, verdict = reading.lines[i], reading.verdicts[i]
        head = reading.first if reading.first is not None else len(reading.lines)
        label = self._label(line.text[max(0, found.start - 32) : found.start])
        prose = verdict.kind == "body" and i >= head
        if label == "event":
            return None
        if found.short_year and (prose or i > head):
            return None
        if label and (not prose or line.words <= 12):
            return label
        if prose:
            return self._place_in_prose(line, found) if i <= head + 1 or verdict.kind != "body" else None
        if verdict.reason in ("date", "byline"):
            if i > head:
                return "tail"
            alone = self._datelines.stands_alone(line.text)
            return "dateline" if alone and verdict.reason == "date" else "head"
        if i <= head:
            return "heading"
        return "tail" if verdict.kind == "clutter" and verdict.reason == "interface" else None

    def _place_in_prose(self, line: Line, found: FoundDate) -> str | None:
        length = self._datelines.length(line.text, first=True)
        if found.end <= length:
            return "dateline"
        before = line.text[: found.start].strip().lower()
        return "opening" if before in ("", "date", "date:") else None


@lru_cache(maxsize=8)
def publication_finder(lexicon: Lexicon) -> PublicationFinder:
    """The publication finder of a lexicon, made once."""
    return PublicationFinder(lexicon)
