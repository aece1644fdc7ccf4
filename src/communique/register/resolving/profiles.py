"""Mentions of actors, and the profiles into which equal mentions fall.

A profile is the class of mentions that agree exactly in type, folded names, posts and country. They are one actor
unless a judgement parts them, so that the work for somebody who is named in a hundred thousand reports depends on how
many ways there are to introduce him, not on the number of reports. Of company and documents a profile keeps those of
the smallest digests: the sample is the same whatever the order, and the samples of two profiles can be compared.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from communique.model.vocabulary import ParticipantType, RoleKind, RoleStanding
from communique.register.resolving.institutions import read_institution
from communique.register.resolving.name_parts import fold, name_parts
from communique.register.resolving.posts import Post, read_post

SAMPLE = 32
"""How many companions and documents a profile keeps; enough to see that two profiles keep the same company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRole:
    """A post or a rank that a mention gives to a person: see ``communique.model.Role``."""

    title: str
    organization: str | None = None
    kind: RoleKind = "post"
    standing: RoleStanding = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """Somebody or something named in one document.

    Attributes:
        key: "sha256/p1".
        document: The document's sha256.
        type: What is named.
        name: The fullest form in the document, without titles.
        aliases: Other forms in the document.
        roles: Posts and ranks in the document.
        acronym: The short form that the document shows.
        country: ISO 3166-1 alpha-2 code, when the document shows it.
        date: The document's day.
        company: Who else takes part: see ``company_key``.
    """

    key: str
    document: str
    type: ParticipantType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[MentionRole, ...] = ()
    acronym: str | None = None
    country: str | None = None
    date: dt.date | None = None
    company: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The class of mentions that are equal in type, names, posts and country.

    Attributes:
        key: What makes them equal, as a digest; see ``profile_key``.
        type, name, aliases, roles, acronym, country: As in the mentions; ``name`` is the most frequent spelling.
        count: Number of mentions.
        first_day, last_day: Days of the first and the last document.
        company: A sample of the companions.
        documents: A sample of the documents.
        spellings: Written forms of the name with their counts.
        judged: Keys of the mentions that judgements name.
        origin: Where it comes from: None for documents, else the authority file and the record's id in it.
        wikidata_id: From an authority file.
    """

    key: str
    type: ParticipantType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[MentionRole, ...] = ()
    acronym: str | None = None
    country: str | None = None
    count: int = 1
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    company: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    spellings: tuple[tuple[str, int], ...] = ()
    judged: tuple[str, ...] = ()
    origin: str | None = None
    wikidata_id: str | None = None

    @property
    def is_authority(self) -> bool:
        """Whether it comes from an authority file."""
        return self.origin is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


def profile_key(mention: ActorMention) -> str:
    """The profile that a mention belongs to: a digest of its type, folded names, posts and country.

    A single name without a post says too little to be the same person in another document: such mentions fall into one
    profile a document.
    """
    parts = [mention.type, _folded(mention.name, mention.type), mention.country or ""]
    parts += sorted({_folded(alias, mention.type) for alias in _telling_aliases(mention)} - {parts[1]})
    parts += sorted({_role_signature(role) for role in mention.roles})
    if mention.type == "person" and len(name_parts(mention.name)) < 2 and not _posts(mention.roles):
        parts.append(mention.document)
    elif mention.type == "group":
        parts.append(mention.document)  # "several officers" are others in every report
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def build_profiles(mentions: Iterable[ActorMention], judged: Iterable[str] = ()) -> tuple[Profile, ...]:
    """Gathers mentions into profiles, in the order of their keys.

    Args:
        mentions: In any order.
        judged: Keys of mentions that judgements name. Each of them gets a profile of its own, so that a judgement never
            takes along mentions that nobody has looked at.
    """
    apart = frozenset(judged)
    classes: dict[str, list[ActorMention]] = {}
    for mention in mentions:
        key = profile_key(mention)
        if mention.key in apart:
            key = hashlib.sha256(f"{key}\x1f{mention.key}".encode()).hexdigest()
        classes.setdefault(key, []).append(mention)
    return tuple(_make_profile(key, classes[key], apart) for key in sorted(classes))


def company_key(name: str, type_: ParticipantType = "person") -> str:
    """The form under which a companion is kept: spelling variants of one name mostly meet."""
    if type_ == "person":
        from communique.register.resolving.sounds import skeletons

        parts = name_parts(name)
        return " ".join(min(skeletons(part), default=part) for part in (*parts[:1], *parts[-1:]))
    institution = read_institution(name)
    return institution.standard or " ".join((*sorted(institution.words), *sorted(institution.countries)))


def _make_profile(key: str, mentions: list[ActorMention], judged: frozenset[str]) -> Profile:
    first = min(mentions, key=lambda mention: mention.key)
    spellings = Counter(mention.name for mention in mentions)
    aliases = {alias for mention in mentions for alias in mention.aliases} - set(spellings)
    days = [mention.date for mention in mentions if mention.date]
    roles = {role for mention in mentions for role in mention.roles}
    return Profile(
        key=key,
        type=first.type,
        name=max(spellings, key=lambda name: (spellings[name], name)),
        aliases=tuple(sorted(aliases)),
        roles=tuple(sorted(roles, key=lambda role: (role.kind, role.title, role.organization or "", role.standing))),
        acronym=min((mention.acronym for mention in mentions if mention.acronym), default=None),
        country=first.country,
        count=len(mentions),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        company=_sample(company for mention in mentions for company in mention.company),
        documents=_sample(mention.document for mention in mentions),
        spellings=tuple(sorted(spellings.items())),
        judged=tuple(sorted(mention.key for mention in mentions if mention.key in judged)),
    )


def _sample(values: Iterable[str]) -> tuple[str, ...]:
    ordered = sorted(set(values), key=lambda value: (zlib.crc32(value.encode()), value))
    return tuple(sorted(ordered[:SAMPLE]))


def _folded(name: str, type_: ParticipantType) -> str:
    if type_ == "person":
        return " ".join(name_parts(name))
    if type_ == "organization":
        institution = read_institution(name)
        return institution.standard or " ".join((*institution.words, *sorted(institution.countries)))
    return fold(name)


def _telling_aliases(mention: ActorMention) -> Iterable[str]:
    """Aliases that say more than the name: "Haddow" beside "Ruth Haddow" says nothing."""
    if mention.type != "person":
        return ()
    own = set(name_parts(mention.name))
    return (alias for alias in mention.aliases if not own.issuperset(name_parts(alias)))


def _role_signature(role: MentionRole) -> str:
    if role.kind == "rank":
        return f"rank {fold(role.title)}"
    post = read_post(role.title, role.organization)
    if post is None:
        return ""
    words = (
        post.kind,
        "deputy" if post.is_deputy else "",
        *sorted(post.field | post.institution),
        *sorted(post.countries),
    )
    return f"{role.standing} {' '.join(words)}"


def _posts(roles: Iterable[MentionRole]) -> list[Post]:
    read = (read_post(role.title, role.organization) for role in roles if role.kind == "post")
    return [post for post in read if post]


def merge_profiles(left: Profile, right: Profile) -> Profile:
    """One profile of two with the same key and no mention in common: the same as building it from all mentions."""
    spellings = Counter(dict(left.spellings)) + Counter(dict(right.spellings))
    names = set(spellings)
    days = [day for day in (left.first_day, right.first_day, left.last_day, right.last_day) if day]
    roles = set(left.roles) | set(right.roles)
    return replace(
        left,
        name=max(spellings, key=lambda name: (spellings[name], name)),
        aliases=tuple(sorted((set(left.aliases) | set(right.aliases)) - names)),
        roles=tuple(sorted(roles, key=lambda role: (role.kind, role.title, role.organization or "", role.standing))),
        acronym=min((acronym for acronym in (left.acronym, right.acronym) if acronym), default=None),
        count=left.count + right.count,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        company=_sample((*left.company, *right.company)),
        documents=_sample((*left.documents, *right.documents)),
        spellings=tuple(sorted(spellings.items())),
        judged=tuple(sorted({*left.judged, *right.judged})),
    )
