"""What comes of one fetch: a page, the word that it has not changed, or a failure with its reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from communique.errors import AddressRefused, FetchError

# Troubles that may be over at the next try. "status" counts among them only for the statuses below.
PASSING_REASONS = frozenset(("connection", "held", "timeout"))
PASSING_STATUSES = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """By what a server knows the version of a page that it sent.

    Attributes:
        etag: Its name for the version.
        last_modified: Its Last-Modified, letter by letter, to be sent back to it.
    """

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed since."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was fetched.

    Attributes:
        uri: The address as given.
        final_uri: The address at the end of all redirects.
        status: The HTTP status, 200 as a rule.
        media_type: Such as ``text/html``, without parameters; "" where the server did not say.
        body: The bytes, unpacked.
        fetched_at: When, in UTC.
        etag: The server's name for this version of the page.
        last_modified: The server's Last-Modified, letter by letter.
        charset: The encoding that the server named; what the page says of itself is believed first.
    """

    uri: str
    final_uri: str
    status: int
    media_type: str
    body: bytes
    fetched_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    charset: str | None = None

    @property
    def version(self) -> Version:
        """By what the server knows this version."""
        return Version(etag=self.etag, last_modified=self.last_modified)

    @property
    def digest(self) -> str:
        """SHA-256 of the body: the id of the document that is read from it."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The server said that a page is as it was when it was fetched last.

    Attributes:
        uri: The address as given.
        fetched_at: When it said so, in UTC.
    """

    uri: str
    fetched_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """A page that could not be fetched.

    Attributes:
        uri: The address as given.
        reason: One word: ``refused`` (by the address guard), ``robots``, ``status``, ``type``, ``size``, ``encoding``,
            ``redirects``, ``timeout``, ``connection``, ``held`` (the host asked to wait), ``feed`` (a sitemap that
            cannot be read), ``defect`` (of ours).
        message: What is wrong, and what to do.
        failed_at: When, in UTC.
        status: The HTTP status, where an answer came.
        is_passing: Whether a later try may do better.
        retry_after: Seconds that the host asked to be left alone; None where it did not say.
    """

    uri: str
    reason: str
    message: str
    failed_at: dt.datetime
    status: int | None = None
    is_passing: bool = False
    retry_after: float | None = None

    @classmethod
    def of(cls, uri: str, error: FetchError, failed_at: dt.datetime) -> FetchFailure:
        """Takes down what went wrong with a page."""
        return cls(
            uri=uri,
            reason=error.reason,
            message=str(error),
            failed_at=failed_at,
            status=error.status,
            is_passing=is_passing(error),
            retry_after=error.retry_after,
        )

    @classmethod
    def of_defect(cls, uri: str, error: Exception, failed_at: dt.datetime) -> FetchFailure:
        """Takes down an error that nobody foresaw."""
        message = f"{type(error).__name__}: {error or 'no message'}. This is a defect: please report it."
        return cls(uri=uri, reason="defect", message=message, failed_at=failed_at)

    def __str__(self) -> str:
        """One line: which page, and why."""
        return f"{self.uri}: {self.message}"


def is_passing(error: FetchError) -> bool:
    """Whether a trouble may be over at the next try."""
    if isinstance(error, AddressRefused):
        return False
    return error.reason in PASSING_REASONS or (error.reason == "status" and error.status in PASSING_STATUSES)
