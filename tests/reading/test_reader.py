"""The reader as a whole: what holds for every readout, whatever the text."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import communique
from communique import Reader, Readout
from communique.errors import DocumentError, DocumentNotFound
from communique.examples import reports
from communique.model import Document
from communique.pages import document_from_text, open_document
from communique.reading.preparation import Prepared
from communique.reading.tellings import Narrative

REPORT = """Border commanders meet in Dosso

DOSSO, 14 May 2025 – Defence Minister Hadiza Maïfada received General Kofi Brempong-Asare,
Commander of the Volta Border Force, in Dosso on Tuesday. He was accompanied by Colonel
Efua Tandoh.

The two agreed to set up a joint patrol cell by September. Brempong-Asare thanked Niger
for its welcome.

The talks will go on in Accra next week.
"""

# Words that the reader's grammar is built on, in any order: harder on it than random letters.
WORDS = """
General Gen. the The of and , . ; : ( ) - – ' 's Minister met with in on Monday talks held visit to Paris
France his her they delegation led by joint force agreed to sign a memorandum said that “ ” we EU (EU) Amadou
Keita-Sow Keita commander-in-chief received was by 4 May 2025 12-15 Oct. former acting H.E. Dr. • call phone
President President's U.S. no. Ministry Defence Defence-Minister who which accompanied
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n"])


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def readout(reader: Reader) -> Readout:
    return reader.read(document_from_text(REPORT))


def test_the_main_engagement_is_read(readout: Readout) -> None:
    meeting = readout.engagements[0]
    assert (meeting.kind, meeting.status) == ("meeting", "held")
    assert meeting.date is not None
    assert meeting.date.start == dt.date(2025, 5, 13)
    assert meeting.place is not None
    assert meeting.place.country == "NE"
    names = [[p.name for p in side.participants] for side in meeting.sides]
    assert names[0] == ["Hadiza Maïfada"]
    assert "Kofi Brempong-Asare" in names[1]


def test_posts_and_ranks_are_read(readout: Readout) -> None:
    general = next(p for p in readout.people if p.name == "Kofi Brempong-Asare")
    assert {(r.title, r.kind) for r in general.roles} == {("Commander", "post"), ("General", "rank")}
    assert next(r for r in general.roles if r.kind == "post").organization == "Volta Border Force"


def test_commitments_and_statements_are_tied_to_the_engagement(readout: Readout) -> None:
    cell = readout.commitments[0]
    assert cell.act == "agreed"
    assert "joint patrol cell" in cell.what
    assert {p.name for p in cell.parties} >= {"Hadiza Maïfada", "Kofi Brempong-Asare"}
    assert cell.engagement == readout.engagements[0].id
    thanks = next(s for s in readout.statements if s.act == "thanked")
    assert (thanks.speaker, thanks.target) == ("Kofi Brempong-Asare", "Niger")


def test_records_are_immutable_and_travel_without_loss(readout: Readout) -> None:
    with pytest.raises(FrozenInstanceError):
        readout.reader = "other"  # type: ignore[misc]
    assert Readout.from_json(readout.to_json()) == readout
    assert Readout.from_dict(readout.to_dict()) == readout
    assert "meeting (held) 2025-05-13" in str(readout)


def test_read_from_the_package(readout: Readout) -> None:
    assert communique.read(REPORT) == readout
    assert communique.read(REPORT.encode()).engagements == readout.engagements


def test_a_web_address_is_not_mistaken_for_a_text() -> None:
    with pytest.raises(DocumentNotFound, match="fetch_page"):
        communique.read("https://news.example/report")
    assert communique.read(f"https://news.example/report {REPORT}").engagements


def test_the_day_of_publication_can_be_given() -> None:
    given = communique.read("General Ada Obi met Minister Ian Roe on Monday.", published=dt.date(2024, 9, 25))
    assert given.engagements[0].date is not None
    assert given.engagements[0].date.start == dt.date(2024, 9, 23)


def test_a_document_reads_the_same_alone_and_in_a_batch(reader: Reader) -> None:
    documents = [open_document(report.read_bytes(), uri=report.name) for report in reports()[:6]]
    together = list(reader.read_many(documents))
    assert [reader.read(document) for document in documents] == together


def test_many_documents_stream(reader: Reader) -> None:
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield document_from_text(REPORT)

    readouts = reader.read_many(endless(), batch_size=2)
    assert next(readouts) == next(readouts)
    assert taken <= 4


@given(st.lists(PIECES, min_size=1, max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_crashes_the_reader_and_evidence_stands(pieces: list[str]) -> None:
    check(" ".join(pieces))


@given(st.text(max_size=300))
@example("HTTP://")  # an address, which is not fetched
@example("00\N{LATIN SMALL LIGATURE IJ}" * 100)  # too long for the name of a file
@settings(max_examples=100, deadline=None)
def test_no_letters_crash_the_reader(text: str) -> None:
    check(text)


def check(text: str) -> None:
    """Reads a text; what cannot be read says so, and what is read stands in the text."""
    try:
        document = document_from_text(text)
        readout = communique.read(text)
    except DocumentError:
        return
    readout.check(document.text)
    known = {p.id for p in readout.people} | {o.id for o in readout.organizations}
    for engagement in readout.engagements:
        assert engagement.evidence
        assert 0 <= engagement.confidence <= 1
        assert all(p.ref in known for side in engagement.sides for p in side.participants if p.ref)
    ids = {e.id for e in readout.engagements}
    assert all(c.engagement in ids for c in readout.commitments if c.engagement)
    assert all(s.engagement in ids for s in readout.statements if s.engagement)


def threads_of_encoders() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("encoder")]


def test_a_batch_reads_what_each_document_alone_does(reader: Reader) -> None:
    documents = [document_from_text(text) for text in (REPORT, "Nothing was told.", REPORT.replace("Dosso", "Accra"))]
    assert list(reader.read_many(documents)) == [reader.read(document) for document in documents]
    assert not threads_of_encoders()


def test_a_batch_that_is_not_read_to_its_end_leaves_no_thread(reader: Reader) -> None:
    readouts = reader.read_many([document_from_text(REPORT)] * 3)
    next(readouts)
    readouts.close()  # type: ignore[attr-defined]
    assert not threads_of_encoders()


def test_what_the_encoder_meets_is_met_by_the_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(narrative: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(reader.engagement_judge, "consult", fail)
    with pytest.raises(MemoryError, match="no room"):
        list(reader.read_many([document_from_text(REPORT)] * 3))
    assert not threads_of_encoders()


def test_the_encoder_reads_one_batch_while_the_next_is_prepared(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    consult, prepare, told = reader.engagement_judge.consult, reader.preparer.prepare, []

    def noted(narrative: Narrative) -> None:
        told.append("consulted")
        consult(narrative)

    def asked(documents: Sequence[Document]) -> list[Prepared]:
        told.append("prepared")
        return prepare(documents)

    monkeypatch.setattr(reader.engagement_judge, "consult", noted)
    monkeypatch.setattr(reader.preparer, "prepare", asked)
    readouts = reader.read_many([document_from_text(REPORT)] * 4, batch_size=2)
    first = next(readouts)
    assert told.count("prepared") == 2  # before the first readout of the first batch is out
    assert [first, *readouts] == [first] * 4
    assert told.count("consulted") == 4
