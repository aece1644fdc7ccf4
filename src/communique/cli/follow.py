"""``communique follow``: a list of feeds in the register, asked again and again."""

from __future__ import annotations

import datetime as dt
import getpass
import re
import time

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique follow add https://news.example/feed.xml --register libya.db
  communique follow list --register libya.db
  communique follow run --every 30m --register libya.db

\b
COMMUNIQUE_CONTACT must say how the owner of a site can reach you: a mail
address or a page. It is sent with every request.
"""


class Span(click.ParamType[dt.timedelta]):
    """A span of time: 45s, 30m, 2h, 1d."""

    name = "span"
    _units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}  # noqa: RUF012 - never changed

    def convert(
        self, value: str | dt.timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.timedelta:
        """Reads the words."""
        if isinstance(value, dt.timedelta):
            return value
        match = re.fullmatch(r"(\d{1,6})([smhd])", value.strip().lower())
        if match is None or not int(match[1]):
            self.fail(f"{value!r} is not a span of time. Write 45s, 30m, 2h or 1d.", param, ctx)
        return dt.timedelta(**{self._units[match[2]]: int(match[1])})


@click.group(epilog=EPILOG)
def follow() -> None:
    """Follows feeds and sitemaps: fetches what is new, and adds it to a register."""


@follow.command("add")
@click.argument("uri", metavar="ADDRESS")
@click.option("--every", type=Span(), default="30m", show_default=True, metavar="SPAN", help="How often it is asked.")
@register_option
@debug_option
def add_one(uri: str, every: dt.timedelta, address: str | None) -> None:
    """Puts a feed (RSS, Atom, JSON Feed) or sitemap on the list."""
    from communique.register import open_register

    open_register(address, create=True)
    from communique.register.store.following import add_feed

    add_feed(uri, every, getpass.getuser())
    click.echo(f"{uri} is followed. Ask it now: communique follow run")


@follow.command("remove")
@click.argument("uri", metavar="ADDRESS")
@register_option
@debug_option
def remove_one(uri: str, address: str | None) -> None:
    """Takes a feed off the list. What it brought stays in the register."""
    from communique.register import open_register

    open_register(address)
    from communique.register.store.following import remove_feed

    remove_feed(uri)
    click.echo(f"{uri} is no longer followed.")


@follow.command("list")
@register_option
@debug_option
def list_all(address: str | None) -> None:
    """Lists the feeds, and how each is doing."""
    from communique.register import open_register

    open_register(address)
    from communique.register import models as tables

    for row in tables.Feed.objects.order_by("uri"):
        seen = f"{row.last_success:%Y-%m-%d %H:%M} UTC" if row.last_success else "never"
        trouble = f", failed {row.failures} times since: {row.last_error}" if row.failures else ""
        click.echo(f"{row.uri}  answered {seen}, {row.new_entries} new{trouble}")
    waiting = tables.FetchedAddress.objects.filter(state="waiting").count()
    click.echo(f"{tables.Feed.objects.count()} feeds, {waiting} pages waiting.", err=True)


@follow.command("run")
@click.option("--every", type=Span(), metavar="SPAN", help="Go on for ever, with this pause between rounds.")
@click.option("--all", "ask_all", is_flag=True, help="Ask all feeds, not only those that are due.")
@register_option
@debug_option
def run(every: dt.timedelta | None, ask_all: bool, address: str | None) -> None:
    """Asks the feeds that are due, fetches what is new, and adds it.

    It can be stopped at any moment: what was not fetched waits for the next run.
    """
    from communique.register import open_register

    open_register(address)
    while True:
        _round(ask_all)
        if every is None:
            return
        time.sleep(every.total_seconds())


def _round(ask_all: bool) -> None:
    from communique.engine import Failure
    from communique.register.store.adding import AddOptions
    from communique.register.store.following import fetch_waiting, run_due_feeds
    from communique.sources.web import Fetcher, FetchSettings

    fetcher = Fetcher(FetchSettings.from_environment())
    for feed_run in run_due_feeds(fetcher, only_due=not ask_all):
        said = feed_run.error or ("unchanged" if feed_run.is_unchanged else f"{len(feed_run.new)} new")
        click.echo(f"{feed_run.feed.uri}: {said}", err=True)
    added = failed = 0
    for outcome in fetch_waiting(fetcher, AddOptions(author="follow")):
        if isinstance(outcome, Failure):
            failed += 1
            click.echo(f"  {outcome}", err=True)
        else:
            added += 1
    click.echo(f"{added} pages added, {failed} not readable.", err=True)
