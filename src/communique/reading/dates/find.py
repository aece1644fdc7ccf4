"""Finds date expressions in a text, by rules over the words of `lexicon/dates.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from communique.lexicon import Lexicon
from communique.reading.dates.calendar_rules import CALENDAR_RULES
from communique.reading.dates.expressions import (
    CalendarDay,
    DateMention,
    Expression,
    NamedWeekday,
    Point,
    Relation,
    Span,
    WeekOf,
)
from communique.reading.dates.relative_rules import RELATIVE_RULES
from communique.reading.dates.rules import Caught
from communique.reading.dates.words import DateWords, unnamed

_RULES: Final = (*CALENDAR_RULES, *RELATIVE_RULES)
_LEAD_LENGTH: Final = 56
"""How far before an expression its preposition is looked for ("on the afternoon of", "in the course of")."""

_MASK: Final = "\x00"
_TOKEN: Final = re.compile(r"\w+")
_NEVER_FIRST: Final = frozenset(("of", "to", "and", "or", "be", "is", "has", "b", "s", "t", "x", "i", "u"))
"""Words and letters of patterns with which no date begins; left out because they are so frequent."""

_NEVER_ALONE: Final = frozenset("the a an in on for at with that from over".split())
"""Words that are nothing by themselves: the next one must stand in a pattern too."""

_NO_BEGIN: Final = r"(?:(?<![\w.,:/$€£#'’+-])|(?<=\d-|y-)(?=[A-Z]))"
"""A date does not begin inside a word, a figure ("1,298"), a reference ("204/2025") or a time; after a hyphen only in
"Aug. 31-Sept. 2" and "Saturday-Sunday"."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One expression found. The preposition begins at ``start``, the expression itself at ``core``."""

    start: int
    core: int
    end: int
    lead: str
    expression: Expression


