"""Posts findings to an address, signed as the Standard Webhooks specification has it (HMAC-SHA256)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac

from communique.register.watching.delivering import Message
from communique.sources.web import FetchSettings
from communique.sources.web.posting import Poster


class Webhook:
    """A channel: the address of the watch, reached under the address guard.

    Args:
        settings: Open networks and ports, timeouts; from the environment unless given.
    """

    def __init__(self, settings: FetchSettings | None = None) -> None:
        self._poster = Poster(settings or FetchSettings.from_environment())

    def send(self, message: Message, now: dt.datetime) -> None:
        """Posts the message.

        Raises:
            FetchError: If it did not arrive, or was not taken.
        """
        body = message.as_json()
        stamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "webhook-id": message.key,
            "webhook-timestamp": stamp,
            "webhook-signature": sign(message.watch.secret, message.key, stamp, body),
        }
        self._poster.post(message.watch.webhook, body, headers)


def sign(secret: str, key: str, stamp: str, body: bytes) -> str:
    """The signature of a message: ``v1,`` and the HMAC-SHA256 of ``key.stamp.body`` in base64.

    Args:
        secret: ``whsec_`` and the key of the HMAC in base64.
        key: Of the delivery.
        stamp: Seconds since 1970.
        body: What is posted.
    """
    signed = b".".join((key.encode("ascii"), stamp.encode("ascii"), body))
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode('ascii')}"
