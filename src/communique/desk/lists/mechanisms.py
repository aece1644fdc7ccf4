"""The list of mechanisms."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from communique.desk.lists import choices
from communique.desk.lists.listing import Column, Field, Listing, Sort
from communique.desk.lists.shared_fields import REVIEW, live, with_party
from communique.desk.silence import ENDED, is_silent
from communique.desk.state import today
from communique.formats.wording import say
from communique.register.models import Mechanism


def _before(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


LISTING = Listing(
    name="mechanisms",
    noun=("mechanism", "mechanisms"),
    rows=lambda: live(Mechanism),
    fields=(
        Field(name="q", label="Name", apply=lambda r, v: r.filter(name__icontains=v)),
        Field(name="party", label="Party", apply=with_party),
        Field(
            name="kind",
            label="Kind",
            apply=lambda r, v: r.filter(kind=v),
            kind="choice",
            choices=choices.mechanism_kinds,
        ),
        Field(
            name="status",
            label="State",
            apply=lambda r, v: r.filter(status=v),
            kind="choice",
            choices=choices.words(choices.MECHANISM_STATUSES),
        ),
        Field(name="since", label="Heard of since", apply=lambda r, v: r.filter(last_day__gte=v), kind="date"),
        Field(
            name="silent",
            label="Silent for days",
            kind="whole",
            apply=lambda r, v: r.filter(last_day__lt=_before(v)).exclude(status__in=ENDED),
        ),
        REVIEW,
    ),
    sorts=(
        Sort(name="latest", label="last heard of first", by=(F("last_day").desc(nulls_last=True), "-pk")),
        Sort(name="silent", label="longest silent first", by=(F("last_day").asc(nulls_last=True), "pk")),
        Sort(name="name", label="by name", by=("name", "pk")),
        Sort(name="steps", label="most steps first", by=("-step_count", "-pk")),
    ),
    columns=(
        Column(name="id", value=lambda m: m.code),
        Column(name="name", value=lambda m: m.name),
        Column(name="kind", value=lambda m: m.kind),
        Column(name="status", value=lambda m: m.status),
        Column(name="first_day", value=lambda m: m.first_day, type=dt.date | None),
        Column(name="last_day", value=lambda m: m.last_day, type=dt.date | None),
        Column(name="steps", value=lambda m: m.step_count, type=int),
        Column(name="parties", value=lambda m: [party.name for party in m.parties.all()], type=list[str]),
        Column(name="no_follow_up", value=lambda m: is_silent(m.last_day, m.status), type=bool),
        Column(name="review", value=lambda m: m.review),
    ),
    dress=lambda rows: rows.prefetch_related("parties"),
    title=lambda m: m.name,
    summary=lambda m: f"{say(m.kind)}, {say(m.status)}, last heard of {m.last_day or 'on an unknown day'}",
    changed=lambda m: m.updated_at,
)
