"""``communique watch``: standing questions to a register, answered as feeds, by webhook and by e-mail."""

from __future__ import annotations

import datetime as dt
import getpass
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.debug import debug_option
from communique.cli.filters import filter_options_without, parse_filters
from communique.cli.follow import Span
from communique.cli.output import write_whole
from communique.cli.register_option import register_option
from communique.errors import CommuniqueError

if TYPE_CHECKING:
    from communique.register.models import Watch

EVENTS = ("matches", "stale-commitment", "post-changed", "sources-disagree")
EPILOG = """\b
Examples:
  communique watch add border --topic border_security --country LY
  communique watch add promises --event stale-commitment --stale-after 180 --email desk@news.example
  communique watch run --feeds public/ --every 30m
"""


@click.group(epilog=EPILOG)
def watch() -> None:
    """Watches a register: tells what is new or changed, once, and to everybody who asked."""


@watch.command("add")
@click.argument("name", metavar="NAME")
@filter_options_without("sort", "changed-since")
@click.option("--event", type=click.Choice(EVENTS), default="matches", show_default=True, help="What is watched.")
@click.option("--webhook", default="", metavar="URL", help="Post findings there, signed.")
@click.option("--email", default="", metavar="ADDRESS", help="Write findings to this address.")
@click.option(
    "--stale-after",
    type=click.IntRange(min=1, max=36_500),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="When a commitment of which nothing is heard is stale.",
)
@click.option("--from-start", is_flag=True, help="What is in the register already is news too.")
@register_option
@debug_option
def add_one(  # noqa: PLR0913 - click hands over one parameter an option
    name: str,
    *,
    event: str,
    webhook: str,
    email: str,
    stale_after: int,
    from_start: bool,
    address: str | None,
    **given: Any,
) -> None:
    """Makes a watch. Its name is how it is called later."""
    from communique.register import open_register

    open_register(address)
    from communique.register.watching.watches import WatchOptions, add_watch

    options = WatchOptions(
        name=name,
        event=event,
        filters=parse_filters(given),
        webhook=webhook,
        email=email,
        stale_days=stale_after,
        from_start=from_start,
        author=getpass.getuser(),
    )
    made = add_watch(options, _now())
    click.echo(f"{made.name} is watched. Look for news: communique watch run")
    if made.webhook:
        click.echo(f"What is posted is signed with {made.secret}\nGive that to the receiver; it is not shown again.")


@watch.command("list")
@register_option
@debug_option
def list_all(address: str | None) -> None:
    """Lists the watches, and what waits to be delivered."""
    from communique.register import open_register

    open_register(address)
    from communique.register import models as tables

    for row in tables.Watch.objects.order_by("name"):
        run = f"{row.last_run:%Y-%m-%d %H:%M}" if row.last_run else "never"
        found = row.items.filter(was_known=False).count()
        query = " ".join(f"{name}={word}" for name, word in row.query) or "everything"
        click.echo(f"{row.name}  {row.event}, {query}; run {run}, {found} found")
        for waiting in row.deliveries.filter(delivered_at__isnull=True).order_by("pk"):
            trouble = f": {waiting.last_error}" if waiting.last_error else ""
            click.echo(f"  waits: {waiting.channel}, {waiting.attempts} attempts in vain{trouble}")


@watch.command("remove")
@click.argument("name", metavar="NAME")
@register_option
@debug_option
def remove_one(name: str, address: str | None) -> None:
    """Removes a watch, and what still waits to be delivered for it."""
    from communique.register import open_register

    open_register(address)
    from communique.register.watching.watches import remove_watch

    remove_watch(name)
    click.echo(f"{name} is no longer watched.")


@watch.command("run")
@click.argument("names", nargs=-1, metavar="NAMES…")
@click.option(
    "--feeds",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the feeds there: NAME.atom and NAME.json.",
)
@click.option("--every", type=Span(), metavar="SPAN", help="Go on for ever, with this pause between rounds.")
@register_option
@debug_option
def run(names: tuple[str, ...], feeds: Path | None, every: dt.timedelta | None, address: str | None) -> None:
    """Looks for news for all watches, or those named, shows it, and delivers what is due.

    It can be stopped at any moment: what was not delivered waits for the next run. Exit status 1 when a watch or a
    delivery failed; the others go on.
    """
    from communique.register import open_register

    open_register(address)
    while True:
        is_well = _round(names, feeds)
        if every is None:
            click.get_current_context().exit(0 if is_well else 1)
        time.sleep(every.total_seconds())


def _round(names: tuple[str, ...], feeds: Path | None) -> bool:
    from communique.register import models as tables
    from communique.register.watching.delivering import deliver_due
    from communique.register.watching.mail import Mail
    from communique.register.watching.watches import find_watch, run_watch
    from communique.register.watching.webhook import Webhook

    rows = [find_watch(name) for name in names] if names else list(tables.Watch.objects.order_by("name"))
    now = _now()
    found, is_well = 0, True
    for row in rows:
        try:
            items = run_watch(row, now)
        except CommuniqueError as error:  # a name that has gone, say: the other watches have nothing to do with it
            is_well = False
            click.echo(f"{row.name}: {error}", err=True)
            continue
        for item in items:
            found += 1
            click.echo(f"{row.name}: {_shown(item.title)}  [{item.record}]")
        if feeds:
            _write_feeds(row, feeds)
    if not found and is_well:
        click.echo("Nothing new." if rows else "Nothing is watched. Make a watch: communique watch add NAME", err=True)
    failed = [attempt for attempt in deliver_due({"webhook": Webhook(), "email": Mail()}, now) if attempt.error]
    for attempt in failed:
        told = f"{attempt.delivery.watch.name}: {attempt.delivery.channel}: {attempt.error}"
        click.echo(f"{told} Next attempt from {attempt.delivery.next_try:%Y-%m-%d %H:%M} UTC on.", err=True)
    return is_well and not failed


def _write_feeds(row: Watch, folder: Path) -> None:
    from communique.register.watching.feeds import write_atom, write_json_feed

    folder.mkdir(parents=True, exist_ok=True)
    stem = _stem(row)
    earlier = type(row)._default_manager.filter(pk__lt=row.pk)
    if stem in map(_stem, earlier):
        stem = f"{stem}-{row.pk}"
    write_whole(folder / f"{stem}.atom", write_atom(row).encode("utf-8"))
    write_whole(folder / f"{stem}.json", write_json_feed(row).encode("utf-8"))


def _stem(row: Watch) -> str:
    """The watch's name as that of a file; two names may come to the same."""
    return re.sub(r"[^\w-]+", "-", row.name).strip("-") or f"watch-{row.pk}"


def _shown(text: str) -> str:
    """Text from outside without control characters: a report must not steer the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
