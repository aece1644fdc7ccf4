"""Accounts: made by the administrator at the command line, or by an invitation that can be used once."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from axes.utils import reset
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from communique.desk.models import Invitation
from communique.desk.people.rights import ADMINISTRATOR, ROLES
from communique.errors import DeskError
from communique.register.store.changes import Cause, caused_by, log_change

INVITATION_DAYS = 7
"""A link that nobody used by then is likelier to be in wrong hands than in the right ones."""


def add_account(name: str, password: str, role: str, *, author: str) -> User:
    """Makes an account with a role.

    Raises:
        DeskError: If the name is taken or malformed, the role unknown, or the password too weak.
    """
    if role not in ROLES:
        raise DeskError(f"There is no role {role!r}. Choose from: {', '.join(ROLES)}.")
    users = get_user_model()
    user = users(username=name)
    _give(user, password)
    with transaction.atomic():
        user.save()
        set_role(user, role)
        with caused_by(Cause(author=author)):
            log_change(f"u{user.pk}", "account", {"name": name, "role": role})
    return user


def set_password(name: str, password: str, *, author: str) -> None:
    """Gives an account a new password, and lets it sign in again where too many wrong ones had locked it out.

    Raises:
        DeskError: If there is no such account, or the password is too weak.
    """
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise DeskError(f"There is no account {name!r}. They are listed by: communique user list")
    _give(user, password)
    with transaction.atomic():
        user.save()
        reset(username=name)
        with caused_by(Cause(author=author)):
            log_change(f"u{user.pk}", "password", {"name": name})


def _give(user: User, password: str) -> None:
    try:
        user.full_clean(exclude=["password"])
        validate_password(password, user)
    except ValidationError as error:
        raise DeskError(" ".join(error.messages)) from error
    user.set_password(password)


def set_role(user: User, role: str) -> None:
    """Gives an account this role and no other."""
    user.groups.set([Group.objects.get_or_create(name=role)[0]])


def has_administrator() -> bool:
    """Whether anybody could let others in."""
    return get_user_model().objects.filter(groups__name=ADMINISTRATOR, is_active=True).exists()


def list_accounts() -> list[tuple[str, str]]:
    """Names of all accounts with their role; "none" for those that may not sign in or have no role."""
    rows = get_user_model().objects.prefetch_related("groups").order_by("username")
    return [
        (
            row.get_username(),
            ", ".join(g.name for g in row.groups.all()) if row.is_active and row.groups.all() else "none",
        )
        for row in rows
    ]


def invite(role: str, *, author: str) -> str:
    """Makes an invitation, and gives its secret: only a digest of it is kept.

    Raises:
        DeskError: If there is no such role.
    """
    if role not in ROLES:
        raise DeskError(f"There is no role {role!r}. Choose from: {', '.join(ROLES)}.")
    secret = secrets.token_urlsafe(32)
    until = timezone.now() + dt.timedelta(days=INVITATION_DAYS)
    with transaction.atomic():
        row = Invitation.objects.create(digest=_digest(secret), role=role, invited_by=author, expires_at=until)
        with caused_by(Cause(author=author)):
            log_change(f"u-invitation-{row.pk}", "invited", {"role": role})
    return secret


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation that this secret belongs to."""
    rows = Invitation.objects.filter(digest=_digest(secret), used_at__isnull=True, expires_at__gt=timezone.now())
    return rows.first()


def use_invitation(secret: str, name: str, password: str) -> User:
    """Makes the account that somebody was invited to; the link is then spent.

    Raises:
        DeskError: If the link is spent, or the account cannot be made.
    """
    with transaction.atomic():
        found = find_invitation(secret)
        # Spent in one statement: of two who use a link at once, one is turned away.
        open_rows = Invitation.objects.filter(pk=found.pk if found else 0, used_at__isnull=True)
        if found is None or not open_rows.update(used_at=timezone.now()):
            raise DeskError("This invitation was used or has run out. Ask for another one.")
        return add_account(name, password, found.role, author=found.invited_by)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
