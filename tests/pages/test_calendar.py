from __future__ import annotations

import datetime as dt

import pytest

from communique.pages.calendar import date_finder, settle_order
from communique.pages.opening import default_lexicon


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("September 23, 2024", "2024-09-23"),
        ("Sept. 9, 2024 |", "2024-09-09"),
        ("27/01/2026 - 20:12", "2026-01-27"),
        ("11.12.2025", "2025-12-11"),
        ("3. 9. 2024. -", "2024-09-03"),
        ("2025-12-11", "2025-12-11"),
        ("2025-08-13T19:05:11+00:00", "2025-08-13"),
        ("2023/01/17 | 14:02", "2023-01-17"),
        ("Friday 18 April 2025", "2025-04-18"),
        ("FRİDAY, 18 APRİL 2025", "2025-04-18"),
        ("Frıday, ſeptember 9, 2025", "2025-09-09"),
        ("Entebbe, 9th May 2025", "2025-05-09"),
        ("Thimphu | 22 Mar, 2025", "2025-03-22"),
        ("miércoles 10 de julio de 2024", "2024-07-10"),
        ("April 28 (2026) Vice", "2026-04-28"),
        ("05/23/2025", "2025-05-23"),
        ("2025年12月7日", "2025-12-07"),
    ],
)
def test_forms(text: str, day: str) -> None:
    assert [found.day.isoformat() for found in date_finder(default_lexicon()).find(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "27-28 March 2025",
        "March 2025",
        "Nov 20:",
        "31 February 2024",
        "version 1.2.2024.5",
        "12 May 1066",
        "PR-204/2025",
        "10/2025",
    ],
)
def test_what_is_no_full_day(text: str) -> None:
    assert date_finder(default_lexicon()).find(text) == []


@pytest.mark.parametrize(
    ("text", "month_first", "day"),
    [
        ("08/01/2026", False, "2026-01-08"),
        ("08/01/2026", True, "2026-08-01"),
        ("Sunday 05/08/2018", True, "2018-08-05"),
        ("Tuesday 05/08/2018", False, "2018-05-08"),
        ("08/01/2026, August 1, 2026", False, "2026-08-01"),
    ],
)
def test_ambiguous_order(text: str, month_first: bool, day: str) -> None:
    found = settle_order(date_finder(default_lexicon()).find(text), month_first=month_first)
    assert found[0].day == dt.date.fromisoformat(day)
    assert found[0].other is None
