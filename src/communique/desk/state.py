"""What was computed from the register, kept until the register changes."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db import connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition

import communique
from communique.register.models import Change

T = TypeVar("T")
View = Callable[..., HttpResponseBase]

# Bounds how long a figure that nobody asks for takes up room.
KEEP_SECONDS = 3600
SLOW_SECONDS = 0.25
"""Figures that take less are made anew at each change: they cost no more than a page."""
BUSY_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class _Kept:
    """A figure, the state of the register it was made from, and until when it may be used for later states."""

    state: int
    good_until: float
    value: Any


def last_change() -> int:
    """Number of the last line of the register's log: equal numbers, equal register."""
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def remember(name: str, compute: Callable[[], T], *, fresh_below: float = SLOW_SECONDS) -> T:
    """What ``compute`` gives, computed once for each state of the register.

    A figure that takes long may be a little older: while documents are added, each of which changes the register, no
    more than a twentieth of the time goes into one figure.

    Args:
        name: Names the figure and everything that it depends on besides the register.
        compute: Makes it. The value has to be one that can be pickled.
        fresh_below: A figure that takes less, in seconds, is never older than the register; 0 for those that may
            always be a little older, as what there is to choose from.
    """
    register = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    key = f"{register}:{hashlib.sha256(name.encode()).hexdigest()[:32]}"
    state, now = last_change(), time.monotonic()
    kept: _Kept | None = cache.get(key)
    if kept is not None and (kept.state == state or now < kept.good_until):
        return cast(T, kept.value)
    value = compute()
    took = time.monotonic() - now
    good_until = time.monotonic() + took / BUSY_SHARE if took >= fresh_below else 0.0
    cache.set(key, _Kept(state, good_until, value), KEEP_SECONDS)
    return value


def today() -> dt.date:
    """The day from which silence is counted (UTC)."""
    return dt.datetime.now(dt.UTC).date()


def page_tag(request: HttpRequest, *_: object, **__: object) -> str | None:
    """The ETag of a page: everything that it is made from. None where a notice waits to be shown once."""
    if "messages" in request.COOKIES or request.method not in ("GET", "HEAD"):
        return None
    parts = (
        communique.__version__,
        str(connection.settings_dict["NAME"]),
        last_change(),
        today(),
        request.get_full_path(),
        request.COOKIES.get("theme", ""),
        request.COOKIES.get("sessionid", ""),
        request.headers.get("HX-Request", ""),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def unless_unchanged(view: View) -> View:
    """Answers "not modified" without drawing the page while the register is as the browser last saw it."""
    conditional = condition(etag_func=page_tag)(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = conditional(request, *args, **kwargs)
        # Kept by the browser alone, and asked for again each time: a decision shows at once.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response

    return answer
