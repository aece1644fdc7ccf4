"""``communique import``: makes a register of an earlier export."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique export --format jsonl --complete --output handed-on/
  communique import handed-on/ --register new.db

\b
Exit status: 0 imported, 1 not imported, or exporting it again gives something
else, 2 the command was not understood.
"""


@click.command(name="import", epilog=EPILOG)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@register_option
@debug_option
def import_(folder: Path, address: str | None) -> None:
    """Fills a new register from FOLDER, an export that was made with --complete: all of it, or nothing.

    Ids stay the same. The files are checked against the manifest; afterwards the register is exported again, and
    compared with what was given.
    """
    from communique.exchange.manifest import check_complete
    from communique.register import open_register

    check_complete(folder)  # before a register is made for nothing
    register = open_register(address, create=True)
    from communique.exchange.importing import import_export

    imported = import_export(register, folder)
    click.echo(f"{register.address}: {imported.rows} rows imported.", err=True)
    if imported.differing:
        click.echo(f"Exported again, these files differ: {', '.join(imported.differing)}.", err=True)
        click.get_current_context().exit(1)
    if imported.is_proven:
        click.echo("Exported again, it is equal, byte for byte.", err=True)
    else:
        click.echo(f"The export was made by {imported.program}; it is not compared with one by this version.", err=True)
