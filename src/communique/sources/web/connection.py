"""Connections to checked network addresses only.

A host name is resolved here, every address it has is checked, and the connection is made to one of those very
addresses. Nobody resolves the name a second time, so a name server that changes its answer between check and connection
(DNS rebinding) gains nothing. The name itself still goes into the Host header, into the TLS handshake, and is what the
certificate must be for.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from communique.errors import FetchError
from communique.sources.web.addresses import check_networks
from communique.sources.web.settings import FetchSettings

# Host and port → network addresses in numbers. Raises OSError where the name is not known.
Resolver = Callable[[str, int], Sequence[str]]
# A host with dozens of dead addresses must not take the time of dozens of connections.
MOST_ADDRESSES = 4


def resolve(host: str, port: int) -> list[str]:
    """Asks the system for the network addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Deadline:
    """The moment at which a fetch must be over, however busy the other side keeps us.

    Args:
        limit: Seconds that the whole may take.
        used: Seconds that were used up before.
    """

    def __init__(self, limit: float, used: float = 0.0) -> None:
        self._limit = limit
        self._end = time.monotonic() + limit - used

    def remaining(self) -> float:
        """Seconds left.

        Raises:
            FetchError: If there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(f"It took more than {self._limit:g} seconds. Try again later.", reason="timeout")
        return left

    def cap(self, timeout: float | None) -> float:
        """A timeout that does not reach over the end."""
        left = self.remaining()
        return left if timeout is None else min(timeout, left)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects for httpcore: resolves, checks, and connects to what was checked.

    Args:
        settings: Which networks are open.
        deadline: When everything must be over; holds for each read and write of the connections too.
        resolver: Where network addresses come from.
    """

    def __init__(self, settings: FetchSettings, deadline: Deadline, resolver: Resolver = resolve) -> None:
        self._settings = settings
        self._deadline = deadline
        self._resolve = resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to one of the checked addresses of a host; the next one is tried when one does not answer.

        Raises:
            AddressRefused: If any of its addresses is not public.
            httpcore.ConnectError, httpcore.ConnectTimeout: If none of them answers.
        """
        addresses = check_networks(host, self._look_up(host, port), self._settings)
        failure: Exception = httpcore.ConnectError(f"{host} has no address that answers")
        for address in addresses[:MOST_ADDRESSES]:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, self._deadline.cap(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Refuses: no page is behind a socket of this machine."""
        raise httpcore.UnsupportedProtocol(f"{path}: sockets of this machine are not connected to.")

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        """Resolves in a thread of its own, since the system's resolver knows no timeout."""
        answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._resolve(host, port))
            except Exception as error:  # whatever it is, it is raised where somebody hears it
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=self._deadline.cap(self._settings.connect_seconds))
        except queue.Empty:
            raise httpcore.ConnectTimeout(f"no answer from the name server for {host}") from None
        if isinstance(found, (OSError, UnicodeError)):
            raise httpcore.ConnectError(f"the name {host} is not known ({found})") from found
        if isinstance(found, Exception):
            raise found
        return found


class _TimedStream(httpcore.NetworkStream):
    """A connection on which each step ends at the deadline: one byte a second would else never be a timeout."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
