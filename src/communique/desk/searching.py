"""Full-text search: engagements, actors and sources that fit, with snippets and facets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from communique.desk.wording import country_name
from communique.formats.wording import say
from communique.register import text_search
from communique.register.models import Actor, Content, Document, Engagement, EngagementParticipant
from communique.register.store.packing import unpack_text

MOST_ENGAGEMENTS = 400
"""Facets are counted over the best so many: beyond, one filters the list."""
SHOWN_ENGAGEMENTS = 25
SHOWN_DOCUMENTS = 15
SHOWN_ACTORS = 8
SNIPPET = 220
MOST_FACETS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """What the found engagements have in common: a field, and its values with words and counts."""

    name: str
    label: str
    values: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found.

    Attributes:
        engagements: The best, best first.
        engagement_count: How many fit, counted up to ``MOST_ENGAGEMENTS``.
        documents: Sources with a snippet each.
        actors: Whose name fits.
        facets: To narrow the engagements by.
    """

    engagements: list[Engagement]
    engagement_count: int
    documents: list[tuple[Document, SafeString]]
    actors: list[Actor]
    facets: list[Facet]


def search(query: str) -> Found:
    """Searches the register.

    Raises:
        QueryError: If the query has no word that should occur.
    """
    terms = text_search.parse_query(query)
    wanted = [word for group in terms for term in group if not term.is_excluded for word in term.words]
    numbers = text_search.best_matches(text_search.ENGAGEMENTS, query, MOST_ENGAGEMENTS)
    live = Engagement.objects.filter(pk__in=numbers, merged_into__isnull=True, retracted_at__isnull=True)
    fitting = {row["pk"]: row for row in live.values("pk", "kind", "place", "country", "day", "topics")}
    best = [number for number in numbers if number in fitting]
    shown = Engagement.objects.prefetch_related("participants__actor").in_bulk(best[:SHOWN_ENGAGEMENTS])
    return Found(
        engagements=[shown[number] for number in best[:SHOWN_ENGAGEMENTS]],
        engagement_count=len(best),
        documents=find_documents(query, wanted),
        actors=find_named(wanted),
        facets=count_facets(fitting),
    )


def find_documents(query: str, words: list[str]) -> list[tuple[Document, SafeString]]:
    """The sources that fit best, each with the passage that has most of the words."""
    numbers = text_search.best_matches(text_search.DOCUMENTS, query, SHOWN_DOCUMENTS)
    found = Document.objects.in_bulk(numbers)
    texts = dict(Content.objects.filter(document__in=numbers).values_list("document_id", "text"))
    return [
        (found[number], make_snippet(unpack_text(texts[number]) if number in texts else "", words))
        for number in numbers
        if number in found
    ]


def find_named(words: list[str]) -> list[Actor]:
    """Actors whose name has all of the words."""
    actors = Actor.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    for word in words:
        actors = actors.filter(name__icontains=word)
    return list(actors.order_by("-mention_count", "pk")[:SHOWN_ACTORS])


def make_snippet(text: str, words: Iterable[str]) -> SafeString:
    """The stretch of a text that has most of the words, with them marked. Everything else is escaped.

    Words are found by their beginnings, since the index knows them by their stems.
    """
    stems = [re.escape(word[: max(len(word) - 3, min(len(word), 5))]) for word in words]
    # Folded letter by letter, so that places in it are places in the text.
    folded = "".join(text_search.fold(letter)[:1] or letter for letter in text)
    hits = list(re.finditer(rf"\b(?:{'|'.join(stems)})\w{{0,4}}\b", folded)) if stems else []
    if not hits:
        return mark_safe(escape(" ".join(text[:SNIPPET].split())))
    best = max(hits, key=lambda hit: sum(hit.start() <= other.start() < hit.start() + SNIPPET - 40 for other in hits))
    start = max(text.rfind(" ", 0, max(best.start() - 40, 0)) + 1, 0)
    end = min(start + SNIPPET, len(text))
    pieces, at = [], start
    for hit in hits:
        if start <= hit.start() and hit.end() <= end:
            pieces += [
                escape(text[at : hit.start()]),
                f'<mark class="hit">{escape(text[hit.start() : hit.end()])}</mark>',
            ]
            at = hit.end()
    pieces.append(escape(text[at:end]))
    words_shown = ("… " if start else "") + " ".join("".join(pieces).split()) + (" …" if end < len(text) else "")
    return mark_safe(words_shown)


def count_facets(engagements: Mapping[int, Mapping[str, Any]]) -> list[Facet]:
    """Values that engagements have, the most frequent first.

    Args:
        engagements: Kind, place, country, day and topics by number: not whole records, since only the first are shown.
    """
    actors, sides = _count_actors(engagements)
    plain: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in ("place", "topic", "kind", "year")}
    for engagement in engagements.values():
        plain["topic"].update((topic, say(topic)) for topic in engagement["topics"])
        plain["kind"][engagement["kind"], say(engagement["kind"])] += 1
        if engagement["place"]:
            plain["place"][engagement["place"], engagement["place"]] += 1
        if engagement["day"]:
            plain["year"][str(engagement["day"].year), str(engagement["day"].year)] += 1
    counted = [
        ("actor", "Actor", actors), ("country", "Country", sides), ("place", "Place", plain["place"]),
        ("topic", "Topic", plain["topic"]), ("kind", "Kind", plain["kind"]), ("year", "Year", plain["year"]),
    ]  # fmt: skip
    return [
        Facet(
            name=name, label=label, values=[(value, words, n) for (value, words), n in counter.most_common(MOST_FACETS)]
        )
        for name, label, counter in counted
        if counter
    ]


def _count_actors(
    engagements: Mapping[int, Mapping[str, Any]],
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """In how many engagements each actor took part, and each country by its actors or as the scene."""
    rows = EngagementParticipant.objects.filter(engagement__in=list(engagements)).order_by().distinct()
    present = set(rows.values_list("engagement", "actor"))
    who = Actor.objects.in_bulk({actor for _, actor in present}) if present else {}
    actors = Counter((who[actor].code, who[actor].name) for _, actor in present)
    countries = {(engagement, who[actor].country) for engagement, actor in present}
    countries |= {(number, engagement["country"]) for number, engagement in engagements.items()}
    return actors, Counter((code, country_name(code)) for _, code in countries if code)
