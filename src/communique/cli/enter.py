"""``communique enter``: an engagement, commitment or mechanism written by hand."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from typing import Any

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option
from communique.cli.show import DAY
from communique.model.vocabulary import (
    COMMITMENT_ACTS,
    ENGAGEMENT_KINDS,
    ENGAGEMENT_STATUSES,
    MECHANISM_KINDS,
    MECHANISM_STATUSES,
    TOPICS,
)

EPILOG = """\b
Examples:
  communique enter --kind meeting --date 2025-05-14 --place Lisbon --country PT
    --side "Ana Duarte | Defence Minister | Portugal" --side "Piet Maas; (Volta Coast Watch)"
    --promise "train divers" --note "Told by the attaché on the phone."
  communique enter --side "(Ghana Navy)" --side "(Togo Navy)" --mechanism "joint patrol" --state operating
    --document minutes.pdf
"""


@click.command(epilog=EPILOG)
@click.option("--kind", type=click.Choice(ENGAGEMENT_KINDS), default="meeting", show_default=True)
@click.option("--status", type=click.Choice(ENGAGEMENT_STATUSES), default="held", show_default=True)
@click.option("--date", "day", type=DAY, metavar="DATE", help="When.")
@click.option("--place", default="", metavar="NAME", help="Where.")
@click.option("--country", metavar="CODE-or-NAME", help="The place's country (LY).")
@click.option(
    "--side",
    "sides",
    multiple=True,
    required=True,
    metavar="NAMES",
    help="Who took part, parted by semicolons; a post after |; (bodies) in brackets. Once a side.",
)
@click.option("--topic", "topics", multiple=True, type=click.Choice(TOPICS), metavar="TOPIC", help="What about.")
@click.option("--promise", default="", metavar="WORDS", help="What was agreed, pledged, signed …")
@click.option("--act", type=click.Choice(COMMITMENT_ACTS), default="agreed", show_default=True, help="Of the promise.")
@click.option("--mechanism", default="", metavar="NAME", help="What was set up or used.")
@click.option("--mechanism-kind", type=click.Choice(MECHANISM_KINDS), default="other", show_default=True)
@click.option("--state", type=click.Choice(MECHANISM_STATUSES), default="agreed", show_default=True)
@click.option("--note", default="", metavar="WORDS", help="How you know.")
@click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A document that says so: its text is kept as the source.",
)
@register_option
@debug_option
def enter(
    sides: tuple[str, ...], day: dt.datetime | None, note: str, document: Path | None, address: str | None, **given: Any
) -> None:
    """Enters an engagement by hand, with what was promised or set up at it.

    Your words, or a document, are kept as its source.
    """
    from communique.register import open_register

    if not note.strip() and document is None:
        raise click.UsageError("Say how you know: --note WORDS, or --document FILE.")
    register = open_register(address)
    words = "\n\n".join(filter(None, (note, _text(document) if document else "")))
    parted = tuple(tuple(name.strip() for name in side.split(";") if name.strip()) for side in sides)
    click.echo(
        register.enter(sides=parted, words=words, by=getpass.getuser(), day=day.date() if day else None, **given)
    )


def _text(document: Path) -> str:
    from communique.pages import open_document

    return f"{document.name}:\n\n{open_document(document).text}"
