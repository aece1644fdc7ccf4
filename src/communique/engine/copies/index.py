"""An index of documents that tells copies from originals, in memory or in a file, whatever order they come in.

Two documents are joined when they share a band and their shingles say that they are copies. Both are questions about
the pair alone, so the pairs, and with them the groups (connected components), do not depend on the order of arrival.
Nor does a group's representative: the member that was published first, undated ones last; of several, the one whose
words have the smallest hash, then the smallest id.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from communique.engine.copies.digests import BANDS, PERMUTATIONS, SEED
from communique.engine.copies.fingerprints import Fingerprint, unpack_shingles
from communique.engine.copies.repeats import Print, Repeat, find_repeats
from communique.engine.copies.shingles import SHINGLE_WORDS, Shingles
from communique.engine.copies.similarity import compare
from communique.errors import CopyIndexError

# Written into a file and compared when it is opened: digests of another making would find nothing.
MAKING = f"communique/copies/1 {SHINGLE_WORDS} {PERMUTATIONS} {BANDS} {SEED}"
_UNDATED = "9999-99-99"  # after every day
_TABLES = """
CREATE TABLE IF NOT EXISTS making (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, published TEXT NOT NULL, words BLOB NOT NULL,
    shingles BLOB NOT NULL, team INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS document_by_words ON document (words);
CREATE INDEX IF NOT EXISTS document_by_team ON document (team);
CREATE TABLE IF NOT EXISTS band (value INTEGER, document INTEGER, PRIMARY KEY (value, document)) WITHOUT ROWID;
"""
_CANDIDATES = f"""
SELECT number, team FROM document WHERE number IN
    (SELECT document FROM band WHERE value IN ({", ".join("?" * BANDS)})) ORDER BY number
"""
_ORDER = "team, published, words, id"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyEntry:
    """A document as the index takes it.

    Attributes:
        id: What it is called, such as the SHA-256 of its bytes.
        text: The article alone, without the page around it; or its fingerprint, made before.
        published: Publication day, where it is known.
    """

    id: str
    text: str | Fingerprint
    published: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """Prints of one report.

    Attributes:
        representative: Id of the one that stands for all.
        members: All ids, the representative first, then by publication.
    """

    representative: str
    members: tuple[str, ...]


class CopyIndex:
    """Takes documents in, tells which are copies of which. Use it as a context manager.

    Args:
        path: A file that keeps the index between runs (one process writes at a time); None keeps it in memory.

    Raises:
        CopyIndexError: If the file is no index, or of another making.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        try:
            self._base.executescript(_TABLES)
            self._base.execute("INSERT INTO making SELECT ? WHERE NOT EXISTS (SELECT * FROM making)", (MAKING,))
            (making,) = self._base.execute("SELECT name FROM making").fetchone()
        except sqlite3.DatabaseError as error:
            self.close()
            raise CopyIndexError(f"{path}: no index of copies ({error}). Give another file, or remove it.") from error
        if making != MAKING:
            self.close()
            raise CopyIndexError(f"{path}: made as {making!r}, not {MAKING!r}. Remove it and index anew.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._base.close()

    def __len__(self) -> int:
        (count,) = self._base.execute("SELECT count(*) FROM document").fetchone()
        return int(count)

    def add(self, entry: CopyEntry) -> None:
        """Takes in one document; see ``add_many``."""
        self.add_many([entry])

    def add_many(self, entries: Iterable[CopyEntry]) -> None:
        """Takes documents in, all or none. One that is there already counts once, with the earlier of its two days.

        Raises:
            CopyIndexError: If an id comes again with other words.
        """
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for entry in entries:
                self._add(entry)
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def copy_of(self, document: str) -> str | None:
        """Id of the representative of a document's group; None when it is that itself, or has no copies.

        Raises:
            CopyIndexError: If there is no such document.
        """
        group = (self.group_of(document),)
        (first,) = self._base.execute(f"SELECT id FROM document WHERE team = ? ORDER BY {_ORDER}", group).fetchone()
        return None if first == document else str(first)

    def group_of(self, document: str) -> int:
        """A number that a document shares with its copies alone, until the next one is added.

        Raises:
            CopyIndexError: If there is no such document.
        """
        row = self._base.execute("SELECT team FROM document WHERE id = ?", (document,)).fetchone()
        if row is None:
            raise CopyIndexError(f"{document}: not in the index. Add it first.")
        return int(row[0])

    def groups(self) -> Iterator[CopyGroup]:
        """All groups of two or more, in the order of their representatives' ids."""
        rows = self._base.execute(
            "SELECT team, id FROM document WHERE team IN"
            f" (SELECT team FROM document GROUP BY team HAVING count(*) > 1) ORDER BY {_ORDER}"
        )
        members = [tuple(name for _, name in group) for _, group in groupby(rows, key=lambda row: row[0])]
        for names in sorted(members):
            yield CopyGroup(representative=names[0], members=names)

    def repeats(self) -> Iterator[Repeat]:
        """All documents that tell nothing that an earlier one of their group does not; see ``find_repeats``."""
        rows = self._base.execute(
            "SELECT team, id, words, shingles FROM document WHERE team IN"
            f" (SELECT team FROM document GROUP BY team HAVING count(*) > 1) ORDER BY {_ORDER}"
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            yield from find_repeats(Print(id=name, words=words, shingles=packed) for _, name, words, packed in group)

    def _add(self, entry: CopyEntry) -> None:
        found = entry.text if isinstance(entry.text, Fingerprint) else Fingerprint.of(entry.text)
        published = entry.published.isoformat() if entry.published else _UNDATED
        known = self._base.execute("SELECT words FROM document WHERE id = ?", (entry.id,)).fetchone()
        if known is not None:
            if known[0] != found.words:
                raise CopyIndexError(f"{entry.id}: in the index with other words. Give each document its own id.")
            self._base.execute("UPDATE document SET published = min(published, ?) WHERE id = ?", (published, entry.id))
            return
        number = self._insert(entry.id, published, found)
        if not found.shingles:
            return  # a text without words is nobody's copy
        twin = self._base.execute(
            "SELECT team FROM document WHERE words = ? AND number < ?", (found.words, number)
        ).fetchone()
        if twin is not None:
            self._join({twin[0], number})  # the very same words: they meet whom their twin has met
            return
        self._join({number, *self._teams_alike(found.bands, unpack_shingles(found.shingles))})
        self._base.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(key, number) for key in found.bands])

    def _insert(self, name: str, published: str, found: Fingerprint) -> int:
        row = self._base.execute(
            "INSERT INTO document (id, published, words, shingles, team) VALUES (?, ?, ?, ?, 0) RETURNING number",
            (name, published, found.words, found.shingles),
        ).fetchone()
        self._base.execute("UPDATE document SET team = number WHERE number = ?", row)
        return int(row[0])

    def _teams_alike(self, keys: tuple[int, ...], found: Shingles) -> set[int]:
        """Groups in which some member is a copy; once one is found, the rest of its group need not be compared."""
        alike: set[int] = set()
        for number, team in self._base.execute(_CANDIDATES, keys).fetchall():
            if team not in alike and compare(found, self._shingles(number)).is_copy:
                alike.add(team)
        return alike

    def _shingles(self, number: int) -> Shingles:
        (stored,) = self._base.execute("SELECT shingles FROM document WHERE number = ?", (number,)).fetchone()
        return unpack_shingles(stored)

    def _join(self, teams: set[int]) -> None:
        if len(teams) > 1:
            into = min(teams)
            self._base.executemany(
                "UPDATE document SET team = ? WHERE team = ?", [(into, team) for team in teams - {into}]
            )
