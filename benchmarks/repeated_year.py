"""Repeats a year's reports and engagements in SQL, later and under other numbers; the people stay the same."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, models, transaction

from benchmarks.bulk_rows import NOW, BulkRows
from benchmarks.made_up_cast import YEAR
from benchmarks.made_up_news import FIRST_DAY
from communique.register import models as tables
from communique.register import text_search

# What is repeated; all other tables say something of all years already.
REPEATED: tuple[type[models.Model], ...] = (
    tables.Document,
    tables.Content,
    tables.Address,
    tables.CopyBand,
    tables.Mention,
    tables.Engagement,
    tables.EngagementReport,
    tables.ReportParticipant,
    tables.ReportLink,
    tables.EngagementParticipant,
    tables.EngagementTopic,
    tables.Commitment,
    tables.Commitment.parties.through,
    tables.CommitmentReport,
    tables.CommitmentBlock,
    tables.MechanismStep,
    tables.MechanismBlock,
)
# Columns that hold the digest of a document, or begin with it: its first two places tell the year, by no hexadecimal.
DIGESTS = ("sha256", "key")
# Columns in which the year stands in words.
WORDED = ("summary", "search_text", "date_text")
# Places of a band that tell the year, so that the repeated reports are no copies of each other.
BAND_PLACES = 1 << 20


def repeat_year(rows: BulkRows, times: int) -> None:
    """Writes the rows of further years after those of the first, which ``rows`` has written."""
    texts = _document_texts() if connection.vendor == "sqlite" else []
    for year in range(1, times):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in REPEATED:
                columns = {str(f.column): _expression(f, table, rows, year) for f in table._meta.concrete_fields}
                cursor.execute(
                    f"INSERT INTO {table._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
                    f"FROM {table._meta.db_table} WHERE {table._meta.pk.column} <= {_height(table, rows)}"
                )
            shift = year * rows.count(tables.Document)
            if connection.vendor == "sqlite":
                text_search.index_texts(text_search.DOCUMENTS, [(number + shift, text) for number, text in texts])
            else:  # its vectors can be copied: the words are the same
                cursor.execute(
                    f"INSERT INTO {text_search.DOCUMENTS} SELECT id + {shift}, vector FROM {text_search.DOCUMENTS} "
                    f"WHERE id <= {rows.count(tables.Document)}"
                )
            first = year * rows.count(tables.Engagement)
            told = tables.Engagement.objects.filter(pk__gt=first, pk__lte=first + rows.count(tables.Engagement))
            text_search.index_texts(text_search.ENGAGEMENTS, list(told.values_list("pk", "search_text")))


def write_log() -> None:
    """Writes the log's line for every document and every record."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, prefix, action in (
            (tables.Document, "d", "added"),
            (tables.Actor, "a", "created"),
            (tables.Engagement, "e", "created"),
            (tables.Commitment, "c", "created"),
            (tables.Mechanism, "m", "created"),
        ):
            cursor.execute(
                "INSERT INTO register_change (record, action, what, author, at) "
                f"SELECT '{prefix}' || id, '{action}', '{{}}', 'reader', '{NOW}' FROM {table._meta.db_table}"
            )


def _expression(field: models.Field[object, object], table: type[models.Model], rows: BulkRows, year: int) -> str:
    """What stands in a column in a later year, as SQL of what stood there in the first."""
    column = str(field.column)
    target = field.related_model if field.is_relation else table if field.primary_key else None
    if target in REPEATED:
        return f"{column} + {year * _height(target, rows)}"
    if field.is_relation:
        return column
    if column in DIGESTS and not table._meta.db_table.endswith("block"):
        return f"'y{year}' || substr({column}, 3)"
    if column == "band":
        return f"band - band % {BAND_PLACES} + {year}"
    if column == "uri":
        return f"uri || '?{year}'"
    if column in WORDED:
        return f"replace({column}, '{FIRST_DAY.year}', '{(FIRST_DAY + timedelta(days=YEAR * year)).year}')"
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return (
            f"date({column}, '+{YEAR * year} days')" if connection.vendor == "sqlite" else f"{column} + {YEAR * year}"
        )
    return column


def _height(table: type[models.Model], rows: BulkRows) -> int:
    """The highest number of a table in the first year; contents go by the numbers of their documents."""
    return rows.count(tables.Document if table is tables.Content else table)


def _document_texts() -> list[tuple[int, str]]:
    """What full-text search has of the documents of the first year."""
    from communique.model import Readout
    from communique.register.store.keeping import searchable_text
    from communique.register.store.packing import unpack, unpack_text

    texts = []
    for document in tables.Document.objects.select_related("content").iterator(chunk_size=1000):
        body = Readout.from_json(unpack(document.content.readout)).document.body
        texts.append((document.pk, searchable_text(document.title, unpack_text(document.content.text), body)))
    return texts
