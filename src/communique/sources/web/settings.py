"""Settings of fetching: who we are, how patient, how much we take, and which networks are open to us.

They come from the program or its environment, never from a request.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network

from communique.errors import SettingsError
from communique.sources.web.networks import IPNetwork

CONTACT = "COMMUNIQUE_CONTACT"
NETWORKS = "COMMUNIQUE_FETCH_NETWORKS"
PORTS = "COMMUNIQUE_FETCH_PORTS"
# The name by which a site's robots.txt calls us.
ROBOT = "Communique"

# What a page may be. Whatever else comes (pictures, films, programs) is refused before its body is read.
PAGE_TYPES = frozenset(
    (
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "message/rfc822",
        "multipart/related",
    )
)
# Feeds and sitemaps are served under all kinds of names; what they are is seen in their bytes.
FEED_TYPES = frozenset(
    (
        "application/atom+xml",
        "application/feed+json",
        "application/gzip",
        "application/json",
        "application/octet-stream",
        "application/rdf+xml",
        "application/rss+xml",
        "application/x-gzip",
        "application/xml",
        "text/html",
        "text/plain",
        "text/xml",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How pages are fetched.

    Attributes:
        contact: A mail address or a page by which the owner of a site can reach us; goes into the user agent.
            Fetching many pages needs it, fetching a single address does not.
        networks: Networks that are not public and open all the same, as for an intranet.
        ports: Ports that may be asked.
        max_bytes: Most bytes of a body, as sent and once more after unpacking: what ``pages.open_document`` takes.
        max_seconds: Most time for one address with all its redirects.
        connect_seconds: Most time to reach one network address.
        max_redirects: Most redirects followed.
        page_types: Media types taken for pages.
        delay: Seconds between two requests to one host.
        longest_crawl_delay: A robots.txt that asks for more than this is given this.
        per_host: Requests to one host at a time.
        workers: Requests at a time in all.
        attempts: How often a page is tried in one run when the trouble may pass.
        first_backoff: Seconds before the second attempt; each further one waits twice as long.
        longest_wait: A host that asks to be left alone for longer than this is left for a later run.
        robots_seconds: How long a robots.txt is good for; RFC 9309 says no more than a day.
    """

    contact: str | None = None
    networks: tuple[IPNetwork, ...] = ()
    ports: frozenset[int] = frozenset((80, 443))
    max_bytes: int = 25_000_000
    max_seconds: float = 60.0
    connect_seconds: float = 10.0
    max_redirects: int = 5
    page_types: frozenset[str] = PAGE_TYPES
    delay: float = 2.0
    longest_crawl_delay: float = 30.0
    per_host: int = 1
    workers: int = 8
    attempts: int = 3
    first_backoff: float = 2.0
    longest_wait: float = 120.0
    robots_seconds: float = 24 * 3600.0

    @property
    def user_agent(self) -> str:
        """How we introduce ourselves."""
        from communique import __version__

        return f"{ROBOT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> FetchSettings:
        """Settings with the contact, and the networks and ports of an intranet, as the environment has them.

        Raises:
            SettingsError: If a value cannot be understood.
        """
        contact = environ.get(CONTACT, "").strip() or None
        if contact and not (contact.isascii() and contact.isprintable()):
            raise SettingsError(f"{CONTACT} is {contact!r}: give a mail address or a page in ASCII, since it is sent.")
        return cls(
            contact=contact,
            networks=tuple(_network(word) for word in environ.get(NETWORKS, "").replace(",", " ").split()),
            ports=frozenset((80, 443, *map(_port, environ.get(PORTS, "").replace(",", " ").split()))),
        )


def require_contact(settings: FetchSettings) -> None:
    """Makes sure that somebody can be reached before many pages are asked for.

    Raises:
        SettingsError: If the settings have no contact.
    """
    if not settings.contact:
        raise SettingsError(
            f"{CONTACT} is not set. Give a mail address or a page at which the owner of a site can reach you: "
            f"it is sent with every request."
        )


def _network(word: str) -> IPNetwork:
    try:
        return ip_network(word)
    except ValueError as error:
        raise SettingsError(f"{NETWORKS} has {word!r}: {error}. Give networks such as 10.1.0.0/16.") from error


def _port(word: str) -> int:
    if not (word.isdecimal() and 0 < int(word) < 65536):
        raise SettingsError(f"{PORTS} has {word!r}: give numbers of ports such as 8080.")
    return int(word)
