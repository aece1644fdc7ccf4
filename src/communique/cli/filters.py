"""The filters for engagements as options: the same for find, export, brief and watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from communique.register.store.finding import EngagementFilters

Command = TypeVar("Command", bound=Callable[..., Any])

# Options that go by more than one name, or by another one than their filter: the last is the filter's.
OTHER_NAMES = {"actor": ("--actor", "--who", "actor"), "with": ("--with", "beside")}
_REPEATED = (
    ("actor", "ID-or-NAME", "Took part; --who is the same."),
    ("with", "ID-or-NAME", "Took part as well; repeated, all of them did."),
    ("organization", "NAME", "Took part, or somebody who holds or held a post of it."),
    ("country", "CODE-or-NAME", "Of the place or a participant (LY)."),
    ("place", "NAME", "Where."),
    ("topic", "TOPIC", "Discussed (border_security)."),
    ("kind", "KIND", "meeting, visit, call …"),
    ("status", "STATUS", "held, planned, cancelled."),
    ("source", "OUTLET", "Reported by."),
    ("review", "STATE", "unreviewed, accepted, corrected."),
)
_SINGLE = (
    ("text", "QUERY", 'Words, "a phrase", beginning*, -without, this OR that.'),
    ("since", "DATE", "From this day, month or year on (2024-01)."),
    ("until", "DATE", "Up to this day, month or year."),
    ("min-confidence", "SHARE", "0 to 1."),
    ("min-sources", "NUMBER", "Independent sources, at least."),
    ("changed-since", "DATE", "Changed in the register since."),
    ("sort", "ORDER", "newest, oldest, changed, least-certain, most-reported."),
)


def filter_options(command: Command) -> Command:
    """Adds the options of all filters."""
    return filter_options_without()(command)


def filter_options_without(*left_out: str) -> Callable[[Command], Command]:
    """Adds the options of the filters but some, which the command has no use for or has its own of."""

    def add(command: Command) -> Command:
        command = click.option("--conflict", is_flag=True, help="Sources disagree.")(command)
        for options, is_repeated in ((_SINGLE, False), (_REPEATED, True)):
            for name, metavar, text in reversed(options):
                if name not in left_out:
                    names = OTHER_NAMES.get(name, (f"--{name}",))
                    command = click.option(*names, multiple=is_repeated, metavar=metavar, help=text)(command)
        return command

    return add


def parse_filters(given: Mapping[str, Any]) -> EngagementFilters:
    """The filters that were given on the command line. The register must be open.

    Raises:
        QueryError: If a value cannot be understood.
    """
    from communique.register.store.finding import EngagementFilters

    words: dict[str, list[str]] = {}
    for name, value in given.items():
        if isinstance(value, tuple):
            words[name] = list(value)
        elif value not in (None, False):
            words[name] = ["1" if value is True else str(value)]
    return EngagementFilters.parse(words)
