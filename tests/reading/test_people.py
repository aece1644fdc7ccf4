"""Mentions joined into persons, and what the records say of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Person
from communique.reading.analysis import Line
from communique.reading.counterparts import resolve_counterparts
from communique.reading.knowledge import Knowledge
from communique.reading.people import PeopleBuilder, person_records
from communique.reading.successions import Successions


@pytest.fixture
def read(knowledge: Knowledge, find: Callable[..., list[Line]]) -> Callable[..., list[Person]]:
    def people(text: str, persons: list[str], expand: dict[str, str] | None = None) -> list[Person]:
        lines = find(text, persons=persons)
        candidates = PeopleBuilder().join(lines)
        resolve_counterparts(candidates, lines, knowledge)
        Successions(candidates, lines, knowledge).resolve()
        return list(person_records(candidates, text, expand or {}))

    return people


def test_short_forms_join_the_full_name(read: Callable[..., list[Person]]) -> None:
    people = read("Minister J. Novak met Jana Novak. Novak smiled.", ["Jana Novak"])
    assert [(p.id, p.name, set(p.aliases)) for p in people] == [("p1", "Jana Novak", {"J. Novak", "Novak"})]


def test_father_and_son_stay_apart(read: Callable[..., list[Person]]) -> None:
    text = "Field Marshal Omar Said received Colonel Ali Omar Said. Field Marshal Omar Said thanked him."
    assert [p.name for p in read(text, [])] == ["Omar Said", "Ali Omar Said"]


def test_a_bare_family_name_is_the_relative_introduced_first(read: Callable[..., list[Person]]) -> None:
    text = "Field Marshal Omar Novak and his son, General Jan Novak, met Ana Rivers. Novak thanked her."
    aliases = {p.name: p.aliases for p in read(text, ["Omar Novak", "Jan Novak", "Ana Rivers"])}
    assert aliases == {"Omar Novak": ("Novak",), "Jan Novak": (), "Ana Rivers": ()}


def test_a_bare_name_between_commas_after_a_post_is_a_person(read: Callable[..., list[Person]]) -> None:
    assert [p.name for p in read("The American ambassador, Rivers, spoke of investment.", [])] == ["Rivers"]


def test_rulers_go_by_their_style(read: Callable[..., list[Person]]) -> None:
    assert [p.name for p in read("King Farid met General Nasser bin Farid.", [])] == ["King Farid", "Nasser bin Farid"]


def test_bare_titles_are_the_full_one_again(read: Callable[..., list[Person]]) -> None:
    text = "Malta's Minister for Home Affairs Rosa Borg spoke. Minister Borg left."
    (person,) = read(text, [])
    assert [(r.title, r.organization) for r in person.roles] == [("Minister for Home Affairs", "Malta")]
    assert [text[e.start : e.end] for e in person.roles[0].evidence] == [
        "Malta's Minister for Home Affairs",
        "Minister",
    ]


def test_short_forms_of_institutions_are_written_out(read: Callable[..., list[Person]]) -> None:
    (person,) = read("The commander of the NCX, General Omar Said, left.", [], {"NCX": "Northern Command"})
    assert [r.organization for r in person.roles if r.kind == "post"] == ["Northern Command"]


@pytest.mark.parametrize(
    ("text", "title", "organization"),
    [
        ("Defence Minister Anna Rossi met her Turkish counterpart, Omar Said.", "Defence Minister", "Türkiye"),
        (
            "Interior Minister Anna Rossi and her Nigerien opposite number, Omar Said, spoke.",
            "Interior Minister",
            "Niger",
        ),
    ],
)
def test_counterparts_hold_the_same_post(
    read: Callable[..., list[Person]], text: str, title: str, organization: str
) -> None:
    people = {p.name: p for p in read(text, ["Anna Rossi", "Omar Said"])}
    assert [(r.title, r.organization) for r in people["Omar Said"].roles] == [(title, organization)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Defence Minister Anna Rossi met her counterpart, Omar Said.", [("Defence Minister", None)]),
        (
            "The commander of the French Navy, Anna Rossi, met her Greek counterpart, Omar Said.",
            [("Commander", "Navy of Greece")],
        ),
        ("Malta's minister Anna Rossi met her counterpart from Chad, Omar Said.", [("Minister", "Chad")]),
        (
            "Malta's envoy Anna Rossi and Omar Said, her counterpart from N'Djamena, left.",
            [("Envoy", "Chad")],
        ),
        ("Malta's envoy Anna Rossi and her deputy, Omar Said, left.", [("Deputy envoy", "Malta")]),
        ("Governor Anna Rossi thanked her predecessor, Omar Said.", [("Governor", None)]),
        (
            "The ministry named Anna Rossi as commander of the Coast Guard. She replaces Omar Said.",
            [("Commander", "Coast Guard")],
        ),
        ("The minister left. His predecessor, Omar Said, stayed.", []),
    ],
)
def test_posts_are_told_by_those_of_others(
    read: Callable[..., list[Person]], text: str, roles: list[tuple[str, str | None]]
) -> None:
    people = {p.name: p for p in read(text, ["Anna Rossi", "Omar Said"])}
    assert [(r.title, r.organization) for r in people["Omar Said"].roles] == roles


@pytest.mark.parametrize(
    ("text", "title", "organization"),
    [
        ("Omar Said, the 37-year-old head of the Transition Council, left.", "Head", "Transition Council"),
        (
            "Omar Said, chief of the National Defence General Staff, left.",
            "Chief of the National Defence General Staff",
            None,
        ),
        ("Omar Said, commander of the Northern Sea Area, left.", "Commander", "Northern Sea Area"),
        ("Army Commander Omar Said left.", "Army Commander", None),
        ("Malta's Justice Minister Omar Said left.", "Justice Minister", "Malta"),
        ("Omar Said, Minister of Defence and Justice, left.", "Minister of Defence and Justice", None),
        (
            "The Minister of Defence, Retired Affairs and Veterans, Mr. Omar Said, left.",
            "Minister of Defence, Retired Affairs and Veterans",
            None,
        ),
        ("The head of the Office of the President, Omar Said, left.", "Head", "Office of the President"),
        ("Omar Said, NATO's director of strategy, left.", "Director of strategy", "NATO"),
        ("Permanent Secretary (Security) Dato Omar Said left.", "Permanent Secretary (Security)", None),
        ("The Sultanate's military attaché, Omar Said, left.", "Military attaché", None),
        ("Chad's CEMGA, Omar Said, left.", "Chief of the General Staff of the Armies", "Chad"),
    ],
)
def test_bodies_and_fields_of_posts(
    read: Callable[..., list[Person]], text: str, title: str, organization: str | None
) -> None:
    (person,) = read(text, ["Omar Said"])
    assert [(r.title, r.organization) for r in person.roles] == [(title, organization)]


def test_who_was_picked_by_somebody_has_the_post(read: Callable[..., list[Person]]) -> None:
    text = "Admiral Omar Said was picked by Anna Rossi as the commander of the Coast Guard."
    people = {p.name: p for p in read(text, ["Anna Rossi", "Omar Said"])}
    assert [r.title for r in people["Omar Said"].roles if r.kind == "post"] == ["Commander"]
    assert not people["Anna Rossi"].roles


def test_a_clause_can_give_two_posts(read: Callable[..., list[Person]]) -> None:
    text = "Omar Said, who commands the Coast Guard and sits on the Truce Committee, left."
    (person,) = read(text, ["Omar Said"])
    assert [(r.title, r.organization) for r in person.roles] == [
        ("Commander", "Coast Guard"),
        ("Member", "Truce Committee"),
    ]


def test_a_counterpart_of_nobody_says_nothing(read: Callable[..., list[Person]]) -> None:
    (person,) = read("The Turkish counterpart, Omar Said, spoke.", ["Omar Said"])
    assert person.roles == ()
