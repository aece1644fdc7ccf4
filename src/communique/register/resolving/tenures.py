"""Who held which post when, from how reports introduce people.

A tenure is what reports show: the first and the last day on which one of them gives the post to the person. It is never
the term in office. Reports that call somebody a former holder end a tenure and never prolong it; ranks are no tenures.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from communique.model.vocabulary import RoleStanding
from communique.register.resolving.posts import Post, compare_posts, read_post
from communique.register.resolving.titles import post_organization, post_title
from communique.register.resolving.wording import wording_rules

TenureFlag = Literal["handover", "overlap", "contradiction"]

HANDOVER = dt.timedelta(days=31)
"""For how long reports go on giving a post to the one who has left it; overlaps up to that are the handover itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaim:
    """One document gives a post to a person.

    Attributes:
        actor: Whom.
        title, organization, standing: As in ``communique.model.Role``.
        document: The document's sha256.
        day: The day on which it holds: the document's.
        quote: The words that say it.
    """

    actor: str
    title: str
    organization: str | None = None
    standing: RoleStanding = "current"
    document: str
    day: dt.date | None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A document that gives the post to the person."""

    day: dt.date | None
    document: str
    standing: RoleStanding = "current"
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A post of a person, as reports show it.

    Attributes:
        person: The actor.
        title, organization: The fullest standard form; the organization is None where no report names one.
        post_key: Equal for the tenures of one post, whoever holds it.
        first_seen, last_seen: Days of the first and the last report that gives the post to the person; None without
            any.
        observations: Each report, by day; those of standing "former" are among them and do not count as seen.
        ended_by: The first day on which a report calls the person a former holder.
        superseded_by: The next holder of the post.
        flags: handover (another holder follows), overlap (two are seen holding it for longer than a handover takes),
            contradiction (two are given it in turns).
    """

    person: str
    title: str
    organization: str | None
    post_key: str
    first_seen: dt.date | None
    last_seen: dt.date | None
    observations: tuple[Observation, ...]
    ended_by: dt.date | None = None
    superseded_by: str | None = None
    flags: tuple[TenureFlag, ...] = ()


@dataclass(slots=True)
class _Group:
    """Claims of one person about one post."""

    posts: list[Post]
    claims: list[RoleClaim]

    @property
    def telling(self) -> list[Post]:
        """Its posts without bare titles, which would draw other bare titles after them; all, when all are bare."""
        return [post for post in self.posts if post.is_telling] or self.posts

    @property
    def post(self) -> Post:
        return max(self.posts, key=_fullness)


def derive_tenures(claims: Iterable[RoleClaim]) -> tuple[Tenure, ...]:
    """Derives tenures from claims, in the order of person, first day and title.

    Args:
        claims: In any order; those whose title is no post are passed over.
    """
    by_person: dict[str, list[tuple[Post, RoleClaim]]] = defaultdict(list)
    for claim in claims:
        post = read_post(claim.title, claim.organization)
        if post is not None:
            by_person[claim.actor].append((post, claim))
    groups = [(person, group) for person in sorted(by_person) for group in _group_posts(by_person[person])]
    tenures = [(_make_tenure(person, group), group.post) for person, group in groups]
    return tuple(
        sorted(_link_holders(tenures), key=lambda t: (t.person, t.first_seen or dt.date.max, t.title, t.post_key))
    )


def held_at(tenures: Iterable[Tenure], day: dt.date, *, slack: dt.timedelta = dt.timedelta()) -> tuple[Tenure, ...]:
    """The tenures that reports show on a day: from the first to the last day seen.

    Args:
        tenures: Any.
        day: "As at".
        slack: How long before and after the days seen the post is taken to be held; never beyond the day on which
            reports call the person a former holder, or the successor is seen.
    """
    found = []
    for tenure in tenures:
        if tenure.first_seen is None or tenure.last_seen is None:
            continue
        last = tenure.last_seen + slack
        if tenure.ended_by is not None:
            last = min(last, max(tenure.last_seen, tenure.ended_by - dt.timedelta(days=1)))
        if tenure.first_seen - slack <= day <= last:
            found.append(tenure)
    return tuple(found)


