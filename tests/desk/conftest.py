"""A desk on a made-up register in a file of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

# The tests' own imports of tables come after this one.
django.setup()

from django.test import Client  # noqa: E402

from communique.register import open_register  # noqa: E402
from tests.desk.sample_register import fill  # noqa: E402
from tests.desk.written import fill_written  # noqa: E402
from tests.register.conftest import postgres  # noqa: E402

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the made-up engagements; not to be written to."""
    path = tmp_path_factory.mktemp("desk") / "sample.db"
    register = open_register(path, create=True)
    fill()
    register.close()
    return path


@pytest.fixture
def sample(sample_path: Path) -> Iterator[Path]:
    """The made-up register, opened."""
    register = open_register(sample_path)
    yield sample_path
    register.close()


@pytest.fixture
def database() -> str:
    """On which registers that are written to lie; folders whose tests write a lot try both."""
    return "sqlite"


@pytest.fixture
def empty(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A register with nothing in it."""
    address = str(tmp_path / "empty.db") if database == "sqlite" else request.getfixturevalue("postgres").new()
    register = open_register(address, create=True)
    yield address
    register.close()


@pytest.fixture
def client(sample: Path) -> Client:
    """Asks the desk on the made-up register."""
    return Client(headers={"host": "127.0.0.1"})


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small register that went the whole way: copied for each test that writes."""
    path = tmp_path_factory.mktemp("desk") / "written.db"
    register = open_register(path, create=True)
    fill_written()
    register.close()
    return path


@pytest.fixture
def written(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The small register, to be written to."""
    if database == "sqlite":
        address = str(shutil.copy(request.getfixturevalue("written_once"), tmp_path / "written.db"))
        register = open_register(address)
    else:
        address = request.getfixturevalue("postgres").new()
        register = open_register(address)
        fill_written()
    yield address
    register.close()


@pytest.fixture
def writing(written: str) -> Client:
    """Asks the desk on the register that may be written to."""
    return Client(headers={"host": "127.0.0.1"})
