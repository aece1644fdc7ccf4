"""What a list is: a table of records with filters, orders and columns, all of them data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from communique.errors import QueryError
from communique.register.store.finding import count_up_to

PAGE_SIZE = 50
# Further back one does not page but filter: a page's cost grows with the records before it.
MOST_PAGES = 200
MOST_COUNTED = PAGE_SIZE * MOST_PAGES
LONGEST_VALUE = 300
CHUNK = 500
# Days, of which a century has 36,525: a million of them would lead out of the calendar.
MOST_WHOLE = 100_000

Rows = QuerySet[Any]
Choose = Callable[[], tuple[tuple[str, str], ...]]
FieldKind = Literal["text", "choice", "date", "check", "share", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to filter by; its name is that in the query string.

    Attributes:
        name: "topic".
        label: "Topic".
        apply: Narrows the rows to those that fit a value; None where the listing itself does.
        kind: How a value is written: any text, one of the choices, a day, a tick, a share (0 to 1), a whole number.
        choices: The values of a choice with their words, asked anew each time.
        is_quiet: Not shown in the form unless it is set: what links elsewhere use.
        is_many: Several values may be given, each an alternative.
    """

    name: str
    label: str
    apply: Callable[[Rows, Any], Rows] | None = None
    kind: FieldKind = "text"
    choices: Choose | None = None
    is_quiet: bool = False
    is_many: bool = False

    def read(self, text: str) -> Any:
        """A value out of the query string.

        Raises:
            QueryError: If it is not of the field's kind.
        """
        if len(text) > LONGEST_VALUE or "\0" in text:
            raise QueryError(f"{self.label}: longer than {LONGEST_VALUE} characters, or not text.")
        try:
            match self.kind:
                case "date":
                    return dt.date.fromisoformat(text)
                case "share":
                    return _share(text)
                case "whole":
                    return min(max(int(text), 0), MOST_WHOLE)
                case "check":
                    return text.casefold() in ("1", "yes", "true", "on")
                case _:
                    return text
        except ValueError as error:
            wanted = {"date": "a day, as in 2031-05-14", "share": "a share, as in 0.8", "whole": "a number"}[self.kind]
            raise QueryError(f"{self.label}: {text!r} is not {wanted}.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """An order: its name in the query string, and what it orders by. The key comes last, so that no order is undecided.

    Where ``by`` is empty, the listing's ``select`` has ordered the rows already.
    """

    name: str
    label: str
    by: tuple[str | OrderBy, ...] = ()

    def of(self, rows: Rows) -> Rows:
        """The rows in this order."""
        return rows.order_by(*self.by) if self.by else rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of tables and programs' forms: plain values (text, numbers, lists of text, None).

    Attributes:
        name: "place".
        value: What a row has there.
        type: Of which type that is.
    """

    name: str
    value: Callable[[Any], Any]
    type: Any = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of one kind of records.

    Attributes:
        name: "engagements": also its address and its template.
        noun: Singular and plural.
        rows: All rows that can be listed.
        fields: What it is filtered by.
        sorts: Its orders, the first by default.
        columns: What tables and programs get.
        dress: Fetches along what showing the rows takes.
        title: A row's name in feeds.
        summary: A row's text in feeds.
        changed: When a row changed last.
        private: Rows that administrators alone see.
        path: Where a row's page lies, for lists whose rows have no page of their own under the list's address.
    """

    name: str
    noun: tuple[str, str]
    rows: Callable[[], Rows]
    fields: tuple[Field, ...]
    sorts: tuple[Sort, ...]
    columns: tuple[Column, ...]
    dress: Callable[[Rows], Rows]
    title: Callable[[Any], str]
    summary: Callable[[Any], str]
    changed: Callable[[Any], dt.datetime]
    private: Q | None = None
    path: Callable[[Any], str] | None = None

    def path_of(self, row: Any) -> str:
        """The path of a row's permanent address, without a slash in front."""
        return self.path(row) if self.path else f"{self.name}/{row.code}"

    def given(self, query: QueryDict) -> dict[str, Any]:
        """The values of a query string by field; fields that are not of this list are passed over.

        Raises:
            QueryError: If a value is not of its field's kind.
        """
        words = {field: query.dict().get(field.name, "") for field in self.fields}
        return {field.name: field.read(str(word).strip()) for field, word in words.items() if str(word).strip()}

    def count(self, values: Mapping[str, Any], rows: Rows) -> int:
        """How many fit all values, as far as they are counted; ``rows`` are those that whoever asks may see."""
        return count_rows(rows)

    def select(self, values: Mapping[str, Any]) -> Rows:
        """The rows that fit all values."""
        rows = self.rows()
        for field in self.fields:
            if field.apply is not None and values.get(field.name, False) is not False:
                rows = field.apply(rows, values[field.name])
        return rows

    def sort(self, name: str | None) -> Sort:
        """The order of that name; the default for None.

        Raises:
            QueryError: If there is none of that name.
        """
        found = next((sort for sort in self.sorts if sort.name == (name or self.sorts[0].name)), None)
        if found is None:
            raise QueryError(
                f"sort={name!r} is no order of {self.noun[1]}. Choose: {', '.join(s.name for s in self.sorts)}."
            )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list.

    Attributes:
        rows: Its records.
        number: Its number, from 1.
        count: How many records fit; counted up to ``MOST_COUNTED``.
        has_more: Whether even more fit than were counted.
    """

    rows: list[Model]
    number: int
    count: int
    has_more: bool

    @property
    def last(self) -> int:
        """Number of the last page."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def before(self) -> int | None:
        """Number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Number of the page after."""
        return self.number + 1 if self.number < self.last else None

    @property
    def first_row(self) -> int:
        """Number of its first record, from 1."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last_row(self) -> int:
        """Number of its last record."""
        return self.first_row + len(self.rows) - 1


def cut_page(listing: Listing, rows: Rows, sort: Sort, number: int, count: int) -> Page:
    """One page of rows.

    Raises:
        QueryError: If it lies behind the last page that is shown.
    """
    if number > MOST_PAGES:
        raise QueryError(f"Pages end at {MOST_PAGES}. Narrow the list by its filters, or take all of it along as .csv.")
    start = (max(number, 1) - 1) * PAGE_SIZE
    found = list(listing.dress(sort.of(rows))[start : start + PAGE_SIZE])
    return Page(rows=found, number=max(number, 1), count=min(count, MOST_COUNTED), has_more=count > MOST_COUNTED)


def count_rows(rows: Rows) -> int:
    """How many there are; counting stops one after ``MOST_COUNTED``."""
    return count_up_to(rows, MOST_COUNTED)


def walk(listing: Listing, rows: Rows, sort: Sort, *, most: int | None = None) -> Iterator[Any]:
    """All rows in order, or so many, some at a time: memory does not grow with them, and the first come soon."""
    return listing.dress(sort.of(rows))[:most].iterator(chunk_size=CHUNK)


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value
