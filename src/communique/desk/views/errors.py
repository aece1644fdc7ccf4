"""Pages for what is not there, not allowed, or broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or no such record."""
    del exception
    message = f"There is nothing at {request.path}. Look it up by name in the search above."
    return render(request, "desk/error.html", {"status": 404, "message": message}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not with the rights that one has."""
    del exception
    message = "That is not allowed to you. Ask whoever runs this desk for the right to it."
    return render(request, "desk/error.html", {"status": 403, "message": message}, status=403)


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """429: too many wrong passwords for this name from this address."""
    message = "Too many wrong passwords. Wait a quarter of an hour, or ask an administrator to set a new one."
    return render(request, "desk/error.html", {"status": 429, "message": message}, status=429)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense, or it names a host that this desk does not answer for."""
    del request, exception
    return HttpResponse(render_to_string("desk/broken.html", {"status": 400}), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a defect. The page asks nothing of the register, which may be what is broken."""
    del request
    return HttpResponse(render_to_string("desk/broken.html", {"status": 500}), status=500)
