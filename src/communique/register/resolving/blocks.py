"""Which profiles are compared at all: those that share a block key."""

from __future__ import annotations

from functools import lru_cache

from communique.register.resolving.institutions import read_institution
from communique.register.resolving.name_parts import fold, name_parts, name_rules
from communique.register.resolving.profiles import Profile
from communique.register.resolving.sounds import skeletons
from communique.register.resolving.wording import wording_rules


def block_keys(profile: Profile) -> frozenset[str]:
    """The keys under which a profile is looked up: profiles that share none are not the same actor, unless judged so.

    People meet by the consonants of a part of the name that can be the family name, or a rare given name, and of
    institutions by short form, by first words, and by all words; an authority's identifier is a key too.
    """
    keys = {f"wikidata:{profile.wikidata_id}"} if profile.wikidata_id else set()
    for name in profile.names:
        if profile.type == "person":
            keys |= _person_keys(name)
        elif profile.type == "organization":
            keys |= _institution_keys(name, profile.acronym, profile.country)
        else:
            keys.add(f"{profile.type}:{profile.country or fold(name)}")
    return frozenset(keys)


@lru_cache(maxsize=65_536)
def _person_keys(name: str) -> frozenset[str]:
    parts = name_parts(name)
    if not parts:
        return frozenset()
    rules = name_rules()
    family = {parts[-1]} | ({parts[0]} if parts[0] in rules.family_first else set())
    family |= {part for part in (parts[0], *parts[-2:-1]) if part not in rules.variants}
    pieces = {piece for part in family for piece in (part, *part.split("-")) if len(piece) > 1}
    return frozenset(f"person:{skeleton}" for piece in pieces for skeleton in _family_skeletons(piece))


def _family_skeletons(part: str) -> frozenset[str]:
    """The skeletons of a part, and the lists of variants in which it stands."""
    rules = name_rules()
    listed = {f"{label} {rows[part]}" for label, rows in (("f", rules.families), ("v", rules.variants)) if part in rows}
    return skeletons(part) | listed


@lru_cache(maxsize=65_536)
def _institution_keys(name: str, acronym: str | None, country: str | None) -> frozenset[str]:
    institution = read_institution(name, acronym, country)
    telling = [word for word in institution.words if word not in wording_rules().generic] or list(institution.words)
    keys = {"organization:" + " ".join(sorted(institution.words)), "organization:" + " ".join(telling[:2])}
    keys |= {f"acronym:{short}" for short in (institution.short, institution.initials) if short}
    return frozenset(keys)
