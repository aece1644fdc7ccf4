"""The keys of review: what each does, and which ones an analyst chose instead (WCAG 2.1.4)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

COOKIE = "keys"
# Action: its key unless somebody chose another, and what it does.
ACTIONS: dict[str, tuple[str, str]] = {
    "next": ("j", "next in the queue"),
    "previous": ("k", "previous in the queue"),
    "accept": ("a", "accept, and go on"),
    "reject": ("x", "reject, and go on"),
    "correct": ("e", "correct"),
    "merge": ("m", "merge with what may be the same"),
    "different": ("n", "not the same"),
    "split": ("s", "split"),
    "skip": (" ", "skip (space)"),
    "undo": ("u", "undo the last decision"),
}
# Taken by every page of the desk.
TAKEN = frozenset("/?[]123456789")


def keys_of(request: HttpRequest) -> dict[str, str]:
    """The key of each action, as this browser has them; "" for an action without a key."""
    return read_keys(request.COOKIES.get(COOKIE, ""))


def read_keys(text: str) -> dict[str, str]:
    """Reads what ``write_keys`` wrote; what makes no sense leaves the key as it is."""
    keys = {action: key for action, (key, _) in ACTIONS.items()}
    for part in text.split("."):
        action, _, code = part.partition("-")
        if action in ACTIONS and len(code) < 8 and (not code or code.isdecimal()):
            chosen = chr(int(code)) if code and int(code) < 0x110000 else ""
            # Half a character (a surrogate) cannot even be written on a page.
            keys[action] = chosen if chosen.isprintable() and chosen not in TAKEN else keys[action]
    return keys


def write_keys(given: Mapping[str, str]) -> str:
    """Keys as a cookie may have them: numbers of characters. The first of two actions with one key keeps it."""
    seen: set[str] = set()
    parts = []
    for action in ACTIONS:
        words = given.get(action, "")
        key = words[:1] if words == " " else words.strip()[:1].lower()
        if key in seen or key in TAKEN:
            key = ""
        seen |= {key} - {""}
        parts.append(f"{action}-{ord(key) if key else ''}")
    return ".".join(parts)
