"""Words of titles and of institutions' names, brought to one form: "Defence", "defense"; "U.S.", "American", "US"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.lexicon import Lexicon
from communique.register.resolving.name_parts import fold

_WORD = re.compile(r"[a-z0-9+]+(?:-in-chief|-general|-chair)?")
_SHORT_FORM = re.compile(r"\b(?:[A-Z]\.){2,}")
_OF = frozenset(("of", "to", "for", "in", "at", "on"))
_LONGEST_COUNTRY = 4  # words: "Democratic Republic of Congo"


@dataclass(frozen=True, slots=True)
class WordingRules:
    """The tables of ``tenures.toml``, ready for look-ups; ``kinds`` leads from head word to kind of post."""

    deputies: frozenset[str]
    acting: frozenset[str]
    idle: frozenset[str]
    no_posts: frozenset[str]
    exclusive: frozenset[str]
    flexible: frozenset[str]
    abroad: frozenset[str]
    generic: frozenset[str]
    everywhere: frozenset[str]
    organs: frozenset[str]
    branches: frozenset[str]
    regions: frozenset[str]
    kinds: Mapping[str, str]
    words: Mapping[str, str]
    phrases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording in standard words.

    Attributes:
        words: In order, without idle words and countries.
        head: Those of them before the first "of", "to", "for".
        countries: ISO codes of the countries that it names, adjectives included.
    """

    words: tuple[str, ...]
    head: tuple[str, ...]
    countries: frozenset[str]


@lru_cache(maxsize=1)
def wording_rules() -> WordingRules:
    """The packaged rules."""
    table = Lexicon().table("tenures")
    lists = {key: frozenset(value) for key, value in table.items() if isinstance(value, list)}
    return WordingRules(
        **lists,
        kinds={head: kind for kind, heads in table["kinds"].items() for head in heads},
        words={other: word for word, others in table["words"].items() for other in others},
        phrases=table["phrases"],
    )


@lru_cache(maxsize=65_536)
def read_wording(text: str) -> Wording:
    """Takes a title or an institution's name apart.

    >>> read_wording("the U.S. Department of Defence").words
    ('department', 'defense')
    >>> sorted(read_wording("Defence Ministry of Ghana").countries)
    ['GH']
    """
    text = _SHORT_FORM.sub(lambda match: match.group().replace(".", ""), text)
    text = re.sub(r"[’']s\b|[’']$", "", text)
    codes, rest = _take_countries(text)
    rules = wording_rules()
    plain = " ".join(_WORD.findall(fold(rest.replace(",", " of "))))  # "Chief of Staff, Army"
    for wording, standard in rules.phrases.items():
        if wording in plain:
            plain = re.sub(rf"\b{re.escape(wording)}\b", standard, plain)
    words = [rules.words.get(word, word) for word in plain.split()]
    end = next((i for i, word in enumerate(words) if i and word in _OF), len(words))
    telling = tuple(word for word in words if word not in rules.idle)
    head = tuple(word for word in words[:end] if word not in rules.idle)
    return Wording(telling, head, frozenset(codes))


def country_code(word: str) -> str | None:
    """The country of a name or an adjective; None when there is none or several."""
    return _countries().country(word)  # type: ignore[no-any-return, attr-defined]


def _take_countries(text: str) -> tuple[set[str], str]:
    """The codes of the countries named in a text, and the text without them."""
    words = text.replace("-", " - ").split() if "-" in text and " " not in text else text.split()
    codes: set[str] = set()
    kept: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_COUNTRY, len(words) - place), 0, -1):
            run = " ".join(words[place : place + length])
            if run[:1].isupper() and (code := country_code(run.strip(",()"))):
                codes.add(code)
                place += length
                break
        else:
            kept.append(words[place])
            place += 1
    return codes, " ".join(kept)


@lru_cache(maxsize=1)
def _countries() -> object:
    from communique.reading.countries import Countries  # here, because reading brings numpy along

    return Countries(Lexicon())