def _group_posts(claims: Sequence[tuple[Post, RoleClaim]]) -> list[_Group]:
    """Puts the claims of one person together by post: telling ones first, bare titles to the nearest that fits."""
    groups: list[_Group] = []
    in_order = sorted(claims, key=lambda pair: _claim_order(pair[1]))
    for post, claim in sorted(in_order, key=lambda pair: _fullness(pair[0]), reverse=True):
        same = [group for group in groups if any(compare_posts(post, other) == "same" for other in group.telling)]
        fitting = same or [group for group in groups if compare_posts(post, group.post) == "possible"]
        if fitting:
            group = min(fitting, key=lambda group: _distance(group, claim))
            group.posts.append(post)
            group.claims.append(claim)
        else:
            groups.append(_Group([post], [claim]))
    return groups


def _fullness(post: Post) -> tuple[int, int, bool, str]:
    telling = bool(post.kind) + bool(post.field)
    return telling, len(post.field), post.has_owner, " ".join(sorted(post.field | post.countries))


def _claim_order(claim: RoleClaim) -> tuple[str, str, str, str, str]:
    return (str(claim.day), claim.document, claim.title, claim.organization or "", claim.standing)


def _distance(group: _Group, claim: RoleClaim) -> tuple[int, str]:
    """Days between a claim and the nearest of a group; undated claims are far from everything."""
    days = [abs((claim.day - other.day).days) for other in group.claims if claim.day and other.day]
    return min(days, default=100_000), min(_claim_order(other)[1] for other in group.claims)


def _make_tenure(person: str, group: _Group) -> Tenure:
    ordered = sorted(group.claims, key=_claim_order)
    held = [claim.day for claim in ordered if claim.standing in ("current", "acting") and claim.day]
    former = [claim.day for claim in ordered if claim.standing == "former" and claim.day]
    observations = {
        (claim.day, claim.document, claim.standing): Observation(
            day=claim.day, document=claim.document, standing=claim.standing, quote=claim.quote
        )
        for claim in reversed(ordered)
    }
    wordings = Counter((claim.title, claim.organization, claim.standing == "acting") for claim in ordered)
    return Tenure(
        person=person,
        title=post_title(wordings),
        organization=post_organization(wordings),
        post_key=_post_key(group.post),
        first_seen=min(held, default=None),
        last_seen=max(held, default=None),
        observations=tuple(observations[key] for key in sorted(observations, key=lambda k: (str(k[0]), k[1], k[2]))),
        ended_by=min((day for day in former if not held or day >= max(held)), default=None),
    )


def _post_key(post: Post) -> str:
    words = (post.kind, "deputy" if post.is_deputy else "", *sorted(post.field - post.institution), post.owner)
    return " ".join(word for word in words if word)[:200]


def _link_holders(tenures: Sequence[tuple[Tenure, Post]]) -> list[Tenure]:
    """Finds who followed whom in each post that one person holds at a time."""
    holders: dict[str, list[Tenure]] = defaultdict(list)
    linked: list[Tenure] = []
    for tenure, post in tenures:
        if post.kind in wording_rules().exclusive and post.has_owner and tenure.first_seen:
            holders[tenure.post_key].append(tenure)
        else:
            linked.append(tenure)
    for same_post in holders.values():
        ordered = sorted(same_post, key=lambda t: (t.first_seen or dt.date.max, t.last_seen or dt.date.max, t.person))
        for place in range(len(ordered) - 1):
            earlier, later = ordered[place : place + 2]
            flag, successor = _judge_follower(earlier, later)
            ordered[place] = replace(earlier, superseded_by=successor, flags=_with(earlier.flags, flag))
            if flag != "handover":
                ordered[place + 1] = replace(later, flags=_with(later.flags, flag))
        linked += ordered
    return linked


def _judge_follower(earlier: Tenure, later: Tenure) -> tuple[TenureFlag, str | None]:
    """What two holders of one post, the later seen after the earlier, are to each other."""
    if earlier.last_seen is None or later.first_seen is None or later.last_seen is None:
        return "contradiction", None
    if earlier.last_seen > later.last_seen:
        return "contradiction", None
    if earlier.last_seen - later.first_seen > HANDOVER:
        return "overlap", later.person
    return "handover", later.person


def _with(flags: tuple[TenureFlag, ...], flag: TenureFlag) -> tuple[TenureFlag, ...]:
    return tuple(sorted({*flags, flag}))
