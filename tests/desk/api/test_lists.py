"""The API: pages of lists and records as JSON, errors too, and whatever is asked, never a server error."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.desk.views.lists import LISTINGS
from communique.register.models import Engagement

NAMES = tuple(LISTINGS)
WORDS = st.text(max_size=40) | st.sampled_from(
    ("", "0", "-1", "1e9", "e1", "NG", "newest", "\0", "9" * 30, "a1", "visit")
)
FIELDS = sorted({field.name for listing in LISTINGS.values() for field in listing.fields} | {"sort", "page"})


def test_a_list_goes_on_to_its_last_page(client: Client) -> None:
    address, found = "/api/1/engagements?sort=oldest", []
    while address:
        page = client.get(address).json()
        found += [record["id"] for record in page["records"]]
        address = page["next"]
    assert len(found) == len(set(found)) == page["count"]


@pytest.mark.parametrize("name", NAMES)
def test_lists_are_filtered_and_say_the_same_as_their_other_forms(client: Client, name: str) -> None:
    page = client.get(f"/api/1/{name}").json()
    answer = client.get(f"/{name}.json")
    whole = json.loads(b"".join(answer.streaming_content))["records"]  # type: ignore[attr-defined]
    assert page["records"] == whole[:50]
    assert page["count"] == len(whole)
    visits = client.get("/api/1/engagements?kind=visit").json()
    assert {record["kind"] for record in visits["records"]} == {"visit"}


def test_records(client: Client) -> None:
    record = client.get("/api/1/engagements/e1").json()
    assert (record["id"], record["version"]) == ("e1", 1)
    assert record["url"] == "http://127.0.0.1/engagements/e1"
    assert client.get("/api/1/sources/d1").json()["id"] == "d1"
    retracted = Engagement.objects.exclude(retracted_at=None).get().code
    assert client.get(f"/api/1/engagements/{retracted}").status_code == 410
    merged = Engagement.objects.exclude(merged_into=None).first()
    if merged is not None:
        answer = client.get(f"/api/1/engagements/{merged.code}")
        assert answer["Location"] == f"/api/1/engagements/e{merged.merged_into_id}"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/1/engagements?since=soon", 400),
        ("/api/1/engagements?page=999", 400),
        ("/api/1/engagements?page=x", 400),
        ("/api/1/engagements/e999999", 404),
        ("/api/1/engagements/a1", 404),
        ("/api/1/sources/d99999999999999999999", 404),
        ("/api/1/audit/1", 404),
        ("/api/1/nothing", 404),
        ("/api/1/actors?sort=wrong", 400),
        ("/api/2/engagements", 404),
    ],
)
def test_errors_are_told_as_json(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["message"]


def test_other_methods_are_refused_as_json(client: Client) -> None:
    answer = client.delete("/api/1/engagements")
    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert "GET" in answer["Allow"]
    head = client.head("/api/1/engagements")
    assert (head.status_code, head.content) == (200, b"")


def test_several_values_of_a_filter_are_alternatives(client: Client) -> None:
    both = client.get("/api/1/engagements?kind=visit&kind=meeting").json()
    assert {record["kind"] for record in both["records"]} == {"visit", "meeting"}
    alone = [client.get(f"/api/1/engagements?kind={kind}").json()["count"] for kind in ("visit", "meeting")]
    assert both["count"] == sum(alone)


def test_the_description_describes_what_there_is(client: Client) -> None:
    described = client.get("/api/1/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert described["openapi"].startswith("3.1")
    for path, verbs in described["paths"].items():
        if "get" in verbs and "{code}" not in path:
            page = client.get(path).json()
            name = verbs["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            schema = schemas[name]
            assert set(schema["required"]) == set(page)
            item = schemas[schema["properties"]["records"]["items"]["$ref"].rpartition("/")[2]]
            for record in page["records"][:3]:
                assert set(item["required"]) == set(record)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), query=st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=4))
def test_whatever_a_list_is_asked_it_is_no_defect(client: Client, name: str, query: dict[str, str]) -> None:
    answer = client.get(f"/api/1/{name}", query)
    assert answer.status_code in (200, 400, 429)
    assert answer.json()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(NAMES), code=st.text(min_size=1, max_size=30) | st.from_regex(r"[a-z]\d{1,25}", fullmatch=True)
)
def test_whatever_record_is_asked_for_it_is_no_defect(client: Client, name: str, code: str) -> None:
    assert client.get(f"/api/1/{name}/{quote(code, safe='')}").status_code in (200, 301, 400, 404, 410, 429)
