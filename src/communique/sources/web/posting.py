"""Posts to an address under the same guard by which pages are fetched. Redirects are not followed."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

import httpcore
import httpx

from communique.errors import FetchError
from communique.sources.web.addresses import check_address
from communique.sources.web.connection import Deadline, GuardedBackend, Resolver, resolve
from communique.sources.web.settings import FetchSettings


class Poster:
    """Posts bytes. May be used by several threads.

    Args:
        settings: Open networks and ports, timeouts, user agent.
        resolver: Where network addresses come from.
        tls: Which certificates are trusted; those of certifi, or of SSL_CERT_FILE, unless given.
    """

    def __init__(
        self, settings: FetchSettings, *, resolver: Resolver = resolve, tls: ssl.SSLContext | None = None
    ) -> None:
        self._settings = settings
        self._resolver = resolver
        self._tls = tls or httpx.create_ssl_context()

    def post(self, uri: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Posts a body, and reads nothing of the answer but its status.

        Returns:
            The status, 200 to 299.

        Raises:
            AddressRefused: If the address is not one that may be reached.
            FetchError: If it did not arrive, or the answer is another status; ``reason`` says why.
        """
        url = check_address(uri, self._settings)
        backend = GuardedBackend(self._settings, Deadline(self._settings.max_seconds), self._resolver)
        seconds = dict.fromkeys(("read", "write", "pool"), self._settings.max_seconds)
        sent = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self._settings.user_agent,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **headers,
        }
        try:
            with (
                httpcore.ConnectionPool(self._tls, network_backend=backend) as pool,
                pool.stream(
                    "POST",
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=[
                        (name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in sent.items()
                    ],
                    content=body,
                    extensions={"timeout": {"connect": self._settings.connect_seconds, **seconds}},
                ) as response,
            ):
                status = response.status
        except httpcore.TimeoutException as error:
            raise FetchError(f"No answer in time ({error or type(error).__name__}).", reason="timeout") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError(f"The connection failed: {error or type(error).__name__}.", reason="connection") from error
        if not 200 <= status < 300:
            raise FetchError(f"The server answered with status {status}.", reason="status", status=status)
        return status
