"""What the package exports. A name that leaves this list breaks somebody's program: say so in the changelog."""

from __future__ import annotations

import communique

NAMES = {
    "Block",
    "Commitment",
    "CommuniqueError",
    "Document",
    "DocumentError",
    "Engagement",
    "EventDate",
    "Evidence",
    "Lexicon",
    "Organization",
    "Participant",
    "Person",
    "Place",
    "Reader",
    "Readout",
    "Role",
    "Side",
    "Statement",
    "__version__",
    "open",
    "read",
}


def test_exported_names_are_pinned() -> None:
    assert set(communique.__all__) == NAMES


def test_exported_names_exist_and_are_documented() -> None:
    for name in NAMES - {"__version__"}:
        assert getattr(communique, name).__doc__, f"communique.{name} has no docstring"
    assert set(communique.__all__) <= set(dir(communique))
