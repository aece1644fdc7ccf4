"""``communique add``: reads reports and keeps them in a register."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.columns import column_option
from communique.cli.debug import debug_option
from communique.cli.progress import Bar
from communique.cli.read import list_failures
from communique.cli.register_option import register_option

if TYPE_CHECKING:
    from communique.engine import Failure, Outcome

EPILOG = """\b
Examples:
  communique add reports/
  communique add page.html 'archive/2025-*.html' --register libya.db --jobs 2
  communique add --readouts batch-output/ --register libya.db

\b
Exit status: 0 all were kept, 1 some could not be read (they are listed, and
kept as failures: communique status), 2 the command was not understood.
"""


@click.command(epilog=EPILOG, no_args_is_help=True)
@click.argument("sources", nargs=-1, metavar="SOURCES…")
@click.option(
    "--readouts",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE-or-DIR",
    help="Readouts that were made elsewhere: JSON lines, or the output of communique batch.",
)
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of publication (2025-05-14), where you know it better than the pages show it.",
)
@click.option(
    "--lexicon",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder with language knowledge of your own, laid over the packaged one.",
)
@column_option
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Reading processes."
)
@register_option
@debug_option
def add(  # noqa: PLR0913, PLR0917 - click hands over one parameter an option
    sources: tuple[str, ...],
    readouts: tuple[Path, ...],
    published: dt.datetime | None,
    lexicon: Path | None,
    columns: tuple[tuple[str, str], ...],
    jobs: int,
    address: str | None,
) -> None:
    """Reads reports, and keeps what they say in a register.

    SOURCES are what communique read takes: files, folders, patterns, archives, addresses. A document is kept once,
    whatever it is called; to add it again changes nothing, unless it is read by a newer reader. The addition can be
    interrupted at any moment: run it again, and it goes on.
    """
    from communique.engine import ReadOptions, SourceOptions, count
    from communique.register import open_register

    if not sources and not readouts:
        raise click.UsageError("Name sources to read, or readouts with --readouts.")
    open_register(address, create=True)
    from communique.register.store.adding import AddOptions, add_sources
    from communique.register.store.delivered import add_readouts, count_readouts

    author = getpass.getuser()
    read = ReadOptions(
        published=published.date() if published else None,
        lexicon=lexicon,
        jobs=jobs,
        sources=SourceOptions(columns=columns),
    )
    failures: list[Failure] = []
    if sources:
        options = AddOptions(read=read, author=author)
        failures += _add("document", Bar().follow(add_sources(sources, options), lambda: count(sources)))
    if readouts:
        given = add_readouts(readouts, author=author)
        failures += _add("readout", Bar().follow(given, lambda: count_readouts(readouts), label="Keeping readouts"))
    if failures:
        list_failures(failures)
        click.get_current_context().exit(1)


def _add(what: str, outcomes: Iterable[Outcome]) -> list[Failure]:
    """Works through the outcomes, and says what came of them; gives the failures."""
    from communique.engine import Failure as FailureRecord

    before, total = _documents(), 0
    failures: list[Failure] = []
    for outcome in outcomes:
        total += 1
        if isinstance(outcome, FailureRecord):
            failures.append(outcome)
    new = _documents() - before
    known = max(total - new - len(failures), 0)  # others may add meanwhile
    things = what if total == 1 else f"{what}s"
    click.echo(f"{total} {things}: {new} new, {known} known already, {len(failures)} not readable.", err=True)
    return failures


def _documents() -> int:
    from communique.register import models as tables

    return tables.Document.objects.count()
