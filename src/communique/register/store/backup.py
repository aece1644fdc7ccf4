"""Backup and restore: the whole register as one compressed file that either database can be restored from."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import zstandard
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from communique.errors import RegisterError
from communique.register import models as tables
from communique.register import text_search
from communique.register.opening import refuse_own_file
from communique.register.snapshot import one_moment
from communique.register.store.claim_rows import reach_of
from communique.register.store.keeping import searchable_text
from communique.register.store.packing import unpack, unpack_text
from communique.register.store.tenures import fill_organizations
from communique.register.store.writing import exclusive

FORMAT = "communique/backup/1"
ROWS = 500


def back_up(path: Path, *, with_watches: bool = True) -> int:
    """Writes a backup; the file appears under its name only once it is whole. Equal registers give equal bytes.

    Args:
        path: The file.
        with_watches: Also watches, what they found, and the secrets by which they sign.

    Returns:
        Number of rows.

    Raises:
        RegisterError: If the file is that of the register itself.
    """
    refuse_own_file(path)
    temporary = path.with_name(path.name + ".part")
    rows = 0
    with (
        temporary.open("wb") as file,
        zstandard.ZstdCompressor(level=6, write_checksum=True).stream_writer(file) as stream,
        one_moment(),
    ):
        stream.write(_line({"format": FORMAT}))
        for table in backed_up_tables():
            if not with_watches and table.__name__.startswith("Watch"):
                continue
            names = [field.attname for field in table._meta.concrete_fields]
            stream.write(_line({"table": table._meta.model_name, "fields": names}))
            for values in table._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=ROWS):
                stream.write(_line([_plain(value) for value in values]))
                rows += 1
        stream.write(_line({"end": rows}))
    temporary.replace(path)
    return rows


def restore(path: Path) -> int:
    """Fills an empty register from a backup, in one transaction.

    Returns:
        Number of rows.

    Raises:
        RegisterError: If the register is not empty, or the file is not a whole backup.
    """
    with path.open("rb") as file, exclusive():
        if held := [table._meta.model_name for table in backed_up_tables() if table._default_manager.exists()]:
            raise RegisterError(
                f"The register is not empty: it has rows of {held[0]!r}. Restore into a new one: --register NEW.db"
            )
        rows = _restore(_lines(file, path), path)
        reset_sequences()
        _fill_reach()
        fill_organizations(tables.Tenure.objects)
        _index_texts()
    return rows


def _fill_reach() -> None:
    """Writes what backups of before version 6 of the tables do not have: how far from its day a report may lie."""
    vague = tables.EngagementReport.objects.exclude(precision="day") | tables.EngagementReport.objects.filter(
        precision=None
    )
    for report in vague.prefetch_related("participants").iterator(chunk_size=ROWS):
        wrong = [row for row in report.participants.all() if row.reach != reach_of(report)]
        for row in wrong:
            row.reach = reach_of(report)
        tables.ReportParticipant.objects.bulk_update(wrong, ["reach"])


def backed_up_tables() -> list[type[models.Model]]:
    """All tables of the register, what others point to first."""
    return list(apps.get_app_config("register").get_models(include_auto_created=True))


def _restore(lines: Iterator[Any], path: Path) -> int:
    first: Any = next(lines, None)
    if not isinstance(first, dict) or first.get("format") != FORMAT:
        raise RegisterError(f"{path} is no backup of a register ({FORMAT}).")
    known = {str(table._meta.model_name): table for table in backed_up_tables()}
    table: type[models.Model] | None = None
    names: list[str] = []
    waiting: list[models.Model] = []
    rows, ended = 0, None
    with connection.constraint_checks_disabled():  # deferred to the end of the transaction on PostgreSQL
        for line in lines:
            if isinstance(line, dict):
                _insert(table, waiting)
                waiting, ended = [], line.get("end")
                if "table" in line:
                    table, names = known.get(line["table"]), line["fields"]
                    if table is None:
                        raise RegisterError(f"{path} has a table {line['table']!r} that this version does not know.")
                continue
            rows += 1
            waiting.append(_row(table, names, line, f"{path}, row {rows}"))
            if len(waiting) >= ROWS:
                _insert(table, waiting)
                waiting = []
    if ended != rows:
        raise RegisterError(f"{path} is cut off after {rows} rows. Use another backup.")
    connection.check_constraints()
    return rows


def _insert(table: type[models.Model] | None, waiting: list[models.Model]) -> None:
    if table is not None and waiting:
        with _moments_as_given(table):
            table._default_manager.bulk_create(waiting)


@contextmanager
def _moments_as_given(table: type[models.Model]) -> Iterator[None]:
    """Inside, the moments of rows are those of the backup, not of now."""
    clocks = [f for f in table._meta.concrete_fields if isinstance(f, models.DateTimeField)]
    before = [(field.auto_now, field.auto_now_add) for field in clocks]
    for field in clocks:
        field.auto_now = field.auto_now_add = False
    try:
        yield
    finally:
        for field, (now, now_add) in zip(clocks, before, strict=True):
            field.auto_now, field.auto_now_add = now, now_add


def _row(table: type[models.Model] | None, names: list[str], line: Any, place: str) -> models.Model:
    if table is None:
        raise RegisterError(f"{place}, belongs to no table: it cannot be understood. Use another backup.")
    try:
        fields = _fields(table)
        return table(**{name: _value(fields[name], value) for name, value in zip(names, line, strict=True)})
    except (KeyError, TypeError, ValueError) as error:
        raise RegisterError(f"{place}, cannot be understood: {error}. Use another backup.") from error


@cache
def _fields(table: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in table._meta.concrete_fields}


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b85decode(value)
    if isinstance(field, models.DateTimeField):
        return dt.datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(value)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b85encode(bytes(value)).decode("ascii")
    return value.isoformat() if isinstance(value, dt.date) else value


def _line(value: Any) -> bytes:
    # PostgreSQL gives the keys of objects in an order of its own.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _lines(file: BinaryIO, path: Path) -> Iterator[Any]:
    buffer, frame = b"", zstandard.ZstdDecompressor().decompressobj()
    try:
        while chunk := file.read(1 << 16):
            *whole, buffer = (buffer + frame.decompress(chunk)).split(b"\n")
            yield from map(json.loads, whole)
    except (zstandard.ZstdError, ValueError, EOFError) as error:
        raise RegisterError(f"{path} cannot be read as a backup: {error}.") from error
    if not frame.eof:  # its checksum stands at the very end
        raise RegisterError(f"{path} is cut off. Use another backup.")


def reset_sequences() -> None:
    """Lets PostgreSQL's counters go on after the numbers that rows were written with."""
    for statement in connection.ops.sequence_reset_sql(no_style(), backed_up_tables()):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _index_texts() -> None:
    for document in tables.Document.objects.select_related("content").iterator(chunk_size=ROWS):
        index_document(document)
    for engagement in tables.Engagement.objects.exclude(search_text="").iterator(chunk_size=ROWS):
        text_search.index_text(text_search.ENGAGEMENTS, engagement.pk, engagement.search_text)


def index_document(document: tables.Document) -> None:
    """Puts a document that is not indexed into full-text search."""
    from communique.model import Readout

    body = Readout.from_json(unpack(document.content.readout)).document.body
    text = searchable_text(document.title, unpack_text(document.content.text), body)
    text_search.index_text(text_search.DOCUMENTS, document.pk, text)
