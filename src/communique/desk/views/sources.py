"""The page of a source: its text with every passage marked, and beside it the facts in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from communique.desk.reader import Passage, draw_source, list_passages
from communique.desk.state import unless_unchanged
from communique.desk.wording import record_path, say_act, say_heading
from communique.errors import RecordNotFound
from communique.formats.wording import say
from communique.register.models import Document, Mention
from communique.register.models.base import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A fact that a document tells.

    Attributes:
        name: Name of its place on the page.
        kind: engagement, commitment, statement, mechanism.
        words: What it is.
        record: Code of the record that it was put into, if any.
        address: That record's page.
        note: A remark.
        passages: What proves it.
        number: Its number in the text.
    """

    name: str
    kind: str
    words: str
    record: str = ""
    address: str | None = None
    note: str = ""
    passages: tuple[Passage, ...] = ()
    number: int = 0

    @property
    def quote_anchor(self) -> str:
        """Where its first passage stands."""
        return self.passages[0].anchor if self.passages else ""


@require_safe
@unless_unchanged
def show_source(request: HttpRequest, code: str) -> HttpResponse:
    """The page."""
    digits = code.removeprefix("d")
    known = Document.objects.select_related("copy_of")
    document = known.filter(pk=int(digits)).first() if digits.isdecimal() and len(digits) < 16 else None
    if document is None:
        raise RecordNotFound(
            f"There is no source {code!r} in this register. Look it up by its title in the search above."
        )
    if code != document.code:
        return HttpResponsePermanentRedirect(reverse("source", args=[document.code]))
    cards = list_cards(document)
    cast = list(document.mentions.select_related("profile__actor").order_by("pk"))
    passages = [passage for card in cards for passage in card.passages]
    passages += [passage for mention in cast for passage in _mention_passages(mention)]
    copies = Document.objects.filter(copy_of=document.copy_of_id or document.pk).exclude(pk=document.pk)
    context = {
        "document": document,
        "sheet": draw_source(document, passages),
        "cards": cards,
        "cast": cast,
        "copies": copies,
        "addresses": list(document.addresses.exclude(uri=document.uri).values_list("uri", flat=True)),
    }
    return render(request, "desk/source.html", context)


def list_cards(document: Document) -> list[Card]:
    """The facts of a document in the order of its text, numbered."""
    told = sorted(_facts(document), key=lambda fact: ([p["start"] for p in fact[1].evidence[:1]], fact[1].local))
    cards = []
    for number, (kind, claim, record, words) in enumerate(told, start=1):
        name = f"fact-{claim.local}"
        cards.append(
            Card(
                name=name,
                kind=kind,
                words=words.strip(),
                record=record.code if record else "",
                address=f"/{record_path(record.code)}" if record else None,
                note="looking back" if getattr(claim, "background", False) else "",
                passages=tuple(list_passages(claim.evidence, kind, name, number)),
                number=number,
            )
        )
    return cards


def _facts(document: Document) -> Iterator[tuple[str, Claim, Any, str]]:
    """Kind, claim, the record that it was put into, and words, of everything that a document tells."""
    for report in document.engagementreports.select_related("engagement"):
        yield "engagement", report, report.engagement, say_heading(report)
    for promise in document.commitmentreports.select_related("commitment"):
        names = ", ".join(party["name"] for party in promise.parties)
        yield "commitment", promise, promise.commitment, f"{names} {say(promise.act)}: {promise.what}"
    for statement in document.statements.select_related("actor"):
        words = f"{statement.speaker_name} {say_act(statement.act)} {statement.target or ''}"
        yield "statement", statement, statement.actor, words
    for step in document.mechanismsteps.select_related("mechanism"):
        yield "mechanism", step, step.mechanism, f"{step.name}: {say(step.status)}"


def _mention_passages(mention: Mention) -> list[Passage]:
    return list_passages(mention.evidence, mention.type, f"fact-{mention.local}")
