"""Profiles as rows: which profile a mention falls into, and what a profile gathers from its mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from communique.register import models as tables
from communique.register.resolving.blocks import block_keys
from communique.register.resolving.profiles import (
    ActorMention,
    MentionRole,
    Profile,
    build_profiles,
    company_key,
    merge_profiles,
)
from communique.register.store.judged import judged_keys

DATA = (
    "aliases",
    "roles",
    "acronym",
    "country",
    "company",
    "documents",
    "spellings",
    "judged",
    "origin",
    "wikidata_id",
)
FILLED = ("name", "data", "is_authority", "mention_count", "first_day", "last_day", "actor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where mentions were placed.

    Attributes:
        profiles: Numbers of the profiles that are new or changed.
        left: Numbers of the actors of profiles that mentions have left.
    """

    profiles: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)


def place_mentions(keys: set[str]) -> Placed:
    """Puts mentions into their profiles; a mention that a judgement names gets a profile of its own."""
    rows = {row.key: row for row in tables.Mention.objects.filter(key__in=keys).select_related("document", "profile")}
    judged = judged_keys("actor", rows)
    single = {m.key: build_profiles([m], judged)[0] for m in load_mentions(rows.values())}
    known = {row.key: row for row in tables.Profile.objects.filter(key__in={p.key for p in single.values()})}
    moved = {key: p for key, p in single.items() if not (row := rows[key].profile) or row.key != p.key}
    abandoned = {old.pk: old for key in moved if (old := rows[key].profile) is not None}
    _gather(moved, known, rows)
    for key, profile in moved.items():
        rows[key].profile = known[profile.key]
    tables.Mention.objects.bulk_update([rows[key] for key in moved], ["profile"], batch_size=200)
    placed = Placed(profiles={known[profile.key].pk for profile in single.values()})
    leave_profiles(abandoned.values(), placed, judged)
    return placed


def leave_profiles(abandoned: Iterable[tables.Profile], placed: Placed, judged: Iterable[str] = ()) -> None:
    """Gathers profiles anew that mentions have left, and deletes those that are empty; ``placed`` takes note."""
    for old in abandoned:
        if old.actor_id:
            placed.left.add(old.actor_id)
        if _rebuild(old, judged):
            placed.profiles.add(old.pk)
        else:
            placed.profiles.discard(old.pk)
            old.delete()


def _gather(moved: Mapping[str, Profile], known: dict[str, tables.Profile], rows: Mapping[str, tables.Mention]) -> None:
    """Lets profiles take in mentions; each is written once, and ``known`` takes in those that are new."""
    gathered: dict[str, Profile] = {}
    owners: dict[str, int | None] = {}
    for key, profile in moved.items():
        before = gathered.get(profile.key) or (load_profile(known[profile.key]) if profile.key in known else None)
        gathered[profile.key] = merge_profiles(before, profile) if before else profile
        # A mention that a judgement takes out of its profile stays with its actor until that is derived anew.
        old = rows[key].profile
        owners.setdefault(profile.key, old.actor_id if old else None)
    fresh = [p for p in gathered.values() if p.key not in known]
    for profile in gathered.values():
        row = known.setdefault(profile.key, tables.Profile(key=profile.key, type=profile.type))
        fill_profile(row, profile)
        row.actor_id = row.actor_id or owners[profile.key]
    changed = [known[key] for key in gathered if known[key].pk]
    tables.Profile.objects.bulk_create(known[p.key] for p in fresh)
    tables.Profile.objects.bulk_update(changed, FILLED, batch_size=100)
    tables.ProfileBlock.objects.bulk_create(block for p in fresh for block in blocks_of(known[p.key], p))


def write_blocks(row: tables.Profile, profile: Profile) -> None:
    """Writes the keys under which a profile is looked up, in place of those it had."""
    row.blocks.all().delete()
    tables.ProfileBlock.objects.bulk_create(blocks_of(row, profile))


def blocks_of(row: tables.Profile, profile: Profile) -> list[tables.ProfileBlock]:
    """The rows of the keys under which a profile is looked up, not yet written."""
    return [tables.ProfileBlock(profile=row, key=key[:160]) for key in sorted(block_keys(profile))]


def _rebuild(row: tables.Profile, judged: Iterable[str]) -> bool:
    """Gathers a profile anew from the mentions it still has; False when there are none."""
    mentions = load_mentions(
        tables.Mention.objects.filter(profile=row).select_related("document").iterator(chunk_size=500)
    )
    profiles = build_profiles(mentions, judged)
    if not profiles:
        return row.is_authority
    store_profile(row, profiles[0])
    return True


def store_profile(row: tables.Profile, profile: Profile) -> None:
    """Writes a profile's fields into its row, and keeps it."""
    fill_profile(row, profile)
    row.save()


def fill_profile(row: tables.Profile, profile: Profile) -> None:
    """Writes a profile's fields into its row."""
    plain = msgspec.to_builtins(profile)
    row.name = profile.name
    row.data = {name: plain[name] for name in DATA}
    row.is_authority = profile.is_authority
    row.mention_count = profile.count
    row.first_day, row.last_day = profile.first_day, profile.last_day


def load_profile(row: tables.Profile) -> Profile:
    """A profile's row as the record that the resolution sees."""
    plain: dict[str, Any] = {
        **row.data,
        "key": row.key,
        "type": row.type,
        "name": row.name,
        "count": row.mention_count,
        "first_day": row.first_day,
        "last_day": row.last_day,
    }
    return msgspec.convert(plain, Profile)


def load_mentions(rows: Iterable[tables.Mention]) -> list[ActorMention]:
    """Mentions as the records that the resolution sees, each with its company."""
    listed = list(rows)
    company = _company(listed)
    return [
        ActorMention(
            key=row.key,
            document=row.document.sha256,
            type=row.type,  # type: ignore[arg-type]
            name=row.name,
            aliases=tuple(row.data.get("aliases", ())),
            roles=tuple(
                MentionRole(
                    title=role["title"],
                    organization=role.get("organization"),
                    kind=role.get("kind", "post"),
                    standing=role.get("standing", "current"),
                )
                for role in row.data.get("roles", ())
            ),
            acronym=row.data.get("acronym"),
            country=row.data.get("country"),
            date=row.document.published,
            company=frozenset(company.get(row.pk, ())),
        )
        for row in listed
    ]


def _company(rows: Iterable[tables.Mention]) -> dict[int, set[str]]:
    """Who else each mention's document names, as company keys; institutions count as company of people only."""
    documents = {row.document_id for row in rows}
    named: dict[int, list[tuple[int, str, str]]] = {}
    for mention in tables.Mention.objects.filter(document__in=documents, type__in=("person", "organization")):
        key = company_key(mention.name, mention.type)  # type: ignore[arg-type]
        named.setdefault(mention.document_id, []).append((mention.pk, mention.type, key))
    return {
        row.pk: {
            key
            for number, kind, key in named.get(row.document_id, ())
            if number != row.pk and (row.type == "person" or kind == "person")
        }
        for row in rows
    }
