"""Countries: which one a name, an adjective or a seat of government stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.reading.spelling import fold, without_possessive

LONGEST_ACRONYM = 4
"""Names of up to so many letters, all capitals in the lexicon, count only when written in capitals: "US", not "us"."""


class Countries:
    """Looks up countries by the words that reports use for them.

    Args:
        lexicon: Where ``countries.toml`` comes from.

    Raises:
        LexiconError: If the file has a country without a name.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("countries")
        self._standard = _first_names(table["names"])
        self._names = _WordTable(table["names"])
        self._demonyms = _WordTable(table["demonyms"])
        self._seats = _WordTable(table["capitals"])
        self._seats.add(table["seats"])
        self._compounds: dict[str, str] = {fold(stem): code for stem, code in table["compounds"].items()}

    def is_capital(self, key: str, code: str) -> bool:
        """Whether a city, by its folded name, is a seat of its country's government or bears its name (Djibouti)."""
        return code in self._seats.codes(key) or code in self._names.codes(key)

    @property
    def codes(self) -> tuple[str, ...]:
        """All ISO 3166-1 alpha-2 codes of the lexicon."""
        return tuple(self._standard)

    def country(self, word: str) -> str | None:
        """The country that a name or an adjective stands for; None for capitals and for ambiguous words.

        Args:
            word: "the UK", "Türkiye", "Libyan", "Libya's".
        """
        return self.named(word) or self.demonym_country(word)

    def named(self, word: str) -> str | None:
        """The country that a name stands for; None for adjectives."""
        return _only(self._names.find(word))

    def country_name(self, code: str) -> str:
        """The short English name that news use.

        Raises:
            KeyError: If no country has this code.
        """
        return self._standard[code]

    def demonym_country(self, word: str, near: str | None = None) -> str | None:
        """The country of a people or an adjective.

        Args:
            word: "Libyan", "Emiratis".
            near: A country to prefer where the word belongs to several ("Congolese").
        """
        codes = self._demonyms.find(word)
        return near if near in codes else _only(codes)

    def countries(self, word: str) -> tuple[str, ...]:
        """All countries that a word may stand for, those of joint adjectives in order ("Franco-German")."""
        codes = self._names.find(word) or self._demonyms.find(word)
        if not codes and "-" in word:
            parts = [self._compounds.get(fold(part)) or self.country(part) for part in word.split("-")]
            codes = tuple(part for part in parts if part) if all(parts) else ()
        return codes

    def seat_country(self, name: str) -> str | None:
        """The country, or "EU", "UN", "NATO", for whose government a capital or a building stands ("Ankara said")."""
        return _only(self._seats.find(name))


class _WordTable:
    """Words that lead to country codes, whatever their spelling."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._codes: dict[str, tuple[str, ...]] = {}
        self._capitals: dict[str, bool] = {}
        # Reports ask for the same few words again and again.
        self.find = lru_cache(maxsize=8192)(self._find)
        self.add(table)

    def add(self, table: Mapping[str, Iterable[str]]) -> None:
        for code, words in table.items():
            for word in words:
                key = _key(word)
                known = self._codes.get(key, ())
                if code not in known:
                    self._codes[key] = (*known, code)
                self._capitals[key] = _is_acronym(word)
        self.find.cache_clear()

    def codes(self, key: str) -> tuple[str, ...]:
        return self._codes.get(key, ())

    def _find(self, word: str) -> tuple[str, ...]:
        word = without_possessive(word)
        key = _key(word)
        for form in (key, key.removesuffix("s")):
            if form in self._codes:
                fits = _is_acronym(word) if self._capitals[form] else any(letter.isupper() for letter in word)
                return self._codes[form] if fits else ()
        return ()


def _key(word: str) -> str:
    key = fold(word).replace("&", "and")
    return key.removeprefix("the ") if key != "the" else key


def _is_acronym(word: str) -> bool:
    letters = word.removeprefix("the ").removeprefix("The ").replace(".", "")
    return letters.isupper() and len(letters) <= LONGEST_ACRONYM


def _only(codes: tuple[str, ...]) -> str | None:
    return codes[0] if len(codes) == 1 else None


def _first_names(names: Mapping[str, list[str]]) -> dict[str, str]:
    for code, forms in names.items():
        if not forms:
            raise LexiconError(f"countries.toml: {code} has no name in [names]. Give at least one.")
    return {code: forms[0] for code, forms in names.items()}
