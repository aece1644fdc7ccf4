"""Fetches what a store has waiting, several hosts at a time, each page once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from communique.sources.web.fetcher import Fetcher
from communique.sources.web.outcomes import FetchFailure, Page
from communique.sources.web.records import FetchRecord, FetchStore, update_record

# Addresses of one host that are taken from the store at a time.
PORTION = 50


def crawl(fetcher: Fetcher, store: FetchStore) -> Iterator[Page | FetchFailure]:
    """Fetches all pages that are waiting in a store.

    It may be stopped at any point, and goes on when it is called again. An address counts as done when the next outcome
    is asked for: a caller that dies over a page gets that page once more, and never loses one.

    Args:
        fetcher: Fetches each page; for one crawl at a time, since breaking one off wakes all who wait.
        store: Has the addresses (``store.add``), and takes down what came of each.

    Yields:
        A Page or a FetchFailure for each address, as they come in. What met a trouble that may pass stays waiting in
        the store for a later run.
    """
    queues = _HostQueues(fetcher, store)
    with ThreadPoolExecutor(fetcher.settings.workers, thread_name_prefix="fetch") as pool:
        under_way: dict[Future[Page | FetchFailure], str] = {}
        try:
            while True:
                while len(under_way) < fetcher.settings.workers and (uri := queues.take()) is not None:
                    under_way[pool.submit(fetcher.fetch, uri)] = uri
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    outcome = future.result()
                    yield outcome
                    store.save(update_record(store.find(outcome.uri) or FetchRecord(uri=outcome.uri), outcome))
                    queues.give_back(under_way.pop(future))
        finally:
            if under_way:  # broken off: nobody will get the pages for which threads still wait
                fetcher.clock.stop()
                pool.shutdown(wait=True, cancel_futures=True)
                fetcher.clock.resume()


class _HostQueues:
    """Hands out waiting addresses so that no host gets more requests at a time than the settings say."""

    def __init__(self, fetcher: Fetcher, store: FetchStore) -> None:
        self._fetcher = fetcher
        self._store = store
        # One moment for the whole run: what fails in it is not due again before the next.
        self._now = fetcher.clock.now()
        self._queues: dict[str, deque[str]] = {host: deque() for host in store.hosts(self._now)}
        self._handed_out: dict[str, str] = {}
        self._busy: dict[str, int] = {}

    def take(self) -> str | None:
        """The next address: of the host with a free place that may be asked soonest."""
        free = [host for host in self._queues if self._busy.get(host, 0) < self._fetcher.settings.per_host]
        while free:
            host = min(free, key=self._fetcher.wait_for)
            queue = self._queues[host]
            if not queue:
                queue.extend(self._portion(host))
            if queue:
                uri = queue.popleft()
                self._handed_out[uri] = host
                self._busy[host] = self._busy.get(host, 0) + 1
                return uri
            free.remove(host)
            if not self._busy.get(host):
                del self._queues[host]
        return None

    def give_back(self, uri: str) -> None:
        """Frees the place that an address took."""
        self._busy[self._handed_out.pop(uri)] -= 1

    def _portion(self, host: str) -> list[str]:
        found = self._store.waiting(host, self._now, PORTION + len(self._handed_out))
        return [uri for uri in found if uri not in self._handed_out]
