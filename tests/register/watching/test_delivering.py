"""Deliveries arrive at least once, signed, under a key that stays; one that fails waits, and costs itself alone."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from communique.errors import SettingsError
from communique.register import Register
from communique.sources.web import FetchSettings
from tests.register.watching.receiver import LOOPBACK, Receiver

if TYPE_CHECKING:
    from communique.register.models import Engagement, Watch
    from communique.register.watching.delivering import Attempt, Channel

NOW = dt.datetime(2031, 12, 1, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
Tell = Callable[..., "Engagement"]
pytestmark = pytest.mark.enable_socket


def watch_with(**receivers: str) -> Watch:
    """A watch with one finding on its way, whatever its receivers."""
    from communique.register import models as tables
    from communique.register.watching.watches import WatchOptions, add_watch, run_watch

    watch = add_watch(WatchOptions(name="border", from_start=True), NOW)
    tables.Watch.objects.update(**receivers)
    watch.refresh_from_db()
    run_watch(watch, NOW)
    return watch


def deliver(now: dt.datetime = NOW, **channels: Channel) -> list[Attempt]:
    from communique.register.watching.delivering import deliver_due

    return list(deliver_due(channels, now))


def webhook(settings: FetchSettings) -> Channel:
    from communique.register.watching.webhook import Webhook

    return Webhook(settings)


def test_what_is_posted_is_signed(tell: Tell, receiver: Receiver, settings: FetchSettings) -> None:
    tell("Talks in Varnholm")
    watch = watch_with(webhook=receiver.uri)
    assert [attempt.error for attempt in deliver(webhook=webhook(settings))] == [""]
    (posted,) = receiver.posted
    message = json.loads(posted.body)
    assert message["schema"] == "communique/watch/1"
    assert [item["title"] for item in message["items"]] == ["New: Talks in Varnholm"]
    key = base64.b64decode(watch.secret.removeprefix("whsec_"))
    signed = f"{posted.headers['webhook-id']}.{posted.headers['webhook-timestamp']}.".encode() + posted.body
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert posted.headers["webhook-signature"] == f"v1,{digest}"
    assert posted.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert deliver(webhook=webhook(settings)) == []


def test_what_fails_waits_longer_each_time_and_keeps_its_key(
    tell: Tell, receiver: Receiver, settings: FetchSettings, caplog: pytest.LogCaptureFixture
) -> None:
    tell("Talks in Varnholm")
    watch_with(webhook=receiver.uri)
    receiver.status = 503
    with caplog.at_level(logging.WARNING):
        (attempt,) = deliver(webhook=webhook(settings))
    assert "503" in attempt.error
    assert "border" in caplog.text
    assert deliver(NOW, webhook=webhook(settings)) == []
    (attempt,) = deliver(NOW + MINUTE, webhook=webhook(settings))
    assert (attempt.delivery.attempts, attempt.delivery.next_try) == (2, NOW + 3 * MINUTE)
    receiver.status = 200
    assert [a.error for a in deliver(NOW + 3 * MINUTE, webhook=webhook(settings))] == [""]
    assert len({posted.headers["webhook-id"] for posted in receiver.posted}) == 1
    assert len(receiver.posted) == 3


def test_pauses_grow_to_a_day() -> None:
    from communique.register.watching.delivering import pause_after

    assert [pause_after(n) // MINUTE for n in (1, 2, 3, 12, 400)] == [1, 2, 4, 1440, 1440]


def test_one_that_fails_does_not_hold_up_the_next(tell: Tell, receiver: Receiver, settings: FetchSettings) -> None:
    from communique.register.watching.mail import Mail

    tell("Talks in Varnholm")
    watch_with(webhook=receiver.uri, email="desk@news.example")
    outcomes = {a.delivery.channel: a.error for a in deliver(webhook=webhook(settings), email=Mail(settings_of(1)))}
    assert outcomes["webhook"] == ""
    assert outcomes["email"]


def test_a_channel_that_breaks_costs_its_delivery_alone(
    tell: Tell, receiver: Receiver, settings: FetchSettings
) -> None:
    class Broken:
        def send(self, message: object, now: dt.datetime) -> None:
            "pässword".encode("ascii")

    tell("Talks in Varnholm")
    watch_with(webhook=receiver.uri, email="desk@news.example")
    outcomes = {a.delivery.channel: a.error for a in deliver(webhook=webhook(settings), email=Broken())}
    assert outcomes["webhook"] == ""
    assert "ascii" in outcomes["email"]


def test_a_redirect_is_not_followed(tell: Tell, receiver: Receiver, settings: FetchSettings) -> None:
    tell("Talks in Varnholm")
    watch_with(webhook=receiver.uri)
    receiver.status, receiver.location = 307, receiver.uri
    (attempt,) = deliver(webhook=webhook(settings))
    assert "307" in attempt.error
    assert len(receiver.posted) == 1


def test_the_guard_is_asked_again_when_it_is_posted(tell: Tell, receiver: Receiver) -> None:
    tell("Talks in Varnholm")
    watch_with(webhook=receiver.uri)
    (attempt,) = deliver(webhook=webhook(FetchSettings(ports=frozenset((receiver.port,)))))
    assert "not public" in attempt.error
    assert receiver.posted == []


class Mailbox:
    """A mail server's memory; it refuses while told to."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses:
            return "451 try again later"
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 taken"


