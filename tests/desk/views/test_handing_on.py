"""Briefs of a list, and watches with feeds that their address alone opens."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.test import Client

from communique.register import open_register
from communique.register.models import Watch
from tests.desk.sample_register import fill


@pytest.fixture
def desk(tmp_path: Path) -> Client:
    """A desk on a register of its own, which may be written to."""
    open_register(tmp_path / "desk.db", create=True)
    fill()
    return Client(headers={"host": "127.0.0.1"})


@pytest.mark.parametrize(("form", "start"), [("html", b"<!doctype html"), ("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_brief_of_a_filtered_list(client: Client, form: str, start: bytes) -> None:
    answer = client.get("/brief", {"title": "Patrols", "format": form, "kind": "meeting"})
    assert answer.status_code == 200
    assert answer.content.lower().startswith(start.lower())
    assert "attachment" in answer["Content-Disposition"]


def test_a_brief_without_a_title_is_called_by_its_day(client: Client) -> None:
    answer = client.get("/brief", {"format": "markdown"})
    assert answer.content.decode().startswith("# Brief as at ")


def test_a_brief_that_cannot_be_made_says_why(client: Client) -> None:
    for fields in ({"format": "exe"}, {"kind": "party"}):
        answer = client.get("/brief", fields)
        assert answer.status_code == 400
        assert "hoose from" in answer.content.decode()


def test_the_list_leads_to_its_brief_and_its_watch(client: Client) -> None:
    page = client.get("/engagements", {"kind": "meeting"}).content.decode()
    assert re.search(r'action="/brief".*name="kind" value="meeting"', page)
    assert 'href="/watch?kind=meeting"' in page


def test_a_watch_has_feeds_until_it_is_removed(desk: Client) -> None:
    fields = {"name": "Meetings", "event": "matches", "kind": "meeting", "from_start": "1"}
    assert desk.post("/watch/add", fields).status_code == 302
    watch = Watch.objects.get()
    page = desk.get("/watch").content.decode()
    assert "Meetings" in page
    atom, feed = (desk.get(f"/watch/{watch.token}.{form}") for form in ("atom", "json"))
    assert ET.fromstring(atom.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert json.loads(feed.content)["items"][0]["url"].startswith("http://127.0.0.1/engagements/e")
    assert desk.post("/watch/remove", {"name": "Meetings"}).status_code == 302
    assert desk.get(f"/watch/{watch.token}.atom").status_code == 404


def test_a_watch_that_cannot_be_made_says_why(desk: Client) -> None:
    answer = desk.post("/watch/add", {"name": "", "event": "matches"})
    assert answer.status_code == 400
    assert "no name for a watch" in answer.content.decode()
    assert desk.get("/watch", {"kind": "party"}).status_code == 400
