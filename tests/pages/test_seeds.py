"""The two saved pages among the given reports; their texts stay where they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from communique.pages import open_document

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))
SEEDS = SHARED / "gold" / "seeds"


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the given reports are not at {SEEDS}; set COMMUNIQUE_SHARED")
@pytest.mark.parametrize(
    ("name", "published", "captured", "paragraphs"),
    [
        ("002", "2024-09-23", "2025-06-01", 7),
        ("003", "2025-12-07", "2026-03-22", 7),
    ],
)
def test_saved_pages(name: str, published: str, captured: str, paragraphs: int) -> None:
    document = open_document(next(SEEDS.glob(f"{name}_*.txt")))
    assert document.title == json.loads((SEEDS / f"{name}.json").read_text("utf-8"))["title"]
    assert str(document.published) == published
    assert str(document.captured) == captured
    long_lines = [line.strip() for line in document.text.splitlines() if len(line.split()) > 20]
    assert [document.text[start:end] for start, end in document.body] == long_lines
    assert len(long_lines) == paragraphs
