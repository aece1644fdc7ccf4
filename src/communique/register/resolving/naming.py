"""The name to show for an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communique.register.resolving.name_parts import name_parts
from communique.register.resolving.profiles import Profile

_LONGEST = 4  # parts; a name with all grandfathers is no longer a name to show


def display_name(profiles: Iterable[Profile]) -> str:
    """The authority's name, else of the spellings used most often the fullest.

    A full name counts before a bare one, and a spelling in capitals after every other.

    Raises:
        ValueError: If there are no profiles.
    """
    profiles = sorted(profiles, key=lambda profile: profile.key)
    if authorities := [profile for profile in profiles if profile.is_authority]:
        return authorities[0].name
    counts: Counter[str] = Counter()
    for profile in profiles:
        counts.update(dict(profile.spellings or ((profile.name, profile.count),)))
    if not counts:
        raise ValueError("An actor without profiles has no name. Give at least one profile.")
    is_person = profiles[0].type == "person"
    return max(counts, key=lambda name: _rank(name, counts[name], is_person))


def other_names(profiles: Iterable[Profile], name: str) -> tuple[str, ...]:
    """All other spellings and aliases, in alphabetical order."""
    profiles = tuple(profiles)
    forms = {form for profile in profiles for form, _ in profile.spellings}
    forms |= {form for profile in profiles for form in profile.names}
    return tuple(sorted(forms - {name}))


def _rank(name: str, count: int, is_person: bool) -> tuple[bool, bool, bool, int, int, bool, str]:
    parts = len(name_parts(name)) if is_person else len(name.split())
    return (
        not name.isupper() or not is_person,
        parts > 1,
        parts <= _LONGEST,
        count,
        parts,
        not name.isascii(),  # accents are left out more often than put in
        name,
    )
