"""``communique distil``: readouts of a served model, made into gold that the local reader can be trained on."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.debug import debug_option

EPILOG = """\b
Examples:
  communique read reports/ --reader llm --output llm.jsonl
  communique distil llm.jsonl --documents reports/ --output distilled
  COMMUNIQUE_EXTRA_GOLD=distilled make train
"""


@click.command(epilog=EPILOG, no_args_is_help=True)
@click.argument("readouts", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="READOUTS")
@click.option(
    "--documents",
    multiple=True,
    required=True,
    metavar="SOURCES",
    help="Files, folders or patterns with the reports; may be given several times.",
)
@click.option(
    "--output", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="A new folder."
)
@click.option(
    "--most-dropped",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    metavar="SHARE",
    help="Leave out reports of which more than this share of what the model gave was dropped.",
)
@debug_option
def distil(readouts: Path, documents: tuple[str, ...], output: Path, most_dropped: float) -> None:
    """Makes gold for training of what a served model has read.

    READOUTS is a file that "communique read --reader llm --format jsonl" wrote. Reports are found by the digest of
    their bytes. Each one that may be learned from becomes NN.txt with NN.json; provenance.jsonl says where all come
    from, and why some were left out.
    """
    from communique.evaluation import distillation

    if output.exists() and any(output.iterdir()):
        raise click.BadParameter(f"{str(output)!r} is not empty.", param_hint="--output")
    files = distillation.find_documents(documents)
    lessons = distillation.distil(distillation.open_readouts(readouts), files, most_dropped=most_dropped)
    taken, left = distillation.write_lessons(lessons, output)
    click.echo(f"{taken} reports written to {output}, {len(left)} left out. Nobody has checked them.", err=True)
    for lesson in left:
        click.echo(f"  {lesson.readout.document.uri}: {lesson.reason}", err=True)
