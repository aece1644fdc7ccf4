"""What all tests share. Sockets are blocked by pytest-socket (see addopts in pyproject.toml)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure: what is slow is measured by benchmarks.
settings.register_profile("communique", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("communique")

# Django is set up once in a process: with the desk's settings, which hold all that the register's do.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.desk.settings")
# The browser's driver keeps an event loop in the thread of the tests while its package runs; nothing of ours is async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the ``shared`` fixture carries the marker of that name."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder: that of COMMUNIQUE_SHARED, or the one beside the repository. Skips where there is none."""
    folder = Path(os.environ.get("COMMUNIQUE_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no shared gold at {folder} (set COMMUNIQUE_SHARED to the folder that holds gold/)")
    return folder
