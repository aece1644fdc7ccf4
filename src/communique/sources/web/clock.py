"""Time, and waiting: in one place, so that tests need not wait."""

from __future__ import annotations

import datetime as dt
import threading
import time


class Stopped(Exception):
    """Nobody waits for the answer any more."""


class Clock:
    """The system's clock, and a sleep from which everybody can be woken."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> dt.datetime:
        """The time of day in UTC."""
        return dt.datetime.now(dt.UTC)

    def ticks(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits.

        Raises:
            Stopped: If the clock was stopped, before or while waiting.
        """
        if self._stopped.wait(max(seconds, 0.0)):
            raise Stopped

    def stop(self) -> None:
        """Wakes all who sleep, and lets nobody sleep until `resume`."""
        self._stopped.set()

    def resume(self) -> None:
        """Lets sleepers sleep again."""
        self._stopped.clear()
