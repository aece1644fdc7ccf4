"""Checking: each kind of damage is found, and a whole register has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from communique.register import Register
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
REPORTS = (
    tell(met(HADDOW, SENOU, promise="open a joint room", room="joint operations room"), paper=Paper(says="We agree.")),
    tell(met(HADDOW, SENOU), paper=Paper(number=2, site="Herald")),
)


def _change(table: str, **values: Any) -> Callable[[Any], None]:
    def damage(tables: Any) -> None:
        row = getattr(tables, table).objects.order_by("pk")[:1].get()
        getattr(tables, table).objects.filter(pk=row.pk).update(**values)

    return damage


def _wrong_bytes(tables: Any) -> None:
    from communique.register.store.packing import pack

    tables.Content.objects.update(original=pack(b"something else"))


def _wrong_text(tables: Any) -> None:
    from communique.register.store.packing import pack

    tables.Content.objects.update(text=pack("Another text altogether."))


def _no_content(tables: Any) -> None:
    tables.Content.objects.all().delete()


def _rotten_content(tables: Any) -> None:
    tables.Content.objects.update(text=b"rotten", original=b"rotten", readout=b"rotten")


def _self_merged(tables: Any) -> None:
    actor = tables.Actor.objects.order_by("pk")[0]
    tables.Actor.objects.filter(pk=actor.pk).update(merged_into=actor)


def _ring(tables: Any) -> None:
    first, second = tables.Actor.objects.order_by("pk")[:2]
    tables.Actor.objects.filter(pk=first.pk).update(merged_into=second)
    tables.Actor.objects.filter(pk=second.pk).update(merged_into=first)


def _other_actor(tables: Any) -> None:
    first, second = tables.ReportParticipant.objects.order_by("pk")[:2]
    tables.ReportParticipant.objects.filter(pk=first.pk).update(actor=second.actor)


def _other_participant(tables: Any) -> None:
    tables.EngagementParticipant.objects.order_by("pk")[0].delete()


def _parties_gone(tables: Any) -> None:
    tables.Mechanism.objects.get().parties.clear()


def _another_party(tables: Any) -> None:
    tables.Commitment.objects.get().parties.add(tables.Actor.objects.create(type="person", name="Eva Sund"))


def _sides_of_somebody_else(tables: Any) -> None:
    from communique.register.store.judging import Decision, correct

    correct(Decision(code="e1", author="ama"), "sides", [[1], [2]])
    tables.EngagementParticipant.objects.filter(actor=2).delete()


def _unindexed(tables: Any) -> None:
    from communique.register import text_search

    engagement = tables.Engagement.objects.get()
    text_search.forget_text(text_search.ENGAGEMENTS, engagement.pk, engagement.search_text)


DAMAGES = {
    "bytes of another file": (_wrong_bytes, "digest"),
    "another text": (_wrong_text, "does not stand"),
    "no content": (_no_content, "content is missing"),
    "content that cannot be unpacked": (_rotten_content, "cannot be unpacked"),
    "a quotation changed": (
        _change("Mention", evidence=[{"quote": "Nobody", "start": 0, "end": 6}]),
        "'Nobody' does not stand at 0",
    ),
    "a document not derived": (_change("Document", is_derived=False), "not derived"),
    "a mention of nobody": (_change("Mention", profile=None), "belongs to no actor"),
    "a report of nothing": (_change("EngagementReport", engagement=None), "belongs to no engagement"),
    "a participant with the wrong actor": (_other_actor, "another actor"),
    "an actor merged into itself": (_self_merged, "merged into itself"),
    "two actors merged into each other": (_ring, "no end"),
    "a participant gone": (_other_participant, "participant"),
    "a wrong count": (_change("Engagement", report_count=7), "7"),
    "another place": (_change("Engagement", place="Nowhere"), "Its place: Nowhere"),
    "another day": (_change("Engagement", date_start="2031-01-01"), "Its date: "),
    "not indexed": (_unindexed, "full-text"),
    "a step of no mechanism": (_change("MechanismStep", mechanism=None), "belongs to no mechanism"),
    "a commitment made nowhere": (_change("Commitment", engagement=None), "made at none, its reports say at e1"),
    "a post of no institution": (_change("Tenure", organization_actor=None), "is not linked to"),
    "parties gone": (_parties_gone, "m1: Its parties"),
    "a party too many": (_another_party, "c1: Its parties"),
    "sides of somebody else": (_sides_of_somebody_else, "participants"),
    "a promise of no commitment": (_change("CommitmentReport", commitment=None), "belongs to no commitment"),
}


def test_a_whole_register_has_no_problem(register: Register) -> None:
    from communique.register.store.checking import check_register
    from communique.register.store.judging import Decision, reject
    from tests.register.filling import fill

    fill(*REPORTS)
    assert list(check_register()) == []
    reject(Decision(code="e1", author="ama"))
    assert list(check_register()) == []


@pytest.mark.parametrize(("damage", "words"), DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_found(register: Register, damage: Callable[[Any], None], words: str) -> None:
    from communique.register import models as tables
    from communique.register.store.checking import check_register
    from tests.register.filling import fill

    fill(*REPORTS)
    damage(tables)
    assert words in " ".join(f"{problem.record}: {problem.message}" for problem in check_register())
