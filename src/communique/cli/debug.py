"""The option ``--debug``, the same on every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

# Where the program looks up whether to show tracebacks.
DEBUG = "communique.debug"

F = TypeVar("F", bound=Callable[..., Any])


def debug_option(function: F) -> F:
    """Adds ``--debug``; the command itself is not handed the value."""
    option = click.option(
        "--debug", is_flag=True, expose_value=False, is_eager=True, callback=_note, help="Show errors in full."
    )
    return option(function)


def is_debugging() -> bool:
    """Whether the running command was given ``--debug``."""
    return bool(click.get_current_context().meta.get(DEBUG))


def _note(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    # Contexts of a command share their meta with that of the program.
    ctx.meta[DEBUG] = value
