"""``communique export``: hands a register, or a part of it, on in other people's formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from communique.cli.debug import debug_option
from communique.cli.filters import filter_options, parse_filters
from communique.cli.register_option import register_option
from communique.exchange.formats import FORMATS

EPILOG = (
    "\b\nFormats:\n"
    + "".join(f"  {name:<14} {made.help}\n" for name, made in FORMATS.items())
    + """
\b
Examples:
  communique export --format csv --output tables/
  communique export --format ics --country LY --since 2025-01-01 --output libya.ics
  communique export --format jsonl --complete --output handed-on/
"""
)


@click.command(epilog=EPILOG)
@click.option(
    "--format", "format_name", type=click.Choice(tuple(FORMATS)), required=True, metavar="FORMAT", help="See below."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE-or-DIR",
    help="Where to: a folder for csv, jsonl and parquet, else a file.",
)
@click.option(
    "--complete",
    is_flag=True,
    help="Put in also what communique import needs to make an equal register: texts, originals, claims, decisions.",
)
@filter_options
@register_option
@debug_option
def export(format_name: str, output: Path, complete: bool, address: str | None, **given: Any) -> None:
    """Exports engagements and all that hangs on them: actors, posts, commitments, mechanisms, statements, sources.

    Without filters, the whole register. Every row carries the ids of its passages and sources. A manifest beside the
    file says what was exported, with counts and digests.
    """
    from communique.register import open_register

    register = open_register(address)
    from communique.exchange.export import export as export_register

    manifest = export_register(register, format_name, output, parse_filters(given), complete=complete)
    rows = sum(file["rows"] for file in manifest["files"])
    size = sum(file["bytes"] for file in manifest["files"])
    click.echo(f"{output}: {rows} rows in {len(manifest['files'])} files, {size / 1e6:.1f} MB.", err=True)
    if not rows:
        click.echo("Nothing in the register fits.", err=True)
    for file in manifest["files"]:
        for reason, count in file.get("left_out", {}).items():
            if count:
                click.echo(f"Left out: {count} {reason}.", err=True)
