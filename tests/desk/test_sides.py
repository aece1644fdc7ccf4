"""Sides are worked out from the register; the partner decides the sign of an engagement."""

from __future__ import annotations

import datetime as dt

from communique.desk.charts.svg import SIDES
from communique.desk.sides import BODIES, OTHERS, Sides, find_countries, find_sides
from communique.register.models import Actor, Tenure

THREE = Sides(countries=("GH", "NG", "PT"))


def test_actors() -> None:
    assert [THREE.of_actor(country, "person") for country in ("GH", "NG", "PT", "FR", None)] == [
        0,
        1,
        2,
        OTHERS,
        OTHERS,
    ]
    assert THREE.of_actor(None, "organization") == BODIES
    assert THREE.of_actor("FR", "organization") == OTHERS


def test_engagements_bear_the_sign_of_the_partner() -> None:
    assert THREE.of_engagement([("GH", "person"), ("NG", "organization")]) == 1
    assert THREE.of_engagement([("GH", "person"), ("GH", "organization")]) == 0
    assert THREE.of_engagement([("GH", "person"), (None, "organization")]) == BODIES
    assert THREE.of_engagement([]) == OTHERS


def test_the_countries_most_often_involved(sample: object) -> None:
    del sample
    sides = find_sides()
    assert len(sides.countries) == 3
    assert sides.countries[0] == "GH"
    assert len(sides.legend()) == SIDES + 1
    assert next(words for _, words in sides.legend(with_hollow=False)) == "Ghana"


def test_a_person_belongs_where_their_last_post_does(empty: object) -> None:
    del empty
    guard = Actor.objects.create(type="organization", name="Harbour Guard", country="TG")
    one, other, third = (Actor.objects.create(type="person", name=name) for name in ("One", "Other", "Third"))
    Tenure.objects.create(actor=one, title="Envoy", organization="Ghana", last_seen=dt.date(2031, 1, 1))
    Tenure.objects.create(
        actor=one, title="Chief", organization="Harbour Guard", organization_actor=guard, last_seen=dt.date(2031, 2, 1)
    )
    Tenure.objects.create(actor=other, title="President", organization="Ghana", last_seen=dt.date(2031, 1, 1))
    own = {actor.pk: actor.country for actor in (guard, one, other, third)}
    assert find_countries(own) == {guard.pk: "TG", one.pk: "TG", other.pk: "GH"}


def test_a_register_of_nobody(empty: object) -> None:
    del empty
    assert find_sides().countries == ()
    assert [words for _, words in find_sides().legend(with_hollow=False)] == ["International bodies", "Others"]
