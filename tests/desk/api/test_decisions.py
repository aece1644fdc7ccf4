"""Decisions of programs: accepted, corrected, merged and undone on the version that was seen, or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.register.models import Actor, Engagement, Judgement
from tests.desk.api.test_tokens import make_token, program


@pytest.fixture
def decider(writing: Client) -> Client:
    """A program that may decide."""
    return program(make_token(writing, "reviewer"))


def post(asker: Client, address: str, given: dict[str, Any] | None = None) -> tuple[int, Any]:
    answer = asker.post(f"/api/1/{address}", given or {}, content_type="application/json")
    return answer.status_code, answer.json()


PAIR = {"record": "e1", "version": 1, "other": "e2", "other_version": 1, "action": "merge"}
WRITES = (
    ("decisions", {"record": "e1", "version": 1, "action": "accept"}),
    ("corrections", {"record": "e1", "version": 1, "fields": {"place": "Accra"}}),
    ("pairs", PAIR),
    ("decisions/j1/undo", {}),
)


@pytest.mark.parametrize(("address", "decision"), WRITES)
def test_without_a_token_or_the_right_nothing_is_decided(writing: Client, address: str, decision: Any) -> None:
    assert post(writing, address, decision)[0] == 401
    assert post(program(make_token(writing, "viewer")), address, decision)[0] == 403
    assert not Judgement.objects.exists()


def test_fields_are_corrected_together_and_undone_together(decider: Client) -> None:
    before = Engagement.objects.get(pk=1)
    actors = [actor.code for actor in Actor.objects.order_by("pk")[:2]]
    fields = {"place": "Accra", "date": "2031-05-06", "topics": ["border_security"], "sides": [[a] for a in actors]}
    correction = {"record": "e1", "version": before.version, "fields": fields, "note": "by a program"}
    status, made = post(decider, "corrections", correction)
    assert (status, made["record"]) == (201, "e1")
    corrected = decider.get("/api/1/engagements/e1").json()
    assert (corrected["place"], corrected["date"], corrected["review"]) == ("Accra", "2031-05-06", "corrected")
    assert len(corrected["sides"]) == 2
    assert corrected["topics"] == ["border_security"]
    assert post(decider, "corrections", correction)[0] == 409, "the record is on another version by now"

    assert post(decider, f"decisions/{made['judgement']}/undo") == (200, made)
    assert Engagement.objects.get(pk=1).place == before.place
    assert post(decider, f"decisions/{made['judgement']}/undo")[0] == 400


def test_two_records_are_merged_and_parted_again(decider: Client) -> None:
    assert post(decider, "pairs", PAIR | {"other_version": 7})[0] == 409
    assert not Judgement.objects.exists()
    status, made = post(decider, "pairs", PAIR)
    assert status == 201
    gone = decider.get("/api/1/engagements/e2")
    assert (gone.status_code, gone["Location"]) == (301, "/api/1/engagements/e1")
    assert post(decider, "pairs", PAIR)[0] == 409
    assert post(decider, f"decisions/{made['judgement']}/undo")[0] == 200
    assert decider.get("/api/1/engagements/e2").status_code == 200


def test_decisions_of_others_are_undone_by_administrators_alone(writing: Client, decider: Client) -> None:
    _, made = post(decider, "decisions", {"record": "e1", "version": 1, "action": "reject"})
    assert decider.get("/api/1/engagements/e1").status_code == 410
    Judgement.objects.update(author="somebody else")
    assert post(decider, f"decisions/{made['judgement']}/undo")[0] == 400
    administrator = program(make_token(writing, "administrator"))
    assert post(administrator, f"decisions/{made['judgement']}/undo") == (200, made)


@pytest.mark.parametrize(
    ("address", "decision", "status", "told"),
    [
        ("decisions", {"record": "e1", "version": "1", "action": "accept"}, 400, "version"),
        ("decisions", {"record": "e1", "version": True, "action": "accept"}, 400, "version"),
        ("decisions", {"record": "e1", "version": 1, "action": "burn"}, 400, "action"),
        ("decisions", {"record": "e1", "version": 1, "action": "accept", "because": "x"}, 400, "because"),
        ("decisions", {"record": "e1", "version": 1, "action": "accept", "note": "a\0b"}, 400, "note"),
        ("decisions", {"record": "e99", "version": 1, "action": "accept"}, 404, "e99"),
        ("decisions", {"record": "a1", "version": 1, "action": "reject"}, 400, "cannot be rejected"),
        ("corrections", {"record": "e1", "version": 1, "fields": {}}, 400, "fields"),
        ("corrections", {"record": "e1", "version": 1, "fields": {"colour": "red"}}, 400, "colour"),
        ("corrections", {"record": "e1", "version": 1, "fields": {"date": "soon"}}, 400, "soon"),
        ("corrections", {"record": "e1", "version": 1, "fields": {"topics": [["x"]]}}, 400, "topics"),
        ("corrections", {"record": "e1", "version": 1, "fields": {"sides": "a1"}}, 400, "sides"),
        ("corrections", {"record": "e1", "version": 1, "fields": {"sides": [["a1"], ["a1"]]}}, 400, "sides"),
        ("corrections", {"record": "e1", "version": 1, "fields": {"sides": [["a999"]]}}, 400, "a999"),
        ("pairs", PAIR | {"other": "a1"}, 400, "two records of one kind"),
        ("pairs", PAIR | {"other": "e1"}, 400, "two records of one kind"),
        ("decisions/x/undo", {}, 400, "number of a judgement"),
        ("decisions/j9/undo", {}, 400, "cannot be undone"),
    ],
)
def test_what_cannot_be_decided_is_told(decider: Client, address: str, decision: Any, status: int, told: str) -> None:
    found, error = post(decider, address, decision)
    assert (found, error["status"]) == (status, status)
    assert told in error["message"]
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"record": "\\ud800"}', "[" * 50_000])
def test_what_is_no_decision_is_told(decider: Client, body: str) -> None:
    answer = decider.post("/api/1/decisions", body, content_type="application/json")
    assert (answer.status_code, answer.json()["status"]) == (400, 400)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
CODES = st.sampled_from(("e1", "e2", "e3", "a1", "a2", "m1", "c1"))
FIELDS = st.sampled_from(
    ("kind", "status", "date", "precision", "place", "country", "topics", "sides", "name", "type", "wikidata_id", "act")
)
VALUES = JSON | st.sampled_from(("held", "visit", "2031-05-14", "month", "GH", "Q42", [], ["other"], [["a1"], ["a2"]]))
SENSIBLE = {
    "decisions": {"record": CODES, "action": st.sampled_from(("accept", "reject"))},
    "corrections": {"record": CODES, "fields": st.dictionaries(FIELDS, VALUES, min_size=1, max_size=3)},
    "pairs": {"record": CODES, "other": CODES, "action": st.sampled_from(("merge", "different"))},
}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.sampled_from(tuple(SENSIBLE)), body=JSON.map(json.dumps) | st.binary(max_size=60), data=st.data())
def test_whatever_is_to_be_decided_it_is_no_defect(
    decider: Client, address: str, body: str | bytes, data: st.DataObject
) -> None:
    """Bodies of any kind, and such as could be meant, on the versions that the records have by now."""
    assert decider.post(f"/api/1/{address}", body, content_type="application/json").status_code == 400
    given = data.draw(st.fixed_dictionaries(SENSIBLE[address]))
    for record, version in (("record", "version"), ("other", "other_version")):
        if record in given:
            given[version] = version_of(given[record])
    status, answer = post(decider, address, given)
    assert status in (201, 400, 404, 409), answer


def version_of(code: str) -> int:
    row = {"e": Engagement, "a": Actor}.get(code[0], Engagement).objects.filter(pk=int(code[1:])).first()
    return row.version if row else 1
