"""The list of commitments."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Exists, F, OuterRef, Q

from communique.desk.lists import choices
from communique.desk.lists.listing import Column, Field, Listing, Rows, Sort
from communique.desk.lists.shared_fields import REVIEW, live, with_party
from communique.errors import QueryError
from communique.formats.wording import say
from communique.model.vocabulary import COMMITMENT_ACTS
from communique.register.models import Commitment, CommitmentFollowUp

CODE = re.compile(r"m?(\d{1,15})")
FOLLOWED = Exists(CommitmentFollowUp.objects.filter(commitment=OuterRef("pk")))


def _of_mechanism(rows: Rows, text: str) -> Rows:
    match = CODE.fullmatch(text.casefold())
    if match is None:
        raise QueryError(f"Mechanism: {text!r} is no mechanism's id, as in m3.")
    return rows.filter(mechanism=int(match[1]))


LISTING = Listing(
    name="commitments",
    noun=("commitment", "commitments"),
    rows=lambda: live(Commitment),
    fields=(
        Field(name="q", label="Words", apply=lambda r, v: r.filter(Q(what__icontains=v) | Q(target__icontains=v))),
        Field(name="party", label="Who", apply=with_party),
        Field(
            name="act",
            label="Act",
            apply=lambda r, v: r.filter(act=v),
            kind="choice",
            choices=choices.words(COMMITMENT_ACTS),
        ),
        Field(name="since", label="Made since", apply=lambda r, v: r.filter(day__gte=v), kind="date"),
        Field(name="until", label="Made until", apply=lambda r, v: r.filter(day__lte=v), kind="date"),
        Field(
            name="followed",
            label="Followed up",
            kind="choice",
            choices=lambda: (("yes", "yes"), ("no", "no")),
            apply=lambda r, v: r.filter(FOLLOWED if v == "yes" else ~FOLLOWED),
        ),
        Field(
            name="mechanism",
            label="Mechanism",
            apply=_of_mechanism,
            is_quiet=True,
        ),
        REVIEW,
    ),
    sorts=(
        Sort(name="latest", label="latest first", by=(F("day").desc(nulls_last=True), "-pk")),
        Sort(name="earliest", label="earliest first", by=(F("day").asc(nulls_last=True), "pk")),
        Sort(name="silent", label="longest silent first", by=(F("last_day").asc(nulls_last=True), "pk")),
    ),
    columns=(
        Column(name="id", value=lambda c: c.code),
        Column(name="date", value=lambda c: c.day, type=dt.date | None),
        Column(name="who", value=lambda c: [party.name for party in c.parties.all()], type=list[str]),
        Column(name="act", value=lambda c: c.act),
        Column(name="what", value=lambda c: c.what),
        Column(name="target", value=lambda c: c.target, type=str | None),
        Column(
            name="mechanism", value=lambda c: c.mechanism.name if c.mechanism else c.mechanism_name, type=str | None
        ),
        Column(name="engagement", value=lambda c: c.engagement.code if c.engagement else None, type=str | None),
        Column(name="last_heard_of", value=lambda c: c.last_day, type=dt.date | None),
        Column(name="reports", value=lambda c: c.report_count, type=int),
        Column(name="review", value=lambda c: c.review),
    ),
    dress=lambda rows: rows.select_related("mechanism", "engagement").prefetch_related("parties", "follow_ups"),
    title=lambda c: f"{', '.join(p.name for p in c.parties.all()) or 'Not named'} {say(c.act)}: {c.what}",
    summary=lambda c: f"{c.day or 'undated'}; last heard of {c.last_day or 'never'}",
    changed=lambda c: c.updated_at,
)
