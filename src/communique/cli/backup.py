"""``communique backup`` and ``communique restore``."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option


@click.command(epilog="\b\nExample:\n  communique backup libya-2025-05-14.backup --register libya.db")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@register_option
@debug_option
def backup(file: Path, address: str | None) -> None:
    """Writes the whole register, archived originals and judgements included, to FILE.

    The file is compressed, and can be restored into SQLite or PostgreSQL alike. The register may be in use meanwhile.
    """
    from communique.register import open_register

    open_register(address)
    from communique.register.store.backup import back_up

    rows = back_up(file)
    click.echo(f"{file}: {rows} rows, {file.stat().st_size / 1e6:.1f} MB.")


@click.command(epilog="\b\nExample:\n  communique restore libya-2025-05-14.backup --register copy.db")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@register_option
@debug_option
def restore(file: Path, address: str | None) -> None:
    """Fills a new register from a backup FILE: all of it, or nothing."""
    from communique.register import open_register

    register = open_register(address, create=True)
    from communique.register.store.backup import restore as restore_rows

    rows = restore_rows(file)
    click.echo(f"{register.address}: {rows} rows restored. Prove it: communique check --register {register.address}")
