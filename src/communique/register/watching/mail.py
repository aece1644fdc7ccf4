"""Sends findings by e-mail, through the SMTP server that the environment names."""

from __future__ import annotations

import datetime as dt
import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from communique.errors import SettingsError
from communique.register.watching.delivering import Message

SERVER = "COMMUNIQUE_SMTP"
SENDER = "COMMUNIQUE_MAIL_FROM"
DEFAULT_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Which server takes mail, and from whom.

    Attributes:
        host, port: The server.
        is_tls: Whether it is spoken to under TLS from the first byte; else it is asked to change to it.
        user, password: To sign in with; empty for not.
        sender: The address that mail comes from.
        seconds: Most time for each step.
    """

    host: str
    port: int
    sender: str
    is_tls: bool = False
    user: str = ""
    password: str = ""
    seconds: float = 30.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> MailSettings:
        """Reads COMMUNIQUE_SMTP (``smtp://user:password@host:587``, ``smtps://…``) and COMMUNIQUE_MAIL_FROM.

        Raises:
            SettingsError: If one is missing or cannot be understood.
        """
        given, sender = environ.get(SERVER, "").strip(), environ.get(SENDER, "").strip()
        example = "such as smtp://user:password@mail.example:587"
        if not given or not sender:
            missing = SERVER if not given else SENDER
            raise SettingsError(f"{missing} is not set. To send mail, set {SERVER} ({example}) and {SENDER}.")
        try:
            address = urlsplit(given)
            port = address.port
        except ValueError:
            raise SettingsError(f"{SERVER} cannot be read. Give an address {example}.") from None
        if address.scheme not in DEFAULT_PORTS or not address.hostname:
            raise SettingsError(f"{SERVER} cannot be read: it needs smtp:// or smtps:// and a host, {example}.")
        return cls(
            host=address.hostname,
            port=port or DEFAULT_PORTS[address.scheme],
            sender=sender,
            is_tls=address.scheme == "smtps",
            user=unquote(address.username or ""),
            password=unquote(address.password or ""),
        )


class Mail:
    """A channel: the mail address of the watch.

    Args:
        settings: The server; from the environment unless given, and then only when there is something to send.
    """

    def __init__(self, settings: MailSettings | None = None) -> None:
        self._settings = settings

    def send(self, message: Message, now: dt.datetime) -> None:
        """Hands the message to the server.

        Raises:
            SettingsError: If no server is named.
            OSError: If it did not take the message (smtplib's errors are such).
        """
        settings = self._settings or MailSettings.from_environment()
        with _session(settings) as session:
            session.send_message(write_mail(message, settings, now))


def write_mail(message: Message, settings: MailSettings, now: dt.datetime) -> EmailMessage:
    """The message as mail. Its Message-ID is made from the key: a server that gets it twice can tell."""
    mail = EmailMessage(policy=SMTP)
    first = " ".join(message.items[0].title.split())
    more = f" and {len(message.items) - 1} more" if len(message.items) > 1 else ""
    mail["Subject"] = f"[{message.watch.name}] {first}{more}"[:200]
    mail["From"], mail["To"] = settings.sender, message.watch.email
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.key}@{settings.sender.rpartition('@')[2] or 'communique'}>"
    mail["Auto-Submitted"] = "auto-generated"
    parts = [f"{item.title}  [{item.record}]\n{item.text}".strip() for item in message.items]
    mail.set_content("\n\n".join(parts) + f"\n\n-- \nCommuniqué, watch “{message.watch.name}”\n")
    return mail


@contextmanager
def _session(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if settings.is_tls:
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=settings.seconds, context=context
        )
    else:
        session = smtplib.SMTP(settings.host, settings.port, timeout=settings.seconds)
    with session:
        # A server on this very machine needs no TLS; to any other, nothing is said in the clear.
        if not settings.is_tls and not _is_here(settings.host):
            session.starttls(context=context)
        if settings.user:
            session.login(settings.user, settings.password)
        yield session


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
