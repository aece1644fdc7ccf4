"""How accounts come about and come in, for django-allauth."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account by themselves: an administrator makes it, or invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None: who is signed in stands at the foot of each page."""


class OutsideAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes from the OpenID Connect server gets an account without a role: an administrator gives one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Always: the server was chosen in the settings, and without a role nothing is shown."""
        return True