def settings_of(port: int):  # type: ignore[no-untyped-def]  # imported late
    from communique.register.watching.mail import MailSettings

    return MailSettings(host=LOOPBACK, port=port, sender="communique@desk.example", seconds=5)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname=LOOPBACK, port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def test_mail_is_taken_by_a_server(tell: Tell, mailbox: tuple[Mailbox, int]) -> None:
    from communique.register.watching.mail import Mail

    box, port = mailbox
    tell("Talks in Värnholm\r\nBcc: spy@evil.example")
    tell("More talks")
    watch_with(email="desk@news.example")
    box.refuses = True
    assert [a.error != "" for a in deliver(email=Mail(settings_of(port)))] == [True]
    box.refuses = False
    assert [a.error for a in deliver(NOW + MINUTE, email=Mail(settings_of(port)))] == [""]
    mail = message_from_bytes(box.taken[0], policy=default)
    assert mail["To"] == "desk@news.example"
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("[border] New: ")
    assert mail["Subject"].endswith(" and 1 more")
    assert mail["Message-ID"].endswith("@desk.example>")
    body = mail.get_content()
    assert "Quay Record, 2031-05-04: “More talks took place.”" in body


def test_mail_settings_come_from_the_environment() -> None:
    from communique.register.watching.mail import MailSettings

    given = {"COMMUNIQUE_SMTP": "smtps://ana:p%40ss@mail.example", "COMMUNIQUE_MAIL_FROM": "a@desk.example"}
    settings = MailSettings.from_environment(given)
    assert (settings.host, settings.port, settings.is_tls) == ("mail.example", 465, True)
    assert (settings.user, settings.password) == ("ana", "p@ss")


@pytest.mark.parametrize("given", ["", "mail.example", "http://mail.example", "smtp://mail.example:port"])
def test_settings_that_cannot_be_read_are_told_without_the_password(given: str) -> None:
    from communique.register.watching.mail import MailSettings

    with pytest.raises(SettingsError, match="COMMUNIQUE_SMTP"):
        MailSettings.from_environment({"COMMUNIQUE_SMTP": given, "COMMUNIQUE_MAIL_FROM": "a@b.example"})


def test_nothing_is_said_in_the_clear_to_another_machine(register: Register) -> None:
    from communique.register.watching.mail import _is_here

    assert _is_here("localhost")
    assert _is_here("127.0.0.1")
    assert not _is_here("mail.example")
    assert not _is_here("10.0.0.1")
