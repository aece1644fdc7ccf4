"""Who is named in made-up news: profiles with what all reports say of them, and the actors that these are."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import networkx as nx  # type: ignore[import-untyped,unused-ignore]
from tests.register.telling import Told

from benchmarks.made_up_news import News
from communique.register.resolving.actors import ActorResolution, resolve_actors
from communique.register.resolving.decisions import Decision
from communique.register.resolving.name_parts import name_parts
from communique.register.resolving.profiles import (
    SAMPLE,
    ActorMention,
    MentionRole,
    Profile,
    build_profiles,
    company_key,
    merge_profiles,
)
from communique.register.resolving.sounds import skeletons

YEAR = 365  # days by which the news of one year are later than those of the year before
# A sample grows to this before it is cut down: cutting costs more than a few more words.
GROWN = 8 * SAMPLE


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the reports say of one way to introduce somebody."""

    count: int = 0
    first: dt.date = dt.date.max
    last: dt.date = dt.date.min
    company: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def take_in(self, document: str, day: dt.date, company: Iterable[str]) -> None:
        """Takes in one report."""
        self.count += 1
        self.first, self.last = min(self.first, day), max(self.last, day)
        self.company.update(company)
        self.documents.add(document)
        if len(self.documents) > GROWN or len(self.company) > GROWN:
            self.company, self.documents = _sample(self.company), _sample(self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody who is named.

    Attributes:
        key_of: Key of the profile of each way to introduce somebody ("Dabi Kola | Director | Fati Command").
        profiles: Profiles by key.
        resolution: Which of them are one actor.
    """

    key_of: dict[str, str]
    profiles: dict[str, Profile]
    resolution: ActorResolution


def gather(news: News, times: int) -> Cast:
    """Reads a year's news, for who is named when, where and beside whom; ``times`` years repeat it."""
    seen: dict[str, Seen] = {}
    company: dict[str, str] = {}
    for story in news.stories():
        for told, paper in story:
            words = introduced(told)
            day = dt.date.fromisoformat(paper.published or "")
            company |= {word: company_key(mention_of(word).name) for word in words if word not in company}
            for word in words:
                others = (company[other] for other in words if other != word and other[0] != "@")
                seen.setdefault(word, Seen()).take_in(document_id(paper.number), day, others)
    key_of: dict[str, str] = {}
    profiles: dict[str, Profile] = {}
    for word, found in seen.items():
        profile = _profile(word, found, times)
        key_of[word] = profile.key
        known = profiles.get(profile.key)
        profiles[profile.key] = merge_profiles(known, profile) if known else profile
    return Cast(key_of=key_of, profiles=profiles, resolution=_resolve(profiles))


def _resolve(profiles: Mapping[str, Profile]) -> ActorResolution:
    """Resolves what can be one actor together: made-up names are given and family name, and both must sound alike."""
    clusters: list[tuple[str, ...]] = []
    decisions: list[Decision] = []
    graph = nx.Graph()
    for profile in profiles.values():
        graph.add_edges_from((profile.key, sound) for sound in _sounds(profile))
    for component in nx.connected_components(graph):
        resolution = resolve_actors(profiles[key] for key in sorted(component & profiles.keys()))
        clusters += resolution.clusters
        decisions += resolution.decisions
    return ActorResolution(clusters=tuple(sorted(clusters)), decisions=tuple(decisions))


def _sounds(profile: Profile) -> Iterator[str]:
    parts = name_parts(profile.name)
    for given in skeletons(parts[0]):
        for family in skeletons(parts[-1]):
            yield f"{profile.type} {given} {family}"


def document_id(number: int | str) -> str:
    """A digest in place of that of the report's text, which is not written when the cast is gathered."""
    return hashlib.sha256(f"report {number}".encode()).hexdigest()


def repeated(day: dt.date, times: int) -> dt.date:
    """The day in the last of the years that repeat the first."""
    return day + dt.timedelta(days=YEAR * (times - 1))


def introduced(told: Told) -> list[str]:
    """Everybody whom a report names, each once."""
    return list(dict.fromkeys(word for side in told.sides for word in side))


def mention_of(word: str) -> ActorMention:
    """A mention in these words."""
    name, *post = (part.strip() for part in word.lstrip("@ ").split("|"))
    return ActorMention(
        key="",
        document="",
        type="country" if word[0] == "@" else "person",
        name=name,
        roles=(MentionRole(title=post[0], organization=post[1]),) if post else (),
    )


def _profile(word: str, seen: Seen, times: int) -> Profile:
    profile = build_profiles([mention_of(word)])[0]
    return replace(
        profile,
        count=seen.count * times,
        first_day=seen.first,
        last_day=repeated(seen.last, times),
        company=tuple(sorted(_sample(seen.company))),
        documents=tuple(sorted(_sample(seen.documents))),
        spellings=((profile.name, seen.count * times),),
    )


def _sample(values: set[str]) -> set[str]:
    return set(sorted(values, key=lambda value: (zlib.crc32(value.encode()), value))[:SAMPLE])
