"""What a server process does before it is asked."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communique.desk.preparing import prepare
from communique.desk.views import overview


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """What is set aside for good in a server is not in the tests."""
    cache.clear()
    yield
    gc.unfreeze()


def test_the_overview_is_made_before_anybody_asks(client: Client) -> None:
    with CaptureQueriesContext(connection) as made_now:
        client.get("/")
    cache.clear()
    prepare().join()
    assert gc.get_freeze_count()
    with CaptureQueriesContext(connection) as kept:
        assert client.get("/").status_code == 200
    assert len(kept) < len(made_now) / 2


@pytest.mark.usefixtures("sample")
def test_a_register_that_does_not_answer_ends_no_process(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(overview, "remember_figures", fail)
    prepare().join()
    assert "could not be made ahead: gone" in caplog.text
