"""A newer reader reads a kept document again: claims are replaced, what people judged stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.model import Block, Readout
from communique.register import Register
from tests.register.telling import Paper, Told, filler, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
ADDO = "Efua Addo | Chief of Staff | Ghana"
TALKS = met(HADDOW, SENOU, promise="train divers", room="joint diving school")
VISIT = met(ADDO, "=Volta Coast Watch", day="2031-04-02", place="Lomé, TG", kind="visit")
REPORT = tell(TALKS, VISIT, paper=Paper(number=1))
OTHER = tell(met(HADDOW, SENOU), paper=Paper(number=2, site="Herald"))


def read_anew(readout: Readout) -> Readout:
    """The same document, read by a newer reader that numbers what it finds from the end."""
    numbers = {e.id: f"e{len(readout.engagements) - i}" for i, e in enumerate(readout.engagements)}
    return replace(
        readout,
        reader="made up 2",
        engagements=tuple(replace(e, id=numbers[e.id], kind="call") for e in readout.engagements),
        commitments=tuple(replace(c, engagement=numbers[c.engagement or ""]) for c in readout.commitments),
        mechanisms=tuple(replace(m, engagement=numbers[m.engagement or ""]) for m in readout.mechanisms),
    )


def test_claims_are_replaced_and_records_go_on(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.checking import check_register
    from tests.register.filling import engagements, fill

    fill(REPORT, OTHER)
    before = {row.place: row.code for row in engagements()}
    fill(replace(read_anew(REPORT), document=replace(REPORT.document, authors=("Ama Boateng",))))
    assert {row.place: row.code for row in engagements()} == before
    assert {row.kind for row in engagements() if row.place == "Lomé"} == {"call"}
    assert tables.Document.objects.filter(reader="made up 2").count() == 1
    assert tables.Document.objects.get(reader="made up 2").authors == ["Ama Boateng"]
    assert tables.EngagementReport.objects.count() == 3
    assert list(check_register()) == []


def test_what_people_judged_stays(register: Register) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import engagements, fill

    fill(REPORT, OTHER)
    talks, visit = (next(r.code for r in engagements() if r.place == place) for place in ("Accra", "Lomé"))
    register.judge("correct", talks, by="ana", field="place", value="Kumasi")
    register.judge("reject", visit, by="ana")
    fill(read_anew(REPORT))
    assert [(row.code, row.place, row.review) for row in engagements()] == [(talks, "Kumasi", "corrected")]
    register.undo("j2", by="ana")
    assert {row.code for row in engagements()} == {talks, visit}
    assert list(check_register()) == []


def test_claims_of_one_passage_go_on_each_as_its_own(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.checking import check_register
    from tests.register.filling import fill

    (trained,) = REPORT.commitments
    equipped = replace(trained, id="c2", what="equip a harbour police")
    both = replace(REPORT, commitments=(trained, equipped))
    fill(both)
    before = {row.what: row.code for row in tables.Commitment.objects.all()}
    assert len(before) == 2
    fill(replace(both, reader="made up 2"))
    assert {row.what: row.code for row in tables.Commitment.objects.filter(retracted_at=None)} == before
    assert list(check_register()) == []
    fill(replace(REPORT, reader="made up 3"))
    assert [c["what"] for c in register.commitments()] == ["train divers"]
    assert list(check_register()) == []


def test_merged_records_part_under_their_numbers_after_another_reading(register: Register) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import engagements, fill

    fill(REPORT)
    before = {row.place: row.code for row in engagements()}
    register.judge("merge", before["Accra"], by="ana", other=before["Lomé"])
    fill(read_anew(REPORT))
    assert len(engagements()) == 1
    register.undo("j1", by="ana")
    assert {row.place: row.code for row in engagements()} == before
    assert list(check_register()) == []


def test_actors_that_were_parted_stay_parted(register: Register) -> None:
    from tests.register.filling import actor, fill

    fill(REPORT)
    register.judge("merge", actor("Ruth Haddow").code, by="ana", other=actor("Efua Addo").code)
    merged = actor("Ruth Haddow").code
    fill(read_anew(REPORT))
    assert {p["id"] for e in register.engagements() for p in e["participants"] if p["name"] == "Ruth Haddow"} == {
        merged
    }


@pytest.mark.parametrize("is_told_by_others", [True, False])
def test_what_the_newer_reader_does_not_find_is_gone(register: Register, is_told_by_others: bool) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import engagements, fill

    fill(REPORT, *([OTHER] if is_told_by_others else []))
    less = replace(REPORT, reader="made up 2", engagements=REPORT.engagements[1:], commitments=(), mechanisms=())
    fill(less)
    assert {row.place for row in engagements()} == ({"Accra", "Lomé"} if is_told_by_others else {"Lomé"})
    assert register.commitments() == []
    assert register.mechanisms() == []
    assert list(check_register()) == []


def _numbered(*told: Told, reader: str) -> Readout:
    """The two engagements told, read by a reader that finds some of them, and numbers what it finds."""
    whole = tell(LISBON, OSLO, paper=Paper(number=3))
    found = [e for e in whole.engagements if e.place and e.place.text in {(t.place or "").split(",")[0] for t in told}]
    return replace(
        whole, reader=reader, engagements=tuple(replace(e, id=f"e{i}") for i, e in enumerate(found, start=1))
    )


LISBON = met(HADDOW, SENOU, day="2031-05-03", place="Lisbon, PT")
OSLO = met(ADDO, "=Volta Coast Watch", day="2031-05-09", place="Oslo, NO")


@pytest.mark.parametrize(("kind", "what"), [("reject", {}), ("correct", {"field": "place", "value": "Porto"})])
def test_a_judgement_lies_dormant_while_its_claim_is_not_found(
    register: Register, kind: str, what: dict[str, str]
) -> None:
    from communique.register.store.checking import check_register
    from tests.register.filling import engagements, fill

    fill(_numbered(LISBON, OSLO, reader="r1"))
    judged = next(row.code for row in engagements() if row.place == "Lisbon")
    register.judge(kind, judged, by="ana", **what)
    for reader in ("r2", "r3"):  # what was e2 is e1 now
        fill(_numbered(OSLO, reader=reader))
        assert [(row.place, row.review) for row in engagements()] == [("Oslo", "unreviewed")]
    fill(_numbered(OSLO, LISBON, reader="r4"))
    found = {(row.place, row.review) for row in engagements()}
    assert found == {("Oslo", "unreviewed")} | ({("Porto", "corrected")} if what else set())
    register.undo("j1", by="ana")
    assert {(row.place, row.review) for row in engagements()} == {("Oslo", "unreviewed"), ("Lisbon", "unreviewed")}
    assert list(check_register()) == []


def test_a_dormant_judgement_can_be_undone(register: Register) -> None:
    from tests.register.filling import engagements, fill

    fill(_numbered(LISBON, OSLO, reader="r1"))
    judged = next(row.code for row in engagements() if row.place == "Lisbon")
    register.judge("reject", judged, by="ana")
    fill(_numbered(OSLO, reader="r2"))
    register.undo("j1", by="ana")
    fill(_numbered(LISBON, OSLO, reader="r3"))
    assert {(row.place, row.review) for row in engagements()} == {("Oslo", "unreviewed"), ("Lisbon", "unreviewed")}


def test_a_pair_that_was_judged_is_one_again_when_its_claim_is_found_again(register: Register) -> None:
    from tests.register.filling import engagements, fill

    fill(_numbered(LISBON, OSLO, reader="r1"), tell(replace(LISBON, day="2031-05-30"), paper=Paper(number=4)))
    first, second = (row.code for row in engagements() if row.place == "Lisbon")
    register.judge("merge", first, by="ana", other=second)
    assert len(engagements()) == 2
    fill(_numbered(OSLO, reader="r2"))
    assert sorted(row.report_count for row in engagements()) == [1, 1]
    fill(_numbered(LISBON, OSLO, reader="r3"))
    assert sorted(row.report_count for row in engagements()) == [1, 2]


def test_copies_are_found_anew(register: Register) -> None:
    """The first reader took a teaser for the article; the group that hung together by it falls apart."""
    from communique.register import models as tables
    from tests.register.filling import engagements, fill

    def page(number: int, article: Told, teaser: str, reader: str) -> Readout:
        """A page with an article and a teaser, which is all that the first reader takes for the article."""
        readout = tell(article, paper=Paper(number=number, site=f"Site {number}", reader=reader, filler=""))
        text = f"{readout.document.text}{filler(f'own {number}')}\n{filler(teaser)}"
        start = text.index(filler(teaser))
        body = (start, len(text)) if reader == "r1" else (0, start)
        blocks = (Block(start=body[0], end=body[1], kind="body"),)
        head = replace(readout.document, id=f"{number:064}", text=text, body=(body,), blocks=blocks)
        return replace(readout, document=head)

    def copies() -> list[tuple[str, str]]:
        rows = tables.Document.objects.exclude(copy_of=None).order_by("sha256")
        return [(row.sha256[-1], row.copy_of.sha256[-1]) for row in rows if row.copy_of]

    fill(*(page(n, LISBON, "teaser", "r1") for n in (1, 2, 3)))
    assert copies() == [("2", "1"), ("3", "1")]
    assert [row.independent_sources for row in engagements()] == [1]
    fill(page(1, LISBON, "teaser", "r2"))
    assert copies() == [("3", "2")]
    assert [row.independent_sources for row in engagements()] == [2]
    fill(page(3, LISBON, "teaser", "r2"))
    assert copies() == []
    assert [row.independent_sources for row in engagements()] == [3]
