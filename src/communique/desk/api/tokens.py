"""Tokens: by which a program comes in, with no more rights than whoever made the token."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from communique.desk.models import ApiToken
from communique.desk.people.rights import ROLES, author_of, may
from communique.errors import DeskError
from communique.register.store.changes import Cause, caused_by, log_change

SCHEME = "Bearer "
# Tells our tokens from other secrets, for those who look for what was left lying about.
PREFIX = "communique_"
LONGEST_NAME = 80


def make_token(request: HttpRequest, name: str, role: str) -> str:
    """Makes a token for whoever asks, and gives it: only a digest is kept.

    Raises:
        DeskError: If it has no name, or would have more rights than its maker.
    """
    if not name.strip() or len(name) > LONGEST_NAME:
        raise DeskError(f"Name what the token is for, in at most {LONGEST_NAME} characters.")
    if role not in ROLES or not may(request, role):
        raise DeskError(f"A token cannot have the role {role!r}: it has at most that of whoever makes it.")
    secret = PREFIX + secrets.token_urlsafe(32)
    user = request.user if request.user.is_authenticated else None
    with transaction.atomic():
        token = ApiToken.objects.create(
            digest=_digest(secret), name=name.strip(), role=role, author=author_of(request), user=user
        )
        _log(token, "made", author=token.author)
    return secret


def revoke_token(token: ApiToken, *, author: str) -> None:
    """Makes a token worthless from now on."""
    with transaction.atomic():
        ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
        _log(token, "revoked", author=author)


def find_token(header: str) -> ApiToken | None:
    """The token of an ``Authorization`` header; None for one that is not, or no longer, good."""
    if not header.startswith(SCHEME + PREFIX):
        return None
    digest = _digest(header.removeprefix(SCHEME).strip())
    return ApiToken.objects.select_related("user").filter(digest=digest, revoked_at=None).first()


def _log(token: ApiToken, what: str, *, author: str) -> None:
    with caused_by(Cause(author=author)):
        log_change(f"u-token-{token.pk}", "account", {"token": token.name, "role": token.role, "what": what})


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
