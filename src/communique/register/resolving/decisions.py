"""How likely two profiles are one actor, and why.

The name proposes; post, organization, country, company and time decide. Each of them adds to or takes from the
log-odds; the weights were set by hand so that the pairs of ``tests/register/resolving`` come out as a careful reader
decides, and are round numbers, because more digits would claim more than those pairs can tell.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from communique.register.resolving.institutions import compare_institutions, read_institution
from communique.register.resolving.name_parts import fold, name_parts
from communique.register.resolving.names import NameMatch, compare_names, is_common
from communique.register.resolving.posts import Post, compare_posts, read_post
from communique.register.resolving.profiles import MentionRole, Profile
from communique.register.resolving.wording import wording_rules

Verdict = Literal["merged", "apart", "uncertain"]

MERGED = 0.7
"""Score from which two profiles are one actor without anybody being asked."""
UNCERTAIN = 0.4
"""Score from which a person is asked; below, the profiles are two actors."""
TOLD = 0.16
"""Score from which a decision is kept at all: below, the names alone say that there are two, as of father and son."""

_WORTH_WEIGHING = 0.5
"""Name score below which nothing else can make two profiles one actor."""
_NAME_ODDS = (
    (0.0, -8.0),
    (0.3, -5.0),
    (0.6, -3.2),
    (0.7, -2.5),
    (0.8, -0.8),
    (0.9, 0.3),
    (0.93, 0.8),
    (0.95, 1.4),
    (1.0, 2.4),
)
_COMMON_NAME = -1.7
_BARE_NAME_ODDS = ((0.0, -8.0), (0.6, -5.5), (0.75, -4.0), (0.86, -2.8), (0.9, -2.0), (1.0, -1.5))  # bare family: 0.9
_SAME_POST, _SAME_TITLE, _BARE_DEPUTY = 2.6, 1.8, 1.5
_SAME_COUNTRY, _OTHER_COUNTRY = 0.5, -2.6
_COMPANION, _COMPANION_OF_BARE, _MOST_COMPANY = 0.5, 1.0, 2.0
_SAME_DOCUMENT, _SAME_DOCUMENT_ALIKE = -0.8, -6.0
_OTHER_POSTS = -0.9  # both hold exclusive posts of other countries or kinds within weeks
_LONG_GAP = -0.6
_GAP = dt.timedelta(days=10 * 365)
_AT_ONCE = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why two profiles are, are not, or may be the same actor.

    Attributes:
        left, right: Profile keys; the smaller first.
        score: 0 to 1.
        verdict: merged, apart, or uncertain (for a person to judge).
        reason: In words.
    """

    left: str
    right: str
    score: float
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class _Signal:
    odds: float
    words: str


def decide_pair(a: Profile, b: Profile) -> Decision:
    """Scores two profiles by themselves, without what others or judgements say."""
    left, right = sorted((a, b), key=lambda profile: profile.key)
    if left.wikidata_id and right.wikidata_id:
        same = left.wikidata_id == right.wikidata_id
        reason = f"both are {left.wikidata_id}" if same else f"{left.wikidata_id} and {right.wikidata_id}"
        return make_decision(left.key, right.key, float(same), reason)
    name = compare_profile_names(left, right)
    if name.score < _WORTH_WEIGHING:
        return make_decision(left.key, right.key, name.score / 2, name.reason)
    signals = [_Signal(_name_odds(left, right, name), name.reason), *_signals(left, right, name)]
    score = 1 / (1 + math.exp(-sum(signal.odds for signal in signals)))
    return make_decision(left.key, right.key, score, "; ".join(signal.words for signal in signals))


def may_be_told(one: str, other: str) -> bool:
    """Whether people of these names, and no others, can come to a decision that is kept; cheap, to be asked first."""
    score = compare_names(one, other).score
    return score >= _WORTH_WEIGHING or score / 2 >= TOLD


def make_decision(left: str, right: str, score: float, reason: str) -> Decision:
    """A decision with the verdict that its score gives."""
    left, right = sorted((left, right))
    verdict: Verdict = "merged" if score >= MERGED else "uncertain" if score >= UNCERTAIN else "apart"
    return Decision(left=left, right=right, score=round(score, 4), verdict=verdict, reason=reason)


def compare_profile_names(a: Profile, b: Profile) -> NameMatch:
    """The best match of their names; the names themselves count before aliases."""
    if a.type != b.type:
        return NameMatch(0.0, "different", "not of one type")
    if a.type == "person":
        own = compare_names(a.name, b.name)
        knows_more = a.is_authority or b.is_authority
        if own.relation != "different" or not (a.aliases or b.aliases) or (own.score > 0.1 and not knows_more):
            return own
        full_a = [name for name in a.names if len(name_parts(name)) > 1] or [a.name]
        full_b = [name for name in b.names if len(name_parts(name)) > 1] or [b.name]
        return max((compare_names(x, y) for x in full_a for y in full_b), key=lambda match: match.score)
    if a.type == "organization":
        own = compare_institutions(
            read_institution(a.name, a.acronym, a.country), read_institution(b.name, b.acronym, b.country)
        )
        if own.reason == "institutions of different countries" or not (a.aliases or b.aliases):
            return own
        pairs = (
            compare_institutions(read_institution(x, None, a.country), read_institution(y, None, b.country))
            for x in a.names[:8]
            for y in b.names[:8]
        )
        return max(own, *pairs, key=lambda match: match.score)
    if a.type == "country":
        same = a.country == b.country if a.country and b.country else fold(a.name) == fold(b.name)
        return NameMatch(1.0, "same", "same country") if same else NameMatch(0.0, "different", "other countries")
    return NameMatch(0.0, "different", "groups of different reports")


