"""Mechanism words: names of mechanisms reduced to what says which one is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.lexicon import Lexicon
from communique.model.vocabulary import MechanismKind

_JOINTS = frozenset(("of", "for", "on", "in", "between", "at"))
_WATERS = [[water, "of"] for water in ("gulf", "sea", "bay", "strait")]
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Gist:
    """A name reduced.

    Attributes:
        family: The noun that says what sort of body it is, standing for all of its meaning ("centre" for "desk").
        content: The words that say which one, each standing for all of its meaning.
        proper: Those of them that are proper names.
        countries: ISO codes of the countries that the name names.
        is_generic: Whether the noun could mean any such body ("mechanism", "project").
        is_former: Whether it is one that was there before ("two earlier lines").
    """

    family: str
    content: frozenset[str]
    proper: frozenset[str]
    countries: frozenset[str]
    is_generic: bool
    is_former: bool


class Thesaurus:
    """The lexicon's small thesaurus of mechanisms."""

    def __init__(self, lexicon: Lexicon) -> None:
        table: dict[str, Any] = lexicon.table("mechanisms")
        following = table["following"]
        numbers = lexicon.table("dates")["numbers"]
        self.former = frozenset(table["marks"]["former"])
        self.drop = frozenset(following["drop"]) | self.former | frozenset(map(str.lower, numbers))
        self.codes = _country_words(lexicon)
        self.generic = frozenset(following["generic"])
        self.deciding = frozenset(following["deciding"])
        self.nouns = {noun for nouns in table["nouns"].values() for noun in nouns} | self.generic
        self.main = {word: word for word in following["same"]}
        for word, others in reversed(following["same"].items()):
            self.main.update(dict.fromkeys(others, word))
        self.families: dict[MechanismKind, str] = following["families"]
        dates = lexicon.table("dates")
        self.months: dict[str, int] = {name.lower(): number for name, number in dates["months"].items()}

    def gist(self, name: str, kind: MechanismKind) -> Gist:
        """What a name says: sort of body (by its kind where the name has no noun for it), and which one."""
        words, countries = self._without_countries(_WORD.findall(name))
        lows = [word.lower() for word in words]
        end = next((i for i, low in enumerate(lows) if i and low in _JOINTS), len(lows))
        last = lows[end - 1] if lows and lows[end - 1] in self.main else ""
        head = next((low for low in reversed(lows[:end]) if low in self.nouns), last)
        family = self.main.get(head, head.removesuffix("s")) or self.families[kind]
        content, proper = set(), set()
        is_title = sum(word[0].isupper() for word in words) > len(words) / 2 and len(words) > 3
        for word, low in zip(words, lows, strict=True):
            if low == head or low in self.drop:
                continue
            main = self.main.get(low, low)
            content.add(main)
            if word[0].isupper() and not is_title and low not in self.main and low not in self.nouns:
                proper.add(main)
        return Gist(
            family,
            frozenset(content - {family}),
            frozenset(proper),
            countries,
            head in self.generic,
            bool(self.former & set(lows)),
        )

    def words(self, text: str) -> frozenset[str]:
        """The words of a text that say something, each standing for all of its meaning; countries by their codes."""
        words, countries = self._without_countries(_WORD.findall(text))
        lows = (word.lower() for word in words)
        return frozenset(self.main.get(low, low) for low in lows if low not in self.drop and len(low) > 2) | countries

    def country(self, name: str) -> str | None:
        """ISO code of a country by its name or adjective; None when it is none."""
        return self.codes.get(name.lower())

    def countries(self, text: str) -> frozenset[str]:
        """ISO codes of the countries that a text names, by name or adjective."""
        return self._without_countries(_WORD.findall(text))[1]

    def _without_countries(self, words: list[str]) -> tuple[list[str], frozenset[str]]:
        """The words that name no country, and the codes of those that do; names may have two words."""
        kept, codes = [], set()
        i = 0
        while i < len(words):
            pair = " ".join(words[i : i + 2]).lower()
            parts = [self.country(part) for part in re.split("[-–]", words[i])]
            if [w.lower() for w in words[i - 2 : i]] in _WATERS:
                kept.append(words[i])
            elif pair in self.codes and i + 1 < len(words):
                codes.add(self.codes[pair])
                i += 1
            elif words[i][0].isupper() and all(parts):
                codes.update(code for code in parts if code)
            else:
                kept.append(words[i])
            i += 1
        return kept, frozenset(codes)


def _country_words(lexicon: Lexicon) -> dict[str, str]:
    """Names and adjectives of countries, in small letters → ISO codes; adjectives of several are left out."""
    table = lexicon.table("countries")
    codes: dict[str, str | None] = {}
    for group in ("demonyms", "names"):
        for code, words in table[group].items():
            for word in words:
                low = word.lower()
                codes[low] = code if codes.get(low, code) == code else None
    return {word: code for word, code in codes.items() if code}


@lru_cache(maxsize=4)
def packaged_thesaurus() -> Thesaurus:
    """The thesaurus of the packaged lexicon."""
    return Thesaurus(Lexicon())
