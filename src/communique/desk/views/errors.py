"""Pages for what is not there, not allowed, or broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from communique.desk.people.rights import role_of

API = "/api/"


def tell(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """Says what is wrong: on a page, and to programs as JSON."""
    if request.path.startswith(API):
        return JsonResponse({"status": status, "message": message}, status=status)
    return render(request, "desk/error.html", {"status": status, "message": message}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or no such record."""
    del exception
    way = "" if role_of(request) is None else " Look it up by name in the search above."
    return tell(request, 404, f"There is nothing at {request.path}.{way}")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not with the rights that one has."""
    del exception
    message = "That is not allowed to you. Ask whoever runs this desk for the right to it."
    return tell(request, 403, message)


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """429: too many wrong passwords for this name from this address."""
    message = "Too many wrong passwords. Wait a quarter of an hour, or ask an administrator to set a new one."
    return tell(request, 429, message)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense, or it names a host that this desk does not answer for."""
    del request, exception
    return HttpResponse(render_to_string("desk/broken.html", {"status": 400}), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a defect. The page asks nothing of the register, which may be what is broken."""
    del request
    return HttpResponse(render_to_string("desk/broken.html", {"status": 500}), status=500)
