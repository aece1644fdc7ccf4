"""Figures agree with the records that they count."""

from __future__ import annotations

from collections import Counter

from communique.desk.figures import count_places, find_spots, make_lifelines, make_timeline, passage_address
from communique.desk.lists.engagements import live
from communique.register.models import Document, Mechanism


def test_the_timeline_counts_every_dated_engagement_once(sample: object) -> None:
    del sample
    timeline = make_timeline(live())
    counted = Counter((e.day.replace(day=1), e.kind) for e in live().exclude(day=None))
    assert dict(timeline.counts) == dict(counted)
    assert len(timeline.dots) == sum(counted.values())


def test_more_than_can_be_told_apart_have_no_signs(sample: object, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    del sample
    monkeypatch.setattr("communique.desk.figures.MOST_SIGNS", 50)
    assert not make_timeline(live()).dots


def test_places(sample: object) -> None:
    del sample
    spots = find_spots(count_places(live()))
    assert sum(spot.count for spot in spots) == live().exclude(latitude=None).count()
    assert {"/engagements?place=Lom%C3%A9"} <= {spot.address for spot in spots}


def test_a_place_is_one_spot_and_leads_to_what_it_counts() -> None:
    oslo = [("Oslo", 59.9, 10.7, "NO", 3), ("Oslo", 59.95, 10.75, "NO", 1), ("Oslo", None, None, "NO", 2)]
    (spot,) = find_spots(oslo)
    assert (spot.latitude, spot.count, spot.address) == (59.9, 6, "/engagements?place=Oslo")
    far = find_spots([*oslo, ("Oslo", 48.2, -97.1, "US", 1)])
    assert [(s.count, s.address) for s in far] == [
        (6, "/engagements?place=Oslo&country=NO"),
        (1, "/engagements?place=Oslo&country=US"),
    ]


def test_lifelines_leave_repeats_out(sample: object) -> None:
    del sample
    mechanism = Mechanism.objects.get(pk=1)
    steps = list(mechanism.steps.all())
    (line,) = make_lifelines([mechanism])
    assert [step.day for step in line.steps] == sorted(step.day for step in steps)
    for step in steps:
        step.is_repeat = True
    mechanism._prefetched_objects_cache = {"steps": steps}  # type: ignore[attr-defined]
    assert make_lifelines([mechanism])[0].steps == []


def test_addresses_of_passages() -> None:
    document = Document(pk=7)
    assert passage_address(document, [{"start": 3, "end": 9}]) == "/sources/d7#t3-9"
    assert passage_address(document, {"start": 3, "end": 9}) == "/sources/d7#t3-9"
    assert passage_address(document, []) == passage_address(document, {}) == "/sources/d7"
