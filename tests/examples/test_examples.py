"""The packaged examples are complete, and their annotations quote what the reports say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from communique import examples
from communique.evaluation.annotation import check_annotation, read_report

REPORTS = {Path(report.name).stem: report for report in examples.reports()}


def read_gold(stem: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((examples.gold_folder() / f"{stem}.json").read_text("utf-8"))
    return gold


def engagements() -> list[dict[str, Any]]:
    return [engagement for stem in REPORTS for engagement in read_gold(stem)["engagements"]]


def test_reports_are_sorted_and_of_both_sorts() -> None:
    names = [report.name for report in examples.reports()]
    assert names == sorted(names)
    endings = Counter(Path(name).suffix for name in names)
    assert endings[".txt"] >= 11
    assert endings[".html"] >= 6


def test_every_report_has_gold_and_every_gold_a_report() -> None:
    gold = {Path(entry.name).stem for entry in examples.gold_folder().iterdir()}
    assert gold == set(REPORTS)
    assert len(REPORTS) == len(examples.reports()), "two reports share a stem"


@pytest.mark.parametrize("stem", REPORTS)
def test_annotation_holds(stem: str) -> None:
    gold, report = read_gold(stem), REPORTS[stem]
    text = read_report(report)
    assert check_annotation(gold, text) == []
    assert gold["id"] == stem
    assert gold["title"] in text
    assert gold.get("file", f"{stem}.txt") == report.name
    assert "groups" in gold, "without groups, a participant who is missing under people would go unnoticed"


@pytest.mark.parametrize("stem", REPORTS)
def test_every_listed_group_takes_part(stem: str) -> None:
    gold = read_gold(stem)
    sides = [name for engagement in gold["engagements"] for side in engagement["sides"] for name in side]
    parties = [name for commitment in gold["commitments"] for name in commitment["parties"]]
    speakers = [statement["speaker"] for statement in gold["statements"]]
    assert set(gold["groups"]) <= {*sides, *parties, *speakers}
    assert not set(gold["groups"]) & {person["name"] for person in gold["people"]}


def test_all_states_of_an_engagement_occur() -> None:
    found = {(engagement["status"], engagement["background"]) for engagement in engagements()}
    assert {("held", False), ("held", True), ("planned", False), ("cancelled", False)} <= found


def test_a_report_without_any_engagement_is_among_them() -> None:
    assert any(not read_gold(stem)["engagements"] for stem in REPORTS)


def test_two_people_of_one_report_share_a_family_name() -> None:
    families = (Counter(person["name"].split()[-1] for person in read_gold(stem)["people"]) for stem in REPORTS)
    assert any(count > 1 for family in families for count in family.values())


def test_at_least_five_events_are_told_more_than_once() -> None:
    """Same kind, same month, same country: near enough, as one report may know the day and another only the month."""
    tellings = Counter(
        event
        for stem in REPORTS
        for event in {(e["kind"], e["date"][:7], e["country"]) for e in read_gold(stem)["engagements"] if e["date"]}
    )
    assert sum(count > 1 for count in tellings.values()) >= 5, tellings.most_common(8)


def test_readme_lists_every_report() -> None:
    readme = Path(str(examples.gold_folder())).with_name("README.md").read_text("utf-8")
    assert [report.name for report in examples.reports() if f"`{report.name}`" not in readme] == []
