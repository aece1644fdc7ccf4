"""check_annotation finds each sort of mistake, and says where it is."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest

from communique.evaluation.annotation import check_annotation, read_report, visible_text

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).parents[2].parent / "shared"))
TEXT = (
    "ARLON, May 3. Minister Ada Veil met Admiral Bo Tarn on\nMonday. They agreed to open a hotline. Veil thanked him."
)
GOLD: dict[str, Any] = {
    "id": "x",
    "title": None,
    "published": "2024-05-03",
    "people": [
        {
            "name": "Ada Veil",
            "aliases": ["Veil"],
            "roles": [{"title": "Minister", "organization": None, "as_written": "minister"}],
        },
        {
            "name": "Bo Tarn",
            "aliases": [],
            "roles": [{"title": "Admiral", "organization": None, "kind": "rank", "as_written": "Admiral"}],
        },
    ],
    "engagements": [
        {
            "kind": "meeting",
            "status": "held",
            "background": False,
            "date_as_written": "on Monday",
            "date": "2024-04-29",
            "place": "ARLON",
            "country": "Belgium",
            "sides": [["Ada Veil"], ["Bo Tarn"]],
            "topics": ["maritime_security"],
            "evidence": "Minister Ada Veil met Admiral Bo Tarn on\nMonday.",
        }
    ],
    "commitments": [
        {
            "parties": ["Ada Veil", "Bo Tarn"],
            "act": "agreed",
            "what": "open a hotline",
            "mechanism": "hotline",
            "evidence": "They agreed to open a hotline.",
        }
    ],
    "statements": [{"speaker": "Ada Veil", "act": "thanked", "target": "Bo Tarn", "evidence": "Veil thanked him."}],
}


def test_a_right_annotation_has_no_problems() -> None:
    assert check_annotation(GOLD, TEXT) == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("published",), "3 May 2024", "published is '3 May 2024'; write a day as 2024-08-27, or null."),
        (("people", 1, "name"), "Ada Veil", "'Ada Veil' is listed twice under people."),
        (("people", 1, "name"), "Bo Quist", "people 2: The name 'Bo Quist' does not stand in the text."),
        (("people", 0, "roles", 0, "title"), "", "people 1: A role of 'Ada Veil' has no title."),
        (("people", 1, "roles", 0, "kind"), "job", "people 2: The role kind 'job' is unknown; known are post, rank."),
        (("people", 0, "roles", 0, "as_written"), "queen", "people 1: The words 'queen' do not stand in the text."),
        (("engagements", 0, "kind"), "party", "engagements 1: The kind 'party' is unknown"),
        (("engagements", 0, "status"), "done", "engagements 1: The status 'done' is unknown"),
        (("engagements", 0, "topics"), ["sea"], "engagements 1: The topic 'sea' is unknown"),
        (("engagements", 0, "background"), None, "engagements 1: background is None; write true or false."),
        (("engagements", 0, "date"), "2024-02-30", "engagements 1: The date '2024-02-30' is not ISO"),
        (("engagements", 0, "date"), "2024", "engagements 1: The date '2024' is not ISO"),
        (("engagements", 0, "date_as_written"), "on Tuesday", "engagements 1: The words 'on Tuesday' do not"),
        (("engagements", 0, "sides"), [["Veil"]], "engagements 1: 'Veil' is a short form: write 'Ada Veil'"),
        (("engagements", 0, "sides"), [[""]], "engagements 1: '' is no name."),
        (("engagements", 0, "evidence"), "They met.", "engagements 1: The evidence 'They met.' does not stand"),
        (("engagements", 0, "evidence"), None, "engagements 1: There is no evidence."),
        (("commitments", 0, "act"), "vowed", "commitments 1: The act 'vowed' is unknown"),
        (("commitments", 0, "what"), "", "commitments 1: Nothing is said about what was committed."),
        (("statements", 0, "act"), "sang", "statements 1: The act 'sang' is unknown"),
        (("statements", 0, "speaker"), None, "statements 1: None is no name."),
    ],
)
def test_a_mistake_is_found(path: tuple[str | int, ...], value: object, problem: str) -> None:
    gold: Any = copy.deepcopy(GOLD)
    entry = gold
    for step in path[:-1]:
        entry = entry[step]
    entry[path[-1]] = value
    assert any(found.startswith(problem) for found in check_annotation(gold, TEXT)), check_annotation(gold, TEXT)


def test_with_groups_nobody_unlisted_may_take_part() -> None:
    gold = copy.deepcopy(GOLD)
    gold["engagements"][0]["sides"][1] = ["the navy"]
    assert check_annotation(gold, TEXT) == []
    gold["groups"] = []
    assert check_annotation(gold, TEXT) == ["engagements 1: 'the navy' stands neither under people nor under groups."]
    gold["groups"] = ["the navy"]
    assert check_annotation(gold, TEXT) == []


def test_a_month_is_a_date() -> None:
    gold = copy.deepcopy(GOLD)
    gold["engagements"][0]["date"] = "2024-04"
    assert check_annotation(gold, TEXT) == []


def test_missing_keys_and_wrong_types_come_first() -> None:
    assert check_annotation({"title": None, "published": None, "people": [], "engagements": []}, TEXT) == [
        "The key 'commitments' is missing.",
        "The key 'statements' is missing.",
    ]
    assert check_annotation({**GOLD, "people": {}}, TEXT) == ["people is not a list."]


def test_visible_text_joins_inline_and_parts_blocks() -> None:
    page = """<html><head><title>Out</title><script>no()</script></head><body><nav>Home</nav>
    <p>The <a href="/x">new
    port</a>, they&nbsp;said.</p><!-- no --><ul><li>One</li><li>Two</li></ul><style>p{}</style>tail</body></html>"""
    assert visible_text(page) == "Home\nThe new port, they said.\nOne\nTwo\ntail"


def test_read_report_takes_text_as_it_is_and_pages_as_seen(tmp_path: Path) -> None:
    plain, page = tmp_path / "a.txt", tmp_path / "a.html"
    plain.write_text("two  blanks <b>\n", "utf-8")
    page.write_text("<p>two  blanks</p>", "utf-8")
    assert read_report(plain) == "two  blanks <b>\n"
    assert read_report(page) == "two blanks"


@pytest.mark.shared
def test_given_gold_holds() -> None:
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there; set COMMUNIQUE_SHARED to the shared folder")
    files = sorted(folder.glob("*/*.json"))
    problems = {
        f"{path.parent.name}/{path.stem}": found
        for path in files
        if (found := check_annotation(json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8")))
    }
    assert files
    assert problems == {}
