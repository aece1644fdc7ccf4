"""``communique status``: what is in a register."""

from __future__ import annotations

import dataclasses
import json

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

EPILOG = """\b
Example:
  communique status --register libya.db
"""


@click.command(epilog=EPILOG)
@click.option("--format", "format_name", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("--failures", is_flag=True, help="List the sources that could not be read, and why.")
@register_option
@debug_option
def status(format_name: str, failures: bool, address: str | None) -> None:
    """Counts what is in a register: documents, engagements, actors, what waits for a person."""
    from communique.register import open_register

    register = open_register(address)
    from communique.register import models as tables
    from communique.register.store.status import status_of_register

    figures = dataclasses.asdict(status_of_register())
    if format_name == "json":
        click.echo(json.dumps({"register": str(register.address), **figures}, indent=1))
    else:
        click.echo(str(register.address))
        for name, value in figures.items():
            click.echo(f"  {name.replace('_', ' '):<14}{'–' if value is None else value:>12}")
    if failures:
        for row in tables.FailedDocument.objects.order_by("uri"):
            click.echo(f"{row.uri}: {row.error}: {row.message}", err=True)
