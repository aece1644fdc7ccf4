"""Takes what was found to those who watch, and tries again until it has arrived.

An attempt that fails costs itself alone: it is written down and made again, each time after twice as long. The key of
a delivery goes along with every attempt, since one whose answer was lost may have arrived all the same.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from communique.register import models as tables

FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(days=1)
SCHEMA = "communique/watch/1"
ERROR_LENGTH = 500

log = logging.getLogger(__name__)


class Channel(Protocol):
    """A way to a receiver."""

    def send(self, message: Message, now: dt.datetime) -> None:
        """Delivers a message.

        Raises:
            CommuniqueError, OSError: If it did not arrive.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What goes to a receiver.

    Attributes:
        watch: The watch.
        key: The same in every attempt.
        items: What was found.
    """

    watch: tables.Watch
    key: str
    items: tuple[tables.WatchItem, ...]

    def as_json(self) -> bytes:
        """The message for programs."""
        told = [
            {"id": i.key, "record": i.record, "title": i.title, "text": i.text, "day": i.day, "found_at": i.found_at}
            for i in self.items
        ]
        message = {"schema": SCHEMA, "key": self.key, "watch": self.watch.name, "event": self.watch.event}
        return json.dumps({**message, "items": told}, ensure_ascii=False, default=_plain).encode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How an attempt went: ``error`` is empty when it arrived."""

    delivery: tables.WatchDelivery
    error: str = ""


def deliver_due(channels: Mapping[str, Channel], now: dt.datetime) -> Iterator[Attempt]:
    """Makes one attempt at each delivery that is due, the oldest first; each outcome is stored before it is given."""
    rows = tables.WatchDelivery.objects.filter(delivered_at__isnull=True, next_try__lte=now)
    for delivery in rows.select_related("watch").order_by("pk"):
        message = Message(watch=delivery.watch, key=delivery.key, items=tuple(delivery.items.order_by("pk")))
        try:
            channels[delivery.channel].send(message, now)
        except Exception as error:  # whatever a channel stumbles over must not keep those behind it waiting
            yield _failed(delivery, error, now)
        else:
            delivery.delivered_at, delivery.last_error = now, ""
            delivery.save(update_fields=["delivered_at", "last_error"])
            yield Attempt(delivery=delivery)


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts in vain: a minute, two, four … at most a day."""
    doublings: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _failed(delivery: tables.WatchDelivery, error: Exception, now: dt.datetime) -> Attempt:
    words = " ".join(str(error).split())[:ERROR_LENGTH] or type(error).__name__
    delivery.attempts += 1
    delivery.last_error = words
    delivery.next_try = now + pause_after(delivery.attempts)
    delivery.save(update_fields=["attempts", "last_error", "next_try"])
    log.warning("Watch %r: %s failed (attempt %d): %s", delivery.watch.name, delivery.channel, delivery.attempts, words)
    return Attempt(delivery=delivery, error=words)


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no plain value.")
