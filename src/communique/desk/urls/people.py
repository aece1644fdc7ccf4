"""Addresses of signing in, invitations and settings."""

from __future__ import annotations

from django.urls import include, path, re_path

from communique.desk.views import people

urlpatterns = [
    path("settings", people.show_settings, name="settings"),
    path("settings/keys", people.set_keys, name="settings-keys"),
    path("settings/tokens", people.add_token, name="settings-tokens"),
    path("settings/tokens/revoke", people.remove_token, name="settings-revoke"),
    path("settings/invite", people.make_invitation, name="settings-invite"),
    path("settings/role", people.change_role, name="settings-role"),
    path("invite/<str:secret>", people.accept_invitation, name="invitation"),
    path("accounts/login/", people.SignIn.as_view(), name="account_login"),
    # Accounts come from an administrator, and nothing is sent to anybody: these parts of allauth are closed.
    re_path(r"^accounts/(?:signup|email|confirm-email|password/reset|login/code)(?:/.*)?$", people.find_nothing),
    path("accounts/", include("allauth.urls")),
]
