from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from communique.sources.web.crawl import PORTION, crawl
from communique.sources.web.fetcher import Fetcher
from communique.sources.web.outcomes import FetchFailure, Page
from communique.sources.web.state import FetchFile
from tests.sources.web.conftest import QuickClock
from tests.sources.web.site import LOOPBACK, Reply, Seen, Site

pytestmark = pytest.mark.allow_hosts([LOOPBACK])

MakeFetcher = Callable[..., Fetcher]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FetchFile]:
    with FetchFile(tmp_path / "crawl.sqlite") as store:
        yield store


def fill(site: Site, count: int, hosts: int = 1) -> list[str]:
    """Pages on the site under so many host names."""
    uris = []
    for number in range(count):
        site.routes[f"/{number}"] = Reply(body=f"page {number}".encode())
        uris.append(site.uri(f"/{number}", host=f"news{number % hosts}.example"))
    return uris


def test_each_page_is_fetched_once_and_failures_cost_themselves_alone(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile
) -> None:
    uris = fill(site, 2 * PORTION + 5, hosts=2)
    wrong = [site.uri("/gone", host="news0.example"), "file:///etc/passwd", "nonsense", "http://10.0.0.1/"]
    site.routes["/7"] = Reply(body=b"\x89PNG", headers={"Content-Type": "image/png"})
    store.add([*uris, *wrong, *uris])
    outcomes = list(crawl(make_fetcher(), store))
    assert sorted(outcome.uri for outcome in outcomes) == sorted([*uris, *wrong])
    failed = {outcome.uri: outcome.reason for outcome in outcomes if isinstance(outcome, FetchFailure)}
    assert failed == {uris[7]: "type", **dict(zip(wrong, ["status", "refused", "refused", "refused"], strict=True))}
    assert max(Counter(seen.path for seen in site.asked()).values()) == 1
    assert list(crawl(make_fetcher(), store)) == []


def test_a_crawl_goes_on_where_it_stopped(site: Site, make_fetcher: MakeFetcher, store: FetchFile) -> None:
    uris = fill(site, 40, hosts=4)
    store.add(uris)
    fetcher = make_fetcher(workers=3)
    safe: list[str] = []
    runs = 0
    while store.hosts(fetcher.clock.now()):
        runs += 1
        run = crawl(fetcher, store)
        taken = [outcome.uri for outcome in islice(run, 7)]
        run.close()
        # Nobody asked for more after the seventh: it is not known to be safe, and comes once more.
        safe += taken[:6]
    assert runs == 7
    assert sorted(safe) == sorted(uris)
    # What was handed out last, and what was under way when it stopped.
    assert len(site.asked()) <= len(uris) + runs * 3


DOOMED = """
import os, sys
from ipaddress import ip_network
from communique.sources.web import Fetcher, FetchFile, FetchSettings, crawl

path, port = sys.argv[1:]
settings = FetchSettings(
    contact="desk@news.example", networks=(ip_network("127.0.0.0/8"),), ports=frozenset((int(port),)), delay=0.0
)
with FetchFile(path) as store:
    for number, page in enumerate(crawl(Fetcher(settings, resolver=lambda host, port: ["127.0.0.1"]), store)):
        print(page.uri, flush=True)
        if number == 4:
            os._exit(9)
"""


def test_a_program_that_dies_in_the_middle_loses_nothing(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile, tmp_path: Path
) -> None:
    uris = fill(site, 12, hosts=2)
    store.add(uris)
    command = [sys.executable, "-c", DOOMED, str(tmp_path / "crawl.sqlite"), str(site.port)]
    died = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert died.returncode == 9, died.stderr
    seen = died.stdout.split()
    assert len(seen) == 5
    rest = [outcome.uri for outcome in crawl(make_fetcher(), store)]
    assert sorted(seen[:4] + rest) == sorted(uris)


def test_one_host_gets_one_request_at_a_time_and_several_hosts_several(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile
) -> None:
    by_host: Counter[str] = Counter()
    most_by_host: Counter[str] = Counter()
    lock = threading.Lock()

    def slow(seen: Seen) -> Reply:
        host = seen.headers["host"]
        with lock:
            by_host[host] += 1
            most_by_host[host] = max(most_by_host[host], by_host[host])
        time.sleep(0.03)
        with lock:
            by_host[host] -= 1
        return Reply(body=b"text")

    uris = fill(site, 24, hosts=4)
    site.routes |= {f"/{number}": slow for number in range(24)}
    store.add(uris)
    assert all(isinstance(outcome, Page) for outcome in crawl(make_fetcher(workers=8), store))
    assert set(most_by_host.values()) == {1}
    assert len(most_by_host) == 4
    assert site.most_at_once > 1


def test_a_trouble_that_may_pass_waits_for_a_later_run(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile, clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (uri,) = fill(site, 1)
    site.routes["/0"] = Reply(status=503)
    store.add([uri])
    (failure,) = crawl(make_fetcher(), store)
    assert isinstance(failure, FetchFailure)
    site.routes["/0"] = Reply(body=b"text")
    assert list(crawl(make_fetcher(), store)) == []
    later = clock.now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(QuickClock, "now", lambda self: later)
    (page,) = crawl(make_fetcher(), store)
    assert isinstance(page, Page)


def test_a_crawl_that_is_broken_off_does_not_sit_out_its_waiting(
    site: Site, make_settings: Callable[..., object], store: FetchFile
) -> None:
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 30\nDisallow:")
    store.add(fill(site, 9, hosts=3))
    fetcher = Fetcher(make_settings(delay=0.0), resolver=lambda host, port: [LOOPBACK])  # type: ignore[arg-type]
    run = crawl(fetcher, store)
    began = time.monotonic()
    next(run)
    run.close()
    assert time.monotonic() - began < 5
