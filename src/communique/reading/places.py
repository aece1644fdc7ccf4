"""Places: where a name in a report lies, and how sure one can be that it is a place at all."""

from __future__ import annotations

from functools import cached_property

import msgspec

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.model import Place
from communique.reading.cities import City, load_cities, usable_alternates
from communique.reading.countries import Countries
from communique.reading.spelling import fold, without_article, without_possessive

TOWN_WEIGHT = 60_000
"""Weight of the lexicon's towns and crossings, in inhabitants: known to security news beyond their size."""

CAPITAL_BONUS = 5
"""A capital weighs so many times its inhabitants: "San José" is Costa Rica's, not California's."""

NEAR_RATIO = 20
CAPITAL_NEAR_RATIO = 8
"""A homonym in the preferred country is taken unless the largest one is so many times as heavy (8 if it is a capital):
"Tripoli" near Lebanon is Lebanon's, but "Paris" near the United States stays in France. Set by hand on such pairs."""

SAME_PLACE_DEGREES = 0.5
TOWN_DEGREES = 0.25
"""How far from a palace or an office its town is looked for; the heaviest one there is taken."""
_KINDS = ("towns", "crossings", "regions", "waters", "landmarks")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A place in the index; homonyms are ordered by ``weight`` (see TOWN_WEIGHT), counted in inhabitants."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    weight: float
    is_capital: bool = False

    @property
    def rank(self) -> float:
        """The weight with a capital's bonus."""
        return self.weight * CAPITAL_BONUS if self.is_capital else self.weight


class Gazetteer:
    """Countries and places by name.

    The cities are loaded at the first look-up of a place, their other names at the first look-up that needs them (about
    0.3 s together, once); each look-up after that is a few dictionary accesses.

    Args:
        lexicon: Where ``countries.toml`` and ``places.toml`` come from.

    Raises:
        LexiconError: If an entry of the files is malformed; the message quotes it.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.countries = Countries(lexicon)
        self._table = lexicon.table("places")
        self._ambiguous = {fold(name) for name in self._table["ambiguous"]}
        self._compass = {fold(word) for word in self._table["compass"]}
        self._generic = tuple(sorted((fold(word) for word in self._table["generic"]), key=len, reverse=True))

    def country(self, word: str) -> str | None:
        """ISO 3166-1 alpha-2 code for a country's name or adjective; None for capitals and ambiguous words."""
        return self.countries.country(word)

    def country_name(self, code: str) -> str:
        """The short English name that news use; raises KeyError for an unknown code."""
        return self.countries.country_name(code)

    def demonym_country(self, word: str, near: str | None = None) -> str | None:
        """The country of a people or an adjective, ``near`` preferred where several share the word ("Congolese")."""
        return self.countries.demonym_country(word, near)

    def capital_country(self, city: str) -> str | None:
        """The country, or "EU", "UN", "NATO", for whose government a capital or building stands in "Ankara said"."""
        return self.countries.seat_country(city)

    def is_ambiguous(self, name: str) -> bool:
        """Whether a place name is also a common name of people or an English word, so that it needs more proof."""
        key = fold(name)
        return key in self._ambiguous or len(key) <= 2 or self.countries.named(name) in ("TD", "JO", "GE", "ML")

    def find(self, name: str, near: str | None = None) -> Place | None:
        """The place that a name most likely means.

        Args:
            name: The words of the document: "Benghazi", "Kufra airport", "eastern Libya", "Tripoli, Lebanon".
            near: Country to prefer among homonyms, as ISO 3166-1 alpha-2 code.

        Returns:
            The place, its coordinates None where only the country is known ("southern Chad"); None if nothing fits.
        """
        text = name.strip()
        if not text or text.islower():
            return None
        head, comma, tail = text.rpartition(",")
        if comma:
            wider = self._entry(fold(tail), near)
            found = self.find(head, near=self.countries.named(tail) or (wider.country if wider else near))
            return _place(name, found) if found else None
        bare = without_possessive(text)
        return self._find_key(name, text, fold(text), near) or (
            self._find_key(name, bare, fold(bare), near) if bare != text else None
        )

    def town_of(self, place: Place) -> str | None:
        """The town in which a landmark of the lexicon stands ("Élysée Palace": Paris); None for other places."""
        return self._towns.get((place.name, place.country))

    @cached_property
    def _towns(self) -> dict[tuple[str, str | None], str]:
        """Landmark and its country → its town."""
        landmarks = [parse_place(line, "landmarks")[0] for line in self._table["places"]["landmarks"]]
        towns: dict[tuple[str, str | None], Entry] = {}
        for city in load_cities():
            entry = self._entry_of(city, fold(city.name))
            for mark in landmarks:
                key = (mark.name, mark.country)
                is_near = mark.country == entry.country and _is_within(mark, entry, TOWN_DEGREES)
                if is_near and (key not in towns or entry.rank > towns[key].rank):
                    towns[key] = entry
        return {key: town.name for key, town in towns.items()}

    def _find_key(self, name: str, text: str, key: str, near: str | None) -> Place | None:
        entry = self._entry(key, near)
        code = self.countries.named(text)
        if code and not (entry and entry.country == code and fold(entry.name) == without_article(key)):
            return Place(text=name, name=self.country_name(code), country=code)
        if entry:
            return _place(name, entry)
        return self._find_part(name, text, key) or self._find_core(name, key, near)

    def _find_part(self, name: str, text: str, key: str) -> Place | None:
        """A part of a country, such as "southern Chad": the country is known, the point is not."""
        words = without_article(key).split(" ")
        for cut in (2, 1):
            if len(words) > cut and " ".join(words[:cut]) in self._compass:
                rest = " ".join(text.replace("-", " ").split()[-(len(words) - cut) :])
                if code := self.countries.named(rest):
                    return Place(text=name, name=text.removeprefix("the ").removeprefix("The "), country=code)
                if entry := self._entry(fold(rest), None):
                    return Place(text=name, name=text, country=entry.country)
        return None

    def _find_core(self, name: str, key: str, near: str | None) -> Place | None:
        """A place inside generic words, such as "port of Benghazi" or "Kufra airport"."""
        core = without_article(key)
        for word in self._generic:
            core = core.removeprefix(f"{word} ").removesuffix(f" {word}")
        entry = self._entry(core, near) if core != key else None
        return _place(name, entry) if entry else None

    def _entry(self, key: str, near: str | None) -> Entry | None:
        bare = without_article(key)
        entries = self._main.get(key) or self._main.get(bare) or self._other.get(key) or self._other.get(bare)
        if not entries:
            return None
        best = max(entries, key=lambda entry: entry.rank)
        if near and best.country != near:
            ratio = CAPITAL_NEAR_RATIO if best.is_capital else NEAR_RATIO
            local = [
                entry
                for entry in entries
                if entry.country == near and (entry.is_capital or entry.weight * ratio >= best.weight)
            ]
            return max(local, key=lambda entry: entry.rank, default=best)
        return best

    @cached_property
    def _main(self) -> dict[str, list[Entry]]:
        """Main names of the cities, and all names of the lexicon's places."""
        dropped = {fold(name) for name in self._table["dropped"]}
        index: dict[str, list[Entry]] = {}
        for city in load_cities():
            key = fold(city.name)
            if key not in dropped:
                index.setdefault(key, []).append(self._entry_of(city, key))
        for kind in _KINDS:
            for line in self._table["places"][kind]:
                _lay_over(index, *parse_place(line, kind))
        return index

    @cached_property
    def _other(self) -> dict[str, list[Entry]]:
        """Other names of the larger cities: asked only where no place has the name as its main one."""
        index: dict[str, list[Entry]] = {}
        for city in load_cities():
            alternates = usable_alternates(city)
            if alternates:
                entry = self._entry_of(city, fold(city.name))
                for key in {fold(name) for name in alternates}:
                    index.setdefault(key, []).append(entry)
        return index

    def _entry_of(self, city: City, key: str) -> Entry:
        is_capital = self.countries.is_capital(key, city.countrycode)
        return Entry(city.name, city.countrycode, city.latitude, city.longitude, city.population, is_capital)


