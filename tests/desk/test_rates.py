"""Buckets of tokens: bursts, refills, askers apart; and addresses behind proxies."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory, override_settings

from communique.desk.origin import client_address
from communique.desk.rates import Limit


def test_a_bucket_empties_and_fills() -> None:
    now = [0.0]
    limit = Limit(2, clock=lambda: now[0])
    assert [limit.wait_for("a"), limit.wait_for("a")] == [0.0, 0.0]
    assert limit.wait_for("a") == pytest.approx(30.0)
    assert limit.wait_for("b") == 0.0
    now[0] = 31.0
    assert limit.wait_for("a") == 0.0


def test_search_and_export_are_limited(client: Client) -> None:
    for address in ("/search", "/actors.json"):
        answers = [client.get(address, REMOTE_ADDR="192.0.2.7").status_code for _ in range(130)]
        assert answers[0] == 200
        assert answers[-1] == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, forwarded: str, found: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        assert client_address(request) == found
