"""Full text: FTS5 on SQLite, tsvector on PostgreSQL, one small query language for both.

Words are folded (case, accents) and stemmed (English). A query is words (all must occur), "exact phrases", word* for
beginnings, and -word for what must not occur; OR between two terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from communique.errors import QueryError

DOCUMENTS = "register_document_text"
ENGAGEMENTS = "register_engagement_text"
TOKENIZER = "porter unicode61 remove_diacritics 2"
# A tsvector holds a megabyte of words and positions; this much of a text (UTF-8) fits with room to spare.
TSVECTOR_BYTES = 600_000
# To rank a text takes longer than to find it: of more that fit, the last so many are ranked (some 10 ms).
MOST_RANKED = 2000
TERM = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a query: its words in order, whether it must not occur, whether its last word is a beginning."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_beginning: bool = False


def make_tables(editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the text tables; for migrations."""
    for table in (DOCUMENTS, ENGAGEMENTS):
        if editor.connection.vendor == "sqlite":
            # Contentless: the texts themselves stand in Content (compressed) and in the engagement's summary.
            editor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(body, content='', tokenize='{TOKENIZER}')")
        else:
            editor.execute(f"CREATE TABLE {table} (id bigint PRIMARY KEY, vector tsvector NOT NULL)")
            editor.execute(f"CREATE INDEX {table}_vector ON {table} USING gin (vector)")


def drop_tables(editor: BaseDatabaseSchemaEditor) -> None:
    """Drops the text tables; for migrations."""
    for table in (DOCUMENTS, ENGAGEMENTS):
        editor.execute(f"DROP TABLE {table}")


def index_text(table: str, key: int, text: str, before: str | None = None) -> None:
    """Indexes a text under a number, in place of the text indexed before (None when there was none)."""
    if connection.vendor == "sqlite":
        if before is not None:
            _execute(f"INSERT INTO {table} ({table}, rowid, body) VALUES ('delete', %s, %s)", key, before)
        _execute(f"INSERT INTO {table} (rowid, body) VALUES (%s, %s)", key, text)
    else:
        _execute(
            f"INSERT INTO {table} (id, vector) VALUES (%s, to_tsvector('english', %s)) "
            "ON CONFLICT (id) DO UPDATE SET vector = excluded.vector",
            key,
            _indexable(text),
        )


def index_texts(table: str, texts: Sequence[tuple[int, str]]) -> None:
    """Indexes texts under numbers that have none yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT INTO {table} (rowid, body) VALUES (%s, %s)", texts)
        else:
            cursor.executemany(
                f"INSERT INTO {table} (id, vector) VALUES (%s, to_tsvector('english', %s))",
                [(key, _indexable(text)) for key, text in texts],
            )


def forget_text(table: str, key: int, before: str) -> None:
    """Takes a text out of the index; ``before`` is what was indexed."""
    if connection.vendor == "sqlite":
        _execute(f"INSERT INTO {table} ({table}, rowid, body) VALUES ('delete', %s, %s)", key, before)
    else:
        _execute(f"DELETE FROM {table} WHERE id = %s", key)


def indexed_keys(table: str) -> set[int]:
    """The numbers of all texts that are indexed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}{'_docsize' if connection.vendor == 'sqlite' else ''}")
        return {row[0] for row in cursor.fetchall()}


def matching(table: str, query: str) -> RawSQL:
    """The numbers of the texts that fit a query, as a subquery for ``pk__in``.

    Raises:
        QueryError: If the query has no word in it.
    """
    terms = parse_query(query)
    if connection.vendor == "sqlite":
        return RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [_fts5(terms)])
    return RawSQL(f"SELECT id FROM {table} WHERE vector @@ to_tsquery('english', %s)", [_tsquery(terms)])


def count_matches(table: str, query: str, most: int) -> int:
    """How many texts fit a query, counted so far at most.

    Raises:
        QueryError: If the query has no word in it.
    """
    matches = matching(table, query)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({matches.sql} LIMIT %s) AS found", [*matches.params, most])
        return int(cursor.fetchone()[0])


def best_matches(table: str, query: str, limit: int) -> list[int]:
    """The numbers of the texts that fit a query best, best first; of very many that fit, the last ones are ranked.

    Raises:
        QueryError: If the query has no word in it.
    """
    terms = parse_query(query)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT rowid FROM (SELECT rowid, bm25({table}) AS score FROM {table} WHERE {table} MATCH %s "
                "ORDER BY rowid DESC LIMIT %s) ORDER BY score, rowid LIMIT %s",
                [_fts5(terms), MOST_RANKED, limit],
            )
        else:
            cursor.execute(
                # The last ones are found by their numbers alone: with their vectors they would be sorted on disk.
                f"WITH last AS (SELECT id FROM {table} WHERE vector @@ to_tsquery('english', %s) "
                f"ORDER BY id DESC LIMIT %s) SELECT id FROM last JOIN {table} USING (id) "
                "ORDER BY ts_rank_cd(vector, to_tsquery('english', %s)) DESC, id LIMIT %s",
                [_tsquery(terms), MOST_RANKED, _tsquery(terms), limit],
            )
        return [row[0] for row in cursor.fetchall()]


def parse_query(query: str) -> list[list[Term]]:
    """Reads a query: a list of alternatives' lists; every list must have a term that occurs.

    Raises:
        QueryError: If the query has no word that must occur.
    """
    groups: list[list[Term]] = []
    joins = False
    for match in TERM.finditer(fold(query)):
        raw = match["phrase"] if match["phrase"] is not None else match["word"]
        if raw == "or" and match["word"] and groups:
            joins = True
            continue
        words = tuple(re.findall(r"\w+", raw))
        if not words:
            continue
        term = Term(words=words, is_excluded=bool(match["not"]), is_beginning=raw.endswith("*"))
        if joins and not term.is_excluded and not groups[-1][0].is_excluded:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    if all(group[0].is_excluded for group in groups):
        raise QueryError(f"The search {query!r} names no word that should occur. Give at least one word.")
    return groups


def fold(text: str) -> str:
    """Lower case, accents away: what both databases index."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _indexable(text: str) -> str:
    """What PostgreSQL indexes of a text: its texts have no U+0000, and its vectors an upper limit."""
    folded = fold(text).replace("\0", " ")
    return folded.encode("utf-8", "replace")[:TSVECTOR_BYTES].decode("utf-8", "ignore")


def _fts5(groups: list[list[Term]]) -> str:
    def write(term: Term) -> str:
        return '"' + " ".join(term.words) + '"' + ("*" if term.is_beginning else "")

    wanted = " AND ".join(
        "(" + " OR ".join(write(term) for term in group) + ")" for group in groups if not group[0].is_excluded
    )
    unwanted = [write(group[0]) for group in groups if group[0].is_excluded]
    return wanted + "".join(f" NOT {term}" for term in unwanted)


def _tsquery(groups: list[list[Term]]) -> str:
    def write(term: Term) -> str:
        words = [f"'{word}'" for word in term.words]
        if term.is_beginning:
            words[-1] += ":*"
        return "(" + " <-> ".join(words) + ")"

    parts = []
    for group in groups:
        text = "(" + " | ".join(write(term) for term in group) + ")"
        parts.append("!" + text if group[0].is_excluded else text)
    return " & ".join(parts)


def _execute(sql: str, *parameters: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
