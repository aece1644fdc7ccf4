"""Writes the one record of each actor: its name, its spellings, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from communique.register import models as tables
from communique.register.resolving.naming import display_name, other_names
from communique.register.resolving.profiles import Profile
from communique.register.store.changes import end_record, log_change, snapshot
from communique.register.store.claims import country_of
from communique.register.store.judged import corrections, review_state
from communique.register.store.succession import succeed

FIELDS = ("type", "name", "acronym", "country", "wikidata_id", "review")
# Other spellings shown with an actor: the most frequent ones.
ALIASES = 40


def write_actors(
    clusters: Iterable[Sequence[str]],
    rows: Mapping[str, tables.Profile],
    records: Mapping[str, Profile],
    affected: set[int],
) -> set[int]:
    """Writes the actors of clusters of profiles, and merges or retracts those that no cluster continues.

    Args:
        clusters: Keys of the profiles of each actor.
        rows: The profiles' rows by key.
        records: The profiles by key.
        affected: Actors that lost a profile.

    Returns:
        Numbers of the actors that were written, merged or retracted.
    """
    groups = [tuple(keys) for keys in clusters]
    waiting = {key for keys in groups if all(records[key].is_authority for key in keys) for key in keys}
    _let_wait(waiting, rows)
    groups = [keys for keys in groups if not waiting.issuperset(keys)]
    held = {key: row.actor_id for key, row in rows.items() if row.actor_id}
    concerned = affected | set(held.values())
    succession = succeed(groups, held, concerned, _former(concerned))
    written: list[tables.Actor] = []
    for keys, number in zip(groups, succession.record_of, strict=True):
        actor = tables.Actor.objects.get(pk=number) if number else tables.Actor()
        _write(actor, [rows[key] for key in keys], [records[key] for key in keys])
        written.append(actor)
    ended = {}
    for number in sorted(set(succession.merged) | succession.orphaned):
        survivor = written[succession.merged[number]] if number in succession.merged else None
        if survivor is None and tables.Profile.objects.filter(actor=number).exists():
            continue  # it lives on in profiles that were not looked at
        ended[number] = survivor
        own = [key for key, owner in held.items() if owner == number]
        end_record(
            tables.Actor.objects.get(pk=number),
            survivor,
            sorted({*own, *(claim for key in own for claim in records[key].judged)}),
        )
    return {actor.pk for actor in written} | set(ended)


def _let_wait(keys: Iterable[str], rows: Mapping[str, tables.Profile]) -> None:
    """Records of authorities that fit nobody are no actors: they wait for a document that names somebody they fit."""
    for key in keys:
        if rows[key].actor_id is not None:
            rows[key].actor = None
            rows[key].save(update_fields=["actor"])


def _former(concerned: Iterable[int]) -> dict[str, int]:
    """The merged actor that each profile belonged to; judged mentions are followed to the profile they are in now."""
    rows = tables.Actor.objects.filter(merged_into__in=list(concerned)).order_by("-pk")
    former = {key: row.pk for row in rows for key in row.former_keys}
    mentions = tables.Mention.objects.filter(key__in=[key for key in former if "/" in key], profile__isnull=False)
    moved = {profile: former[key] for key, profile in mentions.order_by("-key").values_list("key", "profile__key")}
    return moved | {key: number for key, number in former.items() if "/" not in key}


def _write(actor: tables.Actor, rows: Sequence[tables.Profile], profiles: Sequence[Profile]) -> None:
    before = snapshot(actor, FIELDS) if actor.pk else None
    actor.type = profiles[0].type
    actor.name = display_name(profiles)
    actor.aliases = list(other_names(profiles, actor.name)[:ALIASES])
    actor.acronym = _most_frequent((p.acronym, p.count) for p in profiles)
    actor.country = _most_frequent((_country(p), p.count) for p in profiles)
    actor.wikidata_id = min((p.wikidata_id for p in profiles if p.wikidata_id), default=None)
    actor.first_seen = min((p.first_day for p in profiles if p.first_day), default=None)
    actor.last_seen = max((p.last_day for p in profiles if p.last_day), default=None)
    actor.mention_count = sum(p.count for p in profiles if not p.is_authority)
    keys = [key for profile in profiles for key in profile.judged]
    for field, value in corrections("actor", keys).items():
        setattr(actor, field, value)
    actor.review = review_state("actor", keys)
    actor.merged_into, actor.retracted_at, actor.former_keys = None, None, []
    after = snapshot(actor, FIELDS)
    if before is not None and before != after:
        actor.version += 1
    actor.save()
    tables.Profile.objects.filter(pk__in=[row.pk for row in rows]).exclude(actor=actor).update(actor=actor)
    if before != after:
        changed = {f: [before[f], after[f]] for f in FIELDS if before[f] != after[f]} if before else {}
        log_change(actor.code, "updated" if before else "created", changed)


def _most_frequent(values: Iterable[tuple[str | None, int]]) -> str | None:
    counts: Counter[str] = Counter()
    for value, count in values:
        if value:
            counts[value] += max(count, 1)
    return max(sorted(counts), key=lambda value: counts[value], default=None)


def _country(profile: Profile) -> str | None:
    """The country that a profile shows, or that its posts speak of."""
    if profile.country:
        return profile.country
    if profile.type in ("country", "organization"):
        return country_of(profile.name)
    found = {country_of(r.organization) for r in profile.roles if r.organization and r.kind == "post"} - {None}
    return found.pop() if len(found) == 1 else None
