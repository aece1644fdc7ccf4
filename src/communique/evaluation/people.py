"""Scores people and the posts they hold."""

from __future__ import annotations

from collections.abc import Mapping

from communique.evaluation.claims import ClaimedPerson, ClaimedPost, Claims
from communique.evaluation.figures import DocumentScore
from communique.evaluation.matching import pair_up
from communique.evaluation.names import is_same_person, is_same_post, split_words


def score_people(gold: Claims, found: Claims, score: DocumentScore) -> None:
    """Counts people and, on the people that were found, their posts; writes both into ``score``."""
    pairs = pair_people(gold, found)
    score.count("people", len(pairs), len(found.people), len(gold.people))
    for i, person in enumerate(gold.people):
        if i not in pairs:
            score.note("people missed", person.name)
    for j, person in enumerate(found.people):
        if j not in pairs.values():
            score.note("people extra", person.name)
    matched = sum(_match_posts(gold.people[i], found.people[j], score) for i, j in pairs.items())
    score.count(
        "roles",
        matched,
        sum(len(person.posts) for person in found.people),
        sum(len(person.posts) for person in gold.people),
    )


def pair_people(gold: Claims, found: Claims) -> Mapping[int, int]:
    """The best one-to-one pairing: index of a person of the gold → index of the found one."""
    return pair_up(gold.people, found.people, _person_likeness)


def pair_posts(gold: ClaimedPerson, found: ClaimedPerson) -> Mapping[int, int]:
    """The best one-to-one pairing of the posts of two matched people."""
    return pair_up(gold.posts, found.posts, _post_likeness)


def _person_likeness(gold: ClaimedPerson, found: ClaimedPerson) -> float:
    if not is_same_person(gold.forms, found.forms):
        return 0.0
    # Of two fitting people the one whose name is written with as many words comes first.
    return 2.0 if len(split_words(gold.name)) == len(split_words(found.name)) else 1.0


def _match_posts(gold: ClaimedPerson, found: ClaimedPerson, score: DocumentScore) -> int:
    pairs = pair_posts(gold, found)
    for i, post in enumerate(gold.posts):
        if i not in pairs:
            score.note("role missed", f"{gold.name}: {post.title or '(no title)'} / {post.organization or '(none)'}")
    return len(pairs)


def _post_likeness(gold: ClaimedPost, found: ClaimedPost) -> float:
    return float(is_same_post(gold.title, gold.organization, found.title, found.organization))
