"""Serves the desk with a production server (Granian), on loopback unless told otherwise."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from communique.desk import exposure
from communique.errors import DeskError

SETTINGS = "communique.desk.settings"
APPLICATION = "communique.desk.wsgi:application"
LOOPBACK, DEFAULT_PORT = "127.0.0.1", 8000
# An IPv6 address stands in brackets.
HOST = r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)"
WITH_PORT, HOST_ALONE = re.compile(rf"(?:{HOST}?:)?(?P<port>\d{{1,5}})"), re.compile(HOST)
# Threads that answer requests in one worker: pages are mostly waiting for the database.
THREADS = 4
SHORTEST_SECRET = 32
# Seconds between two starts of a worker that ends again and again.
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where the desk listens.

    Attributes:
        host: An address or a name: ``127.0.0.1``, ``::1``, ``localhost``.
        port: 1 to 65535.
    """

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Binding:
        """Understands ``HOST:PORT``, ``[IPv6]:PORT``, and either of the two alone.

        Raises:
            DeskError: If it is none of these.
        """
        match = WITH_PORT.fullmatch(text) or HOST_ALONE.fullmatch(text)
        port = int(match.groupdict().get("port") or DEFAULT_PORT) if match else 0
        if match is None or not 0 < port < 65536:
            raise DeskError(f"{text!r} is no address to listen at. Write HOST:PORT, as in 127.0.0.1:8000.")
        return cls(host=(match["host"] or LOOPBACK).strip("[]"), port=port)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def url(self) -> str:
        """The address to type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def check_free(binding: Binding) -> None:
    """Raises DeskError when the address cannot be listened at."""
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((binding.host, binding.port))
        except OSError as error:
            raise DeskError(
                f"The desk cannot listen at {binding.host}:{binding.port}: {error.strerror}. "
                "Give another address with --bind."
            ) from error


def needs_sign_in(binding: Binding) -> bool:
    """Whether anybody but whoever sits at this machine could reach the desk, directly or through a proxy."""
    return exposure.needs_sign_in(os.environ) or not binding.is_loopback


def check_secrets(binding: Binding) -> None:
    """Raises DeskError when others could reach the desk and what guards it is not set."""
    if not needs_sign_in(binding):
        return
    missing = [name for name in ("COMMUNIQUE_SECRET_KEY", "COMMUNIQUE_HOSTS") if not os.environ.get(name)]
    if missing:
        raise DeskError(
            f"Other machines could reach the desk at {binding.host}. Set {' and '.join(missing)} first "
            "(see docs/deployment.md), or listen on loopback: --bind 127.0.0.1:8000."
        )
    if len(os.environ["COMMUNIQUE_SECRET_KEY"]) < SHORTEST_SECRET:
        raise DeskError(f"COMMUNIQUE_SECRET_KEY is shorter than {SHORTEST_SECRET} characters. Take a random one.")


def check_people(binding: Binding) -> None:
    """Raises DeskError when others could reach the desk and nobody could let them in. The register has to be open."""
    if not needs_sign_in(binding):
        return
    from communique.desk.people.accounts import has_administrator

    if not has_administrator():
        raise DeskError(
            "Everybody has to sign in, and there is no administrator yet. Make one: "
            "communique user add NAME --role administrator"
        )


@contextmanager
def attended_worker() -> Iterator[None]:
    """A worker beside the server, started again when it ends, a little later each time that it ends at once.

    It finds the register by the environment: an address may hold a password, which must not show among processes.
    """
    over = threading.Event()
    process: list[subprocess.Popen[bytes]] = []

    def attend() -> None:
        pause = 1.0
        while not over.is_set():
            began = time.monotonic()
            process[:] = [subprocess.Popen([sys.executable, "-m", "communique", "worker"])]
            while process[0].poll() is None and not over.wait(0.5):
                pass
            pause = 1.0 if time.monotonic() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            over.wait(pause)

    thread = threading.Thread(target=attend, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        for running in process:
            running.terminate()
        thread.join(timeout=LONGEST_PAUSE)


def serve(binding: Binding, *, workers: int = 1, on_start: Callable[[], None] | None = None) -> None:
    """Serves until it is interrupted. The register has to be open (see ``communique.register.open_register``).

    Args:
        binding: Where to listen.
        workers: Processes that answer requests.
        on_start: Called once when the server listens.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from communique.desk.settings import LOGGING

    # The workers are processes of their own: they have to sign with the same key.
    os.environ.setdefault("COMMUNIQUE_SECRET_KEY", secrets.token_urlsafe(50))
    os.environ["COMMUNIQUE_WORKERS"] = str(workers)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    server = Granian(
        APPLICATION,
        address=binding.host,
        port=binding.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        # The server's own tale of its workers is left out; the desk's log goes where its settings say.
        log_level=LogLevels.error,
        log_dictconfig={**LOGGING, "loggers": {}},
    )
    if on_start is not None:
        server.on_startup(on_start)
    server.serve()
