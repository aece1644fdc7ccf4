"""SQL over the exported tables, in DuckDB: read-only, and shut off from files, network and extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from communique.errors import ExportError, QueryError

# What a table may be called.
NAME = re.compile(r"[a-z_]+")
# Set when the tables are opened for questions; the last one forbids to change the others.
CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}


@contextmanager
def open_tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens the tables of a Parquet export.

    They are loaded into a database file that is gone afterwards: DuckDB then needs no access to files of its own, so
    that a query can neither read nor write any.

    Args:
        folder: What ``communique export --format parquet`` wrote.

    Raises:
        ExportError: If there are no tables, or one cannot be read.
    """
    with TemporaryDirectory(prefix="communique-") as scratch:
        database = Path(scratch) / "tables.duckdb"
        _load(folder, database)
        connection = duckdb.connect(str(database), read_only=True, config=dict(CLOSED))
        try:
            yield connection
        finally:
            connection.close()


def run(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyConnection:
    """Runs a query; its rows are fetched from what is returned.

    Raises:
        QueryError: If it cannot be run.
    """
    try:
        return connection.execute(query)
    except duckdb.Error as error:
        raise QueryError(f"The query cannot be run: {error}") from error


def _load(folder: Path, database: Path) -> None:
    files = [file for file in sorted(folder.glob("*.parquet")) if NAME.fullmatch(file.stem)]
    if not files:
        raise ExportError(f"{folder} holds no tables. Give a folder that export --format parquet wrote.")
    with duckdb.connect(str(database)) as loading:
        for file in files:
            try:
                loading.execute(f'CREATE TABLE "{file.stem}" AS SELECT * FROM read_parquet(?)', [str(file)])
            except duckdb.Error as error:
                raise ExportError(f"{file} cannot be read: {error}. Export it again.") from error
