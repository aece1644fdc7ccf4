"""What is known of an address, and what is asked of a store that remembers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from communique.sources.web.outcomes import FetchFailure, Page, Version

# A trouble that may pass is given up after so many runs in a row: with the pauses below, 32 hours at the least, so that
# a site that is down for a day is not lost.
MOST_FAILURES = 8
# Before a page is tried in another run; each further failure doubles it.
FIRST_PAUSE = dt.timedelta(minutes=15)

FetchState = Literal["waiting", "fetched", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRecord:
    """What is known of one address.

    Attributes:
        uri: The address as given.
        state: ``waiting`` to be fetched (again, after ``retry_at``), ``fetched``, or ``failed`` for good.
        final_uri: Where its redirects ended.
        etag: The server's name for the version that was fetched.
        last_modified: The server's Last-Modified, letter by letter.
        digest: SHA-256 of the body.
        fetched_at: When it was fetched, or found to be unchanged, last; in UTC.
        failures: Failed tries in a row.
        reason: Of the last failure, see ``FetchFailure``.
        message: Of the last failure.
        retry_at: Not to be fetched before this time.
    """

    uri: str
    state: FetchState = "waiting"
    final_uri: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    fetched_at: dt.datetime | None = None
    failures: int = 0
    reason: str | None = None
    message: str | None = None
    retry_at: dt.datetime | None = None

    @property
    def version(self) -> Version:
        """By what its server knows the version that was fetched, to ask for the page only if it has changed since."""
        return Version(etag=self.etag, last_modified=self.last_modified)


class FetchStore(Protocol):
    """Remembers addresses. Used by one thread at a time."""

    def add(self, uris: Iterable[str]) -> int:
        """Puts addresses on the list of those to be fetched; says how many of them were new."""
        ...

    def find(self, uri: str) -> FetchRecord | None:
        """What is known of an address."""
        ...

    def save(self, record: FetchRecord) -> None:
        """Replaces what is known of an address; it outlives the program when this returns."""
        ...

    def hosts(self, now: dt.datetime) -> list[str]:
        """Hosts of which there is something to be fetched now."""
        ...

    def waiting(self, host: str, now: dt.datetime, limit: int) -> list[str]:
        """Addresses of a host that are to be fetched now, those added first before the others."""
        ...


def update_record(record: FetchRecord, outcome: Page | FetchFailure) -> FetchRecord:
    """What is known of an address after one more fetch."""
    if isinstance(outcome, Page):
        return FetchRecord(
            uri=record.uri,
            state="fetched",
            final_uri=outcome.final_uri,
            etag=outcome.etag,
            last_modified=outcome.last_modified,
            digest=outcome.digest,
            fetched_at=outcome.fetched_at,
        )
    will_retry = outcome.is_passing and record.failures + 1 < MOST_FAILURES
    pause = max(FIRST_PAUSE * 2**record.failures, dt.timedelta(seconds=outcome.retry_after or 0.0))
    return replace(
        record,
        state="waiting" if will_retry else "failed",
        failures=record.failures + 1,
        reason=outcome.reason,
        message=outcome.message,
        retry_at=outcome.failed_at + pause if will_retry else None,
    )
