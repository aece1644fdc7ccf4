"""``communique actor``: somebody by name, with the posts they hold or held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import click

from communique.cli.debug import debug_option
from communique.cli.records import list_format_option, print_list
from communique.cli.register_option import register_option
from communique.cli.show import DAY

EPILOG = """\b
Examples:
  communique actor "Ana Duarte"
  communique actor Duarte --as-at 2024-06-30
"""


@click.command(epilog=EPILOG)
@click.argument("name", metavar="NAME")
@click.option("--as-at", type=DAY, metavar="DATE", help="Only posts that reports show on this day.")
@list_format_option
@register_option
@debug_option
def actor(name: str, as_at: dt.datetime | None, format_name: str, address: str | None) -> None:
    """Finds people, organizations and countries of a name, in whatever spelling, with the posts they hold or held.

    Days are those on which reports show somebody in a post, never the term in office. See all of one with communique
    show.
    """
    from communique.register import open_register

    register = open_register(address)
    print_list(register.actors(name, as_at=as_at.date() if as_at else None), format_name, _line)


def _line(record: Mapping[str, Any]) -> str:
    """Name and other spellings, and a line for each post."""
    names = f" ({', '.join(record['aliases'][:4])})" if record["aliases"] else ""
    lines = [f"{record['id']:<7} {record['name']}{names}  [{record['type']}, {record['documents']} documents]"]
    for post in record["posts"]:
        organization = f", {post['organization']}" if post["organization"] else ""
        flags = f"  ({', '.join(post['flags'])})" if post["flags"] else ""
        lines.append(f"        {post['first_seen']} – {post['last_seen']}  {post['title']}{organization}{flags}")
    return "\n".join(lines)
