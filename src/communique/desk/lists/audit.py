"""The log as a list: what was made, changed, merged, retracted and judged, when and by whom."""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import Q

from communique.desk.lists.choices import words
from communique.desk.lists.listing import Column, Field, Listing, Sort
from communique.desk.people import signing_in
from communique.desk.wording import record_path
from communique.register.models import Change

ACTIONS = (
    "created", "updated", "merged", "retracted", "judged", "undone", "added", "imported", "account", "invited",
    *signing_in.ACTIONS,
)  # fmt: skip

LISTING = Listing(
    name="audit",
    noun=("change", "changes"),
    rows=Change.objects.all,
    private=Q(action__in=signing_in.ACTIONS),
    fields=(
        Field(name="record", label="Record", apply=lambda r, v: r.filter(record=v)),
        Field(
            name="action", label="Action", apply=lambda r, v: r.filter(action=v), kind="choice", choices=words(ACTIONS)
        ),
        Field(name="author", label="Author", apply=lambda r, v: r.filter(author=v)),
        Field(name="since", label="Since", apply=lambda r, v: r.filter(at__date__gte=v), kind="date"),
        Field(name="until", label="Until", apply=lambda r, v: r.filter(at__date__lte=v), kind="date"),
    ),
    sorts=(
        Sort(name="latest", label="latest first", by=("-pk",)),
        Sort(name="earliest", label="earliest first", by=("pk",)),
    ),
    columns=(
        Column(name="number", value=lambda c: c.pk, type=int),
        Column(name="at", value=lambda c: c.at, type=dt.datetime),
        Column(name="record", value=lambda c: c.record),
        Column(name="action", value=lambda c: c.action),
        Column(name="author", value=lambda c: c.author),
        Column(
            name="what", value=lambda c: json.dumps(c.what, ensure_ascii=False) if c.what else None, type=str | None
        ),
        Column(name="source", value=lambda c: c.document.code if c.document else None, type=str | None),
    ),
    dress=lambda rows: rows.select_related("document"),
    title=lambda c: f"{c.record} {c.action}",
    summary=lambda c: f"{c.action} by {c.author}",
    changed=lambda c: c.at,
    path=lambda c: record_path(c.record) or f"audit?record={c.record}",
)
