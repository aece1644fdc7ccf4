"""Adding: once for every document, all of it or nothing, and again from where it was broken off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.engine import Failure, Success, read_sources
from communique.errors import EvidenceError
from communique.model import Evidence
from communique.register import Register
from tests.fake_reader import fake_bench
from tests.register.telling import Paper, met, tell

MINISTERS = ("Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo")
REPORT = tell(met(*MINISTERS, topics=("border_security",), promise="open a joint room", room="joint operations room"))


def test_a_document_is_kept_with_all_that_it_says(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.packing import unpack, unpack_text
    from tests.register.filling import engagements, fill

    fill(REPORT)
    document = tables.Document.objects.get()
    assert REPORT.document.text is not None
    assert (document.sha256, document.is_derived) == (REPORT.document.id, True)
    assert unpack(document.content.original) == REPORT.document.text.encode()
    assert unpack_text(document.content.text) == REPORT.document.text
    assert unpack(document.content.readout).decode() == REPORT.to_json()
    (engagement,) = engagements()
    assert engagement.summary == "Meeting of Ruth Haddow with Yao Senou in Accra, 10 March 2031"
    assert [p.actor.name for p in engagement.participants.all()] == ["Ruth Haddow", "Yao Senou"]
    assert tables.Mechanism.objects.get().name == "joint operations room"
    assert tables.Commitment.objects.get().what == "open a joint room"
    assert sorted(tables.Tenure.objects.values_list("actor__name", "title")) == [
        ("Ruth Haddow", "Defence Minister"),
        ("Yao Senou", "Defence Minister"),
    ]


def test_to_add_a_document_again_changes_nothing(register: Register) -> None:
    from communique.register import models as tables
    from tests.register.filling import conclusions, deliver, fill

    fill(REPORT)
    before, changes = conclusions(), tables.Change.objects.count()
    kept = deliver(REPORT)
    fill(REPORT)
    assert (kept.is_new, kept.is_changed) == (False, False)
    assert (conclusions(), tables.Change.objects.count()) == (before, changes)
    assert tables.Document.objects.count() == 1


def test_the_same_bytes_at_another_address_are_one_document_with_two_addresses(register: Register) -> None:
    from communique.register import models as tables
    from tests.register.filling import fill

    fill(REPORT, replace(REPORT, document=replace(REPORT.document, uri="/elsewhere/report.txt")))
    document = tables.Document.objects.get()
    assert sorted(document.addresses.values_list("uri", flat=True)) == ["/elsewhere/report.txt", REPORT.document.uri]


def test_evidence_that_does_not_stand_is_refused_and_leaves_nothing(register: Register) -> None:
    from communique.register import models as tables
    from tests.register.filling import deliver

    liar = replace(REPORT.people[0], evidence=(Evidence(quote="never said", start=0, end=10),))
    with pytest.raises(EvidenceError, match="never said"):
        deliver(replace(REPORT, people=(liar, *REPORT.people[1:])))
    assert not tables.Document.objects.exists()
    assert not tables.Mention.objects.exists()


def test_a_defect_between_two_steps_leaves_nothing_half_written(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.register import models as tables
    from communique.register.store import claim_rows
    from tests.register.filling import conclusions, deliver, fill

    def break_off(*_: object) -> None:
        raise RuntimeError("pulled the plug")

    with monkeypatch.context() as patch:
        patch.setattr(claim_rows, "_steps", break_off)
        with pytest.raises(RuntimeError):
            deliver(REPORT)
    assert not tables.Document.objects.exists()
    assert not tables.EngagementReport.objects.exists()
    fill(REPORT)
    assert len(conclusions()["engagements"]) == 1


def test_what_was_kept_and_not_derived_is_derived_by_the_next_addition(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.register import models as tables
    from communique.register.store import deriving
    from tests.register.filling import conclusions, deliver, fill

    def break_off(*_: object) -> None:
        raise RuntimeError("pulled the plug")

    deliver(REPORT)
    with monkeypatch.context() as patch:
        patch.setattr(deriving, "derive_tenures", break_off)
        with pytest.raises(RuntimeError):
            deriving.derive_pending()
    assert tables.Document.objects.get().is_derived is False
    assert not tables.Engagement.objects.exists()  # the conclusions of a batch are written together or not at all
    fill(tell(met("Abena Kusi", "Komla Dzifa", place="Lomé, TG"), paper=Paper(number=2)))
    assert len(conclusions()["engagements"]) == 2
    assert not tables.Document.objects.filter(is_derived=False).exists()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, register: Register) -> None:
    """Sources are read by the small fake reader."""
    from communique.register.store import adding

    monkeypatch.setattr(adding, "read_sources", lambda sources, _: read_sources(sources, bench_maker=fake_bench))


def test_files_are_read_and_what_fails_is_a_row_until_it_is_read_after_all(reading: None, tmp_path: Path) -> None:
    from communique.register import models as tables
    from communique.register.store.adding import add_sources

    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Talks\nAna Corin met Dario Elm in Quin.\n", "utf-8")
    bad.write_text("", "utf-8")
    outcomes = list(add_sources([bad, good]))
    assert [type(outcome) for outcome in outcomes] == [Failure, Success]
    failure = tables.FailedDocument.objects.get()
    assert (failure.uri, failure.error) == (str(bad), "DocumentEmpty")
    assert tables.Engagement.objects.count() == 1

    list(add_sources([bad]))
    assert tables.FailedDocument.objects.count() == 1  # told once, however often it is tried
    bad.write_text("More talks\nEva Sund met Dario Elm in Quin.\n", "utf-8")
    list(add_sources([bad]))
    assert not tables.FailedDocument.objects.exists()
    assert tables.Document.objects.count() == 2


def test_a_broken_readout_costs_itself_alone(register: Register, tmp_path: Path) -> None:
    from communique.register import models as tables
    from communique.register.store.delivered import add_readouts

    other = tell(met("Abena Kusi", "Komla Dzifa"), paper=Paper(number=2))
    lying = REPORT.to_json().replace('"quote":"Ruth Haddow', '"quote":"Ruth Hadhow')
    textless = replace(other, document=replace(other.document, text=None)).to_json()
    file = tmp_path / "readouts.jsonl"
    file.write_text("\n".join(("{", lying, "[]", textless, other.to_json(), "")), "utf-8")
    outcomes = list(add_readouts([tmp_path]))
    assert [type(o).__name__ for o in outcomes] == ["Failure"] * 4 + ["Success"]
    assert [row.error for row in tables.FailedDocument.objects.order_by("uri")] == [
        "ReadoutError",
        "EvidenceError",
        "ReadoutError",
        "ReadoutError",
    ]
    assert tables.Document.objects.get().sha256 == other.document.id


@pytest.mark.parametrize(
    ("paper", "is_kept_by"),
    [
        (Paper(filler="A stray \0 in the text."), {"sqlite", "postgresql"}),
        (Paper(says="They \0 agree."), {"sqlite"}),  # in a claim: PostgreSQL's JSON has no U+0000
        (Paper(filler=" ".join(f"word{number}" for number in range(300_000))), {"sqlite", "postgresql"}),
    ],
    ids=["null character", "null character in a claim", "three megabytes of different words"],
)
def test_what_a_database_cannot_store_fails_alone(
    register: Register, tmp_path: Path, paper: Paper, is_kept_by: set[str]
) -> None:
    from django.db import connection

    from communique.register import models as tables
    from communique.register.store.delivered import add_readouts

    odd = tell(met("Ruth Haddow", "Yao Senou"), paper=paper)
    file = tmp_path / "readouts.jsonl"
    file.write_text(f"{odd.to_json()}\n{REPORT.to_json()}\n", "utf-8")
    outcomes = list(add_readouts([file]))
    is_kept = connection.vendor in is_kept_by
    assert [isinstance(outcome, Success) for outcome in outcomes] == [is_kept, True]
    assert tables.Document.objects.count() == 1 + is_kept
    assert tables.FailedDocument.objects.count() == 1 - is_kept
