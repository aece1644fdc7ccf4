"""Counts in how many articles of its site each line stands; on disk, since a crawl has very many lines."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from communique.engine.batch.opened import Impression
from communique.pages.template import LEAST_ARTICLES, is_template

_TABLES = """
CREATE TABLE article (site INTEGER, report INTEGER, PRIMARY KEY (site, report)) WITHOUT ROWID;
CREATE TABLE line (site INTEGER, line INTEGER, report INTEGER, PRIMARY KEY (site, line, report)) WITHOUT ROWID;
"""

# Made once when all is counted: counting anew for each document would take the square of a site's size.
_SUMS = f"""
CREATE TABLE IF NOT EXISTS size AS SELECT site, count(*) AS reports FROM article GROUP BY site;
CREATE UNIQUE INDEX IF NOT EXISTS size_by_site ON size (site);
CREATE TABLE IF NOT EXISTS repeated AS SELECT site, line, count(*) AS reports FROM line GROUP BY site, line
    HAVING count(*) >= {LEAST_ARTICLES};
CREATE UNIQUE INDEX IF NOT EXISTS repeated_by_line ON repeated (site, line);
"""


class SiteLines:
    """The lines of many articles. Use it as a context manager.

    Args:
        path: A new file.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def add_many(self, found: Iterable[tuple[Impression, int]]) -> None:
        """Counts lines.

        Args:
            found: Documents, each with the number of the report that it is a print of: an article that was saved twice,
                or printed in two places of a site, counts once, or its own sentences would become a template.
        """
        self._base.execute("BEGIN")
        for impression, report in found:
            if impression.site is not None:
                site = _number(impression.site)
                self._base.execute("INSERT OR IGNORE INTO article VALUES (?, ?)", (site, report))
                rows = [(site, line, report) for _, line in impression.lines]
                self._base.executemany("INSERT OR IGNORE INTO line VALUES (?, ?, ?)", rows)
        self._base.execute("COMMIT")

    def find(self, impressions: Iterable[Impression]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """For each document with lines that belong to its site: its number, and the numbers of their blocks.

        To be asked when all lines have been counted.
        """
        self._base.executescript(_SUMS)
        for impression in impressions:
            if impression.site is None:
                continue
            site = _number(impression.site)
            blocks = tuple(block for block, line in impression.lines if self._is_template(site, line))
            if blocks:
                yield impression.number, blocks

    def _is_template(self, site: int, line: int) -> bool:
        counted = self._base.execute(
            "SELECT repeated.reports, size.reports FROM repeated JOIN size USING (site) WHERE site = ? AND line = ?",
            (site, line),
        ).fetchone()
        return counted is not None and is_template(*counted)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
