"""``communique authorities``: lists that name and identify people and institutions, taken into a register."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

SHOWN = 20
EPILOG = """\b
Examples:
  communique authorities office-holders.jsonl
  communique authorities ministers.csv --register libya.db
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@register_option
@debug_option
def authorities(files: tuple[Path, ...], address: str | None) -> None:
    """Takes FILES of authority records into a register: they name actors, and identify them by their Wikidata ids.

    FollowTheMoney entities, one JSON object a line (.json, .jsonl), or CSV with a header (.csv). A line that cannot be
    used is listed, and costs itself alone. To import a file again changes nothing.
    """
    from communique.register import open_register

    open_register(address)
    from communique.exchange.authorities import import_authorities

    failed = 0
    for file in files:
        imported = import_authorities(file, author=getpass.getuser())
        click.echo(
            f"{file}: {imported.new} new, {imported.changed} changed, {imported.known} known already, "
            f"{len(imported.bad)} bad lines.",
            err=True,
        )
        for line in imported.bad[:SHOWN]:
            click.echo(f"  line {line.number}: {line.problem}", err=True)
        if len(imported.bad) > SHOWN:
            click.echo(f"  and {len(imported.bad) - SHOWN} more", err=True)
        failed += len(imported.bad)
    if failed:
        click.get_current_context().exit(1)
