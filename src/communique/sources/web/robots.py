"""What sites ask of robots (RFC 9309): read once a host, kept for a while, obeyed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from communique.errors import AddressRefused, FetchError
from communique.sources.web.clock import Clock
from communique.sources.web.download import Answer, Request
from communique.sources.web.settings import ROBOT, FetchSettings

# RFC 9309 asks robots to read 500 KiB at the least. A site with more rules than this is left alone.
MAX_BYTES = 1_000_000
# A site whose robots.txt cannot be had is asked for it again after so many seconds, and for nothing else before.
SECONDS_BETWEEN_TRIES = 600.0
# So many sites are remembered.
MOST_SITES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """The rules of one site: ``protego`` is None while they cannot be had, and ``trouble`` says why."""

    protego: Protego | None
    expires: float
    trouble: str = ""


class RobotsBook:
    """Knows what each site allows. Shared by all threads.

    Args:
        settings: How long rules are good for, and the longest delay that is obeyed.
        clock: Time.
        get: Fetches a robots.txt.
    """

    def __init__(self, settings: FetchSettings, clock: Clock, get: Callable[[Request], Answer]) -> None:
        self._settings = settings
        self._clock = clock
        self._get = get
        self._sites: OrderedDict[str, _Rules] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, url: httpx.URL) -> float:
        """Asks whether an address may be fetched.

        Returns:
            Seconds from one request to the next that the site asks for; never less than ours.

        Raises:
            AddressRefused: If the site itself is not to be fetched.
            FetchError: If the site forbids it (reason ``robots``), or cannot say so now (``held``).
        """
        rules = self._rules(url)
        if rules.protego is None:
            left = max(0.0, rules.expires - self._clock.ticks())
            raise FetchError(
                f"{url.host} cannot say now what robots may fetch, so nothing is. Its robots.txt: {rules.trouble}",
                reason="held",
                retry_after=left,
            )
        if not rules.protego.can_fetch(str(url), ROBOT):
            raise FetchError(f"The robots.txt of {url.host} forbids it.", reason="robots")
        asked = rules.protego.crawl_delay(ROBOT) or 0.0
        return max(self._settings.delay, min(asked, self._settings.longest_crawl_delay))

    def _rules(self, url: httpx.URL) -> _Rules:
        site = str(url.copy_with(raw_path=b"/robots.txt"))
        with self._lock:
            known = self._sites.get(site)
        if known is not None and known.expires > self._clock.ticks():
            return known
        rules = self._fetch(site)  # outside of the lock: one slow site must not stop the others
        with self._lock:
            self._sites[site] = rules
            self._sites.move_to_end(site)
            while len(self._sites) > MOST_SITES:
                self._sites.popitem(last=False)
        return rules

    def _fetch(self, site: str) -> _Rules:
        now = self._clock.ticks()
        try:
            body = self._get(Request(uri=site, max_bytes=MAX_BYTES)).body
        except AddressRefused:
            raise
        except FetchError as error:
            if not _says_nothing(error):
                seconds = max(SECONDS_BETWEEN_TRIES, error.retry_after or 0.0)
                return _Rules(protego=None, expires=now + seconds, trouble=str(error))
            body = b""
        text = body.decode("utf-8", "replace").removeprefix("\ufeff")
        return _Rules(protego=Protego.parse(text), expires=now + self._settings.robots_seconds)


def _says_nothing(error: FetchError) -> bool:
    """Whether a site has no rules: there is no such file (RFC 9309, 2.3.1). 429 is a request to wait."""
    if error.reason == "redirects":
        return True
    return error.status is not None and 400 <= error.status < 500 and error.status != 429
