"""Records in words: dates as precise as they are known, sides in short."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.desk import wording
from communique.register.models import Engagement

DAY, LATER = dt.date(2031, 5, 14), dt.date(2031, 5, 16)


def engagement(**fields: object) -> Engagement:
    return Engagement(
        **{"kind": "meeting", "status": "held", "date_start": DAY, "date_end": DAY, "precision": "day", **fields}
    )


@pytest.mark.parametrize(
    ("fields", "short", "long"),
    [
        ({}, "2031-05-14", "14 May 2031"),
        ({"precision": "month"}, "2031-05", "May 2031"),
        ({"precision": "year"}, "2031", "2031"),
        ({"precision": "range", "date_end": LATER}, "2031-05-14 to 2031-05-16", "14–16 May 2031"),
        (
            {"precision": "range", "date_end": dt.date(2031, 6, 2)},
            "2031-05-14 to 2031-06-02",
            "14 May 2031 – 2 June 2031",
        ),
        ({"precision": "before", "date_start": None}, "by 2031-05-14", "by 14 May 2031"),
        ({"precision": None, "date_start": None, "date_end": None}, "no date", "no date"),
    ],
)
def test_dates(fields: dict[str, object], short: str, long: str) -> None:
    assert wording.say_when(engagement(**fields)) == short
    assert wording.say_long_date(engagement(**fields)) == long


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"place": "Tema"}, "Meeting in Tema, 14 May 2031"),
        ({"kind": "committee_session", "status": "planned"}, "Planned committee session, 14 May 2031"),
        ({"kind": "other", "status": "cancelled", "place": "Tema"}, "Cancelled engagement in Tema, 14 May 2031"),
        ({"date_start": None, "date_end": None, "precision": None}, "Meeting, undated"),
    ],
)
def test_headings(fields: dict[str, object], heading: str) -> None:
    assert wording.say_heading(engagement(**fields)) == heading


def test_long_sides_are_counted(sample: object) -> None:
    del sample
    assert wording._shorten(["A", "B", "C"]) == "A, B, C"
    assert wording._shorten(["A", "B", "C", "D"]) == "A, B, C and 1 other"
    assert wording.say_who(Engagement.objects.get(pk=1)).count(" · ") == 1


def test_countries_and_paths() -> None:
    assert [wording.country_name(code) for code in ("GH", "ZZ", None)] == ["Ghana", "ZZ", ""]
    assert [wording.record_path(code) for code in ("e17", "d3", "x1", "e", "", "e1/..")] == [
        "engagements/e17",
        "sources/d3",
        None,
        None,
        None,
        None,
    ]


def test_acts() -> None:
    assert [wording.say_act(act) for act in ("other", "expressed_concern")] == ["said", "expressed concern"]
