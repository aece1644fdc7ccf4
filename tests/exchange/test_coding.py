"""Codes for event data."""

from __future__ import annotations

import pytest

from communique.exchange.coding import alpha3, packaged_coding
from communique.model.vocabulary import COMMITMENT_ACTS, ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, STATEMENT_ACTS, TOPICS


def test_every_word_of_the_vocabulary_has_its_code() -> None:
    coding = packaged_coding()
    coded = [coding.of_engagement(kind, status, 2) for kind in ENGAGEMENT_KINDS for status in ENGAGEMENT_STATUSES]
    coded += [coding.of_commitment(act) for act in COMMITMENT_ACTS]
    coded += [coding.of_statement(act) for act in STATEMENT_ACTS]
    assert {coding.quad(code.type) for code in coded if code} == {1, 2, 3}
    assert all(coding.contexts([topic]) for topic in TOPICS if topic != "other")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["Minister of Defence"], ["MIL", "GOV"]),
        (["Secretary-General, United Nations"], ["IGO"]),
        (["Chief of Staff of the Coast Guard"], ["COP", "MIL"]),
        (["Speaker of the House of Representatives"], ["LEG"]),
        (["President"], ["GOV"]),
        (["Newspaper editor"], ["JRN"]),
        (["Presidential candidate"], []),
        (["Généralissime"], []),
        ([], []),
    ],
)
def test_sectors_come_from_whole_words(words: list[str], codes: list[str]) -> None:
    assert packaged_coding().sectors_of("person", words) == codes


def test_codes_are_those_of_the_manual() -> None:
    coding = packaged_coding()
    signing = coding.of_engagement("signing", "held", 2)
    assert signing is not None
    assert (signing.type, coding.of_commitment("signed").type) == ("SUPPORT", "SUPPORT")
    assert coding.contexts(["ceasefire_deescalation", "institutional_unification"]) == [
        "military",
        "political_institutions",
    ]


def test_a_country_is_its_government() -> None:
    assert packaged_coding().sectors_of("country", ["Navyland"]) == ["GOV"]


def test_countries_have_three_letters() -> None:
    assert (alpha3()["LY"], alpha3()["US"]) == ("LBY", "USA")
