"""``communique init``: makes a register, or brings one up to date."""

from __future__ import annotations

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique init
  communique init --register libya.db
  communique init --register postgresql://desk@localhost/communique
"""


@click.command(epilog=EPILOG)
@register_option
@debug_option
def init(address: str | None) -> None:
    """Makes a register, or brings the tables of an older one up to date.

    It is safe to run again: what is there stays.
    """
    from communique.register import open_register

    register = open_register(address, create=True)
    click.echo(f"The register {register.address} is ready. Add reports: communique add REPORTS…")
