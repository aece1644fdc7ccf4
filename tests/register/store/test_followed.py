"""Claims that are followed together: those of a record come whole, for it is written from all of its own."""

from __future__ import annotations

import pytest

from communique.model import Readout
from communique.register import Register
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
REPORTS = 6


def _report(number: int, room: str = "Volta joint operations room") -> Readout:
    told = met(HADDOW, SENOU, day=f"2031-03-{number:02}", room=room, step="reaffirmed" if number > 1 else "announced")
    return tell(told, paper=Paper(number=f"{room} {number}", published=f"2031-03-{number + 1:02}"))


def test_a_record_of_more_claims_than_are_followed_goes_on_whole(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.register import models as tables
    from communique.register.store import followed
    from tests.register.filling import LIVE, fill

    fill(*(_report(number) for number in range(1, REPORTS + 1)))
    before = tables.Mechanism.objects.get(**LIVE)
    monkeypatch.setattr(followed, "TOGETHER", 2)
    fill(_report(REPORTS + 1))
    mechanism = tables.Mechanism.objects.get(**LIVE)
    assert mechanism.steps.count() == mechanism.step_count == REPORTS + 1
    assert (mechanism.pk, mechanism.first_day) == (before.pk, before.first_day)
    assert before.step_count == REPORTS
