"""``communique demo``: a register of the packaged examples, and what is in it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.debug import debug_option
from communique.cli.progress import Bar
from communique.cli.read import layout_of, list_failures

if TYPE_CHECKING:
    from communique.engine import Failure

EPILOG = """\b
Examples:
  communique demo
  communique demo --register try.db
"""


@click.command(epilog=EPILOG)
@click.option(
    "--register",
    "address",
    metavar="PATH-or-URL",
    help="Where to build the register.  [default: communique-demo.db in your data folder]",
)
@debug_option
def demo(address: str | None) -> None:
    """Builds a register from the packaged examples, and shows what is in it.

    The reports are made up around well-known public events. It takes some seconds, and asks for nothing. Run again, it
    adds nothing twice.
    """
    from communique.examples import reports
    from communique.register import open_register

    began = time.perf_counter()
    register = open_register(address or _default_path(), create=True)
    from communique.cli.overview import render_register
    from communique.engine import Failure as FailureRecord
    from communique.register.store.adding import AddOptions, add_sources

    with ExitStack() as files:
        paths = [files.enter_context(as_file(report)) for report in reports()]
        outcomes = Bar().follow(add_sources(paths, AddOptions(author="demo")), lambda: len(paths))
        failures: list[Failure] = [outcome for outcome in outcomes if isinstance(outcome, FailureRecord)]
    seconds = time.perf_counter() - began
    click.echo(render_register(layout_of(None)), nl=False)
    click.echo(_next_steps(str(register.address), paths, seconds), nl=False)
    if failures:
        list_failures(failures)
        click.get_current_context().exit(1)


def _default_path() -> Path:
    from communique.register.address import default_path

    return default_path().with_name("communique-demo.db")


def _next_steps(register: str, paths: list[Path], seconds: float) -> str:
    page = next((path for path in paths if path.suffix == ".html"), paths[0])
    return (
        f"Done in {seconds:.1f} seconds. Now try:\n"
        f"  communique find --text 'border OR training' --register {register}\n"
        "      engagements by words, people, places, days and topics\n"
        f"  communique read {_shown(page)} --output readout.html\n"
        "      then open readout.html: one report with every passage marked, the facts beside it\n"
        "  communique add YOUR-REPORTS/\n"
        "      text files and saved web pages of your own, into a register of your own\n"
    )


def _shown(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
