"""The spelling of a name with everything taken off that writers treat as they like: accents, capitals, hyphens."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, as English newspapers write them.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "ə": "a"}
)
_MARKS = str.maketrans({"-": " ", "–": " ", "‑": " ", "/": " ", ".": None, "'": None, "’": None, "‘": None, "`": None})


def fold(name: str) -> str:
    """Lower case, without accents, full stops and apostrophes, hyphens as spaces; "Saint" as "St".

    Args:
        name: A name as written, such as "N’Djamena" or "Saint-Louis".

    Returns:
        The key under which all its spellings meet ("ndjamena", "st louis").
    """
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_MARKS).translate(_LETTERS))
        name = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    key = name.translate(_MARKS).lower()
    if "saint" in key:
        key = " ".join("st" if word in ("saint", "sainte", "ste") else word for word in key.split(" "))
    return " ".join(key.split()) if "  " in key or key[:1] == " " or key[-1:] == " " else key


def without_article(key: str) -> str:
    """A folded name without a leading "the", "al" or "el"; the same where nothing would be left."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in ("the", "al", "el") else key


def without_possessive(name: str) -> str:
    """A name without "'s" or a final apostrophe, white space dropped at both ends."""
    name = name.strip()
    for ending in ("'s", "’s", "'", "’"):
        if name.endswith(ending):
            return name[: -len(ending)].rstrip()
    return name
