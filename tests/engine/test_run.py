from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from communique.engine import Bench, Failure, Outcome, ReadOptions, Source, Success, read_sources
from communique.engine.bench import BATCH_SIZE, make_bench
from communique.errors import LexiconError, ModelError
from communique.model import Document, DocumentHead, Readout
from communique.pages.declared import Declared
from tests.fake_reader import fake_bench

TEXTS = ["Ann Ash met Bo Birch in Quin.", "", "CRASH", "CANNOT OPEN", "Cy Cedar met Di Dogwood in Vell."]
EXPECTED = ["Quin", "DocumentEmpty", "KeyError", "ZeroDivisionError", "Vell"]


def sources(texts: list[str]) -> list[Source]:
    return [Source(uri=f"{number}.txt", data=text.encode()) for number, text in enumerate(texts)]


def brief(outcome: Outcome) -> str:
    if isinstance(outcome, Failure):
        return outcome.error
    place = outcome.readout.engagements[0].place
    return place.name if place else ""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_document_costs_itself_alone_and_order_is_kept(jobs: int) -> None:
    outcomes = list(read_sources(sources(TEXTS), ReadOptions(jobs=jobs), bench_maker=fake_bench))
    assert [outcome.uri for outcome in outcomes] == [f"{number}.txt" for number in range(5)]
    assert [brief(outcome) for outcome in outcomes] == EXPECTED


def test_a_worker_that_dies_costs_the_document_that_killed_it() -> None:
    texts = [f"Ann Ash met Bo Birch in Q{number}." for number in range(14)]
    texts[5] = "KILL"
    outcomes = list(read_sources(sources(texts), ReadOptions(jobs=2), bench_maker=fake_bench))
    expected = [f"Q{number}" for number in range(14)]
    expected[5] = "WorkerDied"
    assert [brief(outcome) for outcome in outcomes] == expected


def test_a_document_on_which_the_reader_hangs_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.engine.workers.SECONDS", 2.0)
    texts = ["Ann Ash met Bo Birch in Q0.", "HANG", "Ann Ash met Bo Birch in Q2."]
    outcomes = list(read_sources(sources(texts), ReadOptions(jobs=2), bench_maker=fake_bench))
    assert [brief(outcome) for outcome in outcomes] == ["Q0", "WorkerHung", "Q2"]


def test_a_defect_is_told_from_an_expected_error() -> None:
    outcomes = list(read_sources(sources(TEXTS), bench_maker=fake_bench))
    empty, crash = outcomes[1], outcomes[2]
    assert isinstance(empty, Failure)
    assert isinstance(crash, Failure)
    assert empty.is_expected
    assert not crash.is_expected
    assert "report it" in crash.message
    assert "KeyError" in crash.traceback
    assert "\n" not in str(crash)


def test_sources_are_taken_up_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Source]:
        nonlocal taken
        while True:
            taken += 1
            yield Source(uri=str(taken), data=b"Ann Ash met Bo Birch in Quin.")

    first = next(read_sources(endless(), bench_maker=fake_bench))
    assert isinstance(first, Success)
    assert taken == BATCH_SIZE


def test_what_a_container_declares_reaches_the_document() -> None:
    text = b"The Minister met the Ambassador on Tuesday and they agreed on patrols in the Strait."
    declared = Declared(title="Talks", published=dt.date(2024, 5, 3), basis="column date")
    document = make_bench(ReadOptions()).open(Source(uri="dump.csv!/1", data=text, declared=declared))
    assert (document.title, document.published_basis) == ("Talks", "column date")
    assert DocumentHead.of(document).text == text.decode()  # no file holds it, so the readout does


class BrokenReader:
    def read(self, document: Document) -> Readout:
        raise ModelError("The model is missing.")

    def read_many(self, documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[Readout]:
        return map(self.read, documents)


def broken_bench(options: ReadOptions) -> Bench:
    return Bench(open=fake_bench(options).open, reader=BrokenReader())


def lexicon_bench(options: ReadOptions) -> Bench:
    raise LexiconError("The folder is missing.")


def test_what_no_document_could_survive_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        list(read_sources(sources(TEXTS), bench_maker=broken_bench))
    with pytest.raises(LexiconError, match="missing"):
        list(read_sources(sources(TEXTS), ReadOptions(jobs=2), bench_maker=lexicon_bench))
