"""Every page answers, says what it should, and keeps to the rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from communique.desk.middleware import HEADERS, POLICY
from communique.register.models import Actor, Change, Document, Engagement, Mechanism

PAGES = (
    "/",
    "/search",
    "/search?q=patrol",
    "/engagements",
    "/engagements/e17",
    "/mechanisms",
    "/mechanisms/m1",
    "/commitments",
    "/commitments/c1",
    "/actors",
    "/actors/a1",
    "/actors/a12",
    "/actors/a12?as_at=2026-01-01",
    "/sources",
    "/sources/d3",
    "/audit",
    "/export",
    "/help",
    "/watch",
)


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_pages_keep_to_the_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    page = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", page)
    assert page.count("<h1") == 1
    assert len(re.findall(r'\sid="([^"]+)"', page)) == len(set(re.findall(r'\sid="([^"]+)"', page)))
    assert "{{" not in page
    assert "None" not in re.sub(r"<[^>]+>", " ", page)


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_an_empty_register(empty: Path, address: str) -> None:
    if re.search(r"/\w\d", address):
        address = address.partition("?")[0]
    answer = Client(headers={"host": "localhost"}).get(address)
    assert answer.status_code in (200, 404)
    assert answer.status_code == 200 or re.search(r"/\w\d", address)


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_links_within_the_pages_lead_somewhere(client: Client) -> None:
    asked: set[str] = set()
    for address in PAGES:
        for link in re.findall(r'href="(/[^"#?]*)', body(client, address)):
            if link not in asked and not link.startswith("/static/"):
                asked.add(link)
    for link in sorted(asked)[:150]:
        assert client.get(link).status_code in (200, 301), link
    assert len(asked) > 50


@pytest.mark.parametrize("name", ["engagements", "mechanisms", "commitments", "actors", "sources", "audit"])
@pytest.mark.parametrize("form", ["csv", "json", "atom"])
def test_every_list_can_be_taken_along(client: Client, name: str, form: str) -> None:
    answer = client.get(f"/{name}.{form}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"].startswith(("text/csv", "application/json", "application/atom+xml"))


def test_a_list_is_taken_along_as_it_is_filtered(client: Client) -> None:
    records = json.loads(body(client, "/engagements.json?kind=exercise"))["records"]
    assert records
    assert {record["kind"] for record in records} == {"exercise"}
    assert records[0]["url"].startswith("http://127.0.0.1/engagements/e")


def test_only_engagements_have_a_calendar(client: Client) -> None:
    assert "BEGIN:VEVENT" in body(client, "/engagements.ics")
    assert client.get("/actors.ics").status_code == 404


def test_a_number_leads_to_the_permanent_address(client: Client) -> None:
    answer = client.get("/engagements/17")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/engagements/e17")
    assert client.get("/sources/3").headers["Location"] == "/sources/d3"


def test_what_was_merged_leads_to_the_survivor(client: Client) -> None:
    merged = Engagement.objects.exclude(merged_into=None).get()
    answer = client.get(f"/engagements/{merged.code}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/engagements/e{merged.merged_into_id}")
    actor = Actor.objects.exclude(merged_into=None).get()
    assert client.get(f"/actors/{actor.code}").headers["Location"] == f"/actors/a{actor.merged_into_id}"


def test_what_was_retracted_keeps_a_page(client: Client) -> None:
    gone = Engagement.objects.exclude(retracted_at=None).get()
    page = body(client, f"/engagements/{gone.code}", 410)
    assert "Retracted" in page
    assert gone.code in page


@pytest.mark.parametrize(
    "address",
    [
        "/engagements/e99999",
        "/engagements/a1",
        "/actors/xyz",
        "/sources/d0",
        "/sources/e1",
        "/nowhere",
        "/engagements.pdf",
    ],
)
def test_what_is_not_there(client: Client, address: str) -> None:
    assert "Not found" in body(client, address, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/engagements?since=soon",
        "/engagements?page=x",
        "/actors/a1?as_at=soon",
        "/engagements?sort=best",
        "/search?q=-sea",
        "/engagements?actor=Nobody+Known",
    ],
)
def test_what_makes_no_sense_is_told(client: Client, address: str) -> None:
    assert "<h1>" in body(client, address, 400)


def test_other_hosts_are_not_answered_for(client: Client) -> None:
    assert client.get("/", headers={"host": "desk.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/", "/engagements", "/engagements/e17", "/sources/d3"])
def test_unchanged_pages_are_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == POLICY
    client.cookies["theme"] = "dark"
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_the_theme_is_remembered(client: Client) -> None:
    answer = client.post("/look", {"theme": "dark", "next": "/engagements?kind=visit"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/engagements?kind=visit")
    assert 'data-theme="dark"' in body(client, "/")
    assert client.get("/look").status_code == 405


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere.example"]
)
def test_nobody_is_led_elsewhere(client: Client, back: str) -> None:
    assert client.post("/look", {"theme": "light", "next": back}).headers["Location"] == "/"
    assert "theme" not in client.post("/look", {"theme": "<script>", "next": "/"}).cookies


def test_the_overview_has_its_charts_and_their_data(client: Client) -> None:
    page = body(client, "/")
    for name in ("timeline", "lifelines", "network", "map"):
        assert f'class="{name}"' in page
    assert page.count("Same data as a table") == 4
    assert "Borders imply no opinion" in page
    assert "200 engagements" in page


def test_an_engagement_shows_facts_with_their_evidence(client: Client) -> None:
    engagement = Engagement.objects.exclude(commitments=None).filter(report_count=1, precision="day").first()
    assert engagement is not None
    page = body(client, f"/engagements/{engagement.code}")
    for label in ("Who", "With", "What", "When", "Where", "On what", "Promised", "Said"):
        assert f"<dt>{label} " in page
    anchors = set(re.findall(r'data-evidence="([^"]*)"', page))
    for anchor in {a for group in anchors for a in group.split()}:
        assert f'id="{anchor}"' in page
    numbers = dict(re.findall(r'data-key="(\d+)"[^>]*><?[^>]*?data-evidence="[^"]*"><dt>([^<]+) <kbd', page))
    assert numbers or "data-key" in page


def test_another_source_can_be_shown_beside(client: Client) -> None:
    engagement = Engagement.objects.filter(report_count__gte=2).first()
    assert engagement is not None
    documents = list(Document.objects.filter(engagementreports__engagement=engagement))
    shown = {
        re.search(r"source (\d) of", body(client, f"/engagements/{engagement.code}?source={d.code}"))[1]
        for d in documents
    }  # type: ignore[index]
    assert len(shown) == len(documents)


def test_conflicts_between_sources_are_shown(client: Client) -> None:
    engagement = Engagement.objects.get(has_conflict=True)
    page = body(client, f"/engagements/{engagement.code}")
    assert "Sources disagree on the date" in page
    for value in engagement.conflicts[0]["values"].values():
        assert f"<b>{value}</b>" in page


def test_the_actor_as_at_a_day_knows_nothing_of_later_ones(client: Client) -> None:
    actor = Actor.objects.filter(type="person", mention_count__gt=5).order_by("pk").first()
    assert actor is not None
    days = sorted(actor.participations.exclude(day=None).values_list("day", flat=True))
    page = body(client, f"/actors/{actor.code}?as_at={days[0]}")
    assert f"/engagements/e{actor.participations.filter(day=days[-1]).first().engagement_id}" not in page  # type: ignore[union-attr]
    assert "up to" in page


def test_a_silent_mechanism_says_since_when(client: Client) -> None:
    Mechanism.objects.get(name="Fisheries Crime Committee")
    assert "No follow-up since" in body(
        client, f"/mechanisms/{Mechanism.objects.get(name='Fisheries Crime Committee').code}"
    )


def test_names_are_escaped(empty: Path) -> None:
    Actor.objects.create(type="person", name="<script>alert(1)</script>", aliases=['"><img src=x>'])
    page = Client(headers={"host": "localhost"}).get("/actors/a1").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_a_decision_shows_at_once(empty: Path) -> None:
    client = Client(headers={"host": "localhost"})
    first = client.get("/")
    assert "0 engagements" in first.content.decode()
    engagement = Engagement.objects.create(kind="meeting", status="held")
    Change.objects.create(record=engagement.code, action="created")
    again = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert "1 engagement" in again.content.decode()


def test_health(client: Client) -> None:
    assert json.loads(body(client, "/healthz"))["status"] == "ok"
    assert json.loads(body(client, "/readyz"))["status"] == "ready"


def test_not_ready_without_its_tables(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def fail(**_: Any) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr("communique.desk.views.health.last_change", fail)
    assert Client(headers={"host": "localhost"}).get("/readyz").status_code == 503


def test_a_defect_is_told_without_its_inside(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise ZeroDivisionError("the inside")

    monkeypatch.setattr("communique.desk.views.search.search", fail)
    client.raise_request_exception = False
    page = body(client, "/search?q=x", 500)
    assert "broken" in page
    assert "the inside" not in page


def test_static_files_are_named_by_their_contents(client: Client) -> None:
    page = body(client, "/help")
    assert re.search(r"/static/desk/desk\.css\?d=[0-9a-f]{12}", page)
    assert not settings.DEBUG


@pytest.mark.parametrize(
    "address",
    [
        *(f"/engagements?{name}=%00" for name in ("text", "actor", "beside", "organization", "place", "source")),
        "/engagements.json?place=a%00b",
        "/api/1/engagements?place=%00",
        "/brief?place=%00",
        "/review?place=%00",
        "/search?q=%00",
        "/actors?q=%00",
    ],
)
def test_null_characters_are_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/review/e1/correct", "/review/e1/decide", "/settings/tokens", "/watch/add", "/watch/remove"],
)
def test_null_characters_in_forms_are_refused(client: Client, address: str) -> None:
    given = {"version": "1", "action": "skip", "name": "a\0b", "role": "viewer", "watch": "a\0b"}
    answer = client.post(address, given)
    assert answer.status_code == 400
    assert b"U+0000" in answer.content
