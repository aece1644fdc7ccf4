"""Signing in, settings, invitations and roles."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communique.desk.api.tokens import make_token, revoke_token
from communique.desk.models import ApiToken, Invitation
from communique.desk.people.accounts import find_invitation, invite, set_role, use_invitation
from communique.desk.people.rights import ADMINISTRATOR, ROLES, author_of, may, needs, role_of
from communique.desk.rates import limited
from communique.desk.review.keys import ACTIONS, COOKIE, keys_of, write_keys
from communique.errors import DeskError
from communique.register.store.changes import Cause, caused_by, log_change

YEAR = 365 * 24 * 3600


@method_decorator([login_not_required, limited(20, methods=("POST",))], name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in, with a bound on how often one address may try; single names are locked by django-axes."""


@login_not_required
def find_nothing(request: HttpRequest) -> HttpResponse:
    """404, whoever asks."""
    raise Http404(request.path)


@never_cache
@require_safe
def show_settings(request: HttpRequest) -> HttpResponse:
    """Keys, one's account, and for administrators the people."""
    context: dict[str, Any] = {"keys": keys_of(request), "actions": ACTIONS, "role": role_of(request)}
    tokens = ApiToken.objects.filter(revoked_at=None).order_by("-pk")
    context["tokens"] = tokens if may(request, ADMINISTRATOR) else tokens.filter(user=request.user.pk)
    context["own_roles"] = [role for role in ROLES if may(request, role)]
    if may(request, ADMINISTRATOR):
        context["roles"] = ROLES
        context["people"] = get_user_model().objects.prefetch_related("groups").order_by("username")
        context["invitations"] = Invitation.objects.filter(used_at__isnull=True).order_by("-pk")[:20]
    return render(request, "desk/settings.html", context)


@require_POST
def set_keys(request: HttpRequest) -> HttpResponse:
    """Remembers the keys of review in a cookie."""
    answer = HttpResponseRedirect(reverse("settings"))
    answer.set_cookie(
        COOKIE, write_keys(request.POST), max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    messages.success(request, "The keys are as you set them, in this browser.")
    return answer


@require_POST
@limited(30)
def add_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows it, this once."""
    secret = make_token(request, request.POST.get("name", ""), request.POST.get("role", ""))
    return render(request, "desk/token.html", {"secret": secret})


@require_POST
def remove_token(request: HttpRequest) -> HttpResponse:
    """Makes a token worthless: one's own, or anybody's as an administrator."""
    number = request.POST.get("token", "")
    token = get_object_or_404(ApiToken, pk=int(number) if number.isdecimal() and len(number) < 16 else 0)
    if token.user_id != request.user.pk and not may(request, ADMINISTRATOR):
        raise PermissionDenied("Only who made a token, or an administrator, can revoke it.")
    revoke_token(token, author=author_of(request))
    messages.success(request, f"The token for {token.name} is worth nothing any longer.")
    return redirect("settings")


@require_POST
@needs(ADMINISTRATOR)
def make_invitation(request: HttpRequest) -> HttpResponse:
    """Makes a link and shows it, this once."""
    secret = invite(request.POST.get("role", ""), author=author_of(request))
    address = request.build_absolute_uri(reverse("invitation", args=[secret]))
    return render(request, "desk/invited.html", {"address": address})


@require_POST
@needs(ADMINISTRATOR)
def change_role(request: HttpRequest) -> HttpResponse:
    """Gives an account another role, or lets it in no more (an empty role)."""
    number, role = request.POST.get("user", ""), request.POST.get("role", "")
    if role and role not in ROLES:
        raise DeskError(f"There is no role {role!r}. Choose from: {', '.join(ROLES)}.")
    user = get_object_or_404(get_user_model(), pk=int(number) if number.isdecimal() and len(number) < 16 else 0)
    if request.user.pk == user.pk and role != ADMINISTRATOR:
        raise DeskError("You cannot take your own role away: ask another administrator to do it.")
    with transaction.atomic():
        user.groups.clear()
        if role:
            set_role(user, role)
        user.is_active = bool(role)
        user.save(update_fields=["is_active"])
        with caused_by(Cause(author=author_of(request))):
            log_change(f"u{user.pk}", "account", {"name": user.get_username(), "role": role or "none"})
    messages.success(request, f"{user.get_username()}: {role or 'may no longer sign in'}.")
    return redirect("settings")


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@limited(20, methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Makes the account that somebody was invited to."""
    invitation = find_invitation(secret)
    if invitation is None:
        raise Http404("This invitation was used or has run out.")
    problem = ""
    if request.method == "POST":
        try:
            use_invitation(secret, request.POST.get("name", ""), request.POST.get("password", ""))
        except DeskError as error:
            problem = str(error)
        else:
            messages.success(request, "Your account is there. Sign in with it.")
            return redirect("account_login")
    context = {"invitation": invitation, "problem": problem, "name": request.POST.get("name", "")}
    return render(request, "desk/invitation.html", context, status=400 if problem else 200)
