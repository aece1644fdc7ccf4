"""Makes watches, and runs them: what is new is written down before anybody is told."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.db.models import Max

from communique.errors import AddressRefused, QueryError, RecordNotFound
from communique.register import models as tables
from communique.register.models.watching import WATCH_EVENTS
from communique.register.store.finding import EngagementFilters, find_engagements
from communique.register.store.writing import exclusive
from communique.register.watching.findings import FINDERS, Finding, Scope
from communique.sources.web import FetchSettings, check_address

EVENTS = tuple(name for name, _ in WATCH_EVENTS)
# Items that go into one message.
BUNDLE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOptions:
    """What a watch is to be.

    Attributes:
        name: By which it is called.
        event: One of ``EVENTS``.
        filters: Which engagements it concerns.
        webhook, email: Where findings go; empty for nowhere, since every watch has feeds.
        stale_days: For stale commitments.
        from_start: Whether what is in the register already counts as news.
        author: Who makes it.
    """

    name: str
    event: str = "matches"
    filters: EngagementFilters = field(default_factory=EngagementFilters)
    webhook: str = ""
    email: str = ""
    stale_days: int = 90
    from_start: bool = False
    author: str = ""


def add_watch(options: WatchOptions, now: dt.datetime) -> tables.Watch:
    """Makes a watch. What is in the register already is not told, unless that is asked for.

    Raises:
        QueryError: If the name is taken or empty, the event or mail address is none, or a filter names nobody.
        AddressRefused: If the webhook is no address that may be posted to.
    """
    name = options.name.strip()
    if not name or len(name) > 80 or not name.isprintable():
        raise QueryError(f"{options.name!r} is no name for a watch. Give one of 1 to 80 letters.")
    if options.event not in EVENTS:
        raise QueryError(f"{options.event!r} cannot be watched. Choose from: {', '.join(EVENTS)}.")
    if tables.Watch.objects.filter(name=name).exists():
        raise QueryError(f"There is a watch {name!r} already. Remove it, or choose another name.")
    if options.webhook:
        try:
            check_address(options.webhook, FetchSettings.from_environment())
        except AddressRefused as error:
            raise AddressRefused(f"The webhook {options.webhook!r} cannot be posted to: {error}") from error
    if options.email and not _is_mail_address(options.email):
        raise QueryError(f"{options.email!r} is no mail address. Give one such as desk@news.example.")
    find_engagements(options.filters)  # a filter that names nobody is told at once, not at every run
    with exclusive():
        watch = tables.Watch.objects.create(
            name=name,
            event=options.event,
            query=[list(pair) for pair in options.filters.to_query()],
            webhook=options.webhook,
            email=options.email,
            stale_days=options.stale_days,
            secret=f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
            token=secrets.token_urlsafe(32),
            last_change=0 if options.from_start else _last_change(),
            created_by=options.author,
        )
        if not options.from_start and options.event != "matches":
            findings = FINDERS[options.event](_scope(watch, now, after=0))
            _write(watch, findings, now, was_known=True)
    return watch


def remove_watch(name: str) -> None:
    """Removes a watch, with what was found for it and was not delivered yet.

    Raises:
        RecordNotFound: If there is none.
    """
    find_watch(name).delete()


def find_watch(name: str) -> tables.Watch:
    """The watch of a name.

    Raises:
        RecordNotFound: If there is none.
    """
    watch = tables.Watch.objects.filter(name=name).first()
    if watch is None:
        raise RecordNotFound(f"There is no watch {name!r}. See the list: communique watch list")
    return watch


def watch_of_token(token: str) -> tables.Watch | None:
    """The watch whose feeds a token opens."""
    return tables.Watch.objects.filter(token=token).first() if token else None


def run_watch(watch: tables.Watch, now: dt.datetime) -> list[tables.WatchItem]:
    """Looks for what is new, and writes it down together with the deliveries that it needs.

    Items, deliveries and the position in the log are written in one transaction: a run that dies in between has told
    nothing and lost nothing. Nobody else writes meanwhile: no line of the log may come to stand before the position.

    Returns:
        The new items.
    """
    with exclusive():
        watch = tables.Watch.objects.get(pk=watch.pk)
        scope = _scope(watch, now)
        items = _write(watch, FINDERS[watch.event](scope), now)
        for start in range(0, len(items), BUNDLE):
            _queue(watch, items[start : start + BUNDLE], now)
        watch.last_change, watch.last_run = scope.until, now
        watch.save(update_fields=["last_change", "last_run"])
    return items


def filters_of(watch: tables.Watch) -> EngagementFilters:
    """The filters of a watch."""
    words: dict[str, list[str]] = {}
    for name, word in watch.query:
        words.setdefault(name, []).append(word)
    return EngagementFilters.parse(words)


def _scope(watch: tables.Watch, now: dt.datetime, after: int | None = None) -> Scope:
    told = watch.items.filter(was_known=False).values_list("record", flat=True)
    return Scope(
        filters=filters_of(watch),
        after=watch.last_change if after is None else after,
        until=_last_change(),
        today=now.date(),
        stale_days=watch.stale_days,
        told=frozenset(told) if watch.event == "matches" else frozenset(),
    )


def _last_change() -> int:
    return tables.Change.objects.aggregate(last=Max("pk"))["last"] or 0


def _write(
    watch: tables.Watch, findings: Iterable[Finding], now: dt.datetime, *, was_known: bool = False
) -> list[tables.WatchItem]:
    known = set(watch.items.values_list("key", flat=True))
    fresh = {finding.key: finding for finding in findings if finding.key not in known}
    return tables.WatchItem.objects.bulk_create(
        tables.WatchItem(
            watch=watch,
            key=finding.key,
            record=finding.record,
            title=finding.title,
            text=finding.text,
            day=finding.day,
            was_known=was_known,
            found_at=now,
        )
        for finding in fresh.values()
    )


def _queue(watch: tables.Watch, items: list[tables.WatchItem], now: dt.datetime) -> None:
    for channel, receiver in (("webhook", watch.webhook), ("email", watch.email)):
        if receiver:
            delivery = tables.WatchDelivery.objects.create(
                watch=watch, channel=channel, key=secrets.token_hex(16), next_try=now
            )
            delivery.items.set(items)


def _is_mail_address(text: str) -> bool:
    name, address = parseaddr(text)
    local, at, host = address.rpartition("@")
    return bool(not name and at and local and "." in host and address == text and text.isprintable())
