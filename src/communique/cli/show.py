"""``communique show``: one record in full, with every passage behind it."""

from __future__ import annotations

import datetime as dt

import click

from communique.cli.debug import debug_option
from communique.cli.records import print_full
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique show e17
  communique show a5 --as-at 2024-06-30
  communique show d8 --format json
"""
DAY = click.DateTime(["%Y-%m-%d"])


@click.command(epilog=EPILOG)
@click.argument("code", metavar="ID")
@click.option("--as-at", type=DAY, metavar="DATE", help="Posts, and silence, as at this day.")
@click.option("--format", "format_name", type=click.Choice(("table", "json")), default="table", show_default=True)
@register_option
@debug_option
def show(code: str, as_at: dt.datetime | None, format_name: str, address: str | None) -> None:
    """Shows a record in full: what is concluded, which reports say so in which words, and how it came about.

    ID is that of an engagement (e17), an actor (a5), a mechanism (m3), a commitment (c12) or a document (d8). A record
    that was merged into another leads there.
    """
    from communique.register import open_register

    open_register(address)
    from communique.register.store.records import describe

    print_full(describe(code, as_at.date() if as_at else None), format_name)
