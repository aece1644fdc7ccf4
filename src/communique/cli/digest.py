"""``communique digest``: what changed in a register between two days, by country and topic."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from communique.cli.brief import choose_format, day_of, setting_options
from communique.cli.debug import debug_option
from communique.cli.filters import filter_options_without, parse_filters
from communique.cli.output import write_whole
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique digest --since 2025-05-01
  communique digest --since 2025-05-01 --until 2025-05-31 --country LY --format html --output may.html
"""


@click.command(epilog=EPILOG)
@click.option(
    "--since", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Changed from this day on."
)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Changed up to this day.  [default: today]"
)
@click.option("--title", default="", metavar="WORDS", help="Title of the digest.")
@filter_options_without("since", "until", "sort", "changed-since")
@setting_options
@register_option
@debug_option
def digest(  # noqa: PLR0913, PLR0917 - click hands over one parameter an option
    since: dt.datetime,
    until: dt.datetime | None,
    title: str,
    format_name: str | None,
    output: Path | None,
    address: str | None,
    **given: Any,
) -> None:
    """Writes a digest: which engagements, commitments and mechanisms are new or changed, each with its reports."""
    from communique.register import open_register
    from communique.register.opening import refuse_own_file

    format_name = choose_format(format_name, output)
    open_register(address)
    if output is not None:
        refuse_own_file(output)
    from communique.exchange.briefs import DigestOptions, build_digest, write_brief

    options = DigestOptions(since=since.date(), until=day_of(until), filters=parse_filters(given), title=title)
    write_whole(output, write_brief(build_digest(options), format_name))
