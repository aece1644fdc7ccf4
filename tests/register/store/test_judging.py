"""Judgements: they win over what was derived, can be undone in any order, and two people never overrun each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.errors import RecordNotFound, RegisterError, StaleDecision
from communique.register import Register
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
TALKS = met(HADDOW, SENOU)
FIRST, SECOND, THIRD = (Paper(number=n, site=f"Outlet {n}") for n in (1, 2, 3))
WEEK_LATER = replace(TALKS, day="2031-03-17")


def test_an_accepted_record_says_so_until_that_is_undone(register: Register) -> None:
    from communique.register.store.judging import Decision, accept, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS))
    judgement = accept(Decision(code="e1", author="ama"))
    assert engagements()[0].review == "accepted"
    undo(judgement, "kofi")
    assert engagements()[0].review == "unreviewed"
    assert (judgement.pk, type(judgement).objects.get().undone_by) == (1, "kofi")  # undone, never deleted


def test_a_correction_stands_whatever_later_reports_say(register: Register) -> None:
    from communique.register.store.judging import Decision, correct, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST))
    place = correct(Decision(code="e1", author="ama"), "place", "Kumasi")
    correct(Decision(code="e1", author="ama"), "date", "2031-03-09")
    fill(tell(TALKS, paper=SECOND), tell(TALKS, paper=THIRD))
    (engagement,) = engagements()
    assert (engagement.place, str(engagement.day), engagement.report_count) == ("Kumasi", "2031-03-09", 3)
    assert engagement.summary == "Meeting of Ruth Haddow with Yao Senou in Kumasi, 9 March 2031"
    undo(place, "ama")
    (engagement,) = engagements()
    assert (engagement.place, str(engagement.day), engagement.review) == ("Accra", "2031-03-09", "corrected")


def test_of_two_corrections_of_one_field_the_later_stands(register: Register) -> None:
    from communique.register.store.judging import Decision, correct, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS))
    first = correct(Decision(code="e1", author="ama"), "kind", "visit")
    second = correct(Decision(code="e1", author="kofi"), "kind", "call")
    assert engagements()[0].kind == "call"
    undo(first, "ama")
    assert engagements()[0].kind == "call"
    undo(second, "kofi")
    assert engagements()[0].kind == "meeting"


def test_a_rejected_record_leaves_a_tombstone_and_comes_back_under_its_number(register: Register) -> None:
    from communique.register.store.codes import find_record
    from communique.register.store.finding import find_engagements
    from communique.register.store.judging import Decision, reject, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS))
    judgement = reject(Decision(code="e1", author="ama", note="an advertisement"))
    assert engagements() == []
    assert not find_engagements().exists()
    assert find_record("e1").retracted_at is not None
    with pytest.raises(StaleDecision, match="e1 was merged or retracted"):
        reject(Decision(code="e1", author="kofi"))
    undo(judgement, "ama")
    assert [engagement.code for engagement in engagements()] == ["e1"]
    assert engagements()[0].summary == "Meeting of Ruth Haddow with Yao Senou in Accra, 10 March 2031"


def test_what_is_taken_back_already_is_not_taken_back_twice(register: Register) -> None:
    from communique.register.store.judging import Decision, accept, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS))
    judgement = accept(Decision(code="e1", author="ama"))
    undo(judgement, "ama")
    with pytest.raises(RecordNotFound, match="j1 has been taken back already"):
        undo(judgement, "kofi")
    assert engagements()[0].review == "unreviewed"
    assert type(judgement).objects.get().undone_by == "ama"


def test_records_that_are_said_to_be_the_same_become_one_and_part_again_under_their_numbers(register: Register) -> None:
    from communique.register.store.judging import Decision, merge, undo
    from tests.register.filling import conclusions, engagements, fill

    fill(tell(TALKS, paper=FIRST), tell(WEEK_LATER, paper=SECOND))
    before = conclusions()["engagements"]
    judgement = merge(Decision(code="e2", author="ama"), "e1")
    (engagement,) = engagements()
    assert (engagement.code, engagement.report_count) == ("e1", 2)
    undo(judgement, "ama")
    assert [engagement.code for engagement in engagements()] == ["e1", "e2"]
    assert conclusions()["engagements"] == before


def test_merged_records_part_under_their_numbers_in_any_order(register: Register) -> None:
    from communique.register.store.codes import find_record, find_survivor
    from communique.register.store.judging import Decision, merge, undo
    from tests.register.filling import engagements, fill

    days = ("2031-03-10", "2031-05-17", "2031-07-17")
    told = [replace(TALKS, day=day) for day in days]
    fill(tell(told[0], paper=FIRST), tell(told[1], paper=SECOND), tell(told[2], paper=THIRD))
    fill(*(tell(told[1], paper=Paper(number=n, site=f"Outlet {n}")) for n in (4, 5)))  # the younger has more reports
    before = [(e.code, str(e.day), e.report_count) for e in engagements()]
    first = merge(Decision(code="e3", author="ama"), "e2")
    second = merge(Decision(code="e2", author="ama"), "e1")
    assert [(e.code, e.report_count) for e in engagements()] == [("e1", 5)]
    undo(first, "ama")
    undo(second, "ama")
    assert [(e.code, str(e.day), e.report_count) for e in engagements()] == before
    again = merge(Decision(code="e3", author="ama"), "e2")
    last = merge(Decision(code="e2", author="ama"), "e1")
    undo(last, "ama")
    assert find_survivor(find_record("e3")).code == "e2"
    undo(again, "ama")
    assert [(e.code, str(e.day), e.report_count) for e in engagements()] == before


def test_a_rejected_record_comes_back_as_one_with_what_was_reported_since(register: Register) -> None:
    from communique.register.store.codes import find_record, find_survivor
    from communique.register.store.judging import Decision, reject, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST))
    judgement = reject(Decision(code="e1", author="ama"))
    fill(tell(TALKS, paper=SECOND))
    assert [e.code for e in engagements()] == ["e2"]
    undo(judgement, "ama")
    assert [(e.code, e.report_count) for e in engagements()] == [("e1", 2)]
    assert find_survivor(find_record("e2")).code == "e1"


def test_a_record_that_was_split_stays_split_when_more_is_reported(register: Register) -> None:
    from communique.register.store.judging import Decision, claim_keys, split, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST), tell(TALKS, paper=SECOND))
    (engagement,) = engagements()
    keys = claim_keys(engagement)
    with pytest.raises(RegisterError, match="some, not all"):
        split(Decision(code="e1", author="ama"), keys)
    judgement = split(Decision(code="e1", author="ama"), keys[:1])
    assert [engagement.report_count for engagement in engagements()] == [1, 1]
    fill(tell(TALKS, paper=THIRD))
    assert sorted(engagement.report_count for engagement in engagements()) == [1, 2]
    undo(judgement, "ama")
    assert [(engagement.code, engagement.report_count) for engagement in engagements()] == [("e1", 3)]


def test_two_records_that_would_merge_are_kept_apart(register: Register) -> None:
    from communique.register.store.judging import Decision, keep_apart
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST), tell(WEEK_LATER, paper=SECOND))
    keep_apart(Decision(code="e1", author="ama"), "e2")
    fill(tell(replace(TALKS, day="2031-03-10/2031-03-17"), paper=THIRD))
    assert len(engagements()) == 2


@pytest.mark.parametrize("verb", ["merge", "keep_apart"])
def test_a_record_that_is_gone_can_be_neither_the_same_nor_another(register: Register, verb: str) -> None:
    from communique.register import models as tables
    from communique.register.store import judging
    from tests.register.filling import fill

    later = (replace(TALKS, day=day) for day in ("2031-03-17", "2031-05-17", "2031-07-17"))
    fill(tell(TALKS, paper=FIRST), *(tell(told, paper=Paper(number=n)) for n, told in enumerate(later, start=2)))
    judging.reject(judging.Decision(code="e2", author="ama"))
    judging.merge(judging.Decision(code="e3", author="ama"), "e4")
    for gone in ("e2", "e4"):
        with pytest.raises(StaleDecision, match=f"{gone} was merged or retracted"):
            getattr(judging, verb)(judging.Decision(code="e1", author="ama"), gone)
    assert tables.Judgement.objects.count() == 2


def test_namesakes_are_parted_and_joined_by_people(register: Register) -> None:
    from communique.register.store.codes import find_record, find_survivor
    from communique.register.store.judging import Decision, keep_apart, merge, undo
    from tests.register.filling import actor, conclusions, fill

    fill(
        tell(met("Kofi Asante | Mayor | Tema", SENOU), paper=FIRST),
        tell(met("Kofi A. Asanti | Chief of Navy | Ghana", "Eva Sund", day="2031-08-01"), paper=SECOND),
    )
    before = conclusions()
    one, other = actor("Kofi Asante"), actor("Kofi A. Asanti")
    same = merge(Decision(code=one.code, author="ama"), other.code)
    assert actor("Kofi A. Asanti").pk == one.pk
    assert find_survivor(find_record(other.code)).pk == one.pk
    undo(same, "ama")
    assert conclusions() == before
    assert (actor("Kofi Asante").pk, actor("Kofi A. Asanti").pk) == (one.pk, other.pk)
    different = keep_apart(Decision(code=one.code, author="ama"), other.code)
    undo(different, "ama")
    assert conclusions() == before


def test_a_batch_is_undone_together(register: Register) -> None:
    from communique.register.store.judging import Decision, accept, new_batch, reject, undo
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST), tell(WEEK_LATER, paper=SECOND))
    batch = new_batch()
    accept(Decision(code="e1", author="ama", batch=batch))
    judgement = reject(Decision(code="e2", author="ama", batch=batch))
    assert [engagement.review for engagement in engagements()] == ["accepted"]
    undo(judgement, "ama")
    assert [engagement.review for engagement in engagements()] == ["unreviewed", "unreviewed"]


def test_who_saw_an_older_version_is_told_so_and_nothing_is_lost(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.judging import Decision, correct
    from tests.register.filling import engagements, fill

    fill(tell(TALKS))
    seen = engagements()[0].version
    correct(Decision(code="e1", author="ama", version=seen), "kind", "visit")
    with pytest.raises(StaleDecision, match=f"you saw {seen}"):
        correct(Decision(code="e1", author="kofi", version=seen), "kind", "call")
    assert engagements()[0].kind == "visit"
    assert tables.Judgement.objects.count() == 1


def test_every_decision_is_in_the_log_with_who_and_why(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.judging import Decision, correct
    from tests.register.filling import fill

    fill(tell(TALKS))
    correct(Decision(code="e1", author="ama", note="the photograph"), "kind", "visit")
    judged, updated = tables.Change.objects.filter(record="e1", author="ama").order_by("pk")
    assert (judged.action, judged.what["note"]) == ("judged", "the photograph")
    assert (updated.action, updated.what["kind"]) == ("updated", ["meeting", "visit"])


@pytest.mark.parametrize(("code", "field"), [("e1", "summary"), ("e1", "pk"), ("a1", "kind")])
def test_what_cannot_be_corrected_is_refused(register: Register, code: str, field: str) -> None:
    from communique.register.store.judging import Decision, correct
    from tests.register.filling import fill

    fill(tell(TALKS))
    with pytest.raises(RegisterError, match="cannot be corrected"):
        correct(Decision(code=code, author="ama"), field, "x")


def test_records_of_two_kinds_cannot_be_one(register: Register) -> None:
    from communique.register.store.judging import Decision, merge
    from tests.register.filling import fill

    fill(tell(TALKS))
    with pytest.raises(RegisterError, match="cannot be compared"):
        merge(Decision(code="e1", author="ama"), "a1")
    with pytest.raises(RecordNotFound, match="x9"):
        merge(Decision(code="e1", author="ama"), "x9")


@pytest.mark.parametrize("code", ["x1", "", "17"])
def test_an_unknown_code_is_told(register: Register, code: str) -> None:
    from communique.register.store.judging import Decision, accept, correct

    with pytest.raises(RecordNotFound):
        accept(Decision(code=code, author="ama"))
    with pytest.raises(RecordNotFound):
        correct(Decision(code=code, author="ama"), "kind", "visit")


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", "tomorrow"), ("kind", "party"), ("country", "Ghana"), ("topics", "border_security"), ("sides", [[999]])],
)
def test_a_value_that_cannot_be_is_refused_and_changes_nothing(register: Register, field: str, value: object) -> None:
    from communique.register import models as tables
    from communique.register.store.judging import Decision, correct
    from tests.register.filling import conclusions, fill

    fill(tell(TALKS))
    before = conclusions()
    with pytest.raises(RegisterError, match=field):
        correct(Decision(code="e1", author="ama"), field, value)
    assert conclusions() == before
    assert not tables.Judgement.objects.exists()
