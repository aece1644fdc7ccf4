"""Fetches pages as a guest who wants to be let in again: asks first, takes its time, gives up in good time."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from ssl import SSLContext
from types import MappingProxyType

import httpx

from communique.errors import FetchError
from communique.sources.web.addresses import host_of
from communique.sources.web.clock import Clock, Stopped
from communique.sources.web.connection import Resolver, resolve
from communique.sources.web.download import NOT_MODIFIED, Answer, Downloader, Request
from communique.sources.web.outcomes import FetchFailure, Page, Unchanged, Version, is_passing
from communique.sources.web.pacing import Pacer
from communique.sources.web.robots import RobotsBook
from communique.sources.web.settings import FetchSettings, require_contact


class Fetcher:
    """Fetches pages one by one, for one thread or several; a page that fails costs itself alone.

    Args:
        settings: Must have a contact.
        clock: Time, and waiting.
        dice: Chance, for the spread of waiting times.
        resolver: Where network addresses come from.
        tls: Which certificates are trusted.

    Raises:
        SettingsError: If the settings have no contact.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Clock | None = None,
        dice: random.Random | None = None,
        resolver: Resolver = resolve,
        tls: SSLContext | None = None,
    ) -> None:
        require_contact(settings)
        self.settings = settings
        self.clock = clock or Clock()
        self._dice = dice or random.Random()
        self._downloader = Downloader(settings, resolver=resolver, tls=tls)
        self._pacer = Pacer(self.clock, per_host=settings.per_host, longest_wait=settings.longest_wait)
        self._robots = RobotsBook(settings, self.clock, self._get_robots)

    def fetch(self, uri: str, *, media_types: frozenset[str] | None = None) -> Page | FetchFailure:
        """Fetches a page; tries again where the trouble may pass.

        Args:
            uri: Its address.
            media_types: Media types taken; those of pages unless given.

        Raises:
            Stopped: If the clock was stopped while waiting.
        """
        answer = self._get(self._request(uri, media_types))
        return answer if isinstance(answer, FetchFailure) else make_page(uri, answer, self.clock.now())

    def fetch_if_changed(
        self, uri: str, version: Version, *, media_types: frozenset[str] | None = None
    ) -> Page | Unchanged | FetchFailure:
        """Fetches a page unless it is still the version that is here already. Otherwise like `fetch`."""
        answer = self._get(self._request(uri, media_types, version.headers()))
        if isinstance(answer, Answer) and answer.status == NOT_MODIFIED:
            return Unchanged(uri=uri, fetched_at=self.clock.now())
        return answer if isinstance(answer, FetchFailure) else make_page(uri, answer, self.clock.now())

    def wait_for(self, host: str) -> float:
        """Seconds until a host (``host:port``) may be asked again."""
        return self._pacer.wait_for(host)

    def _request(
        self, uri: str, media_types: frozenset[str] | None, headers: Mapping[str, str] = MappingProxyType({})
    ) -> Request:
        taken = self.settings.page_types if media_types is None else media_types
        return Request(uri=uri, headers=headers, media_types=taken, gate=self._gate)

    def _get(self, request: Request) -> Answer | FetchFailure:
        attempt = 1
        while True:
            try:
                return self._downloader.get(request)
            except FetchError as error:
                if not self._is_worth_a_retry(error, attempt):
                    return FetchFailure.of(request.uri, error, self.clock.now())
            except Stopped:
                raise
            except Exception as error:  # a page that meets a defect costs itself alone, too
                return FetchFailure.of_defect(request.uri, error, self.clock.now())
            # Half of the time is left to chance, so that readers who failed together do not come back together.
            backoff = self.settings.first_backoff * 2 ** (attempt - 1) * self._dice.uniform(0.5, 1.0)
            self.clock.sleep(min(backoff, self.settings.longest_wait))
            attempt += 1

    def _is_worth_a_retry(self, error: FetchError, attempt: int) -> bool:
        if attempt == self.settings.attempts or not is_passing(error) or error.reason == "held":
            return False
        return (error.retry_after or 0.0) <= self.settings.longest_wait

    @contextmanager
    def _gate(self, url: httpx.URL) -> Iterator[None]:
        with self._pacer.turn(host_of(url), self._robots.check(url)):
            try:
                yield
            except FetchError as error:
                self._pacer.hold(host_of(url), error.retry_after or 0.0)
                raise

    def _get_robots(self, request: Request) -> Answer:
        def gate(url: httpx.URL) -> AbstractContextManager[None]:
            return self._pacer.turn(host_of(url), self.settings.delay)

        return self._downloader.get(replace(request, gate=gate))


def make_page(uri: str, answer: Answer, fetched_at: dt.datetime) -> Page:
    """The page of an answer."""
    return Page(
        uri=uri,
        final_uri=answer.final_uri,
        status=answer.status,
        media_type=answer.media_type,
        body=answer.body,
        fetched_at=fetched_at,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        charset=answer.charset,
    )


def fetch_page(uri: str, settings: FetchSettings | None = None, *, resolver: Resolver = resolve) -> Page:
    """Fetches the one page that somebody named, under the address guard and all caps.

    It is what a browser would do for a person who types the address: asked for once, at once, without a robots.txt, and
    without a contact. Use a `Fetcher` for everything that a program chooses.

    Args:
        uri: Its address.
        settings: Those of the environment unless given.
        resolver: Where network addresses come from.

    Raises:
        AddressRefused: If the address, or where it leads, is not to be fetched.
        FetchError: If no page comes of it.
        SettingsError: If a setting in the environment is wrong.
    """
    settings = settings or FetchSettings.from_environment()
    request = Request(uri=uri, media_types=settings.page_types)
    return make_page(uri, Downloader(settings, resolver=resolver).get(request), Clock().now())
