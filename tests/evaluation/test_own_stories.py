"""Our own stories: every register is in order, and stands in the texts letter for letter."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, MECHANISM_KINDS, MECHANISM_STATUSES

FOLDER = Path(__file__).parents[2] / "data" / "gold" / "stories-own"
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Story:
    """A story's texts and register."""

    def __init__(self, folder: Path) -> None:
        self.texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
        self.register: dict[str, list[Any]] = json.loads((folder / "register.json").read_text("utf-8"))
        self.lookalikes: dict[str, list[Any]] = json.loads((folder / "lookalikes.json").read_text("utf-8"))

    def quotations(self) -> Iterator[tuple[str, str]]:
        """Every quotation with its document."""
        yield from ((d, q) for actor in self.register["actors"] for d, q in actor["mentions"])
        yield from ((r["doc"], r["evidence"]) for e in self.register["engagements"] for r in e["reports"])
        yield from ((s["doc"], s["evidence"]) for m in self.register["mechanisms"] for s in m["history"])

    def ids(self, part: str) -> set[str]:
        """Ids of actors, engagements or mechanisms."""
        return {entry["id"] for entry in self.register[part]}


@pytest.fixture(scope="module", params=sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
def story(request: pytest.FixtureRequest) -> Story:
    return Story(FOLDER / request.param)


def test_documents_are_the_texts_and_show_their_day(story: Story) -> None:
    documents = {d["id"]: d for d in story.register["documents"]}
    assert set(documents) == set(story.texts)
    assert len(documents) >= 6
    for name, document in documents.items():
        assert document["outlet"].lower() in story.texts[name].lower()
        day = dt.date.fromisoformat(document["published"])
        head = story.texts[name][:120]
        assert str(day.year) in head
        assert str(day.day) in head


def test_quotations_stand_in_the_texts(story: Story) -> None:
    assert [(d, q) for d, q in story.quotations() if q not in story.texts[d]] == []


def test_ids_are_unique_and_lead_somewhere(story: Story) -> None:
    register = story.register
    actors = story.ids("actors")
    for part in ("actors", "engagements", "mechanisms"):
        assert len(story.ids(part)) == len(register[part])
    assert all(actor["mentions"] for actor in register["actors"])
    used = {a for e in register["engagements"] for side in e["sides"] for a in side}
    used |= {a for m in register["mechanisms"] for a in m["parties"]}
    used |= {a for t in register["tenures"] for a in (t["person"], t["superseded_by"]) if a}
    assert used <= actors
    assert {d for copies in register["copies"] for d in copies} <= set(story.texts)


def test_words_and_dates_are_those_of_the_contract(story: Story) -> None:
    for engagement in story.register["engagements"]:
        assert engagement["kind"] in ENGAGEMENT_KINDS
        assert engagement["status"] in ENGAGEMENT_STATUSES
        assert engagement["date"] is None or DAY.fullmatch(engagement["date"])
    for mechanism in story.register["mechanisms"]:
        assert mechanism["kind"] in MECHANISM_KINDS
        for step in mechanism["history"]:
            assert step["status"] in MECHANISM_STATUSES
            assert DAY.fullmatch(step["date"])


def test_tenures_are_observed_in_documents(story: Story) -> None:
    for tenure in story.register["tenures"]:
        assert tenure["observed"]
        assert all(DAY.fullmatch(day) and document in story.texts for day, document in tenure["observed"])


def test_lookalikes_are_of_the_story(story: Story) -> None:
    engagements, actors = story.ids("engagements"), story.ids("actors")
    assert all({a, b} <= engagements for a, b, *_ in story.lookalikes["must_not_merge_engagements"])
    assert all({a, b} <= actors for a, b, *_ in story.lookalikes["must_not_merge_actors"])
