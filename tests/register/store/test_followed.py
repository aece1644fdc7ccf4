"""Claims that are followed together: those of a record come whole, for it is written from all of its own."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.model import Readout
from communique.register import Register
from tests.register.telling import Paper, filler, met, tell

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


def test_a_copy_that_spells_a_name_otherwise_belongs_to_the_mechanism(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.checking import check_conclusions
    from tests.register.filling import LIVE, fill

    room = "Volta joint operations room"
    told = met(HADDOW, SENOU, room=room)
    shouted = met(HADDOW, SENOU, room=room.upper())
    fill(*(tell(one, paper=Paper(number=n, filler=filler("same"))) for n, one in enumerate((told, shouted), 1)))
    assert tables.Document.objects.filter(copy_of__isnull=False).count() == 1
    mechanism = tables.Mechanism.objects.get(**LIVE)
    assert (mechanism.steps.count(), mechanism.step_count) == (2, 1)
    assert list(check_conclusions()) == []


def test_a_promise_is_silent_since_the_day_that_people_gave_it(register: Register) -> None:
    from tests.register.filling import fill

    fill(tell(met("Ruth Haddow | Defence Minister | Ghana", "Eva Sund", day="2031-03-10", promise="train divers")))
    (told,) = register.commitments()
    assert (told["day"], told["last_day"]) == ("2031-03-10", "2031-03-10")
    register.judge("correct", told["id"], by="ama", field="day", value="2032-01-09")
    (corrected,) = register.commitments()
    assert (corrected["day"], corrected["last_day"]) == ("2032-01-09", "2032-01-09")
    assert register.commitments(stale_days=30, as_at=dt.date(2032, 1, 20)) == []
    assert len(register.commitments(stale_days=30, as_at=dt.date(2032, 3, 20))) == 1
    register.undo("j1", by="ama")
    assert [c["last_day"] for c in register.commitments()] == ["2031-03-10"]
