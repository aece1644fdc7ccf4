"""Not too much at once for one host: its requests keep a distance, and wait when it asks us to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from communique.errors import FetchError
from communique.sources.web.clock import Clock


@dataclass(slots=True)
class _Seat:
    """What is known of one host: how many may ask it at a time, and from when on (in ticks of the clock)."""

    places: threading.BoundedSemaphore
    free_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Pacer:
    """Lets requests to a host pass one after the other, with a distance. Shared by all threads.

    Args:
        clock: Time, and waiting.
        per_host: Requests to one host at a time.
        longest_wait: Who would have to wait for longer, in seconds, is sent away.
    """

    def __init__(self, clock: Clock, *, per_host: int, longest_wait: float) -> None:
        self._clock = clock
        self._per_host = per_host
        self._longest_wait = longest_wait
        self._seats: dict[str, _Seat] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Waits until a host may be asked again; the request is made inside of the context.

        Args:
            host: Host and port.
            delay: Seconds from one request to the next: from the start of this one, and again from its end.

        Raises:
            FetchError: If it would be too long a wait (reason ``held``).
            Stopped: If the clock was stopped.
        """
        seat = self._seat(host)
        with seat.places:
            self._clock.sleep(self._reserve(host, seat, delay))
            try:
                yield
            finally:
                self._put_off(seat, delay)

    def hold(self, host: str, seconds: float) -> None:
        """Asks nothing of a host for so many seconds."""
        self._put_off(self._seat(host), seconds)

    def wait_for(self, host: str) -> float:
        """Seconds until a host may be asked again."""
        seat = self._seats.get(host)
        return max(0.0, seat.free_at - self._clock.ticks()) if seat else 0.0

    def _reserve(self, host: str, seat: _Seat, delay: float) -> float:
        with seat.lock:
            now = self._clock.ticks()
            start = max(now, seat.free_at)
            if start - now > self._longest_wait:
                raise FetchError(
                    f"{host} is to be left alone for {start - now:.0f} more seconds.",
                    reason="held",
                    retry_after=start - now,
                )
            seat.free_at = start + delay
            return start - now

    def _put_off(self, seat: _Seat, seconds: float) -> None:
        with seat.lock:
            seat.free_at = max(seat.free_at, self._clock.ticks() + seconds)

    def _seat(self, host: str) -> _Seat:
        with self._lock:
            if host not in self._seats:
                self._seats[host] = _Seat(threading.BoundedSemaphore(self._per_host))
            return self._seats[host]
