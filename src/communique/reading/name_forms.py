"""Forms of names: when two written names can be one person's."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_SIMILAR = 0.8  # ratio of matching letters from which two spellings of a family name are one; Karimova/Karimowa is 0.88
_LETTER_VARIANTS = str.maketrans("ıøłđ", "iold")


@lru_cache(maxsize=16384)
@lru_cache(maxsize=8192)
def fold(name: str) -> tuple[str, ...]:
    """The comparable parts of a name: accents, case and hyphens folded, articles such as al- dropped.

    >>> fold("Nadir Al-Qasimov")
    ('nadir', 'qasimov')
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTER_VARIANTS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[’'`ʿʾ\"“”()]", "", plain)
    parts = [part for part in re.split(r"[\s\-–./]+", plain) if part]
    kept = [part for part in parts if part not in ("al", "el")]
    return tuple(kept or parts)


def is_full(name: str) -> bool:
    """Whether a name has two words or more; hyphenated family names ("Ortiz-Vidal") are one word."""
    return len(name.split()) >= 2 and len(fold(name)) >= 2


@lru_cache(maxsize=8192)
def full_length(parts: tuple[str, ...]) -> tuple[int, int]:
    """How full a name is: its parts longer than an initial, then all its parts."""
    return sum(len(part) > 1 for part in parts), len(parts)


def is_form_of(parts: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two folded names of two parts or more can be one person's: same first name, same or alike family name.

    >>> is_form_of(("ali", "said"), ("ali", "omar", "said"))
    True
    >>> is_form_of(("omar", "said"), ("ali", "omar", "said"))
    False
    """
    if set(parts) == set(full):
        return True
    first, last = parts[0], parts[-1]
    same_first = (
        first == full[0]
        or (len(first) == 1 and full[0].startswith(first))
        or (len(full[0]) == 1 and first.startswith(full[0]))
    )
    if same_first and (last == full[-1] or set(parts) <= set(full)):
        return True
    if same_first and is_similar(last, full[-1]):
        return True
    return last == full[-1] and is_similar(first, full[0]) and len(first) > 3


def is_similar(a: str, b: str) -> bool:
    """Whether two spellings of one name part are near enough."""
    return a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= _SIMILAR
