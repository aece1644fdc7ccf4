"""The data dictionary is that of the code."""

from __future__ import annotations

from pathlib import Path

from communique.exchange.dictionary import render_dictionary
from communique.exchange.tables import TABLES


def test_the_page_is_up_to_date(root: Path) -> None:
    page = (root / "docs/data-dictionary.md").read_text("utf-8")
    assert page == render_dictionary(), "python -m communique.exchange.dictionary > docs/data-dictionary.md"


def test_names_are_used_once_and_everything_has_a_meaning() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        assert all(column.meaning.endswith((".", "…")) for column in table.columns)
