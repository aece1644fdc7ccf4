"""The words of `lexicon/dates.toml`, made into pieces of patterns and into look-up tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.reading.dates.expressions import Direction, Relation, Unit

_BLANK: Final = r"(?:[ \t\xa0\u2009\u202f]+\n?|\n)"
"""What may stand between two words: blanks, or one line break (hard-wrapped reports), never an empty line."""

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR: Final = r"(?:19\d\d|20\d\d|2[45]\d\d)(?![\w%]|[.,]\d|/\d)"
"""Years of our calendar, and of the Buddhist one (543 ahead), which Thai offices write in English too."""


class DateWords:
    """The vocabulary of dates.

    Attributes:
        months: Lower-case name or short form → 1 to 12.
        weekdays: Lower-case name or short form → Monday 0 to Sunday 6.
        publication_days: Phrase → days after the publication.
        numbers, ordinals, units, seasons: As in the lexicon.
        event_days: Word → which day of what lasts several; -1 is the last.
        relations: Preposition → relation.
        directions: Word → direction.

    Args:
        lexicon: Where the words come from.

    Raises:
        LexiconError: If a table of `dates.toml` is missing.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("dates")
        try:
            self._read_tables(table)
            self._pieces = self._make_pieces(table)
        except KeyError as error:
            raise LexiconError(
                f"dates.toml: table or key {error} is missing. Compare with the packaged file."
            ) from error

    def _read_tables(self, table: dict[str, Any]) -> None:
        self.months = _lower({**table["months"], **table["month_abbreviations"]})
        self.weekdays = _lower({**table["weekdays"], **table["weekday_abbreviations"], **table["weekday_letters"]})
        self.publication_days: dict[str, int] = _lower(table["publication_days"])
        self.numbers: dict[str, int] = _lower(table["numbers"])
        self.ordinals: dict[str, int] = _lower(table["ordinals"])
        self.event_days = self.ordinals | _lower(table["event_days"])
        self.units: dict[str, tuple[Unit, int]] = {name: (unit, size) for name, (unit, size) in table["units"].items()}
        self.seasons: dict[str, int] = _lower(table["seasons"])
        self.relations: dict[str, Relation] = {w: name for name, words in table["relations"].items() for w in words}
        self.directions: dict[str, Direction] = {w: name for name, words in table["directions"].items() for w in words}
        self.ambiguous_months = frozenset(name.lower() for name in table["ambiguous"]["months"])
        self.introductions = frozenset(table["ambiguous"]["introductions"])

    def _make_pieces(self, table: dict[str, Any]) -> dict[str, str]:
        """The pieces that rules name in angle brackets."""
        ambiguous = set(table["ambiguous"]["months"])
        long_months = list(table["months"])
        short_months = list(table["month_abbreviations"])
        near_number = [*long_months, *(name.lower() for name in long_months if name not in ambiguous)]
        short = rf"(?:{_either(short_months)})\b\.?"
        letters = [name for name in table["weekday_letters"] if name not in table["ambiguous"]["weekdays"]]
        full = rf"(?i:{_any(table['weekdays'])})\b"
        short_weekday = rf"(?:{_either(table['weekday_abbreviations'])})\b\.?"
        part = _any(table["parts_of_day"]["words"])
        pieces = {
            "month": rf"(?:(?:{_either(near_number)})\b|{short})",
            "month_name": rf"(?:{_either(long_months)})\b",
            "month_short": short,
            "weekday": rf"(?:{full}|{short_weekday}|(?:{_either(table['weekday_letters'])})\b\.?)",
            "weekday_name": rf"(?:{full}|{short_weekday}|(?<=\b[Oo]n\x20)(?:{_any(letters)})\b\.?|"
            rf"(?:(?m:^)|(?<=/))(?:{_any(name.upper() for name in table['weekday_letters'])})\b|"
            rf"(?:(?m:^)|(?<=[•*–-]\x20))(?:{_either(table['weekday_letters'])})(?=\.?:))",
            "day": rf"{_DAY}(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)",
            "ordinal_day": rf"{_DAY}(?:st|nd|rd|th)(?!\w)",
            "year": _YEAR,
            "part": rf"(?i:{part})\b",
            "weekday_part": rf"(?i:{part}|{_any(table['parts_of_day']['after_weekday'])})(?!\w)",
            "today": rf"(?i:{_any(table['publication_days'])})\b",
            "number": rf"(?i:{_any(table['numbers'])}|\d{{1,3}})",
            "ordinal": rf"(?i:{_any(table['ordinals'])})",
            "event_day": rf"(?i:{_any(self.event_days)})",
            "unit": rf"(?i:{_any(table['units'])})s?\b",
            "season": rf"(?i:{_any(table['seasons'])})\b",
            "vague": rf"(?i:{_any(table['vague']['words'])})\b",
            "festival": rf"(?:{_any(table['vague']['festivals'])})\b",
            "parts": rf"(?i:(?:the )?(?:{_any(table['ordinals'])}|\d(?:st|nd|rd|th)) "
            rf"(?:half|weeks?|days|decade|third|fortnight|part) of|{_any(table['parts']['words'])})",
            "preposition": _any(self.relations),
            "dash": r"(?: ?[-–—] ?|/| (?:to|until|till|through|and|&) (?:the )?)",
            "never_before": rf"(?:{_any(table['never']['before'])})\b",
            "never_names": rf"(?:{_any(table['never']['names'])})\b",
            "followers": rf"(?:{_any(table['never']['followers'])})\b",
        }
        for direction in ("last", "next", "this", "that", "previous", "following"):
            pieces[direction] = rf"(?i:{_any(table['directions'][direction])})"
        pieces["direction"] = rf"(?i:{_any(self.directions)})"
        pieces["told"] = "|".join(pieces[name] for name in ("last", "next", "this"))
        return pieces

    def compile(self, template: str) -> re.Pattern[str]:
        """Compiles a rule: `<piece>` is a piece, `<name=piece>` a named group of it, a blank any blank."""
        return re.compile(self.expand(template))

    def expand(self, template: str) -> str:
        """The pattern of a rule, as text."""

        def put(match: re.Match[str]) -> str:
            name, _, piece = match[1].rpartition("=")
            return f"(?P<{name}>{self._pieces[piece]})" if name else f"(?:{self._pieces[piece]})"

        return re.sub(r"(?<!\?P)<(\w+=\w+|\w+)>", put, template).replace(" ", _BLANK)


def unnamed(pattern: str) -> str:
    """The same pattern without names of groups, so that it can stand beside others."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _lower(table: dict[str, int]) -> dict[str, int]:
    return {name.lower(): value for name, value in table.items()}


def _any(words: Iterable[str]) -> str:
    """An alternation of words, longest first, so that "the day after tomorrow" wins over "the day"."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


def _either(words: Iterable[str]) -> str:
    """Words as written and in capitals."""
    return _any({form for word in words for form in (word, word.upper() if word[0].isupper() else word)})
