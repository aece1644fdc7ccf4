"""A small server for tests that speaks as OpenAI-compatible ones do, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG = 408_000
"""A status that stands for no answer at all."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """One answer of the server: status, body (an object, or text as it is), headers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


Play = Callable[[dict[str, Any]], Served]


def completion(
    content: Any, *, finish: str = "stop", refusal: str | None = None, tokens: tuple[int, int] = (100, 20)
) -> Served:
    """A completion; objects become JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return Served(
        body={
            "id": "x", "object": "chat.completion", "created": 0, "model": "tiny",
            "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
            "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
        }
    )  # fmt: skip


def failing(status: int, message: str = "no", **headers: str) -> Served:
    """An error as such servers word it."""
    return Served(status=status, body={"error": {"message": message, "type": "x"}}, headers=headers)


class Server:
    """What the server was asked, and what it will answer.

    The answers are given in order, the last one for ever; a function makes its answer from the request.
    """

    def __init__(self, *plays: Served | Play) -> None:
        self.plays = list(plays)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self.released = threading.Event()
        self._lock = threading.Lock()

    def answer(self, request: dict[str, Any], headers: dict[str, str]) -> Served:
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        return play if isinstance(play, Served) else play(request)

    def prompt(self, number: int = -1) -> str:
        """What the user's message of a request said."""
        content: str = self.requests[number]["messages"][1]["content"]
        return content


@contextmanager
def serve(*plays: Served | Play) -> Iterator[Server]:
    """Runs a server on the loopback interface for as long as the context lasts."""
    server = Server(*plays)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            play = server.answer(request, {name.lower(): value for name, value in self.headers.items()})
            if play.status == HANG:
                server.released.wait(30)
                self.close_connection = True
                return
            body = play.body if isinstance(play.body, str) else json.dumps(play.body)
            self.send_response(play.status)
            kind = "text/html" if isinstance(play.body, str) else "application/json"
            for name, value in {"Content-Type": kind, **play.headers}.items():
                self.send_header(name.replace("_", "-"), value)
            data = body.encode()
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        http.server_close()
        thread.join()