class DateFinder:
    """Finds every date expression in a text.

    Args:
        lexicon: Where the words come from.

    Raises:
        LexiconError: If `dates.toml` is incomplete.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        words = DateWords(lexicon)
        self._words = words
        self._rules = [(rule, words.compile(rule.template)) for rule in _RULES]
        # Two sieves before the rules. No rule can match words that stand in none of them; and one pattern says whether
        # any of them matches at all.
        anything = "|".join(unnamed(words.expand(rule.template)) for rule in _RULES)
        self._any = re.compile(f"{_NO_BEGIN}(?:{anything})")
        self._never = words.compile(r"(?: |-)<never_before>")
        self._names = words.compile(r"<never_names>")
        patterns = f"{anything}|{self._names.pattern}".lower()
        self._vocabulary = frozenset(re.findall(r"[^\W\d_]+", patterns)) - _NEVER_FIRST
        self._closed = words.compile(r"(?= ?$| ?[^\w\s–—-]|\s*\n| <followers>)")
        self._capital = re.compile(r" [A-Z][^\W\d_]*[a-z]")
        self._lead = words.compile(
            r"(?:\b(?i:late|early|later|earlier) )?"
            r"(?:(?:\b(?i:again|starting|beginning) )?\b(?P<preposition>(?i:<preposition>)) )?"
            r"(?:(?i:the )?(?:(?i:early|late) )?(?:<part>|(?i:course|(?P<week>week)|weekend)) "
            r"(?i:of|on|beginning(?: on)?|commencing(?: on)?|starting(?: on)?) (?i:the |this )?)?$"
        )
        self._joint = words.compile(
            r"(?P<dash> ?(?:[-–—]|/) ?)|,? (?P<word>to|until|till|through|and) (?:on )?(?:the )?"
        )

    def find(
        self, text: str, start: int = 0, end: int | None = None, masked: Sequence[tuple[int, int]] = ()
    ) -> list[DateMention]:
        """Finds the date expressions of a passage.

        Args:
            text: The whole document; offsets count its code points.
            start: Where the passage begins.
            end: Where it ends; None for the end of the text.
            masked: Half-open spans that are not looked into, such as names of persons ("April Jones").

        Returns:
            Mentions from left to right, disjoint; at each place the longest one.
        """
        end = len(text) if end is None else min(end, len(text))
        searched = _mask(text, masked) if masked else text
        matches = self._join(searched, list(self._matches(searched, max(start, 0), end)))
        return [
            DateMention(
                start=match.start,
                end=match.end,
                text=text[match.start : match.end],
                expression=match.expression,
                relation=self._relation(match),
            )
            for match in matches
        ]

    def _matches(self, text: str, start: int, end: int) -> Iterator[_Match]:
        floor = start
        tokens = [(token.start(), token[0].lower()) for token in _TOKEN.finditer(text, start, end)]
        may_be = [low in self._vocabulary or low[0].isdecimal() for _, low in tokens]
        for k, (core, low) in enumerate(tokens):
            if core < floor or not may_be[k] or (low in _NEVER_ALONE and not any(may_be[k + 1 : k + 2])):
                continue
            if name := self._names.match(text, core, end):
                floor = name.end()
            elif self._any.match(text, core, end) and (found := self._longest(text, core, floor, end)):
                yield found
                floor = found.end

    def _longest(self, text: str, core: int, floor: int, end: int) -> _Match | None:
        """The longest expression that begins at ``core`` and that its rule accepts."""
        begin, lead, is_week = self._find_lead(text, core, floor)
        tried = ((rule, pattern.match(text, core, end)) for rule, pattern in self._rules)
        hits = sorted(((rule, hit) for rule, hit in tried if hit and hit.end() > core), key=lambda pair: -pair[1].end())
        for rule, hit in hits:
            if self._never.match(text, hit.end(), end):
                return None
            is_closed = self._closed.match(text, hit.end(), end) is not None
            is_before_name = self._capital.match(text, hit.end(), end) is not None
            expression = rule.read(Caught(hit.groupdict(), self._words, lead, is_closed, is_before_name))
            if expression is None:
                continue
            if is_week and isinstance(expression, CalendarDay):
                expression = WeekOf(day=expression)
            return _Match(begin, core, core + len(hit[0].rstrip()), lead, expression)
        return None

    def _find_lead(self, text: str, core: int, floor: int) -> tuple[int, str, bool]:
        """The preposition before an expression: where its words begin, which it is, and whether they say "week of"."""
        left = max(floor, core - _LEAD_LENGTH)
        hit = self._lead.search(text[left:core])
        if hit is None or not hit[0]:
            return core, "", False
        preposition = " ".join((hit["preposition"] or "").lower().split())
        return left + hit.start(), preposition, hit["week"] is not None

    def _join(self, text: str, matches: list[_Match]) -> list[_Match]:
        """Makes spans of neighbours that a dash or "to" connects ("30 April - 2 May", "from Feb. 5 to today")."""
        joined: list[_Match] = []
        for match in matches:
            last = joined[-1] if joined else None
            expression = self._span(text, last, match) if last else None
            if last and expression:
                joined[-1] = _Match(last.start, last.core, match.end, last.lead, expression)
            else:
                joined.append(match)
        return joined

    def _span(self, text: str, left: _Match, right: _Match) -> Span | None:
        first, last = left.expression, right.expression
        if not isinstance(first, get_args(Point)) or not isinstance(last, get_args(Point)):
            return None
        hit = self._joint.fullmatch(text, left.end, right.core)
        if hit is None:
            return None
        if hit["word"] == "and":
            is_span = left.lead == "between" or (isinstance(first, NamedWeekday) and _is_next_day(first, last))
        else:
            is_span = type(first) is type(last) or (hit["word"] is not None and left.lead in ("from", "between"))
        return Span(first=first, last=last) if is_span else None

    def _relation(self, match: _Match) -> Relation:
        relation = self._words.relations.get(match.lead, "at")
        # "from 3 to 5 May" says both ends; only "from 3 May" alone is "since".
        return "at" if match.lead == "from" and isinstance(match.expression, Span) else relation


def _is_next_day(first: NamedWeekday, last: Expression) -> bool:
    return isinstance(last, NamedWeekday) and last.weekday == (first.weekday + 1) % 7


def _mask(text: str, masked: Sequence[tuple[int, int]]) -> str:
    """The text with the masked spans blotted out, letter for letter."""
    pieces, position = [], 0
    for left, right in sorted(masked):
        begin, end = max(left, position), min(right, len(text))
        if begin < end:
            pieces += [text[position:begin], _MASK * (end - begin)]
            position = end
    return "".join([*pieces, text[position:]])
