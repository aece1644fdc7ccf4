"""Second factors, an OpenID Connect server, and what the log says of who came in."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.test import Client, override_settings

from communique.desk.people.accounts import add_account, set_password, set_role
from communique.errors import DeskError
from communique.register.models import Change
from tests.desk.people.test_rights import PASSWORD, sign_in, signing

__all__ = ["signing"]


def code_of(secret: str) -> str:
    """What an authenticator app shows for a secret now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def enrol(desk: Client) -> str:
    """Sets up a second factor, and gives its secret."""
    activation = "/accounts/2fa/totp/activate/"
    assert desk.get(activation)["Location"].startswith("/accounts/reauthenticate/"), "the password is asked for again"
    assert desk.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": activation}).status_code == 302
    found = re.search(r"\b[A-Z2-7]{32}\b", desk.get(activation).content.decode())
    assert found is not None, "the secret is shown for those who cannot scan"
    secret = found[0]
    assert desk.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


def told(action: str) -> list[dict[str, str]]:
    return list(Change.objects.filter(action=action).order_by("pk").values_list("what", flat=True))


def test_a_second_factor_is_asked_for_from_then_on(signing: Client) -> None:
    sign_in(signing, "reviewer")
    secret = enrol(signing)
    codes = signing.get("/accounts/2fa/recovery-codes/").content.decode()
    assert signing.post("/accounts/logout/").status_code == 302

    answer = signing.post("/accounts/login/", {"login": "reviewer", "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert signing.get("/engagements")["Location"].startswith("/accounts/login/"), "half signed in is not signed in"
    wrong = signing.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert "Incorrect code" in wrong.content.decode()
    assert signing.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert signing.get("/engagements").status_code == 200
    assert re.search(r"[0-9a-f]{8}", codes), "recovery codes were shown"
    assert {"name": "reviewer", "what": "second factor", "from": "127.0.0.1"} in told("sign_in_failed")
    assert [line["what"] for line in told("factor")] == ["totp set up", "recovery_codes set up"]


def test_sign_ins_failures_and_lock_outs_are_in_the_log_for_administrators(signing: Client) -> None:
    sign_in(signing, "viewer")
    add_account("ana", PASSWORD, "administrator", author="test")
    guesser = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR="203.0.113.9")
    for n in range(6):
        guesser.post("/accounts/login/", {"login": "ana", "password": f"guess {n}"})
    guesser.post("/accounts/login/", {"login": "my own password", "password": "x"})
    assert {line["name"] for line in told("sign_in_failed")} == {"ana", "unknown name"}
    assert told("locked_out")[0] == {"name": "ana", "from": "203.0.113.9"}
    assert told("signed_in") == [{"name": "viewer", "from": "127.0.0.1"}]
    assert "my own password" not in str(list(Change.objects.values_list("what", flat=True)))

    for page in ("/audit", "/audit?action=locked_out", "/audit.csv"):
        assert b"203.0.113.9" not in body(signing.get(page)), "where others come from is not for viewers"
    set_role(User.objects.get(username="viewer"), "administrator")
    for page in ("/audit", "/audit?action=locked_out", "/audit.csv"):
        assert b"203.0.113.9" in body(signing.get(page))


def test_a_new_password_ends_a_lock_out(signing: Client) -> None:
    add_account("ana", PASSWORD, "viewer", author="test")
    for n in range(6):
        signing.post("/accounts/login/", {"login": "ana", "password": f"guess {n}"})
    assert signing.post("/accounts/login/", {"login": "ana", "password": PASSWORD}).status_code != 302
    set_password("ana", f"{PASSWORD} again", author="test")
    assert signing.post("/accounts/login/", {"login": "ana", "password": f"{PASSWORD} again"}).status_code == 302
    with pytest.raises(DeskError, match="no account 'eva'"):
        set_password("eva", PASSWORD, author="test")


def test_the_overview_counts_no_sign_ins(signing: Client) -> None:
    sign_in(signing, "viewer")
    signing.post("/accounts/logout/")
    sign_in(signing, "administrator")
    page = signing.get("/").content
    assert b"action=account" in page
    assert b"action=signed_in" not in page
    assert b"action=signed_out" not in page


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


class Provider(BaseHTTPRequestHandler):
    """A small OpenID Connect server: whoever is sent to it is Esi, at once."""

    seen: dict[str, Any]

    def do_GET(self) -> None:
        """Its description, its sign-in, and who holds a token."""
        base, asked = f"http://127.0.0.1:{self.server.server_address[1]}", urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token", "userinfo": "me"}
            self.answer({"issuer": base, **{f"{name}_endpoint": f"{base}/{path}" for name, path in ends.items()}})
        elif asked.path == "/authorize":
            self.seen.update(given)
            self.send_response(302)
            back = urlencode({"code": "once", "state": given["state"]})
            self.send_header("Location", f"{given['redirect_uri']}?{back}")
            self.end_headers()
        elif self.headers["Authorization"] == "Bearer held":
            self.answer({"sub": "17", "preferred_username": "esi", "name": "Esi Made-Up"})

    def do_POST(self) -> None:
        """A token for the code."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.seen["token request"] = {name: values[0] for name, values in form.items()}
        self.answer({"access_token": "held", "token_type": "Bearer"})

    def answer(self, told: object) -> None:
        """JSON."""
        content = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def provider(socket_enabled: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of such a server, and what it was asked."""
    del socket_enabled
    seen: dict[str, Any] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Provider,), {"seen": seen}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_people_come_in_by_an_openid_connect_server_and_see_nothing_without_a_role(
    signing: Client, provider: tuple[str, dict[str, Any]]
) -> None:
    import requests
    from django.conf import settings

    address, seen = provider
    app = {
        "provider_id": "oidc",
        "name": "House",
        "client_id": "desk",
        "secret": "s",
        "settings": {"server_url": address},
    }
    outside = {"openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}}
    with override_settings(SOCIALACCOUNT_PROVIDERS=outside):
        assert "/accounts/oidc/oidc/login/" in signing.get("/accounts/login/").content.decode()
        there = signing.get("/accounts/oidc/oidc/login/")["Location"]
        assert there.startswith(f"{address}/authorize?")
        back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
        assert back.startswith("http://127.0.0.1/accounts/oidc/oidc/login/callback/")
        forged = back.replace("state=", "state=x")
        assert signing.get(forged).status_code in (200, 401, 403)
        assert not User.objects.exists(), "a state that was never given lets nobody in"
        answer = signing.get(back)
    assert answer.status_code == 302
    assert seen["token request"]["code_verifier"], "PKCE"
    assert signing.get("/").status_code == 403
    set_role(User.objects.get(username="esi"), "viewer")
    assert signing.get("/").status_code == 200
    assert told("signed_in")[-1]["name"] == "esi"
