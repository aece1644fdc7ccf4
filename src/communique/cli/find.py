"""``communique find``: looks engagements up in a register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from communique.cli.debug import debug_option
from communique.cli.filters import filter_options, parse_filters
from communique.cli.records import MOST_SHOWN, list_format_option, print_list
from communique.cli.register_option import register_option

# Beyond, one narrows the search: to count all that fit would take longer than to find the first.
MOST_COUNTED = 10_000
EPILOG = """\b
Examples:
  communique find --who "Ana Duarte" --with "Piet Maas" --since 2025-01
  communique find '"border security" -maritime' --country LY --kind meeting
  communique find harbour patrol --min-sources 2 --format csv > found.csv
"""


@click.command(epilog=EPILOG)
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=1, max=MOST_SHOWN),
    default=50,
    show_default=True,
    metavar="N",
    help="At most so many.",
)
@list_format_option
@register_option
@debug_option
def find(words: tuple[str, ...], limit: int, format_name: str, address: str | None, **given: Any) -> None:
    """Finds engagements: who met whom, when, where and on what.

    WORDS are looked for in the passages and fields, as with --text. Values of one filter, repeated, are alternatives;
    different filters must all hold.
    """
    from communique.register import open_register

    open_register(address)
    from communique.register.store.finding import count_up_to, find_engagements
    from communique.register.store.records import describe_engagement

    given["text"] = " ".join(filter(None, (given["text"], *words)))
    rows = find_engagements(parse_filters(given))
    shown = (describe_engagement(row) for row in rows.prefetch_related("participants__actor")[:limit])
    if print_list(shown, format_name, _line) == limit and format_name == "table":
        count = count_up_to(rows, max(MOST_COUNTED, limit))
        if count > limit:
            all_of_them = f"more than {count - 1:,}" if count > MOST_COUNTED else f"{count:,}"
            click.echo(f"The first {limit} of {all_of_them}. See more with --limit.", err=True)


def _line(record: Mapping[str, Any]) -> str:
    sources = record["independent_sources"]
    marks = [f"{sources} source{'s' if sources != 1 else ''}", *(["conflict"] if record["conflict"] else [])]
    marks += [f"{record['confidence']:.2f}", record["review"]]
    return f"{record['id']:<7} {record['summary']}  [{', '.join(marks)}]"
