"""Derives actors: mentions fall into profiles, profiles that may be one actor are resolved together, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Q, Subquery

from communique.register import models as tables
from communique.register.resolving.actors import resolve_actors
from communique.register.resolving.decisions import TOLD, Decision, decide_pair, may_be_told
from communique.register.resolving.judged import PairJudgement
from communique.register.resolving.profiles import Profile
from communique.register.store.actor_records import write_actors
from communique.register.store.judged import has_judgements, judgements_on
from communique.register.store.profiles import Placed, load_profile, place_mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedActors:
    """What came of deriving actors.

    Attributes:
        actors: Numbers of the actors that were written, merged or retracted.
        moved: Numbers of the profiles that now belong to another actor than before.
        renamed: Numbers of the actors that are shown under another name than before.
        redirected: Numbers of the actors that were merged, retracted or revived.
        identified: Numbers of the actors that are new, or have another name, type or country than before.
    """

    actors: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    renamed: set[int] = field(default_factory=set)
    redirected: set[int] = field(default_factory=set)
    identified: set[int] = field(default_factory=set)


def derive_actors(mentions: set[str], changed: Placed | None = None) -> DerivedActors:
    """Derives the actors of mentions anew, with all that may be the same.

    Args:
        mentions: Keys of mentions that are new, were changed, or are named by a new judgement.
        changed: Further profiles that are new or changed, and actors that lost one.
    """
    placed = place_mentions(mentions) if mentions else Placed()
    if changed is not None:
        placed = Placed(profiles=placed.profiles | changed.profiles, left=placed.left | changed.left)
    touched = placed.profiles
    if not touched and not placed.left:
        return DerivedActors()
    _score(touched)
    component = _component(touched | _profiles_of(placed.left))
    rows = {row.key: row for row in tables.Profile.objects.filter(pk__in=component)}
    records = {key: load_profile(row) for key, row in rows.items()}
    resolution = resolve_actors(records.values(), _judgements(records))
    _store_decisions(resolution.decisions, rows)
    before = {row.pk: row.actor_id for row in rows.values()}
    written = write_actors(resolution.clusters, rows, records, affected=placed.left)
    return DerivedActors(
        actors=written.actors,
        moved={row.pk for row in rows.values() if row.actor_id != before[row.pk]},
        renamed=written.renamed,
        redirected=written.redirected,
        identified=written.identified,
    )


def refresh_denormalized(mentions: set[str], moved: set[int]) -> set[str]:
    """Writes the actors of mentions into the rows that keep them for look-ups.

    What somebody costs who is named in a hundred thousand reports must not depend on their number: only mentions that
    are new, and those of profiles that moved, are looked at.

    Args:
        mentions: Keys of mentions that were placed.
        moved: Numbers of profiles that belong to another actor than before.

    Returns:
        Keys of the reports whose participants, or others whom their documents name, are other actors now.
    """
    changed: set[str] = set()
    for chosen in (Q(key__in=mentions), Q(profile__in=moved)):
        naming = tables.Mention.objects.filter(chosen, type="person").values("document")
        changed |= set(tables.EngagementReport.objects.filter(document__in=naming).values_list("key", flat=True))
    for chosen in (Q(mention__key__in=mentions), Q(mention__profile__in=moved)):
        rows = tables.ReportParticipant.objects.filter(chosen, mention__profile__isnull=False)
        wrong = rows.filter(Q(actor__isnull=True) | ~Q(actor=F("mention__profile__actor"))).order_by()
        changed |= set(wrong.values_list("report__key", flat=True))
        owner = tables.Profile.objects.filter(mentions=OuterRef("mention")).values("actor")
        wrong.update(actor=Subquery(owner))
    for chosen in (Q(speaker__key__in=mentions), Q(speaker__profile__in=moved)):
        owner = tables.Profile.objects.filter(mentions=OuterRef("speaker")).values("actor")
        tables.Statement.objects.filter(chosen, speaker__profile__isnull=False).update(actor=Subquery(owner))
    return changed


def _profiles_of(actors: Iterable[int]) -> set[int]:
    return set(tables.Profile.objects.filter(actor__in=list(actors)).values_list("pk", flat=True)) if actors else set()


def _score(touched: set[int]) -> None:
    """Stores how profiles that are new or changed compare with all that share a block with them."""
    found = _decide(touched)
    numbers = list(touched)
    stored = tables.ActorDecision.objects.filter(Q(left__in=numbers) | Q(right__in=numbers))
    known = {(row.left_id, row.right_id): row for row in stored}
    if stale := [row.pk for pair, row in known.items() if pair not in found]:
        tables.ActorDecision.objects.filter(pk__in=stale).delete()
    tables.ActorDecision.objects.bulk_create(
        tables.ActorDecision(left_id=left, right_id=right, score=d.score, verdict=d.verdict, reason=d.reason)
        for (left, right), d in found.items()
        if (left, right) not in known
    )


def _decide(touched: set[int]) -> dict[tuple[int, int], Decision]:
    """The decisions on profiles and their neighbours that are worth keeping, by the numbers of left and right.

    Very many share a block with somebody whose name they do not bear; of those the name is loaded, and no more.
    """
    near = _neighbours(touched)
    rows = tables.Profile.objects.filter(pk__in=touched | {other for others in near.values() for other in others})
    loaded = {row.pk: load_profile(row) for row in rows}
    found: dict[tuple[int, int], Decision] = {}
    for number, others in near.items():
        for other in others:
            decision = decide_pair(loaded[number], loaded[other])
            if decision.score >= TOLD:
                is_left = decision.left == loaded[number].key
                found[(number, other) if is_left else (other, number)] = decision
    return found


def _neighbours(touched: set[int]) -> dict[int, set[int]]:
    """For each profile those that share a block with it, are of its type, and may bear its name."""
    blocks: dict[str, set[int]] = defaultdict(set)
    own = tables.ProfileBlock.objects.filter(profile__in=touched)
    for key, number in own.values_list("key", "profile"):
        blocks[key].add(number)
    sharing = tables.ProfileBlock.objects.filter(key__in=list(blocks)).values_list(
        "key", "profile", "profile__type", "profile__name", "profile__data__aliases", "profile__is_authority"
    )
    names: dict[int, tuple[str, str, bool]] = {}
    pairs: set[tuple[int, int]] = set()
    for key, number, type_, name, aliases, is_authority in sharing:
        names[number] = (type_, name, bool(aliases) or is_authority)
        pairs |= {(mine, number) for mine in blocks[key]}
    near: dict[int, set[int]] = {number: set() for number in touched}
    for mine, other in pairs:
        if mine != other and _may_be_one(names[mine], names[other]):
            near[mine].add(other)
    return near


def _may_be_one(one: tuple[str, str, bool], other: tuple[str, str, bool]) -> bool:
    """Whether a pair can be worth a decision by type and name: (type, name, whether more is known than the name)."""
    if one[0] != other[0]:
        return False
    if one[0] != "person" or one[2] or other[2]:
        return True
    return may_be_told(one[1], other[1])


def _component(numbers: set[int]) -> set[int]:
    """All profiles that hang together with these through decisions or judgements."""
    found, edge = set(numbers), set(numbers)
    while edge:
        decisions = tables.ActorDecision.objects.filter(Q(left__in=edge) | Q(right__in=edge))
        neighbours = {number for pair in decisions.values_list("left", "right") for number in pair}
        neighbours |= _judged_with(edge)
        edge = neighbours - found
        found |= edge
    return found


def _judged_with(numbers: set[int]) -> set[int]:
    """Profiles whose mentions a judgement names together with a mention of these."""
    if not has_judgements("actor"):
        return set()
    keys = set(
        tables.JudgedClaim.objects.filter(
            judgement__subject="actor",
            judgement__undone_at__isnull=True,
            key__in=tables.Mention.objects.filter(profile__in=numbers).values("key"),
        ).values_list("judgement", flat=True)
    )
    if not keys:
        return set()
    named = tables.JudgedClaim.objects.filter(judgement__in=keys).values("key")
    return set(tables.Mention.objects.filter(key__in=named, profile__isnull=False).values_list("profile", flat=True))


def _judgements(records: dict[str, Profile]) -> list[PairJudgement]:
    keys = {key for record in records.values() for key in record.judged}
    return [
        PairJudgement(verdict=row.kind, left=left, right=right, number=row.pk)  # type: ignore[arg-type]
        for row in judgements_on("actor", keys)
        if row.kind in ("same", "different", "unsure")
        for left in row.keys
        for right in row.other_keys
    ]


def _store_decisions(decisions: Iterable[Decision], rows: dict[str, tables.Profile]) -> None:
    """Brings the stored decisions into line with the clusters: only what changed is written."""
    numbers = [row.pk for row in rows.values()]
    stored = {
        (d.left_id, d.right_id): d for d in tables.ActorDecision.objects.filter(left__in=numbers, right__in=numbers)
    }
    fresh: list[tables.ActorDecision] = []
    revised: list[tables.ActorDecision] = []
    for decision in decisions:
        pair = rows[decision.left].pk, rows[decision.right].pk
        row = stored.get(pair)
        if row is None:
            row = tables.ActorDecision(left_id=pair[0], right_id=pair[1])
            fresh.append(row)
        elif (row.score, row.verdict, row.reason) == (decision.score, decision.verdict, decision.reason):
            continue
        row.score, row.verdict, row.reason = decision.score, decision.verdict, decision.reason
        if row.pk:
            revised.append(row)
    tables.ActorDecision.objects.bulk_create(fresh)
    tables.ActorDecision.objects.bulk_update(revised, ["score", "verdict", "reason"], batch_size=200)
