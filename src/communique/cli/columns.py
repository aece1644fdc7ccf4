"""The option ``--column``, the same for all commands that read tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
# As FORMATS: the meanings that a column can have.
MEANINGS = ("text", "uri", "title", "published", "site", "authors")


def column_option(command: Command) -> Command:
    """Adds ``--column``."""
    option = click.option(
        "--column",
        "columns",
        multiple=True,
        callback=_parse_columns,
        metavar="MEANING=COLUMN",
        help=f"Which column of tables is what, once for each: {', '.join(MEANINGS)}.  [default: by the columns' names]",
    )
    return option(command)


def _parse_columns(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of a meaning and a column, from "text=body"."""
    pairs = []
    for value in values:
        meaning, sign, column = value.partition("=")
        if not sign or not column or meaning not in MEANINGS:
            raise click.BadParameter(f"{value!r} is not MEANING=COLUMN with a meaning of: {', '.join(MEANINGS)}.")
        pairs.append((meaning, column))
    return tuple(pairs)
