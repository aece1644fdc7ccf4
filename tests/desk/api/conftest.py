"""Programs of tests ask more often than others."""

from __future__ import annotations

import pytest

from communique.desk.rates import Limit


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to wait."""
    monkeypatch.setattr(Limit, "wait_for", lambda *_: 0.0)
