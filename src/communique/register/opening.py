"""Opens a register: sets Django up once in a process, and checks that the database is there and up to date."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from communique.errors import RegisterError, RegisterNotFound
from communique.register.address import VARIABLE, RegisterAddress
from communique.register.asking import Register

SETTINGS = "communique.register.settings"


def open_register(given: str | Path | None = None, *, create: bool = False) -> Register:
    """Opens the register at a path or address.

    Args:
        given: A file, or ``postgresql://…``; by default what COMMUNIQUE_REGISTER says, else the user's own.
        create: Make it when there is none, and bring its tables up to date.

    Raises:
        RegisterNotFound: If there is none and ``create`` is False.
        RegisterError: If its tables are older or newer than this version, or the database cannot be reached.
    """
    address = RegisterAddress.parse(given)
    if address.path is not None and not create and not address.path.is_file():
        raise RegisterNotFound(f"There is no register at {address}. Make one: communique init --register {address}")
    connect(address)
    if create:
        migrate(address)
    else:
        _check_tables(address)
    return Register(address=address)


def connect(address: RegisterAddress) -> None:
    """Points Django at the address: the first call sets Django up, a later one changes the database."""
    import django
    from django.apps import apps
    from django.conf import settings

    os.environ[VARIABLE] = str(address.path) if address.path is not None else str(address.url)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not apps.ready:
        django.setup()
    from django.db import connections

    database = address.database()
    known = (settings.DATABASES["default"], connections["default"].settings_dict)
    if any(_place(one) != _place(database) for one in known):
        connections["default"].close()
        del connections["default"]
        connections.settings["default"] = connections.configure_settings({"default": database})["default"]


def _place(database: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells one database from another: two servers may have one of the same name."""
    return tuple(database.get(name) or None for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"))


def refuse_own_file(output: Path) -> None:
    """Sees that what is about to be written is not the open register itself.

    Raises:
        RegisterError: If it is one of its files.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    own = Path(str(connection.settings_dict["NAME"])).resolve()
    if output.resolve() in {own, *(own.with_name(own.name + end) for end in ("-wal", "-shm", "-journal"))}:
        raise RegisterError(f"{output} is the open register itself: it would be lost. Write to another file.")


def migrate(address: RegisterAddress) -> None:
    """Makes the tables, or brings them up to date.

    Raises:
        RegisterError: If the folder cannot be written to, or the database cannot be reached.
    """
    from django.core.management import call_command
    from django.db import Error, connection

    try:
        if address.path is not None:
            address.path.parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        if address.path is not None:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA optimize")
    except (OSError, Error) as error:
        raise RegisterError(
            f"The register {address} cannot be made: {error}. Check the path and its rights."
        ) from error


def _check_tables(address: RegisterAddress) -> None:
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "register"]
        applied = set(executor.loader.applied_migrations or ())
        missing = executor.migration_plan(targets)
    except Error as error:
        raise RegisterError(f"The register {address} cannot be opened: {error}.") from error
    ours = {name for app, name in applied if app == "register"}
    if not ours:
        raise RegisterNotFound(f"{address} holds no register. Make one: communique init --register {address}")
    if missing:
        raise RegisterError(
            f"The register {address} was made by an older version. Bring it up to date: "
            f"communique init --register {address}"
        )
    known = {name for app, name in executor.loader.graph.nodes if app == "register"}
    if ours - known:
        raise RegisterError(
            f"The register {address} was made by a newer version ({max(ours - known)}). Update Communiqué."
        )
