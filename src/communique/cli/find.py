"""``communique find``: looks engagements up in a register."""

from __future__ import annotations

import json
from typing import Any

import click

from communique.cli.debug import debug_option
from communique.cli.filters import filter_options, parse_filters
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique find --actor "Ana Duarte" --since 2025-01-01
  communique find --text '"border security" -maritime' --country LY --kind meeting
  communique find --conflict --format jsonl
"""


@click.command(epilog=EPILOG)
@filter_options
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="At most so many."
)
@click.option("--format", "format_name", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@register_option
@debug_option
def find(limit: int, format_name: str, address: str | None, **given: Any) -> None:
    """Finds engagements: who met whom, when, where and on what.

    Values of one filter, repeated, are alternatives; different filters must all hold.
    """
    from communique.register import open_register

    open_register(address)
    from communique.register.store.finding import find_engagements

    rows = find_engagements(parse_filters(given))
    shown = list(rows.prefetch_related("participants__actor")[:limit])
    for row in shown:
        if format_name == "jsonl":
            click.echo(json.dumps(_plain(row), ensure_ascii=False))
        else:
            sources = f"{row.independent_sources} source{'s' if row.independent_sources != 1 else ''}"
            marks = f"{sources}{', conflict' if row.has_conflict else ''}, {row.confidence:.2f}, {row.review}"
            click.echo(f"{row.code:<7} {row.summary}  [{marks}]")
    if len(shown) == limit and format_name == "table":
        click.echo(f"The first {limit} of {rows.count()}. See more with --limit.", err=True)


def _plain(row: Any) -> dict[str, Any]:
    return {
        "id": row.code,
        "kind": row.kind,
        "status": row.status,
        "date": row.date_start.isoformat() if row.date_start else None,
        "precision": row.precision,
        "place": row.place,
        "country": row.country,
        "topics": row.topics,
        "summary": row.summary,
        "participants": [
            {"id": p.actor.code, "name": p.actor.name, "side": p.side, "lead": p.is_lead}
            for p in row.participants.all()
        ],
        "independent_sources": row.independent_sources,
        "conflict": row.has_conflict,
        "confidence": row.confidence,
        "review": row.review,
    }
