"""``communique judge``: what people decide about records of a register, and how it is taken back."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

Command = TypeVar("Command", bound=Callable[..., Any])
EPILOG = """\b
Examples:
  communique judge accept e17
  communique judge correct e17 date 2025-05-14 --note "the ministry's own page"
  communique judge merge a5 a9
  communique judge split e17 --claim 3f2a…/e1
  communique judge undo j3
"""


@click.group(epilog=EPILOG)
def judge() -> None:
    """Accepts, corrects, rejects, merges and parts records; every decision is kept, and can be undone."""


def _decision_options(command: Command) -> Command:
    for option in (
        debug_option,
        register_option,
        click.option("--by", metavar="NAME", help="Who decides.  [default: your name on this machine]"),
        click.option("--note", default="", metavar="WORDS", help="Why."),
        click.option("--version", type=int, metavar="N", help="Decide only if the record still has this version."),
    ):
        command = option(command)
    return command


@judge.command()
@click.argument("code", metavar="ID")
@_decision_options
def accept(code: str, **given: Any) -> None:
    """Says that a record is right."""
    _judge("accept", code, given)


@judge.command()
@click.argument("code", metavar="ID")
@_decision_options
def reject(code: str, **given: Any) -> None:
    """Says that what was taken for this record is none: it is retracted."""
    _judge("reject", code, given)


@judge.command()
@click.argument("code", metavar="ID")
@click.argument("field")
@click.argument("value")
@_decision_options
def correct(code: str, field: str, value: str, **given: Any) -> None:
    """Puts a value in place of what was concluded.

    VALUE is words, or JSON where a field is a list: topics '["border_security"]', sides '[[5], [9, 12]]', or null.
    """
    _judge("correct", code, given, field=field, value=_value(value))


@judge.command()
@click.argument("code", metavar="ID")
@click.argument("other", metavar="OTHER-ID")
@_decision_options
def merge(code: str, other: str, **given: Any) -> None:
    """Says that two records are one: they go on under the older number."""
    _judge("merge", code, given, other=other)


@judge.command(name="apart")
@click.argument("code", metavar="ID")
@click.argument("other", metavar="OTHER-ID")
@_decision_options
def keep_apart(code: str, other: str, **given: Any) -> None:
    """Says that two records are not the same."""
    _judge("apart", code, given, other=other)


@judge.command()
@click.argument("code", metavar="ID")
@click.option("--claim", "claims", multiple=True, required=True, metavar="KEY", help="As communique show has them.")
@_decision_options
def split(code: str, claims: tuple[str, ...], **given: Any) -> None:
    """Parts claims from the record that holds them."""
    _judge("split", code, given, claims=claims)


@judge.command()
@click.argument("code", metavar="JUDGEMENT-ID")
@click.option("--by", metavar="NAME", help="Who takes it back.  [default: your name on this machine]")
@register_option
@debug_option
def undo(code: str, by: str | None, address: str | None) -> None:
    """Takes a decision back, with all that were made together with it."""
    from communique.register import open_register

    open_register(address).undo(code, by=by or getpass.getuser())
    click.echo(f"{code} is undone.", err=True)


def _judge(action: str, code: str, given: dict[str, Any], **more: Any) -> None:
    from communique.register import open_register

    register = open_register(given.pop("address"))
    by = given.pop("by") or getpass.getuser()
    number = register.judge(action, code, by=by, **given, **more)
    click.echo(f"{number}: {action} {code}. Take it back with: communique judge undo {number}", err=True)


def _value(given: str) -> Any:
    """JSON lists and null; all else are words."""
    if given == "null" or given.startswith("["):
        try:
            return json.loads(given)
        except ValueError:
            raise click.UsageError(f"{given!r} is no JSON.") from None
    return given