def _place(text: str, found: Entry | Place) -> Place:
    return Place(text=text, name=found.name, country=found.country, latitude=found.latitude, longitude=found.longitude)


def parse_place(line: str, kind: str) -> tuple[Entry, list[str]]:
    """Reads "name | country | latitude | longitude | other; names".

    Raises:
        LexiconError: If a column is missing or a coordinate is no number on the globe.
    """
    cells = [cell.strip() for cell in line.split("|")]
    try:
        name, country, latitude, longitude = cells[0], cells[1], float(cells[2]), float(cells[3])
    except (IndexError, ValueError) as error:
        raise LexiconError(
            f"places.toml: {kind} entry {line!r} is not 'name | country | latitude | longitude | other names'."
        ) from error
    if not (name and -90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise LexiconError(f"places.toml: {kind} entry {line!r} lacks a name or lies outside the globe.")
    others = [other.strip() for other in cells[4].split(";")] if len(cells) > 4 else []
    weight = TOWN_WEIGHT if kind in ("towns", "crossings") else float("inf")
    return Entry(name, country or None, latitude, longitude, weight), [other for other in others if other]


def _lay_over(index: dict[str, list[Entry]], entry: Entry, others: list[str]) -> None:
    """Adds a place of the lexicon; a GeoNames city at the same spot gives it its weight and yields to it."""
    keys = {fold(form) for form in (entry.name, *others)}
    same = [rival for key in keys for rival in index.get(key, ()) if _is_same_place(rival, entry)]
    weight = max([entry.weight, *(rival.weight for rival in same)])
    capital = any(rival.is_capital for rival in same)
    new = Entry(entry.name, entry.country, entry.latitude, entry.longitude, weight, capital)
    for key in keys:
        index[key] = [*(rival for rival in index.get(key, ()) if rival not in same), new]


def _is_same_place(one: Entry, other: Entry) -> bool:
    return one.country == other.country and _is_within(one, other, SAME_PLACE_DEGREES)


def _is_within(one: Entry, other: Entry, degrees: float) -> bool:
    return abs(one.latitude - other.latitude) < degrees and abs(one.longitude - other.longitude) < degrees
