"""Search finds, marks and counts."""

from __future__ import annotations

import pytest
from django.test import Client

from communique.desk.lists.engagements import live
from communique.desk.searching import count_facets, make_snippet, search
from communique.errors import QueryError
from communique.register.store.finding import EngagementFilters, find_engagements


def test_a_snippet_marks_the_words_it_was_asked_for() -> None:
    text = "Nothing here. " * 40 + "The coast guards patrolled the harbour <b>together</b>. " + "Nothing here. " * 40
    snippet = make_snippet(text, ["patrol", "harbour"])
    assert '<mark class="hit">patrolled</mark>' in snippet
    assert '<mark class="hit">harbour</mark>' in snippet
    assert "<b>" not in snippet
    assert snippet.startswith("… ")
    assert len(snippet) < 500


def test_accents_and_case_do_not_matter() -> None:
    assert '<mark class="hit">Lomé</mark>' in make_snippet("In Lomé on Monday", ["lome"])
    assert '<mark class="hit">İZMİR</mark>' in make_snippet("In İZMİR on Monday", ["izmir"])


def test_without_a_hit_it_is_the_beginning() -> None:
    assert make_snippet("<i>Once</i> upon a time", ["other"]) == "&lt;i&gt;Once&lt;/i&gt; upon a time"
    assert make_snippet("", ["x"]) == ""


def test_words_are_no_patterns() -> None:
    assert "<mark" not in make_snippet("aaaa", ["a+", "(", "["])


def test_what_is_found(sample) -> None:  # type: ignore[no-untyped-def]
    found = search("coast watch")
    assert found.engagements
    assert found.documents
    assert any("Coast Watch" in actor.name for actor in found.actors)
    facets = {facet.name: facet for facet in found.facets}
    assert sum(n for _, _, n in facets["kind"].values) <= found.engagement_count
    assert facets["place"].values == sorted(facets["place"].values, key=lambda value: -value[2])


def test_a_country_is_counted_as_its_link_filters(sample) -> None:  # type: ignore[no-untyped-def]
    everything = {row["pk"]: row for row in live().values("pk", "kind", "place", "country", "day", "topics")}
    (facet,) = (facet for facet in count_facets(everything) if facet.name == "country")
    for code, _, count in facet.values:
        assert count == find_engagements(EngagementFilters(country=(code,))).count()


def test_a_query_without_a_word(sample) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(QueryError):
        search("-sea")


def test_nothing_is_found(client: Client) -> None:
    assert "Nothing fits" in client.get("/search?q=zzzzqqq").content.decode()
