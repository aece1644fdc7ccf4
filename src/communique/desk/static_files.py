"""Addresses of static files that change with their contents."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class DigestedFiles(StaticFilesStorage):
    """Adds the digest of a file's bytes to its address, so that browsers may keep files and still see every change.

    Django's own manifest would ask for a collected folder before the desk could be started from a package.
    """

    def url(self, name: str | None) -> str:
        """The address of a static file: ``/static/desk/desk.css?d=3f2a…``."""
        address = super().url(name)
        digest = _digest(name or "")
        return f"{address}?d={digest}" if digest else address


@cache
def _digest(name: str) -> str:
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if path else ""
