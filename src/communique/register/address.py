"""Where a register lies: a file (SQLite), or the address of a PostgreSQL database."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from communique.errors import RegisterError

VARIABLE = "COMMUNIQUE_REGISTER"
POSTGRES_SCHEMES = ("postgres", "postgresql")
# Readers never wait for the writer (WAL); a second writer waits this long before it gives up, in seconds.
BUSY_TIMEOUT = 30
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536; PRAGMA foreign_keys=ON;"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAddress:
    """The address of a register.

    Attributes:
        path: The database file, for SQLite; None for PostgreSQL.
        url: The database address, for PostgreSQL; None for SQLite.
    """

    path: Path | None = None
    url: str | None = None

    @classmethod
    def parse(cls, given: str | Path | None = None) -> RegisterAddress:
        """Understands a path or an address; None asks the environment, then the user's data folder.

        Raises:
            RegisterError: If it is an address of a kind that is not known, one without a database's name, or one whose
                host or port cannot be understood.
        """
        text = str(given or os.environ.get(VARIABLE) or default_path())
        scheme = text.partition("://")[0] if "://" in text else ""
        if scheme in POSTGRES_SCHEMES:
            if not _path_of(text):
                raise RegisterError(f"{_without_password(text)} names no database. Write …://host/NAME.")
            return cls(url=text)
        if scheme == "sqlite":
            return cls(path=Path(unquote(text.removeprefix("sqlite://"))).expanduser().absolute())
        if scheme:
            raise RegisterError(
                f"{_without_password(text)} is not a register: give a file, or postgresql://user@host/database."
            )
        return cls(path=Path(text).expanduser().absolute())

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.path is not None

    def __str__(self) -> str:
        """The path, or the address without its password."""
        return str(self.path) if self.path is not None else _without_password(self.url or "")

    def database(self) -> dict[str, Any]:
        """The entry of Django's DATABASES."""
        if self.path is not None:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.path),
                "OPTIONS": {
                    "timeout": BUSY_TIMEOUT,
                    "transaction_mode": "IMMEDIATE",
                    "init_command": SQLITE_PRAGMAS,
                },
            }
        parts = urlsplit(self.url or "")
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", "") or parts.hostname or "",
            "PORT": str(parts.port or options.pop("port", "")),
            "OPTIONS": options,
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": 60,
        }


def default_path() -> Path:
    """``communique.db`` in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("communique", appauthor=False) / "communique.db"


def _path_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read only here, where a wrong one is told
    except ValueError:
        raise RegisterError(
            f"{_without_password(url)} cannot be understood: write postgresql://user@host:5432/database, with a number "
            "for the port, and with %2F and %40 for / and @ in a password."
        ) from None
    return parts.path.strip("/")


def _without_password(url: str) -> str:
    """The address as messages may show it; it need not be one that can be understood."""
    url = re.sub(r"://([^:/?#@]*):.*@", r"://\1:***@", url)
    return re.sub(r"(?i)([?&](?:ssl)?password=)[^&#]*", r"\1***", url)
