from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from communique.engine.process import Handler, ProcessOptions, WorkerProcess, WorkerStopped
from communique.errors import LexiconError, WorkerDied, WorkerHung


def make_handler(word: str) -> Handler:
    if word == "wrong":
        raise LexiconError("It cannot be made.")
    if word == "dying":
        os._exit(9)
    if word == "broken":
        raise KeyError("a defect")

    def handle(request: str) -> object:
        match request:
            case "die":
                os._exit(9)
            case "hang":
                time.sleep(600)
            case "fail":
                raise LexiconError("It went wrong.")
            case "grow":
                return len(bytearray(8_000_000_000))
        return f"{word} {request}", os.getpid()

    return handle


@pytest.fixture
def process() -> Iterator[WorkerProcess]:
    with WorkerProcess(make_handler, "hello", ProcessOptions(seconds=5.0, memory=2_000_000_000)) as one:
        yield one


def test_one_process_answers_many_requests(process: WorkerProcess) -> None:
    (first, number), (second, same) = process.call("a"), process.call("b")
    assert (first, second) == ("hello a", "hello b")
    assert number == same != os.getpid()


def test_after_a_death_the_next_request_is_answered_by_another(process: WorkerProcess) -> None:
    number = process.call("a")[1]
    with pytest.raises(WorkerDied):
        process.call("die")
    assert process.call("a")[1] != number


def test_an_error_is_handed_on_and_costs_no_process(process: WorkerProcess) -> None:
    number = process.call("a")[1]
    with pytest.raises(LexiconError, match="It went wrong"):
        process.call("fail")
    assert process.call("a")[1] == number


def test_memory_is_limited(process: WorkerProcess) -> None:
    with pytest.raises(MemoryError):
        process.call("grow")


def test_what_hangs_is_given_up() -> None:
    with WorkerProcess(make_handler, "hello", ProcessOptions(seconds=0.5)) as one:
        with pytest.raises(WorkerHung, match=r"longer than 0\.5 seconds"):
            one.call("hang")
        assert one.call("a")[0] == "hello a"


def test_a_handler_that_cannot_be_made_is_told() -> None:
    with WorkerProcess(make_handler, "wrong") as one, pytest.raises(LexiconError, match="cannot be made"):
        one.call("a")


@pytest.mark.parametrize("word", ["dying", "broken"])
def test_a_process_that_cannot_be_set_up_is_nobodys_fault(word: str) -> None:
    with WorkerProcess(make_handler, word) as one, pytest.raises(WorkerStopped, match="set up"):
        one.call("a")


def test_a_process_can_be_stopped_while_it_works(process: WorkerProcess) -> None:
    process.call("a")
    threading.Timer(0.2, process.stop).start()
    with pytest.raises(WorkerDied):
        process.call("hang")
    with pytest.raises(WorkerStopped, match="was stopped"):
        process.call("a")
