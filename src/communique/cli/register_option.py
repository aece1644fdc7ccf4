"""The option ``--register``, the same for every command that works on a register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def register_option(command: Command) -> Command:
    """Adds ``--register PATH-or-URL``."""
    option = click.option(
        "--register",
        "address",
        metavar="PATH-or-URL",
        help="The register: a file, or postgresql://user@host/name.  "
        "[default: COMMUNIQUE_REGISTER, else communique.db in your data folder]",
    )
    return option(command)
