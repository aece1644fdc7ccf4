"""``communique read``: reports in, readouts out."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.columns import column_option
from communique.cli.debug import debug_option, is_debugging
from communique.cli.llm import ServedModel, llm_options
from communique.cli.output import open_output
from communique.cli.progress import Bar

if TYPE_CHECKING:
    from communique.engine import Failure, Outcome
    from communique.formats import Layout, Pair

# Written out here, since the formats themselves are loaded only when they are needed; a test compares the lists.
FORMATS = ("table", "json", "jsonl", "markdown", "html")
ENDINGS = {".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".html": "html", ".htm": "html", ".txt": "table"}
EPILOG = """\b
Examples:
  communique read page.html
  communique read reports/ 'archive/2025-*.html' --format jsonl > readouts.jsonl
  communique read page.html --output readout.html
  communique read report.pdf page.mhtml crawl.warc.gz
  communique read dump.csv --column text=body --column published=date
  communique read report.txt --published 2025-05-14
  communique read https://news.example/report --format markdown
  communique read page.html --reader llm --endpoint http://127.0.0.1:8080/v1 --model NAME

\b
Exit status: 0 all were read, 1 some were not (they are listed on standard
error, the others are printed), 2 the command was not understood.
"""


@click.command(epilog=EPILOG, no_args_is_help=True)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCES…")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="How to print.  [default: by the ending of --output; else table on a terminal, jsonl elsewhere]",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to this file.")
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
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes.")
@llm_options
@debug_option
def read(  # noqa: PLR0913, PLR0917 - click hands over one parameter an option
    sources: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    published: dt.datetime | None,
    lexicon: Path | None,
    columns: tuple[tuple[str, str], ...],
    jobs: int,
    served: ServedModel,
) -> None:
    """Reads reports: who met whom, when, where, on what, and what was agreed.

    SOURCES are files (text, saved web pages, MHTML, mail, DOCX, PDF), archives of them (zip, tar, WARC, WACZ), tables
    (JSON lines, CSV, Parquet), folders (searched through), patterns in quotation marks, web addresses (fetched, if they
    are public), or "-" for standard input. Each document gives one readout, in the order given.
    """
    from communique.engine import ReadOptions, SourceOptions, count
    from communique.formats import find_format

    options = ReadOptions(
        published=published.date() if published else None,
        lexicon=lexicon,
        jobs=jobs,
        sources=SourceOptions(columns=columns),
        llm=served.options,
    )
    name = format_name or _default_format(output)
    bar, failures = Bar(), list["Failure"]()
    outcomes = bar.follow(served.read(sources, options), lambda: count(sources))
    with served.accounted(), open_output(output, is_paid=served.options is not None) as write:
        for piece in find_format(name)(successes(outcomes, failures), layout_of(output)):
            with bar.hidden():
                write(piece)
    if failures:
        list_failures(failures)
        click.get_current_context().exit(1)


def list_failures(failures: list[Failure]) -> None:
    """Says on standard error which documents could not be read, and why."""
    noun = "document" if len(failures) == 1 else "documents"
    click.echo(f"{len(failures)} {noun} could not be read:", err=True)
    for failure in failures:
        click.echo(f"  {failure}", err=True)
        if is_debugging():
            click.echo(failure.traceback, err=True, nl=False)


def successes(outcomes: Iterable[Outcome], failures: list[Failure]) -> Iterator[Pair]:
    """Documents with their readouts; the failures among the outcomes are put aside."""
    from communique.engine import Success

    for outcome in outcomes:
        if isinstance(outcome, Success):
            yield outcome.document, outcome.readout
        else:
            failures.append(outcome)


def _default_format(output: Path | None) -> str:
    if output is not None:
        return ENDINGS.get(output.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def layout_of(output: Path | None) -> Layout:
    """The paper to write on: the terminal, in colour where that is wanted, or a file."""
    from communique.formats import Layout

    is_terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns
    return Layout(width=width, has_colour=is_terminal and "NO_COLOR" not in os.environ)
