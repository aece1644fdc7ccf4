"""What holds for every answer: the policy on what a page may do, and errors told on a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from communique.desk.api.tokens import find_token
from communique.desk.people.rights import role_of
from communique.desk.views.errors import API, tell
from communique.desk.views.health import healthz
from communique.errors import CommuniqueError, DeskError, RecordNotFound, RegisterError, StaleDecision

Answer = Callable[[HttpRequest], HttpResponseBase]

# Nothing but files of this origin; no script or style within a page; nowhere else to send a form or to be framed.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATUSES: tuple[tuple[type[CommuniqueError], int], ...] = (
    (RecordNotFound, 404),
    (StaleDecision, 409),
    (RegisterError, 400),
    (DeskError, 400),
)


class SecurityHeaders:
    """Adds the policy to every answer; a view may set a stricter one of its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers, and adds the headers that are not there."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


class Alive:
    """Answers /healthz before the host is checked: machines that look after the desk ask by number, not by name."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers, or hands on."""
        return healthz(request) if request.path == "/healthz" else self.get_response(request)


class Tokens:
    """Lets programs in by their tokens, under ``/api/`` alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers; 401 to a token that is not good."""
        header = request.headers.get("Authorization", "")
        if not header or not request.path.startswith(API):
            return self.get_response(request)
        token = find_token(header)
        if token is None or (settings.NEEDS_SIGN_IN and token.user is None):
            return tell(request, 401, "This token is not known, or was revoked. Make another one in the settings.")
        if token.user is not None:
            request.user = token.user
        request.token_role = token.role  # type: ignore[attr-defined]
        return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """Lets nobody in who is not signed in and has a role, except where the desk is one person's on loopback."""

    def process_view(
        self, request: HttpRequest, view_func: Answer, view_args: tuple[object, ...], view_kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """The way to the sign-in, or a refusal; None where the view may answer."""
        if not settings.NEEDS_SIGN_IN:
            # Something stands between: then "loopback" says nothing about who asks.
            if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
                raise PermissionDenied("This desk is one person's, and is not to be reached through a proxy.")
            return None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and request.path.startswith(API):
            return tell(request, 401, "Send a token: Authorization: Bearer …. Make one in the settings.")
        if answer is not None or not getattr(view_func, "login_required", True):
            return answer
        if role_of(request) is None and not request.path.startswith("/accounts/"):
            raise PermissionDenied("This account has no role here yet.")
        return None


class NullCharacters:
    """Refuses U+0000 wherever something is typed: no text has it, and PostgreSQL cannot even be asked about it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hands on: what was typed into a form is looked at when it is known that the view may answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """400 where a value of the query string or of a form has it."""
        for given in (request.GET, request.POST):
            if any("\0" in value for _, values in given.lists() for value in values):
                return tell(request, 400, "There is a null character (U+0000) in what was given. Leave it out.")
        return None


class ErrorPages:
    """Shows errors that were raised on purpose as a page with their message, under the status that fits."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers; what refuses a method says nothing itself."""
        response = self.get_response(request)
        if response.status_code != 405 or not request.path.startswith(API):
            return response
        refused = tell(request, 405, f"{request.method} is not what this address takes, but {response['Allow']}.")
        refused["Allow"] = response["Allow"]
        return refused

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for our own errors; None hands all others on to Django."""
        for kind, status in STATUSES:
            if isinstance(exception, kind):
                return tell(request, status, str(exception))
        return None
