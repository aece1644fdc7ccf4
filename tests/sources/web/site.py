"""A web site on loopback that does what a test tells it to, good or bad."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer; a body that is not bytes is sent piece by piece, and its end is the end of the connection."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request as it came in; header names in small letters."""

    path: str
    headers: Mapping[str, str]
    at: float


class Site:
    """Routes by path, and a diary of what was asked for. A route is a reply, or what makes one of a request."""

    def __init__(self) -> None:
        self.routes: dict[str, Reply | Callable[[Seen], Reply]] = {"/robots.txt": Reply(status=404)}
        self.diary: list[Seen] = []
        self.port = 0
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def uri(self, path: str, host: str = LOOPBACK, scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def asked(self, path: str | None = None) -> list[Seen]:
        """Requests for a path, or for all but robots.txt."""
        return [seen for seen in self.diary if (seen.path != "/robots.txt" if path is None else seen.path == path)]

    @contextmanager
    def visit(self, seen: Seen) -> Iterator[None]:
        with self._lock:
            self.diary.append(seen)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            with self._lock:
                self.at_once -= 1

    @contextmanager
    def open(self, tls: SSLContext | None = None) -> Iterator[Site]:
        server = ThreadingHTTPServer((LOOPBACK, 0), _handler(self))
        server.daemon_threads = True
        server.handle_error = lambda request, address: None  # type: ignore[method-assign]  # clients hang up on purpose
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(path=self.path, headers=headers, at=time.monotonic())
            with site.visit(seen):
                route = site.routes.get(self.path, Reply(status=404))
                self._send(route(seen) if callable(route) else route)

        def _send(self, reply: Reply) -> None:
            self.close_connection = True
            with suppress(OSError):
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                pieces = [reply.body] if isinstance(reply.body, bytes) else reply.body
                if isinstance(reply.body, bytes) and "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                for piece in pieces:
                    self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def drip(seconds: float) -> Iterator[bytes]:
    """A byte now and then, without end."""
    while True:
        yield b"x"
        time.sleep(seconds)


def endless(piece: bytes = b"x" * 65536) -> Iterator[bytes]:
    while True:
        yield piece
