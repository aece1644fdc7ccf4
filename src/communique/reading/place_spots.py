"""Spots: where a report names places, led to by words or not ("at the port of Sfax", "Sfax: talks with …")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from communique.model import Place
from communique.reading.analysis import Line
from communique.reading.places import Gazetteer
from communique.reading.site_names import spelled
from communique.reading.sites import Site
from communique.reading.words import Word

_PLACES = ("GPE", "LOC", "FAC")
_NO_PLACES = ("person", "country", "date")
_JOINERS = frozenset("de del di du des da do la le el al the of es".split())
_MOST_WORDS = 4
_SHORTEST = 3  # letters of a town's name: two capitals are a state's or a country's code
_SHOUTED = 5  # letters from which a word in capitals is a name written large, and no acronym


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a report names in a line.

    Attributes:
        place: The place.
        line: Index of the line.
        start: Offset in the document of its first word; for a site, of the word that leads to it.
        at: Index of that word in the line.
        last: Index after its last word.
        site: The site; None for a bare name.
        kind: What the name finder made of a bare name; "" for nothing.
    """

    place: Place
    line: int
    start: int
    at: int
    last: int
    site: Site | None = None
    kind: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it is a country or a part of one."""
        return self.site is not None and self.site.is_wide


class SpotFinder:
    """Finds the places that lines name.

    Args:
        gazetteer: Knows the places.
        outlet_nouns: Words that close names of newspapers and agencies, whose town is where they are made.
        no_places: Names, lower case, that are no place by themselves: "bay", "summit", "asia".
    """

    def __init__(self, gazetteer: Gazetteer, outlet_nouns: frozenset[str], no_places: frozenset[str]) -> None:
        self._outlet_nouns = outlet_nouns
        self._no_places = no_places
        # Reports name the same few places, and other things, again and again.
        self._find = lru_cache(maxsize=8192)(gazetteer.find)
        self._is_ambiguous = lru_cache(maxsize=8192)(gazetteer.is_ambiguous)

    def find(self, line: Line, sites: Sequence[Site], near: str | None) -> list[Spot]:
        """The places of a line, left to right.

        Args:
            line: The line.
            sites: Its sites.
            near: Country to prefer among homonyms.
        """
        words = line.labelled.words
        spots = []
        for site in sites:
            start = line.anchors[site.token][0]
            at = next((k for k, word in enumerate(words) if word.start >= start), 0)
            spots.append(Spot(site.place, line.index, start, at, site.last, site))
        kinds = {k: mention.kind for mention in line.mentions for k in range(mention.first, mention.last)}
        closed = {k for spot in spots for k in range(spot.at, spot.last)}
        closed |= {k for k, kind in kinds.items() if kind in _NO_PLACES}
        outlets = (m for m in line.mentions if m.kind == "organization" and words[m.last - 1].low in self._outlet_nouns)
        closed |= {k for mention in outlets for k in range(mention.first, mention.last)}
        for first, last in _runs(words, closed):
            named = self._listed(words, first, last, near) or _unlisted(line, first, last)
            if named is not None and not self._is_none(named[0].text):
                place, at, end = named
                spots.append(Spot(place, line.index, words[at].start, at, end, kind=kinds.get(at, "")))
        return sorted(spots, key=lambda spot: spot.at)

    def _is_none(self, name: str) -> bool:
        return name.lower().removeprefix("the ") in self._no_places

    def _listed(self, words: Sequence[Word], start: int, stop: int, near: str | None) -> tuple[Place, int, int] | None:
        """The place of the gazetteer that most words of a run name."""
        for size in range(min(stop - start, _MOST_WORDS), 0, -1):
            for first in range(start, stop - size + 1):
                name = spelled(words, first, first + size)
                if len(name) < _SHORTEST or (size == 1 and self._is_ambiguous(name)) or self._is_none(name):
                    continue
                found = self._find(name.title() if name.isupper() and len(name) >= _SHOUTED else name, near)
                if found is not None and found.latitude is not None:
                    return replace(found, text=name), first, first + size
        return None


def _unlisted(line: Line, start: int, stop: int) -> tuple[Place, int, int] | None:
    """The place that only the model takes for one, among the words of a run."""
    for first, last, kind in line.labelled.entities:
        if kind in _PLACES and start <= first and last <= stop:
            name = spelled(line.labelled.words, first, last)
            return (Place(text=name, name=name), first, last) if len(name) >= _SHORTEST else None
    return None


def _runs(words: Sequence[Word], closed: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of capitalized words, and joiners between them, outside what is closed."""
    named = [word.is_word and word.is_capitalized and k not in closed for k, word in enumerate(words)]
    joins = [word.low in _JOINERS and k not in closed for k, word in enumerate(words)]
    k = 0
    while k < len(words):
        start = k
        while k < len(words) and (named[k] or (k > start and joins[k] and named[k + 1 : k + 2] == [True])):
            k += 1
        if k > start:
            yield start, k
        k += 1


def towns(spots: Mapping[int, Sequence[Spot]], first: int, stop: int) -> set[str]:
    """Names of the towns and buildings that lines from ``first`` on, before ``stop``, name."""
    return {s.place.name for line in range(first, stop) for s in spots.get(line, ()) if not s.is_wide}
