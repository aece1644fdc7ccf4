"""Takes authority files into a register: their records name and identify the actors that documents speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from communique.errors import AuthorityError
from communique.exchange.citing import in_chunks
from communique.register import models as tables
from communique.register.resolving.authorities import (
    AuthorityRecord,
    BadLine,
    authority_profile,
    read_csv,
    read_follow_the_money,
)
from communique.register.store.changes import Cause, caused_by, log_change
from communique.register.store.deriving import derive_from
from communique.register.store.profiles import Placed, store_profile, write_blocks
from communique.register.store.writing import exclusive

# Records that are kept and derived in one transaction.
TOGETHER = 200
READERS = {".csv": read_csv, ".json": read_follow_the_money, ".jsonl": read_follow_the_money}
# A line longer than this is no record; it must not be held in memory to find that out.
LONGEST = 4_000_000


@dataclass(slots=True, kw_only=True)
class Imported:
    """How an import went.

    Attributes:
        new, changed, known: Numbers of records.
        bad: Lines that could not be used.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    bad: list[BadLine] = field(default_factory=list)


def import_authorities(path: Path, *, author: str = "") -> Imported:
    """Takes one file into the register, and derives anew what its records touch.

    A record that is there already, unchanged, is left alone: to import a file again changes nothing. Records that a
    newer file of the same name does not have any more stay. Records that fit nobody wait for documents that name them.

    Args:
        path: FollowTheMoney entities (``.json``, ``.jsonl``) or CSV (``.csv``); see ``resolving.authorities``.
        author: Who imports it.

    Raises:
        AuthorityError: If the file cannot be read, or its ending is not known.
    """
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise AuthorityError(f"{path} is neither CSV nor JSON lines by its ending. Known: {', '.join(READERS)}.")
    imported = Imported()
    outcomes = read(_lines(path, imported.bad), path.name)
    for chunk in in_chunks(_records(outcomes, imported.bad), TOGETHER):
        with exclusive(), caused_by(Cause(author=author or "reader")):
            changed = {number for record in chunk if (number := _keep(record, imported)) is not None}
            if changed:
                derive_from(mentions=(), reports=(), documents=(), profiles=Placed(profiles=changed))
    if imported.new or imported.changed:
        with caused_by(Cause(author=author or "reader")):
            log_change(
                "authorities",
                "imported",
                {"file": path.name, "new": imported.new, "changed": imported.changed, "bad_lines": len(imported.bad)},
            )
    imported.bad.sort(key=lambda line: line.number)
    return imported


def _records(outcomes: Iterable[AuthorityRecord | BadLine], bad: list[BadLine]) -> Iterator[AuthorityRecord]:
    for outcome in outcomes:
        if isinstance(outcome, BadLine):
            bad.append(outcome)
        else:
            yield outcome


def _lines(path: Path, bad: list[BadLine]) -> Iterator[str]:
    """The lines of a file; one that is not UTF-8 becomes an empty one, which the readers pass over, and is noted."""
    number = 0
    try:
        with path.open("rb") as file:
            while raw := file.readline(LONGEST):
                number += 1
                if len(raw) == LONGEST and not raw.endswith(b"\n"):
                    raise AuthorityError(f"{path}, line {number}, is longer than {LONGEST} bytes: this is no list.")
                try:
                    yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    bad.append(BadLine(number=number, problem=f"Not UTF-8: {error.reason}. Save the file as UTF-8."))
                    yield "\n"
    except OSError as error:
        raise AuthorityError(f"{path} cannot be read: {error.strerror}.") from error


def _keep(record: AuthorityRecord, imported: Imported) -> int | None:
    """Writes a record and its profile; gives the profile's number when something changed."""
    plain = msgspec.json.decode(msgspec.json.encode(record))  # as the database gives it back
    row = tables.Authority.objects.filter(source=record.source, record_id=record.id).first()
    if row is not None and row.data == plain and row.profile_id is not None:
        imported.known += 1
        return None
    imported.new += row is None
    imported.changed += row is not None
    profile = authority_profile(record)
    known = tables.Profile.objects.filter(key=profile.key).first() or tables.Profile(key=profile.key)
    known.type = profile.type
    store_profile(known, profile)
    write_blocks(known, profile)
    row = row or tables.Authority(source=record.source, record_id=record.id)
    row.data, row.profile = plain, known
    row.save()
    return known.pk
