"""Buckets of tokens: bursts, refills, askers apart; and addresses behind proxies."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from communique.desk.origin import client_address
from communique.desk.rates import Limit, limited


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


def test_sign_ins_are_limited_for_each_address(client: Client) -> None:
    def try_once(address: str) -> int:
        given = {"login": "", "password": ""}
        return client.post("/accounts/login/", given, REMOTE_ADDR=address).status_code

    answers = [try_once("192.0.2.8") for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert try_once("192.0.2.9") == 200


def test_notes_count_as_additions(client: Client) -> None:
    answers = [client.post("/ingest/note", {}, REMOTE_ADDR="192.0.2.11").status_code for _ in range(31)]
    assert answers == [400] * 30 + [429]
    assert client.post("/ingest/sources", {}, REMOTE_ADDR="192.0.2.11").status_code == 429


def test_views_behind_one_guard_share_their_limit() -> None:
    guard = limited(2)
    views = [guard(lambda _: HttpResponse()), guard(lambda _: HttpResponse())]
    asked = RequestFactory().get("/api/1/x", REMOTE_ADDR="192.0.2.10")
    asked.user = AnonymousUser()
    assert [views[n % 2](asked).status_code for n in range(3)] == [200, 200, 429]


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
