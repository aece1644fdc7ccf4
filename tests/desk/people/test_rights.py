"""Who may do what, checked at the server; signing in, invitations, lock-out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from communique.desk.people.accounts import add_account, find_invitation, has_administrator, invite, use_invitation
from communique.desk.rates import Limit
from communique.errors import DeskError
from communique.register.models import Change, Judgement

PASSWORD = "lanterns over the quiet estuary"
WRITES = (
    ("/review/e1/decide", {"version": "1", "action": "accept"}),
    ("/review/e1/correct", {"version": "1", "place": "Accra"}),
    ("/review/e1/split", {"version": "1", "key": "x"}),
    ("/review/accept-all", {"count": "3"}),
    ("/review/undo", {"judgement": "j1"}),
    ("/review/merge?a=a1&b=a2", {"version_a": "1", "version_b": "1", "action": "merge"}),
    ("/ingest/sources", {"text": "x"}),
    ("/ingest/note", {}),
    ("/ingest/1/cancel", {}),
    ("/ingest/feeds/follow", {"address": "https://news.example/feed", "every": "day"}),
    ("/ingest/feeds/remove", {"address": "https://news.example/feed"}),
    ("/settings/invite", {"role": "administrator"}),
    ("/settings/role", {"user": "1", "role": "administrator"}),
)


@pytest.fixture
def signing(written: object, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Asks a desk at which everybody has to sign in."""
    from django.conf import settings

    del written
    monkeypatch.setattr(settings, "NEEDS_SIGN_IN", True)
    # Tests sign in more often than people.
    monkeypatch.setattr(Limit, "wait_for", lambda *_: 0.0)
    cache.clear()
    return Client(headers={"host": "127.0.0.1"})


def sign_in(desk: Client, role: str) -> None:
    add_account(role, PASSWORD, role, author="test")
    answer = desk.post("/accounts/login/", {"login": role, "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("address", ["/", "/review", "/engagements.csv", "/settings", "/ingest", "/actors/a1"])
def test_strangers_are_shown_to_the_sign_in(signing: Client, address: str) -> None:
    answer = signing.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_machines_may_ask_how_it_is(signing: Client) -> None:
    assert signing.get("/healthz").status_code == 200
    assert signing.get("/readyz").status_code == 200


@pytest.mark.parametrize(("address", "given"), WRITES)
def test_viewers_write_nothing(signing: Client, address: str, given: dict[str, str]) -> None:
    sign_in(signing, "viewer")
    assert signing.get("/engagements/e1").status_code == 200
    assert signing.post(address, given).status_code == 403
    assert not Judgement.objects.exists()


def test_reviewers_decide_under_their_name_and_let_nobody_in(signing: Client) -> None:
    sign_in(signing, "reviewer")
    assert signing.post("/review/e1/decide", {"version": "1", "action": "accept"}).status_code == 302
    assert Judgement.objects.get().author == "reviewer"
    assert signing.post("/settings/invite", {"role": "viewer"}).status_code == 403


def test_accounts_without_a_role_see_nothing(signing: Client) -> None:
    user = User.objects.create_user("newcomer", password=PASSWORD)
    signing.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert signing.get("/").status_code == 403


def test_an_invitation_is_good_once(signing: Client) -> None:
    secret = invite("reviewer", author="ana")
    given = {"name": "bo", "password": PASSWORD}
    assert signing.post(f"/invite/{secret}", {**given, "password": "password1234"}).status_code == 400
    assert find_invitation(secret) is not None
    assert signing.post(f"/invite/{secret}", given).status_code == 302
    assert signing.post(f"/invite/{secret}", given).status_code == 404
    with pytest.raises(DeskError, match="used or has run out"):
        use_invitation(secret, "third", PASSWORD)
    assert User.objects.get(username="bo").groups.get().name == "reviewer"


def test_nobody_signs_up_by_themselves(signing: Client) -> None:
    signing.post("/accounts/signup/", {"username": "eve", "password1": PASSWORD})
    assert not User.objects.filter(username="eve").exists()


@pytest.mark.parametrize(
    "page",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "password/reset/",
        "password/reset/key/1-x/",
        "login/code/",
    ],
)
def test_nobody_has_mail_sent(signing: Client, page: str) -> None:
    assert signing.get(f"/accounts/{page}").status_code == 404
    assert signing.post(f"/accounts/{page}", {"email": "eve@mail.example"}).status_code == 404
    sign_in(signing, "viewer")
    assert signing.get(f"/accounts/{page}").status_code == 404


def test_the_sign_in_looks_like_the_desk_and_leads_to_nothing_that_is_closed(signing: Client) -> None:
    page = signing.get("/accounts/login/").content.decode()
    assert '<html lang="en"' in page
    assert "desk.css" in page
    assert "/accounts/signup/" not in page
    assert "password/reset" not in page
    sign_in(signing, "viewer")
    assert "desk.css" in signing.get("/accounts/2fa/").content.decode()
    for path in ("/accounts/password/change/", "/accounts/reauthenticate/"):
        page = signing.get(path).content.decode()
        assert "An administrator gives you a new one." in page
        assert "/accounts/password/reset/" not in page


@pytest.mark.parametrize("page", ["/accounts/login/", "/nothing/here", "/invite/nothing"])
def test_strangers_see_neither_pages_nor_how_much_waits(signing: Client, page: str) -> None:
    told = signing.get(page).content
    for part in (b"<nav", b'class="badge"', b'role="search"', b"/ingest", b"search above"):
        assert part not in told
    sign_in(signing, "viewer")
    assert b"<nav" in signing.get("/nothing/here").content


def test_guessers_are_locked_out(signing: Client) -> None:
    add_account("ana", PASSWORD, "administrator", author="test")
    answers = [signing.post("/accounts/login/", {"login": "ana", "password": f"guess {n}"}) for n in range(6)]
    assert answers[-1].status_code == 429
    assert signing.post("/accounts/login/", {"login": "ana", "password": PASSWORD}).status_code == 429


@pytest.mark.usefixtures("written")
def test_passwords_are_kept_with_argon2_and_accounts_in_the_log() -> None:
    assert not has_administrator()
    user = add_account("ana", PASSWORD, "administrator", author="root")
    assert user.password.startswith("argon2$argon2id$")
    assert has_administrator()
    assert Change.objects.filter(action="account", author="root").exists()
    with pytest.raises(DeskError, match="short"):
        add_account("bo", "short", "viewer", author="root")


def test_one_persons_desk_is_not_served_through_a_proxy(writing: Client) -> None:
    assert writing.get("/", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 403


def test_forms_want_their_token(written: object) -> None:
    del written
    desk = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    for address, given in WRITES:
        assert desk.post(address, given).status_code == 403


def test_other_hosts_are_refused(writing: Client) -> None:
    for page in ("/", "/readyz", "/healthz/", "/static/desk/../healthz"):
        assert writing.get(page, headers={"host": "rebound.example"}).status_code == 400


def test_whoever_looks_after_the_desk_may_ask_by_number(writing: Client) -> None:
    assert writing.get("/healthz", headers={"host": "10.88.0.3:8000"}).json()["status"] == "ok"
