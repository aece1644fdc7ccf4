"""Where a request comes from, behind as many proxies as this installation says it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The network address of whoever asks.

    ``X-Forwarded-For`` is believed only as far as the installation's own proxies wrote it (``COMMUNIQUE_PROXIES``):
    what stands further left was written by the asker.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "unknown")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return hops[-proxies] if proxies and len(hops) >= proxies else direct


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The name with which somebody tries to sign in: of the form ("login"), or of what it was turned into."""
    name = (credentials or {}).get("username") or request.POST.get("login")
    return str(name) if name else None
