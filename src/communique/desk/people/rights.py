"""Rights: who asks, what they may do, and what is refused.

On loopback nobody signs in, and whoever sits at the machine may do everything. As soon as the desk answers to another
name or address, everybody signs in, and a role says what they may do: viewers read, reviewers also decide and add,
administrators also let people in.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

VIEWER, REVIEWER, ADMINISTRATOR = "viewer", "reviewer", "administrator"
ROLES = (VIEWER, REVIEWER, ADMINISTRATOR)
View = Callable[..., HttpResponseBase]


def role_of(request: HttpRequest) -> str | None:
    """The highest role of whoever asks; None for somebody who is not signed in or has no role.

    A program has at most the role of its token.
    """
    held = _role_held(request)
    limit = getattr(request, "token_role", None)
    return held if held is None or limit is None else min(held, limit, key=ROLES.index)


def _role_held(request: HttpRequest) -> str | None:
    if not settings.NEEDS_SIGN_IN:
        return ADMINISTRATOR
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    held = getattr(request, "_desk_roles", None)
    if held is None:
        held = set(user.groups.values_list("name", flat=True))
        request._desk_roles = held  # type: ignore[attr-defined]
    return next((role for role in reversed(ROLES) if role in held), None)


def may(request: HttpRequest, role: str) -> bool:
    """Whether whoever asks has this role or a higher one."""
    held = role_of(request)
    return held is not None and ROLES.index(held) >= ROLES.index(role)


def author_of(request: HttpRequest) -> str:
    """The name that stands under what this request changes: the account's, or the system's where nobody signs in."""
    if settings.NEEDS_SIGN_IN:
        return request.user.get_username()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "analyst"


def needs(role: str) -> Callable[[View], View]:
    """Lets a view answer only those who have this role or a higher one; all others are refused (403)."""

    def guard(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not may(request, role):
                raise PermissionDenied(f"This needs the role of {role}.")
            return view(request, *args, **kwargs)

        return answer

    return guard
