"""Links between records follow when one of them is merged, retracted or brought back, and are those of any order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.model import Readout
from communique.register import Register
from tests.register.conftest import DATABASES, MakeRegister
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
TALKS = met(HADDOW, SENOU)
PROMISED = replace(TALKS, day="2031-05-17", promise="train divers", room="joint diving school")
FIRST, SECOND = (Paper(number=n, site=f"Outlet {n}", published="2031-05-20") for n in (1, 2))


def test_a_commitment_goes_on_with_its_engagement(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.checking import check_register
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST), tell(PROMISED, paper=SECOND))
    kept, made_at = (row.code for row in engagements())

    def made() -> str | None:
        engagement = tables.Commitment.objects.get().engagement
        assert list(check_register()) == []
        return engagement.code if engagement else None

    assert made() == made_at
    register.judge("merge", kept, by="ana", other=made_at)
    assert made() == kept
    register.undo("j1", by="ana")
    assert made() == made_at
    register.judge("reject", made_at, by="ana")
    assert made() is None
    register.undo("j2", by="ana")
    assert made() == made_at


def test_parties_go_on_as_the_actor_they_became(register: Register) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import actor, conclusions, fill

    fill(tell(met("Eva Sund", SENOU), paper=FIRST), tell(PROMISED, paper=SECOND))
    before = conclusions()
    older, younger = actor("Eva Sund").code, actor("Ruth Haddow").code
    register.judge("merge", older, by="ana", other=younger)
    for record in (*register.commitments(who=younger), *register.mechanisms(who=younger)):
        assert older in {party["id"] for party in record["parties"]}
    assert len(register.commitments(who=younger)) == len(register.mechanisms(who=younger)) == 1
    assert list(check_register()) == []
    register.undo("j1", by="ana")
    assert conclusions() == before
    assert list(check_register()) == []


def test_promises_of_two_who_prove_to_be_one_are_one(register: Register) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import actor, fill

    alone = met("Eva Sund", day="2031-05-17", promise="train divers")
    fill(tell(alone, paper=FIRST), tell(PROMISED, paper=SECOND))
    assert len(register.commitments()) == 2
    register.judge("merge", actor("Eva Sund").code, by="ana", other=actor("Ruth Haddow").code)
    assert len(register.commitments()) == 1
    assert list(check_register()) == []


def test_sides_that_people_gave_name_the_actor_they_became(register: Register) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import actor, engagements, fill

    others = met("Efua Addo", "Kofi Mensah", day="2031-01-10")
    fill(tell(met("Eva Sund", "=Volta Coast Watch"), others, paper=FIRST), tell(PROMISED, paper=SECOND))
    eva, ruth, yao = (actor(name) for name in ("Eva Sund", "Ruth Haddow", "Yao Senou"))
    judged = next(row.code for row in engagements() if str(row.day) == others.day)
    register.judge("correct", judged, by="ana", field="sides", value=[[ruth.pk], [yao.pk]])

    def took_part() -> set[str]:
        assert list(check_register()) == []
        return {p["id"] for p in register.show(judged)["participants"]}

    register.judge("merge", eva.code, by="ana", other=ruth.code)
    assert took_part() == {eva.code, yao.code}
    assert judged in {row["id"] for row in register.engagements(who=ruth.code)}
    register.undo("j2", by="ana")
    assert took_part() == {ruth.code, yao.code}


IN_POST = tell(met("Piet Maas | Secretary-General | Volta Basin Council", "Ana Duarte"), paper=FIRST)
COUNCIL = tell(met("=Volta Basin Council", "=Ghana Navy", day="2031-01-14"), paper=SECOND)
STATE = tell(met("@Ghana", "@Togo", day="2031-01-14"), paper=SECOND)
IN_SERVICE = tell(met("Piet Maas | Chief of Navy | Ghana Naval Command", "Ana Duarte"), paper=FIRST)


@pytest.mark.parametrize("pair", [(IN_POST, COUNCIL), (IN_SERVICE, STATE)], ids=["institution", "country"])
def test_posts_are_linked_in_any_order(make_register: MakeRegister, pair: tuple[Readout, Readout]) -> None:
    for database in DATABASES:
        found = []
        for order in (pair, pair[::-1]):
            register = make_register(database)
            from communique.register import models as tables
            from communique.register.store.checking import check_register
            from tests.register.filling import conclusions, fill

            for readout in order:
                fill(readout)
            found.append(conclusions())
            assert tables.Tenure.objects.exclude(organization_actor=None).count() == 1
            assert list(check_register()) == []
            if pair[0] is IN_POST:
                assert len(register.engagements(organization="Volta Basin Council")) == 2
        assert found[0] == found[1]


def test_posts_go_on_with_their_institution(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.checking import check_register
    from tests.register.filling import actor, fill

    fill(tell(met("=Council of the Volta", "Eva Sund"), paper=Paper(number=3)))
    fill(COUNCIL, IN_POST)
    older, younger = actor("Council of the Volta").code, actor("Volta Basin Council").code

    def organization() -> str:
        assert list(check_register()) == []
        body = tables.Tenure.objects.get().organization_actor
        return body.code if body else ""

    assert organization() == younger
    register.judge("merge", older, by="ana", other=younger)
    register.judge("correct", older, by="ana", field="name", value="Volta Basin Council")
    assert organization() == older
    register.judge("correct", older, by="ana", field="name", value="Council of the Volta")
    assert organization() == ""
    for judgement in ("j3", "j2", "j1"):
        register.undo(judgement, by="ana")
    assert organization() == actor("Volta Basin Council").code


def test_tenures_of_older_tables_are_found_by_their_institution(register: Register) -> None:
    from django.core.management import call_command

    from communique.register import models as tables
    from tests.register.filling import fill

    fill(IN_POST)
    call_command("migrate", "register", "0008", verbosity=0)
    call_command("migrate", "register", verbosity=0)
    assert tables.Tenure.objects.get().organization_key == "volta basin council"
    fill(COUNCIL)
    assert tables.Tenure.objects.get().organization_actor == tables.Actor.objects.get(name="Volta Basin Council")
