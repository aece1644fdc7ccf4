"""A site on loopback, and settings that open loopback for it."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import pytest

from communique.sources.web.clock import Clock
from communique.sources.web.fetcher import Fetcher
from communique.sources.web.settings import FetchSettings
from tests.sources.web.site import LOOPBACK, Site


class QuickClock(Clock):
    """A clock on which waiting takes no time; it remembers who waited for how long."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []
        self._ahead = 0.0
        self._lock = threading.Lock()

    def ticks(self) -> float:
        return super().ticks() + self._ahead

    def sleep(self, seconds: float) -> None:
        super().sleep(0)
        with self._lock:
            self._ahead += seconds
            if seconds > 0:
                self.waited.append(seconds)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().open() as site:
        yield site


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


MakeSettings = Callable[..., FetchSettings]


@pytest.fixture
def make_settings(site: Site) -> MakeSettings:
    """Makes settings under which the site may be asked, with changes."""

    def make(**changes: object) -> FetchSettings:
        given: dict[str, object] = {
            "contact": "desk@news.example",
            "networks": (ip_network(f"{LOOPBACK}/32"),),
            "ports": frozenset((site.port,)),
            "max_seconds": 5.0,
            **changes,
        }
        return FetchSettings(**given)  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_fetcher(make_settings: MakeSettings, clock: QuickClock) -> Callable[..., Fetcher]:
    """Makes a fetcher that waits in no time; every host name leads to the site."""

    def make(**changes: object) -> Fetcher:
        return Fetcher(
            make_settings(**changes), clock=clock, dice=random.Random(7), resolver=lambda host, port: [LOOPBACK]
        )

    return make
