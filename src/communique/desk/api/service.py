"""The API put together: its operations, and errors told as everywhere else under ``/api/``."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

import communique
from communique.desk.api import decisions, lists
from communique.desk.lists.forms import plain
from communique.desk.views.errors import tell


class PlainJson(BaseRenderer):
    """JSON as the lists' other forms have it: points in time whole, letters as they are."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Writes an answer."""
        return json.dumps(data, default=plain, ensure_ascii=False)


# No page to try it on: the usual ones load scripts from other hosts. The description itself is at /api/1/openapi.json.
api = NinjaAPI(
    title="Communiqué",
    version=communique.__version__,
    description="The lists and records of a register as JSON, and decisions on them.",
    urls_namespace="api-1",
    docs_url=None,
    renderer=PlainJson(),
)
api.add_router("", lists.router)
api.add_router("", decisions.router)


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400: what was given is not as described."""
    problems = (f"{'.'.join(map(str, one['loc'][-2:]))}: {one['msg']}" for one in error.errors)
    return tell(request, 400, "; ".join(problems))


@api.exception_handler(HttpError)
def pass_on(request: HttpRequest, error: HttpError) -> HttpResponse:
    """No good token, or a body that is not JSON."""
    return tell(request, error.status_code, str(error))


def find_nothing(request: HttpRequest, address: str) -> HttpResponse:
    """404, behind the sign-in: strangers are not told which addresses there are."""
    raise Http404(address)
