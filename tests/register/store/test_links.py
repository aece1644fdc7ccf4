"""Links between records follow when one of them is merged, retracted or brought back, and are those of any order."""

from __future__ import annotations

from dataclasses import replace

from communique.register import Register
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
