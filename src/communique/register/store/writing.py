"""One writer at a time, whichever process it is: additions, the desk's worker, and people who judge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number will do, as long as all processes that write take the same one ("COMM" in ASCII).
WRITER_LOCK = 0x434F4D4D


@contextmanager
def exclusive() -> Iterator[None]:
    """A transaction that no other writer's comes between: what is looked at inside stands until it is written.

    SQLite takes its one write lock when a transaction begins; PostgreSQL is asked for a lock of that transaction. It
    may be entered again inside.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER_LOCK])
        yield
