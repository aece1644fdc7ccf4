"""The list of sources."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from communique.desk.lists import choices
from communique.desk.lists.listing import Column, Field, Listing, Sort
from communique.desk.wording import title_of
from communique.register import text_search
from communique.register.models import Document
from communique.register.store.finding import telling

LISTING = Listing(
    name="sources",
    noun=("source", "sources"),
    rows=Document.objects.all,
    fields=(
        Field(name="q", label="Words", apply=lambda r, v: telling(r, text_search.DOCUMENTS, v)),
        Field(name="site", label="Outlet", apply=lambda r, v: r.filter(site=v), kind="choice", choices=choices.sites),
        Field(name="since", label="Published since", apply=lambda r, v: r.filter(published__gte=v), kind="date"),
        Field(name="until", label="Published until", apply=lambda r, v: r.filter(published__lte=v), kind="date"),
        Field(name="original", label="Without copies", apply=lambda r, v: r.filter(copy_of__isnull=True), kind="check"),
    ),
    sorts=(
        Sort(name="latest", label="latest first", by=(F("published").desc(nulls_last=True), "-pk")),
        Sort(name="earliest", label="earliest first", by=(F("published").asc(nulls_last=True), "pk")),
        Sort(name="added", label="last added first", by=("-pk",)),
    ),
    columns=(
        Column(name="id", value=lambda d: d.code),
        Column(name="sha256", value=lambda d: d.sha256),
        Column(name="outlet", value=lambda d: d.outlet, type=str | None),
        Column(name="title", value=lambda d: d.title, type=str | None),
        Column(name="published", value=lambda d: d.published, type=dt.date | None),
        Column(name="published_basis", value=lambda d: d.published_basis, type=str | None),
        Column(name="address", value=lambda d: d.uri),
        Column(name="language", value=lambda d: d.language, type=str | None),
        Column(name="copy_of", value=lambda d: d.copy_of and d.copy_of.code, type=str | None),
        Column(name="reader", value=lambda d: d.reader),
        Column(name="added", value=lambda d: d.added_at, type=dt.datetime),
    ),
    dress=lambda rows: rows.select_related("copy_of"),
    title=title_of,
    summary=lambda d: f"{d.outlet}, {d.published or 'undated'}",
    changed=lambda d: d.added_at,
)
