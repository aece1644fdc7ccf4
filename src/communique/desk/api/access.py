"""Who may ask the API: the right that an operation needs, and how often."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security.http import HttpAuthBase

from communique.desk.people.rights import may
from communique.desk.rates import limited

# One bucket for all reading operations of an asker, one for all that decide.
reading_limit = limited(600)
deciding_limit = limited(120)


class Token(HttpAuthBase):
    """The right that an operation needs. Whose token it is, the middleware found out before.

    Args:
        role: The least role that will do.
        is_needed: Whether it takes a token even where nobody has to sign in, and whoever signed in to the pages has to
            have one too: no browser sends it by itself, so that no other page can make use of it.
    """

    openapi_scheme = "bearer"

    def __init__(self, role: str, *, is_needed: bool = False) -> None:
        super().__init__()
        self._role = role
        self._is_needed = is_needed

    def __call__(self, request: HttpRequest) -> str:
        """Gives the role that was needed.

        Raises:
            AuthenticationError: If it takes a token, and there is none.
            PermissionDenied: If the right is not given.
        """
        if self._is_needed and getattr(request, "token_role", None) is None:
            raise AuthenticationError(message="To decide, a program needs a token. Make one in the settings.")
        if not may(request, self._role):
            raise PermissionDenied(f"This needs the role of {self._role}.")
        return self._role
