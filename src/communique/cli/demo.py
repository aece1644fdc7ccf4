"""``communique demo``: what it does, shown on the packaged examples."""

from __future__ import annotations

import time
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.debug import debug_option
from communique.cli.output import open_output
from communique.cli.progress import Bar
from communique.cli.read import layout_of, list_failures, successes

if TYPE_CHECKING:
    from communique.engine import Failure

EPILOG = """\b
Example:
  communique demo
"""


@click.command(epilog=EPILOG)
@debug_option
def demo() -> None:
    """Reads the packaged examples and shows what is in them.

    The reports are made up around well-known public events. It takes a few seconds, and asks for nothing.
    """
    from communique.engine import read_sources
    from communique.examples import reports
    from communique.formats.overview import render_overview

    began = time.perf_counter()
    failures: list[Failure] = []
    with ExitStack() as files:
        paths = [files.enter_context(as_file(report)) for report in reports()]
        pairs = list(successes(Bar().follow(read_sources(paths), lambda: len(paths)), failures))
    seconds = time.perf_counter() - began
    with open_output(None) as write:
        write(render_overview(pairs, layout_of(None)))
        write(_next_steps(paths, seconds))
    if failures:
        list_failures(failures)
        click.get_current_context().exit(1)


def _next_steps(paths: list[Path], seconds: float) -> str:
    page = next((path for path in paths if path.suffix == ".html"), paths[0])
    return (
        f"Read in {seconds:.1f} seconds, most of them spent on loading the language model. Now try:\n"
        f"  communique read {_shown(page)} --output readout.html\n"
        "      then open readout.html: the report with every passage marked, the facts beside it\n"
        f"  communique read {_shown(page.parent)} --format jsonl > readouts.jsonl\n"
        "      for programs: one document a line, as docs/readout.md explains\n"
        "  communique read YOUR-REPORTS/\n"
        "      text files and saved web pages of your own\n"
    )


def _shown(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
