"""Rate limits: a bucket of tokens for each who asks, so that nobody's haste becomes everybody's wait.

Buckets live in the memory of each server process: a limit must not cost a write to the register, which has one writer
at a time. With several processes each gives its share (``COMMUNIQUE_WORKERS``).
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

from communique.desk.origin import client_address
from communique.desk.views.errors import tell

View = Callable[..., HttpResponseBase]
# More askers than this at once are told apart no longer: the one that was quiet for longest is forgotten.
MOST_BUCKETS = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limit:
    """So many requests a minute for each asker, in bursts of as many at once.

    Args:
        per_minute: How many.
        clock: Seconds that only ever grow.
    """

    def __init__(self, per_minute: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait_for(self, asker: str) -> float:
        """Takes a token; gives 0, or the seconds after which there will be one again."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.pop(asker, None) or _Bucket(self.per_minute, now)
            bucket.tokens = min(self.per_minute, bucket.tokens + (now - bucket.at) * self.per_minute / 60)
            bucket.at = now
            self._buckets[asker] = bucket
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) * 60 / self.per_minute


def share(per_minute: float) -> float:
    """The part of a limit that falls to one of the server's processes."""
    return max(1.0, per_minute / int(os.environ.get("COMMUNIQUE_WORKERS", "1")))


def limited(per_minute: float, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Answers 429 to whoever asks a view more often; views behind the same guard share the limit."""
    # Made here, not in the guard, which ``method_decorator`` calls anew for each request.
    limit = Limit(share(per_minute))

    def guard(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            wait = limit.wait_for(_asker(request)) if request.method in methods else 0.0
            if not wait:
                return view(request, *args, **kwargs)
            seconds = math.ceil(wait)
            message = f"Too many requests of this kind. Ask again in {seconds} second{'s' if seconds > 1 else ''}."
            refused = tell(request, 429, message)
            refused["Retry-After"] = str(seconds)
            return refused

        return answer

    return guard


def _asker(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return f"u{user.pk}" if user is not None and user.is_authenticated else client_address(request)
