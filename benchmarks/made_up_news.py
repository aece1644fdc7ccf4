"""News that never was: engagements of made-up people over ten years, each told by some five reports in their own way.

Nothing is read: the readouts are made directly, with evidence that stands in their texts. People take part by Zipf's
law, change posts, and are spelled in several ways; reports leave out people, places and days, and look back.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from tests.register.telling import FILLER_WORDS, Paper, Told, tell

from communique.model import Readout
from communique.model.vocabulary import EngagementKind, Topic

ACTORS = 20_000
OUTLETS = 200
# Words that fill the reports, so that none is like another.
VOCABULARY = 50_000
YEARS = 10
FIRST_DAY = dt.date(2015, 1, 1)
COUNTRIES = ("Ghana", "Togo", "Kenya", "Peru", "Norway", "Nepal")
UNITS = ("Command", "Brigade", "Coast Guard", "Ministry of Defence", "Border Police")
PLACES = ("Accra, GH", "Lomé, TG", "Nairobi, KE", "Lima, PE", "Oslo, NO", "Kathmandu, NP", "Tema, GH", "Mombasa, KE")
POSTS = ("Commander", "Deputy Commander", "Chief of Staff", "Director", "Spokesman", "Inspector")
KINDS: tuple[EngagementKind, ...] = ("meeting", "meeting", "meeting", "visit", "call", "conference", "signing")
SUBJECTS: tuple[Topic, ...] = ("border_security", "counter_terrorism", "maritime_security", "military_cooperation")
TASKS = ("open", "train", "exchange", "repair", "finance", "inspect", "equip", "move")
OBJECTS = ("a joint room", "pilots", "officers", "patrol boats", "radar data", "a depot", "divers", "two airfields")
ROOMS = ("joint operations room", "joint border committee", "joint training programme", "coast guard hotline")
# Engagements for each room that is spoken of, by one in twenty of them.
ENGAGEMENTS_A_ROOM = 20
STARTS = "ab ba be da dra fa gha ha ka kha la ma mo na ne qa ra sa sha ta to va wa ya za".split()
MIDDLES = "bi da di fu ga ji ko la mu ni re ro si ta vi zo".split()
ENDS = "b d dze f h kov l m n ni r s t wi yan z".split()
SPELLINGS = (("kh", "h"), ("q", "k"), ("gh", "g"), ("sh", "ch"), ("w", "v"), ("ya", "ia"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A made-up person: spellings of the name, and the posts of one half of the years and the other in a unit."""

    spellings: tuple[str, ...]
    posts: tuple[str, str]
    unit: str
    country: str


