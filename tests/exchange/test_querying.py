"""SQL over exported tables: it answers, and it reaches nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from communique.errors import ExportError, QueryError
from communique.exchange.export import export
from communique.exchange.querying import open_tables, run
from communique.register import Register


@pytest.fixture
def tables(register: Register, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    export(register, "parquet", tmp_path / "tables")
    with open_tables(tmp_path / "tables") as connection:
        yield connection


def test_it_answers(tables: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT name FROM actors WHERE list_contains(source_ids, 'd2') AND type = 'person' ORDER BY name"
    assert run(tables, query).fetchall() == [("Ana Corin",), ("Bea Falk",), ("Dario Elm",)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{0}/secret.csv')",
        "SELECT * FROM '{0}/secret.csv'",
        "SELECT * FROM read_text('{0}/secret.csv')",
        "SELECT * FROM glob('{0}/*')",
        "COPY actors TO '{0}/stolen.csv'",
        "EXPORT DATABASE '{0}/stolen'",
        "ATTACH '{0}/other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "DELETE FROM actors",
        "DROP TABLE actors",
        "CREATE TABLE mine AS SELECT 1",
    ],
)
def test_it_changes_nothing_and_reaches_no_file(tables: duckdb.DuckDBPyConnection, tmp_path: Path, query: str) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(QueryError, match="cannot be run"):
        run(tables, query.format(tmp_path))
    assert not list(tmp_path.glob("stolen*"))
    assert not (tmp_path / "other.duckdb").exists()


def test_a_wrong_query_is_said(tables: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match="no_such_table"):
        run(tables, "SELECT * FROM no_such_table")


def test_a_folder_without_tables_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no tables"), open_tables(tmp_path):
        pass


def test_a_damaged_table_is_said(tmp_path: Path) -> None:
    (tmp_path / "actors.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(ExportError, match=r"actors\.parquet cannot be read"), open_tables(tmp_path):
        pass
