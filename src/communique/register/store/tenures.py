"""Derives tenures: who held which post, as the documents that name them say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from django.db.models import Manager, QuerySet, Value
from django.db.models.functions import Upper

from communique.reading.organizations import split_acronym
from communique.register import models as tables
from communique.register.resolving.tenures import RoleClaim, Tenure
from communique.register.resolving.tenures import derive_tenures as decide_tenures
from communique.register.store.changes import snapshot
from communique.register.store.claims import country_of

# A profile seen in more documents than this gives the role claims of its first and last ones only: those set the days.
SEEN_OFTEN = 20
# Observations kept with a tenure, the first and the last half of them.
OBSERVATIONS = 12
CHUNK = 500
COMPARED = tuple(field.attname for field in tables.Tenure._meta.concrete_fields if not field.primary_key)
COLUMNS = ("profile", "data__roles", "document__sha256", "document__published")


def derive_tenures(actors: Iterable[int]) -> None:
    """Derives the tenures of actors anew, and with them the succession in the posts they hold or held."""
    numbers = list(actors)
    live = tables.Actor.objects.filter(pk__in=numbers, type="person", merged_into__isnull=True)
    people = set(live.values_list("pk", flat=True))
    stored = list(tables.Tenure.objects.filter(actor__in=numbers))
    claims = _claims_of(people)
    keys = {row.post_key for row in stored} | {t.post_key for t in decide_tenures(claims)}
    others = list(tables.Tenure.objects.filter(post_key__in=keys).exclude(actor__in=numbers))
    claims += _claims_of({row.actor_id for row in others})
    tenures = [t for t in decide_tenures(claims) if int(t.person[1:]) in people or t.post_key in keys]
    bodies = organizations_of({t.organization for t in tenures if t.organization})
    _rewrite([*stored, *others], [_row(t, bodies.get(t.organization or "")) for t in tenures])


def link_organizations(actors: Collection[int]) -> None:
    """Points tenures to the institutions and countries that they belong to by now.

    Args:
        actors: Numbers of actors that were made, merged, retracted or revived, or have another name, type or country.
    """
    if not actors:
        return
    bodies = tables.Actor.objects.filter(pk__in=actors).exclude(type="person")
    named = {organization_key(name) for name in bodies.values_list("name", flat=True)}
    codes = {code for code in bodies.filter(type="country").values_list("country", flat=True) if code}
    rows: dict[int, tables.Tenure] = {}
    chosen = ("organization_actor", actors), ("organization_key", named), ("organization_country", codes)
    for column, values in chosen:
        rows |= tables.Tenure.objects.in_bulk(
            list(tables.Tenure.objects.filter(**{f"{column}__in": values}).values_list("pk", flat=True))
        )
    found = organizations_of({row.organization for row in rows.values() if row.organization})
    changed = [row for row in rows.values() if row.organization_actor_id != found.get(row.organization or "")]
    for row in changed:
        row.organization_actor_id = found.get(row.organization or "")
    tables.Tenure.objects.bulk_update(changed, ["organization_actor"], batch_size=200)


def organization_key(name: str) -> str:
    """By what the tenures of an institution are looked up: its name without a short form, in small letters."""
    return split_acronym(name)[0].casefold()[:200]


def fill_organizations(tenures: Manager[Any]) -> None:
    """Writes by what tenures are looked up where that is missing: before migration 9 there was no such."""
    rows = tenures.filter(organization_key="").exclude(organization=None).exclude(organization="")
    for row in rows.iterator(chunk_size=CHUNK):
        row.organization_key = organization_key(row.organization)
        row.organization_country = country_of(row.organization)
        row.save(update_fields=["organization_key", "organization_country"])


def _rewrite(stored: Iterable[tables.Tenure], derived: Iterable[tables.Tenure]) -> None:
    """Puts rows in the place of others; those that say the same are left alone."""
    known = {row.pk: row for row in stored}
    same = {repr(snapshot(row, COMPARED)): number for number, row in known.items()}
    fresh = []
    for row in derived:
        number = same.pop(repr(snapshot(row, COMPARED)), None)
        if number is None:
            fresh.append(row)
        else:
            del known[number]
    if known:
        tables.Tenure.objects.filter(pk__in=list(known)).delete()
    tables.Tenure.objects.bulk_create(fresh)


def _claims_of(actors: set[int]) -> list[RoleClaim]:
    profiles = tables.Profile.objects.filter(actor__in=actors, is_authority=False)
    owners = {pk: (actor, count) for pk, actor, count in profiles.values_list("pk", "actor", "mention_count")}
    seldom = [pk for pk, (_, count) in owners.items() if count <= SEEN_OFTEN]
    rows = list(tables.Mention.objects.filter(profile__in=seldom).values_list(*COLUMNS))
    for pk in owners.keys() - seldom:
        rows += _ends(tables.Mention.objects.filter(profile=pk).order_by("day", "key"))
    return [
        RoleClaim(
            actor=f"a{owners[profile][0]}",
            title=role["title"],
            organization=role.get("organization"),
            standing=role.get("standing", "current"),
            document=document,
            day=day,
            quote=(role.get("evidence") or [{}])[0].get("quote", ""),
        )
        for profile, roles, document, day in rows
        for role in roles or ()
        if role.get("kind", "post") == "post"
    ]


def _ends(mentions: QuerySet[tables.Mention]) -> list[Any]:
    """The first and the last of many mentions, in order of their days; those without a day only fill up."""
    dated = mentions.filter(day__isnull=False).values_list(*COLUMNS)
    rows = list(dated[: SEEN_OFTEN + 1])
    if len(rows) > SEEN_OFTEN:
        return [*rows[: SEEN_OFTEN // 2], *dated.reverse()[: SEEN_OFTEN // 2]]
    return [*rows, *mentions.filter(day__isnull=True).values_list(*COLUMNS)[: SEEN_OFTEN - len(rows)]]


def _row(tenure: Tenure, body: int | None) -> tables.Tenure:
    observations = msgspec.to_builtins(tenure.observations)
    kept = observations
    if len(observations) > OBSERVATIONS:
        kept = observations[: OBSERVATIONS // 2] + observations[-OBSERVATIONS // 2 :]
    return tables.Tenure(
        actor_id=int(tenure.person[1:]),
        title=tenure.title,
        organization=tenure.organization,
        organization_actor_id=body,
        organization_key=organization_key(tenure.organization or ""),
        organization_country=country_of(tenure.organization) if tenure.organization else None,
        post_key=tenure.post_key[:200],
        first_seen=tenure.first_seen,
        last_seen=tenure.last_seen,
        observations=kept,
        observation_count=len(observations),
        superseded_by_id=int(tenure.superseded_by[1:]) if tenure.superseded_by else None,
        flags=list(tenure.flags),
    )


def organizations_of(names: set[str]) -> dict[str, int]:
    """Numbers of the actors that posts belong to, by name: the institution of that name, else the country.

    The short form that a readout puts behind a name ("… Mission in Libya (UNSMIL)") is not part of the actor's name.
    """
    forms = {name: (name, split_acronym(name)[0]) for name in names}
    live = tables.Actor.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    bodies = live.exclude(type="person").annotate(folded=Upper("name"))
    codes = {name: code for name in names if (code := country_of(name))}
    states = live.filter(type="country", country__in=set(codes.values())).order_by("-pk")
    number_of_state = dict(states.values_list("country", "pk"))
    wanted = [Upper(Value(form)) for both in forms.values() for form in both]
    number_of_body = dict(bodies.filter(folded__in=wanted).order_by("-pk").values_list("folded", "pk"))
    # SQLite's UPPER knows ASCII only: compared with what it makes of the name, not with what Python makes of it.
    found: dict[str, int | None] = {}
    for name, both in forms.items():
        capitals = (capital for form in both for capital in (form.upper(), _ascii_upper(form)))
        found[name] = next((number_of_body[capital] for capital in capitals if capital in number_of_body), None)
    found |= {name: number_of_state.get(codes[name]) for name in names if not found[name] and name in codes}
    return {name: number for name, number in found.items() if number}


def _ascii_upper(name: str) -> str:
    return "".join(c.upper() if c.isascii() else c for c in name)
