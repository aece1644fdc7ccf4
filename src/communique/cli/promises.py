"""``communique mechanism`` and ``communique commitments``: what was set up and promised, and what became of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from communique.cli.debug import debug_option
from communique.cli.records import MOST_SHOWN, list_format_option, print_full, print_list
from communique.cli.register_option import register_option
from communique.cli.show import DAY

Command = TypeVar("Command", bound=Callable[..., Any])
MECHANISM_EPILOG = """\b
Examples:
  communique mechanism joint force
  communique mechanism m3
  communique mechanism --who "Ghana Navy" --stale 180d
"""
COMMITMENTS_EPILOG = """\b
Examples:
  communique commitments --open --stale 180d
  communique commitments training --who "Ana Duarte" --as-at 2025-01-01
"""


# Steps of a mechanism that a list shows, the last ones.
SHOWN = 8


class Days(click.ParamType[int]):
    """A number of days: 180d, or 180."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Reads it."""
        match = re.fullmatch(r"(\d{1,6})d?", str(value).strip().lower())
        if match is None:
            self.fail(f"{value!r} is no number of days. Write 180d.", param, ctx)
        return int(match[1])


def _options(command: Command) -> Command:
    """The options that mechanisms and commitments share."""
    for option in (
        click.option(
            "--limit",
            type=click.IntRange(min=1, max=MOST_SHOWN),
            default=50,
            show_default=True,
            help="At most so many.",
        ),
        click.option("--as-at", type=DAY, metavar="DATE", help="Look from this day.  [default: today]"),
        click.option("--stale", type=Days(), metavar="DAYS", help="Nothing was heard of it for so long (180d)."),
        click.option("--open", "is_open", is_flag=True, help="It did not end."),
        click.option("--who", multiple=True, metavar="ID-or-NAME", help="A party."),
    ):
        command = option(command)
    return command


@click.command(epilog=MECHANISM_EPILOG)
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--status", "state", multiple=True, metavar="STATUS", help="operating, suspended …")
@_options
@list_format_option
@register_option
@debug_option
def mechanism(words: tuple[str, ...], format_name: str, address: str | None, **given: Any) -> None:
    """Finds joint forces, committees, programmes and agreements, and shows one in full by its id."""
    from communique.register import open_register

    register = open_register(address)
    if len(words) == 1 and re.fullmatch(r"m\d+", words[0].lower()):
        as_at: dt.datetime | None = given["as_at"]
        record = register.show(words[0], as_at=as_at.date() if as_at else None)
        print_full(record, "table" if format_name == "table" else "json")
        return
    print_list(register.mechanisms(" ".join(words), **_plain(given)), format_name, _mechanism_line)


@click.command(epilog=COMMITMENTS_EPILOG)
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--act", "state", multiple=True, metavar="ACT", help="agreed, pledged, announced, signed, called_for.")
@_options
@list_format_option
@register_option
@debug_option
def commitments(words: tuple[str, ...], format_name: str, address: str | None, **given: Any) -> None:
    """Finds what was agreed, pledged, announced, signed or called for, and what was heard of it since."""
    from communique.register import open_register

    register = open_register(address)
    print_list(register.commitments(" ".join(words), **_plain(given)), format_name, _commitment_line)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the register takes them."""
    return {
        "who": given["who"],
        "state": given["state"],
        "is_open": given["is_open"],
        "stale_days": given["stale"],
        "as_at": given["as_at"].date() if given["as_at"] else None,
        "limit": given["limit"],
    }


def _mechanism_line(record: Mapping[str, Any]) -> str:
    parties = ", ".join(party["name"] for party in record["parties"]) or "no party named"
    lines = [f"{record['id']:<7} {record['name']}: {record['status']}  [{parties}; {_heard(record)}]"]
    steps = record["steps"]
    if len(steps) > SHOWN:
        lines.append(f"        {len(steps) - SHOWN} earlier steps: communique mechanism {record['id']}")
    lines += [f"        {s['day'] or 'undated':<10}  {s['status']}: “{s['quote']}”" for s in steps[-SHOWN:]]
    return "\n".join(lines)


def _commitment_line(record: Mapping[str, Any]) -> str:
    parties = ", ".join(party["name"] for party in record["parties"]) or "nobody named"
    day = record["day"] or "undated"
    return f"{record['id']:<7} {day:<10}  {parties} {record['act']}: {record['what']}  [{_heard(record)}]"


def _heard(record: Mapping[str, Any]) -> str:
    if record["last_day"] is None:
        return "no day known"
    silent = f", {record['silent_days']} days ago" if record["silent_days"] is not None else ""
    return f"last heard of {record['last_day']}{silent}"
