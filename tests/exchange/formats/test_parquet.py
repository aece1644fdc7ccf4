"""Parquet: opened by DuckDB, with types."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from communique.exchange.export import export
from communique.exchange.formats import parquet as parquet_format
from communique.exchange.tables import TABLES
from communique.register import Register

DUCKDB_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "truth": "BOOLEAN",
    "day": "DATE",
    "moment": "TIMESTAMP WITH TIME ZONE",
    "texts": "VARCHAR[]",
    "object": "VARCHAR",
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_duckdb_finds_the_columns_with_their_types(register: Register, tmp_path: Path, table) -> None:
    export(register, "parquet", tmp_path / "out")
    relation = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{tmp_path}/out/{table.name}.parquet')")
    found = [(name, kind) for name, kind, *_ in relation.fetchall()]
    assert found == [(column.name, DUCKDB_TYPES[column.type]) for column in table.columns]


def test_tables_can_be_joined(register: Register, tmp_path: Path) -> None:
    export(register, "parquet", tmp_path / "out")
    rows = duckdb.sql(
        f"""SELECT a.name, s.outlet FROM read_parquet('{tmp_path}/out/participants.parquet') p
        JOIN read_parquet('{tmp_path}/out/actors.parquet') a ON a.id = p.actor_id
        JOIN read_parquet('{tmp_path}/out/sources.parquet') s ON list_contains(p.source_ids, s.id)
        WHERE a.name = 'Dario Elm' ORDER BY s.outlet"""
    ).fetchall()
    assert rows == [("Dario Elm", "Quin Herald"), ("Dario Elm", "The Vell Courier")]


def test_an_empty_register_has_empty_tables(empty: Register, tmp_path: Path) -> None:
    export(empty, "parquet", tmp_path / "out")
    for table in TABLES:
        assert duckdb.sql(f"SELECT * FROM read_parquet('{tmp_path}/out/{table.name}.parquet')").fetchall() == []


def test_groups_end_before_their_lists_fill_memory(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(register, "parquet", tmp_path / "one")
    monkeypatch.setattr(parquet_format, "LISTED", 1)
    export(register, "parquet", tmp_path / "many")
    one, many = (pq.ParquetFile(tmp_path / name / "actors.parquet") for name in ("one", "many"))
    assert (one.num_row_groups, many.num_row_groups) == (1, one.metadata.num_rows)
    assert one.read() == many.read()
