"""One address, asked for once: redirects followed under guard, everything capped, nothing remembered.

Requests are made with httpcore, which does what it is told and no more: no proxies from the environment, no cookies, no
redirects of its own, no unpacking.
"""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from communique.errors import AddressRefused, FetchError
from communique.sources.web.addresses import check_address
from communique.sources.web.bodies import GZIP, read_body
from communique.sources.web.connection import Deadline, GuardedBackend, Resolver, resolve
from communique.sources.web.outcomes import PASSING_STATUSES
from communique.sources.web.settings import FetchSettings

REDIRECTS = frozenset((301, 302, 303, 307, 308))
NOT_MODIFIED = 304
# A host that wants to be left alone for longer is asked again after a week.
LONGEST_RETRY_AFTER = 7 * 24 * 3600.0

# Called before each request, redirects included; the request is made inside of its context. May raise FetchError.
Gate = Callable[[httpx.URL], AbstractContextManager[None]]


def open_gate(_: httpx.URL) -> AbstractContextManager[None]:
    """Lets every request pass at once."""
    return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for, and what is taken.

    Attributes:
        uri: The address.
        headers: Headers beside the usual ones.
        media_types: Media types taken; None takes all.
        max_bytes: Most bytes of the body; None for what the settings say.
        gate: Called before each request.
    """

    uri: str
    headers: Mapping[str, str] = field(default_factory=dict)
    media_types: frozenset[str] | None = None
    max_bytes: int | None = None
    gate: Gate = open_gate

    @property
    def is_conditional(self) -> bool:
        """Whether "not modified" is an answer to it."""
        return bool({"If-None-Match", "If-Modified-Since"} & self.headers.keys())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: a body, or the word that nothing changed (304).

    Attributes:
        final_uri: Where the redirects ended.
        status: 200, 203 or 304.
        headers: By their names in small letters.
        body: The bytes, unpacked; empty at 304.
    """

    final_uri: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without parameters, in small letters; "" where the server did not say."""
        return _media_type(self.headers)

    @property
    def charset(self) -> str | None:
        """The encoding that the server named, in small letters; None where it named none."""
        head = Message()
        head["content-type"] = self.headers.get("content-type", "")
        return head.get_content_charset()


class Downloader:
    """Asks for single addresses, under the address guard. May be used by several threads.

    Args:
        settings: Caps, open networks and ports, user agent.
        resolver: Where network addresses come from.
        tls: Which certificates are trusted; those of certifi, or of SSL_CERT_FILE, unless given.
    """

    def __init__(
        self, settings: FetchSettings, *, resolver: Resolver = resolve, tls: ssl.SSLContext | None = None
    ) -> None:
        self._settings = settings
        self._resolver = resolver
        self._tls = tls or httpx.create_ssl_context()

    def get(self, request: Request) -> Answer:
        """Asks for an address and follows its redirects.

        Raises:
            AddressRefused: If it, or where it leads, is not to be fetched.
            FetchError: If no page comes of it; ``reason`` says why.
        """
        url = check_address(request.uri, self._settings)
        limit, used = self._settings.max_seconds, 0.0
        for _ in range(self._settings.max_redirects + 1):
            with request.gate(url):
                deadline = Deadline(limit, used)  # after the gate: time spent waiting there is ours, not the server's
                answer = self._ask(url, request, deadline)
            used = limit - deadline.remaining()
            if isinstance(answer, Answer):
                return answer
            url = self._redirected(url, answer)
        raise FetchError(
            f"It redirects more than {self._settings.max_redirects} times, last to {str(url)!r}.", reason="redirects"
        )

    def _redirected(self, url: httpx.URL, location: str) -> httpx.URL:
        try:
            target = url.join(location)
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"It redirects to {location!r}, which is no address.", reason="redirects") from error
        try:
            return check_address(target, self._settings)
        except AddressRefused as error:
            raise AddressRefused(f"{str(url)!r} redirects to what is not fetched. {error}") from error

    def _ask(self, url: httpx.URL, request: Request, deadline: Deadline) -> Answer | str:
        """One request; the target where the answer is a redirect."""
        backend = GuardedBackend(self._settings, deadline, self._resolver)
        seconds = dict.fromkeys(("read", "write", "pool"), self._settings.max_seconds)
        try:
            with (
                httpcore.ConnectionPool(self._tls, network_backend=backend) as pool,
                pool.stream(
                    "GET",
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=self._headers(url, request),
                    extensions={"timeout": {"connect": self._settings.connect_seconds, **seconds}},
                ) as response,
            ):
                return self._take(url, request, response)
        except httpcore.TimeoutException as error:
            raise FetchError(f"No answer in time ({error or type(error).__name__}).", reason="timeout") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError(f"The connection failed: {error or type(error).__name__}.", reason="connection") from error

    def _headers(self, url: httpx.URL, request: Request) -> list[tuple[bytes, bytes]]:
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self._settings.user_agent,
            "Accept-Encoding": GZIP,
            "Accept": ", ".join(sorted(request.media_types)) if request.media_types else "*/*",
            "Connection": "close",
            **request.headers,
        }
        return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]

    def _take(self, url: httpx.URL, request: Request, response: httpcore.Response) -> Answer | str:
        headers = {name.decode("latin-1").lower(): _header_text(value) for name, value in response.headers}
        if response.status in REDIRECTS and headers.get("location"):
            return headers["location"]
        body = b""
        if response.status != NOT_MODIFIED or not request.is_conditional:
            _check_status(response.status, headers)
            max_bytes = self._settings.max_bytes if request.max_bytes is None else request.max_bytes
            _check_head(headers, request.media_types, max_bytes)
            encoding = headers.get("content-encoding", "")
            body = read_body(response.iter_stream(), encoding=encoding, max_bytes=max_bytes)
        return Answer(final_uri=str(url), status=response.status, headers=headers, body=body)


def _check_status(status: int, headers: Mapping[str, str]) -> None:
    if status not in {200, 203}:
        advice = "Try again later." if status in PASSING_STATUSES else "Check the address."
        raise FetchError(
            f"The server answered with status {status}. {advice}",
            reason="status",
            status=status,
            retry_after=read_retry_after(headers.get("retry-after", ""), dt.datetime.now(dt.UTC)),
        )


def _check_head(headers: Mapping[str, str], media_types: frozenset[str] | None, max_bytes: int) -> None:
    """Refuses by what the server says of the body, before any of it is read."""
    media_type = _media_type(headers)
    if media_types is not None and media_type and media_type not in media_types:
        raise FetchError(f"It is {media_type!r}, which is not read. Give the address of a page.", reason="type")
    length = headers.get("content-length", "")
    # As a float, since Python refuses to make an integer of thousands of digits.
    if length.isdecimal() and float(length) > max_bytes:
        raise FetchError(f"It has {length[:20]} bytes; {max_bytes:,} are the limit.", reason="size")


def _header_text(value: bytes) -> str:
    """Servers write addresses in headers as UTF-8 though it is not allowed; browsers take them so."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def read_retry_after(value: str, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a day and time.

    Args:
        value: What the header says; "" where there is none.
        now: The time, for a day and time that is counted from.
    """
    if value.strip().isdecimal():
        return min(float(value), LONGEST_RETRY_AFTER)
    try:
        until = parsedate_to_datetime(value)
        return min(max(0.0, (until.astimezone(dt.UTC) - now).total_seconds()), LONGEST_RETRY_AFTER)
    except (TypeError, ValueError, OverflowError):
        return None