class News:
    """Makes readouts one after the other; the same seed gives the same ones."""

    def __init__(
        self, *, seed: int, engagements: int, actors: int = ACTORS, years: int = YEARS, stories: int | None = None
    ) -> None:
        """Draws people and words; ``stories`` gives other news of the same people than those of the seed alone."""
        self._draw = random.Random(seed)
        self._engagements, self._years = engagements, years
        self._words = [self._make_name(draw) for draw in self._draw.choices((1, 2, 3, 4), k=VOCABULARY)]
        self._people = [self._make_person() for _ in range(actors)]
        self._rooms = [
            f"{self._make_name(3)} {name}"
            for _ in range(engagements // (ENGAGEMENTS_A_ROOM * len(ROOMS)) + 1)
            for name in ROOMS
        ]
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(actors)))
        if stories is not None:
            self._draw = random.Random(stories)

    def readouts(self) -> Iterator[Readout]:
        """Five reports an engagement on average, in the order of the days."""
        for story in self.stories():
            yield from (tell(told, paper=paper) for told, paper in story)

    def stories(self) -> Iterator[list[tuple[Told, Paper]]]:
        """The same before it is written: for each engagement who tells what of it."""
        number = 0
        for position in range(self._engagements):
            day = FIRST_DAY + dt.timedelta(days=position * self._years * 365 // self._engagements)
            people = self._gather()
            told = self._make_engagement(day, people)
            story = []
            for _ in range(self._draw.choice((2, 4, 5, 6, 8))):
                number += 1
                story.append(self._report(number, day, told, people))
            yield story

    def somebody(self) -> str:
        """The usual spelling of somebody who takes part, by the same law."""
        return self._choose(1)[0].spellings[0]

    def day(self) -> dt.date:
        """Some day of those that are told of."""
        return FIRST_DAY + dt.timedelta(days=self._draw.randrange(YEARS * 365))

    def _make_person(self) -> Somebody:
        given, family = self._make_name(2), self._make_name(3)
        name = f"{given} {family}"
        old, new = self._draw.choice(SPELLINGS)
        country = self._draw.choice(COUNTRIES)
        unit = f"{self._make_name(2)} {self._draw.choice(UNITS)}"
        first, second = self._draw.sample(POSTS, 2)
        spellings = dict.fromkeys((name, name.lower().replace(old, new).title()))
        return Somebody(spellings=tuple(spellings), posts=(first, second), unit=unit, country=country)

    def _make_name(self, length: int) -> str:
        middle = "".join(self._draw.choice(MIDDLES) for _ in range(length - 1))
        return f"{self._draw.choice(STARTS)}{middle}{self._draw.choice(ENDS)}".capitalize()

    def _choose(self, number: int) -> list[Somebody]:
        return self._draw.choices(self._people, cum_weights=self._weights, k=number)

    def _gather(self) -> list[Somebody]:
        chosen = {person.spellings[0]: person for person in self._choose(self._draw.choice((2, 2, 3, 4)))}
        return list(chosen.values())

    def _make_engagement(self, day: dt.date, people: list[Somebody]) -> Told:
        draw = self._draw
        return Told(
            sides=((),),
            day=day.isoformat(),
            place=draw.choice(PLACES),
            kind=draw.choice(KINDS),
            topics=tuple(draw.sample(SUBJECTS, draw.choice((0, 1, 1, 2)))),
            promise=self._promise() if draw.random() < 0.1 else None,
            room=draw.choice(self._rooms) if draw.random() < 0.05 else None,
        )

    def _promise(self) -> str:
        where = self._draw.choice(PLACES).partition(",")[0]
        return (
            f"{self._draw.choice(TASKS)} {self._draw.choice(OBJECTS)} near {where} for {self._draw.choice(self._words)}"
        )

    def _report(self, number: int, day: dt.date, told: Told, people: list[Somebody]) -> tuple[Told, Paper]:
        draw = self._draw
        named = people if len(people) < 3 or draw.random() < 0.7 else people[:-1]
        words = [self._introduce(person, day) for person in named]
        half = max(1, len(words) // 2)
        changes: dict[str, Any] = {"sides": (tuple(words[:half]), tuple(words[half:]) or (f"@ {people[0].country}",))}
        if draw.random() < 0.15:
            changes["day"] = None
        if draw.random() < 0.15:
            changes["place"] = None
        published = day + dt.timedelta(days=draw.choice((0, 0, 1, 1, 2)))
        if draw.random() < 0.05:
            changes["background"] = True
            published += dt.timedelta(days=draw.randrange(10, 90))
        outlet = f"Outlet {int(draw.paretovariate(0.8)) % OUTLETS}"
        filler = " ".join(draw.choices(self._words, k=FILLER_WORDS))
        paper = Paper(number=number, published=published.isoformat(), site=outlet, filler=f"{filler.capitalize()}.")
        return replace(told, **changes), paper

    def _introduce(self, person: Somebody, day: dt.date) -> str:
        name = person.spellings[0] if self._draw.random() < 0.8 else person.spellings[-1]
        if self._draw.random() < 0.2:
            return name
        post = person.posts[day.year >= FIRST_DAY.year + YEARS // 2]
        return f"{name} | {post} | {person.unit}"
