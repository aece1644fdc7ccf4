"""Weak reports make no record until another source, or a person, bears them out."""

from __future__ import annotations

from dataclasses import replace

from communique.register import Register
from tests.register.store.test_engagements import FIRST, SECOND, TALKS
from tests.register.telling import tell

WEAK = replace(TALKS, confidence=0.3)


def test_a_weak_report_alone_stays_a_claim(register: Register) -> None:
    from communique.register import models as tables
    from tests.register.filling import engagements, fill

    fill(tell(WEAK, paper=FIRST))
    assert list(engagements()) == []
    assert tables.EngagementReport.objects.get().engagement is None


def test_a_second_source_bears_it_out(register: Register) -> None:
    from tests.register.filling import engagements, fill

    fill(tell(WEAK, paper=FIRST))
    fill(tell(WEAK, paper=SECOND))
    (engagement,) = engagements()
    assert engagement.report_count == 2


def test_a_weak_report_is_no_problem_of_the_register(register: Register) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import fill

    fill(tell(WEAK, paper=FIRST))
    assert list(check_register()) == []
