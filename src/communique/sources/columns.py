"""Which column of a table is the text, and which says something about it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.errors import ColumnNotFound
from communique.pages.declared import Declared
from communique.sources.options import MEANINGS
from communique.sources.records import printable

# Names that columns of news dumps go by, the likeliest first; compared without case and punctuation.
GUESSES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "articletext", "articlebody", "maintext", "plaintext",
             "story", "html", "contenthtml", "document", "paragraphs"),
    "uri": ("uri", "url", "link", "address", "pageurl", "articleurl", "sourceurl", "guid", "id"),
    "title": ("title", "headline", "heading", "subject"),
    "published": ("published", "publisheddate", "publishedat", "publicationdate", "datepublished", "publishdate",
                  "pubdate", "date", "day", "created", "createdat", "timestamp"),
    "site": ("site", "sitename", "outlet", "publisher", "publication", "newspaper", "sourcename", "source", "domain"),
    "authors": ("authors", "author", "byline", "creator"),
}  # fmt: skip
_LETTERS = re.compile(r"[^a-z0-9]+")
_ISO_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_AUTHORS = re.compile(r"\s*[;|]\s*|\s*,\s*|\s+and\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one table by their meaning; None for what the table does not have."""

    text: str
    uri: str | None = None
    title: str | None = None
    published: str | None = None
    site: str | None = None
    authors: str | None = None

    @classmethod
    def choose(cls, names: Sequence[str], given: Iterable[tuple[str, str]]) -> Columns:
        """The columns of a table: those that were given, and guesses by name for the others.

        Args:
            names: The columns that the table has.
            given: Pairs of a meaning and a column.

        Raises:
            ColumnNotFound: If a given column is not there, or none can be the text.
        """
        chosen = dict(given)
        for meaning, column in chosen.items():
            if meaning not in MEANINGS:
                raise ColumnNotFound(f"A column cannot be {meaning!r}. It can be: {', '.join(MEANINGS)}.")
            if column not in names:
                raise ColumnNotFound(f"No column {column!r} for {meaning!r}. {_listed(names)}")
        by_letters = {_LETTERS.sub("", name.lower()): name for name in reversed(names)}
        for meaning in MEANINGS:
            if meaning not in chosen:
                guess = next((by_letters[word] for word in GUESSES[meaning] if word in by_letters), None)
                if guess is not None and guess not in chosen.values():
                    chosen[meaning] = guess
        if "text" not in chosen:
            raise ColumnNotFound(f"No column looks like the text. {_listed(names)} Name it: --column text=COLUMN.")
        return cls(**chosen)

    @property
    def names(self) -> list[str]:
        """The columns that are used, each once."""
        used = (self.text, self.uri, self.title, self.published, self.site, self.authors)
        return list(dict.fromkeys(name for name in used if name is not None))

    def declare(self, row: Mapping[str, Any]) -> Declared:
        """What a row says about its document. A day that cannot be understood is left to the text."""
        published = read_day(row.get(self.published)) if self.published else None
        return Declared(
            title=_words(row.get(self.title)) if self.title else None,
            site=_words(row.get(self.site)) if self.site else None,
            authors=_names(row.get(self.authors)) if self.authors else (),
            published=published,
            basis=f"column {self.published}" if published else None,
        )


def read_day(value: Any) -> dt.date | None:
    """The day that a cell means: a date, a time, ISO 8601 text, seconds or milliseconds since 1970; else None."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) > 1e11 else value
            # Before 1980 a number is no time but a year, or a running number.
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date() if seconds > 315_532_800 else None
        if isinstance(value, str) and (match := _ISO_DAY.match(value)):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if isinstance(value, str):
            return _day_in_words(value)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _day_in_words(value: str) -> dt.date | None:
    from communique.pages.calendar import date_finder
    from communique.pages.opening import default_lexicon

    found = date_finder(default_lexicon()).find(value[:80].strip())
    return found[0].day if found and found[0].other is None and not found[0].short_year else None


def _words(value: Any) -> str | None:
    return " ".join(printable(value).split()) or None if isinstance(value, str) else None


def _names(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple) else _AUTHORS.split(value) if isinstance(value, str) else ()
    names = (_words(part.get("name") if isinstance(part, dict) else part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
    return f"The columns are: {shown}." if names else "The table has no columns."
