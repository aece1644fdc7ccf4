"""Tokens: shown once, with the rights of their maker at most, worth nothing once revoked."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from communique.desk.models import ApiToken
from communique.desk.people.accounts import set_role
from communique.register.models import Change, Judgement
from tests.desk.people.test_rights import sign_in, signing

__all__ = ["signing"]


def make_token(desk: Client, role: str) -> str:
    page = desk.post("/settings/tokens", {"name": "nightly", "role": role})
    found = re.search(r"communique_[\w-]{40,}", page.content.decode())
    assert found is not None, page.content.decode()
    return found[0]


def program(token: str) -> Client:
    return Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {token}"}, enforce_csrf_checks=True)


def decide(asker: Client, record: str = "e1", version: object = 1) -> int:
    decision = {"record": record, "version": version, "action": "accept", "note": "by a program"}
    return asker.post("/api/1/decisions", decision, content_type="application/json").status_code


def test_a_program_reads_and_decides_as_its_token_allows(signing: Client) -> None:
    sign_in(signing, "reviewer")
    reader, reviewer = (program(make_token(signing, role)) for role in ("viewer", "reviewer"))
    for asker in (reader, reviewer):
        assert asker.get("/api/1/engagements").json()["count"] == 3
    assert decide(reader) == 403
    assert decide(reviewer) == 201
    assert Judgement.objects.get().author == "reviewer"
    assert decide(reviewer) == 409, "the record is on another version by now"
    assert signing.post("/settings/tokens", {"name": "x", "role": "administrator"}).status_code == 400


def test_a_token_ends_with_the_rights_of_its_maker_and_when_it_is_revoked(signing: Client) -> None:
    sign_in(signing, "reviewer")
    token = make_token(signing, "reviewer")
    set_role(User.objects.get(), "viewer")
    assert decide(program(token)) == 403
    assert program(token).get("/api/1/engagements").status_code == 200
    signing.post("/settings/tokens/revoke", {"token": str(ApiToken.objects.get().pk)})
    assert program(token).get("/api/1/engagements").status_code == 401
    assert token not in str(list(ApiToken.objects.values())) + str(list(Change.objects.values()))


def test_tokens_of_others_are_not_revoked(signing: Client) -> None:
    sign_in(signing, "reviewer")
    make_token(signing, "viewer")
    other = Client(headers={"host": "127.0.0.1"})
    sign_in(other, "viewer")
    assert other.post("/settings/tokens/revoke", {"token": str(ApiToken.objects.get().pk)}).status_code == 403
    assert b"nightly" not in other.get("/settings").content


def test_the_log_says_who_revoked_a_token(signing: Client) -> None:
    sign_in(signing, "reviewer")
    make_token(signing, "viewer")
    administrator = Client(headers={"host": "127.0.0.1"})
    sign_in(administrator, "administrator")
    administrator.post("/settings/tokens/revoke", {"token": str(ApiToken.objects.get().pk)})
    lines = Change.objects.filter(record__startswith="u-token-").order_by("pk").values_list("author", "what__what")
    assert list(lines) == [("reviewer", "made"), ("administrator", "revoked")]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer communique_", "Bearer communique_x", "Basic YTpi", "Bearer \x7f"]
)
def test_without_a_good_token_nothing_is_told(signing: Client, header: str) -> None:
    asker = Client(headers={"host": "127.0.0.1", **({"authorization": header} if header else {})})
    for page in ("/api/1/engagements", "/api/1/engagements/e1", "/api/1/openapi.json", "/api/1/nothing"):
        answer = asker.get(page)
        assert (answer.status_code, answer.json()["status"]) == (401, 401)
    assert decide(asker) == 401


def test_a_token_opens_nothing_but_the_api(signing: Client) -> None:
    sign_in(signing, "reviewer")
    asker = program(make_token(signing, "reviewer"))
    assert asker.get("/engagements").status_code == 302
    assert asker.post("/review/e1/decide", {"version": "1", "action": "accept"}).status_code == 403


def test_tokens_of_a_desk_of_one_person_are_worth_nothing_once_people_sign_in(
    writing: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    token = make_token(writing, "administrator")
    assert decide(program(token)) == 201
    monkeypatch.setattr(settings, "NEEDS_SIGN_IN", True)
    assert program(token).get("/api/1/engagements").status_code == 401
