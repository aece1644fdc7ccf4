from __future__ import annotations

import datetime as dt

from communique.sources.web.outcomes import FetchFailure, Page
from communique.sources.web.records import FIRST_PAUSE, MOST_FAILURES, FetchRecord, update_record

URI = "https://a.example/1"
NOW = dt.datetime(2031, 5, 4, 12, 0, tzinfo=dt.UTC)


def failure(*, is_passing: bool, retry_after: float | None = None) -> FetchFailure:
    return FetchFailure(
        uri=URI, reason="status", message="It said so.", failed_at=NOW, is_passing=is_passing, retry_after=retry_after
    )


def test_a_page_clears_what_failed_before() -> None:
    page = Page(
        uri=URI, final_uri=URI + "0", status=200, media_type="text/html", body=b"text", fetched_at=NOW, etag='"v1"'
    )
    record = update_record(FetchRecord(uri=URI, failures=3, reason="timeout", message="late", retry_at=NOW), page)
    assert record == FetchRecord(
        uri=URI, state="fetched", final_uri=URI + "0", etag='"v1"', digest=page.digest, fetched_at=NOW
    )


def test_a_trouble_that_stays_ends_it() -> None:
    record = update_record(FetchRecord(uri=URI), failure(is_passing=False))
    assert (record.state, record.failures, record.reason, record.message) == ("failed", 1, "status", "It said so.")
    assert record.retry_at is None


def test_a_trouble_that_may_pass_is_tried_ever_more_seldom_and_given_up() -> None:
    record = FetchRecord(uri=URI)
    pauses = []
    while record.state == "waiting":
        record = update_record(record, failure(is_passing=True))
        pauses.append(record.retry_at and record.retry_at - NOW)
    assert pauses == [FIRST_PAUSE * 2**number for number in range(MOST_FAILURES - 1)] + [None]
    assert record.state == "failed"


def test_a_host_that_asks_for_longer_gets_longer() -> None:
    record = update_record(FetchRecord(uri=URI), failure(is_passing=True, retry_after=7200.0))
    assert record.retry_at == NOW + dt.timedelta(hours=2)
