"""What was fetched already, and what is still to be: kept in a file, so that a crawl may stop at any point."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from communique.sources.web.addresses import DEFAULT_PORTS
from communique.sources.web.records import FetchRecord

_COLUMNS = (
    "uri",
    "state",
    "final_uri",
    "etag",
    "last_modified",
    "digest",
    "fetched_at",
    "failures",
    "reason",
    "message",
    "retry_at",
)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS fetches (
    position INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE, host TEXT NOT NULL, state TEXT NOT NULL,
    final_uri TEXT, etag TEXT, last_modified TEXT, digest TEXT, fetched_at TEXT, failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT, message TEXT, retry_at TEXT
);
CREATE INDEX IF NOT EXISTS waiting ON fetches (host, position) WHERE state = 'waiting';
"""
_DUE = "state = 'waiting' AND (retry_at IS NULL OR retry_at <= ?)"
# Addresses written in one transaction: enough to be quick, few enough to lose nothing worth mentioning.
_BATCH = 1_000


class FetchFile:
    """A `FetchStore` in an SQLite file. Use it as a context manager.

    Args:
        path: The file; made where there is none. ":memory:" keeps nothing.
    """

    def __init__(self, path: str | Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        # What was written outlives a killed program; a power cut may cost the last seconds, and pages come once more.
        self._database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, uris: Iterable[str]) -> int:
        """See `FetchStore`. Takes any number of addresses, and holds few of them in memory."""
        before = self._database.total_changes
        rest = iter(uris)
        while batch := [(uri, host_part(uri)) for uri in islice(rest, _BATCH)]:
            with closing(self._database.cursor()) as cursor:
                cursor.execute("BEGIN")
                cursor.executemany(
                    "INSERT INTO fetches (uri, host, state) VALUES (?, ?, 'waiting') ON CONFLICT DO NOTHING", batch
                )
                cursor.execute("COMMIT")
        return self._database.total_changes - before

    def find(self, uri: str) -> FetchRecord | None:
        """See `FetchStore`."""
        row = self._database.execute(f"SELECT {', '.join(_COLUMNS)} FROM fetches WHERE uri = ?", (uri,)).fetchone()
        if row is None:
            return None
        values = dict(zip(_COLUMNS, row, strict=True))
        for name in ("fetched_at", "retry_at"):
            values[name] = values[name] and dt.datetime.fromisoformat(values[name])
        return FetchRecord(**values)

    def save(self, record: FetchRecord) -> None:
        """See `FetchStore`."""
        values = {name: getattr(record, name) for name in _COLUMNS}
        for name in ("fetched_at", "retry_at"):
            values[name] = values[name] and _in_utc(values[name])
        changes = ", ".join(f"{name} = :{name}" for name in _COLUMNS if name != "uri")
        self._database.execute(
            f"INSERT INTO fetches ({', '.join(_COLUMNS)}, host) VALUES (:{', :'.join(_COLUMNS)}, :host) "
            f"ON CONFLICT (uri) DO UPDATE SET {changes}",
            {**values, "host": host_part(record.uri)},
        )

    def hosts(self, now: dt.datetime) -> list[str]:
        """See `FetchStore`; the host that has waited longest comes first."""
        query = f"SELECT host FROM fetches WHERE {_DUE} GROUP BY host ORDER BY min(position)"
        return [host for (host,) in self._database.execute(query, (_in_utc(now),))]

    def waiting(self, host: str, now: dt.datetime, limit: int) -> list[str]:
        """See `FetchStore`."""
        query = f"SELECT uri FROM fetches WHERE host = ? AND {_DUE} ORDER BY position LIMIT ?"
        return [uri for (uri,) in self._database.execute(query, (host, _in_utc(now), limit))]


def host_part(uri: str) -> str:
    """Host and port of an address as it is written, without any check; "" for what is no address."""
    try:
        parts = urlsplit(uri)
        return f"{parts.hostname}:{parts.port or DEFAULT_PORTS.get(parts.scheme, 0)}" if parts.hostname else ""
    except ValueError:
        return ""


def _in_utc(time: dt.datetime) -> str:
    """The time as text that sorts like the time."""
    return time.astimezone(dt.UTC).isoformat(timespec="microseconds")
