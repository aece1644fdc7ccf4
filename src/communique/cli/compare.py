"""``communique compare``: the readouts of two readers, or of two versions, held against one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.debug import debug_option
from communique.cli.output import open_output

if TYPE_CHECKING:
    from communique.evaluation.comparison import Comparison

EPILOG = """\b
Examples:
  communique compare local.jsonl llm.jsonl
  communique compare old.jsonl new.jsonl --details
  communique compare local.jsonl llm.jsonl --format html --output differences.html
"""
READOUTS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog=EPILOG, no_args_is_help=True)
@click.argument("a", type=READOUTS, metavar="A")
@click.argument("b", type=READOUTS, metavar="B")
@click.option("--details", is_flag=True, help="In the table: list what differs, document by document.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("table", "json", "html")),
    default="table",
    show_default=True,
    help="How to print.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to this file.")
@debug_option
def compare(a: Path, b: Path, details: bool, format_name: str, output: Path | None) -> None:
    """Says where two files of readouts agree.

    A and B are files that "communique read --format jsonl" wrote. Documents are paired by their bytes and file name.
    Neither is taken for the truth: agreement is measured by the scorer of "evaluate", with A in the place of gold.
    """
    from communique.evaluation import load_readouts
    from communique.evaluation.comparison import compare as compare_readouts

    comparison = compare_readouts(load_readouts(a), load_readouts(b))
    if not comparison.entries:
        raise click.UsageError(f"{a} and {b} have no document in common.")
    with open_output(output) as write:
        for piece in _render(comparison, format_name, details):
            write(piece)


def _render(comparison: Comparison, format_name: str, details: bool) -> Iterator[str]:
    from communique.evaluation.comparison import (
        COMPARISON_WORDING,
        comparison_to_dict,
        render_comparison,
        render_differences,
    )
    from communique.evaluation.report import to_json
    from communique.evaluation.side_by_side import render_page

    if format_name == "json":
        yield f"{to_json(comparison_to_dict(comparison))}\n"
        return
    figures = render_comparison(comparison)
    if format_name == "html":
        yield from render_page(comparison.entries, COMPARISON_WORDING, figures)
        return
    yield f"{figures}\n"
    if details and (differences := render_differences(comparison.entries, COMPARISON_WORDING)):
        yield f"\n{differences}\n"
