"""The pages on PostgreSQL: what is asked of the database there differs in months, text search and indexes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from communique.register import open_register
from tests.desk.sample_register import SampleSize, fill
from tests.desk.views.test_pages import PAGES
from tests.register.conftest import PostgresServer


@pytest.fixture(scope="module")
def address(postgres: PostgresServer) -> str:
    """A register with some made-up engagements."""
    address = postgres.new()
    register = open_register(address)
    fill(SampleSize(engagements=40, people=12))
    register.close()
    return address


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    """Asks the desk on it."""
    register = open_register(address)
    yield Client(headers={"host": "localhost"})
    register.close()


@pytest.mark.parametrize("page", [*PAGES, "/engagements?text=patrol&country=NG", "/mechanisms?silent=5", "/actors?q=a"])
def test_pages_answer(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("sort", ["newest", "oldest", "changed", "most-reported", "least-certain"])
def test_orders(client: Client, sort: str) -> None:
    answer = client.get(f"/engagements.csv?sort={sort}")
    assert len(b"".join(answer.streaming_content).splitlines()) == 41  # type: ignore[attr-defined]
