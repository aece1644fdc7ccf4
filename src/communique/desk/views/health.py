"""For those who run the desk: is it alive, and can it answer?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

import communique
from communique.desk.state import last_change


@login_not_required
@require_safe
def healthz(_: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of the register."""
    return JsonResponse({"status": "ok", "version": communique.__version__})


@login_not_required
@require_safe
def readyz(_: HttpRequest) -> JsonResponse:
    """The register answers too; 503 while it does not."""
    try:
        return JsonResponse({"status": "ready", "last_change": last_change()})
    except DatabaseError as error:
        return JsonResponse({"status": "not ready", "error": type(error).__name__}, status=503)
