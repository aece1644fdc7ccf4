"""Prints records of a register: a line each for people, JSON lines or CSV for programs, and one in full."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ("table", "jsonl", "csv")
# No register has so many, and every database can count to it.
MOST_SHOWN = 1_000_000_000
# What a spreadsheet would take for a formula when a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
INDENT = "  "


def list_format_option(command: Command) -> Command:
    """Adds ``--format`` of lists."""
    return click.option(
        "--format", "format_name", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print."
    )(command)


def print_list(records: Iterable[Mapping[str, Any]], format_name: str, line: Callable[[Mapping[str, Any]], str]) -> int:
    """Prints records one after the other; gives how many there were."""
    number = 0
    for record in records:
        if format_name == "table":
            click.echo(line(record))
        elif format_name == "jsonl":
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            if not number:
                click.echo(_csv_line(list(record)), nl=False)
            click.echo(_csv_line([_cell(value) for value in record.values()]), nl=False)
        number += 1
    return number


def print_full(record: Mapping[str, Any], format_name: str) -> None:
    """Prints one record in full: as JSON, or as lines of field and value."""
    if format_name == "json":
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(record)))


def _lines(record: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """A field a line; what is empty is left out, and lists of records are indented."""
    for name, value in record.items():
        if value in (None, "", [], {}):
            continue
        label = f"{INDENT * depth}{name.replace('_', ' ')}:"
        if isinstance(value, Mapping):
            yield label
            yield from _lines(value, depth + 1)
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            yield label
            for one in value:
                yield from _item(one, depth + 1)
        else:
            yield f"{label} {_cell(value)}"


def _item(record: Mapping[str, Any], depth: int) -> Iterator[str]:
    """A record of a list: a dash before its first line."""
    for number, line in enumerate(_lines(record, depth + 1)):
        yield f"{INDENT * depth}- {line.lstrip()}" if not number else line


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(one) for one in value)
    if isinstance(value, Mapping):
        return str(value["name"]) if "name" in value else json.dumps(value, ensure_ascii=False)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return buffer.getvalue()
