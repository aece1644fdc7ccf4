"""Derives actors: mentions fall into profiles, profiles that may be one actor are resolved together, and no others."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from communique.register import models as tables
from communique.register.resolving.actors import resolve_actors
from communique.register.resolving.decisions import TOLD, Decision, decide_pair
from communique.register.resolving.judged import PairJudgement
from communique.register.resolving.profiles import Profile
from communique.register.store.actor_records import write_actors
from communique.register.store.judged import has_judgements, judgements_on
from communique.register.store.profiles import Placed, load_profile, place_mentions


def derive_actors(mentions: set[str], changed: Placed | None = None) -> set[int]:
    """Derives the actors of mentions anew, with all that may be the same.

    Args:
        mentions: Keys of mentions that are new, were changed, or are named by a new judgement.
        changed: Further profiles that are new or changed, and actors that lost one.

    Returns:
        Numbers of the actors that were written, merged or retracted.
    """
    placed = place_mentions(mentions) if mentions else Placed()
    if changed is not None:
        placed = Placed(profiles=placed.profiles | changed.profiles, left=placed.left | changed.left)
    touched = placed.profiles
    if not touched and not placed.left:
        return set()
    _score(touched)
    component = _component(touched | _profiles_of(placed.left))
    rows = {row.key: row for row in tables.Profile.objects.filter(pk__in=component)}
    records = {key: load_profile(row) for key, row in rows.items()}
    resolution = resolve_actors(records.values(), _judgements(records))
    _store_decisions(resolution.decisions, rows)
    return write_actors(resolution.clusters, rows, records, affected=placed.left)


def refresh_denormalized(actors: set[int]) -> set[str]:
    """Writes the actors of changed profiles into the rows that keep them for look-ups.

    Returns:
        Keys of the reports whose participants are other actors now.
    """
    changed: set[str] = set()
    rows = tables.ReportParticipant.objects.filter(mention__profile__actor__in=actors).exclude(
        actor=F("mention__profile__actor")
    )
    for row in list(rows.select_related("mention__profile", "report")):
        row.actor_id = row.mention.profile.actor_id if row.mention.profile else None
        row.save(update_fields=["actor"])
        changed.add(row.report.key)
    lost = tables.ReportParticipant.objects.filter(actor__isnull=True, mention__profile__actor__in=actors)
    for row in list(lost.select_related("mention__profile", "report")):
        row.actor_id = row.mention.profile.actor_id if row.mention.profile else None
        row.save(update_fields=["actor"])
        changed.add(row.report.key)
    for statement in tables.Statement.objects.filter(speaker__profile__actor__in=actors).filter(
        Q(actor__isnull=True) | ~Q(actor=F("speaker__profile__actor"))
    ):
        statement.actor = statement.speaker.profile.actor if statement.speaker and statement.speaker.profile else None
        statement.save(update_fields=["actor"])
    return changed


def _profiles_of(actors: Iterable[int]) -> set[int]:
    return set(tables.Profile.objects.filter(actor__in=list(actors)).values_list("pk", flat=True))


def _score(touched: set[int]) -> None:
    """Stores how profiles that are new or changed compare with all that share a block with them."""
    tables.ActorDecision.objects.filter(Q(left__in=touched) | Q(right__in=touched)).delete()
    found: dict[tuple[str, str], tuple[Decision, int, int]] = {}
    rows = {row.pk: row for row in tables.Profile.objects.filter(pk__in=touched)}
    loaded: dict[int, Profile] = {pk: load_profile(row) for pk, row in rows.items()}
    for number in sorted(touched):
        profile = loaded[number]
        blocks = tables.ProfileBlock.objects.filter(profile=number).values_list("key", flat=True)
        others = tables.Profile.objects.filter(blocks__key__in=list(blocks), type=profile.type).exclude(pk=number)
        for other in others.distinct():
            loaded.setdefault(other.pk, load_profile(other))
            decision = decide_pair(profile, loaded[other.pk])
            if decision.score >= TOLD:
                numbers = {profile.key: number, other.key: other.pk}
                found[decision.left, decision.right] = (decision, numbers[decision.left], numbers[decision.right])
    tables.ActorDecision.objects.bulk_create(
        tables.ActorDecision(left_id=left, right_id=right, score=d.score, verdict=d.verdict, reason=d.reason)
        for d, left, right in found.values()
    )


def _component(numbers: set[int]) -> set[int]:
    """All profiles that hang together with these through decisions or judgements."""
    found, edge = set(numbers), set(numbers)
    while edge:
        decisions = tables.ActorDecision.objects
        neighbours = set(decisions.filter(left__in=edge).values_list("right", flat=True))
        neighbours |= set(decisions.filter(right__in=edge).values_list("left", flat=True))
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
            row.save()
    tables.ActorDecision.objects.bulk_create(fresh)
