"""A person's name as written → its comparable parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.lexicon import Lexicon

# Letters that Unicode does not take apart, as newspapers write them.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
                          "ə": "a", "ħ": "h", "ŋ": "ng"})  # fmt: skip
_MARKS = re.compile(r"[’'`ʿʾʼ‘\"“”.,()]")
_TURNED = re.compile(r"^([^,]+),\s*([^,]+)$")  # "Okafor, Ngozi"
_SERVANT = re.compile(r"^abd[aeiou]{1,2}(?:l|([rsntdz]h?)(?=\1))?(?=[a-z]{3})")
_OF_FAITH = re.compile(r"(?<=[a-z]{3})(?:[aeu]?[ldt]?d|[eu]tt?)(?:in|een|ine|yn)$")  # Nureddin, Nurettin, Nur al-Din


@dataclass(frozen=True, slots=True)
class NameRules:
    """The tables of ``names.toml``, ready for look-ups."""

    articles: frozenset[str]
    names_too: frozenset[str]
    fathers: frozenset[str]
    joined: frozenset[str]
    servant: frozenset[str]
    second: frozenset[str]
    honorifics: frozenset[str]
    titles: frozenset[str]
    before: frozenset[str]
    suffixes: frozenset[str]
    variants: dict[str, int]
    families: dict[str, int]
    common: frozenset[str]
    family_first: frozenset[str]


@lru_cache(maxsize=1)
def name_rules() -> NameRules:
    """The packaged rules, with ranks and courtesy titles among the honorifics."""
    lexicon = Lexicon()
    table = lexicon.table("names")
    ranks = lexicon.table("ranks")
    written = [form for full, short in {**ranks["ranks"], **ranks["courtesy"]}.items() for form in (full, *short)]
    words = {word for form in written for word in fold(form).split()}
    lists = {key: frozenset(table[key]) for key in table if key not in ("variants", "families")}
    families = _numbered(table["families"])
    return NameRules(
        **{**lists, "family_first": lists["family_first"] | families.keys()},
        titles=frozenset(word for word in words if len(word) > 2) - set(ranks["names_too"]) | {"marshal"},
        variants=_numbered(table["variants"]),
        families=families,
    )


def _numbered(rows: Sequence[str]) -> dict[str, int]:
    return {form: number for number, row in enumerate(rows) for form in row.split()}


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents and marks; hyphens stay.

    >>> fold("Çağatay ʿAbd-Rabbuh")
    'cagatay abd-rabbuh'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _MARKS.sub("", text.lower().replace("–", "-").replace("‑", "-"))


@lru_cache(maxsize=65_536)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name that two spellings of it share.

    Articles, honorifics and ranks are dropped, "Abd al-" and "al-Din" joined with their other half. A name that is
    nothing else is kept as it stands; an empty name has no parts.

    >>> name_parts("Lt. Gen. Salah al-Din el-Qadri")
    ('salahdin', 'qadri')
    >>> name_parts("Abd el-Rahman bin Yusuf"), name_parts("Abdurrahman Yusuf")
    (('abdrahman', 'yusuf'), ('abdrahman', 'yusuf'))
    """
    rules = name_rules()
    if turned := _TURNED.match(name):
        name = f"{turned[2]} {turned[1]}"
    words = [word for word in fold(name).split() if word.strip("-")]
    parts = _join(_split(words, rules), rules)
    while len(parts) > 1 and parts[-1] in rules.suffixes:
        parts.pop()
    while len(parts) > 1 and (parts[0] in rules.titles or (len(parts) > 2 and parts[0] in rules.honorifics)):
        parts.pop(0)
    return tuple(parts or words)


def _split(words: Sequence[str], rules: NameRules) -> list[str]:
    """The words without articles and words for "son of"; what stands with a hyphen stays one part."""
    parts: list[str] = []
    for place, word in enumerate(words):
        pieces = [piece for piece in word.split("-") if piece]
        kept: list[str] = []
        for i, piece in enumerate(pieces):
            attached = i + 1 < len(pieces)
            is_first = place == 0 and i == 0 and not attached
            droppable = piece in rules.articles or piece in rules.fathers
            if droppable and (attached or len(words) > 1) and not (is_first and piece in rules.names_too):
                continue
            kept.append(piece)
        if len(kept) > 1 and kept[0] not in rules.servant | rules.joined and kept[1] not in rules.second:
            kept = ["-".join(kept)]
        parts += kept
    return parts


def _join(parts: Sequence[str], rules: NameRules) -> list[str]:
    joined: list[str] = []
    waiting = ""
    for part in parts:
        if part in rules.servant or (not waiting and part in rules.joined):
            waiting = "abd" if part in rules.servant else part
        elif waiting:
            joined.append(waiting + part)
            waiting = ""
        elif part in rules.second and joined:
            joined[-1] += "din" if part.endswith(("din", "deen", "dine")) else "allah"
        else:
            joined.append(part if part in rules.variants else _OF_FAITH.sub("din", _SERVANT.sub("abd", part)))
    return [*joined, waiting] if waiting else joined
