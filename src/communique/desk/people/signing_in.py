"""Signing in and out, and what went wrong with it, as lines of the log."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from communique.desk.origin import client_address
from communique.register.store.changes import Cause, caused_by, log_change

SIGNED_IN, SIGNED_OUT, FAILED, LOCKED_OUT, FACTOR = "signed_in", "signed_out", "sign_in_failed", "locked_out", "factor"
ACTIONS = (SIGNED_IN, SIGNED_OUT, FAILED, LOCKED_OUT, FACTOR)
NOBODY = "unknown name"
"""In place of a name that is nobody's: it may be a password, typed into the wrong field."""


def listen() -> None:
    """Has every sign-in noted from now on; called once, when the app is ready."""
    for signal, note in (
        (user_logged_in, note_sign_in),
        (user_logged_out, note_sign_out),
        (user_login_failed, note_failure),
        (user_locked_out, note_lock_out),
        (authentication_failed, note_wrong_code),
        (authenticator_added, note_new_factor),
        (authenticator_reset, note_new_factor),
        (authenticator_removed, note_removed_factor),
    ):
        signal.connect(note, dispatch_uid=f"communique.{note.__name__}")


def note_sign_in(request: HttpRequest, user: Any, **_: object) -> None:
    """Somebody came in."""
    _note(SIGNED_IN, request, user)


def note_sign_out(request: HttpRequest, user: Any, **_: object) -> None:
    """Somebody left; None where nobody had signed in."""
    if user is not None:
        _note(SIGNED_OUT, request, user)


def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    """A name and a password that do not belong together."""
    _note(FAILED, request, _find(credentials.get("username")))


def note_lock_out(request: HttpRequest, username: str | None = None, **_: object) -> None:
    """A name was locked for an address, or tried while it was."""
    _note(LOCKED_OUT, request, _find(username))


def note_wrong_code(request: HttpRequest, user: Any, **_: object) -> None:
    """The password was right, the code of the second factor was not."""
    _note(FAILED, request, user, what="second factor")


def note_new_factor(request: HttpRequest, user: Any, authenticator: Any, **_: object) -> None:
    """Somebody set up a second factor, or made new recovery codes."""
    _note(FACTOR, request, user, what=f"{authenticator.type} set up")


def note_removed_factor(request: HttpRequest, user: Any, authenticator: Any, **_: object) -> None:
    """Somebody goes without their second factor."""
    _note(FACTOR, request, user, what=f"{authenticator.type} removed")


def _find(name: str | None) -> Any:
    return get_user_model().objects.filter(username=name).first() if name else None


def _note(action: str, request: HttpRequest | None, user: Any, *, what: str = "") -> None:
    told = {"name": user.get_username() if user else NOBODY, "what": what}
    if request is not None:
        told["from"] = client_address(request)
    with caused_by(Cause(author=told["name"])):
        log_change(f"u{user.pk}" if user else "u", action, {key: value for key, value in told.items() if value})
