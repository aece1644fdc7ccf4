from __future__ import annotations

import threading

import pytest

from communique.errors import FetchError
from communique.sources.web.clock import Clock, Stopped
from communique.sources.web.pacing import Pacer
from tests.sources.web.conftest import QuickClock

HOST = "news.example:443"


class StillClock(QuickClock):
    """Time passes only when somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def ticks(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.at += seconds


@pytest.fixture
def still() -> StillClock:
    return StillClock()


def make_pacer(clock: Clock, per_host: int = 1, longest_wait: float = 100.0) -> Pacer:
    return Pacer(clock, per_host=per_host, longest_wait=longest_wait)


def test_requests_to_one_host_keep_their_distance(still: StillClock) -> None:
    pacer = make_pacer(still)
    for _ in range(3):
        with pacer.turn(HOST, 2.0):
            still.at += 5.0  # the request takes longer than the distance, which counts from its end
    with pacer.turn("other.example:443", 2.0):
        pass
    assert still.waited == [2.0, 2.0]


def test_a_failed_request_counts_too(still: StillClock) -> None:
    pacer = make_pacer(still)
    with pytest.raises(ValueError, match="broken"), pacer.turn(HOST, 3.0):
        raise ValueError("broken")
    assert pacer.wait_for(HOST) == 3.0
    assert pacer.wait_for("other.example:443") == 0.0


def test_a_host_that_asks_for_a_rest_gets_it(still: StillClock) -> None:
    pacer = make_pacer(still)
    pacer.hold(HOST, 50.0)
    pacer.hold(HOST, 10.0)
    with pacer.turn(HOST, 1.0):
        pass
    assert still.waited == [50.0]


def test_nobody_waits_for_longer_than_the_limit(still: StillClock) -> None:
    pacer = make_pacer(still)
    pacer.hold(HOST, 3600.0)
    with pytest.raises(FetchError, match="3600") as error, pacer.turn(HOST, 1.0):
        pass
    assert (error.value.reason, error.value.retry_after) == ("held", 3600.0)
    assert not still.waited


@pytest.mark.parametrize("per_host", [1, 3])
def test_no_more_than_so_many_at_a_time(per_host: int) -> None:
    pacer = make_pacer(Clock(), per_host)
    inside, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal inside, most
        with pacer.turn(HOST, 0.0):
            with lock:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.02)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == per_host


def test_who_sleeps_is_woken_when_the_clock_is_stopped() -> None:
    clock = Clock()
    pacer = make_pacer(clock)
    pacer.hold(HOST, 60.0)
    threading.Timer(0.05, clock.stop).start()
    with pytest.raises(Stopped), pacer.turn(HOST, 1.0):
        pass
    with pytest.raises(Stopped):
        clock.sleep(0)
    clock.resume()
    clock.sleep(0)
