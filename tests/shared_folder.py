"""The shared folder with the given gold and scorers: beside the repository, or where COMMUNIQUE_SHARED says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED") or Path(__file__).parents[2] / "shared")


def need(relative: str) -> Path:
    """A path in the shared folder; skips the test where it is missing."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"the shared folder has no {relative} (set COMMUNIQUE_SHARED to where it lies)")
    return path
