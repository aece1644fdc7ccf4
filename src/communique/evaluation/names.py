"""When two names mean the same person, institution, group or post.

Rules of the project's scoring contract: generous about titles, accents, acronyms and partial names, strict about the
family name. They judge readouts and are no part of the reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Words before a name that say rank, courtesy or post; without them "Gen. Smith" and "Smith" are one name.
TITLES = frozenset(
    """the a an mr mrs ms dr sir lord sheikh his her excellency president prime minister general gen lieutenant lt
    major maj colonel col brigadier brig captain capt admiral adm rear vice field marshal commander ambassador envoy
    us u.s hon honourable honorable""".split()
)
# Words that carry no meaning of their own in the name of an institution or a post.
LINKS = frozenset(("of", "the", "for", "and"))
# What the first letters of an institution's name leave out when they become its acronym.
UNLETTERED = frozenset(("of", "the", "and", "in", "for", "on", "to"))
# Short forms and spellings of posts, opened up before two titles are compared.
POST_WORDS = {
    "cos": ("chief", "staff"),
    "pm": ("prime", "minister"),
    "defence": ("defense",),
    "mod": ("minister", "defense"),
}
ACRONYM = re.compile(r"\b[A-Z][A-Z0-9+]{1,9}\b")


@lru_cache(maxsize=65_536)
def split_words(text: str) -> tuple[str, ...]:
    """Words of a text without case, accents, punctuation and possessive endings."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("’", "'").replace("`", "'")
    words = (word.strip("'") for word in re.findall(r"[\w']+", plain))
    return tuple(word for word in (word.removesuffix("'s") for word in words) if word)


@lru_cache(maxsize=65_536)
def split_name(name: str) -> tuple[str, ...]:
    """Words of a name without titles."""
    return tuple(word for word in split_words(name) if word not in TITLES)


def is_same_party(one: str, other: str) -> bool:
    """Whether two names mean one participant: a person, an institution, a country or a group."""
    a, b = split_name(one), split_name(other)
    if not a or not b:  # a name of titles only ("the Prime Minister") is compared as it stands
        a, b = split_words(one), split_words(other)
    if not a or not b:
        return False
    if set(a) == set(b) or is_acronym_of(one, other) or is_acronym_of(other, one):
        return True
    short, long = sorted((a, b), key=len)
    if set(short) <= set(long):
        return len(short) >= 2 or short[-1] == long[-1] or len(long) <= 3
    return len(set(a) & set(b)) / max(len(set(a)), len(set(b))) >= 0.6


def is_acronym_of(short: str, name: str) -> bool:
    """Whether an acronym in ``short`` stands in ``name``, or is made of its first letters."""
    acronyms = ACRONYM.findall(short)
    if not acronyms:
        return False
    words = [word for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in UNLETTERED]
    initials = "".join(word[0].upper() for word in words)
    inside = ACRONYM.findall(name)
    return any(acronym == initials or acronym in inside for acronym in acronyms)


def is_same_person(gold_forms: Sequence[str], found_forms: Sequence[str]) -> bool:
    """Whether a found person is the gold's.

    Args:
        gold_forms: The gold's name, then its aliases.
        found_forms: The found name, then its aliases.
    """
    gold, found = split_name(gold_forms[0]), split_name(found_forms[0])
    if not gold or not found:
        return False
    if set(gold) == set(found):
        return True
    short, long = sorted((gold, found), key=len)
    if set(short) <= set(long) and short[-1] == long[-1]:
        # A lone family name is enough only where the gold has no more, or knows it as an alias.
        return len(short) >= 2 or len(gold) == 1 or any(split_name(form) == found for form in gold_forms)
    full = (words for words in map(split_name, found_forms) if len(words) >= 2)
    return any(set(words) == set(gold) for words in full)


def is_same_post(gold_title: str, gold_organization: str, found_title: str, found_organization: str) -> bool:
    """Whether two posts are the same: at least half of the title's words (F1), and no contradicting institution."""
    gold, found = _post_words(gold_title), _post_words(found_title)
    shared = len(gold & found)
    if not shared or 2 * shared / (len(gold) + len(found)) < 0.5:
        return False
    if not gold_organization or not found_organization:
        return True
    common = set(split_words(gold_organization)) & set(split_words(found_organization)) - LINKS
    return (
        bool(common)
        or is_acronym_of(gold_organization, found_organization)
        or is_acronym_of(found_organization, gold_organization)
    )


def _post_words(title: str) -> set[str]:
    words = set(split_words(title)) - LINKS - {"to"}
    return {part for word in words for part in POST_WORDS.get(word, (word,))}
