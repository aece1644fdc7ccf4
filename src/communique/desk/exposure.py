"""Under which names the desk answers, and whether others than whoever sits at the machine can reach it."""

from __future__ import annotations

from collections.abc import Mapping

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def list_hosts(environ: Mapping[str, str]) -> list[str]:
    """The names of COMMUNIQUE_HOSTS; those of loopback where there are none."""
    words = environ.get("COMMUNIQUE_HOSTS", "").split(",")
    return [word.strip() for word in words if word.strip()] or list(LOOPBACK)


def needs_sign_in(environ: Mapping[str, str]) -> bool:
    """Whether everybody has to sign in: if it was asked for, or if the desk answers to a name that is not loopback.

    Such a name means that others reach the desk, through a proxy on this machine perhaps.
    """
    return environ.get("COMMUNIQUE_SIGN_IN") == "1" or any(name not in LOOPBACK for name in list_hosts(environ))
