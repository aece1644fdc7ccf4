"""A server on loopback that takes what is posted, or refuses to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Posted:
    path: str
    headers: Message
    body: bytes


class Receiver:
    """Remembers what came; ``status`` is what it answers."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.status = 204
        self.location = ""
        self.port = 0

    @property
    def uri(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/hook"

    @contextmanager
    def open(self) -> Iterator[Receiver]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.posted.append(Posted(path=self.path, headers=self.headers, body=body))
                self.send_response(receiver.status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keeps quiet."""

        server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
