"""``communique brief``: what a register has on a selection of engagements, as a document with notes."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from communique.cli.debug import debug_option
from communique.cli.filters import filter_options_without, parse_filters
from communique.cli.output import write_whole
from communique.cli.register_option import register_option

FORMATS = ("markdown", "html", "docx", "pdf")
BINARY = ("docx", "pdf")
ENDINGS = {"": "markdown", ".md": "markdown", ".markdown": "markdown", ".txt": "markdown", ".html": "html",
           ".htm": "html", ".docx": "docx", ".pdf": "pdf"}  # fmt: skip
Command = TypeVar("Command", bound=Callable[..., Any])

EPILOG = """\b
Examples:
  communique brief --title "Border talks" --topic border_security --format pdf --output talks.pdf
  communique brief --title "Libya in 2025" --country LY --since 2025-01-01 --as-at 2025-12-31
"""


def setting_options(command: Command) -> Command:
    """Adds the options of how and where a document is written."""
    command = click.option(
        "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where to."
    )(command)
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(FORMATS),
        help="How it is set.  [default: as the file's name ends, else markdown]",
    )(command)


@click.command(epilog=EPILOG)
@click.option("--title", metavar="WORDS", help='Title of the brief.  [default: "Brief as at" and the day]')
@filter_options_without("sort")
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Holds as at this day: later reports are left out, silences counted up to it.  [default: today]",
)
@setting_options
@register_option
@debug_option
def brief(
    title: str | None,
    as_at: dt.datetime | None,
    format_name: str | None,
    output: Path | None,
    address: str | None,
    **given: Any,
) -> None:
    """Writes a brief: summary, chronology, people and posts, commitments, mechanisms, disagreements.

    Every sentence is made from records of the register, and has a note that quotes the reports. The same register and
    options give the same document, to the byte.
    """
    from communique.register import open_register
    from communique.register.opening import refuse_own_file

    if title is not None and not title.strip():
        raise click.UsageError("The title is empty. Leave --title out, or give it words: --title WORDS")
    format_name = choose_format(format_name, output)
    open_register(address)
    if output is not None:
        refuse_own_file(output)
    from communique.exchange.briefs import BriefOptions, build_brief, write_brief

    options = BriefOptions(title=title or "", filters=parse_filters(given), as_at=day_of(as_at))
    write_whole(output, write_brief(build_brief(options), format_name))


def choose_format(format_name: str | None, output: Path | None) -> str:
    """The format that was asked for, else that of the file's ending, else Markdown.

    Raises:
        click.UsageError: If no format has this ending, or bytes would be poured over a terminal.
    """
    ending = output.suffix.lower() if output else ""
    if format_name is None and ending not in ENDINGS:
        raise click.UsageError(f"No format is known by {ending!r}. Name one: --format {' or '.join(FORMATS)}")
    chosen = format_name or ENDINGS[ending]
    if chosen in BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"A {chosen} cannot be shown here. Name a file: --output FILE")
    return chosen


def day_of(given: dt.datetime | None) -> dt.date:
    """The day that was given, else today."""
    return given.date() if given else dt.datetime.now(dt.UTC).date()
