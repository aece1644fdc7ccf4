"""Who is asked about, and by which features; sentences made up for these tests."""

from __future__ import annotations

from tests.reading.following import Followed, Follower, last_names

from communique.reading.actor_features import actor_features, is_owner, placed_actors
from communique.reading.participants import Question, questions

TEXT = "Defence Minister Jan Veltman met General Karim Sadi while Colonel Petra Lindholt waited outside."
LATER = f"{TEXT} The talks covered training."


def asked(followed: Followed, number: int) -> dict[str, Question]:
    """Last name → question about one telling."""
    members = followed.narrative.cast.members
    return {last_names([members[q.key].party])[0]: q for q in questions(followed.narrative) if q.number == number}


def test_everybody_in_the_sentence_is_asked_about(follower: Follower) -> None:
    about = asked(follower.follow(TEXT, whole=True), 0)
    assert set(about) == {"Veltman", "Sadi", "Lindholt"}
    assert all(question.names is not None for question in about.values())
    assert "slot=one" in (about["Veltman"].names or ())
    assert "slot=other" in (about["Sadi"].names or ())
    assert "slot=none" in (about["Lindholt"].names or ())


def test_those_named_before_are_asked_about_without_words(follower: Follower) -> None:
    about = asked(follower.follow(LATER, whole=True), 1)
    assert {"Veltman", "Sadi", "Lindholt"} <= set(about)
    assert about["Sadi"].names is None


def test_those_named_long_before_are_not_asked_about(follower: Follower) -> None:
    text = (
        "Colonel Petra Lindholt waited. "
        + "It rained. " * 20
        + "General Karim Sadi met Jan Veltman. He met Ann Horvat."
    )
    followed = follower.follow(text, whole=True)
    assert "Lindholt" not in asked(followed, len(followed.narrative.tellings) - 1)


def test_people_named_behind_what_was_discussed_are_asked_about(follower: Follower) -> None:
    text = "General Karim Sadi met Ann Horvat. {}Colonel Petra Lindholt and Chad helped."
    near, far = (asked(follower.follow(text.format("It rained. " * lines), whole=True), 0) for lines in (4, 8))
    assert "Lindholt" in near
    assert "Lindholt" not in far
    assert "Chad" not in near


def test_every_question_has_as_many_numbers(follower: Follower) -> None:
    narrative = follower.follow(LATER, whole=True).narrative
    assert len({len(question.values) for question in questions(narrative)}) == 1


def test_questions_are_deterministic(follower: Follower) -> None:
    one, two = (questions(follower.follow(LATER, whole=True).narrative) for _ in range(2))
    assert one == two


def test_features_are_named_once(follower: Follower) -> None:
    narrative = follower.follow(TEXT, whole=True).narrative
    telling = narrative.tellings[0]
    actors = narrative.actors(telling)
    rows = [
        list(actor_features(actor, actors, placed_actors(actors, telling.slots), telling.trigger)) for actor in actors
    ]
    assert all(len(row) == len(set(row)) for row in rows)
    assert "slot=other|person" in rows[1]


def test_countries_of_adjectives_side_by_side_are_asked_about(follower: Follower) -> None:
    about = asked(follower.follow("The joint Kuwaiti-Omani committee held talks with Chadian officers.", whole=True), 0)
    assert {"Kuwait", "Oman"} <= set(about)
    assert "Chad" not in about


def test_unnamed_bodies_are_asked_about(follower: Follower) -> None:
    about = asked(follower.follow("Defence Minister Jan Veltman met the parliamentary committee.", whole=True), 0)
    assert len(about) == 2


def test_whose_people_they_are_is_told_apart(follower: Follower) -> None:
    text = "General Karim Sadi met a delegation of the African Union, Jan Veltman and Ann Horvat. Oman thanked Sadi."
    owners = {}
    for actors in follower.follow(text, whole=True).narrative.cast.actors.values():
        owners |= {actor.parties[0].referent.name: is_owner(actor, actors) for actor in actors if actor.kind != "word"}
    assert owners["African Union"]
    assert not any(owners[name] for name in ("Karim Sadi", "Jan Veltman", "Oman"))
