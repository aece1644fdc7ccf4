"""``communique check``: proves that a register is whole."""

from __future__ import annotations

import click

from communique.cli.debug import debug_option
from communique.cli.progress import Bar
from communique.cli.register_option import register_option

EPILOG = """\b
Example:
  communique check --register libya.db

\b
Exit status: 0 everything holds, 1 something does not (it is listed).
"""


@click.command(epilog=EPILOG)
@register_option
@debug_option
def check(address: str | None) -> None:
    """Proves that every evidence stands at its offsets, and that everything hangs together.

    Each archived original is compared with its digest, each quotation with the text it was taken from, and the
    conclusions with the claims behind them.
    """
    from communique.register import open_register

    open_register(address)
    from communique.register import models as tables
    from communique.register.store.checking import check_conclusions, check_document

    rows = tables.Document.objects.select_related("content").order_by("pk")
    problems = 0
    for document in Bar().follow(rows.iterator(chunk_size=100), rows.count):
        for problem in check_document(document):
            problems += 1
            click.echo(f"{problem.record}: {problem.message}")
    for problem in check_conclusions():
        problems += 1
        click.echo(f"{problem.record}: {problem.message}")
    if problems:
        click.echo(f"{problems} problems.", err=True)
        click.get_current_context().exit(1)
    click.echo(f"{rows.count()} documents checked: everything holds.")
