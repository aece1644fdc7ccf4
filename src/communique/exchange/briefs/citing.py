"""From claims to footnotes: which reports say it, in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import unquote

from communique.exchange.briefs.document import Citation, Note
from communique.exchange.briefs.wording import say_day
from communique.register import models as tables

# Reports cited in one note. A note with more is no longer read; the register has the others.
MOST_CITED = 6


class Claim(Protocol):
    """A row with a passage of one document, which must be loaded."""

    document: tables.Document

    @property
    def quote(self) -> str:
        """The words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A document and its words."""

    document: tables.Document
    quote: str


class Sources:
    """Documents by digest, and what is needed to cite them. Loaded once a brief.

    Args:
        documents: Numbers of all documents that may be cited.
        as_at: Documents published later are not cited.
    """

    def __init__(self, documents: Iterable[int], as_at: dt.date) -> None:
        rows = tables.Document.objects.in_bulk(list(documents))
        copies = tables.Document.objects.filter(copy_of__in=rows)
        self.as_at = as_at
        self._by_digest = {row.sha256: row for row in rows.values()}
        self._copies: dict[int, list[str]] = {}
        for copy in copies.order_by("pk"):
            self._copies.setdefault(copy.copy_of_id or 0, []).append(outlet_of(copy))

    def document(self, digest: str) -> tables.Document | None:
        """The document with a digest, if it is among those that may be cited."""
        return self._by_digest.get(digest)

    def is_known(self, document: tables.Document) -> bool:
        """Whether the document was out by the day of the brief; undated ones count as known."""
        return document.published is None or document.published <= self.as_at

    def note(self, claims: Iterable[Claim | Passage]) -> Note | None:
        """The note for what these claims say; None where no document of the day says it.

        Copies are named with their original where that says the same; the earliest report comes first.
        """
        known = [claim for claim in claims if claim.quote and self.is_known(claim.document)]
        own = {claim.document.pk for claim in known}
        cited: dict[tuple[int, str], Claim | Passage] = {}
        for claim in known:
            if claim.document.copy_of_id not in own:
                cited.setdefault((claim.document.pk, claim.quote), claim)
        ordered = sorted(cited.values(), key=_order)
        if not ordered:
            return None
        citations = tuple(self._cite(claim) for claim in ordered[:MOST_CITED])
        return Note(citations=citations, left_out=max(0, len(ordered) - MOST_CITED))

    def _cite(self, claim: Claim | Passage) -> Citation:
        document = claim.document
        outlet = outlet_of(document)
        copies = dict.fromkeys(name for name in self._copies.get(document.pk, ()) if name != outlet)
        return Citation(
            outlet=outlet,
            title=document.title or "",
            day=say_day(document.published) if document.published else "",
            quote=claim.quote,
            link=document.uri if document.uri.startswith(("https://", "http://")) else None,
            code=document.code,
            also=tuple(copies),
        )


def outlet_of(document: tables.Document) -> str:
    """The outlet's name; the host of an address, or the bare name of a file, where the page shows none."""
    if document.site:
        return document.site
    if "://" in document.uri:
        return document.outlet
    return unquote(PurePosixPath(document.uri.replace("\\", "/").partition("!")[0]).name) or document.code


def passages_of(observations: Iterable[Mapping[str, str]], sources: Sources) -> list[Passage]:
    """The passages of a tenure's observations, as far as their documents may be cited."""
    found = ((sources.document(seen["document"]), seen.get("quote", "")) for seen in observations)
    return [Passage(document=document, quote=quote) for document, quote in found if document]


def _order(claim: Claim | Passage) -> tuple[bool, dt.date, int, str]:
    day = claim.document.published
    return (day is None, day or dt.date.min, claim.document.pk, claim.quote)
