"""``communique sql``: questions in SQL to the tables of a register."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

if TYPE_CHECKING:
    import duckdb

EPILOG = """\b
Examples:
  communique sql
  communique sql "SELECT country, count(*) FROM engagements GROUP BY ALL ORDER BY 2 DESC"
  communique sql "SELECT name FROM actors WHERE list_contains(source_ids, 'd1')" --format jsonl
"""
TABLES = """SELECT table_name AS "table", estimated_size AS "rows", column_count AS "columns"
FROM duckdb_tables() ORDER BY table_name"""
FETCHED = 1000


@click.command(epilog=EPILOG)
@click.argument("query", required=False)
@click.option(
    "--tables",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder that export --format parquet wrote, instead of a register.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("table", "csv", "jsonl")),
    help="[default: table on a terminal, else csv]",
)
@register_option
@debug_option
def sql(query: str | None, tables: Path | None, format_name: str | None, address: str | None) -> None:
    """Runs QUERY (DuckDB's SQL) on the tables of a register; without one, lists the tables.

    They are those of the data dictionary, made anew for each run, or taken from an export. A query can change nothing,
    and reaches no file.
    """
    from communique.exchange.querying import open_tables, run

    format_name = format_name or ("table" if sys.stdout.isatty() else "csv")
    with _exported(tables, address) as folder, open_tables(folder) as connection:
        result = run(connection, query or TABLES)
        if format_name == "table":
            _print_table(result)
        elif format_name == "jsonl":
            _print_lines(result)
        else:
            _print_csv(result)


@contextmanager
def _exported(tables: Path | None, address: str | None) -> Iterator[Path]:
    """The folder of an export; one that is gone afterwards, when none is given."""
    if tables is not None:
        yield tables
        return
    from communique.register import open_register

    register = open_register(address)
    from communique.exchange.export import export

    with TemporaryDirectory(prefix="communique-") as scratch:
        folder = Path(scratch) / "tables"
        export(register, "parquet", folder)
        yield folder


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(FETCHED):
        yield from rows


def _names(result: duckdb.DuckDBPyConnection) -> list[str]:
    return [column[0] for column in result.description or ()]


def _print_csv(result: duckdb.DuckDBPyConnection) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_names(result))
    out.writerows([_text(value) for value in row] for row in _rows(result))


def _print_lines(result: duckdb.DuckDBPyConnection) -> None:
    import json

    names = _names(result)
    for row in _rows(result):
        click.echo(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str))


def _print_table(result: duckdb.DuckDBPyConnection) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*_names(result), box=None, header_style="bold", pad_edge=False)
    for row in _rows(result):
        shown.add_row(*(Text(_text(value)) for value in row))
    Console().print(shown)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return str(value)
