"""Short ways to write down what made-up reports say of people and institutions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from communique.register.resolving.actors import ActorResolution, resolve_actors
from communique.register.resolving.judged import PairJudgement
from communique.register.resolving.profiles import ActorMention, MentionRole, build_profiles, company_key, profile_key


def mention(number: str, name: str, *posts: str, day: str = "2031-03-10", company: Sequence[str] = ()) -> ActorMention:
    """A person in a report.

    Args:
        number: "3/p1": report and person.
        name: As written, with the rank before a colon: "Colonel: Ruth Haddow".
        posts: "Defence Minister | Ghana", "former Defence Minister".
        day: Of the report.
        company: Names of companions.
    """
    rank, _, bare = name.rpartition(": ")
    roles = [read_role(post) for post in posts] + ([MentionRole(title=rank, kind="rank")] if rank else [])
    return ActorMention(
        key=number,
        document=number.partition("/")[0],
        type="person",
        name=bare,
        roles=tuple(roles),
        date=dt.date.fromisoformat(day),
        company=frozenset(company_key(other) for other in company),
    )


def body(
    number: str, name: str, acronym: str | None = None, country: str | None = None, **more: object
) -> ActorMention:
    """An institution in a report."""
    return ActorMention(
        key=number,
        document=number.partition("/")[0],
        type="organization",
        name=name,
        acronym=acronym,
        country=country,
        date=dt.date(2031, 3, 10),
        **more,
    )


def read_role(post: str) -> MentionRole:
    title, _, organization = (part.strip() for part in post.partition("|"))
    for word, standing in (("former ", "former"), ("acting ", "acting")):
        if title.startswith(word):
            return MentionRole(title=title.removeprefix(word), organization=organization or None, standing=standing)
    return MentionRole(title=title, organization=organization or None)


def resolve(mentions: Iterable[ActorMention], judgements: Iterable[PairJudgement] = ()) -> ActorResolution:
    judgements = tuple(judgements)
    judged = {key for judgement in judgements for key in (judgement.left, judgement.right)}
    return resolve_actors(build_profiles(mentions, judged), judgements)


def actors(mentions: Iterable[ActorMention], judgements: Iterable[PairJudgement] = ()) -> set[frozenset[str]]:
    """The actors as sets of mention keys."""
    mentions, judgements = tuple(mentions), tuple(judgements)
    judged = {key for judgement in judgements for key in (judgement.left, judgement.right)}
    profiles = build_profiles(mentions, judged)
    owner = {key: i for i, cluster in enumerate(resolve_actors(profiles, judgements).clusters) for key in cluster}
    own = {key: profile.key for profile in profiles for key in profile.judged}
    found: dict[int, set[str]] = {}
    for one in mentions:
        found.setdefault(owner[own.get(one.key) or profile_key(one)], set()).add(one.key)
    return {frozenset(keys) for keys in found.values()}
