"""The learned judge of places: where an engagement took place, chosen among all places that come into question.

The rules' choice is one candidate among others, and the strongest reason for itself. Trained by
`training/train_places.py`; why and how well is told in `docs/decisions/0017-the-place-is-chosen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from communique.lexicon import Lexicon
from communique.model import Place
from communique.reading.circumstances import CircumstanceFinder
from communique.reading.engagement_judge import Told
from communique.reading.forest import Forest, packaged_forest, softmax
from communique.reading.place_candidates import Candidate, Story, candidates, countries_of, lines_naming
from communique.reading.place_spots import SpotFinder
from communique.reading.place_values import place_values
from communique.reading.records import Record
from communique.reading.tellings import Narrative, Telling

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOWN_CHANCE = 0.1
"""Chance among all candidates from which a town is taken for that of a building whose own place nobody knows."""


class PlaceJudge:
    """Chooses the places of a document's engagements.

    Args:
        lexicon: Where the capitals come from.
        circumstances: The rules, with their gazetteer.
        forest: The packaged one by default; loaded when it is first needed. Its cut is what it takes to name a place
            where the rules name none.
    """

    def __init__(self, lexicon: Lexicon, circumstances: CircumstanceFinder, forest: Forest | None = None) -> None:
        self._seats: dict[str, list[str]] = lexicon.table("countries")["capitals"]
        self._gazetteer = circumstances.knowledge.gazetteer
        self._rank = circumstances.rank
        self._capital = cache(self._find_capital)
        namer = circumstances.sites.namer
        no_places = namer.facilities | namer.unplaced
        self._finder = SpotFinder(self._gazetteer, circumstances.knowledge.outlet_nouns, no_places)
        self._forest = forest

    @property
    def forest(self) -> Forest:
        """What is learned."""
        if self._forest is None:
            self._forest = packaged_forest("places")
        return self._forest

    def choose(self, told: Sequence[Told], records: Sequence[Record], narrative: Narrative) -> None:
        """Gives each engagement its place; calls have none.

        Args:
            told: What the document tells.
            records: Its engagements, in the same order, with the places that the rules give.
            narrative: The document.
        """
        story = self.story(told, records, narrative)
        asked = [number for number, record in enumerate(records) if record.kind != "call"]
        found = [(number, some) for number in asked if (some := candidates(story, number))]
        if not found:
            return
        values = [row for number, some in found for row in place_values(story, number, some)]
        odds, at = self.forest.odds(np.array(values, dtype=float)), 0
        chosen = []
        for number, some in found:
            fitting = within(visited(story, number), some, odds[at : at + len(some)])
            chosen.append((number, self.chosen(some, fitting, records[number])))
            at += len(some)
        for number, place in chosen:
            records[number].place = place

    def story(self, told: Sequence[Told], records: Sequence[Record], narrative: Narrative) -> Story:
        """What the places are chosen by; arguments as of ``choose``."""
        setting = narrative.setting
        spots = {
            line.index: self._finder.find(line, setting.sites.get(line.index, ()), setting.country)
            for line in narrative.lines
        }
        countries = {line.index: countries_of(line) for line in narrative.lines}
        involved = [p.referent.country for record in records for q in record.parties for p in q.resolved()]
        codes = dict.fromkeys([*involved, *(code for spoken in countries.values() for code in spoken)])
        return Story(
            narrative=narrative,
            setting=setting,
            told=told,
            records=records,
            spots=spots,
            lines=lines_naming(spots),
            countries=countries,
            capitals={code: capital for code in codes if code is not None and (capital := self._capital(code))},
            rank=self._rank,
            words={telling: _word(telling) for telling in narrative.tellings},
        )

    def chosen(self, found: Sequence[Candidate], odds: NDArray[np.float64], record: Record) -> Place | None:
        """The likeliest candidate; with the likeliest town, where nobody knows where a building stands.

        Args:
            found: The candidates, one at least.
            odds: What the forest says of each.
            record: The engagement, with the place that the rules give.
        """
        best = int(np.argmax(odds))
        if record.place is None and odds[best] < self.forest.cut:
            return None
        place = found[best].place
        if place.latitude is not None or place.country is not None:
            return place
        chances = softmax(odds)
        town = max((k for k in range(len(found)) if found[k].is_located), key=chances.__getitem__, default=None)
        if town is None or chances[town] < TOWN_CHANCE:
            return place
        return replace(found[town].place, text=place.text)

    def _find_capital(self, code: str) -> Place | None:
        """The first seat of a country's government; without words, for the document may not name it."""
        names = self._seats.get(code)
        found = self._gazetteer.find(names[0], near=code) if names else None
        return replace(found, text="") if found is not None else None


def visited(story: Story, number: int) -> str | None:
    """The country to which a visit leads by its own words: "a visit to Libya" was not paid in Stuttgart.

    Args:
        story: The report.
        number: Which of its engagements.
    """
    line, trigger = story.told[number].main.line, story.told[number].main.trigger
    if trigger.kind != "visit" or line.doc is None:
        return None
    for site in story.setting.sites.get(line.index, ()):
        lead = line.doc[site.token]
        is_own = lead.i in trigger.own or lead.head.i in trigger.own
        if is_own and site.is_wide and story.rank(site, trigger) == 0:
            is_listed = any(child.dep_ == "conj" for noun in lead.children for child in noun.children)
            return None if is_listed else site.place.country
    return None


def within(country: str | None, found: Sequence[Candidate], odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The odds of candidates, of which those in other countries have none.

    Args:
        country: The only one that comes into question; None leaves all as they are.
        found: The candidates.
        odds: What the forest says of each.
    """
    outside = np.array([country is not None and c.place.country not in (None, country) for c in found], dtype=bool)
    return odds if outside.all() else np.where(outside, -np.inf, odds)


def _word(telling: Telling) -> int:
    """The index of a trigger among the words of its line."""
    start = telling.line.anchors[telling.trigger.token.i][0]
    return next((k for k, word in enumerate(telling.line.labelled.words) if word.start >= start), 0)
