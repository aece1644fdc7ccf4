"""Writes the one record of each actor: its name, its spellings, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.register import models as tables
from communique.register.resolving.naming import display_name, other_names
from communique.register.resolving.profiles import Profile
from communique.register.store.changes import Change, end_record, log_changes, log_difference, snapshot
from communique.register.store.claims import country_of
from communique.register.store.judged import corrections, review_state
from communique.register.store.succession import merged_into, succeed

FIELDS = ("type", "name", "acronym", "country", "wikidata_id", "review")
# Everything that is concluded: where none of it changed, nothing is written.
ALL_FIELDS = (
    *FIELDS,
    "aliases",
    "first_seen",
    "last_seen",
    "mention_count",
    "merged_into_id",
    "retracted_at",
    "former_keys",
)
IDENTITY = {"name", "type", "country"}
# Other spellings shown with an actor: the most frequent ones.
ALIASES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenActors:
    """What came of writing actors.

    Attributes:
        actors: Numbers of those that were written, merged or retracted.
        renamed: Numbers of those that are shown under another name than before.
        redirected: Numbers of those that were merged, retracted or revived: they lead to another record than before.
        identified: Numbers of those that are new, or have another name, type or country than before.
    """

    actors: set[int]
    renamed: set[int]
    redirected: set[int]
    identified: set[int]


def write_actors(
    clusters: Iterable[Sequence[str]],
    rows: Mapping[str, tables.Profile],
    records: Mapping[str, Profile],
    affected: set[int],
) -> WrittenActors:
    """Writes the actors of clusters of profiles, and merges or retracts those that no cluster continues.

    Args:
        clusters: Keys of the profiles of each actor.
        rows: The profiles' rows by key.
        records: The profiles by key.
        affected: Actors that lost a profile.
    """
    groups = [tuple(keys) for keys in clusters]
    waiting = {key for keys in groups if all(records[key].is_authority for key in keys) for key in keys}
    _let_wait(waiting, rows)
    groups = [keys for keys in groups if not waiting.issuperset(keys)]
    held = {key: row.actor_id for key, row in rows.items() if row.actor_id}
    concerned = affected | set(held.values())
    succession = succeed(groups, held, concerned, _former(concerned))
    known = tables.Actor.objects.in_bulk([number for number in succession.record_of if number])
    revived = {number for number, actor in known.items() if not actor.is_live}
    written = [known[number] if number else tables.Actor() for number in succession.record_of]
    written_now = (_write(actor, [records[key] for key in keys]) for actor, keys in zip(written, groups, strict=True))
    log = [line for line in written_now if line]
    log_changes(log)
    _move(rows, {key: actor for actor, keys in zip(written, groups, strict=True) for key in keys})
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
    return WrittenActors(
        actors={actor.pk for actor in written} | set(ended),
        renamed={int(code[1:]) for code, _, what in log if "name" in what},
        redirected=revived | set(ended),
        identified={int(code[1:]) for code, action, what in log if action == "created" or IDENTITY & what.keys()},
    )


def _let_wait(keys: Iterable[str], rows: Mapping[str, tables.Profile]) -> None:
    """Records of authorities that fit nobody are no actors: they wait for a document that names somebody they fit."""
    for key in keys:
        if rows[key].actor_id is not None:
            rows[key].actor = None
            rows[key].save(update_fields=["actor"])


def _former(concerned: Iterable[int]) -> dict[int, list[str]]:
    """The profiles of merged actors; judged mentions are followed to the profile they are in now."""
    former = {number: row.former_keys for number, row in merged_into(tables.Actor.objects, concerned).items()}
    judged = {key for keys in former.values() for key in keys if "/" in key}
    mentions = tables.Mention.objects.filter(key__in=judged, profile__isnull=False)
    home = dict(mentions.values_list("key", "profile__key"))
    return {
        number: sorted({home.get(key, key) for key in keys if "/" not in key or key in home})
        for number, keys in former.items()
    }


def _write(actor: tables.Actor, profiles: Sequence[Profile]) -> Change | None:
    """Writes an actor where anything changed; gives the line of the log."""
    before = snapshot(actor, ALL_FIELDS) if actor.pk else None
    fill(actor, profiles)
    keys = [key for profile in profiles for key in profile.judged]
    for field, value in corrections("actor", keys).items():
        setattr(actor, field, value)
    actor.review = review_state("actor", keys)
    actor.merged_into, actor.retracted_at, actor.former_keys = None, None, []
    after = snapshot(actor, ALL_FIELDS)
    if before == after:
        return None
    told = {name: after[name] for name in FIELDS}
    line = before and {name: before[name] for name in FIELDS}
    actor.version += line is not None and line != told
    actor.save()
    return log_difference(actor, line, told)


def _move(rows: Mapping[str, tables.Profile], owners: Mapping[str, tables.Actor]) -> None:
    """Points profiles to their actors."""
    moved = [rows[key] for key, actor in owners.items() if rows[key].actor_id != actor.pk]
    for row in moved:
        row.actor = owners[row.key]
    tables.Profile.objects.bulk_update(moved, ["actor"], batch_size=200)


def fill(actor: tables.Actor, profiles: Sequence[Profile]) -> None:
    """Writes what follows from its profiles into the fields of an actor."""
    actor.type = profiles[0].type
    actor.name = display_name(profiles)
    actor.aliases = list(other_names(profiles, actor.name)[:ALIASES])
    actor.acronym = _most_frequent((p.acronym, p.count) for p in profiles)
    actor.country = _most_frequent((_country(p), p.count) for p in profiles)
    actor.wikidata_id = min((p.wikidata_id for p in profiles if p.wikidata_id), default=None)
    actor.first_seen = min((p.first_day for p in profiles if p.first_day), default=None)
    actor.last_seen = max((p.last_day for p in profiles if p.last_day), default=None)
    actor.mention_count = sum(p.count for p in profiles if not p.is_authority)


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