def _name_odds(a: Profile, b: Profile, name: NameMatch) -> float:
    if a.type == "country" and name.score == 1.0:
        return 8.0
    if a.type == "person" and name.relation == "partial":
        return _interpolate(name.score, _BARE_NAME_ODDS)
    odds = _interpolate(name.score, _NAME_ODDS)
    if a.type == "person" and name.relation != "different" and is_common(a.name) and is_common(b.name):
        odds += _COMMON_NAME
    return odds


@lru_cache(maxsize=1024)
def _interpolate(score: float, table: tuple[tuple[float, float], ...]) -> float:
    for (x0, y0), (x1, y1) in pairwise(table):
        if score <= x1:
            return y0 + (y1 - y0) * (score - x0) / (x1 - x0)
    return table[-1][1]


def _signals(a: Profile, b: Profile, name: NameMatch) -> Iterator[_Signal]:
    if a.type == "person":
        yield from _post_signals(a, b)
    if a.type == "person" or not (a.country and b.country):
        yield from _country_signals(a, b)
    shared = len(set(a.company) & set(b.company))
    if shared:
        words = "one companion in common" if shared == 1 else f"{shared} companions in common"
        first = _COMPANION_OF_BARE if name.relation == "partial" else _COMPANION
        yield _Signal(min(_MOST_COMPANY, first + (shared - 1) * _COMPANION), words)
    if set(a.documents) & set(b.documents):
        odds = _SAME_DOCUMENT if name.score >= 0.95 and name.relation == "same" else _SAME_DOCUMENT_ALIKE
        yield _Signal(odds, "one report tells them apart")
    gap = _gap(a, b)
    if gap is not None and gap > _GAP:
        yield _Signal(_LONG_GAP, f"{gap.days // 365} years apart")


def _post_signals(a: Profile, b: Profile) -> Iterator[_Signal]:
    posts_a, posts_b = _posts_of(a.roles), _posts_of(b.roles)
    relations = [(compare_posts(x, y), x, y, title) for x, title in posts_a for y, _ in posts_b]
    same = [(x, title) for relation, x, _, title in relations if relation == "same"]
    possible = [title for relation, _, _, title in relations if relation == "possible"]
    gap = _gap(a, b)
    when = f", {gap.days} days apart" if gap and gap.days else ""
    if telling := [title for post, title in same if post.is_telling]:
        yield _Signal(_SAME_POST, f"both {min(telling)}{when}")
    elif same or possible:
        odds = _SAME_TITLE if any(x.kind == y.kind != "" for _, x, y, _ in relations) else _BARE_DEPUTY
        yield _Signal(odds, f"{min(possible or [title for _, title in same])} of both may be one post{when}")
    elif relations and gap is not None and gap <= _AT_ONCE and _conflict(relations):
        yield _Signal(_OTHER_POSTS, f"other posts at one time: {posts_a[0][1]}, {posts_b[0][1]}")
    ranks = {role.title for role in a.roles if role.kind == "rank"} & {r.title for r in b.roles if r.kind == "rank"}
    if ranks:
        yield _Signal(0.4, f"both {min(ranks)}")


def _conflict(relations: Sequence[tuple[str, Post, Post, str]]) -> bool:
    exclusive = wording_rules().exclusive
    return all(x.kind in exclusive and y.kind in exclusive and not x.is_acting and not y.is_acting
               for _, x, y, _ in relations)  # fmt: skip


def _country_signals(a: Profile, b: Profile) -> Iterator[_Signal]:
    countries_a, countries_b = _countries_of(a), _countries_of(b)
    if countries_a and countries_b:
        if countries_a & countries_b:
            yield _Signal(_SAME_COUNTRY, "same country")
        else:
            yield _Signal(_OTHER_COUNTRY, f"other countries: {min(countries_a)}, {min(countries_b)}")


def _countries_of(profile: Profile) -> frozenset[str]:
    if profile.country:
        return frozenset((profile.country,))
    if profile.type == "organization":
        return read_institution(profile.name, profile.acronym).countries
    return _role_countries(profile.roles)


@lru_cache(maxsize=65_536)
def _role_countries(roles: tuple[MentionRole, ...]) -> frozenset[str]:
    return frozenset(code for post, _ in _posts_of(roles) for code in post.countries)


@lru_cache(maxsize=65_536)
def _posts_of(roles: tuple[MentionRole, ...]) -> tuple[tuple[Post, str], ...]:
    """The posts among roles, with a wording for people."""
    return tuple(
        (post, f"{role.title}, {role.organization}" if role.organization else role.title)
        for role in roles
        if role.kind == "post" and (post := read_post(role.title, role.organization))
    )


def _gap(a: Profile, b: Profile) -> dt.timedelta | None:
    """Time between the last day of one and the first of the other; zero where they overlap."""
    if a.first_day is None or b.first_day is None or a.last_day is None or b.last_day is None:
        return None
    return max(a.first_day - b.last_day, b.first_day - a.last_day, dt.timedelta())
