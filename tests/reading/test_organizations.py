"""Institutions joined into records: names, short forms, countries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Organization
from communique.reading.analysis import Line
from communique.reading.knowledge import Knowledge
from communique.reading.organizations import OrganizationBuilder, introductions, split_acronym

Joining = Callable[..., tuple[list[Organization], list[Line], OrganizationBuilder]]


@pytest.fixture
def join(knowledge: Knowledge, find: Callable[..., list[Line]]) -> Joining:
    def joined(text: str, bodies: list[str]) -> tuple[list[Organization], list[Line], OrganizationBuilder]:
        builder, lines = OrganizationBuilder(knowledge), find(text, bodies=bodies)
        return list(builder.join(lines, text)), lines, builder

    return joined


def test_an_introduced_short_form_is_the_full_name(join: Joining) -> None:
    text = "The Kestrel Border Agency (KBA) wrote. The KBA waited."
    records, lines, builder = join(text, ["Kestrel Border Agency", "KBA"])
    (record,) = records
    assert (record.id, record.name, record.acronym) == ("o1", "Kestrel Border Agency", "KBA")
    assert [text[e.start : e.end] for e in record.evidence] == ["Kestrel Border Agency (KBA)", "KBA"]
    assert builder.expansions["KBA"] == "Kestrel Border Agency"
    assert {m.referents[0].ref for line in lines for m in line.mentions} == {"o1"}


def test_a_listed_short_form_is_written_out(join: Joining) -> None:
    records, _, _ = join("UNSMIL and the African Union spoke.", [])
    assert [r.name for r in records] == ["United Nations Support Mission in Libya", "African Union"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("UNSMIL wrote to Frontex.", "United Nations Support Mission in Libya (UNSMIL)"),
        ("The AU wrote.", "African Union"),  # its initials say so
        ("The Kosovo Force wrote; KFOR waited.", "Kosovo Force (KFOR)"),
    ],
)
def test_a_short_form_that_initials_do_not_spell_is_shown_beside_the_full_name(
    join: Joining, text: str, shown: str
) -> None:
    _, lines, builder = join(text, [])
    assert {m.referents[0].name for line in lines for m in line.mentions[:1]} == {shown}
    assert set(builder.expansions.values()) & {shown}


def test_the_owner_gives_the_country(join: Joining) -> None:
    records, _, _ = join("The Italian Ministry of Defence and Chad's Border Council met.", [])
    assert [(r.name, r.country) for r in records] == [("Italian Ministry of Defence", "IT"), ("Border Council", "TD")]


@pytest.mark.parametrize("text", ["The Harbour Times reported it.", "The Ministry said so.", "Harbour Radio wrote."])
def test_outlets_and_bare_nouns_get_no_record(join: Joining, text: str) -> None:
    records, _, _ = join(text, ["Harbour Times", "Ministry", "Harbour Radio"])
    assert records == []


def test_countries_stand_under_their_standard_name(join: Joining) -> None:
    _, lines, _ = join("Türkiye agreed.", [])
    assert [(r.name, r.type, r.country) for r in lines[0].mentions[0].referents] == [("Türkiye", "country", "TR")]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("the Joint Rescue Board (JRB) met", "JRB", "Joint Rescue Board"),
        ("the Office for Coasts and Harbours (OCH) met", "OCH", "Office for Coasts and Harbours"),
    ],
)
def test_introductions(find: Callable[..., list[Line]], text: str, short: str, full: str) -> None:
    assert list(introductions(find(text)[0], text)) == [(short, full)]


def test_split_acronym() -> None:
    assert split_acronym("Joint Rescue Board") == ("Joint Rescue Board", None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Libyan Colonel Omar Said came to the General Command.", "LY"),
        ("The LNA wrote. The General Command waited.", "LY"),
        ("The Jordanian Colonel Omar Said came to the General Command.", None),
    ],
)
def test_what_others_bear_too_is_listed_at_home_only(join: Joining, text: str, country: str | None) -> None:
    records, _, _ = join(text, [])
    (record,) = [r for r in records if "General Command" in (r.name, *r.aliases)]
    assert record.country == country
