"""Writes very many rows into the tables of an empty register: without its indexes, which are made again at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

WAITING = 20_000
NOW = "2025-01-01 00:00:00+00:00"  # when all was added: the same register for the same seed
SQLITE_BEFORE = ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF")
SQLITE_AFTER = ("ANALYZE", "PRAGMA journal_mode=WAL")
SQLITE_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE 'register_%'"
)
POSTGRES_BEFORE = (
    "SET session_replication_role = replica",
    "SET maintenance_work_mem = '1GB'",
    "SET synchronous_commit = off",
)
POSTGRES_AFTER = ("VACUUM ANALYZE",)
POSTGRES_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'register_%' "
    "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"
)
Column = Callable[[models.Model], Any]


class BulkRows:
    """Takes rows of any table, numbers them, and writes them some thousand at a time."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[tuple[Any, ...]]] = {}
        self._numbers: dict[type[models.Model], int] = {}
        self._columns: dict[type[models.Model], list[Column]] = {}
        self._texts: dict[str, list[tuple[int, str]]] = {}

    def add(self, row: models.Model) -> None:
        """Takes a row; one without a number gets the next one of its table."""
        table = type(row)
        if row.pk is None:
            row.pk = self.number(table)
        columns = self._columns.get(table) or self._columns.setdefault(table, _columns_of(table))
        self._take(table, [tuple(column(row) for column in columns)])

    def add_values(self, table: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> None:
        """Takes rows as values in the order of the table's columns, but for their numbers."""
        self._take(table, [(self.number(table), *values) for values in rows])

    def _take(self, table: type[models.Model], rows: list[tuple[Any, ...]]) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting += rows
        if len(waiting) >= WAITING:
            self._write(table)

    def number(self, table: type[models.Model]) -> int:
        """The next number of a table."""
        self._numbers[table] = self._numbers.get(table, 0) + 1
        return self._numbers[table]

    def count(self, table: type[models.Model]) -> int:
        """How many rows of a table were taken."""
        return self._numbers.get(table, 0)

    def index(self, table: str, number: int, text: str) -> None:
        """Takes a text for full-text search."""
        waiting = self._texts.setdefault(table, [])
        waiting.append((number, text))
        if len(waiting) >= WAITING:
            self._index(table)

    def flush(self) -> None:
        """Writes what waits."""
        for table in list(self._waiting):
            self._write(table)
        for name in list(self._texts):
            self._index(name)

    def _write(self, table: type[models.Model]) -> None:
        rows = self._waiting.pop(table)
        name, columns = table._meta.db_table, ", ".join(f'"{f.column}"' for f in table._meta.concrete_fields)
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join("?" * len(rows[0]))
                cursor.connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
            else:
                with cursor.cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)

    def _index(self, name: str) -> None:
        from communique.register import text_search

        with transaction.atomic():
            text_search.index_texts(name, self._texts.pop(name))


@contextmanager
def without_indexes() -> Iterator[None]:
    """Inside, tables have neither indexes nor a journal; afterwards they have both, and statistics."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in SQLITE_BEFORE if is_sqlite else POSTGRES_BEFORE:
            cursor.execute(statement)
        cursor.execute(SQLITE_INDEXES if is_sqlite else POSTGRES_INDEXES)
        indexes: Sequence[tuple[str, str]] = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, statement in indexes:
            cursor.execute(statement)
        for statement in SQLITE_AFTER if is_sqlite else POSTGRES_AFTER:
            cursor.execute(statement)
    connection.close()


def _columns_of(table: type[models.Model]) -> list[Column]:
    """For each column of a table what it holds of a row, as both databases take it."""
    return [_column_of(field) for field in table._meta.concrete_fields]


def _column_of(field: models.Field[Any, Any]) -> Column:
    plain = attrgetter(field.attname)

    def related(row: models.Model) -> Any:
        number = plain(row)  # none when its row got a number only after the two were joined
        joined = row._state.fields_cache.get(field.name) if number is None else None
        return joined.pk if joined is not None else number

    def day(row: models.Model) -> str | None:
        value = plain(row)
        return value.isoformat() if value else None

    if field.is_relation:
        return related
    if isinstance(field, models.JSONField):
        return lambda row: json.dumps(plain(row))
    if isinstance(field, models.DateTimeField):
        return (lambda row: NOW) if field.auto_now or field.auto_now_add else day
    return day if isinstance(field, models.DateField) else plain
